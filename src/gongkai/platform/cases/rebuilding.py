"""Everything cached of requests, letters, tasks and remedies held against the events that it follows from, and put right where it differs.

What hangs on the calendar (terms, lateness) is compared only where it was counted by the present calendar: a request that had ended
before a notice came keeps what was counted then, and open ones are counted again by actions.recomputing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from django.db import connection, transaction

from gongkai.law.errors import NotUnderstood

from . import clocks, derived, remedying, standing
from .models import Event, Letter, Remedy, RemedyEvent, Request, Task
from .remedying import RemedyHappened
from .standing import Happened, Standing

_BY_CALENDAR = frozenset({"due_on", "pay_by", "next_on", "provisional", "violations", "late_days"})
SIZE = 2000


@dataclass(frozen=True, slots=True)
class Differing:
    """One field that did not follow from the events. Nothing personal: dates, states, numbers."""

    what: str  # request:17、letter:5、task:3、remedy:2
    field: str
    kept: str
    follows: str


def rebuild(repair: bool = True) -> list[Differing]:
    """Every difference between what is cached and what follows; repaired, unless only asked for."""
    found: list[Differing] = []
    for pk in Request.objects.order_by("pk").values_list("pk", flat=True).iterator(SIZE):
        with transaction.atomic():
            _hold("cases_request", pk)
            found.extend(_request(Request.objects.select_related("organ").get(pk=pk), repair))
    for pk in Remedy.objects.order_by("pk").values_list("pk", flat=True).iterator(SIZE):
        with transaction.atomic():
            _hold("cases_remedy", pk)
            found.extend(_remedy(Remedy.objects.select_related("organ").get(pk=pk), repair))
    return found


def _hold(table: str, pk: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {table} WHERE id = %s FOR NO KEY UPDATE", [pk])


def _request(request: Request, repair: bool) -> Iterator[Differing]:
    rows = list(Event.objects.filter(request=request).order_by("number").values_list("number", "kind", "on", "law", "facts", "letter_id"))
    events = [Happened(*row[:5]) for row in rows]
    days = clocks.days_of(request.organ)
    name = f"request:{request.pk}"
    try:
        follows = standing.fold(events, days, clocks.settings_of(request.organ, request.submitted_on))
    except NotUnderstood as refused:
        yield Differing(name, "events", str(len(events)), refused.zh)
        return
    same = request.calendar_mark == clocks.mark_of(days)
    told = {each.name: getattr(follows, each.name) for each in fields(Standing) if same or each.name not in _BY_CALENDAR}
    told["events_taken"] = len(events)
    first = next(each for each in standing.effective(events) if each.kind == "submitted")
    told["channel"] = first.law["channel"]
    yield from _put(request, name, told, repair)
    held = standing.effective(events)
    letters = {number: letter for number, *_rest, letter in rows if letter is not None}
    yield from _letters(request, held, letters, repair)
    for task in Task.objects.filter(request=request).order_by("pk"):
        stands = derived.task_standing(held, task.ref)
        yield from _put(task, f"task:{task.pk}", _fields(stands) if stands else {"state": "-"}, repair and stands is not None)


def _letters(request: Request, held: list[Happened], letters: dict[int, int], repair: bool) -> Iterator[Differing]:
    for letter in Letter.objects.filter(request=request).order_by("pk"):
        stands = derived.letter_standing(each for each in held if letters.get(each.number) == letter.pk)
        yield from _put(letter, f"letter:{letter.pk}", _fields(stands) if stands else {"state": "-"}, repair and stands is not None)


def _remedy(remedy: Remedy, repair: bool) -> Iterator[Differing]:
    events = [RemedyHappened(*row) for row in RemedyEvent.objects.filter(remedy=remedy).order_by("number").values_list("number", "kind", "on", "facts")]
    name = f"remedy:{remedy.pk}"
    try:
        follows = remedying.standing_of_remedy(remedy.kind, events, clocks.days_of(remedy.organ))
    except NotUnderstood as refused:
        yield Differing(name, "events", str(len(events)), refused.zh)
        return
    told = {field: getattr(follows, field) for field in remedying.CACHED}
    yield from _put(remedy, name, told | {"events_taken": len(events)}, repair)


def _fields(stands: derived.LetterStanding | derived.TaskStanding) -> dict[str, object]:
    return {each.name: getattr(stands, each.name) for each in fields(stands)}


def _put(row: Request | Letter | Task | Remedy, name: str, told: dict[str, object], repair: bool) -> Iterator[Differing]:
    """What differs; written, where it is to be repaired."""
    wrong = [field for field, follows in told.items() if getattr(row, field) != follows]
    for field in wrong:
        yield Differing(name, field, str(getattr(row, field)), str(told[field]))
        if repair:
            setattr(row, field, told[field])
    if repair and wrong:
        row.save(update_fields=wrong)
