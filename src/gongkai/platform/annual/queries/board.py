"""The superior's board of a year: each organ's state, what was found, the difference to last year, who is late."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Q, TextField
from django.db.models.functions import Cast

from gongkai.law.reporting import report_due
from gongkai.platform.annual import receiving
from gongkai.platform.annual.errors import NotFound
from gongkai.platform.annual.models import Publication, Received, Report
from gongkai.platform.annual.queries import summing
from gongkai.platform.annual.receiving import Standing
from gongkai.platform.annual.terms import reporter_of
from gongkai.platform.documents import keeping
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.models import Person
from gongkai.platform.organs.queries import ListedOrgan
from gongkai.platform.organs.roles import RoleKind
from gongkai.report import exchange
from gongkai.report.aggregating.parts import same_name
from gongkai.report.model import AnnualReport

SEEING = frozenset({RoleKind.SUPERVISOR, RoleKind.DISCLOSURE_OFFICE, RoleKind.APPROVER})


class Row(NamedTuple):
    """One organ on the board, or one that is not on the platform and whose report was uploaded."""

    organ: ListedOrgan | None
    name: str
    state: str  # none、draft…（本机关编制中）、received、returned、accepted
    received: int | None
    report: int | None
    uploaded: bool
    told: str  # 尚未处理的发现，各几处：存的原文
    new_received: int | None
    new_before: int | None
    due: date | None
    late: bool
    earlier: int | None = None  # 新的一份待核对，此前已经接收的一份仍然计入

    @property
    def counts(self) -> Mapping[str, int]:
        """How many of each kind of finding are open."""
        return _counts(self.told)


@lru_cache(maxsize=1024)
def _counts(told: str) -> Mapping[str, int]:
    return MappingProxyType(json.loads(told))


@dataclass(frozen=True, slots=True)
class Own:
    """The report of the receiving organ itself on the year: the government's, or not yet."""

    report: int
    state: str
    summed: bool


@dataclass(frozen=True, slots=True)
class Board:
    """A year of everything that a superior receives."""

    year: int
    rows: tuple[Row, ...]
    own: Own | None = None

    @property
    def accepted(self) -> int:
        return sum(row.state == "accepted" for row in self.rows)


@dataclass(frozen=True, slots=True)
class Settled:
    """How one doubt or finding was settled: by whom, why, which cells were read otherwise."""

    finding: str
    said: str
    note: str
    cells: dict[str, str | None]
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReceivedView:
    """One received report: as read, as settled, its source."""

    id: int
    superior: int
    organ: int | None
    name: str
    year: int
    state: str
    reason: str
    file_name: str
    file_digest: str
    media_type: str
    settled: dict[str, Any]
    read: Any  # AnnualReport，按读取时
    standing: Standing
    report: int | None
    at: datetime
    moved_at: datetime
    by_hand: tuple[Settled, ...]
    may_settle: bool


def board(actor: Actor, superior_id: int, year: int, today: date) -> Board:
    """A constant number of statements, whatever the number of organs."""
    _may(actor, superior_id)
    listed = summing.scope(superior_id, year)
    both = Received.objects.filter(superior=superior_id, year__in=(year, year - 1)).exclude(state="dropped").order_by("id")
    rows = [Kept(*row) for row in both.values_list("id", "organ_id", "name", "year", "state", "report_id", "file_name", Cast("counts", TextField()), "new_received")]
    now, before = _Of(), _Of()
    for row in rows:
        if row.year == year or row.state == "accepted":
            (now if row.year == year else before).put(row)
    near = Q(organ=superior_id) | Q(organ__area_parent=superior_id) | Q(organ__system_parent=superior_id)  # 名单在其中；三百个序号写成条件，比查询本身还费
    begun = {organ: (state, pk, summed) for organ, state, pk, summed in Report.objects.filter(near, year=year).values_list("organ_id", "state", "id", "summed")}
    due = {place: due_of(each, year) for place, each in {(each.level, each.kind): each for each in listed}.items()}
    found = []
    for each in listed:
        state, report, _summed = begun.get(each.id, _NOT_BEGUN)
        found.append(_row(each, each.name, now.take(each), before.take(each), state, report, due[each.level, each.kind], today))
    others = sorted([*now.organ.values(), *now.name.values()], key=lambda own: own[-1].name)
    found += [_row(None, own[-1].name, own, before.like(own[-1]), own[-1].state, None, None, today) for own in others]
    mine = begun.get(superior_id)
    return Board(year, tuple(found), Own(mine[1], mine[0], mine[2]) if mine else None)


