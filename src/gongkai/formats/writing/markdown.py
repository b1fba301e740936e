"""Markdown: paragraphs and pipe tables. A pipe table has no spans and one head, so the form's tables are told without them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from gongkai.report.model import AnnualReport

from .layout import About, Heading, Part, Room, Signed, Text, Title, parts
from .record import as_comment
from .tables import Box, Role, Table

_INLINE = re.compile(r"([\\`*\[\]~]|(?<![0-9A-Za-z])_|_(?![0-9A-Za-z]))")
_OPENING = re.compile(r"^(\d{0,9})([#+=>.)-])(?=\s|$|[#=-])")


def write(report: AnnualReport, *, carry: bool = True) -> bytes:
    """The report as Markdown."""
    text = "\n\n".join(_lines(tuple(arranged(parts(report, room=not carry))))) + "\n"
    return (text + (as_comment(report) if carry else "")).encode()


def arranged(laid: Iterable[Part]) -> Iterator[Part]:
    """The parts with tables that have no spans."""
    for part in laid:
        if not isinstance(part, Table):
            yield part
        elif part.part == "active":
            yield from _active(part)
        elif part.part == "applications":
            yield _applications(part)
        else:
            yield _remedies(part)


def _active(table: Table) -> Iterator[Part]:
    """A table for each item of 第二十条, its name above it."""
    run: list[tuple[Box, ...]] = []
    for row in table.rows:
        if row[0].block:
            if run:
                yield _plain(table, run)
                run = []
            yield Text(row[0].text)
        else:
            run.append(tuple(_alone(box) for box in row))
    yield _plain(table, run)


def _plain(table: Table, rows: Sequence[tuple[Box, ...]]) -> Table:
    return Table(table.part, table.name, len(rows[0]), 1, tuple(rows))


def _alone(box: Box) -> Box:
    return Box(box.text, box.role, value=box.value, number=box.number, slot=box.slot)


def _applications(table: Table) -> Table:
    """One head: the note on what must add up, then the seven kinds of applicant; a label stands in its own column."""
    grid = [[Box("", Role.ROW)] * table.columns for _ in table.rows]
    for y, x, box in table.placed():
        grid[y][x] = _alone(box)
    natural, kinds = grid[1], grid[2]
    head = [grid[0][0], *(Box("", Role.HEAD),) * 2, natural[3], *kinds[4:9], natural[9]]
    return _plain(table, [tuple(head), *(tuple(row) for row in grid[table.head :])])


def _remedies(table: Table) -> Table:
    """Two heads: the block above each column, then the result."""
    first, second, third, values = table.rows
    above = [box for box in (first[0], *second[-2:]) for _ in range(box.across)]
    results = [*second[: first[0].across], *third]
    return _plain(table, [tuple(map(_alone, row)) for row in (above, results, values)])


def _lines(laid: Sequence[Part]) -> Iterator[str]:
    before: Part | None = None
    for part in laid:
        if isinstance(part, Table) and isinstance(before, Table):
            yield "> "  # an empty quotation, else two tables would run together
        if not isinstance(part, Room):
            yield _line(part)
        before = part


def _line(part: About | Title | Heading | Text | Table | Signed) -> str:
    match part:
        case Title():
            return f"# {escaped(part.text)}"
        case Heading():
            return f"## {escaped(part.text)}"
        case Table():
            return "\n".join(_table(part))
    return escaped(part.text)


def _table(table: Table) -> Iterator[str]:
    for index, row in enumerate(table.rows):
        yield f"| {' | '.join(escaped(box.text) for box in row)} |"
        if index == 0:
            rules = ("---" if box.role is not Role.VALUE else "---:" for box in table.rows[-1])
            yield f"| {' | '.join(rules)} |"


def escaped(text: str) -> str:
    """The text so that Markdown shows it as it is; bars and angles as entities, which no table and no tag can mistake."""
    safe = text.replace("&", "&amp;") if "&" in text else text
    safe = _OPENING.sub(r"\1\\\2", _INLINE.sub(r"\\\1", safe))  # else a list, a heading or a rule would begin
    return safe.replace("|", "&#124;").replace("<", "&lt;")

