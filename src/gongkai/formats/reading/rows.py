"""Rows recovered from grids and lines: the label's pieces, then the values, each row with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from gongkai.formats.blocks import NO_CELL, Block, Grid, Paragraph

from .cells import is_page_number, is_value
from .labels import is_vocabulary
from .plain import key, plain

MANY = 20  # more cells than any row of the form has
WORDS_FOR_NOTHING = frozenset({"无", "没有", "/", "-", "--", "\\", "○", "〇", "O", "o"})
_CHANGE = re.compile(r"[+\-±]\s*\(?\s*\d[\d\s()+\-]*|(?P<sign>增加?|新增|减少?)\s*(?P<number>\d+)\s*[项件个]?")  # of 本年增/减
_TRAILING = re.compile(r"^(?P<label>.*?[\u3400-\u9fff)”])\s*(?P<values>(?:[+-]?\d[\d,.]*\s+)*[+-]?\d[\d,.]*(?:万元|元|件)?)$", re.DOTALL)
_NOTE = re.compile(r"^\((?:其中|含|包括).*\)$")
_DAMAGED = re.compile(r"[\d.,]*\ufffd[\d.,]*")  # a number of which a character is lost
_NUMBERS = re.compile(r"[+-]?[\d,.]+(?:\s+[+-]?[\d,.]+)+")


@dataclass(slots=True)
class RawRow:
    """A row as printed: the pieces of its label and the texts of its cells."""

    labels: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    at: str = ""
    joined: bool = False  # its values stood on more than one line
    here: int = 0  # how many of the label's pieces stood on its last line

    @property
    def filled(self) -> int:
        return sum(bool(text.strip()) for text in self.values)


Line = tuple[Sequence[str], str]


def lines(blocks: Iterable[Block]) -> Iterator[Line]:
    """Grids row by row and paragraphs as rows of one cell; a line “行政许可 0” becomes two cells."""
    for block in blocks:
        if isinstance(block, Grid) and len(block.rows) == 1 and len(block.rows[0]) > MANY:
            yield from (([cell.text], block.at) for cell in block.rows[0])  # cells parted by lone bars: no rows
        elif isinstance(block, Grid):
            for row in block.rows:
                seen: list[str] = []
                before = None
                for cell in row:
                    if cell is NO_CELL:
                        continue
                    if cell is not before or not cell.text:
                        seen.append(cell.text)
                    before = cell
                yield _parted(seen), block.at
        elif isinstance(block, Paragraph) and not is_page_number(block.text):
            yield parted(block.text), block.at


def _parted(cells: list[str]) -> list[str]:
    """The cells, those that hold several numbers on one line taken apart only where they are the whole row."""
    return parted(cells[0]) if len(cells) == 1 else cells


def parted(text: str) -> list[str]:
    """The cells that one line holds: several numbers, or a label and its numbers."""
    form = plain(text).strip()
    if _NUMBERS.fullmatch(form) and "\n" not in form:
        return form.split()
    found = _TRAILING.match(form)
    if found and is_vocabulary(key(found["label"])) and "\n" not in form:
        return [found["label"], *found["values"].split()]
    return [text]


def is_number_line(text: str) -> bool:
    """Whether a line is several numbers parted by blanks."""
    return bool(_NUMBERS.fullmatch(plain(text).strip()))


@lru_cache(maxsize=8192)
def holds_value(text: str) -> bool:
    """Whether a cell is a value, a blank, or a word that stands for nothing."""
    form = plain(text).strip()
    if not form or form in WORDS_FOR_NOTHING or is_value(text):
        return True
    return bool(_DAMAGED.fullmatch(form) or _CHANGE.fullmatch(form))


def change(text: str) -> int | None:
    """The number that 增10 or 减8 says in a cell of 本年增/减."""
    found = _CHANGE.fullmatch(plain(text).strip())
    if not found or not found["number"]:
        return None
    return -int(found["number"]) if found["sign"].startswith("减") else int(found["number"])


def stream(source: Iterable[Line], width: int | None) -> list[RawRow]:
    """Rows of labels and values out of lines: a label after values opens the next row.

    `width` is the number of values in a full row, where every row has the same.
    """
    rows: list[RawRow] = []
    row = RawRow()

    def flush() -> None:
        nonlocal row
        if row.labels or row.values:
            rows.append(row)
        row = RawRow()

    for cells, at in source:
        labelled = [not holds_value(text) for text in cells]
        first = labelled.index(True) if any(labelled) else len(cells)
        lead = first if all(not text.strip() for text in cells[:first]) and any(labelled) else 0
        fresh_values = not any(labelled) and sum(bool(text.strip()) for text in cells) > 1
        if fresh_values and width and (row.filled >= width or (not row.filled and len(row.values) >= width)):
            flush()
        elif fresh_values and row.values and not row.filled:
            row.values.clear()  # blanks that padded a line of labels
        elif row.values and not any(labelled) and any(text.strip() for text in cells):
            row.joined = True
        opened = False
        for text, is_label in list(zip(cells, labelled, strict=True))[lead:]:
            if is_label and row.values and _NOTE.match(plain(text).strip()) and row.values[-1].strip():
                row.values[-1] = f"{row.values[-1]}{text}"
                continue
            if is_label and row.values:
                flush()
            row.at = row.at or at
            if is_label:
                row.here = row.here + 1 if opened else 1
                opened = True
            (row.labels if is_label else row.values).append(text)
    flush()
    return rows


def padded_left(values: Sequence[str], width: int) -> bool:
    """Whether a row has blank cells of the label area before its values."""
    return len(values) > width and bool(values[-1].strip()) and not any(text.strip() for text in values[:-width])


def fitted(values: Sequence[str], width: int, left: bool = False, whole: bool = False) -> list[str] | None:
    """The values of a full row, or None where it cannot be told which cells they are.

    Blank cells beyond the row's width are padding when the last cell of the row itself is filled;
    those before it belong to the label, if the table is set so throughout (`left`). A row with all the
    cells that a table padded on the right has (`whole`) may have a blank last cell of its own.
    """
    if len(values) == width:
        return list(values)
    if len(values) > width and not any(text.strip() for text in values[width:]) and (whole or values[width - 1].strip()):
        return list(values[:width])
    if left and padded_left(values, width) and values[-width].strip():
        return list(values[-width:])
    return None
