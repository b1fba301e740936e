"""The table of figures: months down, indicators across. Its template, a year written out, and lines read from XLSX. Knows cells, not the database."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from lxml import etree

from gongkai.formats.limits import MIB
from gongkai.formats.source import Unreadable
from gongkai.platform.documents import filled
from gongkai.platform.organs import uploads

from .errors import Invalid
from .indicators import BY_KEY, CHANNELS, INDICATORS
from .ledger import Place

BYTES, MOST_ROWS, MOST_COLUMNS = 10 * MIB, 200, 200
MONTH, EVIDENCE, REASON = "月份", "依据", "更正理由"
_OWN = {"月份": MONTH, "月": MONTH, "统计月份": MONTH, "时间": MONTH, "依据": EVIDENCE, "数据来源": EVIDENCE, "来源": EVIDENCE, "更正理由": REASON, "理由": REASON}
_PASSED_OVER = frozenset({"序号", "行号"})
_SPACE = re.compile(r"[\s*＊:：\x00-\x1f\x7f]+")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINKED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True, slots=True)
class Row:
    """One line: its number in the sheet, its month as written, its figures by heading as somebody reads them, and which of them are formulas."""

    number: int
    month: str
    cells: Mapping[str, str]
    evidence: str = ""
    reason: str = ""
    formulas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """What stands in an uploaded table."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def heading(place: Place) -> str:
    """What a place is called at the head of a column."""
    indicator = BY_KEY[place[0]]
    return f"{indicator.zh}（{CHANNELS[place[1]][0]}）" if indicator.by_channel else indicator.zh


def every_place() -> list[Place]:
    return [(each.key, channel) for each in INDICATORS for channel in (CHANNELS if each.by_channel else ("",))]


def _plain(name: str) -> str:
    return _SPACE.sub("", name).translate(str.maketrans("():", "（）："))


def known() -> dict[str, str]:
    """Headings that need no mapping → indicator.channel."""
    return {_plain(heading(place)): ".".join(place) for place in every_place()}


def guessed(name: str) -> str:
    """The place that a heading names by itself; nothing where it does not."""
    return known().get(_plain(name), "")


def read(name: str, data: bytes) -> Table:
    """The lines of the first sheet; Invalid says what is wrong with the table as a whole."""
    lines, formulas = _opened(name, data)
    if len(lines) < 2:
        raise Invalid({"file": _("表格里没有一行数据。请下载模板，从第 2 行起填写。")})
    if len(lines) - 1 > MOST_ROWS:
        raise Invalid({"file": _("一次最多导入 %(most)s 行，表中有 %(n)s 行。一行是一个月。") % {"most": MOST_ROWS, "n": len(lines) - 1}})
    top, first = lines[0]
    names = [said(cell)[:100] for cell in first]
    while names and not names[-1]:
        names.pop()
    if len(names) > MOST_COLUMNS:
        raise Invalid({"file": _("一次最多导入 %(most)s 列，表中有 %(n)s 列。") % {"most": MOST_COLUMNS, "n": len(names)}})
    kinds = [_OWN.get(_plain(each), "") for each in names]
    if MONTH not in kinds:
        raise Invalid({"file": _("第 %(n)s 行应为列名，其中要有“月份”一列；没有找到。一行写一个月，一列写一个指标。") % {"n": top}})
    used = [own or each for own, each in zip(kinds, names, strict=True) if each]
    if twice := sorted({each for each in used if used.count(each) > 1}):
        raise Invalid({"file": _("有重复的列：%(n)s。每一项只留一列。") % {"n": "、".join(twice[:8])}})
    figures = tuple(each for own, each in zip(kinds, names, strict=True) if each and not own and _plain(each) not in _PASSED_OVER)
    if not figures:
        raise Invalid({"file": _("表格里没有一列指标。请用模板填写。")})
    rows = tuple(_row(number, line, names, kinds, figures, formulas) for number, line in lines[1:])
    if not (filled := tuple(row for row in rows if any(row.cells.values()) or row.formulas)):
        raise Invalid({"file": _("表格里没有填一个数。")})
    return Table(figures, filled)


def _row(number: int, line: Sequence[object], names: Sequence[str], kinds: Sequence[str], figures: Iterable[str], formulas: frozenset[tuple[int, int]]) -> Row:
    cells = [said(cell) for cell in line] + [""] * (len(names) - len(line))
    own = {kind: cells[place] for place, kind in enumerate(kinds) if kind}
    places = {each: names.index(each) for each in figures}
    made = tuple(each for each, place in places.items() if (number, place + 1) in formulas)
    return Row(number, own.get(MONTH, ""), {each: cells[place] for each, place in places.items()}, own.get(EVIDENCE, ""), own.get(REASON, ""), made)


