"""Findings on when the report was signed and published (条例第四十九条)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongkai.law.findings import Finding, Place, Severity
from gongkai.report.rules.document import LATE, SIGNED_EARLY

from .case import Case
from .organs import Level

REGULATION_2019 = 2019  # 修订后的条例自2019年5月15日起施行：2019年度报告起适用


def findings(case: Case) -> Iterator[Finding]:
    """Signed before the year was over, published after the deadline."""
    year = case.report.year
    if year is None:
        return
    signed = case.report.signature.on
    if signed is not None and signed <= date(year, 12, 25):
        yield Finding(SIGNED_EARLY, Place("signature", quote=signed.isoformat()), {"on": signed.isoformat(), "year": year})
    if year >= REGULATION_2019:
        yield from _late(case, year, signed)


def _late(case: Case, year: int, signed: date | None) -> Iterator[Finding]:
    on = case.published if case.published and case.published.year > year else signed
    if on is None or on.year <= year:
        return
    department = date(year + 1, *case.scope.department_by)
    government = date(year + 1, *case.scope.government_by)
    is_department = case.level is Level.DEPARTMENT
    due = department if is_department or (case.level is Level.UNKNOWN and on <= government) else government
    if on <= due:
        return
    facts = {
        "on": on.isoformat(), "due": due.isoformat(),
        "what": "公布日期" if on == case.published else "落款日期",
        "what_en": "The day of publication" if on == case.published else "The day of signature",
        "whose": "政府部门应于1月31日前公布" if due == department else "最迟应于3月31日前公布",
        "whose_en": "departments publish before 31 January" if due == department else "31 March at the latest",
    }
    uncertain = (case.level is Level.UNKNOWN and due == department) or case.level is Level.TOWNSHIP
    moved = on != signed and not case.published_given and (signed is None or signed <= due)  # may be a site's move
    where = Place("document" if on == case.published else "signature", quote=on.isoformat())
    yield Finding(LATE, where, facts, severity_as=Severity.QUERY if uncertain or moved else None)
