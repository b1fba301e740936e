"""What superiors see of the organs under them: counts and lateness, never a title of what is not public (条例第四十六条、第四十七条)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from gongkai.platform.catalogue import clocks
from gongkai.platform.catalogue.choices import KINDS, Kind, State
from gongkai.platform.catalogue.models import Item
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.models import Organ
from gongkai.platform.organs.queries import supervised
from gongkai.platform.organs.roles import RoleKind
from gongkai.platform.pages.paging import Page, span, within

from .desk_values import LateRow, OrganNumbers, Overview
from .reading import OPEN

LATE_SHOWN = 50
_COUNTED = ("published", "published_this_year", "withdrawn", "in_progress", "overdue", "soon", "late", "late_this_year", "withdrawals_overdue", "reviews_overdue")


def overview(actor: Actor, at: datetime) -> Overview:
    """Every organ that the actor supervises, and the one whose disclosure office they are. A fixed number of statements."""
    today = clocks.local_day(at)
    overseen = _overseen(actor)
    organs = {organ.pk: organ for organ in Organ.objects.filter(pk__in=overseen)}
    numbers = _numbers(organs, today)
    rows = tuple(numbers[pk] for pk in sorted(organs, key=lambda pk: organs[pk].area_path))
    late = _rows(_open_late(overseen, today)[:LATE_SHOWN], today) if organs else ()
    return Overview(rows, late, _sum(rows))


def late_items(actor: Actor, at: datetime, page: int = 1, organ_id: int | None = None) -> Page[LateRow]:
    """What is overdue under Article 26 among the supervised organs, the latest first."""
    today = clocks.local_day(at)
    overseen = _overseen(actor)
    return _late(overseen if organ_id is None else overseen & {organ_id}, today, page)


def _late(overseen: frozenset[int], today: date, page: int) -> Page[LateRow]:
    found = _open_late(overseen, today)
    total = found.count() if overseen else 0
    number = within(page, total, LATE_SHOWN)
    return Page(_rows(found[span(number, LATE_SHOWN)], today), total, number, LATE_SHOWN)


def _open_late(overseen: frozenset[int], today: date) -> QuerySet[Item]:
    """What is not public and should be (条例第二十六条), the latest first."""
    open_states = [state.value for state in OPEN]
    late = Item.objects.filter(organ__in=overseen, due_on__lt=today, met_at__isnull=True, state__in=open_states)
    return late.select_related("organ").order_by("due_on", "pk")


def _rows(chosen: Iterable[Item], today: date) -> tuple[LateRow, ...]:
    return tuple(
        LateRow(
            each.pk, each.organ_id, each.organ.name, KINDS[Kind(each.kind)][0], each.formed_on, each.due_on,
            clocks.calendar_named(each.organ.calendar).count(each.due_on, today),
        )
        for each in chosen if each.due_on is not None
    )  # fmt: skip


def _overseen(actor: Actor) -> frozenset[int]:
    own = {post.organ for post in actor.posts if post.kind is RoleKind.DISCLOSURE_OFFICE and post.organ is not None}
    return supervised(actor) | own


def _numbers(organs: dict[int, Organ], today: date) -> dict[int, OrganNumbers]:
    """One grouped statement over the items of all these organs."""
    open_term = Q(met_at__isnull=True, due_on__isnull=False, state__in=[state.value for state in OPEN])
    soon = Q()
    for names in {(organ.calendar, clocks.warn_days(organ, today)) for organ in organs.values()}:
        same = [pk for pk, organ in organs.items() if (organ.calendar, clocks.warn_days(organ, today)) == names]
        until = clocks.soon_until(clocks.calendar_named(names[0]), today, names[1])
        soon |= Q(organ__in=same, due_on__gte=today, due_on__lte=until)
    public, this_year = Q(published__isnull=False), Q(first_published_at__year=today.year)
    was_late = Q(met_at__date__gt=F("due_on"))
    counted = {
        "published": Count("pk", filter=public), "published_this_year": Count("pk", filter=public & this_year),
        "withdrawn": Count("pk", filter=Q(state=State.WITHDRAWN.value)),
        "overdue": Count("pk", filter=open_term & Q(due_on__lt=today)), "soon": Count("pk", filter=open_term & soon if soon else open_term),
        "late": Count("pk", filter=was_late), "late_this_year": Count("pk", filter=was_late & Q(met_at__year=today.year)),
        "withdrawals_overdue": Count("pk", filter=Q(withdraw_by__lt=today, published__isnull=False)),
        "reviews_overdue": Count("pk", filter=Q(next_review_on__lt=today, state=State.FILED.value)),
        **{f"state_{state.value}": Count("pk", filter=Q(state=state.value)) for state in State},
    }
    grouped: Iterable[Any] = Item.objects.filter(organ__in=list(organs)).order_by().values("organ").annotate(**{f"n_{name}": count for name, count in counted.items()}) if organs else ()
    rows = {row["organ"]: row for row in grouped}
    made = {}
    for pk, organ in organs.items():
        row: dict[str, Any] = rows.get(pk, {})
        by_state = {state.value: row.get(f"n_state_{state.value}", 0) for state in State}
        told = {name: row.get(f"n_{name}", 0) for name in _COUNTED if name != "in_progress"}
        told["in_progress"] = sum(by_state[state.value] for state in OPEN if state not in (State.PUBLISHED, State.RECHECKED))
        made[pk] = OrganNumbers(pk, organ.name, organ.slug, organ.area_path, by_state=by_state, **told)
    return made


def _sum(rows: Iterable[OrganNumbers]) -> OrganNumbers:
    total = OrganNumbers(0, "合计", "", "", **dict.fromkeys(_COUNTED, 0), by_state={state.value: 0 for state in State})
    for row in rows:
        states = {state: total.by_state[state] + row.by_state[state] for state in total.by_state}
        total = replace(total, by_state=states, **{name: getattr(total, name) + getattr(row, name) for name in _COUNTED})
    return total


