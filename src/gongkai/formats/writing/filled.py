"""Reports made to be written: an empty form to fill in, and a compiled report whose blanks mean 0."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from gongkai.law.editions import EDITIONS, SECTIONS, Applicant, Edition, Remedy, Result
from gongkai.report.identities import requests_edition
from gongkai.report.model import AnnualReport, Figure, Section

from .layout import form_heading

KIND = "政府信息公开工作年度报告"


def empty(edition: Edition, organ: str | None = None, year: int | None = None) -> AnnualReport:
    """An empty form of that edition: every heading, every cell, no value."""
    when = f"{year}年" if year is not None else ""
    return AnnualReport(
        organ=organ,
        title=f"{organ or ''}{when}{KIND}",
        year=year,
        edition=edition,
        active=MappingProxyType({cell.key: Figure(None, cell.unit) for cell in edition.active_cells()}),
        applications=MappingProxyType({row.key: (None,) * len(Applicant) for row in edition.requests}),
        remedies=MappingProxyType({block: MappingProxyType(dict.fromkeys(Result)) for block in Remedy}),
        sections=tuple(Section(number, form_heading(number)) for number in range(1, len(SECTIONS) + 1)),
    )


def with_zeros(report: AnnualReport) -> AnnualReport:
    """The report with every cell of its edition, 0 where it was blank: only for a compiled report, whose blanks mean 0."""
    edition = report.edition or requests_edition(report) or EDITIONS[-1]
    rows = requests_edition(report) or edition
    cells = {cell.key: Figure(None, cell.unit) for cell in edition.active_cells()} | dict(report.active)
    applications = {row.key: (None,) * len(Applicant) for row in rows.requests} | dict(report.applications)
    return replace(
        report,
        edition=edition,
        active=MappingProxyType({key: _zero(figure) for key, figure in cells.items()}),
        applications=MappingProxyType({key: tuple(value or 0 for value in row) for key, row in applications.items()}),
        remedies=MappingProxyType({
            block: MappingProxyType({result: report.remedy(block, result) or 0 for result in Result}) for block in Remedy
        }),
    )


def _zero(figure: Figure) -> Figure:
    return Figure(0, figure.unit) if figure.value is None and figure.raw is None else figure
