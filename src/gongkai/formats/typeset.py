"""Typeset: characters placed on a page, put back into lines, and lines set in columns into rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .blocks import NO_CELL, Cell

_IDEOGRAPHIC_GAP = re.compile(
    r"(?<=[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’]) (?=[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’])"
)
_WORD_GAP = 0.35  # of the character size: a gap that stands for a blank
_COLUMN_GAP = 1.6  # of the character size: a gap that parts columns
_SAME_SPOT = 0.25  # of the character size: bold made by printing twice


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character and the box it is printed in, measured from the page's top left."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def size(self) -> float:
        return max(self.bottom - self.top, 1.0)


@dataclass(frozen=True, slots=True)
class Line:
    """Characters on one line, from left to right."""

    glyphs: tuple[Glyph, ...]

    @property
    def top(self) -> float:
        return min(glyph.top for glyph in self.glyphs)

    @property
    def bottom(self) -> float:
        return max(glyph.bottom for glyph in self.glyphs)

    @property
    def text(self) -> str:
        return write(self.glyphs)


def lines(glyphs: Iterable[Glyph]) -> list[Line]:
    """The lines that these characters stand on, from top to bottom."""
    rows: list[list[Glyph]] = []
    tallest: list[Glyph] = []  # of each line: where the line runs
    for glyph in sorted(glyphs, key=lambda g: (g.top + g.bottom, g.x0)):
        last = tallest[-1] if tallest else None
        if last is not None and min(glyph.bottom, last.bottom) - max(glyph.top, last.top) >= 0.5 * min(
            glyph.size, last.size
        ):
            rows[-1].append(glyph)
            if glyph.size > last.size:
                tallest[-1] = glyph
        else:
            rows.append([glyph])
            tallest.append(glyph)
    return [Line(tuple(sorted(row, key=lambda g: g.x0))) for row in rows]


def write(glyphs: Sequence[Glyph]) -> str:
    """The text of a line: a blank where a gap says so, none between ideographs, twice-printed characters once."""
    parts: list[str] = []
    last: Glyph | None = None
    for glyph in glyphs:
        if last is not None:
            near = min(_SAME_SPOT * glyph.size, 0.6 * (last.x1 - last.x0))  # two apostrophes stand close, yet are two
            if glyph.text == last.text and glyph.x0 - last.x0 < near:
                continue
            if glyph.x0 - last.x1 > _WORD_GAP * glyph.size:
                parts.append(" ")
        parts.append(glyph.text)
        last = glyph
    return _IDEOGRAPHIC_GAP.sub("", " ".join("".join(parts).split()))


def written(glyphs: Iterable[Glyph]) -> str:
    """The text of a cell: its lines under one another."""
    return "\n".join(text for line in lines(glyphs) if (text := line.text))


def segments(line: Line) -> list[tuple[Glyph, ...]]:
    """The pieces of a line between wide gaps."""
    solid = [glyph for glyph in line.glyphs if not glyph.text.isspace()]
    if not solid:
        return []
    pieces: list[list[Glyph]] = [[solid[0]]]
    for last, glyph in pairwise(solid):
        if glyph.x0 - last.x1 > _COLUMN_GAP * glyph.size:
            pieces.append([])
        pieces[-1].append(glyph)
    return [tuple(piece) for piece in pieces]


def columns(rows: Sequence[Sequence[tuple[Glyph, ...]]]) -> tuple[tuple[Cell, ...], ...]:
    """Rows of pieces put into columns: a column is a strip of the page that some piece fills."""
    strips: list[list[float]] = []
    for left, right in sorted((piece[0].x0, piece[-1].x1) for row in rows if len(row) > 1 for piece in row):
        if strips and left < strips[-1][1] + 1:
            strips[-1][1] = max(strips[-1][1], right)
        else:
            strips.append([left, right])
    grid: list[tuple[Cell, ...]] = []
    for row in rows:
        out = [NO_CELL] * len(strips)
        for piece in row:
            cell = Cell(write(piece))
            for x, (left, right) in enumerate(strips):
                if piece[0].x0 < right and piece[-1].x1 > left and out[x] is NO_CELL:
                    out[x] = cell
        grid.append(tuple(out))
    return tuple(grid)
