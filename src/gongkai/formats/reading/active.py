"""Align and interpret the table of section 二: row and column labels become keys of the edition that was printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from gongkai.formats.blocks import Block
from gongkai.law.editions import BY_KEY, EDITIONS, ActiveCell, Edition, Number
from gongkai.law.findings import Finding, Place, Rule
from gongkai.report.model import Figure
from gongkai.report.rules import doubts, layout

from .cells import Value, value
from .labels import ACTIVE_COLUMNS, ACTIVE_LABELS, COLUMNS_2021, EXTRA_ROWS, Match, active_column, cut_columns
from .plain import bare, key, plain, without_remark
from .rows import RawRow, change, lines, stream

_CELLS: dict[tuple[str, str], tuple[Edition, ActiveCell]] = {}
_LABELS: dict[tuple[str, str], str] = {}
for _edition in EDITIONS:
    for _block in _edition.active:
        for _row in _block.rows:
            _stem = ACTIVE_LABELS.match(key(_row.label)).only or ""
            _LABELS[_edition.key, _stem] = _row.label
            for _cell in _row.cells:
                _CELLS[_stem, _cell.column] = (_edition, _cell)
_ENDING = ("失效", "废止", "修订", "修改")  # a remark with one of these belongs to 本年废止件数


@dataclass(slots=True)
class ActiveReading:
    """The cells read, the edition whose columns were printed, and what was met on the way."""

    figures: dict[str, Figure] = field(default_factory=dict)
    edition: Edition | None = None
    doubts: list[Finding] = field(default_factory=list)
    remarks: list[Finding] = field(default_factory=list)
    how: str = "none"

    def doubt(self, rule: Rule, row: str | None, at: str, column: str | None = None, **facts: object) -> None:
        self.doubts.append(Finding(rule, Place("active", row, column, source=at or None), facts))


@dataclass(slots=True)
class _Line:
    raw: RawRow
    match: Match
    columns: list[str]  # labels of the form, in the printed order
    heads: str  # the header as printed, for the unit it may carry
    fresh: bool = False  # the first row under a header of its own


def read_active(blocks: Sequence[Block], exact: bool) -> ActiveReading:
    """The table of section 二 out of its grids and lines. `exact`: the source gives real columns."""
    reading = ActiveReading(how="grid" if exact else "lines")
    found, orphans = _lines(blocks, reading)
    reading.edition = _edition_of(found)
    short: list[_Line] = []
    for line in found:
        texts = _fit(line, exact, reading, short, bool(orphans))
        if texts:
            _take(line, texts, reading)
    _adopt(short, orphans, reading)
    if not reading.figures:
        reading.how = "none"
    return reading


def _lines(blocks: Sequence[Block], reading: ActiveReading) -> tuple[list[_Line], list[RawRow]]:
    """The labelled rows, each with the header above it; and values that no label precedes."""
    found: list[_Line] = []
    orphans: list[RawRow] = []
    header: list[str] = []
    heads = ""
    fresh = False
    for raw in stream(lines(blocks), None):
        named = _columns(raw.labels)
        if named:
            header, heads, fresh = named, "".join(raw.labels), True
        match = _row_match(raw.labels)
        if match.only and raw.values:
            found.append(_Line(raw, match, header, heads, fresh))
            fresh = False
        elif raw.filled and not match.only:
            if raw.labels and bare(raw.labels[-1]) in EXTRA_ROWS:
                facts = {"label": bare(raw.labels[-1]), "cells": _shown(raw.values)}
                reading.remarks.append(Finding(layout.EXTRA_ROW, Place("active", source=raw.at or None), facts))
            elif raw.labels and _says_a_row(raw.labels[-1]):
                label = "".join(raw.labels[-1].split())
                reading.doubt(doubts.ROW_LABEL, None, raw.at, label=label if len(label) <= 30 else f"{label[:30]}…", cells=_shown(raw.values))
            else:
                orphans.append(raw)
    for line in found:  # a header that a page break moved behind its rows
        if not line.columns:
            line.columns = header
    return found, orphans


def _says_a_row(label: str) -> bool:
    """Whether a label is neither a column, nor an item's heading, nor a mark: a row that nobody knows."""
    return len(key(label)) > 1 and not active_column(label) and not key(label).startswith(("信息内容", "第二十条"))


