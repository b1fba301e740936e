"""Organs, people and roles for tests, made through the actions."""

from __future__ import annotations

from datetime import date, datetime
from itertools import count
from zoneinfo import ZoneInfo

from gongkai.platform.organs import actions
from gongkai.platform.organs.acting import MACHINE, Actor, actor_of
from gongkai.platform.organs.codes import organ_check
from gongkai.platform.organs.facts import OrganFacts, PersonFacts
from gongkai.platform.organs.models import Organ, Person
from gongkai.platform.organs.roles import RoleKind

AT = datetime(2026, 3, 2, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
DAY = date(2026, 3, 2)
SINCE = date(2025, 1, 1)
PASSWORD = "Hetian-2026-yellow"
_numbers = count(1)


def code() -> str:
    body = f"{next(_numbers):08d}"
    return body + organ_check(body)


def facts(name: str = "", **more: object) -> OrganFacts:
    n = next(_numbers)
    told: dict[str, object] = {"name": name or f"第{n}机关", "slug": f"organ-{n}", "level": "county", "kind": "department", "code": code()}
    return OrganFacts(**(told | more))  # type: ignore[arg-type]


def organ(name: str = "", **more: object) -> Organ:
    return actions.create_organ(MACHINE, facts(name, **more), at=AT)


def person(name: str = "", password: str | None = None, **more: str) -> Person:
    n = next(_numbers)
    told = PersonFacts(**({"login": f"person{n}", "name": name or f"人员{n}"} | more))
    return actions.create_person(MACHINE, told, at=AT, password=password, must_change=False)


def role(who: Person, kind: RoleKind, where: Organ | None = None, since: date = SINCE, until: date | None = None) -> int:
    return actions.grant_role(MACHINE, who.pk, kind, where and where.pk, since=since, until=until, at=AT).pk


def acting(kind: RoleKind, where: Organ | None = None, name: str = "") -> Actor:
    """Somebody new who holds this role alone."""
    who = person(name)
    role(who, kind, where)
    return actor(who)


def actor(who: Person, day: date = DAY) -> Actor:
    return actor_of(Person.objects.get(pk=who.pk), day)


def administrator() -> Actor:
    return acting(RoleKind.ADMINISTRATOR)
