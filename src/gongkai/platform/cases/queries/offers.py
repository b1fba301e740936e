"""What forms offer: who may handle, who may search, which organs there are, by when a search should come back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.platform.cases.states import BY_KEY, HANDLING
from gongkai.platform.organs import dated
from gongkai.platform.organs.calendars import named
from gongkai.platform.organs.models import Organ, Role
from gongkai.platform.organs.queries import OrganView
from gongkai.platform.organs.roles import RoleKind


@dataclass(frozen=True, slots=True)
class Somebody:
    id: int
    name: str
    office: str


def officers(organ_id: int, on: date) -> tuple[Somebody, ...]:
    """Who may handle requests of an organ on a day. One statement."""
    return _holding(organ_id, HANDLING, on)


def searchers(organ_id: int, on: date) -> tuple[Somebody, ...]:
    """Who may be given a search. One statement."""
    return _holding(organ_id, BY_KEY["answer_task"].roles, on)


def _holding(organ_id: int, kinds: Iterable[RoleKind], on: date) -> tuple[Somebody, ...]:
    roles = Role.objects.filter(organ=organ_id, kind__in=[kind.value for kind in kinds], person__is_active=True).select_related("person").order_by("person__sort_key", "pk")
    found: dict[int, Somebody] = {}
    for role in roles:
        if role.holds_on(on):
            found.setdefault(role.person_id, Somebody(role.person_id, role.person.name, role.office))
    return tuple(found.values())


def organs(first: int | None = None) -> list[tuple[int, str]]:
    """The organs in use, one of them first. One statement."""
    rows = list(Organ.objects.filter(active=True).order_by("position", "sort_key").values_list("pk", "name"))
    return sorted(rows, key=lambda each: each[0] != first)


def task_due(organ: OrganView, today: date) -> date:
    """By when a search should come back, as the organ has set it."""
    return named(organ.calendar).add_workdays(today, dated.value_on(organ.settings, "task_days", today))
