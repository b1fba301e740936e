"""A received report as it now reads: what was read, with the doubts settled by hand; and what is still open. Pure.

The reading is never changed: a cell that somebody read for themselves stands beside it, with who and why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from gongkai.law.editions import Applicant, Remedy, Result, RowRole
from gongkai.law.findings import Finding, Severity
from gongkai.report import exchange
from gongkai.report.audit import Audit, audit
from gongkai.report.identities import ACTIVE, REMEDIES, REQUESTS
from gongkai.report.model import BLANK_ROW, COLUMN, AnnualReport, Count, Figure
from gongkai.report.tables import whole

from .fingerprints import fingerprint
from .stored import at_of

MOST = 10**18
GRAVE = (Severity.ERROR, Severity.WARNING)


@dataclass(frozen=True, slots=True)
class Standing:
    """A received report as it now reads, and what still has to be settled before it can be accepted."""

    report: AnnualReport
    doubts: tuple[Finding, ...]  # 读取的疑点，还没有处理的
    audit: Audit
    open: tuple[Finding, ...]  # 疑点、错误、提醒中还没有说明的

    @property
    def counts(self) -> dict[str, int]:
        found = {severity.value: sum(each.severity is severity for each in self.open) for severity in GRAVE}
        return {**found, "doubt": len(self.doubts), "query": self.audit.count(Severity.QUERY)}


@dataclass(frozen=True, slots=True)
class Read:
    """A received report as it now reads, and the doubts that are left."""

    report: AnnualReport
    doubts: tuple[Finding, ...]


def read(data: Mapping[str, Any], settled: Mapping[str, Mapping[str, Any]]) -> Read:
    """What was read, with the cells that were settled by hand."""
    loaded = exchange.from_dict(data)
    report = loaded.report
    for told in sorted(settled.values(), key=lambda each: datetime.fromisoformat(each["at"])):  # 后来读的为准；数据库不保存键的先后
        for key, value in told.get("cells", {}).items():
            report = with_cell(report, key, None if value is None else whole(Decimal(str(value))))
    return Read(report, tuple(each for each in loaded.doubts if fingerprint(each) not in settled))


def standing(data: Mapping[str, Any], settled: Mapping[str, Mapping[str, Any]], previous: AnnualReport | None = None) -> Standing:
    """What was read and what was settled, together."""
    now = read(data, settled)
    report, doubts = now.report, now.doubts
    remarks = exchange.from_dict({**data, "doubts": data["source"].get("remarks", [])}).doubts if data.get("source") else ()
    found = audit(report, previous=previous, doubts=doubts, remarks=remarks)
    waiting = [each for each in found.findings if fingerprint(each) not in settled and each.severity in GRAVE]
    kept = {fingerprint(each) for each in waiting}
    return Standing(report, doubts, found, (*waiting, *(each for each in doubts if fingerprint(each) not in kept)))


def new_received(report: AnnualReport) -> int | None:
    """本年新收, all applicants, for lists; None where it is blank or no count."""
    value = report.application(RowRole.NEW, Applicant.TOTAL)
    number = None if value is None else int(value)
    return number if number is not None and number == value and abs(number) < MOST else None


def with_cell(report: AnnualReport, key: str, value: Count | None) -> AnnualReport:
    """The report with one cell read otherwise: `applications.granted.total`, `active.fee_amount`, `remedies.reconsideration.other`."""
    at = at_of(key)
    if at.part == ACTIVE:
        figure = report.active.get(at.row, Figure(None, ""))
        return replace(report, active=MappingProxyType({**report.active, at.row: replace(figure, value=value, raw=None)}))
    if at.part == REQUESTS and at.column in set(Applicant):
        row = list(report.applications.get(at.row, BLANK_ROW))
        row[COLUMN[Applicant(at.column)]] = value
        return replace(report, applications=MappingProxyType({**report.applications, at.row: tuple(row)}))
    if at.part == REMEDIES and at.row in set(Remedy) and at.column in set(Result):
        block = {**report.remedies.get(Remedy(at.row), {}), Result(at.column): value}
        return replace(report, remedies=MappingProxyType({**report.remedies, Remedy(at.row): MappingProxyType(block)}))
    raise ValueError(f"no such cell: {key}")


def is_cell(key: str) -> bool:
    """Whether a key names a cell of the three tables."""
    try:
        with_cell(AnnualReport(), key, None)
    except (ValueError, IndexError):
        return False
    return True
