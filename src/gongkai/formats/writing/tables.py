"""The three statutory tables as cells with their spans, derived from the edition (年度报告格式表二、表三、表四).

Only what the report has is laid out: a row that it lacks is not printed, a blank cell stays blank.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from gongkai.law.editions import (
    APPLICANT_LABELS,
    BALANCE_LABEL,
    EDITIONS,
    RESULT_LABELS,
    ActiveBlock,
    ActiveCell,
    ActiveRow,
    Applicant,
    Edition,
    Number,
    Remedy,
    RequestRow,
    Result,
    RowRole,
)
from gongkai.law.outcomes import OUTCOMES, Group
from gongkai.report.model import AnnualReport, Count, Figure

LABELS = 3  # grid columns of the label area of the table of section 三
RESULTS_LABEL = "三、本年度办理结果"
_AFFIXED = "（单位：{}）"
_PROCUREMENT = "procurement_amount"  # the form leaves its unit open


class Role(StrEnum):
    """What a cell is: the head of columns, the head of a row, or a value."""

    HEAD = "head"
    ROW = "row"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Slot:
    """A value cell's place in the report: the keys of `Place`."""

    row: str
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """One cell of a table: its text, how far it reaches, and what a value cell holds."""

    text: str
    role: Role
    down: int = 1
    across: int = 1
    value: Count | None = None  # the number where the text is that number and nothing more
    number: Number = Number.COUNT
    slot: Slot | None = None
    block: bool = False  # heads the rows below it, not a column: 第二十条第（一）项


@dataclass(frozen=True, slots=True)
class Table:
    """One of the three tables: rows of cells as HTML has them (a cell stands in the row where it begins)."""

    part: str  # active, applications, remedies
    name: str
    columns: int
    head: int  # rows that head the columns, repeated on every page
    rows: tuple[tuple[Box, ...], ...]

    def placed(self) -> Iterator[tuple[int, int, Box]]:
        """Every cell with its row and its grid column."""
        taken: set[tuple[int, int]] = set()
        for y, row in enumerate(self.rows):
            x = 0
            for box in row:
                while (y, x) in taken:
                    x += 1
                yield y, x, box
                taken |= {(y + dy, x + dx) for dy in range(box.down) for dx in range(box.across)}
                x += box.across


def digits(value: Count | None) -> str:
    """A number as it is printed; nothing for a blank."""
    return "" if value is None else format(value, "f") if not isinstance(value, int) else str(value)


def _value(value: Count | None, slot: Slot) -> Box:
    return Box(digits(value), Role.VALUE, value=value, slot=slot)


# ── 表二 ─────────────────────────────────────────────────────────────────────────────────────────────────


def active(report: AnnualReport) -> Table | None:
    """二、主动公开政府信息情况: blocks under the items of 第二十条."""
    found: list[tuple[ActiveBlock, list[ActiveRow]]] = []
    told: set[str] = set()  # both editions have 行政许可的处理决定数量: it is printed once
    for edition in sorted(EDITIONS, key=lambda edition: _foreign(edition, report)):
        for block in edition.active:
            rows = [row for row in block.rows if any(cell.key in report.active and cell.key not in told for cell in row.cells)]
            if rows:
                found.append((block, [_untold(row, told) for row in rows]))
        told |= {cell.key for cell in edition.active_cells()}
    if not found:
        return None
    width = 1 + max(len(block.columns) for block, _ in found)
    made = [line for block, rows in found for line in _active_block(block, rows, report, width)]
    return Table("active", "主动公开政府信息情况", width, 0, tuple(made))


def _foreign(edition: Edition, report: AnnualReport) -> tuple[bool, int]:
    return edition is not report.edition, -sum(cell.key in report.active for cell in edition.active_cells())


def _untold(row: ActiveRow, told: set[str]) -> ActiveRow:
    return replace(row, cells=tuple(replace(cell, key="") if cell.key in told else cell for cell in row.cells))


def _active_block(
    block: ActiveBlock, rows: Sequence[ActiveRow], report: AnnualReport, width: int
) -> Iterator[tuple[Box, ...]]:
    last = width - len(block.columns)  # the last column of a narrow block takes the room that is left
    spans = (*(1,) * (len(block.columns) - 1), last)
    yield (Box(block.heading, Role.HEAD, across=width, block=True),)
    heads = (_column(cell, report) for cell in rows[0].cells)
    yield (
        Box("信息内容", Role.HEAD),
        *(Box(text, Role.HEAD, across=span) for text, span in zip(heads, spans, strict=True)),
    )
    for row in rows:
        cells = (_figure(cell, report, span) for cell, span in zip(row.cells, spans, strict=True))
        yield (Box(row.label, Role.ROW), *cells)


