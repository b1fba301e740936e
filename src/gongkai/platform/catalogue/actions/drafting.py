"""Drafting: create, save, submit, take back, discard, revise, drop a revision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, QuerySet

from gongkai.platform.catalogue.choices import State
from gongkai.platform.catalogue.clocks import local_day
from gongkai.platform.catalogue.errors import Invalid, NotAllowed, NotFound
from gongkai.platform.catalogue.gatekeeping import note_findings
from gongkai.platform.catalogue.models import Attachment, IndexNumber, Item, Once
from gongkai.platform.catalogue.recording import (
    Doing,
    act,
    check_moment,
    conflict,
    deed_of,
    draft_of,
    may_read,
    person_of,
    post_once,
    record,
    seen_by,
    settle,
    write_revision,
    write_step,
)
from gongkai.platform.catalogue.standing import begin
from gongkai.platform.catalogue.states import CREATE
from gongkai.platform.catalogue.validating import lacking, tidy
from gongkai.platform.catalogue.values import Draft, changed_fields
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.models import Organ

from .attaching import drop_unused, own_pictures
from .unsaved import forget_unsaved


def create(actor: Actor, organ_id: int, draft: Draft, *, at: datetime, once: str | None = None, office: str = "") -> Item:
    """Begin a new item."""
    check_moment(at)
    with transaction.atomic():
        organ = drafting_organ(actor, organ_id)
        posted = post_once(actor, once, "create", at)
        if posted is not None and posted.item_id is not None:
            return seen_by(actor, posted.item_id)
        doing = written(actor, organ, tidy(draft, organ.name, local_day(at)), at, office)
        record(doing, None)
        if posted is not None:
            Once.objects.filter(pk=posted.pk).update(item=doing.item)
        forget_unsaved(actor, f"new:{organ.pk}")
    return doing.item


def drafting_organ(actor: Actor, organ_id: int) -> Organ:
    """The organ, where the actor may draft for it."""
    organ = Organ.objects.filter(pk=organ_id).first()
    if organ is None or not may_read(actor, organ_id):
        raise NotFound
    if not actor.kinds(organ_id) & CREATE.roles:
        raise NotAllowed("起草信息需要本机关的角色：信息员或政府信息公开工作机构。", "Drafting needs the role of editor or disclosure office.")
    if not organ.active:
        raise NotAllowed(f"{organ.name}已撤销，不再起草新的信息；请由承继其职能的机关起草。", "This organ is closed: its successor drafts.")
    return organ


def written(
    actor: Actor, organ: Organ, draft: Draft, at: datetime, office: str = "", index_number: str = "",
    body: Callable[[Item], str] | None = None, facts: Mapping[str, object] | None = None,
) -> Doing:  # fmt: skip
    """A tidied draft as an item with its first revision and step; the caller writes the journal."""
    assert draft.formed_on is not None
    office = office or next((post.office for post in actor.posts if post.organ == organ.pk and post.kind in CREATE.roles and post.office), "")
    item = Item.objects.create(
        organ=organ, author_id=person_of(actor), office=office, created_at=at, moved_at=at, title=draft.title, kind=str(draft.kind),
        formed_on=draft.formed_on, access=str(draft.access), ground=draft.ground,
    )  # fmt: skip
    if index_number:
        IndexNumber.objects.create(number=index_number, item=item)
    if body is not None:
        draft = tidy(replace(draft, body=body(item)), organ.name, local_day(at))
    draft = replace(draft, body=own_pictures(actor, item, draft.body, 1, at)) if "<img" in draft.body else draft
    revision = write_revision(item, draft, 1, person_of(actor), at)
    role = min(actor.kinds(organ.pk) & CREATE.roles)
    doing = Doing(actor, item, "create", role, at, "", State.DRAFT, facts=dict(facts or {}), revision=revision)
    if index_number:
        doing.facts["index_number"] = index_number
    step = write_step(doing, None, revision)
    settle(item, begin(deed_of(step, revision)), lambda _: revision)
    item.save()
    return doing


def save(actor: Actor, item_id: int, draft: Draft, *, based_on: int, at: datetime, once: str | None = None) -> Item:
    """Save the draft as a new revision, unless somebody has saved since `based_on`. Saving what is already there does nothing."""

    def work(doing: Doing) -> None:
        item = doing.item
        old = doing.current
        told = tidy(draft, item.organ.name, doing.day)
        if told.digest == old.digest:
            raise _AlreadyThere
        if old.number != based_on:
            raise conflict(item)
        told = replace(told, body=own_pictures(actor, item, told.body, item.last_revision + 1, at))
        doing.revision = write_revision(item, told, item.last_revision + 1, doing.person, at)
        doing.told["fields"] = list(changed_fields(draft_of(old), told))

    try:
        item = act(actor, item_id, "save", work, at=at, once=once)
    except _AlreadyThere:
        item = seen_by(actor, item_id)
    forget_unsaved(actor, f"item:{item_id}")
    return item


class _AlreadyThere(Exception):
    """The draft says what is saved already: a form posted twice, or nothing changed."""


def submit(actor: Actor, item_id: int, *, at: datetime, reason: str = "", once: str | None = None, seen: int | None = None) -> Item:
    """Hand the draft to the reviewers; what is not complete is said by field."""

    def work(doing: Doing) -> None:
        draft = draft_of(doing.current)
        drop_unused(doing.item, draft.body, doing.current.number)
        if missing := lacking(draft, live_attachments(doing.item).exists()):
            raise Invalid(missing)
        note_findings(doing)

    return act(actor, item_id, "submit", work, at=at, reason=reason, once=once, seen=seen)


def take_back(actor: Actor, item_id: int, *, at: datetime, reason: str = "", once: str | None = None) -> Item:
    """Back to the draft, while nobody has reviewed it."""
    return act(actor, item_id, "take_back", at=at, reason=reason, once=once)


def discard(actor: Actor, item_id: int, *, reason: str, at: datetime, once: str | None = None) -> Item:
    """Give up a draft that was never approved; it is kept, and can be read."""
    return act(actor, item_id, "discard", at=at, reason=reason, once=once)


def revise(
    actor: Actor, item_id: int, *, reason: str, at: datetime, changed_on: date | None = None, once: str | None = None, seen: int | None = None
) -> Item:
    """Open a new revision of what was approved. `changed_on`: the information itself changed that day (第二十六条)."""
    return act(actor, item_id, "revise", lambda doing: open_revision(doing, changed_on=changed_on), at=at, reason=reason, once=once, seen=seen)


def open_revision(doing: Doing, **changes: object) -> None:
    """A copy of the current revision to work on, so that nothing of what is public is touched."""
    item = doing.item
    old = replace(draft_of(doing.current), access=item.access, ground=item.ground, ground_note=item.ground_note)
    told = replace(old, **{key: value for key, value in changes.items() if value is not None})  # type: ignore[arg-type]
    told = tidy(told, item.organ.name, doing.day) if changes else told
    doing.revision = write_revision(item, told, item.last_revision + 1, doing.person, doing.at)


def drop_revision(actor: Actor, item_id: int, *, reason: str, at: datetime, once: str | None = None) -> Item:
    """Give up a revision: the item, its attachments too, is again what it was before."""

    def work(doing: Doing) -> None:
        item = doing.item
        assert item.resting is not None
        kept = item.resting["current"]
        doing.told["dropped"] = list(range(kept + 1, item.last_revision + 1))
        Attachment.objects.filter(item=item, since__gt=kept).update(until=F("since"))
        Attachment.objects.filter(item=item, since__lte=kept, until__gt=kept).update(until=None)

    return act(actor, item_id, "drop_revision", work, at=at, reason=reason, once=once)


def live_attachments(item: Item) -> QuerySet[Attachment]:
    """The files of the current revision."""
    return Attachment.objects.filter(item=item, until__isnull=True).select_related("file")

