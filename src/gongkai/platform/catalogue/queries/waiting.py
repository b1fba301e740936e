"""The desk's first page: what waits for me, and the terms of Article 26 that are running out."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, Value, When, Window
from django.db.models.functions import RowNumber

from gongkai.platform.catalogue import clocks
from gongkai.platform.catalogue.choices import State
from gongkai.platform.catalogue.models import Item
from gongkai.platform.organs import dated
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.models import Organ
from gongkai.platform.organs.queries.organs import seen
from gongkai.platform.organs.roles import RoleKind as R

from .desk_values import ItemRow, Waiting, WaitingGroup
from .lately import stale, with_newest
from .reading import OPEN, readable_organs, row, with_rows

EACH = 8  # 每组先列几条
RECHECK_DAYS = 90  # 只催近九十日内发布的
DUTIES: dict[str, tuple[str, str, str]] = {  # 键 → 中文、英文、列表页的状态筛选
    "withdraw": ("待撤回的处罚决定", "Changed decisions to withdraw", ""),
    "returned": ("退回给我的", "Sent back to me", State.RETURNED.value),
    "review": ("待我审核", "To review", State.IN_REVIEW.value),
    "secrecy": ("待我保密审查", "For secrecy review", State.IN_SECRECY_REVIEW.value),
    "referred": ("已报请确定、待答复", "Referred, awaiting an answer", State.REFERRED.value),
    "approve": ("待我签发", "To approve", State.IN_APPROVAL.value),
    "scheduled": ("定时发布", "Scheduled", State.SCHEDULED.value),
    "recheck": ("近九十日发布、待复查", "To recheck", State.PUBLISHED.value),
    "withheld": ("不予公开、到期复审", "Withheld, due for review", State.FILED.value),
    "drafts": ("我的草稿", "My drafts", State.DRAFT.value),
}


def waiting(actor: Actor, at: datetime) -> Waiting:
    """What waits for the actor in all organs, and the warning list. Three statements."""
    mine = readable_organs(actor)
    if not mine or actor.person is None:
        return Waiting((), (), 0, 0)
    today = clocks.local_day(at)
    organs = {organ.pk: organ for organ in with_newest(Organ.objects.filter(pk__in=mine), today)}
    groups = _groups(actor, organs, today, at)
    return Waiting(groups, *_warnings(actor, organs, today), tuple(seen(organ) for organ in organs.values()), stale(actor, organs.values(), today))


def _groups(actor: Actor, organs: dict[int, Organ], today: date, at: datetime) -> tuple[WaitingGroup, ...]:
    duties = _conditions(actor, organs, today, at)
    whose = Q()
    for condition in duties.values():
        whose |= condition
    duty = Case(*(When(condition, then=Value(key)) for key, condition in duties.items()), output_field=CharField())
    ranked = (
        with_rows(Item.objects.filter(whose))
        .annotate(duty=duty)
        .annotate(
            place=Window(RowNumber(), partition_by=[F("duty")], order_by=[F("due_on").asc(nulls_last=True), F("moved_at").asc()]),
            among=Window(Count("pk"), partition_by=[F("duty")]),
        )
        .filter(place__lte=EACH)
    )
    found: dict[str, list[Any]] = {}
    for item in ranked:
        found.setdefault(str(item.duty), []).append(item)
    made = []
    for key, (zh, en, state) in DUTIES.items():
        if key in found:
            held = sorted(found[key], key=lambda each: each.place)
            made.append(WaitingGroup(key, zh, en, held[0].among, tuple(row(each, today) for each in held), state))
    return tuple(made)


def _conditions(actor: Actor, organs: dict[int, Organ], today: date, at: datetime) -> dict[str, Q]:
    """For each duty, which items; the first that fits counts."""

    def where(*kinds: R) -> list[int]:
        return [pk for pk in organs if actor.kinds(pk) & set(kinds)]

    own = Q(drafters__contains=[actor.person])
    apart = [pk for pk, organ in organs.items() if dated.value_on(organ.settings, "secrecy_separate", today)]
    reviewed = Q(reviewers__contains=[actor.person], organ__in=apart)
    recheck = Q(organ__in=where(R.REVIEWER, R.SECRECY_REVIEWER, R.DISCLOSURE_OFFICE), state=State.PUBLISHED.value, moved_at__gte=at - timedelta(days=RECHECK_DAYS))
    return {
        "withdraw": Q(organ__in=where(R.APPROVER, R.DISCLOSURE_OFFICE), withdraw_by__isnull=False, published__isnull=False),
        "returned": own & Q(organ__in=where(R.EDITOR, R.DISCLOSURE_OFFICE), state=State.RETURNED.value),
        "review": Q(organ__in=where(R.REVIEWER), state=State.IN_REVIEW.value) & ~own,
        "secrecy": Q(organ__in=where(R.SECRECY_REVIEWER), state=State.IN_SECRECY_REVIEW.value) & ~own & ~reviewed,
        "referred": Q(organ__in=where(R.SECRECY_REVIEWER), state=State.REFERRED.value) & ~own & ~reviewed,
        "approve": Q(organ__in=where(R.APPROVER), state=State.IN_APPROVAL.value) & ~own,
        "scheduled": Q(organ__in=list(organs), state=State.SCHEDULED.value) & (own | Q(organ__in=where(R.APPROVER, R.DISCLOSURE_OFFICE))),
        "recheck": recheck & ~own,
        "withheld": Q(organ__in=where(R.SECRECY_REVIEWER, R.DISCLOSURE_OFFICE), state=State.FILED.value, next_review_on__lte=today),
        "drafts": own & Q(organ__in=where(R.EDITOR, R.DISCLOSURE_OFFICE), state=State.DRAFT.value),
    }


def _warnings(actor: Actor, organs: dict[int, Organ], today: date) -> tuple[tuple[ItemRow, ...], int, int]:
    """第二十六条: overdue and soon due, of the whole organ for those who answer for it, of their own drafts for editors."""
    soon = Q()
    for pk, organ in organs.items():
        until = clocks.soon_until(clocks.calendar_named(organ.calendar), today, clocks.warn_days(organ, today))
        condition = Q(organ=pk, due_on__lte=until)
        if not actor.kinds(pk) - {R.EDITOR}:
            condition &= Q(drafters__contains=[actor.person])
        soon |= condition
    found = with_rows(
        Item.objects.filter(soon, met_at__isnull=True, due_on__isnull=False, state__in=[state.value for state in OPEN])
    ).annotate(
        overdue=Window(Count("pk", filter=Q(due_on__lt=today))), among=Window(Count("pk")),
    ).order_by("due_on", "pk")[:EACH]  # fmt: skip
    listed = list(found)
    if not listed:
        return (), 0, 0
    return tuple(row(each, today) for each in listed), listed[0].overdue, listed[0].among - listed[0].overdue
