"""Every check of a report by name, as it is exchanged: holds, fails or not_assessable."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from gongkai.law.findings import Finding

from .auditing import claims
from .identities import Check, assess, assess_years
from .model import AnnualReport
from .words import Words


def checks(
    report: AnnualReport,
    previous: AnnualReport | None = None,
    words: Words | None = None,
    doubts: Collection[Finding] = (),
) -> dict[str, str]:
    """The identities, those across years where last year's report is given, and the claims of the prose."""
    found = named(assess(report, doubts))
    if previous is not None:
        found |= named(assess_years(report, previous, doubts))
    if words is not None:
        found |= claims.checks(words, report, doubts)
    return found


def named(found: Iterable[Check]) -> dict[str, str]:
    """State by name of the identity."""
    return {check.identity.name: check.state.value for check in found}
