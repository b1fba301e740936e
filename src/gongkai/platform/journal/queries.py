"""What pages read of the journal. Who may read which chain is decided above, where people and organs are known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from gongkai.platform.pages.paging import CAP, Page, span, within

from .models import ADMINISTRATION, Entry
from .verbs import called

if TYPE_CHECKING:
    from django.db.models import QuerySet

PAGE = 50


@dataclass(frozen=True, slots=True)
class Told:
    """One entry as a page shows it."""

    chain: int
    number: int
    at: datetime
    person: int | None
    name: str
    role: str
    verb: str
    said: str
    subject: str
    changes: dict[str, object]
    reason: str
    digest: str


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for; empty means everything. Without a chain: the platform's own, and the administration of organs."""

    chain: int | None = None
    name: str = ""
    verb: str = ""
    since: date | None = None
    until: date | None = None
    subject: str = ""


def entries(sought: Sought, page: int = 1) -> Page[Told]:
    """A page of the entries that are looked for, newest first."""
    found = _found(sought)
    total = found.order_by()[: CAP + 1].count()
    number = within(page, min(total, CAP), PAGE)
    return Page(tuple(map(_told, found[span(number, PAGE)])), min(total, CAP), number, PAGE, total > CAP)


def every_entry(sought: Sought) -> Iterator[Told]:
    """All of them, newest first, a few at a time: for the export."""
    return map(_told, _found(sought).iterator(2000))


def entries_of(subject: str) -> tuple[Told, ...]:
    """What the journal tells of one thing, oldest first."""
    return tuple(map(_told, Entry.objects.filter(subject=subject).order_by("id")))


def verbs_in(sought: Sought) -> tuple[tuple[str, str], ...]:
    """The verbs that occur in what may be read, with their words."""
    found = _found(Sought(chain=sought.chain)).order_by().values_list("verb", flat=True).distinct()
    return tuple(sorted(((verb, called(verb)) for verb in found), key=lambda pair: pair[1]))


def _found(sought: Sought) -> QuerySet[Entry]:
    found = Entry.objects.filter(ADMINISTRATION if sought.chain is None else Q(chain=sought.chain))
    if sought.name:
        found = found.filter(name__contains=sought.name)
    if sought.verb:
        found = found.filter(verb=sought.verb)
    if sought.subject:
        found = found.filter(subject=sought.subject)
    if sought.since:
        found = found.filter(at__gte=_midnight(sought.since))
    if sought.until:
        found = found.filter(at__lt=_midnight(sought.until + timedelta(days=1)))
    return found.order_by("-at", "-id") if sought.chain is None else found.order_by("-number")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _told(entry: Entry) -> Told:
    return Told(
        entry.chain, entry.number, entry.at, entry.person, entry.name, entry.role, entry.verb, called(entry.verb), entry.subject,
        entry.changes, entry.reason, entry.digest,
    )  # fmt: skip
