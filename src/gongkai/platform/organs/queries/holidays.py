"""The calendars of this installation, as the administrator sees them: which years are known, from where, and what was entered here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from gongkai.law.notices import packaged, packaged_names
from gongkai.platform.organs import calendars
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.errors import NotAllowed
from gongkai.platform.organs.models import Batch, Holiday, Organ

SHOWN = 30


@dataclass(frozen=True, slots=True)
class CalendarView:
    """One calendar: its years, and how many organs count by it."""

    name: str
    known: tuple[int, ...]
    packaged: tuple[int, ...]
    organs: int


@dataclass(frozen=True, slots=True)
class HolidayView:
    """One day entered here."""

    on: date
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class NoticeView:
    """One notice entered here, or waiting to be confirmed."""

    id: int
    name: str
    source: str
    calendars: tuple[str, ...]
    days: tuple[HolidayView, ...]
    rows: int
    at: datetime
    by: str
    mine: bool
    state: str  # open、done、dropped、withdrawn


def working_calendars(actor: Actor) -> tuple[CalendarView, ...]:
    """Every calendar with its years."""
    _administering(actor)
    counting = dict(Organ.objects.filter(active=True).values_list("calendar").annotate(n=Count("pk")).order_by())
    given = packaged_names()
    return tuple(
        CalendarView(
            name, tuple(sorted(calendars.exact(name).known)), _years(entry.on for entry in packaged(name)) if name in given else (), counting.get(name, 0)
        )
        for name in calendars.names()
    )


def notices(actor: Actor) -> tuple[NoticeView, ...]:
    """The notices entered here, and one's own that wait; newest first."""
    _administering(actor)
    found = Batch.objects.filter(Q(state="done") | Q(state="open", by_id=actor.person), kind="holidays").select_related("by").order_by("-at")[:SHOWN]
    return tuple(_seen(each, actor) for each in found.prefetch_related("holidays"))


def notice(actor: Actor, batch_id: int) -> NoticeView | None:
    """One of them."""
    _administering(actor)
    found = Batch.objects.filter(Q(state="done") | Q(by_id=actor.person), pk=batch_id, kind="holidays").select_related("by").first()
    return _seen(found, actor) if found else None


def _seen(batch: Batch, actor: Actor) -> NoticeView:
    rows: list[Holiday] = sorted(batch.holidays.all(), key=lambda each: each.on)
    withdrawn = bool(rows) and all(each.withdrawn_at is not None for each in rows)
    told = batch.summary if batch.state == "done" else {"calendars": sorted({row[0] for row in batch.rows}), "source": "、".join(sorted({row[4] for row in batch.rows}))}
    return NoticeView(
        batch.pk, batch.name, str(told.get("source", "")), tuple(told.get("calendars", ())), tuple(HolidayView(each.on, each.kind, each.name) for each in rows),
        len(rows) or len(batch.rows), batch.done_at or batch.at, batch.by.name, batch.by_id == actor.person, "withdrawn" if withdrawn else batch.state,
    )  # fmt: skip


def _years(days: Iterable[date]) -> tuple[int, ...]:
    return tuple(sorted({on.year for on in days}))


def _administering(actor: Actor) -> None:
    if not actor.administers:
        raise NotAllowed("只有系统管理员可以录入放假通知。", "Only an administrator enters holiday notices.")
