"""Findings where the tables do not add up: I-1 to I-4 (年度报告格式表三、表四)."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.law.editions import REMEDY_LABELS, Applicant, Remedy, Result, RowRole
from gongkai.law.findings import Finding, Place
from gongkai.report.identities import At, Check, State
from gongkai.report.model import AnnualReport, Count
from gongkai.report.rules.tables import BALANCE, REMEDY_TOTAL, RESULTS_SUM, ROW_TOTAL

from .case import Case
from .labels import addition, column_label, figure, row_label


def findings(case: Case) -> Iterator[Finding]:
    """One finding for each thing that is wrong; columns that fail with the same numbers share one."""
    failed = [check for check in case.checks if check.state is State.FAILS]
    if not failed:
        return
    by_kind: dict[str, list[Check]] = {}
    for check in failed:
        by_kind.setdefault(check.identity.name.rpartition(".")[0], []).append(check)
    yield from _balances(case.report, by_kind.get("app.identity", []))
    yield from _results(case.report, by_kind.get("app.results_sum", []))
    yield from (_row_total(case.report, check) for check in by_kind.get("app.row_total", []))
    if by_kind.get("rem.total"):
        yield _remedy_totals(case.report, by_kind["rem.total"])


def _value(report: AnnualReport, at: At) -> Count | None:
    if at.column is None:
        return None
    if at.part == "remedies":
        return report.remedy(Remedy(at.row), Result(at.column))
    return report.application(at.row, Applicant(at.column))


def _alike(report: AnnualReport, checks: list[Check]) -> Iterator[list[Check]]:
    """Checks grouped where their operands are the same numbers."""
    groups: dict[tuple[Count | None, ...], list[Check]] = {}
    for check in checks:
        operands = tuple(_value(report, at) for at in (*check.identity.left, *check.identity.right))
        groups.setdefault(operands, []).append(check)
    yield from groups.values()


def _columns(checks: list[Check]) -> dict[str, str]:
    keys = [str(check.identity.left[0].column) for check in checks]
    return {"columns": "、".join(map(column_label, keys)), "columns_en": ", ".join(keys)}


def _places(row: str, checks: list[Check]) -> tuple[Place, tuple[Place, ...]]:
    first, *further = (Place("applications", row, check.identity.left[0].column) for check in checks)
    return first, tuple(further)


def _gap(check: Check) -> str:
    gap = check.gap
    return "" if gap is None else figure(gap if gap > 0 else -gap)


def _balances(report: AnnualReport, checks: list[Check]) -> Iterator[Finding]:
    for group in _alike(report, checks):
        check = group[0]
        new, over, total, forward = (_value(report, at) for at in (*check.identity.left, *check.identity.right))
        facts: dict[str, object] = {
            "new": figure(new), "over": figure(over), "total": figure(total), "forward": figure(forward),
            "left": figure(check.left), "right": figure(check.right), "gap": _gap(check),
        }
        where, also = _places(RowRole.TOTAL.value, group)
        yield Finding(BALANCE, where, facts | _columns(group), also)


def _results(report: AnnualReport, checks: list[Check]) -> Iterator[Finding]:
    for group in _alike(report, checks):
        check = group[0]
        outcomes = [_value(report, at) for at in check.identity.right]
        facts: dict[str, object] = {"sum": addition(outcomes, check.right), "left": figure(check.left), "gap": _gap(check)}
        where, also = _places(RowRole.TOTAL.value, group)
        yield Finding(RESULTS_SUM, where, facts | _columns(group), also)


def _row_total(report: AnnualReport, check: Check) -> Finding:
    row = check.identity.left[0].row
    cells = [_value(report, at) for at in check.identity.right]
    facts: dict[str, object] = {
        "row": row_label(row), "row_en": row,
        "sum": addition(cells, check.right), "left": figure(check.left), "gap": _gap(check),
    }
    return Finding(ROW_TOTAL, Place("applications", row, Applicant.TOTAL.value), facts)


def _remedy_totals(report: AnnualReport, checks: list[Check]) -> Finding:
    zh, en, places = [], [], []
    for check in checks:
        block = check.identity.left[0].row
        cells = [_value(report, at) for at in check.identity.right]
        sum_zh = "＋".join([figure(cell) for cell in cells])
        zh.append(f"{REMEDY_LABELS[Remedy(block)]}{sum_zh}＝{figure(check.right)}，总计填{figure(check.left)}")
        en.append(f"{block} {' + '.join([figure(cell) for cell in cells])} = {figure(check.right)}, printed {figure(check.left)}")
        places.append(Place("remedies", block, "total"))
    facts = {"sums": "；".join(zh), "sums_en": "; ".join(en)}
    return Finding(REMEDY_TOTAL, places[0], facts, tuple(places[1:]))
