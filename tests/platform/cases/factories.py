"""An organ with its case desk, and requests in it, as the actions leave them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from gongkai.platform.cases.creating import create
from gongkai.platform.cases.models import Request
from gongkai.platform.cases.recording import Pending
from gongkai.platform.cases.values import Applicant, Asked
from gongkai.platform.organs import actions as organs
from gongkai.platform.organs.acting import MACHINE, Actor, actor_of
from gongkai.platform.organs.facts import OrganFacts, PersonFacts
from gongkai.platform.organs.models import Organ, Person
from gongkai.platform.organs.roles import RoleKind

ZONE = ZoneInfo("Asia/Shanghai")
BEGIN = date(2018, 1, 1)
PEOPLE = (
    Applicant("柳如烟", "resident_card", "653121199001011234", phone="13900000001", email="liu@mail.example", address="疏勒县某街1号"),
    Applicant("阿不都·某某", "resident_card", "653121198502022345", phone="13900000002", email="abdu@mail.example"),
    Applicant("某某建筑有限公司", "credit_code", "", "91653100MA00000000", contact="经办人", phone="13900000003"),
)
ASKED = Asked("征地补偿安置方案", "2025年县城东区，批准文号不详", "electronic", "online")


@dataclass(frozen=True, slots=True)
class Office:
    """An organ and one person for each role of the case desk."""

    organ: Organ
    officer: Actor
    officer2: Actor
    head: Actor  # 政府信息公开工作机构负责人
    approver: Actor
    legal: Actor
    editor: Actor


def at(day: str, hour: int = 10, minute: int = 0) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(hour, minute), ZONE)


def office(slug: str = "songyin", calendar: str = "cn") -> Office:
    """An organ with its people."""
    when = datetime.combine(BEGIN, time(9), ZONE)
    facts = OrganFacts(name=f"{slug}县人民政府", slug=slug, level="county", kind="government", calendar=calendar, index_pattern="{slug}/{year}-{serial:05d}")
    organ = organs.create_organ(MACHINE, facts, at=when)
    admin = organs.create_person(MACHINE, PersonFacts(login=f"{slug}-admin", name="管理"), at=when, hashed="!")
    organs.grant_role(MACHINE, admin.pk, RoleKind.ADMINISTRATOR, since=BEGIN, at=when)
    kinds = ("case_officer", "case_officer", "disclosure_office", "approver", "legal_reviewer", "editor")
    return Office(Organ.objects.get(pk=organ.pk), *(member(slug, number, organ, RoleKind(kind), admin) for number, kind in enumerate(kinds)))


def member(slug: str, number: int, organ: Organ, kind: RoleKind, admin: Person) -> Actor:
    when = datetime.combine(BEGIN, time(9), ZONE)
    by = actor_of(admin, BEGIN)
    person = organs.create_person(by, PersonFacts(login=f"{slug}-{kind.value}-{number}", name=f"{kind.label}{number}", email=f"p{number}@{slug}.example"), at=when, hashed="!")
    organs.grant_role(by, person.pk, kind, organ.pk, since=BEGIN, at=when, office="办公室")
    return actor_of(Person.objects.get(pk=person.pk), date(2026, 1, 5))


def entered(
    place: Office, *, channel: str = "in_person", on: str = "2026-03-02", applicant: Applicant = PEOPLE[0], asked: Asked = ASKED, kind: str = "natural"
) -> Request:
    """A request as it stands after it came in."""
    return entered_with_code(place, channel=channel, on=on, applicant=applicant, asked=asked, kind=kind)[0]


def entered_with_code(
    place: Office, *, channel: str = "in_person", on: str = "2026-03-02", applicant: Applicant = PEOPLE[0], asked: Asked = ASKED, kind: str = "natural"
) -> tuple[Request, str]:
    first = Pending("submitted", date.fromisoformat(on), {"channel": channel}, {}, "", None)
    return create(
        place.officer, place.organ, "register", applicant, asked, [first], channel=channel, applicant_kind=kind, at=at(on), role=RoleKind.CASE_OFFICER
    )
