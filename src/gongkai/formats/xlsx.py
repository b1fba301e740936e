"""XLSX (and the old XLS): each sheet's tables as grids, merged cells laid out, lone cells as paragraphs."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

import python_calamine as calamine
from lxml import etree

from gongkai.law.findings import Finding, Place
from gongkai.report.rules import source as rules

from .blocks import Block, Cell, Grid, Paragraph
from .limits import DEFAULT, Limits, check_size, damaged, encrypted, open_zip, read_member
from .source import Parsed
from .spans import check_grid, without_echoes

_Value = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta
_Sheet = list[list[Cell]]

_CELL: Final = re.compile(rb"<(?:\w+:)?c(?=[\s/>])")
_PLACE: Final = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")
_ROW: Final = re.compile(r"[1-9][0-9]{0,6}")
_SHEET: Final = (b"sheetData", "sheetData".encode("utf-16-le"), "sheetData".encode("utf-16-be"))
_FARTHEST: Final = 10**7  # beyond any row or column of a sheet
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f\b")
_RESULT: Final = re.compile(rb"<(?:\w+:)?v(?: [^>]*)?>[^<]")
_HEADING: Final = re.compile(r"[一二三四五六七八九十]{1,3}、")
_ITEM: Final = re.compile(r"第二十条第")  # the first row of 表二 has one cell only
_PROSE: Final = 40  # characters in a row's only cell beyond which it is text between tables


def parse(data: bytes, limits: Limits = DEFAULT) -> Parsed:
    """The blocks of a workbook, sheet by sheet, hidden sheets too."""
    check_size(len(data), limits)
    remarks = list(_inspect(data, limits)) if data.startswith(b"PK") else []
    blocks: list[Block] = []
    cells = 0
    for metadata, values, start, merges in _sheets(data):
        sheet = _laid_out(values, start, merges, limits)
        cells += len(sheet) * len(sheet[0]) if sheet else 0
        if cells > limits.cells:
            check_grid(limits.rows + 1, limits.columns, limits)
        found = list(_blocks(sheet, metadata.name, start[0]))
        if metadata.visible != calamine.SheetVisibleEnum.Visible and found:
            remarks.append(Finding(rules.HIDDEN_SHEET, Place(), {"sheet": metadata.name}))
        if found and _HEADING.match(metadata.name) and not _says(found, metadata.name):
            blocks.append(Paragraph(metadata.name.strip(), f"工作表“{metadata.name}”"))
        blocks.extend(found)
    return Parsed(tuple(blocks), remarks=tuple(remarks))


_Raw = tuple[
    calamine.SheetMetadata, list[list[_Value]], tuple[int, int], Sequence[tuple[tuple[int, int], tuple[int, int]]]
]


def _sheets(data: bytes) -> Iterator[_Raw]:
    """Each worksheet with its values, where they begin, and its merged ranges."""
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            for index, metadata in enumerate(workbook.sheets_metadata):
                if metadata.typ != calamine.SheetTypeEnum.WorkSheet:
                    continue
                sheet = workbook.get_sheet_by_index(index)
                start = sheet.start
                if start is not None:
                    yield metadata, sheet.to_python(), start, sheet.merged_cell_ranges or ()
    except calamine.PasswordError as error:
        raise encrypted() from error
    except (calamine.CalamineError, ValueError, OSError, OverflowError) as error:
        raise damaged("xlsx") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the reader's own breakdown on a broken file
            raise
        raise damaged("xlsx") from error


def first_sheet(data: bytes, limits: Limits = DEFAULT) -> list[list[_Value]]:
    """The first sheet's cells from A1 on, for tables that somebody fills in. Unreadable where it is no workbook, or too far spread out."""
    check_size(len(data), limits)
    for _remark in _inspect(data, limits, from_first=True):
        pass
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            sheet = workbook.get_sheet_by_index(0)
            check_grid(sheet.total_height + 1, sheet.total_width + 1, limits)
            return [list(row) for row in sheet.to_python(skip_empty_area=False)]
    except calamine.PasswordError as error:
        raise encrypted() from error
    except (calamine.CalamineError, ValueError, OSError, IndexError, OverflowError) as error:
        raise damaged("xlsx") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise damaged("xlsx") from error


def _inspect(data: bytes, limits: Limits, *, from_first: bool = False) -> Iterator[Finding]:
    """Look through the sheets before they are opened: a single cell far out would be laid out with all before it.

    A part is a sheet by what stands in it: which name it has is for the workbook to say, and a name proves nothing.
    """
    unsaved = failed = 0
    with open_zip(data, limits) as archive:
        for member in archive.infolist():
            if member.is_dir():
                continue
            xml = read_member(archive, member.filename, limits)
            if any(mark in xml for mark in _SHEET):
                missing, errors = _check_sheet(xml, limits, from_first)
                unsaved, failed = unsaved + missing, failed + errors
    if unsaved:
        yield Finding(rules.FORMULA_WITHOUT_VALUE, Place(), {"count": unsaved})
    if failed:
        yield Finding(rules.FORMULA_FAILED, Place(), {"count": failed})