def own(actor: Actor, superior_id: int, year: int) -> Own | None:
    """The organ's own report of the year, if it was begun. One statement."""
    _may(actor, superior_id)
    found = Report.objects.filter(organ=superior_id, year=year).values_list("id", "state", "summed").first()
    return Own(*found) if found else None


class Kept(NamedTuple):
    """A received report as the board reads it."""

    id: int
    organ: int | None
    name: str
    year: int
    state: str
    report: int | None
    file_name: str
    counts: str
    new_received: int | None


_NOT_BEGUN = ("none", None, False)


@dataclass(frozen=True, slots=True)
class _Of:
    """What was received, by organ; of organs that are not on the platform by name."""

    organ: dict[int, list[Kept]] = field(default_factory=dict)
    name: dict[str, list[Kept]] = field(default_factory=dict)

    def put(self, row: Kept) -> None:
        if row.organ:
            self.organ.setdefault(row.organ, []).append(row)
        else:
            self.name.setdefault(same_name(row.name), []).append(row)

    def take(self, organ: ListedOrgan) -> list[Kept]:
        """The reports of an organ, whether it handed them in or they were uploaded under its name; each is listed once."""
        own = self.organ.pop(organ.id, [])
        named = self.name.pop(same_name(organ.name), None) if self.name else None
        return sorted([*own, *named], key=lambda row: row.id) if named else own

    def like(self, row: Kept) -> list[Kept]:
        return self.organ.get(row.organ, []) if row.organ else self.name.get(same_name(row.name), [])


def _row(organ: ListedOrgan | None, name: str, own: list[Kept], before: list[Kept], working: str, report: int | None, due: date | None, today: date) -> Row:
    row = own[-1] if own else None
    state = row.state if row else working
    earlier = next((each.id for each in reversed(own[:-1]) if each.state == "accepted"), None) if len(own) > 1 else None
    late = due is not None and today > due and state not in ("received", "accepted") and earlier is None
    last = before[-1].new_received if before else None
    if row is None:
        return Row(organ, name, state, None, report, False, "{}", None, last, due, late, earlier)
    return Row(organ, name, state, row.id, row.report, bool(row.file_name), row.counts, row.new_received, last, due, late, earlier)


def due_of(organ: ListedOrgan, year: int) -> date:
    """The statutory last day for the organ's report (条例第四十九条)."""
    return report_due(reporter_of(organ.kind, organ.level), year)


def received(actor: Actor, received_id: int) -> ReceivedView:
    """One received report, whole."""
    row = _row_of(actor, received_id)
    names = dict(Person.objects.filter(pk__in={told["by"] for told in row.settled.values()}).values_list("pk", "name")) if row.settled else {}
    by_hand = (
        Settled(key, told.get("said", ""), told["note"], told.get("cells", {}), names.get(told["by"], ""), datetime.fromisoformat(told["at"]))
        for key, told in row.settled.items()
    )
    return ReceivedView(
        row.pk, row.superior_id, row.organ_id, row.name, row.year, row.state, row.reason, row.file_name, row.file_digest, row.media_type, row.settled,
        exchange.from_dict(row.data).report, receiving.standing(row.data, row.settled, previous_of(row)), row.report_id, row.at, row.moved_at,
        tuple(sorted(by_hand, key=lambda each: each.at)), RoleKind.SUPERVISOR in actor.kinds(row.superior_id),
    )  # fmt: skip


def source(actor: Actor, received_id: int) -> tuple[str, bytes]:
    """The file as it was uploaded, and its name."""
    row = _row_of(actor, received_id)
    if not row.file_digest:
        raise NotFound
    return row.file_name, keeping.take(Path(settings.FILES), row.file_digest)


def previous_of(row: Received) -> AnnualReport | None:
    """Last year's: as accepted by the same superior, or as published on the platform."""
    same = Q(name=row.name) | Q(organ=row.organ_id) if row.organ_id else Q(name=row.name)
    before = Received.objects.filter(same, superior=row.superior_id, year=row.year - 1, state="accepted").order_by("-id").first()
    if before is not None:
        return receiving.read(before.data, before.settled).report
    found = Publication.objects.filter(organ=row.organ_id, year=row.year - 1).order_by("-version").first() if row.organ_id else None
    return exchange.from_dict(found.data).report if found is not None else None


def _row_of(actor: Actor, received_id: int) -> Received:
    row = Received.objects.filter(pk=received_id).first()
    if row is None or not actor.kinds(row.superior_id) & SEEING:
        raise NotFound
    return row


def _may(actor: Actor, superior_id: int) -> None:
    if not actor.kinds(superior_id) & SEEING:
        raise NotFound
