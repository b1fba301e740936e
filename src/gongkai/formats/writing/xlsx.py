"""XLSX: the text on one sheet, each table on its own — typed cells, merged heads, totals as formulas.

A total is a formula only where what the report prints is the sum; else the printed number stands. Text is never
a formula, whatever it begins with.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from gongkai.law.editions import Applicant, Number, Result, RowRole
from gongkai.report.identities import exact
from gongkai.report.model import AnnualReport, Count

from .archive import member, related, settled
from .dates import written_on
from .layout import About, Heading, Part, Room, Signed, Title, parts, shown
from .record import PART, as_xml
from .tables import Box, Role, Table

SHEETS = {"active": "表二 主动公开", "applications": "表三 依申请公开", "remedies": "表四 复议诉讼"}
WORDS = "正文"
_LONGEST = 30_000  # characters of a cell; Excel holds 32,767
_TOTAL = re.compile(rb'(<c r="[A-Z]+\d+" s="\d+")(><f>IF\(COUNT)')
_DIGITS = 15  # that a cell's number keeps
_WIDTHS = {"active": (24.0, 20.0, 20.0, 20.0), "applications": (6.0, 16.0, 44.0), "remedies": ()}
_OUTSIDE = (RowRole.NEW.value, RowRole.CARRIED_OVER.value, RowRole.TOTAL.value, RowRole.CARRIED_FORWARD.value)
_BASE = {"font_name": "宋体", "font_size": 11, "text_wrap": True, "valign": "vcenter"}
_LOOKS: Mapping[str, dict[str, Any]] = {
    "title": {"font_name": "方正小标宋简体", "font_size": 18, "align": "center"},
    "about": {"font_name": "楷体_GB2312"},
    "heading": {"font_name": "黑体", "font_size": 14},
    "text": {"font_name": "仿宋_GB2312", "font_size": 14, "valign": "top"},
    "signed": {"font_name": "仿宋_GB2312", "font_size": 14, "align": "right"},
    "head": {"border": 1, "align": "center", "bg_color": "#F3F4F6"},
    "row": {"border": 1, "align": "left"},
    "group": {"border": 1, "align": "center"},
    "count": {"border": 1, "align": "center", "num_format": "0"},
    "amount": {"border": 1, "align": "center", "num_format": "General"},
    "words": {"border": 1, "align": "center", "num_format": "@"},
    "wrong": {"font_color": "#B00020", "bold": True, "bg_color": "#FDECEE"},
}


@dataclass(slots=True)
class _Book:
    """The workbook at hand and its looks, each made when it is needed first."""

    book: Any
    open_to_fill: bool
    looks: dict[str, Any] = field(default_factory=dict)

    def look(self, name: str) -> Any:
        if name not in self.looks:
            own = _LOOKS[name]
            self.looks[name] = self.book.add_format(own if name == "wrong" else {**_BASE, **own})
        return self.looks[name]


def write(report: AnnualReport, *, carry: bool = True) -> bytes:
    """The report as a workbook; without `carry` a form to fill in."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    on = datetime.combine(written_on(report), time())
    book.set_properties({"title": shown(report.title or ""), "author": shown(report.organ or ""), "created": on, "language": "zh-CN"})
    laid = parts(report, room=not carry)
    state = _Book(book, not carry)
    _words(state, [part for part in laid if not isinstance(part, Table)])
    for part in laid:
        if isinstance(part, Table):
            _sheet(state, part)
    book.close()
    data = made.getvalue()
    return settled(data, _carried(data, report) if carry else _blank_totals(data))


