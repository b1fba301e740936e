"""Spans: cells with rowspan and colspan laid out as rows of equal length, whatever the file format."""

from __future__ import annotations

from collections.abc import Sequence

from .blocks import NO_CELL, Cell
from .limits import DEFAULT, Limits
from .source import Unreadable

Rows = tuple[tuple[Cell, ...], ...]


Spanning = tuple[str | None, int, int]  # a cell's text (None: a gap in the source), how far it reaches down and across


def lay_out(rows: Sequence[Sequence[Spanning]], groups: Sequence[int] = (), limits: Limits = DEFAULT) -> Rows:
    """The grid that these rows of cells make. `groups` says to which group each row belongs: no span leaves it."""
    if all(down == 1 == across for row in rows for _, down, across in row):
        return _plain(rows, limits)
    height = len(rows)
    ends = _group_ends(groups, height)
    grid: list[list[Cell | None]] = [[] for _ in range(height)]
    widest = _widest(rows, limits)
    area = 0
    for y, row in enumerate(rows):
        x = 0
        line = grid[y]
        for text, down, across in row:
            cell = NO_CELL if text is None else Cell(text)
            while x < len(line) and line[x] is not None:
                x += 1
            if down == 1 == across and x == len(line):
                line.append(cell)
                continue
            if across > limits.columns:
                across = widest - x
            across = min(max(1, across), limits.columns - min(x, limits.columns - 1))
            bottom = ends[y] if down == 0 else max(y + 1, min(ends[y], y + down))
            area += (bottom - y) * across
            if area > limits.cells:
                raise _too_large(height, area // height)
            _place(grid, cell, y, bottom, x, x + across)
            x += across
    return _finish(grid, limits)


def _plain(rows: Sequence[Sequence[Spanning]], limits: Limits) -> Rows:
    width = max((len(row) for row in rows), default=0)
    check_grid(len(rows), width, limits)
    return tuple(
        tuple([NO_CELL if text is None else Cell(text) for text, _, _ in row] + [NO_CELL] * (width - len(row)))
        for row in rows
        if row
    )


def _group_ends(groups: Sequence[int], height: int) -> list[int]:
    ends = [height] * height
    for y in range(height - 2, -1, -1):
        same = not groups or groups[y] == groups[y + 1]
        ends[y] = ends[y + 1] if same else y + 1
    return ends


def _widest(rows: Sequence[Sequence[Spanning]], limits: Limits) -> int:
    """The width of the widest row, spans beyond the limit counting as one."""
    return max((sum(across if across <= limits.columns else 1 for _, _, across in row) for row in rows), default=1)


def _place(grid: list[list[Cell | None]], cell: Cell, top: int, bottom: int, left: int, right: int) -> None:
    for y in range(top, bottom):
        line = grid[y]
        if len(line) < right:
            line.extend([None] * (right - len(line)))
        for x in range(left, right):
            if line[x] is None:
                line[x] = cell


def _finish(grid: list[list[Cell | None]], limits: Limits) -> Rows:
    width = max((len(line) for line in grid), default=0)
    check_grid(len(grid), width, limits)
    full = [[cell or NO_CELL for cell in line] + [NO_CELL] * (width - len(line)) for line in grid]
    return without_echoes(full)


def without_echoes(grid: Sequence[Sequence[Cell]]) -> Rows:
    """The grid less those rows and columns in which no cell begins: they only repeat the one before."""
    grid = [row for row in grid if any(cell is not NO_CELL for cell in row)]
    rows = [
        row
        for y, row in enumerate(grid)
        if y == 0 or any(cell is not above for cell, above in zip(row, grid[y - 1], strict=True))
    ]
    if not rows:
        return ()
    columns = list(zip(*rows, strict=True))
    kept = [
        column
        for x, column in enumerate(columns)
        if x == 0 or any(cell is not left for cell, left in zip(column, columns[x - 1], strict=True))
    ]
    return tuple(zip(*kept, strict=True))


def check_grid(height: int, width: int, limits: Limits = DEFAULT) -> None:
    """Refuse a table larger than any report's."""
    if height > limits.rows or width > limits.columns or height * width > limits.cells:
        raise _too_large(height, width)


def _too_large(height: int, width: int) -> Unreadable:
    return Unreadable(
        "table.too_large",
        f"表格过大（{height} 行 {width} 列），未予读取。请删去远处的空行、空列，或者重新填写。",
        f"A table is too large ({height} rows, {width} columns) and was not read. Delete blank rows and columns far out, or fill it in anew.",
    )
