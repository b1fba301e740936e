"""Findings across two years' reports: I-6 and I-8, and whether they can be compared at all."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.law.editions import Applicant, RowRole
from gongkai.law.findings import Finding, Place
from gongkai.report.identities import Check, State
from gongkai.report.model import AnnualReport, Count
from gongkai.report.rules.tables import (
    CARRIED_OVER,
    CROSS_EDITION,
    CROSS_NORMATIVE,
    CROSS_ORGAN,
    CROSS_RULES,
    CROSS_YEARS,
    GROWTH,
)

from .case import Case
from .labels import column_label, figure, row_label

_WATCHED = ("licensing_decisions", "penalty_decisions", "coercion_decisions", "fee_amount")
_STRIKING, _LARGE = 5, 100


def consecutive(report: AnnualReport, previous: AnnualReport) -> bool:
    """Whether the years follow one another, as far as they are known."""
    return report.year is None or previous.year is None or previous.year == report.year - 1


def findings(case: Case) -> Iterator[Finding]:
    """This year's report beside last year's."""
    previous, report = case.previous, case.report
    if previous is None:
        return
    if not consecutive(report, previous):
        facts = {"year": report.year, "before": previous.year, "due": (report.year or 0) - 1}
        yield Finding(CROSS_YEARS, Place(), facts)
        return
    if not same_organ(report.organ, previous.organ):
        yield Finding(CROSS_ORGAN, Place("title"), {"organ": report.organ, "before": previous.organ})
    if report.edition and previous.edition and report.edition.key != previous.edition.key:
        yield Finding(CROSS_EDITION, Place("active"), {"used": report.edition.key, "before": previous.edition.key})
    failed = [check for check in case.year_checks if check.state is State.FAILS]
    carried = [check for check in failed if check.identity.name.startswith("year.carried_over")]
    if carried:
        yield _carried_over(case, carried)
    for check in failed:
        if check.identity.name.startswith("year.in_force"):
            yield _in_force(case, check)
    yield from _growth(case)


def same_organ(organ: str | None, before: str | None) -> bool:
    """Short and full names of one organ contain one another."""
    if not organ or not before:
        return True
    short, long = sorted((organ.removesuffix("人民政府"), before.removesuffix("人民政府")), key=len)
    return short in long


def _before(case: Case) -> str:
    year = case.previous.year if case.previous else None
    return str(year) if year else "上"


def _carried_over(case: Case, checks: list[Check]) -> Finding:
    row = RowRole.CARRIED_OVER.value
    columns = [str(check.identity.left[0].column) for check in checks]
    numbers = [(figure(check.left), figure(check.right)) for check in checks]
    facts = {
        "before": _before(case),
        "cells": "；".join(f"“{column_label(c)}”列上年结转{now}、上年报告结转下年度{then}"
                          for c, (now, then) in zip(columns, numbers, strict=True)),
        "cells_en": "; ".join(f"{c}: {now}, before {then}" for c, (now, then) in zip(columns, numbers, strict=True)),
    }
    first, *further = (Place("applications", row, column) for column in columns)
    return Finding(CARRIED_OVER, first, facts, tuple(further))


def _in_force(case: Case, check: Check) -> Finding:
    row = check.identity.name.rpartition(".")[2]
    stock = case.previous.figure(f"{row}_in_force") if case.previous else None
    facts = {
        "row": row_label(f"{row}_in_force").partition("·")[0], "row_en": row, "before": _before(case),
        "stock": figure(stock), "made": figure(case.report.figure(f"{row}_made")),
        "repealed": figure(case.report.figure(f"{row}_repealed")),
        "left": figure(check.left), "right": figure(check.right),
    }
    return Finding(CROSS_RULES if row == "rules" else CROSS_NORMATIVE, Place("active", f"{row}_in_force"), facts)


def _growth(case: Case) -> Iterator[Finding]:
    """Only what strikes the eye: five times as much or as little, and a hundred or more."""
    report, previous = case.report, case.previous
    assert previous is not None
    new = RowRole.NEW.value
    pairs: list[tuple[Place, str, str, Count | None, Count | None]] = [
        (Place("applications", new, "total"), new, "件",
         previous.application(new, Applicant.TOTAL), report.application(new, Applicant.TOTAL)),
    ]
    if report.edition and previous.edition and report.edition.key == previous.edition.key:
        for key in _WATCHED:
            unit = report.active[key].unit if key in report.active else ""
            pairs.append((Place("active", key), key, unit, previous.figure(key), report.figure(key)))
    for place, key, unit, before, now in pairs:
        if before is None or now is None or min(before, now) < 0 or case.in_doubt(place.part, key, place.column):
            continue
        if max(before, now) >= _LARGE and max(before, now) >= _STRIKING * max(min(before, now), 1):
            facts = {"row": row_label(key), "row_en": key, "before": figure(before), "now": figure(now), "unit": unit}
            yield Finding(GROWTH, place, facts)
