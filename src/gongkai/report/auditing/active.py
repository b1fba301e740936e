"""Findings on the plausibility of the table of section 二 (条例第二十条)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.law.findings import Finding, Place, Severity
from gongkai.report.model import Count
from gongkai.report.rules.tables import (
    AMOUNT_UNIT,
    COLUMN_SHIFT,
    DELTA_EQUALS_STOCK,
    IN_FORCE_LOW,
    MADE_GT_PUBLISHED,
    PUBLISHED_GT_TOTAL,
    RULES_BY_TOWNSHIP,
    ZERO_DECISIONS,
)

from .case import Case
from .labels import figure, row_label
from .organs import Level, of_county

_ITEMS_2019 = ("licensing", "other_services", "penalty", "coercion")
_DOCUMENTS = ("rules", "normative")
_DECIDES = re.compile(
    r"发展和改革|发展改革|市场监督管理|公安|自然资源|生态环境|住房和城乡建设|交通运输|水[利务]|卫生健康|应急管理"
)
_MANY_ITEMS = 10  # a list of items seldom grows by more in a year


def findings(case: Case) -> Iterator[Finding]:
    """What the form allows and experience does not; mostly questions to the organ."""
    if not case.report.active or case.report.edition is None:
        return
    if case.report.edition.key == "2019":
        yield from _changes(case)
        yield from _published(case)
    else:
        yield from _in_force(case)
        yield from _no_decisions(case)
    yield from _rules_by_township(case)
    yield from _amounts(case)


def _figure(case: Case, key: str) -> Count | None:
    return None if case.in_doubt("active", key) else case.report.figure(key)


def _label(key: str) -> str:
    return row_label(key).partition("·")[0]


def _changes(case: Case) -> Iterator[Finding]:
    """本年增/减 against 上一年项目数量 and 处理决定数量."""
    same, shifted = [], []
    for row in _ITEMS_2019:
        stock, delta, decisions = (_figure(case, f"{row}_{column}") for column in ("prev_items", "delta", "decisions"))
        if delta is None or stock is None:
            continue
        if delta == stock != 0:
            same.append((row, stock, delta, decisions))
        elif decisions == 0 and delta >= _MANY_ITEMS and delta > stock:
            shifted.append((row, stock, delta, decisions))
    for rule, rows in ((DELTA_EQUALS_STOCK, same), (COLUMN_SHIFT, shifted)):
        if not rows:
            continue
        zh = "；".join(f"“{_label(f'{row}_delta')}”上一年{figure(s)}、本年增/减{figure(d)}、处理决定{figure(n)}" for row, s, d, n in rows)
        en = "; ".join(f"{row} {figure(s)}/{figure(d)}/{figure(n)}" for row, s, d, n in rows)
        first, *further = (Place("active", f"{row}_delta") for row, *_ in rows)
        yield Finding(rule, first, {"rows": zh, "rows_en": en}, tuple(further))


def _published(case: Case) -> Iterator[Finding]:
    """本年新制作、新公开 and 对外公开总数量 of the 2019 form."""
    for row in _DOCUMENTS:
        columns = ("new_made", "new_published", "total_published")
        made, published, total = (_figure(case, f"{row}_{column}") for column in columns)
        facts: dict[str, object] = {"row": _label(f"{row}_new_made"), "row_en": row, "made": figure(made),
                                    "published": figure(published), "total": figure(total)}
        if made is not None and published is not None and made > published:
            facts["gap"] = figure(made - published)
            yield Finding(MADE_GT_PUBLISHED, Place("active", f"{row}_new_published"), facts)
        if published is not None and total is not None and published > total:
            yield Finding(PUBLISHED_GT_TOTAL, Place("active", f"{row}_total_published"), facts)


def _in_force(case: Case) -> Iterator[Finding]:
    """What was made and not repealed is in force at the year's end, unless it lapsed."""
    for row in _DOCUMENTS:
        made, repealed, stock = (_figure(case, f"{row}_{column}") for column in ("made", "repealed", "in_force"))
        if made is not None and repealed is not None and stock is not None and stock < made - repealed:
            facts = {"row": _label(f"{row}_made"), "row_en": row, "made": figure(made),
                     "repealed": figure(repealed), "in_force": figure(stock)}
            yield Finding(IN_FORCE_LOW, Place("active", f"{row}_in_force"), facts)


def _no_decisions(case: Case) -> Iterator[Finding]:
    """Departments that license and punish every day seldom have a year without."""
    organ = case.report.organ or ""
    keys = ("licensing_decisions", "penalty_decisions", "coercion_decisions")
    if case.level is Level.DEPARTMENT and _DECIDES.search(organ) and all(_figure(case, key) == 0 for key in keys):
        yield Finding(ZERO_DECISIONS, Place("active", keys[0]), {"organ": organ}, tuple(Place("active", key) for key in keys[1:]))


def _rules_by_township(case: Case) -> Iterator[Finding]:
    """规章 are made by departments of the State Council and by provinces and cities with districts; not below."""
    organ = case.report.organ or ""
    township = case.level is Level.TOWNSHIP
    if not township and not (case.level in (Level.DEPARTMENT, Level.GOVERNMENT) and of_county(organ)):
        return
    edition = case.report.edition
    keys = [cell.key for cell in edition.active_cells() if cell.key.startswith("rules_")] if edition else []
    filled = [(key, value) for key in keys if (value := _figure(case, key)) and value > 0]
    if filled:
        cells = "、".join(f"“{row_label(key).partition('·')[2]}”{figure(value)}件" for key, value in filled)
        facts = {"organ": organ, "cells": cells, "cells_en": ", ".join(f"{key} = {figure(value)}" for key, value in filled)}
        first, *further = (Place("active", key) for key, _ in filled)
        yield Finding(RULES_BY_TOWNSHIP, first, facts, tuple(further), None if township else Severity.QUERY)


_CEILINGS = {Level.TOWNSHIP: 100_000, Level.DEPARTMENT: 10_000_000, Level.GOVERNMENT: 50_000_000, Level.UNKNOWN: 50_000_000}


def _amounts(case: Case) -> Iterator[Finding]:
    """An amount in 万元 that is a sum of yuan, or the other way round."""
    for key in ("fee_amount", "procurement_amount"):
        cell = case.report.active.get(key)
        if cell is None or cell.value is None or case.in_doubt("active", key):
            continue
        too_much = cell.unit == "万元" and cell.value >= _CEILINGS[case.level]
        too_little = cell.unit == "元" and 0 < cell.value < 1000 and key == "procurement_amount"
        if too_much or too_little:
            facts = {"row": _label(key), "row_en": key, "amount": figure(cell.value), "unit": cell.unit}
            yield Finding(AMOUNT_UNIT, Place("active", key), facts)
