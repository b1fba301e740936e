"""The three tables of a draft, laid out with their spans as the form prints them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.law.editions import (
    APPLICANT_LABELS,
    BALANCE_LABEL,
    RESULT_LABELS,
    Remedy,
    Result,
    RowRole,
)
from gongkai.law.outcomes import Group

from .draft import Draft, Number


@dataclass(frozen=True)
class Td:
    """One cell of a table and how far it reaches."""

    text: str
    columns: int = 1
    rows: int = 1


Table = list[list[Td]]


def shown(value: Number) -> str:
    return "" if value is None else format(value, "g") if isinstance(value, float) else str(value)


def proactive(draft: Draft) -> Table:
    """二、主动公开政府信息情况: four columns."""
    table: Table = []
    for block in draft.edition.active:
        table.append([Td(block.heading, 4)])
        table.append(_stretched(["信息内容", *block.columns]))
        for line in block.rows:
            values = [draft.raw.get(cell.key, shown(draft.active[cell.key])) for cell in line.cells]
            table.append(_stretched([draft.printed.get(line.label, line.label), *values]))
    return table


def _stretched(texts: list[str]) -> list[Td]:
    """The last cell reaches to the fourth column."""
    return [*(Td(text) for text in texts[:-1]), Td(texts[-1], 5 - len(texts))]


def applications(draft: Draft) -> Table:
    """三、收到和处理政府信息公开申请情况: three label columns and seven of numbers."""
    labels = list(APPLICANT_LABELS.values())
    table: Table = [
        [Td(BALANCE_LABEL, 3, 3), Td("申请人情况", 7)],
        [Td(labels[0], rows=2), Td("法人或其他组织", 5), Td(labels[-1], rows=2)],
        [Td(label) for label in labels[1:-1]],
    ]
    results = [key for key in draft.requests if _role(draft, key) in (RowRole.OUTCOME, RowRole.TOTAL)]
    seen: set[str] = set()
    for key in draft.requests:
        cells = [Td(shown(value)) for value in draft.requests[key]]
        table.append([*_labels(draft, key, results, seen), *cells])
    return table


def _role(draft: Draft, key: str) -> RowRole:
    found = next((line.role for line in draft.edition.requests if line.key == key), None)
    return found or RowRole.OUTCOME  # a row of the other edition, in a mixed form


def _labels(draft: Draft, key: str, results: list[str], seen: set[str]) -> Iterator[Td]:
    if key == results[0]:
        yield Td(draft.printed.get("三、本年度办理结果", "三、本年度办理结果"), rows=len(results))
    if key == "other":
        yield Td(Group.OTHER.numbered, 2)
        return
    line = next(line for line in draft.edition.requests if line.key == key)
    label = draft.printed.get(line.label, line.label)
    if line.outcome is None:
        yield Td(label, 2 if key == "results_total" else 3)
    elif "." not in line.outcome.number:
        yield Td(label, 2)
    else:
        group = line.outcome.group
        if group.name not in seen:
            seen.add(group.name)
            yield Td(group.numbered, rows=sum(f"{group.value}." in _number(draft, other) for other in results))
        yield Td(label)


def _number(draft: Draft, key: str) -> str:
    outcome = next((line.outcome for line in draft.edition.requests if line.key == key), None)
    return outcome.number if outcome else ""


def disputes(draft: Draft) -> Table:
    """四、政府信息公开行政复议、行政诉讼情况: fifteen columns."""
    results = list(RESULT_LABELS.values())
    return [
        [Td("行政复议", 5), Td("行政诉讼", 10)],
        [*(Td(label, rows=2) for label in results), Td("未经复议直接起诉", 5), Td("复议后起诉", 5)],
        [Td(label) for label in results * 2],
        [Td(shown(draft.remedies[block.value][result.value])) for block in Remedy for result in Result],
    ]


TABLES = {2: proactive, 3: applications, 4: disputes}


def slots(table: Table) -> Iterator[list[Td | None]]:
    """Row by row: the cells that begin here, `None` once for each cell reaching down from above."""
    hanging: dict[int, tuple[int, int]] = {}  # column → rows left, width
    width = sum(cell.columns for cell in table[0])
    for cells in table:
        line: list[Td | None] = []
        waiting = iter(cells)
        column = 0
        while column < width:
            if column in hanging:
                left, span = hanging.pop(column)
                line.append(None)
                if left > 1:
                    hanging[column] = (left - 1, span)
                column += span
                continue
            cell = next(waiting)
            line.append(cell)
            if cell.rows > 1:
                hanging[column] = (cell.rows - 1, cell.columns)
            column += cell.columns
        yield line


def grid(table: Table) -> Iterator[list[str]]:
    """Row by row with every column: the text where a cell begins, nothing where it reaches."""
    width = sum(cell.columns for cell in table[0])
    taken: dict[tuple[int, int], bool] = {}
    for index, cells in enumerate(table):
        line, waiting = [], iter(cells)
        column = 0
        while column < width:
            if (index, column) in taken:
                line.append("")
                column += 1
                continue
            cell = next(waiting)
            line += [cell.text, *[""] * (cell.columns - 1)]
            for below in range(1, cell.rows):
                taken |= {(index + below, column + across): True for across in range(cell.columns)}
            column += cell.columns
        yield line
