"""The superior's board of a year: each organ's state, what was found, the difference to last year, who is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.law.reporting import Reporter, report_due
from gongkai.platform.annual import receiving
from gongkai.platform.annual.errors import NotFound
from gongkai.platform.annual.models import Received, Report
from gongkai.platform.annual.queries import summing
from gongkai.platform.annual.receiving import Standing
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.models import Level, OrganKind
from gongkai.platform.organs.queries import OrganView
from gongkai.platform.organs.roles import RoleKind
from gongkai.report import exchange

NEW = ("applications", "new_received", 6)  # 板上与上年对比的数：本年新收总计


@dataclass(frozen=True, slots=True)
class Row:
    """One organ on the board, or one that is not on the platform and whose report was uploaded."""

    organ: OrganView | None
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


@dataclass(frozen=True, slots=True)
class Board:
    """A year of everything that a superior receives."""

    year: int
    rows: tuple[Row, ...]

    @property
    def accepted(self) -> int:
        return sum(row.state == "accepted" for row in self.rows)


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


def board(actor: Actor, superior_id: int, year: int, today: date) -> Board:
    """A constant number of statements, whatever the number of organs."""
    _may(actor, superior_id)
    own = summing.scope(superior_id)
    rows = list(
        Received.objects.filter(superior=superior_id, year__in=(year, year - 1)).exclude(state="dropped").order_by("id")
        .values("id", "organ_id", "name", "year", "state", "report_id", "file_name", "counts", new=_json(NEW[1]))
    )  # fmt: skip
    now: dict[str, dict[str, Any]] = {row["name"]: dict(row) for row in rows if row["year"] == year}
    before = {row["name"]: row["new"] for row in rows if row["year"] == year - 1 and row["state"] == "accepted"}
    working = dict(Report.objects.filter(year=year, organ__in=[each.id for each in own]).values_list("organ_id", "state"))
    reports = dict(Report.objects.filter(year=year, organ__in=[each.id for each in own]).values_list("organ_id", "id"))
    found = [_row(each, each.name, now.pop(each.name, None), before, working.get(each.id, "none"), reports.get(each.id), year, today) for each in own]
    found += [_row(None, name, row, before, row["state"], None, year, today) for name, row in sorted(now.items())]
    return Board(year, tuple(found))


def _row(organ: OrganView | None, name: str, row: dict[str, Any] | None, before: dict[str, Any], working: str, report: int | None, year: int, today: date) -> Row:
    due = due_of(organ, year) if organ is not None else None
    state = row["state"] if row else working
    new = row["new"] if row else None
    return Row(
        organ, name, state, row["id"] if row else None, row["report_id"] if row else report, bool(row and row["file_name"]), row["counts"] if row else {},
        new, before.get(name), due, due is not None and today > due and state not in ("received", "accepted"),
    )  # fmt: skip


def due_of(organ: OrganView, year: int) -> date:
    """The statutory last day for the organ's report (条例第四十九条); townships as the project's reading has it."""
    if organ.level == Level.TOWNSHIP:
        return report_due(Reporter.TOWNSHIP, year)
    return report_due(Reporter.GOVERNMENT if organ.kind == OrganKind.GOVERNMENT else Reporter.DEPARTMENT, year)


def received(actor: Actor, received_id: int) -> ReceivedView:
    """One received report, whole."""
    row = Received.objects.filter(pk=received_id).first()
    if row is None or not actor.kinds(row.superior_id) & {RoleKind.SUPERVISOR, RoleKind.DISCLOSURE_OFFICE, RoleKind.APPROVER}:
        raise NotFound
    read = exchange.from_dict(row.data)
    return ReceivedView(
        row.pk, row.superior_id, row.organ_id, row.name, row.year, row.state, row.reason, row.file_name, row.file_digest, row.media_type, row.settled,
        read.report, receiving.standing(row.data, row.settled), row.report_id,
    )  # fmt: skip


def _json(row: str) -> Any:
    from django.db.models import IntegerField
    from django.db.models.fields.json import KT
    from django.db.models.functions import Cast

    return Cast(KT(f"data__{NEW[0]}__{row}__{NEW[2]}"), IntegerField())


def _may(actor: Actor, superior_id: int) -> None:
    if not actor.kinds(superior_id) & {RoleKind.SUPERVISOR, RoleKind.DISCLOSURE_OFFICE, RoleKind.APPROVER}:
        raise NotFound
