"""Align and interpret the table of section 四: fifteen values under three blocks of five results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from gongkai.formats.blocks import NO_CELL, Block, Cell, Grid
from gongkai.law.editions import Remedy, Result
from gongkai.law.findings import Finding, Place
from gongkai.report.rules import doubts, layout

from .cells import is_value, value
from .labels import RESULTS
from .plain import key
from .rows import fitted, holds_value, lines, stream

Slot = tuple[Remedy, Result]
SLOTS: tuple[Slot, ...] = tuple((remedy, result) for remedy in Remedy for result in Result)
_BLOCKS = {
    "行政复议": Remedy.RECONSIDERATION, "未经复议直接起诉": Remedy.LITIGATION_DIRECT, "复议后起诉": Remedy.LITIGATION_AFTER_RECONSIDERATION,
}
TABLE = "表四"


@dataclass(slots=True)
class RemediesReading:
    """The cells read, and what was met on the way."""

    cells: dict[Slot, int | Decimal | None] = field(default_factory=dict)
    doubts: list[Finding] = field(default_factory=list)
    remarks: list[Finding] = field(default_factory=list)
    how: str = "none"


def read_remedies(blocks: Sequence[Block]) -> RemediesReading:
    """The table of section 四 out of its grids and lines."""
    reading = RemediesReading()
    loose: list[Block] = []
    for block in blocks:
        columns = _header(block) if isinstance(block, Grid) and block.exact else None
        fresh = columns and not columns.keys() & reading.cells.keys()
        if isinstance(block, Grid) and columns and fresh and _from_columns(block, columns, reading):
            reading.how = "grid"
        else:
            loose.append(block)
    if reading.how == "none" or len(reading.cells) < len(SLOTS):
        _from_stream(loose, reading)
    return reading


def _header(grid: Grid) -> dict[Slot, int] | None:
    """The column of each cell, by what stands above it; None unless each block that is there has its five cells."""
    heads = [row for row in grid.rows if not any(is_value(cell.text) for cell in row) and any(cell.text for cell in row)]
    where: dict[Slot, int] = {}
    for column in range(max(map(len, grid.rows), default=0)):
        over = {id(row[column]): row[column] for row in heads if column < len(row)}
        above = [key(cell.text) for cell in over.values()]
        if sum(text in RESULTS for text in above) > 1:
            return None  # two headers over one another: rows of another table have slipped in
        remedy = next((_BLOCKS[text] for text in reversed(above) if text in _BLOCKS), None)
        result = next((RESULTS[text] for text in reversed(above) if text in RESULTS), None)
        if result and not remedy:
            return None  # a header cell too many has pushed the last one out from under its block
        if remedy and result:
            if (remedy, result) in where:
                return None  # a header cell too many has shifted the others
            where[remedy, result] = column
    whole = where and len(where) == len(Result) * len({remedy for remedy, _ in where})
    return where if whole else None


def _from_columns(grid: Grid, where: dict[Slot, int], reading: RemediesReading) -> bool:
    body = [row for row in grid.rows if any(is_value(cell.text) for cell in row)]
    if len(body) != 1:
        return False
    row = body[0]
    slots = [slot for slot in SLOTS if slot in where]
    cells = [row[where[slot]] for slot in slots]
    outside = any(is_value(cell.text) and not any(cell is one for one in cells) for cell in row)
    if outside or any(cell is NO_CELL for cell in cells) or any(not holds_value(cell.text) and key(cell.text) in RESULTS for cell in cells):
        return False
    _take([cell.text for cell in cells], grid.at, reading, cells, slots)
    return True


def _from_stream(blocks: Sequence[Block], reading: RemediesReading) -> None:
    """Fifteen values in a row, in the order of the form."""
    rows = [row for row in stream(lines(blocks), len(SLOTS)) if row.filled or len(row.values) == len(SLOTS)]
    if not rows or reading.cells:
        return
    full = [row for row in rows if fitted(row.values, len(SLOTS)) is not None]
    if len(full) != 1 or len(rows) != 1:
        for row in rows:
            cells = "、".join(text.strip() or "空" for text in row.values)
            facts = {"label": TABLE, "expected": len(SLOTS), "found": len(row.values), "cells": cells}
            reading.doubts.append(Finding(doubts.ROW_LENGTH, Place("remedies", source=row.at or None), facts))
        return
    reading.how = "lines"
    _take(fitted(full[0].values, len(SLOTS)) or [], full[0].at, reading)


def _take(
    texts: Sequence[str], at: str, reading: RemediesReading, cells: Sequence[Cell] = (), slots: Sequence[Slot] = SLOTS
) -> None:
    for index, (slot, text) in enumerate(zip(slots, texts, strict=True)):
        read = value(text)
        place = Place("remedies", slot[0].value, slot[1].value, source=at or None)
        if cells and text.strip() and sum(cells[index] is other for other in cells) > 1:
            reading.doubts.append(Finding(doubts.CELL_MERGED, place, {"text": text.strip()}))
            reading.cells[slot] = None
            continue
        if read.unclear:
            reading.doubts.append(Finding(doubts.CELL_TEXT, place, {"text": " ".join(text.split())}))
        elif read.unit or read.note:
            reading.remarks.append(Finding(layout.UNIT_IN_CELL, place, {"text": read.text}))
        reading.cells[slot] = read.number