def _shown(values: Sequence[str]) -> str:
    return "、".join(text.strip() or "空" for text in values) or "空"


def _columns(pieces: Sequence[str]) -> list[str]:
    """The column labels among some pieces, broken ones joined."""
    named: list[str] = []
    held = ""
    for piece in pieces:
        name = key(piece)
        column = active_column(piece) or ACTIVE_COLUMNS.get(held + name) or ACTIVE_COLUMNS.get(held + bare(piece))
        if column:
            named.append(column)
            held = ""
        else:
            held = _glued(name, named)
    return [*_cut_columns(pieces)] or named


def _cut_columns(pieces: Sequence[str]) -> tuple[str, ...]:
    """The columns of a header with a cell that is only the beginning of a column's label."""
    start = next((index + 1 for index, piece in enumerate(pieces) if key(piece) == "信息内容"), len(pieces))
    cells = list(takewhile(lambda piece: not ACTIVE_LABELS.match(bare(piece)).only, pieces[start:]))
    return cut_columns(cells) if any(not active_column(cell) for cell in cells) else ()


def _glued(name: str, named: list[str]) -> str:
    """Column labels run together in one line (信息内容本年制发件数本年废止件数…)."""
    if not name.startswith("信息内容") or len(name) < 8:
        return name
    rest = name.removeprefix("信息内容")
    while rest:
        head = next((text for text in sorted(ACTIVE_COLUMNS, key=len, reverse=True) if rest.startswith(text)), None)
        if head is None:
            return name
        named.append(ACTIVE_COLUMNS[head])
        rest = rest[len(head) :]
    return ""


def _row_match(pieces: Sequence[str]) -> Match:
    labels = [piece for piece in pieces[-3:] if not active_column(piece) and key(piece) != "信息内容"]
    match = ACTIVE_LABELS.find(labels)
    return match if match.only or not labels else ACTIVE_LABELS.match(bare(labels[-1]))


def _edition_of(found: Sequence[_Line]) -> Edition | None:
    votes = [column in COLUMNS_2021 for line in found for column in line.columns[:1]]
    if not votes or votes.count(True) == votes.count(False):
        return None
    return BY_KEY["2021" if votes.count(True) > votes.count(False) else "2019"]


def _fit(line: _Line, exact: bool, reading: ActiveReading, short: list[_Line], orphaned: bool) -> list[str] | None:
    """The texts of the row's cells, one for each column; None (and a doubt) where that cannot be told."""
    values = line.raw.values
    stem = line.match.only or ""
    columns = [column for column in line.columns if (stem, column) in _CELLS]
    if line.fresh and line.columns and not columns and line.raw.filled:
        heads = "、".join(line.columns)
        reading.doubt(doubts.HEADER_FOREIGN, None, line.raw.at, label=stem, heads=heads, cells=_shown(values))
        return None
    if len(set(line.columns)) != len(line.columns) or not _in_order(line.columns):
        columns = []  # a column printed twice: which of the two is the slip cannot be told
    elif not columns or len(columns) != len(line.columns):
        columns = _by_count(line, reading.edition)
    elif not any(set(columns) == form for form in _forms(stem)):
        columns = _by_count(line, reading.edition)  # a header that lost a cell: the form's columns, if as many values stand there
    line.columns = columns
    count = len(columns)
    filled = line.raw.filled
    while len(values) > count and not values[-1].strip() and (exact or len(values) > count + 0):
        values = values[:-1]
    if count and len(values) == count and (exact or filled == count or not filled or len(line.raw.values) == count):
        if exact or filled in (0, count) or (len(line.raw.values) == count and values[-1].strip()):
            return list(values)
        reading.doubt(
            doubts.COLUMN_UNKNOWN, None, line.raw.at, label=line.match.only, found=filled, expected=count,
            cells=_shown(line.raw.values),
        )
        return None
    if count and 0 < len(values) < count and filled == len(values) and orphaned:
        short.append(line)
        return None
    reading.doubt(
        doubts.ROW_LENGTH, None, line.raw.at, label=line.match.only, expected=count, found=len(values),
        cells=_shown(values),
    )
    return None


def _forms(stem: str) -> list[set[str]]:
    """The columns of a row in each edition that has it."""
    return [{column for (of, column), (kept, _) in _CELLS.items() if of == stem and kept is edition} for edition in EDITIONS]