def _column(cell: ActiveCell, report: AnnualReport) -> str:
    """The column's label; with the unit where the form leaves it open and no cell says it."""
    figure = report.active.get(cell.key)
    if cell.key == _PROCUREMENT and (figure is None or (figure.raw is None and figure.unit == cell.unit)):
        return cell.column + _AFFIXED.format(cell.unit)
    return cell.column


def _figure(cell: ActiveCell, report: AnnualReport, across: int) -> Box:
    figure = report.active.get(cell.key, Figure(None, cell.unit))
    text = _said(figure, cell)
    bare = text == digits(figure.value)
    return Box(text, Role.VALUE, 1, across, figure.value if bare else None, cell.number, Slot(cell.key))


def _said(figure: Figure, cell: ActiveCell) -> str:
    """The cell as it was printed: its own words where it says more than the number."""
    text = figure.raw if figure.raw is not None else digits(figure.value)
    if figure.raw is None and figure.value is not None and figure.unit and figure.unit != cell.unit:
        text += figure.unit
    if figure.note and figure.note not in text:
        text += f"（{figure.note}）"
    return text


# ── 表三 ─────────────────────────────────────────────────────────────────────────────────────────────────

_ROWS = {row.key: row for edition in EDITIONS for row in edition.requests}
_ORDER = (
    RowRole.NEW.value, RowRole.CARRIED_OVER.value, *(outcome.key for outcome in OUTCOMES),
    RowRole.TOTAL.value, RowRole.CARRIED_FORWARD.value,
)


def applications(report: AnnualReport) -> Table | None:
    """三、收到和处理政府信息公开申请情况: a label area of three columns, then seven values."""
    rows = [_ROWS[key] for key in _ORDER if key in report.applications]
    if not rows:
        return None
    results = [row for row in rows if row.role in (RowRole.OUTCOME, RowRole.TOTAL)]
    made = [*_applicants()]
    for row in rows:
        values = _request_values(row, report)
        if row in results:
            first = (Box(RESULTS_LABEL, Role.ROW, len(results)),) if row is results[0] else ()
            made.append((*first, *_labels(row, results), *values))
        else:
            made.append((Box(row.label, Role.ROW, across=LABELS), *values))
    return Table("applications", "收到和处理政府信息公开申请情况", LABELS + len(Applicant), 3, tuple(made))


def _applicants() -> tuple[tuple[Box, ...], ...]:
    names = APPLICANT_LABELS
    kinds = [kind for kind in Applicant if kind not in (Applicant.NATURAL, Applicant.TOTAL)]
    return (
        (
            Box(BALANCE_LABEL, Role.HEAD, 3, LABELS),
            Box("申请人情况", Role.HEAD, across=len(Applicant)),
        ),
        (
            Box(names[Applicant.NATURAL], Role.HEAD, 2),
            Box("法人或其他组织", Role.HEAD, across=len(kinds)),
            Box(names[Applicant.TOTAL], Role.HEAD, 2),
        ),
        tuple(Box(names[kind], Role.HEAD) for kind in kinds),
    )


def _labels(row: RequestRow, results: Sequence[RequestRow]) -> tuple[Box, ...]:
    """The label of a row under 三: across two columns, or the group's cell with the item beside it."""
    if row.outcome is None or "." not in row.outcome.number:
        return (Box(row.label, Role.ROW, across=LABELS - 1),)
    group = [other for other in results if other.outcome and "." in other.outcome.number and other.outcome.group is row.outcome.group]
    first = (Box(Group(row.outcome.group).numbered, Role.ROW, len(group)),) if row is group[0] else ()
    return (*first, Box(row.label, Role.ROW))


def _request_values(row: RequestRow, report: AnnualReport) -> Iterator[Box]:
    return (_value(report.application(row.key, kind), Slot(row.key, kind.value)) for kind in Applicant)


# ── 表四 ─────────────────────────────────────────────────────────────────────────────────────────────────


def remedies(report: AnnualReport) -> Table | None:
    """四、政府信息公开行政复议、行政诉讼情况: fifteen values in three blocks."""
    if not report.remedies:
        return None
    width, results = len(Result), tuple(RESULT_LABELS.values())
    litigation = ("未经复议直接起诉", "复议后起诉")
    rows = (
        (Box("行政复议", Role.HEAD, across=width), Box("行政诉讼", Role.HEAD, across=2 * width)),
        (*(Box(text, Role.HEAD, 2) for text in results), *(Box(text, Role.HEAD, across=width) for text in litigation)),
        tuple(Box(text, Role.HEAD) for _ in litigation for text in results),
        tuple(
            _value(report.remedy(block, result), Slot(block.value, result.value))
            for block in Remedy for result in Result
        ),
    )
    return Table("remedies", "政府信息公开行政复议、行政诉讼情况", 3 * width, 3, rows)

