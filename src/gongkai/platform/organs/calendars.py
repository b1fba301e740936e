"""Working calendars by name: the packaged notices, and those entered on this installation on top (organs.actions.holidays).

`exact` asks the database whether a notice was entered meanwhile: every action counts by it. `named` asks again only after a few seconds,
so that a public page costs no statement more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from time import monotonic

from django.db import connection
from django.db.models import TextField
from django.db.models.expressions import RawSQL
from django.utils import timezone

from gongkai.law.calendar import Calendar, calendar
from gongkai.law.notices import NATIONAL, Entry, Kind, packaged_names

FRESH = 5.0  # 秒
_ASK = (
    "SELECT coalesce(md5(string_agg(id || ' ' || calendar || ' ' || \"on\" || ' ' || kind, ',' ORDER BY id)), '') "
    "FROM organs_holiday WHERE withdrawn_at IS NULL"
)


def local(at: datetime) -> datetime:
    """The moment at the seat of the organs, whatever zone it came in."""
    return timezone.localtime(at, timezone.get_default_timezone())


def local_day(at: datetime) -> date:
    """The day at the seat of the organs, whatever zone the moment came in."""
    return local(at).date()


@dataclass(frozen=True, slots=True)
class _Known:
    """What this process knows of the notices entered here, and when it asked."""

    mark: str = ""
    entries: tuple[Entry, ...] = ()
    asked: float = float("-inf")


class _Kept:
    known = _Known()
    made: dict[str, Calendar] = {}  # noqa: RUF012 - 随 known 更换


def named(name: str) -> Calendar:
    """The calendar that an organ names, as known a few seconds ago; the national one where the name is unknown to this installation."""
    if stale():
        refresh()
    return _made(name)


def exact(name: str) -> Calendar:
    """The calendar that an organ names, with every notice entered up to now. One statement."""
    refresh()
    return _made(name)


def names() -> tuple[str, ...]:
    """The calendars that an organ may name: packaged, or entered here."""
    if stale():
        refresh()
    return tuple(sorted({*packaged_names(), *(entry.calendar for entry in _Kept.known.entries)}))


def stale() -> bool:
    """Whether what this process knows is older than a few seconds."""
    return monotonic() - _Kept.known.asked > FRESH


def mark() -> RawSQL:
    """What tells one state of the notices from another, for a statement that is asked anyway; its answer goes to `heard`."""
    return RawSQL(_ASK, (), TextField())


def refresh() -> None:
    """Ask whether the notices entered here have changed, and read them if so."""
    with connection.cursor() as cursor:
        cursor.execute(_ASK)
        heard(str(cursor.fetchone()[0]))


def heard(mark: str) -> None:
    """The mark as it is now: the notices are read where it is another."""
    from .models import Holiday

    known = _Kept.known
    if mark == known.mark:
        _Kept.known = _Known(mark, known.entries, monotonic())
        return
    rows = Holiday.objects.filter(withdrawn_at__isnull=True).order_by("pk")
    entries = tuple(Entry(each.on, Kind(each.kind), each.name, each.calendar, each.source) for each in rows)
    _Kept.known, _Kept.made = _Known(mark, entries, monotonic()), {}


def forget() -> None:
    """Know nothing, as a process that has just begun."""
    _Kept.known, _Kept.made = _Known(), {}


def _made(name: str) -> Calendar:
    made = _Kept.made
    if name not in made:
        entries = _Kept.known.entries
        offered = name in packaged_names() or any(entry.calendar == name for entry in entries)
        made[name] = calendar(name if offered else NATIONAL, entries)
    return made[name]
