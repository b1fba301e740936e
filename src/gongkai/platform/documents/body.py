"""Body: the text of an official document as plain values — what `cleaning` admits, `outgoing` prints and `gate` reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Align = Literal["", "center", "right"]
MARKS = ("strong", "em", "u", "s", "sub", "sup")  # in the order in which they stand within one another


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the text: one of our own files."""

    src: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a paragraph with one look: text ("\\n" is a line break), or a picture."""

    text: str
    marks: frozenset[str] = frozenset()
    href: str = ""
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a heading where `level` is 2, 3 or 4."""

    runs: tuple[Run, ...]
    align: Align = ""
    level: int = 0

    @property
    def text(self) -> str:
        return "".join(run.picture.alt if run.picture else run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; `start` is the first number of an ordered one, 0 means marks."""

    start: int
    items: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table."""

    blocks: tuple[Block, ...]
    head: bool = False
    across: int = 1
    down: int = 1
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its heading, its rows, how many of them are its head."""

    rows: tuple[tuple[Cell, ...], ...]
    head: int = 0
    caption: tuple[Run, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of another text."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the page."""


Block = Paragraph | Listing | Table | Quote | Rule


def lines(blocks: Sequence[Block]) -> Iterator[str]:
    """The text, line by line: a paragraph each, a table's row each with tabs between its cells."""
    for block in blocks:
        match block:
            case Paragraph():
                yield from block.text.split("\n")
            case Listing():
                for item in block.items:
                    yield from lines(item)
            case Quote():
                yield from lines(block.blocks)
            case Table():
                if block.caption:
                    yield "".join(run.text for run in block.caption)
                for row in block.rows:
                    yield "\t".join(" ".join(filter(None, lines(cell.blocks))).replace("\t", " ") for cell in row)
            case Rule():
                pass


def pictures(blocks: Sequence[Block]) -> Iterator[Picture]:
    """Every picture of the text, in order."""
    for block in blocks:
        match block:
            case Paragraph():
                yield from (run.picture for run in block.runs if run.picture)
            case Listing():
                for item in block.items:
                    yield from pictures(item)
            case Quote():
                yield from pictures(block.blocks)
            case Table():
                for row in block.rows:
                    for cell in row:
                        yield from pictures(cell.blocks)
            case Rule():
                pass
