"""Requests and remedies of a year as report.tally counts them, each with its id: what stands behind the annual report. Two statements."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from django.db.models import F, Q

from gongkai.law.editions import Applicant, Remedy, Result
from gongkai.platform.cases.choices import UNCOUNTED
from gongkai.platform.cases.models import Remedy as RemedyRow
from gongkai.platform.cases.models import Request
from gongkai.platform.cases.queries import statistics
from gongkai.platform.cases.queries.statistics import BehindRow
from gongkai.platform.cases.states import READING
from gongkai.platform.organs.acting import Actor
from gongkai.report.identities import REQUESTS
from gongkai.report.tally import Counted, CountedRemedy


def requests(organ_id: int, year: int) -> list[Counted]:
    """Everything that is in the year's table: received in it, or before it and not yet ended when it began."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    inside = Q(received_on__range=(first, last)) | (Q(received_on__lt=first) & (Q(ended_on__isnull=True) | Q(ended_on__gte=first)))
    rows = Request.objects.filter(inside, organ=organ_id).exclude(state__in=[state.value for state in UNCOUNTED]).order_by("received_on", "id")
    return [
        Counted(pk, Applicant(kind), received, ended, reply, outcome)
        for pk, kind, received, ended, reply, outcome in rows.values_list("id", "applicant_kind", "received_on", "ended_on", "reply", "outcome")
        if received is not None
    ]


def remedies(organ_id: int, year: int) -> list[CountedRemedy]:
    """Filed by the end of the year, and not ended before it began; complaints are in no table."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows = RemedyRow.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=first), organ=organ_id, filed_on__lte=last, kind__in=[each.value for each in Remedy])
    return [
        CountedRemedy(pk, Remedy(kind), filed, ended, Result(result))
        for pk, kind, filed, ended, result in rows.order_by("filed_on", "id").values_list("id", "kind", "filed_on", "ended_on", "result")
    ]


def moved_among(organs: Collection[int], year: int) -> list[tuple[int, int, datetime, str]]:
    """Requests of the year's table that one of these organs moved to another: giver, taker, when, the giver's number. One statement."""
    inside = Q(received_on__lte=date(year, 12, 31)) & (Q(ended_on__isnull=True) | Q(ended_on__gte=date(year, 1, 1)))
    rows = Request.objects.filter(inside, came_from__isnull=False, organ__in=organs, came_from__organ__in=organs).exclude(organ=F("came_from__organ"))
    return list(rows.order_by("pk").values_list("came_from__organ", "organ", "registered_at", "came_from__number"))


def fees_paid(organ_id: int, year: int) -> Decimal:
    """Processing fees paid in a year, in yuan: what section 六 must tell."""
    return statistics.fees_of(organ_id, year).yuan_paid


def behind(actor: Actor, organ_id: int, part: str, ids: Collection[int]) -> tuple[BehindRow, ...]:
    """Those requests or remedies, by day; whoever may not read the organ's requests is told their numbers and days alone. One statement."""
    if part == REQUESTS:
        rows = [statistics.request_row(each) for each in Request.objects.filter(organ=organ_id, pk__in=list(ids)).order_by("received_on", "pk")]
    else:
        found = RemedyRow.objects.filter(organ=organ_id, pk__in=list(ids)).select_related("request").order_by("filed_on", "pk")
        rows = [statistics.remedy_row(each) for each in found]
    if actor.kinds(organ_id) & READING:
        return tuple(rows)
    return tuple(replace(row, title="", who="" if part == REQUESTS else row.who, request=None) for row in rows)
