"""From rows to values, and who may read what: the same for every query of the case desk."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from gongkai.law import outcomes, replies
from gongkai.law.calendar import Calendar
from gongkai.platform.cases import clocks
from gongkai.platform.cases.choices import APPLICANTS, CHANNELS, LIVE, STATES, State
from gongkai.platform.cases.errors import NotFound
from gongkai.platform.cases.models import Request
from gongkai.platform.cases.states import HANDLING, READING, SIGNING
from gongkai.platform.cases.values import Applicant, Asked
from gongkai.platform.organs import dated
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.calendars import named
from gongkai.platform.organs.models import Organ
from gongkai.platform.organs.queries import OrganView
from gongkai.platform.organs.roles import RoleKind

from .clock import light_of
from .desk_values import RequestRow

SHORT = 60  # 列表中所申请内容至多几个字
_NUMBERS = re.compile(r"\d{7,}[\dXx]?")


def readable_organs(actor: Actor, kinds: frozenset[RoleKind] = READING) -> frozenset[int]:
    """The organs in which the actor holds one of these roles; those of whose requests they may know, unless told otherwise."""
    return frozenset(organ for organ in actor.organs() if actor.kinds(organ) & kinds)


def answering_organs(actor: Actor) -> frozenset[int]:
    """The organs for whose lateness the actor answers: officers, the head of the office, the approver."""
    return readable_organs(actor, HANDLING | SIGNING)


def may_list(actor: Actor, organ_id: int) -> None:
    """Raises where the organ's requests are none of the actor's business."""
    if not actor.kinds(organ_id) & READING:
        raise NotFound


@lru_cache(maxsize=512)
def soon_until(days: Calendar, today: date, within: int) -> date:
    """The last day that is `within` working days away."""
    return days.add_workdays(today, within)


def warned_until(organ: Organ | OrganView, today: date) -> date:
    """Terms up to this day are near."""
    return soon_until(named(organ.calendar), today, dated.value_on(organ.settings, "first_reminder", today))


def quiet(text: str, applicant: Applicant) -> str:
    """A text for lists and exports: without the applicant's name, without long numbers."""
    said = text
    for name in sorted({applicant.name, applicant.contact, applicant.representative} - {""}, key=len, reverse=True):
        said = said.replace(name, "某某") if len(name) > 1 else said
    return _NUMBERS.sub("…", said)


def short(text: str, most: int = SHORT) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= most else plain[: most - 1] + "…"


def row(request: Request, today: date) -> RequestRow:
    """A line of a list, from a request with its organ and officer."""
    state, applicant = State(request.state), Applicant.opened(request.applicant)
    days = clocks.days_of(request.organ)
    until = request.next_on if state in LIVE else None
    left = days.count(today, until) if until is not None else None
    light = light_of(state, until, left, dated.value_on(request.organ.settings, "first_reminder", today), today)
    reply = replies.BY_KEY.get(request.reply)
    outcome = outcomes.BY_KEY.get(request.outcome)
    return RequestRow(
        request.pk, request.organ_id, request.organ.name, request.number, applicant.masked, short(quiet(Asked.opened(request.content).title, applicant)),
        *APPLICANTS[request.applicant_kind], *CHANNELS[request.channel], state, *STATES[state], light, left, until, request.provisional,
        request.extended, request.officer.name if request.officer else "", request.submitted_on, request.received_on, request.ended_on,
        reply.label if reply else "", outcome.label if outcome else "", request.late_days, request.violations, request.needs_help, request.moved_at,
    )  # fmt: skip
