"""A holiday notice, entered or come with an upgrade, moves the terms of open requests: counted again, each change an event and an entry.

Can be done at any time, and again: a request counted by the present calendar is left alone. Cost grows with the open requests only.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from django.db import transaction
from django.db.models import Q

from gongkai.platform.cases import clocks, remedying, standing
from gongkai.platform.cases.models import Event, Remedy, RemedyEvent, Request
from gongkai.platform.cases.recording import CACHED, RECOMPUTED, Doing, act, moved_terms, settle
from gongkai.platform.cases.remedying import RemedyHappened
from gongkai.platform.cases.standing import Happened
from gongkai.platform.organs import calendars
from gongkai.platform.organs.acting import MACHINE
from gongkai.platform.organs.models import Organ

from . import noticing

SIZE = 500
_OPEN = Request.objects.filter(next_on__isnull=False)


def recompute(now: datetime, size: int = SIZE) -> int:
    """Count again what was counted by another calendar; how many requests had a term moved."""
    moved = 0
    _remedies()
    for stale in _stale():
        after = 0
        while batch := _batch(stale, after, size):
            after = batch[-1]
            moved += sum(_moved(pk, now) for pk in _settled(batch))
    return moved


def _stale() -> Iterator[Q]:
    """For each calendar in use: which open requests were counted by another one. One statement where there are none."""
    found = _OPEN.values_list("organ__calendar", "calendar_mark").distinct().order_by()
    for name, marks in groupby(sorted(found), key=lambda each: each[0]):
        mark = clocks.mark_of(calendars.exact(name))
        if any(each != mark for _name, each in marks):
            organs = list(Organ.objects.filter(calendar=name).values_list("pk", flat=True))
            yield Q(organ__in=organs) & ~Q(calendar_mark=mark)


def _batch(stale: Q, after: int, size: int) -> list[int]:
    return list(_OPEN.filter(stale, pk__gt=after).order_by("pk").values_list("pk", flat=True)[:size])


def _settled(ids: list[int]) -> list[int]:
    """Those whose terms stand are marked as counted by the present calendar, all at once; the others are returned."""
    with transaction.atomic():
        rows = list(_OPEN.filter(pk__in=ids).select_for_update(no_key=True, of=("self",)).select_related("organ").order_by("pk"))
        told: dict[int, list[Happened]] = {row.pk: [] for row in rows}
        events = Event.objects.filter(request__in=told).order_by("request", "number")
        for pk, *fields in events.values_list("request_id", "number", "kind", "on", "law", "facts").iterator(2000):
            told[pk].append(Happened(*fields))
        still, moved = [], []
        days = clocks.exact_days_of(rows[0].organ) if rows else None  # 同一批是同一日历
        for row in rows:
            assert days is not None
            now = standing.fold(told[row.pk], days, clocks.settings_of(row.organ, row.submitted_on))
            if moved_terms(row, now):
                moved.append(row.pk)
            else:
                settle(row, now, days)
                still.append(row)
        Request.objects.bulk_update(still, CACHED, batch_size=SIZE)
    return moved


def _remedies() -> None:
    """The terms of open remedies hang on the calendar too, and no mark tells by which one they were counted. Two statements where none moved."""
    rows = list(Remedy.objects.filter(ended_on__isnull=True).select_related("organ").order_by("pk"))
    told: dict[int, list[RemedyHappened]] = {row.pk: [] for row in rows}
    for pk, *fields in RemedyEvent.objects.filter(remedy__in=told).order_by("remedy", "number").values_list("remedy_id", "number", "kind", "on", "facts"):
        told[pk].append(RemedyHappened(*fields))
    days = {name: calendars.exact(name) for name in {row.organ.calendar for row in rows}}
    for row in rows:
        if remedying.settle(row, remedying.standing_of_remedy(row.kind, told[row.pk], days[row.organ.calendar])):
            _remedy(row.pk)


def _remedy(remedy_id: int) -> None:
    """One of them, held."""
    with transaction.atomic():
        row = Remedy.objects.select_for_update(no_key=True, of=("self",)).select_related("organ").get(pk=remedy_id)
        events = [RemedyHappened(*told) for told in RemedyEvent.objects.filter(remedy=row).order_by("number").values_list("number", "kind", "on", "facts")]
        if changed := remedying.settle(row, remedying.standing_of_remedy(row.kind, events, clocks.exact_days_of(row.organ))):
            row.save(update_fields=changed)


def _moved(request_id: int, now: datetime) -> bool:
    """One request's terms counted again, in a transaction of its own. (recording.finish makes the event.)"""
    told: list[bool] = []

    def work(doing: Doing) -> None:
        doing.then.append(lambda: told.append(_tell(doing)))

    if not _OPEN.filter(pk=request_id).exists():  # 其间已办结
        return False
    act(MACHINE, request_id, "recompute", work, at=now)
    return told[0]


def _tell(doing: Doing) -> bool:
    """Tell the officer, and the applicant where a term that they know has moved; whether there was anything to tell."""
    moved = next((each.facts for each in doing.pending if each.kind == RECOMPUTED), None)
    if moved is None:
        return False
    before, after = next(iter(moved.values()))
    noticing.tell(doing, "recomputed_desk", to="officer", facts={"before": before, "until": after})
    noticing.tell(doing, "recomputed", facts={"until": after})
    return True
