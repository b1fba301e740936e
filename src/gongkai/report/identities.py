"""勾稽关系: what must add up in the three tables, within a report, across two years, and over an aggregate.

The identities are derived from the edition of the form (年度报告格式表三表头：第一项加第二项之和，等于第三项
加第四项之和). A sum over a blank, absent or doubtful cell is not assessable: blank is not zero.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from gongkai.law.editions import BY_KEY, EDITIONS, Applicant, Edition, Remedy, Result, RowRole, edition_for
from gongkai.law.findings import Finding, Place

from .model import BLANK_ROW, AnnualReport, Count


class State(StrEnum):
    """What came of a check."""

    HOLDS = "holds"
    FAILS = "fails"
    NOT_ASSESSABLE = "not_assessable"


class At(NamedTuple):
    """Where a cell stands: part of the report, row key, column key. The keys are those of `Place`."""

    part: str
    row: str
    column: str | None = None
    year: int = 0  # 0 this report's, -1 the previous year's


@dataclass(frozen=True, slots=True)
class Identity:
    """Two groups of cells whose sums must agree; `minus` is taken from the right side."""

    name: str
    left: tuple[At, ...]
    right: tuple[At, ...]
    minus: tuple[At, ...] = ()


class Check(NamedTuple):
    """An identity held against a report: its state, and both sides where they are known."""

    identity: Identity
    state: State
    left: int | Fraction | None = None
    right: int | Fraction | None = None

    @property
    def gap(self) -> int | Fraction | None:
        """Left less right; None where it cannot be told."""
        if self.left is None or self.right is None:
            return None
        return exact((self.left,)) - exact((self.right,))


def exact(values: Iterable[Count | Fraction]) -> int | Fraction:
    """The sum, without the rounding of a decimal context."""
    total: int | Fraction = 0
    for value in values:
        total += value if isinstance(value, int) else Fraction(value)
    return total


def requests_edition(report: AnnualReport) -> Edition | None:
    """The edition whose outcome rows the table of section 三 prints; reports may mix two editions."""
    printed = report.applications.keys()
    for edition in (report.edition, *EDITIONS):
        if edition and printed >= _outcome_keys(edition.key):
            return edition
    single = [e for e in EDITIONS if _own_keys(e.key) & printed]
    if len(single) == 1:
        return single[0]
    return report.edition or (edition_for(report.year) if report.year else EDITIONS[-1])


@cache  # by key: an edition as a whole is slow to hash
def _outcome_keys(edition: str) -> frozenset[str]:
    return frozenset(row.key for row in BY_KEY[edition].outcome_rows)


@cache
def _own_keys(edition: str) -> frozenset[str]:
    """The outcome rows that only this edition has."""
    return _outcome_keys(edition).difference(*(_outcome_keys(e.key) for e in EDITIONS if e.key != edition))


def balances(edition: Edition) -> Iterator[Identity]:
    """I-1 第一项加第二项之和，等于第三项加第四项之和，逐列成立."""
    for kind in Applicant:
        received = tuple(At("applications", role.value, kind.value) for role in (RowRole.NEW, RowRole.CARRIED_OVER))
        finished = tuple(At("applications", role.value, kind.value) for role in (RowRole.TOTAL, RowRole.CARRIED_FORWARD))
        yield Identity(f"app.identity.{kind}", received, finished)


def outcome_sums(edition: Edition) -> Iterator[Identity]:
    """I-2 第三项（七）总计等于各办理结果之和，逐列成立；结果行以所印为准."""
    for kind in Applicant:
        rows = tuple(At("applications", row.key, kind.value) for row in edition.outcome_rows)
        yield Identity(f"app.results_sum.{kind}", (At("applications", RowRole.TOTAL.value, kind.value),), rows)


def row_totals(edition: Edition) -> Iterator[Identity]:
    """I-3 每行总计等于自然人与法人或其他组织五列之和."""
    kinds = tuple(kind for kind in Applicant if kind is not Applicant.TOTAL)
    for row in edition.requests:
        parts = tuple(At("applications", row.key, kind.value) for kind in kinds)
        yield Identity(f"app.row_total.{row.key}", (At("applications", row.key, Applicant.TOTAL.value),), parts)


def remedy_totals() -> Iterator[Identity]:
    """I-4 表四每一栏：总计等于结果维持、结果纠正、其他结果、尚未审结之和."""
    results = tuple(result for result in Result if result is not Result.TOTAL)
    for block in Remedy:
        parts = tuple(At("remedies", block.value, result.value) for result in results)
        yield Identity(f"rem.total.{block}", (At("remedies", block.value, Result.TOTAL.value),), parts)


def within_report(edition: Edition) -> tuple[Identity, ...]:
    """I-1 to I-4: the identities of one report."""
    return (*balances(edition), *outcome_sums(edition), *row_totals(edition), *remedy_totals())


def across_years(edition: Edition) -> tuple[Identity, ...]:
    """I-6 and I-8: what last year's report and this year's must agree on."""
    carried = (
        Identity(
            f"year.carried_over.{kind}",
            (At("applications", RowRole.CARRIED_OVER.value, kind.value),),
            (At("applications", RowRole.CARRIED_FORWARD.value, kind.value, -1),),
        )
        for kind in Applicant
    )
    return (*carried, *_in_force(edition))


def _in_force(edition: Edition) -> Iterator[Identity]:
    """I-8 现行有效＝上年现行有效＋本年制发－本年废止."""
    keys = {cell.key for cell in edition.active_cells()}
    for name in ("rules", "normative"):
        stock, made, repealed = (f"{name}_{column}" for column in ("in_force", "made", "repealed"))
        if {stock, made, repealed} <= keys:
            before = At("active", stock, None, -1)
            yield Identity(
                f"year.in_force.{name}", (At("active", stock),), (before, At("active", made)), (At("active", repealed),)
            )


@dataclass(frozen=True, slots=True)
class Layout:
    """The cells of a report in a fixed order, so that an identity is three tuples of positions."""

    places: tuple[At, ...]  # both years' cells, this year's first
    index: Mapping[At, int]


Positions = tuple[Identity, tuple[int, ...], tuple[int, ...], tuple[int, ...]]
ACTIVE, REQUESTS, REMEDIES = "active", "applications", "remedies"
_BLOCKS, _RESULTS = tuple(Remedy), tuple(Result)


@cache
def _layout(active: str, requests: str) -> Layout:
    places = [
        *(At(ACTIVE, cell.key) for cell in BY_KEY[active].active_cells()),
        *(At(REQUESTS, row.key, kind.value) for row in BY_KEY[requests].requests for kind in Applicant),
        *(At(REMEDIES, block.value, result.value) for block in Remedy for result in Result),
    ]
    both = (*places, *(at._replace(year=-1) for at in places))
    return Layout(both, {at: index for index, at in enumerate(both)})


@cache
def _within(active: str, requests: str) -> tuple[Positions, ...]:
    return _positions(within_report(BY_KEY[requests]), _layout(active, requests))


@cache
def _across(active: str, requests: str) -> tuple[Positions, ...]:
    return _positions(across_years(BY_KEY[active]), _layout(active, requests))


@cache
def _active_keys(edition: str) -> tuple[str, ...]:
    return tuple(cell.key for cell in BY_KEY[edition].active_cells())


@cache
def _request_keys(edition: str) -> tuple[str, ...]:
    return tuple(row.key for row in BY_KEY[edition].requests)


def _positions(identities: Iterable[Identity], at: Layout) -> tuple[Positions, ...]:
    def positions(places: tuple[At, ...]) -> tuple[int, ...]:
        return tuple(at.index[place] for place in places)

    return tuple((one, positions(one.left), positions(one.right), positions(one.minus)) for one in identities)


def _values(report: AnnualReport, active: str, requests: str) -> list[Count | None]:
    """The cells of one report in the order of the layout."""
    figures, rows, blocks = report.active, report.applications, report.remedies
    found = [figures[key].value if key in figures else None for key in _active_keys(active)]
    for key in _request_keys(requests):
        found += rows.get(key, BLANK_ROW)
    for block in _BLOCKS:
        results = blocks.get(block, {})
        found += [results.get(result) for result in _RESULTS]
    return found


def _forget(found: list[Count | None], at: Layout, doubts: Iterable[Finding]) -> None:
    """Cells in doubt become absent; a doubt on a row is a doubt on each of its cells."""
    for doubt in doubts:
        for place in (doubt.where, *doubt.also):
            for index in _places(place, at):
                found[index] = None


def _places(place: Place, at: Layout) -> Iterator[int]:
    if place.part not in (ACTIVE, REQUESTS, REMEDIES) or place.row is None:
        return
    for index, cell in enumerate(at.places):
        same_row = cell.year == 0 and cell.part == place.part and cell.row == place.row
        if same_row and (place.column is None or cell.column is None or cell.column == place.column):
            yield index


def _hold(positions: Positions, found: Sequence[Count | None]) -> Check:
    identity, left, right, minus = positions
    wanted, given = _sum(left, found), _sum(right, found)
    taken = _sum(minus, found) if minus else 0
    if wanted is None or given is None or taken is None:
        return Check(identity, State.NOT_ASSESSABLE)
    given -= taken
    return Check(identity, State.HOLDS if wanted == given else State.FAILS, wanted, given)


def _sum(side: tuple[int, ...], found: Sequence[Count | None]) -> int | Fraction | None:
    total: int | Fraction = 0
    for index in side:
        value = found[index]
        if value is None:
            return None
        total += value if type(value) is int else Fraction(value)
    return total


def _editions(report: AnnualReport) -> tuple[str, str] | None:
    """The editions of tables two and three; None before 2019, when there was no national form."""
    requests = requests_edition(report)
    return ((report.edition or requests).key, requests.key) if requests else None


def assess(report: AnnualReport, doubts: Collection[Finding] = ()) -> tuple[Check, ...]:
    """I-1 to I-4 over one report."""
    editions = _editions(report)
    if editions is None:
        return ()
    found = _values(report, *editions)
    if doubts:
        _forget(found, _layout(*editions), doubts)
    return tuple([_hold(positions, found) for positions in _within(*editions)])


def assess_years(
    report: AnnualReport, previous: AnnualReport, doubts: Collection[Finding] = ()
) -> tuple[Check, ...]:
    """I-6 and I-8 over a report and the previous year's."""
    editions = _editions(report)
    if editions is None:
        return ()
    found = _values(report, *editions)
    if doubts:
        _forget(found, _layout(*editions), doubts)
    found += _values(previous, *editions)
    return tuple([_hold(positions, found) for positions in _across(*editions)])
