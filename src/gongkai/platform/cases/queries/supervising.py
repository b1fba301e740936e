"""How organs stand with their requests, for whoever supervises them: numbers, never an applicant, never a content (条例第四十六条、第四十七条)."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q

from gongkai.platform.cases import clocks
from gongkai.platform.cases.choices import ENDED, LIVE, State
from gongkai.platform.cases.models import Request
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.models import Organ
from gongkai.platform.organs.queries import supervised
from gongkai.platform.organs.roles import RoleKind

from .desk_values import OrganCases
from .reading import warned_until

_COUNTED = {
    "live": "live", "overdue": "overdue", "soon": "soon", "received": "received_this_year", "replied": "replied_this_year", "late": "late_this_year",
    "violated": "violations_this_year",
}  # fmt: skip


def supervision(actor: Actor, today: date) -> tuple[tuple[OrganCases, ...], OrganCases]:
    """Every organ that the actor supervises, and the one whose disclosure office they are; and the sum. At most three statements."""
    own = {post.organ for post in actor.posts if post.kind is RoleKind.DISCLOSURE_OFFICE and post.organ is not None}
    organs = {organ.pk: organ for organ in Organ.objects.filter(pk__in=supervised(actor) | own).order_by("area_path")}
    rows = tuple(_numbers(organs, today)) if organs else ()
    numbers = [field.name for field in fields(OrganCases) if field.name not in ("organ_id", "organ_name", "organ_slug", "most_late")]
    sums = {name: sum(int(getattr(row, name)) for row in rows) for name in numbers}
    total = OrganCases(0, "", "", most_late=max((row.most_late for row in rows), default=0), **sums)
    return rows, total


def _numbers(organs: dict[int, Organ], today: date) -> list[OrganCases]:
    """One grouped statement."""
    first = date(today.year, 1, 1)
    open_now = Q(state=State.OPEN.value)
    soon = Q()
    for until in {warned_until(organ, today) for organ in organs.values()}:
        same = [pk for pk, organ in organs.items() if warned_until(organ, today) == until]
        soon |= Q(organ__in=same, due_on__lte=until)
    ended = Q(state__in=[state.value for state in ENDED], ended_on__gte=first)
    grouped = Request.objects.filter(organ__in=organs).order_by().values("organ").annotate(
        live=Count("pk", filter=Q(state__in=[state.value for state in LIVE])), overdue=Count("pk", filter=open_now & Q(due_on__lt=today)),
        soon=Count("pk", filter=open_now & soon & Q(due_on__gte=today)), oldest=Min("due_on", filter=open_now & Q(due_on__lt=today)),
        received=Count("pk", filter=Q(received_on__gte=first)), replied=Count("pk", filter=ended), late=Count("pk", filter=ended & Q(late_days__gt=0)),
        violated=Count("pk", filter=Q(received_on__gte=first, violations__gt=0)),
    )  # fmt: skip
    found: dict[int, dict[str, Any]] = {row["organ"]: dict(row) for row in grouped}
    rows = []
    for pk, organ in organs.items():
        told = found.get(pk)
        counts = {field: int(told[name]) if told else 0 for name, field in _COUNTED.items()}
        most = clocks.days_of(organ).count(told["oldest"], today) if told and told["oldest"] else 0
        rows.append(OrganCases(pk, organ.name, organ.slug, most_late=most, **counts))
    return rows
