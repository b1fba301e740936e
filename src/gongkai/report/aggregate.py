"""汇总: many organs' reports added up by declared scope, cell by cell, exactly (条例第四十九条；I-10).

Reports on different years or in different forms are refused. A cell that is blank, absent or in doubt in any
part stays blank in the total, with a finding that names the part. The identities I-1 to I-5 are linear: where
they hold in every part they hold in the total.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongkai.law.findings import Finding, Place, Severity

from .aggregating import cells
from .aggregating.admission import CannotAdd, admit
from .aggregating.against import against as held_against
from .aggregating.cells import Reason, Unadded
from .aggregating.parts import Part, digest, parts_of
from .aggregating.scope import Coverage, Moved, Names, cover
from .aggregating.scope import findings as about_scope
from .auditing.labels import listed, listed_en
from .checks import named
from .exchange import Plain, finding_to_dict, to_dict
from .identities import State, assess
from .model import AnnualReport
from .rules.aggregate import PART_IDENTITY

__all__ = ["Aggregate", "CannotAdd", "Coverage", "Moved", "Part", "Reason", "Unadded", "aggregate", "digest"]

ORDER = {severity: index for index, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Aggregate:
    """The total, what it was added up from, what it could not add, and what was found on the way.

    `checks`: I-1 to I-4 over the total, and I-10 (`aggregate.cell.…`) where a report was held against it.
    """

    report: AnnualReport
    parts: tuple[Part, ...]
    cannot_add: tuple[Unadded, ...]
    coverage: Coverage
    findings: tuple[Finding, ...]
    checks: Mapping[str, str]

    def count(self, severity: Severity) -> int:
        return sum(finding.severity is severity for finding in self.findings)

    def to_dict(self) -> Plain:
        """The total with the published keys, and `parts`, `cannot_add`, `scope`, `findings` beside them."""
        doubts = [finding for finding in self.findings if finding.rule in cells.RULES.values()]
        return to_dict(self.report, doubts, self.checks, {"kind": "aggregate"}) | {
            "parts": [part.as_dict() for part in self.parts],
            "cannot_add": [one.as_dict() for one in self.cannot_add],
            "scope": self.coverage.as_dict(),
            "findings": [finding_to_dict(finding) for finding in self.findings],
        }


def aggregate(
    parts: Sequence[AnnualReport | Part],
    *,
    organ: str | None = None,
    year: int | None = None,
    scope: Sequence[Names] | None = None,
    against: AnnualReport | Part | None = None,
    other_to_misc: bool = False,
    moved: Sequence[Moved] = (),
) -> Aggregate:
    """The reports added up. Raises `CannotAdd` where they must not be: mixed years, mixed forms, two versions of one.

    `scope` names the organs that belong in (a name, or a name with the other names it goes by). `against` is
    the published report of the whole, held against the sum (I-10). `other_to_misc` counts row （六） of the 2019
    form as “3.其他”; table two of 2019 is then left blank, since it cannot be converted. `moved` declares
    requests that one organ handed to another.
    """
    admitted = admit(parts_of(parts), year, other_to_misc=other_to_misc)
    sums = cells.add(admitted)
    report = cells.report_of(sums, organ, admitted.year, admitted.active)
    coverage = cover(admitted.parts, scope)
    found = [*admitted.findings, *about_scope(admitted, coverage, organ, moved), *cells.findings(sums, admitted)]
    found += _unsound(admitted.parts)
    checks = named(assess(report))
    if against is not None:
        held, said = held_against(report, parts_of([against])[0], admitted)
        found += said
        checks |= named(held)
    return Aggregate(report, admitted.parts, cells.unadded(sums), coverage, tuple(sorted(found, key=_rank)), checks)


def _rank(finding: Finding) -> int:
    return ORDER[finding.severity]


def _unsound(parts: Sequence[Part]) -> Iterator[Finding]:
    """Parts in which an identity fails: their error goes into the total, or cancels out there."""
    for part in parts:
        failed = [check.identity for check in assess(part.report, part.doubts) if check.state is State.FAILS]
        if failed:
            names = [identity.name for identity in failed]
            facts = {"part": part.name, "count": len(failed), "names": listed(names), "names_en": listed_en(names)}
            at = failed[0].left[0]
            yield Finding(PART_IDENTITY, Place(at.part, at.row, at.column), facts)
