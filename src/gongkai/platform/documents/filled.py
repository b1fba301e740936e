"""Tables that people fill in (XLSX): the template, and what stands in a filled one, as somebody reads it. Knows cells, not what they are for."""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Protocol

import xlsxwriter

from gongkai.formats.limits import DEFAULT
from gongkai.formats.source import Unreadable
from gongkai.formats.xlsx import first_sheet

Line = tuple[int, Sequence[object]]  # 表里的行号、各格
_LIMITS = replace(DEFAULT, columns=500)


class Column(Protocol):
    """What a template says of a column."""

    @property
    def heading(self) -> str: ...
    @property
    def field(self) -> str: ...
    @property
    def needed(self) -> bool: ...
    @property
    def options(self) -> Collection[str] | None: ...
    @property
    def example(self) -> str: ...
    @property
    def hint(self) -> str: ...


def lines(data: bytes) -> list[Line]:
    """The lines of the first sheet in which something stands. Unreadable says what to do, in both languages."""
    try:
        rows = first_sheet(data, _LIMITS)
    except Unreadable as broken:
        raise (_too_large() if broken.code == "table.too_large" else damaged()) from broken
    return [(number, row) for number, row in enumerate(rows, start=1) if any(said(cell) for cell in row)]


def damaged() -> Unreadable:
    """No workbook, or a broken one."""
    return Unreadable(
        "table.damaged", "表格不能打开，可能已损坏。请用模板重新填写后上传。", "The table cannot be opened, it may be damaged. Fill in the template anew and upload it.",
    )  # fmt: skip


def _too_large() -> Unreadable:
    rows, columns = _LIMITS.rows, _LIMITS.columns
    return Unreadable(
        "table.too_large", f"表格太大，没有读入：最多 {rows} 行、{columns} 列。请删去远处的空行、空列，或者用模板重新填写后上传。",
        f"The table is too large and was not read: at most {rows} rows and {columns} columns. Delete blank rows and columns far out, or fill in the template anew.",
    )  # fmt: skip


_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]+")


def said(cell: object) -> str:
    """A cell as somebody reads it: dates as 2024-03-05, numbers to the fifteen digits that a table keeps; no steering signs but ends of lines."""
    match cell:
        case None:
            return ""
        case bool():
            return "是" if cell else "否"
        case float() | int():
            return f"{Decimal(f'{cell:.15g}'):f}"
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
    return _STEERING.sub(" ", str(cell).replace("\r\n", "\n")).strip()


def on_one_line(cell: object) -> str:
    """The same without ends of lines and tabs."""
    return re.sub(r"[\t\n]+", " ", said(cell))


_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?:[T\s]\s*(?:上午|下午)?\s*\d{1,2}[:：时]\d{0,2}(?:[:：分]\d{0,2})?秒?)?")
_PLAIN = re.compile(r"(\d{4})(\d{2})(\d{2})")
_WRITTEN = re.compile(r"([〇零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]")
_DIGITS = {sign: n for n, sign in enumerate("〇一二三四五六七八九")} | {"零": 0}
_HALF = str.maketrans({chr(0xFF01 + n): chr(0x21 + n) for n in range(94)} | {"　": " ", "—": "-", "–": "-"})
_EPOCH, _SERIALS = date(1899, 12, 30), range(43_000, 80_000)  # Excel 的日期序号：2017 至 2118 年


def day(text: str) -> date | None:
    """A date as people write it: 2024-03-05, 2024/3/5, 2024年3月5日, 二〇二四年三月五日, 20240305. ValueError for others."""
    plain = text.translate(_HALF).strip()
    if not plain:
        return None
    if found := _WRITTEN.fullmatch(plain.replace("○", "〇").replace("Ｏ", "〇")):
        year = int("".join(str(_DIGITS[sign]) for sign in found[1]))
        return date(year, _counted(found[2]), _counted(found[3]))
    found = _DAY.fullmatch(plain := plain.replace("〇", "0")) or _PLAIN.fullmatch(plain)
    if found is None:
        raise ValueError(text)
    return date(int(found[1]), int(found[2]), int(found[3]))


def serial_day(text: str) -> date | None:
    """The date that a table keeps as a number of days; None where it is no such number."""
    plain = text.translate(_HALF).strip()
    return _EPOCH + timedelta(days=int(plain)) if re.fullmatch(r"[0-9]{5}", plain) and int(plain) in _SERIALS else None


def _counted(words: str) -> int:
    """十 10, 十五 15, 二十 20, 二十五 25."""
    tens, ten, ones = words.rpartition("十")
    return (_DIGITS[tens] if tens else 1 if ten else 0) * 10 + (_DIGITS[ones] if ones else 0)


def template(name: str, columns: Sequence[Column], *, most: int, wide: Collection[str], advice: str) -> bytes:
    """An empty table to fill in: headings, choices to pick from, one line as an example, and what to write where. `wide`: the fields with long texts."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        head = book.add_format({"bold": True, "bg_color": "#E8EEF6", "border": 1, "text_wrap": True, "valign": "top"})
        must = book.add_format({"bold": True, "bg_color": "#F6E3E0", "border": 1, "text_wrap": True, "valign": "top"})
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        sheet, notes, lists = book.add_worksheet(name), book.add_worksheet("填写说明"), book.add_worksheet("选项")
        sheet.freeze_panes(1, 1)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, 40 if column.field in wide else 18, text)
            sheet.write_string(0, place, column.heading, must if column.needed else head)
            sheet.write_string(1, place, column.example, text)
            if column.options:
                lists.write_column(0, place, list(column.options))
                letter = xlsxwriter.utility.xl_col_to_name(place)
                rule = {"validate": "list", "source": f"=选项!${letter}$1:${letter}${len(column.options)}", "error_message": "请从列表中选择。"}
                sheet.data_validation(1, place, most, place, rule)
        notes.set_column(0, 0, 20)
        notes.set_column(1, 1, 80, text)
        notes.write_row(0, 0, ["列", "怎样填"], head)
        for row, column in enumerate(columns, start=1):
            notes.write_string(row, 0, column.heading + ("（必填）" if column.needed else ""))
            notes.write_string(row, 1, column.hint)
        notes.write_string(len(columns) + 2, 0, advice)
        lists.hide()
    return out.getvalue()
