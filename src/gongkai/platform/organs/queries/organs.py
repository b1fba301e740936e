"""Organs as pages read them. What an organ is, is public; what is in use and what is not, too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.law.publication import add_months
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.dated import value_on
from gongkai.platform.organs.errors import NotAllowed, NotFound
from gongkai.platform.organs.facts import GUIDE_FIELDS, GUIDE_NEEDED, Guide
from gongkai.platform.organs.models import Level, Organ, OrganKind
from gongkai.platform.organs.roles import RoleKind

from .seen import ListedOrgan, OrganView

_PLAIN = (
    "id", "name", "short_name", "slug", "level", "kind", "code", "credit_code", "area_path", "system_path", "vertical", "position",
    "calendar", "index_pattern", "has_rule_making_power", "active", "closed_on", "guide_checked_on", "version",
)  # fmt: skip


def seen(organ: Organ) -> OrganView:
    plain = {field: getattr(organ, field) for field in _PLAIN}
    return OrganView(
        **plain, level_zh=str(Level(organ.level).label), kind_zh=str(OrganKind(organ.kind).label), area_parent=organ.area_parent_id,
        system_parent=organ.system_parent_id, successor=organ.successor_id, guide=Guide(*(getattr(organ, field) for field in GUIDE_FIELDS)),
        settings=tuple(organ.settings),
    )  # fmt: skip


def organ(slug: str) -> OrganView:
    """One organ by its address, closed ones too."""
    if (found := Organ.objects.filter(slug=slug).first()) is None:
        raise NotFound("没有这个机关。", "There is no such organ.")
    return seen(found)


def organ_by_id(organ_id: int) -> OrganView:
    if (found := Organ.objects.filter(pk=organ_id).first()) is None:
        raise NotFound("没有这个机关。", "There is no such organ.")
    return seen(found)


def organs(active: bool | None = True, ids: Iterable[int] | None = None) -> tuple[OrganView, ...]:
    """Organs in their order; all of them, or those asked for."""
    found = Organ.objects.all() if ids is None else Organ.objects.filter(pk__in=list(ids))
    if active is not None:
        found = found.filter(active=active)
    return tuple(seen(each) for each in found)


def own_organs(actor: Actor) -> tuple[OrganView, ...]:
    """The organs in which the actor holds a role over content."""
    return organs(ids=actor.organs()) if actor.organs() else ()


def below(organ_id: int, tree: str = "area") -> tuple[OrganView, ...]:
    """An organ and everything under it, by area or by system."""
    top = organ_by_id(organ_id)
    path = top.area_path if tree == "area" else top.system_path
    return tuple(seen(each) for each in Organ.objects.filter(**{f"{tree}_path__startswith": path}))


def supervised_by(organ_id: int) -> tuple[OrganView, ...]:
    """The organs over which this one is the disclosure authority itself: under it by area, or by system where they are vertically led."""
    return tuple(seen(each) for each in _supervised_by(organ_id))


def listed_supervised_by(organ_id: int) -> tuple[ListedOrgan, ...]:
    """The same for a list: however many there are, each is one short row."""
    return tuple(ListedOrgan(*row) for row in _supervised_by(organ_id).values_list("id", "name", "level", "kind", "active", "closed_on"))


def _supervised_by(organ_id: int) -> QuerySet[Organ]:
    return Organ.objects.filter(Q(vertical=False, area_parent=organ_id) | Q(vertical=True, system_parent=organ_id))


def supervised(actor: Actor) -> frozenset[int]:
    """The organs over whose disclosure work the actor is the authority (条例第三条): their own area, and vertical systems.

    Under a government stand its departments and lower governments, except the vertically led, which stand under their system.
    """
    tops = [post.organ for post in actor.posts if post.kind is RoleKind.SUPERVISOR and post.organ is not None]
    if not tops:
        return frozenset()
    rows = Organ.objects.values_list("pk", "area_parent_id", "system_parent_id", "vertical")
    parents = {pk: system if vertical else area for pk, area, system, vertical in rows}
    return frozenset(pk for pk in parents if _under(pk, frozenset(tops), parents))


def _under(pk: int, tops: frozenset[int], parents: Mapping[int, int | None]) -> bool:
    seen_already: set[int] = set()
    at: int | None = pk
    while at is not None and at not in seen_already:
        if at in tops:
            return True
        seen_already.add(at)
        at = parents.get(at)
    return False


def setting(organ: OrganView, key: str, on: date) -> int:
    """A setting of an organ on a day (a switch is 0 or 1); the default where nothing was set."""
    return value_on(organ.settings, key, on)


@dataclass(frozen=True, slots=True)
class GuideState:
    """How the guide of an organ stands (条例第十二条): what is missing, and whether it was looked at in time."""

    missing: tuple[str, ...]
    checked_on: date | None
    due_on: date | None
    stale: bool

    @property
    def tone(self) -> str:
        return "late" if self.missing else "soon" if self.stale else "done"


def guide_state(it: OrganView, on: date) -> GuideState:
    """Every field that the Regulation asks for, and the cycle that the organ has set."""
    missing = tuple(field for field in GUIDE_NEEDED if not getattr(it.guide, field))
    due = add_months(it.guide_checked_on, setting(it, "guide_months", on)) if it.guide_checked_on else None
    return GuideState(missing, it.guide_checked_on, due, due is None or due < on)


def may_keep_guide(actor: Actor, organ_id: int) -> None:
    """Raises where the actor may not; as the action does."""
    kinds = actor.kinds(organ_id)
    if not actor.administers and not kinds:
        raise NotFound
    if not actor.administers and RoleKind.DISCLOSURE_OFFICE not in kinds:
        raise NotAllowed("公开指南由本机关的政府信息公开工作机构维护。", "The guide is kept by the organ's disclosure office.")
