"""Rules on layout: how a report was set, as far as a reader or an importer must know it."""

from __future__ import annotations

from gongkai.law.findings import Rule, Severity


def _remark(code: str, zh: str, en: str, severity: Severity = Severity.INFO, basis: str = "年度报告格式") -> Rule:
    return Rule(code, severity, basis, {"zh": zh, "en": en})


DUPLICATED_BODY = _remark(
    "layout.duplicated_body", "正文重复出现{times}遍，{agree}，只取一份。",
    "The body is printed {times} times ({agree_en}); one copy was taken.",
)
TRADITIONAL = _remark(
    "layout.traditional_chars", "全文为繁体字（可能由简体转换而来），已转为简体后匹配，原文保持不变。",
    "The text is in traditional characters (perhaps converted); it was matched in simplified form, the source kept as it is.",
)
ROW_LABEL_REPEATED = _remark(
    "layout.row_label_repeated", "行组标签“{label}”重复出现（多因跨页断表），不是新的一行数据。",
    "The group label “{label}” recurs (a table split at a page break); it is not a row of data.",
)
BROKEN_ROW = _remark(
    "layout.broken_row", "“{label}”一行断成多行，已接合。", "Row “{label}” is broken over several lines; it was joined.",
)
STRAY_PREFIX = _remark(
    "layout.stray_prefix", "标签“{printed}”前多出“{stray}”，不是数据，应删去。",
    "The label “{printed}” has a stray “{stray}” in front; it is not data and should be removed.", Severity.WARNING,
)
LABEL_VARIANT = _remark(
    "label.variant", "表中写“{printed}”，格式规定为“{form}”。", "The table says “{printed}” where the form has “{form}”.",
)
LABEL_TYPO = _remark(
    "label.typo", "表中标签“{printed}”有误，应为“{form}”。", "The label “{printed}” is mistyped; it should be “{form}”.",
    Severity.WARNING,
)
TITLE_WRAPPED = _remark("layout.title_wrapped", "标题分成{lines}行，已合并。", "The title stands on {lines} lines; they were joined.")
HEADING_LOST = _remark(
    "heading.lost", "第{number}部分的标题缺失，按内容归入。", "The heading of section {number} is lost; its text was assigned by content.",
)
CELLS_DETACHED = _remark(
    "layout.cells_detached", "“{label}”一行有单元格（{text}）脱离表格，按其括注归入“{column}”。",
    "A cell ({text}) of row “{label}” is detached from the table; its remark places it in “{column}”.",
)
ROWS_INFERRED = _remark(
    "layout.rows_inferred", "“{label}”等{count}行的标签与数据脱离，按行序对齐并经勾稽关系核对。",
    "{count} rows (“{label}” …) are detached from their labels; they were placed by order and confirmed by the identities.",
)
UNIT_IN_CELL = _remark("layout.unit_in_cell", "单元格内带有单位或括注：“{text}”。", "The cell carries a unit or a remark: “{text}”.")
EXTRA_ROW = _remark(
    "layout.extra_row", "表中另有格式没有的一行“{label}”（{cells}），未录入。",
    "The table has a row that the form does not know, “{label}” ({cells}); it was not taken.",
)

RULES: tuple[Rule, ...] = (
    DUPLICATED_BODY, TRADITIONAL, ROW_LABEL_REPEATED, BROKEN_ROW, STRAY_PREFIX, LABEL_VARIANT, LABEL_TYPO,
    TITLE_WRAPPED, HEADING_LOST, CELLS_DETACHED, ROWS_INFERRED, UNIT_IN_CELL, EXTRA_ROW,
)
