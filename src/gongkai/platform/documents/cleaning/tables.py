"""Tables: rows and cells as they stand, their spans kept within the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from selectolax.lexbor import LexborNode

from gongkai.platform.documents.body import Block, Cell, Paragraph, Quote, Rule, Run, Table, lines

from .runs import settled
from .styles import Look, block, hidden, inline

_ACROSS: Final = 100
_DOWN: Final = 1000
_ROWS: Final = 5000
_NESTED: Final = 2  # a table within a table within a table is laid flat
_SCOPES: Final = ("col", "row", "colgroup", "rowgroup")
_LAYOUT: Final = 5  # blocks in the only cell of a table: it is a frame, not a table


class Reading(Protocol):
    """What is needed of the reading of the whole: to read what a cell holds on its own."""

    nested: int

    def within(self, node: LexborNode, look: Look, depth: int, *, table: bool = False) -> tuple[Block, ...]: ...


@dataclass(slots=True)
class _Found:
    caption: tuple[Run, ...]
    rows: list[tuple[bool, list[Cell]]]  # whether it stands in the table's head


def table(reader: Reading, node: LexborNode, look: Look, depth: int) -> Sequence[Block]:
    """The table; what stands in it alone, where it only frames that."""
    found = _Found((), [])
    plain = replace(look, align="", level=0, listed=0, href="", marks=frozenset())
    _section(
        reader,
        node,
        block(plain, "table", {key: value for key, value in node.attributes.items() if key != "align"}),
        depth,
        found,
        head=False,
    )
    rows = [row for _, row in found.rows]
    if not any(rows):
        return ()
    if reader.nested >= _NESTED:
        return [
            Paragraph(runs)
            for row in rows
            for cell in row
            for line in lines(cell.blocks)
            if (runs := settled([Run(line)]))
        ]
    if len(rows) == 1 == len(rows[0]) and not found.caption:
        only = rows[0][0].blocks
        if len(only) > _LAYOUT or any(isinstance(one, Table) for one in only):
            return only
    head = 0
    for inside, row in found.rows:
        if not row or not (inside or all(cell.head for cell in row)):
            break
        head += 1
    return [Table(tuple(_within(rows, head)), head, found.caption)]


def _within(rows: Sequence[Sequence[Cell]], head: int) -> list[tuple[Cell, ...]]:
    """No cell reaches out of its part of the table; the head's cells are heads."""
    made = []
    for y, row in enumerate(rows):
        end = head if y < head else len(rows)
        default = "col" if y < head else "row"
        made.append(tuple(
            replace(
                cell, head=cell.head or y < head, down=(end - y) if cell.down == 0 else min(cell.down, end - y),
                scope=(cell.scope or default) if cell.head or y < head else "",
            )
            for cell in row
        ))  # fmt: skip
    return made


def _section(reader: Reading, node: LexborNode, look: Look, depth: int, found: _Found, *, head: bool) -> None:
    child = node.child
    while child is not None:
        tag = (child.tag or "").lower()
        if tag[:1] != "-" and not hidden(child.attributes):
            if tag in ("thead", "tbody", "tfoot"):
                _section(reader, child, block(look, tag, child.attributes), depth + 1, found, head=tag == "thead")
            elif tag == "tr" and len(found.rows) < _ROWS:
                found.rows.append((head, _row(reader, child, block(look, tag, child.attributes), depth + 1)))
            elif tag == "caption":
                held = lines(reader.within(child, Look(), depth + 1, table=True))
                found.caption = settled([Run(" ".join(filter(None, held)))])
        child = child.next


def _row(reader: Reading, node: LexborNode, look: Look, depth: int) -> list[Cell]:
    cells = []
    child = node.child
    while child is not None:
        tag = (child.tag or "").lower()
        if tag in ("td", "th") and not hidden(child.attributes):
            attributes = child.attributes
            own = block(look, tag, attributes)
            blocks = tuple(_of_cell(reader.within(child, inline(own, "", {}), depth + 1, table=True)))
            scope = (attributes.get("scope") or "").lower()
            cells.append(
                Cell(
                    blocks, tag == "th", max(1, _count(attributes.get("colspan"), _ACROSS)),
                    _count(attributes.get("rowspan"), _DOWN), scope if scope in _SCOPES else "",
                )
            )  # fmt: skip
        child = child.next
    return cells


def _count(text: str | None, most: int) -> int:
    text = (text or "1").strip()
    return min(int(text[:9]), most) if text.isascii() and text.isdecimal() else 1


def _of_cell(blocks: Sequence[Block]) -> list[Block]:
    """What a cell may hold: no headings, lines or quotations."""
    made: list[Block] = []
    for one in blocks:
        if isinstance(one, Paragraph):
            made.append(replace(one, level=0))
        elif isinstance(one, Quote):
            made.extend(_of_cell(one.blocks))
        elif not isinstance(one, Rule):
            made.append(one)
    return made
