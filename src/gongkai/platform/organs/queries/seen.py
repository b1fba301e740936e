"""What is told of an organ and of a person: frozen values, never models."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from gongkai.platform.organs.facts import Guide
from gongkai.platform.organs.roles import RoleKind


@dataclass(frozen=True, slots=True)
class OrganView:
    """An organ as pages see it. `settings` is what it keeps, read by `dated.value_on`."""

    id: int
    name: str
    short_name: str
    slug: str
    level: str
    level_zh: str
    kind: str
    kind_zh: str
    code: str
    credit_code: str
    area_parent: int | None
    system_parent: int | None
    area_path: str
    system_path: str
    vertical: bool
    position: int
    calendar: str
    index_pattern: str
    has_rule_making_power: bool
    active: bool
    closed_on: date | None
    successor: int | None
    guide: Guide
    guide_checked_on: date | None
    settings: tuple[dict[str, object], ...]
    version: int

    @property
    def supervisor(self) -> int | None:
        """The organ whose general office is the disclosure authority over this one (条例第三条)."""
        return self.system_parent if self.vertical else self.area_parent


class ListedOrgan(NamedTuple):
    """No more of an organ than a list of hundreds needs."""

    id: int
    name: str
    level: str
    kind: str
    active: bool
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class RoleView:
    """A role with its term and where it stands on the day it was asked for."""

    id: int
    kind: RoleKind
    organ: int | None
    organ_name: str
    office: str
    since: date
    until: date | None
    ended_at: datetime | None
    holds: bool
    to_come: bool


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person as the administrator sees them."""

    id: int
    login: str
    name: str
    email: str
    phone: str
    identity: str
    active: bool
    must_change_password: bool
    has_password: bool
    last_login: datetime | None
    created_at: datetime
    version: int
    roles: tuple[RoleView, ...] = ()
    second_factor: bool = False
    sessions: int = 0

    @property
    def held(self) -> tuple[RoleView, ...]:
        return tuple(role for role in self.roles if role.holds)


@dataclass(frozen=True, slots=True)
class SessionView:
    """Where somebody is signed in."""

    id: int
    address: str
    browser: str
    since: datetime
    seen: datetime
    current: bool
