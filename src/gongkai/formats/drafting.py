"""Drafting: from cells with content to blocks; a table that only arranges the page becomes its content."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .blocks import Block, Grid, Paragraph, Picture
from .limits import DEFAULT, Limits
from .source import Unreadable
from .spans import Rows, lay_out

_PROSE = 200  # characters in a cell beyond which it holds text, not a figure or a label


class Draft:
    """A grid that has no number yet."""

    __slots__ = ("exact", "rows")

    def __init__(self, rows: Rows, exact: bool = True) -> None:
        self.rows = rows
        self.exact = exact


Item = str | Draft | Picture
Sink = list[Item]


class Held:
    """A cell that is being filled: its content and how far it reaches."""

    __slots__ = ("across", "down", "gap", "sink")

    def __init__(self, down: int = 1, across: int = 1, gap: bool = False) -> None:
        self.sink: Sink = []
        self.gap = gap  # no cell at all, only the room of one
        self.down = down
        self.across = across


def settle(
    rows: Sequence[Sequence[Held]], groups: Sequence[int], sink: Sink, limits: Limits = DEFAULT, *, single: bool = True
) -> None:
    """Put a table into the text: grids of those rows that are a table, the content of those that arrange the page.

    `single`: whether one row alone can be a table (not where it is made of boxes, which arrange pages too).
    """
    run: list[int] = []
    for number, row in enumerate(rows):
        if any(cell.sink and _arranges(cell.sink) for cell in row):
            _settle_run(rows, groups, run, sink, limits, single)
            run = []
            for cell in row:
                sink.extend(cell.sink)
        else:
            run.append(number)
    _settle_run(rows, groups, run, sink, limits, single)


def _arranges(items: Sink) -> bool:
    """Whether a cell holds a piece of the page: a table, or running text."""
    if len(items) == 1 and isinstance(items[0], str):
        return len(items[0]) > 2 * _PROSE
    if any(isinstance(item, Draft) for item in items):
        return True
    length = sum(len(item) for item in items if isinstance(item, str))
    return length > _PROSE and (len(items) > 1 or length > 2 * _PROSE)


def _settle_run(
    rows: Sequence[Sequence[Held]],
    groups: Sequence[int],
    numbers: Sequence[int],
    sink: Sink,
    limits: Limits,
    single: bool,
) -> None:
    if not numbers:
        return
    cells = [cell for n in numbers for cell in rows[n]]
    spanning = [[(None if c.gap else _text(c.sink), c.down, c.across) for c in rows[n]] for n in numbers]
    grid = lay_out(spanning, [groups[n] for n in numbers] if groups else (), limits)
    if not grid or len(grid[0]) == 1 or (not single and len(grid) == 1):
        for cell in cells:
            sink.extend(cell.sink)
        return
    sink.append(Draft(grid))
    for cell in cells:
        if cell.sink:
            sink.extend(item for item in cell.sink if isinstance(item, Picture))


def _text(items: Sink) -> str:
    if not items:
        return ""
    if len(items) == 1 and isinstance(items[0], str):
        return items[0]
    return "\n".join(item for item in items if isinstance(item, str))


def number(sink: Iterable[Item], limits: Limits = DEFAULT) -> tuple[Block, ...]:
    """The blocks with their places: 第3段, 第1个表格."""
    blocks: list[Block] = []
    paragraphs = grids = pictures = cells = 0
    for item in sink:
        if isinstance(item, str):
            paragraphs += 1
            blocks.append(Paragraph(item, f"第{paragraphs}段"))
        elif isinstance(item, Draft):
            grids += 1
            cells += len(item.rows) * len(item.rows[0])
            blocks.append(Grid(item.rows, item.exact, f"第{grids}个表格"))
        else:
            pictures += 1
            blocks.append(Picture(item.text, f"第{pictures}张图片"))
    check_count(paragraphs, limits)
    if cells > limits.cells:
        check_count(limits.paragraphs + 1, limits)
    return tuple(blocks)


def check_count(paragraphs: int, limits: Limits = DEFAULT) -> None:
    """Refuse more text than any report has."""
    if paragraphs > limits.paragraphs:
        raise Unreadable(
            "file.too_much", "内容过多，不像是一份年度报告。", "There is too much in it for an annual report."
        )


def area(sink: Iterable[Item]) -> int:
    """How many positions the grids have together."""
    return sum(len(item.rows) * len(item.rows[0]) for item in sink if isinstance(item, Draft))


def letters(sink: Iterable[Item]) -> int:
    """How long the paragraphs are together."""
    return sum(len(item) for item in sink if isinstance(item, str))
