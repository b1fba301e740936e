"""An office whose report is begun, and signed-in clients of its people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client, override_settings

from gongkai.platform.annual.actions import entering, reporting
from gongkai.platform.annual.models import Report
from gongkai.platform.cases.recording import Doing, act
from gongkai.platform.demo.figures import told
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.models import Person
from tests.platform.cases.factories import Office, at, entered, office

Enter = Callable[[Actor], Client]
PROSE = (
    "2023年1月1日至2023年12月31日，本县主动公开政府信息{{published}}条，发布政策文件12条。12345热线受理诉求{{hotline_received}}件，其中求助9582件。",
    "", "全年收到政府信息公开申请5件。", "", "存在更新不及时的问题，今后将加强检查。", "本年度收取信息处理费{{fee}}元。",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Begun:
    """The office and its report on 2023."""

    place: Office
    report: Report

    @property
    def address(self) -> str:
        return f"/desk/annual/{self.report.pk}/"

    def now(self) -> Report:
        return Report.objects.get(pk=self.report.pk)


def begun(slug: str = "songyin") -> Begun:
    place = office(slug)
    when = at("2024-01-08")
    entering.enter(place.head, place.organ.pk, 2023, told("shule", 2023), at=when)
    case = entered(place, on="2023-03-06")
    act(place.officer, case.pk, "serve_letter", partial(_granted), at=at("2023-03-16"))
    return Begun(place, reporting.open_report(place.head, place.organ.pk, 2023, edition="2021", at=when))


def _granted(doing: Doing) -> None:
    doing.happen("replied", law={"outcome": "granted"}, facts={"reply": "provided"})


def ready(it: Begun) -> Report:
    """Written, every warning explained: it may be submitted."""
    from gongkai.law.findings import Severity
    from gongkai.platform.annual.queries import auditing

    reporting.write(it.place.head, it.report.pk, PROSE, based_on=it.now().prose_number, at=at("2024-01-09"))
    for finding in auditing.audit_of(it.now()).findings:
        if finding.severity is Severity.WARNING:
            reporting.explain(it.place.head, it.report.pk, auditing.fingerprint(finding), reason="核对过，情况属实。", at=at("2024-01-09"))
    return it.now()


@pytest.fixture
def it(db: None) -> Iterator[Begun]:
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        yield begun()


@pytest.fixture
def enter() -> Enter:
    """A browser in which an actor is signed in."""

    def entered_by(who: Actor) -> Client:
        client, person = Client(), Person.objects.get(pk=who.person or 0)
        session = SessionStore()
        session[SESSION_KEY], session[HASH_SESSION_KEY] = str(person.pk), person.get_session_auth_hash()
        session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        session.save()
        client.cookies["sessionid"] = str(session.session_key)
        client.get("/account/me/")
        return client

    return entered_by