def _blank_totals(data: bytes) -> Mapping[str, bytes]:
    """The sheets with the totals of an empty form saved as empty text: a formula saved without a result is a doubt."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        return {name: _TOTAL.sub(rb'\1 t="str"\2', archive.read(name)) for name in sheets}


def _carried(data: bytes, report: AnnualReport) -> Mapping[str, bytes]:
    relations = "xl/_rels/workbook.xml.rels"
    return {relations: related(member(data, relations), f"../{PART}"), PART: as_xml(report)}


# ── the text ─────────────────────────────────────────────────────────────────────────────────────────────


def _words(state: _Book, laid: Sequence[Part]) -> None:
    sheet = state.book.add_worksheet(WORDS)
    sheet.set_column(0, 0, 96)
    sheet.hide_gridlines(2)
    _page(sheet, landscape=False)
    line = 0
    for part in laid:
        if isinstance(part, Room):
            line += 3
            continue
        for piece in _pieces(part):
            sheet.write_string(line, 0, piece, state.look(_name(part)))
            line += 1


def _pieces(part: Part) -> Iterator[str]:
    text = getattr(part, "text", "")
    yield from (text[start : start + _LONGEST] for start in range(0, len(text), _LONGEST))


def _name(part: Part) -> str:
    match part:
        case Title():
            return "title"
        case About():
            return "about"
        case Heading():
            return "heading"
        case Signed():
            return "signed"
    return "text"


def _page(sheet: Any, *, landscape: bool) -> None:
    sheet.set_paper(9)  # A4
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C— &P —")


# ── a table ──────────────────────────────────────────────────────────────────────────────────────────────


def _sheet(state: _Book, table: Table) -> None:
    sheet = state.book.add_worksheet(SHEETS[table.part])
    _page(sheet, landscape=table.part != "active")
    widths = _WIDTHS[table.part]
    for column in range(table.columns):
        sheet.set_column(column, column, widths[column] if column < len(widths) else 11)
    for y in range(len(table.rows)):
        sheet.set_row(y, 32 if table.head and y < table.head else None)
    if table.head:
        sheet.freeze_panes(table.head, 3 if table.part == "applications" else 0)
        sheet.repeat_rows(0, table.head - 1)
    sums = _sums(table)
    for y, x, box in table.placed():
        _cell(state, sheet, y, x, box, sums.get((y, x)))
    _checks(state, sheet, table, sums)


def _look(box: Box) -> str:
    if box.role is Role.HEAD:
        return "head"
    if box.role is Role.ROW:
        return "group" if box.down > 1 else "row"
    if box.number is Number.AMOUNT:
        return "amount"
    whole = isinstance(box.value, int) or not box.text
    return "count" if whole else "amount" if box.value is not None else "words"


def _cell(state: _Book, sheet: Any, y: int, x: int, box: Box, total: _Sum | None) -> None:
    look = state.look(_look(box))
    if box.down > 1 or box.across > 1:
        sheet.merge_range(y, x, y + box.down - 1, x + box.across - 1, "", look)
    number = _typed(box.value)
    if total is not None and _fits(total, box, state.open_to_fill):
        sheet.write_formula(y, x, total.formula(state.open_to_fill), look, "" if number is None else number)
    elif number is not None:
        sheet.write_number(y, x, number, look)
    elif box.text:
        sheet.write_string(y, x, box.text, look)
    else:
        sheet.write_blank(y, x, None, look)
    if box.role is Role.VALUE:
        _validate(sheet, y, x, box)


def _typed(value: Count | None) -> int | float | None:
    """The number of a cell; None where a workbook would not keep its digits."""
    if value is None or len(str(value).strip("-").replace(".", "").lstrip("0")) > _DIGITS:
        return None
    if isinstance(value, int):
        return value
    return float(value) if Decimal(repr(float(value))) == value else None


def _validate(sheet: Any, y: int, x: int, box: Box) -> None:
    kind = "decimal" if box.number is Number.AMOUNT else "integer"
    low = -(10**9) if box.number is Number.CHANGE else 0
    wanted = {
        Number.COUNT: "请填 0 或正整数；没有的填 0。",
        Number.CHANGE: "请填整数；减少的填负数。",
        Number.AMOUNT: "请填 0 或正数（万元，可有小数）。",
    }[box.number]
    sheet.data_validation(y, x, y, x, {
        "validate": kind, "criteria": "between", "minimum": low, "maximum": 10**12, "ignore_blank": True,
        "error_title": "填写有误", "error_message": wanted, "error_type": "stop",
    })


# ── what must add up ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Sum:
    """The cells that a total adds up: as a range, and as the values they hold."""

    cells: str
    parts: tuple[Count | None, ...]

    def formula(self, blank: bool) -> str:
        return f'=IF(COUNT({self.cells})=0,"",SUM({self.cells}))' if blank else f"=SUM({self.cells})"


def _fits(total: _Sum, box: Box, blank: bool) -> bool:
    """Whether the printed total is the sum of what is printed; in a form, whether it is still to be filled in."""
    if blank:
        return not box.text
    known = [part for part in total.parts if part is not None]
    if not known or box.value is None or _typed(box.value) is None or any(_typed(part) is None for part in known):
        return False
    return exact(known) == (box.value if isinstance(box.value, int) else Fraction(box.value))


def _sums(table: Table) -> dict[tuple[int, int], _Sum]:
    """Where the totals stand (I-2, I-3, I-4) and what they add up."""
    slots = {(box.slot.row, box.slot.column): (y, x, box) for y, x, box in table.placed() if box.slot}
    found: dict[tuple[int, int], _Sum] = {}
    for (row, column), (y, x, _) in slots.items():
        if table.part == "applications" and column == Applicant.TOTAL:
            found[y, x] = _across(slots, row, [kind for kind in Applicant if kind is not Applicant.TOTAL])
        elif table.part == "applications" and row == RowRole.TOTAL:
            outcomes = [key for key, kind in slots if kind == column and key not in _OUTSIDE]
            if outcomes:
                found[y, x] = _down(slots, outcomes, column)
        elif table.part == "remedies" and column == Result.TOTAL:
            found[y, x] = _across(slots, row, [result for result in Result if result is not Result.TOTAL])
    return found


_Slots = Mapping[tuple[str, str | None], tuple[int, int, Box]]


def _across(slots: _Slots, row: str, columns: Sequence[str]) -> _Sum:
    cells = [slots[row, column] for column in columns]
    y, first, _ = cells[0]
    return _Sum(xl_range(y, first, y, cells[-1][1]), tuple(box.value for _, _, box in cells))


def _down(slots: _Slots, rows: Sequence[str], column: str | None) -> _Sum:
    cells = [slots[row, column] for row in rows]
    first, x, _ = cells[0]
    return _Sum(xl_range(first, x, cells[-1][0], x), tuple(box.value for _, _, box in cells))


def _checks(state: _Book, sheet: Any, table: Table, sums: Mapping[tuple[int, int], _Sum]) -> None:
    """Totals that do not add up, and columns that do not balance (第一项加第二项之和，等于第三项加第四项之和), turn red."""
    wrong = state.look("wrong")
    for (y, x), total in sums.items():
        here = xl_rowcol_to_cell(y, x)
        rule = f"AND(ISNUMBER({here}),COUNT({total.cells})>0,ROUND({here}-SUM({total.cells}),6)<>0)"
        sheet.conditional_format(y, x, y, x, {"type": "formula", "criteria": f"={rule}", "format": wrong})
    slots = {(box.slot.row, box.slot.column): xl_rowcol_to_cell(y, x) for y, x, box in table.placed() if box.slot}
    for kind in Applicant if table.part == "applications" else ():
        four = [slots.get((role, kind.value)) for role in _OUTSIDE]
        if all(four):
            new, over, done, left = (cell or "" for cell in four)
            rule = f"AND(COUNT({new},{over},{done},{left})=4,ROUND({new}+{over}-{done}-{left},6)<>0)"
            sheet.conditional_format(left, {"type": "formula", "criteria": f"={rule}", "format": wrong})


