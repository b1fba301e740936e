"""How the cells of the tables are named in a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import cache

from gongkai.law.editions import APPLICANT_LABELS, EDITIONS, REMEDY_LABELS, RESULT_LABELS, Applicant, Remedy, Result
from gongkai.law.findings import Place
from gongkai.report.identities import At
from gongkai.report.model import Count

TABLES = {"active": "表二", "applications": "表三", "remedies": "表四"}
TABLES_EN = {"active": "Table two", "applications": "Table three", "remedies": "Table four"}


@cache
def _rows() -> dict[str, str]:
    rows = {row.key: row.label for edition in EDITIONS for row in edition.requests}
    return rows | {cell.key: f"{row.label}·{cell.column}" for edition in EDITIONS for block in edition.active
                   for row in block.rows for cell in row.cells}


def row_label(key: str) -> str:
    """The form's label of a row of table three, or of a cell of table two."""
    return _rows().get(key, key).split("（区分处理")[0]


def cell_label(at: At) -> str:
    """A cell as a reader finds it in the form."""
    if at.part == "applications" and at.column:
        return f"“{row_label(at.row)}”的“{APPLICANT_LABELS[Applicant(at.column)]}”"
    if at.part == "remedies" and at.column:
        return f"“{REMEDY_LABELS[Remedy(at.row)]}”的“{RESULT_LABELS[Result(at.column)]}”"
    return f"“{row_label(at.row)}”"


_PARTS = {
    "document": "全文", "title": "标题", "active": "表二", "applications": "表三", "remedies": "表四",
    "signature": "落款", "source": "文件",
}


def place_label(place: Place) -> str:
    """A place as a reader finds it: 表三·（七）总计·自然人, 第五部分."""
    part = place.part
    names = [_PARTS.get(part) or (f"第{'〇一二三四五六'[int(part[7:])]}部分" if part[7:] in tuple("123456") else part)]
    if part == "remedies" and place.row:
        names.append(REMEDY_LABELS.get(place.row, place.row))  # type: ignore[call-overload]
        names += [RESULT_LABELS.get(place.column, place.column)] if place.column else []  # type: ignore[call-overload]
    elif place.row:
        names.append(row_label(place.row))
        names += [APPLICANT_LABELS.get(place.column, place.column)] if place.column else []  # type: ignore[call-overload]
    return "·".join(names)


def column_label(column: str) -> str:
    return APPLICANT_LABELS[Applicant(column)]


def listed(names: Iterable[str], most: int = 6) -> str:
    """Names joined as Chinese lists them; a long list is cut, and says so."""
    found = list(names)
    return "、".join(found[:most]) + (f"等{len(found)}处" if len(found) > most else "")


def listed_en(names: Iterable[str], most: int = 6) -> str:
    found = list(names)
    return ", ".join(found[:most]) + (f" and {len(found) - most} more" if len(found) > most else "")


def figure(value: Count | Fraction | None) -> str:
    """A number as a person writes it: no exponent, no needless fraction."""
    if value is None:
        return "空白"
    if isinstance(value, Fraction):
        if value.denominator == 1:
            return str(value.numerator)
        return format(value.numerator / value.denominator, ".10f").rstrip("0")
    return format(value, "f") if not isinstance(value, int) else str(value)


def addition(values: Iterable[Count | None], total: Count | Fraction | None, plus: str = "＋", equals: str = "＝") -> str:
    """“3＋2＋1＝6”: the parts that are not 0, and their sum."""
    parts = [figure(value) for value in values if value]
    return f"{plus.join(parts)}{equals}{figure(total)}" if len(parts) > 1 else figure(total)
