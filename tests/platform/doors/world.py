"""One of everything that has an address: an office with its cases, letters, remedies, items, figures and reports, and those who may come in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.utils import timezone

from gongkai.platform.annual.actions import entering, handing, reporting
from gongkai.platform.annual.actions import importing as figures
from gongkai.platform.annual.models import Publication as Published
from gongkai.platform.cases.actions import doorkeeping, remedies, templates
from gongkai.platform.cases.actions import importing as registers
from gongkai.platform.cases.letters import laying
from gongkai.platform.cases.models import Notice, Request
from gongkai.platform.cases.queries import doors
from gongkai.platform.catalogue import actions as catalogue
from gongkai.platform.catalogue.choices import State
from gongkai.platform.demo.figures import told
from gongkai.platform.organs import actions as organs
from gongkai.platform.organs.acting import Actor, actor_of
from gongkai.platform.organs.models import Person
from gongkai.platform.organs.roles import RoleKind
from gongkai.platform.portal.personal import OPENED
from tests.conftest import ROOT
from tests.platform.annual.figures.conftest import table
from tests.platform.annual.test_hierarchy import approved
from tests.platform.cases.factories import Office, at, entered_with_code, office
from tests.platform.cases.handling.making import asked
from tests.platform.cases.intake.registering import LINE, register
from tests.platform.cases.pages.making import Filled, back, filled, noon
from tests.platform.cases.remedies.replied import CLAIM
from tests.platform.catalogue.factories import DRAFT, County, actor, brought_to

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SAMPLE = ROOT / "samples" / "reports" / "lanyuan_resources_2023.html"
LETTER = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HOLIDAYS = "date,kind,name\n2027-01-01,holiday,元旦\n2027-02-08,holiday,春节\n2027-10-01,holiday,国庆节\n"
EVERY = [kind for kind in RoleKind if kind is not RoleKind.ADMINISTRATOR]


@dataclass(frozen=True)
class World:
    """What there is, by the names that addresses have for it: a few values for each."""

    place: Office
    cases: Filled
    people: Mapping[str, Actor]
    values: Mapping[str, Sequence[object]]
    applicant: int

    def client(self, who: str) -> Client:
        """A browser: of nobody, of the applicant, or of one of the people."""
        client = Client()
        if who == "nobody":
            return client
        session = SessionStore()
        if who == "applicant":
            session[OPENED] = doors.grants({}, [self.applicant], timezone.now())
        else:
            person = Person.objects.get(pk=self.people[who].person)
            session[SESSION_KEY], session[HASH_SESSION_KEY] = str(person.pk), person.get_session_auth_hash()
            session[BACKEND_SESSION_KEY] = BACKEND
        session.save()
        client.cookies["sessionid"] = str(session.session_key)
        return client


def world() -> World:
    """A county in the middle of its work."""
    today = timezone.localdate()
    place = office()
    cases = filled(place, today)
    organ, admin = place.organ, actor_of(Person.objects.get(login=f"{place.organ.slug}-admin"), today)
    people = {kind.value: actor(f"{kind.label}甲", (kind, organ)) for kind in EVERY}
    people |= {"everything": actor("全能", *((kind, organ) for kind in EVERY)), "administrator": admin}
    other = office("elsewhere")
    people["stranger"] = actor("外人", *((kind, other.organ) for kind in EVERY))
    items = _items(place, other, people)
    mine, _code = entered_with_code(place, on=back(today, 3).isoformat())
    _consultation, token = asked(place, mine, back(today, 2).isoformat(), today=back(today, 2).isoformat())
    report, received, batch = _annual(place, people["everything"])
    remedy = remedies.open(
        place.officer, organ.pk, request_id=cases.replied, kind="reconsideration", body="某市人民政府", claimant=CLAIM, claimant_kind="natural",
        filed_on=back(today, 3), at=noon(back(today, 3)),
    )  # fmt: skip
    version = templates.upload(place.legal, organ.pk, "correction", "补正.docx", laying.template("correction"), since=today, until=None, note="", at=timezone.now())
    line = register({**LINE, "submitted": "2025-03-05"})
    uploaded = registers.preview(place.head, organ.pk, "登记簿.xlsx", line, at=timezone.now())
    notice = organs.prepare_notice(admin, "放假.csv", HOLIDAYS.encode(), source="国办发明电〔2026〕9号", at=timezone.now())
    letters = [cases.draft, cases.signed]
    values: dict[str, Sequence[object]] = {
        "slug": [organ.slug], "item_id": list(items.values()), "request_id": [cases.rich, cases.fresh, cases.paying, cases.correcting, cases.replied, cases.confirm],
        "letter_id": letters, "task_id": [cases.task], "remedy_id": [remedy.pk], "report_id": [report], "received_id": [received], "template_id": [version.pk],
        "person_id": [place.officer.person], "role_id": [1], "batch_id": [notice.pk], "year": [2023], "number": [1], "month": [1, 0], "page": [1],
        "token": [token], "name": ["名单.txt"], "provider_id": ["identity"], "which": [1],
    }  # fmt: skip
    values |= {"register batch": [uploaded.pk], "figures batch": [batch], "public": [items[State.PUBLISHED], items[State.WITHDRAWN]], "own": [mine.pk], "mail": [_mailed(mine)]}
    return World(place, cases, people, values, mine.pk)


def _items(place: Office, other: Office, people: Mapping[str, Actor]) -> dict[State, int]:
    """An item in each state; the draft has a file."""
    kinds = {kind: people[kind.value] for kind in EVERY}
    county = County(
        place.organ, place.organ, other.organ, editor=kinds[RoleKind.EDITOR], second_editor=kinds[RoleKind.EDITOR], reviewer=kinds[RoleKind.REVIEWER],
        secrecy=kinds[RoleKind.SECRECY_REVIEWER], approver=kinds[RoleKind.APPROVER], office=kinds[RoleKind.DISCLOSURE_OFFICE],
        supervisor=kinds[RoleKind.SUPERVISOR], administrator=people["administrator"], stranger=people["stranger"],
    )  # fmt: skip
    when = timezone.now() - timedelta(hours=3)
    made = {state: brought_to(county, state, replace(DRAFT, title=f"关于{state.value}的通知"), at=when).pk for state in State}
    catalogue.attach(county.editor, made[State.DRAFT], "名单.txt", "甲、乙、丙".encode(), at=when)
    return made


def _annual(place: Office, everything: Actor) -> tuple[int, int, int]:
    """A published report, one being written, one received, a table of figures looked over."""
    first = approved(place, 2022)
    reporting.publish(place.approver, first.pk, at=at("2023-01-20"))
    assert Published.objects.filter(report=first).exists()
    when = at("2024-01-08")
    entering.enter(place.head, place.organ.pk, 2023, told("shule", 2023), at=when)
    report = reporting.open_report(place.head, place.organ.pk, 2023, edition="2021", at=when)
    received = handing.upload(everything, place.organ.pk, SAMPLE.name, SAMPLE.read_bytes(), year=2023, at=when)
    batch = figures.preview(place.head, place.organ.pk, 2023, "培训.xlsx", table([("月份", "培训次数", "某列"), ("1月", 2, 3)]), at=when)
    return report.pk, received.pk, batch.pk


def _mailed(mine: Request) -> str:
    """The token of a link that was sent by e-mail."""
    from gongkai.platform.cases import sealing
    from tests.platform.cases.factories import PEOPLE

    doorkeeping.send_link(PEOPLE[0].email, at=timezone.now())
    kept = Notice.objects.filter(key="access").latest("pk")
    return str(sealing.unseal(kept.link or b"", "cases.notice.link")).rstrip("/").rpartition("/")[2]
