"""Split: blocks into the preamble and the six sections, once for every copy of the body."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from gongkai.formats.blocks import Block, Cell, Grid, Paragraph

from .labels import Heading, heading

LONG_CELL = 60  # a lone cell with more characters than this is a paragraph set in a table


@dataclass(slots=True)
class Draft:
    """One section on its way: its heading and its blocks."""

    number: int
    heading: Heading | None
    blocks: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class Copy:
    """One copy of the body: what stands before it and its sections in the printed order."""

    preamble: list[Block] = field(default_factory=list)
    sections: list[Draft] = field(default_factory=list)

    def blocks(self, number: int) -> list[Block]:
        """The blocks of the section with that number, all of its pieces together."""
        return [block for draft in self.sections if draft.number == number for block in draft.blocks]

    @property
    def weight(self) -> int:
        """How much the sections hold: a table of contents holds nothing."""
        return sum(
            len(block.rows) * 20 if isinstance(block, Grid) else len(block.text)
            for draft in self.sections for block in draft.blocks
        )


def split(blocks: Iterable[Block]) -> list[Copy]:
    """The copies of the body, the empty ones (a table of contents) left out; at least one."""
    copies = [Copy()]
    for item in _opened(blocks):
        if isinstance(item, Heading):
            numbers = [draft.number for draft in copies[-1].sections]
            if numbers and item.number <= numbers[-1] and (item.number == 1 or (item.number in numbers and numbers[0] == item.number)):
                copies.append(Copy())
            copies[-1].sections.append(Draft(item.number, item))
        elif copies[-1].sections:
            copies[-1].sections[-1].blocks.append(item)
        else:
            copies[-1].preamble.append(item)
    full = [copy for copy in copies if copy.weight > 80]
    if not full:
        return copies[:1]
    if full[0] is not copies[0]:
        full[0].preamble = _before(copies, full[0]) + full[0].preamble
    return full


def _before(copies: list[Copy], first: Copy) -> list[Block]:
    """What stands before the first full copy: the preamble, and the blocks of an empty copy (a table of contents)."""
    before: list[Block] = []
    for copy in copies:
        if copy is first:
            break
        before += copy.preamble
        before += [block for draft in copy.sections for block in draft.blocks]
    return before


def _opened(blocks: Iterable[Block]) -> Iterator[Block | Heading]:
    """The blocks with headings recognised, also those that stand in a grid (a whole report set as one table)."""
    for block in blocks:
        if isinstance(block, Paragraph):
            found = heading(block.text)
            if found:
                yield found
                if found.rest:
                    yield Paragraph(found.rest, block.at)
            else:
                yield block
        elif isinstance(block, Grid):
            yield from _grid(block)
        else:
            yield block


def _grid(grid: Grid) -> Iterator[Block | Heading]:
    rows: list[tuple[Cell, ...]] = []
    for row in grid.rows:
        for part in _row(row, grid):
            if isinstance(part, tuple):
                rows.append(part)
                continue
            if rows:
                yield Grid(tuple(rows), grid.exact, grid.at)
                rows = []
            yield part
    if rows:
        yield Grid(tuple(rows), grid.exact, grid.at)


def _row(row: tuple[Cell, ...], grid: Grid) -> Iterator[Block | Heading | tuple[Cell, ...]]:
    texts = {id(cell): cell for cell in row if cell.text.strip()}
    if len(texts) == 1:
        text = next(iter(texts.values())).text
        found = heading(text)
        if found:
            yield found
            if found.rest:
                yield Paragraph(found.rest, grid.at)
            return
        if len(text) > LONG_CELL and "。" in text:
            yield from (Paragraph(line.strip(), grid.at) for line in text.split("\n") if line.strip())
            return
        yield row
        return
    if grid.exact or not any("\n" in cell.text or heading(cell.text) for cell in row):
        yield row
        return
    rest: list[Cell] = []  # cells taken from a run of lone bars: a heading may stand among them
    for cell in row:
        lines = cell.text.split("\n")
        if not any(heading(line) for line in lines):
            rest.append(cell)
            continue
        for line in lines:
            found = heading(line)
            if found:
                if rest:
                    yield tuple(rest)
                rest = []
                yield found
            elif line.strip():
                rest.append(Cell(line.strip()))
    if rest:
        yield tuple(rest)