def _check_sheet(xml: bytes, limits: Limits, from_first: bool) -> tuple[int, int]:
    """The formulas without a result and those that failed, once the sheet's size is found bearable."""
    unsaved = failed = 0
    seen = _extent(xml)
    if seen.bottom:
        check_grid(seen.bottom - (0 if from_first else seen.top - 1), seen.right - (0 if from_first else seen.left - 1), limits)
    for cell in _CELL.split(xml)[1:]:
        attributes, _, content = cell.partition(b">")
        if attributes.endswith(b"/"):
            continue
        if b' t="e"' in attributes:
            failed += 1
        elif (
            _FORMULA.search(content) and not _RESULT.search(content) and b't="str"' not in attributes
        ):  # "" is a result
            unsaved += 1
    return unsaved, failed


class _Extent:
    """Hears the cells of a sheet and keeps how far they reach; a cell without a place of its own follows the one before."""

    def __init__(self) -> None:
        self.top = self.left = _FARTHEST
        self.bottom = self.right = 0
        self._row = self._column = 0
        self._in_cell = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name, told = tag.rpartition("}")[2], attributes.get("r", "")
        if self._in_cell:  # what is in it makes it a cell: a mere format reaches nowhere
            self._in_cell = False
            self.top, self.bottom = min(self.top, self._row), max(self.bottom, self._row)
            self.left, self.right = min(self.left, self._column), max(self.right, self._column)
        if name == "row":
            if told and not _ROW.fullmatch(told):  # what we read otherwise than the reader of the workbook does
                raise damaged("xlsx")
            self._row, self._column = int(told) if told else self._row + 1, 0
        elif name == "c":
            place = _PLACE.fullmatch(told)
            if told and not place:
                raise damaged("xlsx")
            self._row, self._column = (int(place[2]), _column(place[1])) if place else (self._row, self._column + 1)
            self._in_cell = True

    def end(self, tag: str) -> None:
        self._in_cell = False

    def data(self, text: str) -> None:
        """Nothing: what a cell says is read later."""

    def close(self) -> None:
        """Nothing is built."""


def _extent(xml: bytes) -> _Extent:
    heard = _Extent()
    target: Any = heard
    try:
        etree.parse(io.BytesIO(xml), etree.XMLParser(target=target, resolve_entities=False, no_network=True, huge_tree=True))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged("xlsx") from error
    return heard


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _laid_out(
    values: list[list[_Value]],
    start: tuple[int, int],
    merges: Sequence[tuple[tuple[int, int], tuple[int, int]]],
    limits: Limits,
) -> _Sheet:
    """A sheet's cells as rows of equal length, merged ranges being one cell."""
    height, width = len(values), max((len(row) for row in values), default=0)
    check_grid(height, width, limits)
    sheet = [[Cell(_shown(value)) for value in row] for row in values]
    area = 0
    for (top, left), (bottom, right) in merges:
        y, x = top - start[0], left - start[1]
        last_y, last_x = min(bottom - start[0], height - 1), min(right - start[1], width - 1)
        if y < 0 or x < 0 or y >= height or x >= width:
            continue
        area += (last_y - y + 1) * (last_x - x + 1)
        if area > 4 * limits.cells:
            check_grid(limits.rows + 1, width, limits)
        for line in sheet[y : last_y + 1]:
            line[x : last_x + 1] = [sheet[y][x]] * (last_x - x + 1)
    return sheet


def _shown(value: _Value) -> str:
    """A value as a reader of the sheet sees it: 6 not 6.0, 2024-01-31 not a serial number."""
    if isinstance(value, str):
        return "\n".join(filter(None, (" ".join(line.split()) for line in value.splitlines())))
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return format(Decimal(f"{value:.15g}"), "f")
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ") if value.time() != datetime.time() else value.date().isoformat()
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return str(value)


def _filled(row: Sequence[Cell]) -> list[Cell]:
    """The distinct cells of a row that say something."""
    return list({id(cell): cell for cell in row if cell.text}.values())


def _blocks(sheet: _Sheet, name: str, first: int) -> Iterator[Block]:
    """A sheet's rows as grids; a row with one cell only is a paragraph unless it stands within a table."""
    run: list[list[Cell]] = []
    began = 0
    width = len(sheet[0]) if sheet else 0
    for y, row in enumerate(sheet):
        filled = _filled(row)
        place = f"工作表“{name}”第{first + y + 1}行"
        if filled and (len(filled) > 1 or _ITEM.match(filled[0].text) or (run and not _between(filled[0], row, width))):
            if not run:
                began = first + y + 1
            run.append(row)
            continue
        if run:
            yield _grid(run, name, began)
            run = []
        for line in filled[0].text.split("\n") if filled else ():
            yield Paragraph(line, place)
    if run:
        yield _grid(run, name, began)


def _between(cell: Cell, row: Sequence[Cell], width: int) -> bool:
    """Whether the only cell of a row stands between two tables: running text, or a heading."""
    reach = sum(other is cell for other in row)
    return len(cell.text) > _PROSE or (bool(_HEADING.match(cell.text)) and reach in (1, width))


def _grid(rows: list[list[Cell]], name: str, began: int) -> Grid:
    """The rows less the blank columns at both sides."""
    used = [x for x in range(len(rows[0])) if any(row[x].text for row in rows)]
    cut = [row[used[0] : used[-1] + 1] for row in rows]
    return Grid(without_echoes(cut), at=f"工作表“{name}”第{began}行起的表格")


def _says(blocks: Sequence[Block], words: str) -> bool:
    wanted = "".join(words.split())
    return any(wanted in "".join(block.text.split()) for block in blocks if isinstance(block, Paragraph))
