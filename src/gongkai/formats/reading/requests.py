"""Align and interpret the table of section 三: labels become row keys, header cells become kinds of applicant."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from gongkai.formats.blocks import NO_CELL, Block, Cell, Grid
from gongkai.law.editions import EDITIONS, Applicant
from gongkai.law.findings import Finding, Place, Rule
from gongkai.law.outcomes import Group
from gongkai.report.model import Row
from gongkai.report.rules import doubts, layout

from .cells import is_value, value
from .labels import APPLICANTS, GROUP_KEYS, KINDS, NO_MATCH, OUTCOME_HEAD, REQUEST_LABELS, Match, columns
from .plain import key, plain
from .rows import RawRow, fitted, holds_value, lines, padded_left, stream

WIDTH = len(Applicant)
ORDER = tuple(Applicant)
_ROWS_2021 = [row.key for row in EDITIONS[-1].requests]
ROW_ORDER = {name: index for index, name in enumerate([*_ROWS_2021[:20], "other", *_ROWS_2021[20:]])}
_GROUP_OTHER = "其他处理"
SUB_ROWS = frozenset({"other_no_correction", "other_fee_unpaid", "other_misc"})  # of （六）其他处理, since 2021
LABEL_OF = {row.key: row.label for edition in EDITIONS for row in edition.requests}
_STRAY = re.compile(r"^\s*(\d+)\s*(?=[一二三四]、|\([一二三四五六七]\))")


@dataclass(slots=True)
class RequestsReading:
    """The rows read, and what was met on the way."""

    rows: dict[str, Row] = field(default_factory=dict)
    doubts: list[Finding] = field(default_factory=list)
    remarks: list[Finding] = field(default_factory=list)
    how: str = "none"  # grid, lines

    def doubt(self, rule: Rule, row: str | None, at: str, column: str | None = None, **facts: object) -> None:
        self.doubts.append(Finding(rule, Place("applications", row, column, source=at or None), facts))

    def remark(self, rule: Rule, row: str | None, at: str, **facts: object) -> None:
        self.remarks.append(Finding(rule, Place("applications", row, source=at or None), facts))


@dataclass(slots=True)
class _Line:
    """A row with seven values, and the keys that its label allows."""

    row: RawRow
    values: list[str]
    match: Match
    merged: frozenset[int] = frozenset()
    key: str | None = None


def read_requests(blocks: Sequence[Block]) -> RequestsReading:
    """The table of section 三 out of its grids and lines."""
    reading = RequestsReading()
    found: list[_Line] = []
    known: dict[Applicant, int] | None = None
    width = 0
    loose: list[Block] = []

    def close_loose() -> None:
        if loose:
            found.extend(_from_stream(loose, reading))
            loose.clear()

    for block in blocks:
        header = _header(block) if isinstance(block, Grid) and block.exact else None
        if isinstance(block, Grid) and block.exact:
            cells_across = max(map(len, block.rows), default=0)
            mapped = header or (known if cells_across == width else None)
            taken = _from_columns(block, mapped, reading) if mapped else None
            if taken is not None:
                close_loose()
                known, width = mapped, cells_across
                reading.how = "grid"
                found.extend(taken)
                continue
        loose.append(block)
    close_loose()
    if found and reading.how == "none":
        reading.how = "lines"
    _place(found, reading)
    _interpret(found, reading)
    return reading


def _header(grid: Grid) -> dict[Applicant, int] | None:
    """The column of each kind of applicant, from the header rows; None unless all seven stand apart."""
    for index, row in enumerate(grid.rows[:8]):
        names = [APPLICANTS.get(key(cell.text)) for cell in row]
        if len(KINDS & set(names)) < 3:
            continue
        cells = {id(cell) for cell, name in zip(row, names, strict=True) if name}
        if len(cells) != len({name for name in names if name}):
            return None  # a header cell too many has shifted the others
        where = {name: column for column, name in reversed(list(enumerate(names))) if name}
        kinds = [column for name, column in where.items() if name in KINDS]
        for upper in reversed(grid.rows[:index]):
            for column, cell in enumerate(upper):
                name = APPLICANTS.get(key(cell.text))
                if (name is Applicant.NATURAL and column < min(kinds)) or (name is Applicant.TOTAL and column > max(kinds)):
                    where.setdefault(name, column)
        whole = len(where) == WIDTH and len(set(where.values())) == WIDTH
        if whole and not where[Applicant.NATURAL] < min(kinds) <= max(kinds) < where[Applicant.TOTAL]:
            whole = _adds_up(grid, where)  # a header cell that fell out has moved the total, or the table is set so
        return {name: where[name] for name in Applicant} if whole else None
    return None


def _adds_up(grid: Grid, where: Mapping[Applicant, int]) -> bool:
    """Whether every row with a number adds up to its total, if these are the columns; a table without one proves nothing."""
    rows = ([value(row[where[name]].text).number for name in Applicant] for row in grid.rows)
    filled = [row for row in rows if any(number is not None for number in row)]
    return bool(filled) and all(row[-1] is not None and sum(number or 0 for number in row[:-1]) == row[-1] for row in filled)


def _from_columns(grid: Grid, where: dict[Applicant, int], reading: RequestsReading) -> list[_Line] | None:
    """Rows by column number; None where the rows do not stand under the header."""
    first = min(where.values())
    columns_of = [where[name] for name in Applicant]
    before = len(reading.doubts)
    taken: list[_Line] = []
    astray = 0
    for row in grid.rows:
        cells = [row[column] for column in columns_of]
        texts = [cell.text for cell in cells]
        labels = [cell.text for cell in _unique(row[:first]) if cell.text]
        match = _own_label(labels)
        numbers = sum(map(is_value, texts))
        if not numbers and not match.keys and not any(is_value(cell.text) for cell in row):
            continue
        if not numbers and sum(key(text) in APPLICANTS for text in texts) >= 2:
            continue
        unique = set(map(id, cells))
        raw = RawRow(labels, texts, grid.at)
        if not all(map(holds_value, texts)) and any(not holds_value(text) and REQUEST_LABELS.match(key(text)).keys for text in texts):
            astray += 1
            values = [cell.text for cell in _unique(row) if holds_value(cell.text) and cell is not NO_CELL]
            _doubt_length(RawRow(labels, values, grid.at), values, Match(frozenset()), reading)
        elif NO_CELL in cells or any(id(cell) not in unique and is_value(cell.text) for cell in row):
            values = [cell.text for cell in _unique(row) if cell is not NO_CELL and cell.text not in labels]
            _doubt_length(raw, values, match, reading)
        else:
            spread = frozenset[int]() if len(unique) == WIDTH else _spread(cells)
            taken.append(_Line(raw, texts, match, spread))
    if astray * 2 > len(taken):  # the header does not stand over the values at all
        del reading.doubts[before:]
        return None
    return taken


def _spread(cells: Sequence[Cell]) -> frozenset[int]:
    """The positions that share a cell with another: a value that spans columns belongs to none for certain."""
    return frozenset(index for index, cell in enumerate(cells) if sum(cell is other for other in cells) > 1)


def _own_label(cells: Sequence[str]) -> Match:
    """The label of a grid's row; two leaves side by side (spans gone astray) leave it open which one it is."""
    return _own_label_of(tuple(cells))


