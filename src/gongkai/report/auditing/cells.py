"""Findings on single cells: blank where 0 is due, negative, fractional (I-5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from gongkai.law.editions import EDITIONS, Applicant, Number, Remedy, Result
from gongkai.law.findings import Finding, Place, Rule
from gongkai.report.identities import At
from gongkai.report.model import Count
from gongkai.report.rules.tables import BLANK_CELLS, BLANK_TOTAL, FRACTION, NEGATIVE

from .case import Case
from .labels import TABLES, TABLES_EN, cell_label, column_label, figure, listed, listed_en, row_label

Printed = tuple[At, Count | None, Number]
TOTAL = Applicant.TOTAL.value
COLUMNS = tuple(kind.value for kind in Applicant)
WHOLE = {  # the cells of a table that was read from end to end
    "active": min(len(list(edition.active_cells())) for edition in EDITIONS),
    "applications": min(len(edition.requests) for edition in EDITIONS) * len(COLUMNS),
    "remedies": len(Remedy) * len(Result),
}


def findings(case: Case) -> Iterator[Finding]:
    """Every table by itself; cells in doubt are left to their doubts."""
    report = case.report
    plain = (
        all(type(figure_.value) is int and figure_.value >= 0 for figure_ in report.active.values()),
        all(_all_counts(row) for row in report.applications.values()),
        all(_all_counts(tuple(results.values())) for results in report.remedies.values()),
    )
    for is_plain, part, cells in zip(plain, TABLES, (_active, _applications, _remedies), strict=True):
        if is_plain:
            continue  # the usual case, told at a glance
        printed = list(cells(case))
        yield from _blanks(part, printed)
        yield from _wrong(part, printed, NEGATIVE, _negative)
        yield from _wrong(part, printed, FRACTION, _fractional)


def _all_counts(values: tuple[Count | None, ...]) -> bool:
    return all(type(value) is int and value >= 0 for value in values)


def _active(case: Case) -> Iterator[Printed]:
    edition = case.report.edition
    kinds = {cell.key: cell.number for cell in edition.active_cells()} if edition else {}
    for key, figure_ in case.report.active.items():
        said_otherwise = figure_.value is None and figure_.raw  # a word or a mark stands in the cell
        if not said_otherwise and not case.in_doubt("active", key):
            yield At("active", key), figure_.value, kinds.get(key, Number.AMOUNT)


def _applications(case: Case) -> Iterator[Printed]:
    for row, values in case.report.applications.items():
        for column, value in zip(COLUMNS, values, strict=True):
            if not case.doubts or not case.in_doubt("applications", row, column):
                yield At("applications", row, column), value, Number.COUNT


def _remedies(case: Case) -> Iterator[Printed]:
    for block, results in case.report.remedies.items():
        for result in Result:
            if result in results and not case.in_doubt("remedies", block.value, result.value):
                yield At("remedies", block.value, result.value), results[result], Number.COUNT


def _negative(value: Count, kind: Number) -> bool:
    return value < 0 and kind is not Number.CHANGE  # 本年增/减可以为负


def _fractional(value: Count, kind: Number) -> bool:
    return not isinstance(value, int) and kind is not Number.AMOUNT and value != value.to_integral_value()


def _wrong(part: str, printed: list[Printed], rule: Rule, is_wrong: Callable[[Count, Number], bool]) -> Iterator[Finding]:
    wrong = [(at, value) for at, value, kind in printed if value is not None and is_wrong(value, kind)]
    if not wrong:
        return
    facts = {
        "table": TABLES[part], "table_en": TABLES_EN[part],
        "cells": listed(f"{cell_label(at)}填{figure(value)}" for at, value in wrong),
        "cells_en": listed_en(f"{'.'.join(filter(None, at[1:3]))} = {figure(value)}" for at, value in wrong),
    }
    first, *further = (Place(at.part, at.row, at.column) for at, _ in wrong)
    yield Finding(rule, first, facts, tuple(further))


def _blanks(part: str, printed: list[Printed]) -> Iterator[Finding]:
    """One finding for a table's blank cells, one for its blank totals where others are filled in."""
    totals = [(at, value) for at, value, _ in printed if at.column == TOTAL]
    blank_totals = _odd_totals(totals, {at.row for at, value, _ in printed if value is not None})
    blank = [at for at, value, _ in printed if value is None and at not in blank_totals]
    if blank:
        detail, detail_en = _detail(part, blank, printed)
        facts: dict[str, object] = {"count": len(blank), "detail": detail, "detail_en": detail_en}
        where, also = (Place(part, blank[0].row, blank[0].column), ()) if len(blank) == 1 else (Place(part), ())
        yield Finding(BLANK_CELLS, where, facts | {"table": TABLES[part], "table_en": TABLES_EN[part]}, also)
    if blank_totals:
        yield _blank_totals(part, blank_totals)


def _odd_totals(totals: list[tuple[At, Count | None]], filled: set[str]) -> list[At]:
    """Blank totals where others are filled in; where most are blank, those of rows that have a figure."""
    blank = [at for at, value in totals if value is None]
    if len(blank) == len(totals):
        return []
    return blank if len(blank) * 2 <= len(totals) else [at for at in blank if at.row in filled]


def _detail(part: str, blank: list[At], printed: list[Printed]) -> tuple[str, str]:
    """Which cells: whole columns by name, a few cells one by one."""
    if len(blank) == len(printed) >= WHOLE[part]:
        return "（整表空白）", " (the whole table)"
    if part == "applications":
        rows = len(printed) // len(COLUMNS)
        blank_in = Counter(at.column for at in blank)
        by_column = [column for column in COLUMNS if blank_in[column] == rows]
        if by_column and rows * len(by_column) == len(blank):
            names = "、".join(map(column_label, by_column))
            return f"（{names}{len(by_column)}列×{rows}行全空）", f" (columns {', '.join(by_column)}, all {rows} rows)"
    if len(blank) <= 3:
        return f"（{listed(map(cell_label, blank))}）", f" ({listed_en('.'.join(filter(None, at[1:3])) for at in blank)})"
    return "", ""


def _blank_totals(part: str, blank: list[At]) -> Finding:
    names = [cell_label(at).split("”的")[0].strip("“") if part == "remedies" else row_label(at.row) for at in blank]
    facts = {
        "table": TABLES[part], "table_en": TABLES_EN[part],
        "rows": listed(names), "rows_en": listed_en(at.row for at in blank),
    }
    first, *further = (Place(at.part, at.row, at.column) for at in blank)
    return Finding(BLANK_TOTAL, first, facts, tuple(further))


def cases_of(case: Case, block: Remedy) -> Count:
    """The cases of one block of table four: its parts or its total, whichever is more."""
    results = case.report.remedies.get(block, {})
    parts = sum(value for result, value in results.items() if result is not Result.TOTAL and value)
    return max(parts, results.get(Result.TOTAL) or 0)
