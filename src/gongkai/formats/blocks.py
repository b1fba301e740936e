"""Block: what every parser makes of a file — paragraphs, grids and pictures in reading order, each with its place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph or line of text, blanks at its ends removed."""

    text: str
    at: str = ""  # place in the source, for a person: "第3页", "第120行", "第8段"


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """One cell of a grid. A cell that spans stands at every position it covers (the same object)."""

    text: str


NO_CELL = Cell("")  # a position that no cell of the source covers
UNREAD = "\ufffd"  # in a cell's text: a character that was not made out


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: rows of equal length, spans laid out.

    `exact` is true where the source gives real columns (HTML, DOCX, XLSX, ruled PDF); false where they
    were inferred from bars, tabs or positions, so that a column's number proves nothing.
    """

    rows: tuple[tuple[Cell, ...], ...]
    exact: bool = True
    at: str = ""  # "第1个表格", "第2页第1个表格"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the text; it may be a table that nobody can read without OCR."""

    text: str = ""  # its alternative text
    at: str = ""


Block = Paragraph | Grid | Picture
