"""Lists of an organ's items on the desk: filters, order, pages, counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import ExtractYear
from django.utils import timezone

from gongkai.platform.catalogue import clocks
from gongkai.platform.catalogue.choices import State
from gongkai.platform.catalogue.clocks import Light
from gongkai.platform.catalogue.errors import NotFound
from gongkai.platform.catalogue.models import IndexNumber, Item
from gongkai.platform.catalogue.recording import may_read
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.models import Organ, Person
from gongkai.platform.pages.paging import CAP, Page, span, within

from .desk_values import PAGE, ItemFilter, ItemRow
from .reading import OPEN, readable_organ, readable_organs, rows, with_rows

ORDERS: dict[str, tuple[object, ...]] = {
    "-moved": ("-moved_at", "-pk"),
    "moved": ("moved_at", "pk"),
    "due": (F("due_on").asc(nulls_last=True), "-pk"),
    "-formed": ("-formed_on", "-pk"),
    "formed": ("formed_on", "pk"),
    "title": ("title", "pk"),
    "-published": (F("first_published_at").desc(nulls_last=True), "-pk"),
}
SIZES = frozenset({10, 20, 50, 100})


def items(
    actor: Actor, organ_id: int, wanted: ItemFilter = ItemFilter(), sort: str = "-moved", page: int = 1, *, at: datetime | None = None, size: int = PAGE  # noqa: B008
) -> Page[ItemRow]:
    """One page of an organ's items. Three statements."""
    organ = readable_organ(actor, organ_id)
    at = at or timezone.now()
    today = clocks.local_day(at)
    found = narrowed(Item.objects.filter(organ=organ), wanted, actor, organ, at)
    size = size if size in SIZES else PAGE
    total = found.order_by()[: CAP + 1].count()
    capped = total > CAP
    total = min(total, CAP)
    number = within(page, total, size)
    chosen = with_rows(found).order_by(*ORDERS.get(sort, ORDERS["-moved"]))[span(number, size)]  # type: ignore[arg-type]
    return Page(rows(chosen, today), total, number, size, capped)


def narrowed(found: QuerySet[Item], wanted: ItemFilter, actor: Actor, organ: Organ, at: datetime) -> QuerySet[Item]:
    """The items that a filter leaves. Nothing asked for, nothing but the discarded is left out."""
    same = {"state": wanted.state, "kind": wanted.kind, "category": wanted.category, "access": wanted.access, "validity": wanted.validity}
    found = found.filter(**{field: value for field, value in same.items() if value})
    if not wanted.state:
        found = found.exclude(state=State.DISCARDED.value)
    if wanted.year is not None:
        found = found.filter(formed_on__year=wanted.year)
    if wanted.author is not None:
        found = found.filter(author_id=wanted.author)
    if wanted.mine and actor.person is not None:
        found = found.filter(Q(author_id=actor.person) | Q(drafters__contains=[actor.person]))
    for word in wanted.q.split()[:5]:
        found = found.filter(Q(title__icontains=word) | Q(index_number__icontains=word) | Q(current__document_number__icontains=word))
    return lit(found, wanted.light, organ, at) if wanted.light else found


def lit(found: QuerySet[Item], light: str, organ: Organ, at: datetime) -> QuerySet[Item]:
    """Those whose open term shows this light."""
    today = clocks.local_day(at)
    until = clocks.soon_until(clocks.calendar_named(organ.calendar), today, clocks.warn_days(organ, today))
    found = found.filter(due_on__isnull=False, met_at__isnull=True, state__in=[state.value for state in OPEN])
    match light:
        case Light.OVERDUE:
            return found.filter(due_on__lt=today)
        case Light.SOON:
            return found.filter(due_on__gte=today, due_on__lte=until)
        case Light.FINE:
            return found.filter(due_on__gt=until)
    return found.none()


def counts(actor: Actor, organ_id: int) -> dict[State, int]:
    """How many items an organ has in each state. Two statements."""
    organ = readable_organ(actor, organ_id)
    found = dict(Item.objects.filter(organ=organ).order_by().values_list("state").annotate(Count("pk")))
    return {state: found.get(state.value, 0) for state in State}


def choices(actor: Actor, organ_id: int) -> tuple[tuple[int, ...], tuple[tuple[int, str], ...]]:
    """The years in which items were formed, and the people who drafted them: what the filters offer. Three statements."""
    organ = readable_organ(actor, organ_id)
    years = Item.objects.filter(organ=organ).order_by().annotate(year=ExtractYear("formed_on")).values_list("year", flat=True).distinct()
    authors = Person.objects.filter(pk__in=Item.objects.filter(organ=organ).order_by().values("author").distinct()).order_by("name", "pk").values_list("pk", "name")
    return tuple(sorted(years, reverse=True)), tuple(authors)


@dataclass(frozen=True, slots=True)
class Summary:
    """What an organ's list offers beside its rows: how many in each state, which years, whose drafts."""

    counts: Mapping[State, int]
    years: tuple[int, ...]
    authors: tuple[tuple[int, str], ...]


def summary(actor: Actor, organ_id: int) -> Summary:
    """The counts of `counts` and the offers of `choices`, in one statement."""
    if not may_read(actor, organ_id):
        raise NotFound
    grouped = Item.objects.filter(organ=organ_id).order_by().values_list("state", ExtractYear("formed_on"), "author", "author__name").annotate(Count("pk"))
    found = dict.fromkeys(State, 0)
    years, authors = set(), {}
    for state, year, author, name, number in grouped:
        found[State(state)] += number
        years.add(year)
        authors[author] = name
    return Summary(found, tuple(sorted(years, reverse=True)), tuple(sorted(authors.items(), key=lambda each: (each[1], each[0]))))


def item_by_number(actor: Actor, written: str) -> int | None:
    """The item of an index number, or of the number in its page's address, if the actor may know of it: their own, or public."""
    written = written.strip()
    if not written:
        return None
    found = Item.objects.filter(Q(organ_id__in=readable_organs(actor)) | Q(published__isnull=False))
    by_index = found.filter(pk__in=IndexNumber.objects.filter(number=written).values("item")).values_list("pk", flat=True).first()
    if by_index is not None:
        return by_index
    return found.filter(pk=int(written)).values_list("pk", flat=True).first() if written.isascii() and written.isdigit() and len(written) < 18 else None
