"""From rows to values, and who may read what: the same for every query of the desk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from gongkai.platform.catalogue import clocks
from gongkai.platform.catalogue.choices import ACCESSES, KINDS, STATES, Access, Kind, State
from gongkai.platform.catalogue.clocks import Light
from gongkai.platform.catalogue.errors import NotFound
from gongkai.platform.catalogue.models import Item, Step
from gongkai.platform.catalogue.recording import may_read
from gongkai.platform.catalogue.states import BY_ACTION, READERS
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.models import Organ

from .desk_values import ItemRow

OPEN = frozenset(State) - {State.DISCARDED, State.WITHDRAWN, State.FILED}  # 第二十六条的期限仍在走的状态


def readable_organs(actor: Actor) -> frozenset[int]:
    """The organs whose unpublished items the actor may read."""
    return frozenset(organ for organ in actor.organs() if actor.kinds(organ) & READERS)


def readable_organ(actor: Actor, organ_id: int) -> Organ:
    """The organ, if the actor may read its items; as if it were not there otherwise."""
    organ = Organ.objects.filter(pk=organ_id).first() if may_read(actor, organ_id) else None
    if organ is None:
        raise NotFound
    return organ


def readable_item(actor: Actor, item_id: int) -> Item:
    """The item with its organ and revisions. One statement."""
    item = Item.objects.select_related("organ", "author", "current__by", "published").filter(pk=item_id).first()
    if item is None or not may_read(actor, item.organ_id):
        raise NotFound
    return item


def with_rows(items: QuerySet[Item]) -> QuerySet[Item]:
    """What a list's line needs, in the same statement: organ, author, revision, the last step."""
    last = Step.objects.filter(item=OuterRef("pk"), number=OuterRef("steps_taken"))
    return items.select_related("organ", "author", "current").annotate(
        last_action=Subquery(last.values("action")[:1]), last_by=Subquery(last.values("person__name")[:1]), last_reason=Subquery(last.values("reason")[:1])
    ).defer("current__body", "current__summary", "ground_note", "validity_note", "resting")  # fmt: skip


def row(item: Item, today: date) -> ItemRow:
    """A line of a list, from an item of `with_rows`."""
    state, kind, access = State(item.state), Kind(item.kind), Access(item.access)
    days = clocks.calendar_named(item.organ.calendar)
    light: Light | None = None
    left = None
    if item.due_on is not None and item.met_at is None and state in OPEN:
        light, left = clocks.light(item.due_on, today, days, clocks.warn_days(item.organ, today)), days.count(today, item.due_on)
    start = item.changed_on or item.formed_on
    assert item.current is not None
    action = str(getattr(item, "last_action", "") or "")
    return ItemRow(
        item.pk, item.organ_id, item.organ.name, item.title, state, *STATES[state], kind, KINDS[kind][0], item.category, access, ACCESSES[access][0],
        item.index_number, item.current.document_number, item.author.name, item.formed_on, item.due_on, light, left,
        item.due_on is not None and days.provisional_between(start, item.due_on), item.published_id is not None, item.validity,
        item.current.number, item.publish_at, item.first_published_at, item.next_review_on, item.withdraw_by, item.moved_at,
        BY_ACTION[action].zh if action else "", str(getattr(item, "last_by", "") or ("系统" if action else "")), str(getattr(item, "last_reason", "") or ""),
    )  # fmt: skip


def rows(items: Iterable[Item], today: date) -> tuple[ItemRow, ...]:
    return tuple(row(item, today) for item in items)
