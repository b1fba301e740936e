"""Who acts: a person with the roles that hold today. Actions and queries take an `Actor`, never a request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from gongkai.platform.journal import By

from . import calendars
from .roles import RoleKind

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from .models import Organ, Person, Role


@dataclass(frozen=True, slots=True)
class Post:
    """One role held: its kind, in which organ (none for the administrator), in which office of it."""

    kind: RoleKind
    organ: int | None
    office: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person and the posts held on the day of acting; nobody and nothing for the public and for the machine."""

    person: int | None
    name: str
    posts: tuple[Post, ...] = ()
    machine: bool = False

    def kinds(self, organ: int | None) -> frozenset[RoleKind]:
        """The roles held in one organ."""
        return frozenset(post.kind for post in self.posts if post.organ == organ)

    def organs(self) -> frozenset[int]:
        """The organs in which a role over content is held."""
        return frozenset(post.organ for post in self.posts if post.organ is not None)

    @property
    def administers(self) -> bool:
        return any(post.kind is RoleKind.ADMINISTRATOR for post in self.posts)

    def by(self, kind: RoleKind | None = None) -> By:
        """How the journal names who acted."""
        return By(self.person, self.name, "system" if self.machine else kind.value if kind else "")


PUBLIC = Actor(None, "公众")
MACHINE = Actor(None, "系统", machine=True)


def actor_of(person: Person, day: date) -> Actor:
    """A person as an actor on a day. One query; it also asks whether a holiday notice was entered, where that was not asked lately."""
    return _actor(person, _held(day, person.roles.all())) if person.is_active else Actor(person.pk, person.name)


def with_organs(person: Person, day: date) -> tuple[Actor, tuple[Organ, ...]]:
    """The same with the organs in use in which a role over content is held, in their order. The same one query."""
    if not person.is_active:
        return Actor(person.pk, person.name), ()
    held = _held(day, person.roles.select_related("organ").order_by("organ__position", "organ__sort_key", "pk"))
    found = {role.organ.pk: role.organ for role in held if role.organ is not None and role.organ.active}
    return _actor(person, held), tuple(found.values())


def _held(day: date, roles: QuerySet[Role]) -> list[Role]:
    """The roles that hold on a day."""
    if asking := calendars.stale():
        roles = roles.annotate(holidays=calendars.mark())
    every = list(roles)
    if asking and every:
        calendars.heard(every[0].holidays)  # type: ignore[attr-defined]
    return [role for role in every if role.holds_on(day)]


def _actor(person: Person, held: list[Role]) -> Actor:
    return Actor(person.pk, person.name, tuple(Post(RoleKind(role.kind), role.organ_id, role.office) for role in held))