@lru_cache(maxsize=1024)
def _own_label_of(cells: tuple[str, ...]) -> Match:
    named = {REQUEST_LABELS.exact.get(key(text)) for text in cells} - {None, "other"}
    if len(named) > 1:
        return Match(frozenset(name for name in named if name), "conflict")
    return Match(frozenset(name for name in named if name)) if named else REQUEST_LABELS.find(cells)


def _unique(cells: Iterable[Cell]) -> list[Cell]:
    """The cells without the repetitions that spans leave; positions without a cell all stay."""
    kept: dict[int, Cell] = {}
    for position, cell in enumerate(cells):
        kept.setdefault(-position - 1 if cell is NO_CELL else id(cell), cell)
    return list(kept.values())


def _from_stream(blocks: Sequence[Block], reading: RequestsReading) -> list[_Line]:
    """Rows by counting: a label, then seven values."""
    taken: list[_Line] = []
    order = ORDER
    raws = stream(lines(blocks), WIDTH)
    wide = sum(padded_left(raw.values, WIDTH) for raw in raws) >= 3
    padded = sum(len(raw.values) > WIDTH and not raw.values[-1].strip() for raw in raws) >= 3
    across = None if wide else _across(raws)
    for raw in raws:
        names = columns(raw.labels)
        kinds = [name for name in names if name not in (Applicant.NATURAL, Applicant.TOTAL)]
        if len(kinds) == 5 == len(set(kinds)):
            order = (Applicant.NATURAL, *kinds, Applicant.TOTAL)
        elif kinds != sorted(kinds, key=ORDER.index):
            order = ()  # another order than the form's, and not all of it: no column is certain
        if len(names) >= 2 and not raw.filled:
            continue
        match = _own_label(raw.labels[-raw.here :]) if raw.here > 1 else NO_MATCH
        match = match if match.keys else REQUEST_LABELS.find(raw.labels)
        if len(names) >= 3 and key(raw.labels[-1]) in APPLICANTS:
            match = NO_MATCH  # the header's 其他 or 总计: the row's own label is missing
        _strays(raw, reading)
        if not raw.values or (not raw.filled and not match.only):
            continue
        whole = across is not None and len(raw.labels) + len(raw.values) == across
        values = fitted(raw.values, WIDTH, wide, whole)
        if across is not None and not whole and values and not values[-1].strip():
            values = None  # a row shorter than its table: its last blank may be padding, not its total
        edge = raw.values[0] if wide else raw.values[-1] if padded else "0"  # blank: padding, and a value lost
        if values is None or not order or (len(raw.values) == WIDTH and raw.filled and not edge.strip()):
            _doubt_length(raw, raw.values, match, reading)
            continue
        if raw.joined and match.only and raw.filled > 1 and any(" " not in text for text in raw.values):
            _broken(raw, match.only, reading, blocks)
        if order != ORDER:
            values = [values[order.index(name)] for name in Applicant]
        taken.append(_Line(raw, values, match))
    return taken


