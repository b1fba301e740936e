"""The government's own report: its own year plus the accepted reports of the organs in its scope, cell by cell (条例第四十九条第二款).

The scope is every organ that stands under it, and every other whose report it accepted, less those left out with a reason.
Requests that moved between organs are counted where they were handled: the organ that gave one away has it in no row.
One that moved after the giver's report was made is in both, or in neither: it is named, and stops the total.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from gongkai.law.editions import BY_KEY, Edition
from gongkai.law.findings import Finding
from gongkai.platform.annual import receiving
from gongkai.platform.annual.compiling import Behind
from gongkai.platform.annual.errors import NotFound, NotNow
from gongkai.platform.annual.models import Received, Report
from gongkai.platform.annual.queries.compiling import of_records, title_of
from gongkai.platform.annual.states import READING
from gongkai.platform.annual.stored import behind_to_plain, key_of
from gongkai.platform.cases.queries import counted
from gongkai.platform.organs import queries as organs
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.queries import ListedOrgan
from gongkai.report.aggregate import Aggregate, CannotAdd, Part, aggregate
from gongkai.report.aggregating.parts import same_name
from gongkai.report.identities import At
from gongkai.report.tables import Presence, line, places
from gongkai.report.words import fee_statement
from gongkai.report.words.claims import Claim

OWN = 0  # 本机关的一份


@dataclass(frozen=True, slots=True)
class Declared:
    """汇总范围: which organs are left out of it, and why."""

    left_out: tuple[str, ...] = ()
    reason: str = ""

    def without(self, name: str) -> bool:
        return same_name(name) in {same_name(each) for each in self.left_out}


@dataclass(frozen=True, slots=True)
class Moved:
    """Requests that one organ moved to another after a report was made, so that both count them, or neither."""

    giver: str
    taker: str
    times: int  # 2：两份都计了；0：都没有计
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summed:
    """The total with what it was added up from: each received report by its id, 0 for the organ's own year."""

    total: Aggregate
    parts: tuple[tuple[int, Part], ...]
    own: Mapping[At, Behind] = field(default_factory=dict)
    moved: tuple[Moved, ...] = ()

    @property
    def plain(self) -> dict[str, Any]:
        """What is behind each cell: the parts that have a figure there, those that are blank, and what the organ's own figure counts."""
        own, found = behind_to_plain(self.own), {}
        edition = self.total.report.edition
        lines = [(pk, line(part.report, edition, edition)) for pk, part in self.parts] if edition else []
        for place, at in enumerate(places(edition, edition)):
            said = [(pk, each[place]) for pk, each in lines]
            given = [(pk, each.value) for pk, each in said if each.value]
            blank = [pk for (pk, each), (_, part) in zip(said, self.parts, strict=True) if each.presence is not Presence.NUMBER or part.doubtful(at)]
            key = key_of(at)
            if given or blank:
                found[key] = {"source": "organs", "ids": [pk for pk, _ in given], "values": [str(value) for _, value in given], "blank": blank, "counted": None, "entered": None}
                if key in own:
                    found[key]["own"] = own[key]
        return found

    @property
    def told(self) -> dict[str, Any]:
        """What was added up and what was not, as it is kept with the report."""
        return {
            "parts": [{"id": pk, "organ": part.report.organ, "sha256": part.sha256, "includes": list(part.includes)} for pk, part in self.parts],
            "missing": list(self.total.coverage.missing), "findings": [{"code": each.code, "severity": each.severity.value, "zh": each.sentence("zh"), "en": each.sentence("en")} for each in self.findings],
            "fee": None if self.untold else str(sum((told.value for _, told in self.fees if told is not None), Decimal(0))), "untold": list(self.untold),
            "moved": [{"giver": each.giver, "taker": each.taker, "times": each.times, "numbers": list(each.numbers)} for each in self.moved],
        }  # fmt: skip

    @property
    def fees(self) -> tuple[tuple[str, Claim | None], ...]:
        """What each of the accepted reports says of processing fees."""
        return tuple((part.name, fee_statement(part.report.sections)) for pk, part in self.parts if pk != OWN)

    @property
    def untold(self) -> tuple[str, ...]:
        """The organs whose reports say nothing of them: the sum of the fees is not known."""
        return tuple(name for name, told in self.fees if told is None)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What addition found; who is missing is told by the scope itself."""
        return tuple(each for each in self.total.findings if each.code not in _SAID)


_SAID = frozenset({"aggregate.missing", "aggregate.beyond_scope", "aggregate.own_part"})


@dataclass(frozen=True, slots=True)
class Member:
    """An organ of the scope: its accepted report, or where the report is instead."""

    organ: int | None
    name: str
    accepted: int | None  # 计入的一份
    waiting: int | None  # 已收到、还没有接收的一份
    state: str  # accepted、received、returned、none
    left_out: bool
    at: datetime | None

    @property
    def missing(self) -> bool:
        return self.accepted is None and not self.left_out


def scope(superior_id: int, year: int | None = None) -> tuple[ListedOrgan, ...]:
    """The organs whose reports belong into the government's: those that it supervises, by area or by system, in being at the end of the year. One statement."""
    return tuple(each for each in organs.listed_supervised_by(superior_id) if each.active or (year is not None and each.closed_on is not None and each.closed_on.year > year))


