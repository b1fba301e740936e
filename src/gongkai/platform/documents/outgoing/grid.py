"""Grid: where the cells of a table stand, and how wide its columns should be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.formats.writing.look import em
from gongkai.platform.documents.body import Cell, Table, lines

_LEAST, _MOST = 2.5, 16.0  # characters: no column is thinner; a wider text is broken over lines


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell and the first of the grid's positions that it covers."""

    row: int
    column: int
    cell: Cell


def placed(table: Table) -> tuple[list[Placed], int]:
    """Every cell with its place, and the number of columns."""
    taken: set[tuple[int, int]] = set()
    found: list[Placed] = []
    for y, row in enumerate(table.rows):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            found.append(Placed(y, x, cell))
            taken.update((y + down, x + across) for down in range(cell.down) for across in range(cell.across))
            x += cell.across
    return found, max((x for _, x in taken), default=-1) + 1


def widths(cells: Sequence[Placed], columns: int, room: float) -> list[float]:
    """The columns' widths, by what stands in them."""
    weights = [_LEAST] * columns
    for one in cells:
        if one.cell.across == 1:
            longest = max((em(line) for line in lines(one.cell.blocks)), default=0.0)
            weights[one.column] = max(weights[one.column], min(longest + 1, _MOST))
    for one in cells:
        if one.cell.across > 1:
            span = range(one.column, one.column + one.cell.across)
            longest = min(max((em(line) for line in lines(one.cell.blocks)), default=0.0) + 1, _MOST)
            missing = longest - sum(weights[x] for x in span)
            if missing > 0:
                for x in span:
                    weights[x] += missing / len(span)
    return [weight / sum(weights) * room for weight in weights]
