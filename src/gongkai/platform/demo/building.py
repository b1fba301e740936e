"""Building the demo: organs, people, items, all through the actions, in one transaction: it is there whole, or not at all."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from heapq import merge
from time import perf_counter

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from gongkai.platform import journal
from gongkai.platform.journal.marks import DEMONSTRATION, demonstration
from gongkai.platform.organs import actions as organs
from gongkai.platform.organs.acting import MACHINE, Actor, actor_of
from gongkai.platform.organs.facts import Guide, OrganFacts, PersonFacts
from gongkai.platform.organs.models import Organ
from gongkai.platform.organs.roles import RoleKind

from .doing import Hands
from .drafting import Desk, words_of
from .fates import ZONE, Deed
from .places import PLACES, Place, code
from .plan import plan
from .reporting import Reports
from .requests.hands import CaseHands
from .requests.plan import request_plan
from .requests.story import Act
from .staff import BEGIN, BY_LOGIN, MEMBERS, PASSWORD, PUBLISHING

STRAIGHT = frozenset({"create", "submit", "review", "clear", "approve", "recheck", "attach", "record_channel"})
Progress = Callable[[str], None]


class Found(StrEnum):
    """What a database holds before the demo is built."""

    NOTHING = "nothing"
    DEMO = "demo"
    OTHER = "other"


class OtherData(Exception):
    """The database holds organs that are not the demo's."""

    zh = "数据库里已有其他机关的数据，没有建立演示数据。请换一个空的数据库（GONGKAI_HOME 或 DATABASE_URL），或明确要求在旁边建立。"
    en = "The database holds other organs already; no demo was built. Use an empty one (GONGKAI_HOME or DATABASE_URL), or ask for it expressly."

    def __init__(self) -> None:
        super().__init__(self.zh)


@dataclass(frozen=True, slots=True)
class Summary:
    """What was built, or what was there already."""

    built: bool
    organs: int
    people: int
    items: int
    requests: int
    deeds: int
    seconds: float


def found() -> Found:
    """Whether there is a demo here, something else, or nothing."""
    if demonstration() is not None:
        return Found.DEMO
    return Found.OTHER if Organ.objects.exists() else Found.NOTHING


def build(today: date, progress: Progress | None = None, *, beside: bool = False) -> Summary:
    """Build the demo as of the morning of `today`; where it is there already, say so. `beside`: other data does not matter."""
    say = progress or (lambda _: None)
    began = perf_counter()
    if (known := demonstration()) is not None:
        organs_, people, items, requests, deeds = (int(str(known.get(name, 0))) for name in ("organs", "people", "items", "requests", "deeds"))
        return Summary(False, organs_, people, items, requests, deeds, 0.0)
    if found() is Found.OTHER and not beside:
        raise OtherData
    with _undisturbed(), transaction.atomic():
        say("机关和人员")
        secret = make_password(PASSWORD)
        admin = _administrator(secret)
        ids = _organs(admin)
        _people(admin, ids, secret)
        planned = plan(today)
        hands = Hands(Desk(planned.entries.values()), planned.entries, ids)
        asked = request_plan(today)
        cases = CaseHands(asked.stories, ids, hands.actor)
        cases.prepare()
        reports = Reports(ids, hands.actor)
        year = reported = 0
        together: Iterator[Deed | Act] = merge(planned.deeds, asked.acts, key=lambda each: each.at)
        for deed in together:
            if deed.at.year != year:
                year = deed.at.year
                say(f"{year} 年")
            reported += reports.until(deed.at)
            if isinstance(deed, Act):
                with _without_savepoints():
                    cases.do(deed)
            else:
                with _without_savepoints(deed.verb in STRAIGHT):
                    hands.do(deed)
        cases.settle()
        told = {
            "today": today.isoformat(), "organs": len(ids), "people": len(MEMBERS), "items": len(hands.items), "requests": cases.number,
            "deeds": hands.done + cases.done + reported,
        }  # fmt: skip
        at = datetime.combine(today, time(), ZONE)
        journal.record(journal.MACHINE, DEMONSTRATION.verb, DEMONSTRATION.subject, chain=DEMONSTRATION.chain, at=at, changes=told)
    return Summary(True, len(ids), len(MEMBERS), len(hands.items), cases.number, hands.done + cases.done + reported, perf_counter() - began)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Without the cyclic garbage collector: it finds next to nothing, and takes its time."""
    working = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if working:
            gc.enable()


@contextmanager
def _without_savepoints(wanted: bool = True) -> Iterator[None]:
    """Where no action can fail and go on, a savepoint is of no use: if a deed of these fails, the whole demo goes back."""
    features, before = connection.features, connection.features.uses_savepoints
    features.uses_savepoints = before and not wanted
    try:
        yield
    finally:
        features.uses_savepoints = before


def _at(minute: int) -> datetime:
    return datetime.combine(BEGIN, time(9, minute), ZONE)


def _administrator(secret: str) -> Actor:
    """Whom the set-up makes; everybody else comes from the administrator."""
    person = organs.create_person(MACHINE, _facts("demo-admin"), at=_at(0), hashed=secret)
    organs.grant_role(MACHINE, person.pk, RoleKind.ADMINISTRATOR, since=BEGIN, at=_at(1), office="信息中心")
    return actor_of(person, BEGIN)


def _facts(login: str) -> PersonFacts:
    return PersonFacts(login=login, name=BY_LOGIN[login].name, email=f"{login}@gongkai.example")


def _organs(admin: Actor) -> dict[str, int]:
    ids: dict[str, int] = {}
    for place in PLACES:
        ids[place.slug] = organs.create_organ(admin, _organ(place, ids), at=_at(10)).pk
    for slug in PUBLISHING:
        words = words_of(slug)
        guide = Guide(
            office_name=words["office"], office_address=words["address"], office_hours="工作日10:00—14:00，15:30—19:30", office_phone=words["phone"],
            office_fax=words["fax"], office_post=words["post"], office_contact=f"https://{slug}.gov.example/",
        )  # fmt: skip
        organs.change_guide(admin, ids[slug], guide, at=_at(20))
    organs.change_settings(admin, ids["shule"], {"recheck_days": 5}, since=date(2024, 1, 1), at=_at(21), reason="与县政府办公室的复查安排一致。")
    return ids


def _organ(place: Place, ids: dict[str, int]) -> OrganFacts:
    return OrganFacts(
        name=place.name, slug=place.slug, level=place.level, kind=place.kind, short_name=place.short, code=code(place), position=place.position,
        area_parent=ids[place.area] if place.area else None, system_parent=ids[place.system] if place.system else None, calendar=place.calendar,
        has_rule_making_power=place.rules,
    )  # fmt: skip


def _people(admin: Actor, ids: dict[str, int], secret: str) -> None:
    """One password for all, hashed once."""
    for member in MEMBERS:
        if member.login != "demo-admin":
            person = organs.create_person(admin, _facts(member.login), at=_at(30), hashed=secret)
            for post in member.posts:
                organ = ids[post.organ] if post.organ else None
                organs.grant_role(admin, person.pk, RoleKind(post.role), organ, since=post.since, until=post.until, office=post.office, at=_at(31))