def members(superior_id: int, year: int, declared: Declared) -> tuple[Member, ...]:
    """Every organ of the scope, in its order; then those whose report came though they are on no list. Two statements."""
    return _members(scope(superior_id, year), list(_received(superior_id, year).only("organ_id", "name", "state", "moved_at")), declared)


def _received(superior_id: int, year: int) -> QuerySet[Received]:
    return Received.objects.filter(superior=superior_id, year=year).exclude(state="dropped").order_by("id")


def _members(listed: Iterable[ListedOrgan], rows: Sequence[Received], declared: Declared) -> tuple[Member, ...]:
    by_organ, by_name = dict[int, list[Received]](), dict[str, list[Received]]()
    for row in rows:
        (by_organ.setdefault(row.organ_id, []) if row.organ_id else by_name.setdefault(same_name(row.name), [])).append(row)
    found = []
    for each in listed:
        own = [*by_organ.pop(each.id, ()), *by_name.pop(same_name(each.name), ())]
        found.append(_member(each.id, each.name, sorted(own, key=lambda row: row.pk), declared))
    others = [*by_organ.values(), *by_name.values()]
    return (*found, *sorted((_member(own[-1].organ_id, own[-1].name, own, declared) for own in others), key=lambda each: each.name))


def _member(organ: int | None, name: str, rows: Sequence[Received], declared: Declared) -> Member:
    accepted = next((row.pk for row in reversed(rows) if row.state == "accepted"), None)
    waiting = next((row.pk for row in reversed(rows) if row.state == "received"), None)
    last = rows[-1] if rows else None
    return Member(organ, name, accepted, waiting, "accepted" if accepted else last.state if last else "none", declared.without(name), last.moved_at if last else None)


def summed(actor: Actor, superior_id: int, year: int, edition: Edition, declared: Declared | None = None) -> Summed:
    """Own plus accepted, by declared scope."""
    if not actor.machine and not actor.kinds(superior_id) & READING:
        raise NotFound
    return added(organs.organ_by_id(superior_id).name, superior_id, year, edition, declared or Declared())


def of_report(report: Report, *, covering: bool = True) -> Summed:
    """The same for a report that is the government's, as everything stands now."""
    told = getattr(report, "accepted", None)
    rows = None if told is None or covering else [Received(state="accepted", **each) for each in told]
    return added(report.organ.name, report.organ_id, report.year, BY_KEY[report.edition], declared_of(report), rows, covering=covering)


