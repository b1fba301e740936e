"""The superior's board of a year: each organ's state, what was found, the difference to last year, who is late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Q

from gongkai.law.reporting import Reporter, report_due
from gongkai.platform.annual import receiving
from gongkai.platform.annual.errors import NotFound
from gongkai.platform.annual.models import Publication, Received, Report
from gongkai.platform.annual.queries import summing
from gongkai.platform.annual.receiving import Standing
from gongkai.platform.documents import keeping
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.models import Level, OrganKind, Person
from gongkai.platform.organs.queries import ListedOrgan
from gongkai.platform.organs.roles import RoleKind
from gongkai.report import exchange
from gongkai.report.aggregating.parts import same_name
from gongkai.report.model import AnnualReport

SEEING = frozenset({RoleKind.SUPERVISOR, RoleKind.DISCLOSURE_OFFICE, RoleKind.APPROVER})


@dataclass(frozen=True, slots=True)
class Row:
    """One organ on the board, or one that is not on the platform and whose report was uploaded."""

    organ: ListedOrgan | None
    name: str
    state: str  # none、draft…（本机关编制中）、received、returned、accepted
    received: int | None
    report: int | None
    uploaded: bool
    counts: dict[str, int]
    new_received: int | None
    new_before: int | None
    due: date | None
    late: bool
    earlier: int | None = None  # 新的一份待核对，此前已经接收的一份仍然计入


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
    found_rows = Received.objects.filter(superior=superior_id, year__in=(year, year - 1)).exclude(state="dropped").order_by("id")
    rows: list[Kept] = [dict(row) for row in found_rows.values("id", "organ_id", "name", "year", "state", "report_id", "file_name", "counts", "new_received")]
    now, before = _by_organ(row for row in rows if row["year"] == year), _by_organ(row for row in rows if row["year"] == year - 1 and row["state"] == "accepted")
    wanted = [superior_id, *(each.id for each in listed)]
    begun = {organ: (state, pk, summed) for organ, *(state, pk, summed) in Report.objects.filter(year=year, organ__in=wanted).values_list("organ_id", "state", "id", "summed")}
    found = []
    for each in listed:
        state, report, _summed = begun.get(each.id, ("none", None, False))
        found.append(_row(each, each.name, _taken(now, each), _taken(before, each), state, report, year, today))
    others = sorted(now.values(), key=lambda own: str(own[-1]["name"]))
    found += [_row(None, own[-1]["name"], own, before.get(_key(own[-1]), []), own[-1]["state"], None, year, today) for own in others]
    mine = begun.get(superior_id)
    return Board(year, tuple(found), Own(mine[1], mine[0], mine[2]) if mine else None)


def own(actor: Actor, superior_id: int, year: int) -> Own | None:
    """The organ's own report of the year, if it was begun. One statement."""
    _may(actor, superior_id)
    found = Report.objects.filter(organ=superior_id, year=year).values_list("id", "state", "summed").first()
    return Own(*found) if found else None


Kept = dict[str, Any]


def _key(row: Kept) -> str:
    return f"#{row['organ_id']}" if row["organ_id"] else same_name(row["name"])


def _by_organ(rows: Iterable[Kept]) -> dict[str, list[Kept]]:
    found: dict[str, list[Kept]] = {}
    for row in rows:
        found.setdefault(_key(row), []).append(row)
    return found


def _taken(rows: dict[str, list[Kept]], organ: ListedOrgan) -> list[Kept]:
    """The reports of an organ, whether it handed them in or they were uploaded under its name; each is listed once."""
    return sorted([*rows.pop(f"#{organ.id}", ()), *rows.pop(same_name(organ.name), ())], key=lambda row: int(row["id"]))


def _row(organ: ListedOrgan | None, name: str, own: list[Kept], before: list[Kept], working: str, report: int | None, year: int, today: date) -> Row:
    row = own[-1] if own else None
    due = due_of(organ, year) if organ is not None else None
    state = row["state"] if row else working
    earlier = next((each["id"] for each in reversed(own[:-1]) if each["state"] == "accepted"), None)
    return Row(
        organ, name, state, row["id"] if row else None, row["report_id"] if row else report, bool(row and row["file_name"]), row["counts"] if row else {},
        row["new_received"] if row else None, before[-1]["new_received"] if before else None, due,
        due is not None and today > due and state not in ("received", "accepted") and earlier is None, earlier,
    )  # fmt: skip


def due_of(organ: ListedOrgan, year: int) -> date:
    """The statutory last day for the organ's report (条例第四十九条); townships as the project's reading has it."""
    if organ.level == Level.TOWNSHIP:
        return report_due(Reporter.TOWNSHIP, year)
    return report_due(Reporter.GOVERNMENT if organ.kind == OrganKind.GOVERNMENT else Reporter.DEPARTMENT, year)


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
