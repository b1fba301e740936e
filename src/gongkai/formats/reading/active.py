"""Align and interpret the table of section 二: row and column labels become keys of the edition that was printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from gongkai.formats.blocks import Block
from gongkai.law.editions import BY_KEY, EDITIONS, ActiveCell, Edition
from gongkai.law.findings import Finding, Place, Rule
from gongkai.report.model import Figure
from gongkai.report.rules import doubts, layout

from .cells import value
from .labels import ACTIVE_COLUMNS, ACTIVE_LABELS, COLUMNS_2021, Match
from .plain import key, plain
from .rows import RawRow, lines, stream

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


def read_active(blocks: Sequence[Block], exact: bool) -> ActiveReading:
    """The table of section 二 out of its grids and lines. `exact`: the source gives real columns."""
    reading = ActiveReading(how="grid" if exact else "lines")
    found, orphans = _lines(blocks)
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


def _lines(blocks: Sequence[Block]) -> tuple[list[_Line], list[RawRow]]:
    """The labelled rows, each with the header above it; and values that no label precedes."""
    found: list[_Line] = []
    orphans: list[RawRow] = []
    header: list[str] = []
    heads = ""
    for raw in stream(lines(blocks), None):
        named = _columns(raw.labels)
        if named:
            header, heads = named, "".join(raw.labels)
        match = _row_match(raw.labels)
        if match.only and raw.values:
            found.append(_Line(raw, match, header, heads))
        elif raw.filled and not match.only:
            orphans.append(raw)
    for line in found:  # a header that a page break moved behind its rows
        if not line.columns:
            line.columns = header
    return found, orphans


def _columns(pieces: Sequence[str]) -> list[str]:
    """The column labels among some pieces, broken ones joined."""
    named: list[str] = []
    held = ""
    for piece in pieces:
        name = key(piece)
        for text in (name, held + name):
            if text in ACTIVE_COLUMNS:
                named.append(ACTIVE_COLUMNS[text])
                name = ""
                break
        else:
            name = _glued(name, named)
        held = name
    return named


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
    return ACTIVE_LABELS.find([piece for piece in pieces[-3:] if key(piece) not in ACTIVE_COLUMNS and key(piece) != "信息内容"])


def _edition_of(found: Sequence[_Line]) -> Edition | None:
    votes = [column in COLUMNS_2021 for line in found for column in line.columns]
    if not votes or votes.count(True) == votes.count(False):
        return None
    return BY_KEY["2021" if votes.count(True) > votes.count(False) else "2019"]


def _fit(line: _Line, exact: bool, reading: ActiveReading, short: list[_Line], orphaned: bool) -> list[str] | None:
    """The texts of the row's cells, one for each column; None (and a doubt) where that cannot be told."""
    values = line.raw.values
    columns = [column for column in line.columns if (line.match.only or "", column) in _CELLS]
    if len(set(line.columns)) != len(line.columns):
        columns = []  # a column printed twice: which of the two is the slip cannot be told
    elif not columns or len(columns) != len(line.columns):
        columns = _by_count(line, reading.edition)
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
            cells="、".join(text.strip() or "空" for text in line.raw.values),
        )
        return None
    if count and 0 < len(values) < count and filled == len(values) and orphaned:
        short.append(line)
        return None
    reading.doubt(
        doubts.ROW_LENGTH, None, line.raw.at, label=line.match.only, expected=count, found=len(values),
        cells="、".join(text.strip() or "空" for text in values) or "空",
    )
    return None


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
    printed = "".join("".join(piece.split()) for piece in pieces)
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