def _across(raws: Sequence[RawRow]) -> int | None:
    """How many cells each row of the table has, if rows are padded on the right to one number of them."""
    sizes = Counter(len(raw.labels) + len(raw.values) for raw in raws if raw.values)
    size, times = sizes.most_common(1)[0] if sizes else (0, 0)
    padded = any(
        len(raw.values) > WIDTH and raw.values[0].strip() and raw.values[WIDTH - 1].strip() and not any(text.strip() for text in raw.values[WIDTH:])
        for raw in raws
    )
    return size if padded and times >= 3 and times * 5 >= sizes.total() * 4 else None


def _broken(raw: RawRow, name: str, reading: RequestsReading, blocks: Sequence[Block]) -> None:
    """A row of a grid that goes on in the next line (one cell a line is a layout, not a break)."""
    if any(isinstance(block, Grid) and len(block.rows) > 3 and block.at == raw.at and max(map(len, block.rows)) > 3 for block in blocks):
        reading.remark(layout.BROKEN_ROW, name, raw.at, label=LABEL_OF[name])


def _strays(raw: RawRow, reading: RequestsReading) -> None:
    """A digit in front of a group's label (0三、…) is a slip, not a value (it also shifts nothing)."""
    for piece in raw.labels:
        stray = _STRAY.match(plain(piece))
        if stray:
            reading.remark(layout.STRAY_PREFIX, None, raw.at, printed="".join(piece.split())[len(stray[1]) :], stray=stray[1])


def _doubt_length(raw: RawRow, values: Sequence[str], match: Match, reading: RequestsReading) -> None:
    cells = "、".join(text.strip() or "空" for text in values) or "空"
    label = LABEL_OF[match.only] if match.only else "".join("".join(piece.split()) for piece in raw.labels[-2:])
    if key(label) in GROUP_KEYS and not raw.filled:
        return
    reading.doubt(doubts.ROW_LENGTH, match.only, raw.at, label=label, expected=WIDTH, found=len(values), cells=cells)


def _place(found: list[_Line], reading: RequestsReading) -> None:
    """Give each row its key: by its label; else by its position between labelled rows, if nothing else fits there."""
    for line in found:
        line.key = line.match.only
    printed = {line.key for line in found}
    unplaced = any(_GROUP_OTHER in key(str(doubt.facts.get("label", ""))) for doubt in reading.doubts)
    if "other" in printed and (printed & SUB_ROWS or unplaced):
        for line in found:  # the group's label where a sub-row's own label is missing
            if line.key == "other":
                line.key, line.match = None, Match(SUB_ROWS, "fragment")
    start = 0
    inferred: list[_Line] = []
    while start < len(found):
        if found[start].key:
            start += 1
            continue
        end = start
        while end < len(found) and not found[end].key:
            end += 1
        inferred += _fill(found, start, end)
        start = end
    for line in [line for line in found if not line.key]:
        found.remove(line)
        label = "".join("".join(piece.split()) for piece in line.row.labels[-2:]) or "（无标签）"
        reading.doubt(doubts.ROW_LABEL, None, line.row.at, label=label, cells="、".join(t.strip() or "空" for t in line.values))
    if inferred:
        _confirm(found, inferred, reading)