def _opened(name: str, data: bytes) -> tuple[list[filled.Line], frozenset[tuple[int, int]]]:
    opened = uploads.workbook(name, data, BYTES)
    try:
        return filled.lines(opened), _formulas(opened)
    except Unreadable as problem:
        raise Invalid({"file": uploads.why(problem)}) from problem
    except (KeyError, AttributeError, etree.XMLSyntaxError, zipfile.BadZipFile) as broken:
        raise Invalid({"file": uploads.why(filled.damaged())}) from broken


def _formulas(data: bytes) -> frozenset[tuple[int, int]]:
    """Cells of the first sheet that are formulas: what is stored for them need not be what they come to."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        first = _parsed(parts.read("xl/workbook.xml")).find(f"{_MAIN}sheets/{_MAIN}sheet")
        links = {each.get("Id"): each.get("Target") for each in _parsed(parts.read("xl/_rels/workbook.xml.rels"))}
        target = links[first.get(_LINKED)]
        root = _parsed(parts.read(target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")))
    found = (re.fullmatch(r"([A-Z]{1,3})([0-9]{1,7})", cell.get("r") or "") for cell in root.iter(f"{_MAIN}c") if cell.find(f"{_MAIN}f") is not None)
    return frozenset((int(at[2]), _column(at[1])) for at in found if at)


def _parsed(data: bytes) -> Any:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def said(cell: object) -> str:
    """A cell as somebody reads it, in one line."""
    return filled.on_one_line(cell)[:400]


def written(places: Sequence[Place], year: int, values: Mapping[tuple[str, str, int], str], totals: Mapping[Place, Decimal] | None = None) -> bytes:
    """The table of a year: months down, places across. Empty it is the template; filled it reads back to the same figures."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}) as book:
        head = book.add_format({"bold": True, "bg_color": "#E8EEF6", "border": 1, "text_wrap": True, "valign": "top"})
        plain = book.add_format({"num_format": "General", "align": "right"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        sheet, notes = book.add_worksheet(f"{year}年"), book.add_worksheet("填写说明")
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 10)
        sheet.set_column(1, len(places), 15, plain)
        sheet.set_column(len(places) + 1, len(places) + 2, 28)
        for column, name in enumerate((MONTH, *map(heading, places), EVIDENCE, REASON)):
            sheet.write_string(0, column, name, head)
        for row, month in enumerate((*range(1, 13), 0), start=1):
            sheet.write_string(row, 0, f"{month}月" if month else "全年", head)
            for column, place in enumerate(places, start=1):
                _put(sheet, row, column, values.get((*place, month), ""), plain)
        if totals is not None:
            sheet.write_string(14, 0, "合计", head)
            for column, place in enumerate(places, start=1):
                _put(sheet, 14, column, f"{totals[place]:f}" if place in totals else "", plain)
        notes.set_column(0, 0, 44)
        notes.set_column(1, 1, 12)
        notes.set_column(2, 2, 70, wrap)
        for column, name in enumerate(("指标", "单位", "怎样填")):
            notes.write_string(0, column, name, head)
        for row, place in enumerate(places, start=1):
            notes.write_string(row, 0, heading(place))
            notes.write_string(row, 1, BY_KEY[place[0]].unit)
            notes.write_string(row, 2, "以最后登记的为准，不相加。" if BY_KEY[place[0]].summing.value == "last" else "各月相加。")
        for n, words in enumerate((
            "不知道的空着，确实没有发生的写 0：空白不是 0。", "不分月的写在“全年”一行；既有各月又有全年的，年度数以“全年”为准。",
            "约数写“8900余”。数只用阿拉伯数字，不带单位，不用公式。", "已登记过的数要改，写更正理由。“合计”一行只核对，不登记。用不着的列可以删去。",
        )):  # fmt: skip
            notes.write_string(len(places) + 2 + n, 0, words)
    return out.getvalue()


def _put(sheet: Any, row: int, column: int, text: str, plain: object) -> None:
    if not text:
        return
    if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text) and len(text) <= 15:
        sheet.write_number(row, column, float(text), plain)
    else:
        sheet.write_string(row, column, text, plain)
