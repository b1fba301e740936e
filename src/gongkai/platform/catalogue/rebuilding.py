"""The cached standing of every item held against its steps (State follows from recorded steps), and put right where it differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from django.db import transaction

from . import publishing
from .models import Item, Publication, Revision, Step
from .recording import deed_of, hold, settle, standing_of
from .standing import Standing, advance, begin

DERIVED = (
    "title", "kind", "category", "formed_on", "changed_on", "expires_on", "published_expires_on", "due_on", "last_revision",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Differing:
    """One field of one item that did not follow from its steps."""

    item: int
    field: str
    kept: str
    follows: str


def folded(item: Item) -> Standing | None:
    """The standing that follows from the item's steps alone."""
    standing: Standing | None = None
    for step in Step.objects.filter(item=item).select_related("revision").order_by("number"):
        assert step.revision is not None
        deed = deed_of(step, step.revision)
        standing = begin(deed) if standing is None else advance(standing, deed)
    return standing


def rebuild(repair: bool = True) -> list[Differing]:
    """Every difference between what is cached and what follows from the steps; repaired, unless only asked for."""
    found: list[Differing] = []
    for item_id in Item.objects.order_by("pk").values_list("pk", flat=True).iterator(2000):
        with transaction.atomic():
            hold(item_id)
            item = Item.objects.select_related("organ", "current", "published").get(pk=item_id)
            differing = list(_differing(item, repair))
            found.extend(differing)
            if differing and repair:
                item.save()
    return found


def _differing(item: Item, repair: bool) -> Iterator[Differing]:
    """Sets the item's fields to what follows; yields what was otherwise."""
    revisions = {each.number: each for each in Revision.objects.filter(item=item)}
    follows = folded(item)
    if follows is None or item.current is None:
        yield Differing(item.pk, "steps", str(item.steps_taken), "0")
        return
    cached = standing_of(item)
    before = {name: getattr(item, name) for name in DERIVED}
    settle(item, follows, lambda number: revisions[number])
    item.last_revision = max(revisions)
    for each in fields(Standing):
        if (kept := getattr(cached, each.name)) != (right := getattr(follows, each.name)):
            yield Differing(item.pk, each.name, str(kept), str(right))
    for name, kept in before.items():
        if kept != (right := getattr(item, name)):
            yield Differing(item.pk, name, str(kept), str(right))
    yield from _public(item, follows, repair)


def _public(item: Item, follows: Standing, repair: bool) -> Iterator[Differing]:
    """The public copy: there when a revision is public, empty when none is."""
    page = Publication.objects.filter(item=item).first()
    shown = page.revision if page is not None and page.withdrawn_at is None else None
    if shown != follows.published:
        yield Differing(item.pk, "publication", str(shown), str(follows.published))
        if not repair:
            return
        if follows.published is None:
            assert item.moved_at is not None
            publishing.take_down(item, item.organ, item.moved_at, "已撤回")
        elif item.published is not None and item.first_published_at is not None:
            publishing.publish(item, item.published, item.organ, item.first_published_at)
