"""The JSON Schema of the published form of a report, derived from the editions."""

from __future__ import annotations

from gongkai.law.editions import EDITIONS, Applicant, Number, Remedy, Result

from .exchange import Plain

DIALECT = "https://json-schema.org/draft/2020-12/schema"
IDENTIFIER = "urn:gongkai:report:1"
_TEXT_OR_NULL = {"type": ["string", "null"]}
_DAY_OR_NULL = {"type": ["string", "null"], "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_NUMBER = {"type": ["number", "string", "null"], "pattern": r"^[+-]?\d+(\.\d+)?$"}
_NUMBER_SAYS = "a number as printed; null where the cell is blank or absent, never 0; text only where a JSON number would lose digits"
_FINDING_TEXTS = ("code", "severity", "where", "zh", "en", "basis")


def exchange_schema() -> Plain:
    """The schema: what `gongkai read` and `gongkai write --to json` give, and what is loaded back."""
    return {
        "$schema": DIALECT,
        "$id": IDENTIFIER,
        "title": "政府信息公开工作年度报告",
        "description": "The annual report of one organ on one year (条例第四十九条、第五十条). Unknown keys are remarked on, not refused.",
        "type": "object",
        "required": ["active", "applications", "remedies"],
        "properties": {
            "organ": {**_TEXT_OR_NULL, "description": "编制机关"},
            "title": {**_TEXT_OR_NULL, "description": "标题"},
            "year": {"type": ["integer", "null"], "minimum": 1900, "maximum": 2999, "description": "报告年度"},
            "format": {"enum": [*(edition.key for edition in EDITIONS), None], "description": "年度报告格式的版本"},
            "active": _active(),
            "applications": _applications(),
            "remedies": _remedies(),
            "sections": _sections(),
            "signature": _signature(),
            "published": {**_DAY_OR_NULL, "description": "发布日期"},
            "doubts": {"type": "array", "items": {"$ref": "#/$defs/finding"}, "description": "存疑之处"},
            "source": {"type": "object", "description": "来源文件"},
            "checks": {
                "type": "object", "description": "各勾稽关系的结果",
                "additionalProperties": {"enum": ["holds", "fails", "not_assessable"]},
            },
        },
        "$defs": {"number": {**_NUMBER, "description": _NUMBER_SAYS}, "finding": _finding()},
    }


def _object(properties: Plain, *required: str, description: str = "") -> Plain:
    made: Plain = {"type": "object", "properties": properties, "additionalProperties": False}
    if required:
        made["required"] = list(required)
    return made | ({"description": description} if description else {})


def _active() -> Plain:
    cells: Plain = {}
    for edition in EDITIONS:
        for block in edition.active:
            for row in block.rows:
                for cell in row.cells:
                    signed = "，可为负" if cell.number is Number.CHANGE else ""
                    label = f"{block.heading} {row.label}：{cell.column}（{cell.unit}{signed}）"
                    cells[cell.key] = _object(
                        {"value": {"$ref": "#/$defs/number"}, "unit": {"type": ["string", "null"]}, "raw": _TEXT_OR_NULL, "note": _TEXT_OR_NULL},
                        "value", description=label,
                    )
    return _object(cells, description="表二：主动公开政府信息情况")


def _applications() -> Plain:
    rows: Plain = {}
    for edition in EDITIONS:
        for row in edition.requests:
            rows[row.key] = {
                "type": "array", "minItems": len(Applicant), "maxItems": len(Applicant),
                "items": {"$ref": "#/$defs/number"}, "description": row.label,
            }
    kinds = "、".join(kind.value for kind in Applicant)
    return _object(rows, description=f"表三：收到和处理政府信息公开申请情况；每行七个数，依次为 {kinds}")


def _remedies() -> Plain:
    results: Plain = {result.value: {"$ref": "#/$defs/number"} for result in Result}
    return _object({block.value: _object(results) for block in Remedy}, description="表四：政府信息公开行政复议、行政诉讼情况")


def _sections() -> Plain:
    properties: Plain = {
        "number": {"type": "integer", "minimum": 0, "maximum": 99, "description": "0 为第一部分之前的文字"},
        "heading": _TEXT_OR_NULL,
        "text": _TEXT_OR_NULL,
    }
    item = {"type": "object", "required": ["number"], "properties": properties}
    return {"type": ["array", "null"], "items": item, "description": "各部分的文字，不含表格"}


def _signature() -> Plain:
    return {"type": ["object", "null"], "properties": {"organ": _TEXT_OR_NULL, "on": _DAY_OR_NULL}, "description": "落款"}


def _finding() -> Plain:
    properties: Plain = {key: {"type": "string"} for key in _FINDING_TEXTS}
    return {"type": "object", "properties": {**properties, "quote": _TEXT_OR_NULL, "at": _TEXT_OR_NULL, "advice": {"type": "object"}}}
