"""A report as it stands, whole: tables as compiled, prose with its numbers printed; and what the core's audit says of it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from gongkai.platform.annual import counting, ledger, prose
from gongkai.platform.annual.fingerprints import fingerprint
from gongkai.platform.annual.models import Publication, Report
from gongkai.platform.annual.queries.figures import entered
from gongkai.platform.annual.tokens import Knowledge
from gongkai.platform.cases.queries import counted
from gongkai.platform.catalogue.queries import published
from gongkai.report import exchange
from gongkai.report.audit import Audit, audit
from gongkai.report.model import AnnualReport, Signature

__all__ = ["audit_of", "fingerprint", "knowledge_of", "tables_of", "unknown", "whole"]
EMPTY = AnnualReport()


def knowledge_of(report: Report) -> Knowledge:
    """What the tokens of a report may name, now. Three statements."""
    found = counting.by_year(counting.by_month(published.by_month(report.organ_id, report.year)))
    return Knowledge(ledger.year(entered(report.organ_id, report.year)), tables_of(report), _fee(report), found)


def _fee(report: Report) -> Decimal | None:
    """Processing fees of the year; of the government's report with those that the accepted reports tell, unless one of them tells nothing."""
    others = (report.summing or {}).get("fee", "0") if report.summed else "0"
    return None if others is None else counted.fees_paid(report.organ_id, report.year) + Decimal(others)


def tables_of(report: Report) -> AnnualReport:
    return exchange.from_dict(report.tables).report if report.tables else EMPTY


def unknown(report: Report) -> tuple[str, ...]:
    """The tokens of the prose that have no figure."""
    return prose.sections(report.prose, knowledge_of(report))[1]


def whole(report: Report) -> AnnualReport:
    """The report as it would be printed now; what was approved stays as it was frozen."""
    sections, _unknown = prose.sections(report.prose, knowledge_of(report))
    tables = tables_of(report)
    return replace(
        tables, organ=report.organ.name, title=report.title, year=report.year, sections=sections,
        signature=Signature(report.organ.name, report.published_on), published=report.published_on,
    )  # fmt: skip


def audit_of(report: Report) -> Audit:
    """The core's audit of the report as it stands, beside last year's published one."""
    before = Publication.objects.filter(organ=report.organ_id, year=report.year - 1).order_by("-version").values_list("data", flat=True).first()
    previous = exchange.from_dict(before).report if before else None
    return audit(whole(report), previous=previous)

