"""Rows recovered from grids and lines: the label's pieces, then the values, each row with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from gongkai.formats.blocks import Block, Grid, Paragraph

from .cells import is_page_number, is_value
from .labels import is_vocabulary
from .plain import key, plain

WORDS_FOR_NOTHING = frozenset({"无", "没有", "/", "-", "--", "\\", "○", "〇", "O", "o"})
_TRAILING = re.compile(r"^(?P<label>.*?[\u3400-\u9fff)”])\s*(?P<values>(?:[+-]?\d[\d,.]*\s+)*[+-]?\d[\d,.]*(?:万元|元|件)?)$", re.DOTALL)
_NOTE = re.compile(r"^\((?:其中|含|包括).*\)$")
_NUMBERS = re.compile(r"[+-]?[\d,.]+(?:\s+[+-]?[\d,.]+)+")


@dataclass(slots=True)
class RawRow:
    """A row as printed: the pieces of its label and the texts of its cells."""

    labels: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    at: str = ""
    joined: bool = False  # its values stood on more than one line

    @property
    def filled(self) -> int:
        return sum(bool(text.strip()) for text in self.values)


Line = tuple[Sequence[str], str]


def lines(blocks: Iterable[Block]) -> Iterator[Line]:
    """Grids row by row and paragraphs as rows of one cell; a line “行政许可 0” becomes two cells."""
    for block in blocks:
        if isinstance(block, Grid):
            for row in block.rows:
                seen: list[str] = []
                before = None
                for cell in row:
                    if cell is not before or not cell.text:
                        seen.append(cell.text)
                    before = cell
                yield _parted(seen), block.at
        elif isinstance(block, Paragraph) and not is_page_number(block.text):
            yield _split(block.text), block.at


def _parted(cells: list[str]) -> list[str]:
    """The cells, those that hold several numbers on one line taken apart only where they are the whole row."""
    return _split(cells[0]) if len(cells) == 1 else cells


def _split(text: str) -> list[str]:
    form = plain(text).strip()
    if _NUMBERS.fullmatch(form) and "\n" not in form:
        return form.split()
    found = _TRAILING.match(form)
    if found and is_vocabulary(key(found["label"])) and "\n" not in form:
        return [found["label"], *found["values"].split()]
    return [text]


def holds_value(text: str) -> bool:
    """Whether a cell is a value, a blank, or a word that stands for nothing."""
    form = plain(text).strip()
    return not form or form in WORDS_FOR_NOTHING or is_value(text)


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
        if fresh_values and width and row.filled >= width:
            flush()
        elif row.values and not any(labelled) and any(text.strip() for text in cells):
            row.joined = True
        for text, is_label in list(zip(cells, labelled, strict=True))[lead:]:
            if is_label and row.values and _NOTE.match(plain(text).strip()) and row.values[-1].strip():
                row.values[-1] = f"{row.values[-1]}{text}"
                continue
            if is_label and row.values:
                flush()
            row.at = row.at or at
            (row.labels if is_label else row.values).append(text)
    flush()
    return rows


def fitted(values: Sequence[str], width: int) -> list[str] | None:
    """The values of a full row, or None where it cannot be told which cells they are.

    Blank cells beyond the row's width are padding when the last cell of the row itself is filled.
    """
    if len(values) == width:
        return list(values)
    if len(values) > width and not any(text.strip() for text in values[width:]) and values[width - 1].strip():
        return list(values[:width])
    if len(values) > width and not any(text.strip() for text in values[:-width]) and values[-1].strip() and values[-width].strip():
        return list(values[-width:])
    return None