def _fill(found: list[_Line], start: int, end: int) -> list[_Line]:
    """Rows without a certain label between two that have one: as many as the form has between them, in its order."""
    before = ROW_ORDER[found[start - 1].key or ""] if start else -1
    after = ROW_ORDER[found[end].key or ""] if end < len(found) else len(ROW_ORDER)
    used = {line.key for line in found}
    mixed = {"other"} if used & SUB_ROWS else SUB_ROWS
    free = [name for name, place in ROW_ORDER.items() if before < place < after and name not in mixed]
    gap = found[start:end]
    if len(free) != len(gap) or any(line.match.keys and name not in line.match.keys for line, name in zip(gap, free, strict=True)):
        return []
    if any(not any(is_value(text) for text in line.values) for line in gap):
        return []
    for line, name in zip(gap, free, strict=True):
        line.key = name
    return gap


def _confirm(found: list[_Line], inferred: list[_Line], reading: RequestsReading) -> None:
    """Rows placed by order stay only if every column that can be added up agrees with its total."""
    sums: list[Decimal | int] = [0] * WIDTH
    totals: list[Decimal | int | None] = [None] * WIDTH
    for line in found:
        for index, text in enumerate(line.values):
            number = value(text).number
            if line.key == "results_total":
                totals[index] = number
            elif line.key not in ("new_received", "carried_over", "carried_forward"):
                sums[index] += number or 0
    agreed = all(total is not None and total == given for total, given in zip(totals, sums, strict=True))
    label = "".join("".join(piece.split()) for piece in inferred[0].row.labels[-1:]) or "（无标签）"
    if agreed:
        reading.remark(layout.ROWS_INFERRED, inferred[0].key, inferred[0].row.at, label=LABEL_OF[inferred[0].key or ""], count=len(inferred))
        return
    for line in inferred:
        found.remove(line)
        reading.doubt(doubts.ROW_LABEL, None, line.row.at, label=label, cells="、".join(text.strip() or "空" for text in line.values))


def _interpret(found: Iterable[_Line], reading: RequestsReading) -> None:
    """Texts become numbers; what stays unclear becomes a doubt; a row printed twice must say the same."""
    heads = 0
    for line in found:
        name = line.key or ""
        heads += any(key(piece) == OUTCOME_HEAD for piece in line.row.labels)
        row = tuple(_cell(line, index, name, reading) for index in range(WIDTH))
        if name in reading.rows and reading.rows[name] != row:
            first = reading.rows[name]
            reading.doubt(doubts.ROW_TWICE, name, line.row.at, label=LABEL_OF[name], first=_show(first), second=_show(row))
            row = tuple(a if a == b else None for a, b in zip(first, row, strict=True))
        reading.rows[name] = row
        _wording(line, name, reading)
    grouped = [line for line in found if any(key(piece) == OUTCOME_HEAD for piece in line.row.labels)]
    if heads > 1 and reading.how == "lines":
        reading.remark(layout.ROW_LABEL_REPEATED, grouped[1].key, grouped[1].row.at, label="三、本年度办理结果")


def _cell(line: _Line, index: int, name: str, reading: RequestsReading) -> int | Decimal | None:
    text = line.values[index]
    column = ORDER[index].value
    if index in line.merged and text.strip():
        reading.doubt(doubts.CELL_MERGED, name, line.row.at, column, text=text.strip())
        return None
    read = value(text)
    if read.unclear:
        reading.doubt(doubts.CELL_TEXT, name, line.row.at, column, text=" ".join(text.split()))
    elif read.unit or read.note:
        reading.remarks.append(Finding(layout.UNIT_IN_CELL, Place("applications", name, column, source=line.row.at or None), {"text": read.text}))
    return read.number


def _show(row: Row) -> str:
    return "、".join("空" if cell is None else str(cell) for cell in row)


def _wording(line: _Line, name: str, reading: RequestsReading) -> None:
    if line.match.how == "typo":
        printed = "".join("".join(piece.split()) for piece in line.row.labels[-1:])
        form = LABEL_OF[name] if not name.startswith("granted") else Group.GRANTED.numbered
        reading.remark(layout.LABEL_TYPO, name, line.row.at, printed=printed, form=form)