def _in_order(columns: Sequence[str]) -> bool:
    """Whether columns stand as in the form: where not, one may have fallen out of the header."""
    return any(list(columns) == [one for one in block.columns if one in columns] for edition in EDITIONS for block in edition.active) or not columns


def _by_count(line: _Line, edition: Edition | None) -> list[str]:
    """Without a header the form's own columns serve, if the edition is known from the rest of the table."""
    if edition is None:
        return []
    return [column for (stem, column), (of, _) in _CELLS.items() if stem == line.match.only and of is edition]


def _take(line: _Line, texts: Sequence[str], reading: ActiveReading) -> None:
    stem = line.match.only or ""
    for column, text in zip(line.columns, texts, strict=True):
        _, cell = _CELLS[stem, column]
        read = value(text)
        said = change(text) if read.unclear and cell.number is Number.CHANGE else None
        if said is not None:
            read = Value(said, text.strip(), note=text.strip())
        if read.unclear:
            reading.doubt(doubts.CELL_TEXT, cell.key, line.raw.at, text=" ".join(text.split()))
        unit = read.unit or _unit(cell, line.heads)
        raw = read.text if read.unit or read.note else None
        if raw and not read.unit:
            reading.remarks.append(Finding(layout.UNIT_IN_CELL, Place("active", cell.key, source=line.raw.at or None), {"text": raw}))
        figure = Figure(read.number, unit, raw, None)
        before = reading.figures.get(cell.key)
        if before is not None and before.value != figure.value and before.value is not None:
            facts = {"label": stem, "first": before.value, "second": "空" if figure.value is None else figure.value}
            reading.doubts.append(Finding(doubts.ROW_TWICE, Place("active", cell.key, source=line.raw.at or None), facts))
            figure = Figure(None, unit)
        reading.figures[cell.key] = figure
    _wording(line, reading)


def _unit(cell: ActiveCell, heads: str) -> str:
    """The unit of a cell: the form's; for 采购总金额, where the form leaves it open, what the header says."""
    if cell.key != "procurement_amount":
        return cell.unit
    form = plain(heads)
    return "万元" if "万元" in form else "元" if "元" in form else ""


def _wording(line: _Line, reading: ActiveReading) -> None:
    stem = line.match.only or ""
    form = _LABELS.get((reading.edition.key if reading.edition else "", stem))
    pieces = line.raw.labels[-1:]
    printed = without_remark("".join("".join(piece.split()) for piece in pieces))
    if form and key(printed) != key(form) and (key(printed) == stem or line.match.how in ("variant", "typo")):
        rule = layout.LABEL_TYPO if line.match.how == "typo" else layout.LABEL_VARIANT
        first = _CELLS[stem, line.columns[0]][1].key
        reading.remarks.append(Finding(rule, Place("active", first, source=line.raw.at or None), {"printed": printed, "form": form}))


def _adopt(short: list[_Line], orphans: list[RawRow], reading: ActiveReading) -> None:
    """Cells torn out of their rows go back where their own remark (含自然失效…) says which column they are of.

    Only when each short row lacks exactly one cell and there is exactly one stray cell for each.
    """
    strays = [text for orphan in orphans for text in orphan.values if text.strip()]
    column = "本年废止件数"
    fits = (
        len(strays) == len(short) > 0
        and all(len(line.raw.values) == len(line.columns) - 1 and column in line.columns for line in short)
        and all(value(text).note for text in strays)
        and any(sign in (value(text).note or "") for text in strays for sign in _ENDING)
    )
    for line, text in zip(short, strays if fits else [""] * len(short), strict=True):
        if not fits:
            reading.doubt(
                doubts.ROW_LENGTH, None, line.raw.at, label=line.match.only, expected=len(line.columns),
                found=len(line.raw.values), cells="、".join(line.raw.values),
            )
            continue
        texts = list(line.raw.values)
        texts.insert(line.columns.index(column), text)
        _take(line, texts, reading)
        facts = {"label": line.match.only, "text": " ".join(text.split()), "column": column}
        cell = _CELLS[line.match.only or "", column][1]
        reading.remarks.append(Finding(layout.CELLS_DETACHED, Place("active", cell.key, source=line.raw.at or None), facts))