def with_accepted() -> dict[str, ArraySubquery]:
    """For a query of reports: what a sum adds to them, in the same statement; nothing for an organ's own."""
    one = {"superior__annual_reports": OuterRef("pk"), "superior__annual_reports__summed": True}
    rows = Received.objects.filter(year=OuterRef("year"), state="accepted", **one)
    plain = JSONObject(**{name: name for name in ("id", "organ_id", "name", "file_name", "file_digest", "data", "settled")})
    return {"accepted": ArraySubquery(rows.order_by("id").values(plain=plain))}


def declared_of(report: Report) -> Declared:
    told = report.summing or {}
    return Declared(tuple(told.get("left_out", ())), str(told.get("reason", "")))


def added(
    organ: str, superior_id: int, year: int, edition: Edition, declared: Declared, given: Sequence[Received] | None = None, *, covering: bool = True
) -> Summed:  # fmt: skip
    """Seven statements, whatever the number of organs; four where the accepted reports are given and it is not asked whether the scope is covered."""
    compiled = of_records(organ, superior_id, year, edition)
    rows = {row.pk: row for row in (_received(superior_id, year).select_related("report").defer(*_LARGE) if given is None else given)}
    within = [each for each in _members(scope(superior_id, year) if covering else (), list(rows.values()), declared) if not each.left_out]
    own = replace(compiled.report, organ=f"{organ}（本机关）")
    counted_in = {each.accepted: rows[each.accepted] for each in within if each.accepted}
    parts: list[tuple[int, Part]] = [(OWN, Part(own))]
    parts += [(each.accepted, _part(rows[each.accepted], each.name, year)) for each in within if each.accepted]
    try:
        total = aggregate(
            [part for _, part in parts], organ=organ, year=year, scope=[str(own.organ), *(each.name for each in within)], other_to_misc=edition.key == "2021"
        )  # fmt: skip
    except CannotAdd as refused:
        raise NotNow(str(refused), getattr(refused, "en", "")) from refused
    report = replace(total.report, organ=organ, title=title_of(organ, year), year=year, edition=edition)
    return Summed(replace(total, report=report), tuple(parts), compiled.behind, _moved(organ, superior_id, counted_in, year) if covering else ())


_LARGE = ("report__prose", "report__tables", "report__behind", "report__frozen", "report__explanations")


def _part(row: Received, name: str, year: int) -> Part:
    read = receiving.read(row.data, row.settled)
    includes = tuple(each["organ"] for each in (row.report.summing or {}).get("parts", ()) if each["id"] != OWN) if row.report is not None and row.report.summed else ()
    return Part(replace(read.report, organ=name, year=year), read.doubts, row.file_name or None, row.file_digest or None, includes)


def _moved(organ: str, superior_id: int, rows: Mapping[int, Received], year: int) -> tuple[Moved, ...]:
    """Requests that were moved between the making of two reports. One statement."""
    names, made = {superior_id: organ}, dict[int, datetime]()  # 本机关的一份现在汇编
    for row in rows.values():
        if row.report is not None and row.organ_id is not None:
            told = row.report.compiled_at
            names[row.organ_id], made[row.organ_id] = row.name, told if told is not None and told <= row.at else row.at
    found: dict[tuple[int, int, int], list[str]] = {}
    for giver, taker, on, number in counted.moved_among(names.keys(), year):
        times = (giver in made and made[giver] < on) + (taker not in made or made[taker] >= on)
        if times != 1:
            found.setdefault((giver, taker, times), []).append(number)
    return tuple(Moved(names[giver], names[taker], times, tuple(sorted(numbers))) for (giver, taker, times), numbers in found.items())


def moved_since(report: Report) -> int:
    """How many reports were accepted, or replaced, since the tables were compiled. One statement."""
    if not report.summed or report.compiled_at is None:
        return 0
    return Received.objects.filter(superior=report.organ_id, year=report.year, state="accepted", moved_at__gt=report.compiled_at).count()
