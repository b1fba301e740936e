"""Requests and remedies counted into the tables of sections 三 and 四 (年度报告格式表三、表四), with what stands behind every figure.

One rule for each request: it is in the row of what came in (new or carried over), and in exactly one row of what became of it
(an outcome, or carried forward). So the identities of the form hold by construction. See docs/decisions/cases-counting.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from gongkai.law import replies
from gongkai.law.editions import Applicant, Edition, Remedy, Result, RowRole
from gongkai.law.outcomes import BY_KEY as OUTCOMES

from .identities import REMEDIES, REQUESTS, At
from .model import AnnualReport, Count, Row

KINDS = tuple(kind for kind in Applicant if kind is not Applicant.TOTAL)
RESULTS = tuple(result for result in Result if result is not Result.TOTAL)
WITHIN_2019, WITHIN_2021 = "other", "other_misc"  # 另一版没有的结果项，各自计入“其他处理”“其他”


@dataclass(frozen=True, slots=True)
class Counted:
    """A request as the table counts it: when it was received, when and how it ended. One without a day of receipt is not counted."""

    id: int
    applicant: Applicant
    received_on: date
    ended_on: date | None = None
    reply: str = ""  # gongkai.law.replies 的键；没有时以 outcome 为准
    outcome: str = ""  # 表三的结果项


@dataclass(frozen=True, slots=True)
class CountedRemedy:
    """A reconsideration or a lawsuit as the table counts it."""

    id: int
    remedy: Remedy
    filed_on: date
    ended_on: date | None = None
    result: Result = Result.PENDING


@dataclass(frozen=True, slots=True)
class Bunch:
    """Requests that the table cannot tell apart, with their number: what a database groups. `ids`, where told, are as many."""

    applicant: Applicant
    received: int  # 收到申请的年度
    ended: int | None
    reply: str = ""
    outcome: str = ""
    count: int = 1
    ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RemedyBunch:
    """Remedies that the table cannot tell apart, with their number. `ids`, where told, are as many."""

    remedy: Remedy
    filed: int
    ended: int | None
    result: Result = Result.PENDING
    count: int = 1
    ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of sections 三 and 四 of a year, as values of report.model; `behind` has the ids of every cell that is not zero."""

    year: int
    edition: Edition
    applications: Mapping[str, Row]
    remedies: Mapping[Remedy, Mapping[Result, Count | None]]
    behind: Mapping[At, tuple[int, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def ids(self, at: At) -> tuple[int, ...]:
        """What stands behind a cell; its length is the figure."""
        return self.behind.get(at, ())

    def report(self, organ: str | None = None) -> AnnualReport:
        """A report that has these two tables and nothing else."""
        return AnnualReport(organ, None, self.year, self.edition, applications=self.applications, remedies=self.remedies)


def leaf(edition: Edition, reply: str = "", outcome: str = "") -> str:
    """The row of an edition in which a way of ending is counted; an outcome that the edition lacks goes into its row for others."""
    if reply:
        return replies.BY_KEY[reply].leaf(edition.key).key
    if edition.key in OUTCOMES[outcome].editions:
        return outcome
    return WITHIN_2019 if edition.key in OUTCOMES[WITHIN_2019].editions else WITHIN_2021


def rows_of(received: int, ended: int | None, row: str, year: int) -> tuple[str, ...]:
    """The rows of a year in which a request stands: none, or one of what came in with those of what became of it."""
    if ended is not None and ended < received:
        raise ValueError(f"a request received in {received} cannot have ended in {ended}")
    if received > year or (ended is not None and ended < year):
        return ()
    came = RowRole.NEW if received == year else RowRole.CARRIED_OVER
    if ended == year:
        return (came.value, row, RowRole.TOTAL.value)
    return (came.value, RowRole.CARRIED_FORWARD.value)


def result_of(filed: int, ended: int | None, result: Result, year: int) -> Result | None:
    """The column of a year in which a remedy stands; None where it was not yet filed, or had ended before."""
    if filed > year or (ended is not None and ended < year):
        return None
    return result if ended == year else Result.PENDING


def places(request: Counted, year: int, edition: Edition) -> tuple[At, ...]:
    """Every cell of the table of section 三 that counts this request."""
    ended = request.ended_on
    row = leaf(edition, request.reply, request.outcome) if ended is not None else ""
    found = rows_of(request.received_on.year, ended.year if ended else None, row, year)
    return tuple(At(REQUESTS, name, kind.value) for name in found for kind in (request.applicant, Applicant.TOTAL))


def remedy_places(remedy: CountedRemedy, year: int) -> tuple[At, ...]:
    """Every cell of the table of section 四 that counts this remedy."""
    found = result_of(remedy.filed_on.year, remedy.ended_on.year if remedy.ended_on else None, remedy.result, year)
    return tuple(At(REMEDIES, remedy.remedy.value, each.value) for each in (found, Result.TOTAL)) if found else ()


def tally(requests: Iterable[Counted], remedies: Iterable[CountedRemedy], year: int, edition: Edition) -> Tables:
    """A year's tables with the ids behind every figure, in the order in which they were given."""
    behind: dict[At, list[int]] = {}
    for request in requests:
        for at in places(request, year, edition):
            behind.setdefault(at, []).append(request.id)
    for remedy in remedies:
        for at in remedy_places(remedy, year):
            behind.setdefault(at, []).append(remedy.id)
    figures = {at: len(ids) for at, ids in behind.items()}
    return _tables(figures, year, edition, MappingProxyType({at: tuple(ids) for at, ids in behind.items()}))


def total(requests: Iterable[Bunch], remedies: Iterable[RemedyBunch], year: int, edition: Edition) -> Tables:
    """A year's tables from what a database has grouped; with the ids behind every figure where the bunches have them."""
    figures: dict[At, int] = {}
    behind: dict[At, list[int]] = {}
    for at, count, ids in _figures(requests, remedies, year, edition):
        figures[at] = figures.get(at, 0) + count
        if ids:
            behind.setdefault(at, []).extend(ids)
    return _tables(figures, year, edition, MappingProxyType({at: tuple(sorted(ids)) for at, ids in behind.items()}))


def _figures(requests: Iterable[Bunch], remedies: Iterable[RemedyBunch], year: int, edition: Edition) -> Iterator[tuple[At, int, tuple[int, ...]]]:
    for bunch in requests:
        row = leaf(edition, bunch.reply, bunch.outcome) if bunch.ended is not None else ""
        for name in rows_of(bunch.received, bunch.ended, row, year):
            yield At(REQUESTS, name, bunch.applicant.value), bunch.count, bunch.ids
            yield At(REQUESTS, name, Applicant.TOTAL.value), bunch.count, bunch.ids
    for each in remedies:
        if (result := result_of(each.filed, each.ended, each.result, year)) is not None:
            yield At(REMEDIES, each.remedy.value, result.value), each.count, each.ids
            yield At(REMEDIES, each.remedy.value, Result.TOTAL.value), each.count, each.ids


def _tables(figures: Mapping[At, int], year: int, edition: Edition, behind: Mapping[At, tuple[int, ...]]) -> Tables:
    applications = {row.key: tuple(figures.get(At(REQUESTS, row.key, kind.value), 0) for kind in Applicant) for row in edition.requests}
    remedies = {block: MappingProxyType({result: figures.get(At(REMEDIES, block.value, result.value), 0) for result in Result}) for block in Remedy}
    return Tables(year, edition, MappingProxyType(applications), MappingProxyType(remedies), behind)
