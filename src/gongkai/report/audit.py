"""核查: all rules over one report, beside last year's where it is given (条例第四十九条、第五十条).

What the audit finds is severity by severity: an error contradicts itself or the law, a warning should be
corrected, a query goes to the organ, an info is a remark. A check that cannot be made is `not_assessable`
in `checks`, never a finding.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from gongkai.law.findings import Finding, Severity

from .auditing import active, cells, claims, dates, naming, remedies, sections, sums, template, text, years
from .auditing.case import Case, Scope
from .auditing.organs import Level
from .checks import named
from .identities import assess, assess_years
from .model import AnnualReport
from .words import findings as word_findings
from .words import words

__all__ = ["Audit", "Level", "Scope", "audit"]

TOPICS = (template, sums, cells, active, remedies, sections, text, dates, naming, years)
ANY = Scope()
CUT_OFF, TRADITIONAL = "source.cut_off", "layout.traditional_chars"
RECOGNISED, GRAVE = "ocr.read", (Severity.ERROR, Severity.WARNING)
ORDER = {severity: index for index, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found, gravest first, and every check by name."""

    findings: tuple[Finding, ...]
    checks: Mapping[str, str]

    def count(self, severity: Severity) -> int:
        return sum(finding.severity is severity for finding in self.findings)


def audit(
    report: AnnualReport,
    *,
    previous: AnnualReport | None = None,
    published: date | None = None,
    remarks: Iterable[Finding] = (),
    doubts: Collection[Finding] = (),
    scope: Scope = ANY,
) -> Audit:
    """All rules over one report; `remarks` and `doubts` of the reading take their place among the findings."""
    doubts, remarks = tuple(doubts), tuple(remarks)
    checks = assess(report, doubts)
    comparable = previous is not None and years.consecutive(report, previous)
    year_checks = assess_years(report, previous, doubts) if previous is not None and comparable else ()
    codes = {remark.code for remark in remarks}
    case = Case(
        report, previous, published or report.published, doubts,
        scope=replace(scope, complete=False) if CUT_OFF in codes and scope.complete is None else scope,
        traditional=TRADITIONAL in codes, published_given=published is not None,
        checks=checks, year_checks=year_checks,
    )
    said = words(report.sections)
    held = claims.hold(said, report, doubts)
    found = [*doubts, *remarks, *_found(case), *word_findings(said, report), *claims.findings(held)]
    if RECOGNISED in codes:  # the words may be misread: what they seem to say is to be asked, not told
        found = [replace(one, severity_as=Severity.QUERY) if one.severity in GRAVE else one for one in found]
    return Audit(
        tuple(sorted(found, key=_rank)), named(checks) | named(year_checks) | claims.named(held, said)
    )


def _found(case: Case) -> Iterator[Finding]:
    for topic in TOPICS:
        yield from topic.findings(case)


def _rank(finding: Finding) -> int:
    return ORDER[finding.severity]
