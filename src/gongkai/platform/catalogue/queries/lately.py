"""Beside what waits: what somebody did lately, and the columns that have gone stale.

A column of news is stale after two weeks, one of notices or policy documents after six months (政府网站与政务新媒体检查指标).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import DateTimeField, OuterRef, QuerySet, Subquery

from gongkai.law.publication import add_months
from gongkai.platform.catalogue import clocks
from gongkai.platform.catalogue.choices import KINDS, Kind
from gongkai.platform.catalogue.models import Publication, Step
from gongkai.platform.catalogue.states import BY_ACTION, EDITORS
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.models import Organ

from .desk_values import StaleColumn
from .reading import readable_organs

EACH = 8
WEEKS_OF_NEWS = 2
MONTHS_OF_DOCUMENTS = 6
_DOCUMENTS = (Kind.ANNOUNCEMENT, Kind.NORMATIVE, Kind.DOCUMENT, Kind.POLICY)


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that the actor did: what, with which item, when."""

    item: int
    title: str
    zh: str
    en: str
    at: datetime


def lately(actor: Actor) -> tuple[Deed, ...]:
    """What the actor did last, each item once. One statement."""
    if actor.person is None:
        return ()
    steps = Step.objects.filter(person=actor.person, item__organ__in=readable_organs(actor)).order_by("-at")
    found: dict[int, Deed] = {}
    for item, title, action, at in steps.values_list("item", "item__title", "action", "at")[: EACH * 5]:
        row = BY_ACTION[action]
        found.setdefault(item, Deed(item, title, row.zh, row.en, at))
    return tuple(found.values())[:EACH]


def with_newest(organs: QuerySet[Organ], today: date) -> QuerySet[Organ]:
    """Organs with the moment of the newest publication in each column that may go stale."""
    public = Publication.objects.filter(organ=OuterRef("pk"), withdrawn_at__isnull=True).order_by("-published_at")
    newest = {kind.value: Subquery(public.filter(kind=kind.value).values("published_at")[:1], output_field=DateTimeField()) for kind in _limits(today)}
    return organs.annotate(**{f"newest_{kind}": last for kind, last in newest.items()})


def stale(actor: Actor, organs: Iterable[Organ], today: date) -> tuple[StaleColumn, ...]:
    """The columns, of the organs for which the actor drafts, into which nothing came for too long; from organs of `with_newest`."""
    found = []
    for organ in organs:
        if not organ.active or not actor.kinds(organ.pk) & EDITORS:
            continue
        for kind, limit in _limits(today).items():
            last = getattr(organ, f"newest_{kind.value}")
            if last is not None and (on := clocks.local_day(last)) < limit:
                found.append(StaleColumn(organ.short_name or organ.name, organ.slug, kind, *KINDS[kind], on))
    return tuple(sorted(found, key=lambda each: each.last))


def _limits(today: date) -> dict[Kind, date]:
    return {Kind.NEWS: today - timedelta(weeks=WEEKS_OF_NEWS)} | dict.fromkeys(_DOCUMENTS, add_months(today, -MONTHS_OF_DOCUMENTS))
