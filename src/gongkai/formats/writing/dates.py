"""The day that a document's properties state: the report's own, never the clock's."""

from __future__ import annotations

from datetime import date

from gongkai.report.model import AnnualReport


def written_on(report: AnnualReport) -> date:
    """The day of signature, else of publication, else the first day after the year reported on."""
    known = report.signature.on or report.published
    return max(known or date((report.year or 1999) + 1, 1, 1), date(1980, 1, 1))
