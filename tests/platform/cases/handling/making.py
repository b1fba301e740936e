"""Short ways to bring a request somewhere: what a served letter does to the clock, without its paper."""

from __future__ import annotations

from datetime import date
from typing import Any

from gongkai.law.clock import Clock
from gongkai.platform.cases import clocks, recording, standing
from gongkai.platform.cases.models import Consultation, Event, Request
from gongkai.platform.cases.recording import Doing, Ticket, act
from gongkai.platform.cases.states import Party
from gongkai.platform.cases.values import Consulted
from tests.platform.cases.factories import Office, at

PARTY = Consulted("某某矿业有限公司", contact="经办人", phone="13900000009", email="mine@party.example")


def served(place: Office, request: Request, kind: str, on: str, law: dict[str, Any], facts: dict[str, Any] | None = None, today: str = "") -> Request:
    """The law's event that a letter's service makes."""
    return act(place.officer, request.pk, "serve_letter", lambda doing: doing.happen(kind, date.fromisoformat(on), law=law, facts=facts), at=at(today or on))


def asked(place: Office, request: Request, on: str, to: str = "third_party", today: str = "") -> tuple[Consultation, str]:
    """A side consulted, its letter served; with the token of its link."""
    from gongkai.platform.cases.actions import consulting

    consultation = consulting.consult(place.officer, request.pk, to, PARTY, "拟公开贵公司报送的补偿标准，请提出意见", at=at(today or on))
    token: list[str] = []

    def work(doing: Doing) -> None:
        token.append(consulting.on_served(doing, Consultation.objects.get(pk=consultation.pk), date.fromisoformat(on)))

    act(place.officer, request.pk, "serve_letter", work, at=at(today or on))
    return Consultation.objects.get(pk=consultation.pk), token[0]


def applicant(request: Request) -> Ticket:
    return Ticket(request.pk, Party.APPLICANT)


def kinds(request: Request) -> list[str]:
    return list(Event.objects.filter(request=request).order_by("number").values_list("kind", flat=True))


def last(request: Request, kind: str) -> Event:
    return Event.objects.filter(request=request, kind=kind).order_by("-number")[0]


def clock(request: Request) -> Clock:
    """The core's clock over the same events."""
    events = recording.events_of(request)
    return standing.clock_of(standing.steps(events, clocks.days_of(request.organ), clocks.settings_of(request.organ, request.submitted_on)))


def day(text: str) -> date:
    return date.fromisoformat(text)
