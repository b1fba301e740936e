"""Cells that stand one to a line between bars: the rows are found again by the width that the bars agree on.

A converter that drops merged areas pads each row with bars to the table's width. Where a line ends in
several bars a row ends, so the cells between two such places make whole rows, or something was lost there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

_INNER = re.compile(r"[^|\s][^|]*\|[\s|]*[^|\s]")  # two cells on one line
_WORDS = re.compile(r"[\u3400-\u9fff]")
_PADDED = re.compile(r"\|[ \t\u3000]*\|[\s|]*$")
NARROWEST, WIDEST = 3, 24
FEWEST_LINES = 6


def stands_alone(lines: Sequence[str]) -> bool:
    """Whether nearly every line holds one cell at most."""
    barred = [line for line in lines if "|" in line]
    crowded = sum(bool(_INNER.search(line)) for line in barred)
    return len(lines) >= FEWEST_LINES and crowded * 20 <= len(barred)


def rows(lines: Sequence[str]) -> list[list[str]] | None:
    """The rows of such lines; None where no line pads a row, so that nothing tells their width."""
    segments, rest = _segments(lines)
    if not segments:
        return None
    width = _width(segments)
    if width is None:
        return [_unsettled(segment) for segment in (*segments, rest) if segment]
    found = [row for segment in segments for row in _cut(segment, width)]
    found += _cut(rest, width)
    return _without_lead(found, width)


def _segments(lines: Sequence[str]) -> tuple[list[list[str]], list[str]]:
    """The cells between the lines that end in several bars, and those behind the last of them."""
    segments: list[list[str]] = []
    held: list[str] = []
    open_text = ""
    for line in lines:
        pieces = line.split("|")
        for index, piece in enumerate(pieces):
            open_text = f"{open_text}\n{piece}" if index == 0 and open_text.strip() else piece
            if index < len(pieces) - 1:
                held.append(open_text.strip(" \t\u3000\n"))
                open_text = ""
        if _PADDED.search(line):
            segments.append(held)
            held = []
    if open_text.strip():
        held.append(open_text.strip(" \t\u3000\n"))
    return segments, held


def _width(segments: Sequence[Sequence[str]]) -> int | None:
    """The width of which most segments are whole rows; the widest of those that fit as many."""
    fits = Counter(
        {width: sum(len(one) % width == 0 for one in segments) for width in range(NARROWEST, WIDEST + 1)}
    )
    best = max(fits, key=lambda width: (fits[width], width))
    return best if fits[best] * 5 >= len(segments) * 3 else None


def _cut(cells: Sequence[str], width: int) -> Iterator[list[str]]:
    """Whole rows; where cells were lost or gained one row in which no value keeps a place of its own."""
    over = len(cells) % width
    if not over:
        yield from (list(cells[start : start + width]) for start in range(0, len(cells), width))
    elif over == 1 and len(cells) > width and _WORDS.search(cells[-1]):  # what stands behind the table
        yield from _cut(cells[:-1], width)
        yield [cells[-1]]
    else:
        yield _unsettled(cells)


def _unsettled(cells: Sequence[str]) -> list[str]:
    """Labels as they are, the values and blanks between two of them in one cell: nobody can tell them apart."""
    row: list[str] = []
    values: list[str] = []
    for cell in cells:
        if _WORDS.search(cell):
            row += ["\n".join(values)] * bool(values)
            values = []
            row.append(cell)
        elif cell:
            values.append(cell)
    return row + ["\n".join(values)] * bool(values)


def _without_lead(found: list[list[str]], width: int) -> list[list[str]]:
    """The rows without a first column that is blank throughout: a bar that only opens each row."""
    whole = [row for row in found if len(row) == width]
    if any(row[0] for row in whole):
        return found
    return [row[1:] if len(row) > 1 and not row[0] else row for row in found]
