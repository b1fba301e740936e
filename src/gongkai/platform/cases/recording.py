"""How every action on a request is done: lock, check, decide, append events, fold, journal — in this order, in one transaction.

Locks are taken in one order everywhere: the posted form, the request (several: by id), serials, the journal's chain last.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from gongkai.law.calendar import Calendar
from gongkai.law.clock import Clock
from gongkai.law.errors import NotUnderstood
from gongkai.law.request import Step
from gongkai.platform import journal
from gongkai.platform.journal import By
from gongkai.platform.organs import requirements
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.roles import RoleKind

from . import clocks, happenings, sealing, standing, states
from .choices import LIVE, State
from .errors import Conflict, Invalid, NotAllowed, NotFound, NotNow, by_law
from .models import Event, Filed, Letter, Request
from .standing import Happened, Standing
from .states import Party

LONGEST_REASON, check_moment, checked_reason = requirements.LONGEST_REASON, requirements.check_moment, requirements.checked_reason
TEXT = "cases.event.text"  # sealing 的用途：Event.sealed
RECOMPUTED = "recomputed"
TERMS = ("due_on", "correct_by", "pay_by")
_WHOLE = Request.objects.select_related("organ")


@dataclass(frozen=True, slots=True)
class Ticket:
    """Proof of access to one request by somebody without a role: the applicant by code, the side consulted by link. Made by queries.doors."""

    request: int
    party: Party
    consultation: int | None = None


Who = Actor | Ticket


@dataclass(slots=True)
class Pending:
    """An event that the action has decided, not yet written."""

    kind: str
    on: date
    law: Mapping[str, Any]
    facts: Mapping[str, Any]
    text: str
    letter: Letter | None


@dataclass(slots=True)
class Doing:
    """An action under way: what it found, and what it has decided so far."""

    who: Who
    request: Request
    act: str
    role: RoleKind | None
    at: datetime
    reason: str
    days: Calendar
    events: list[Happened]  # 已有的
    pending: list[Pending] = field(default_factory=list)
    told: dict[str, object] = field(default_factory=dict)  # 只进操作日志的，不含个人信息
    changed: set[str] = field(default_factory=set)  # 动作自己改了的 Request 字段
    then: list[Callable[[], object]] = field(default_factory=list)  # 事项写定之后、记入日志之前

    @property
    def day(self) -> date:
        return clocks.local_day(self.at)

    @property
    def person(self) -> int | None:
        return self.who.person if isinstance(self.who, Actor) else None

    @property
    def clock(self) -> Clock:
        """The clock as it stands before this action's own events."""
        return standing.clock_of(self.steps)

    @property
    def steps(self) -> tuple[Step, ...]:
        return standing.steps(self.events, self.days, clocks.settings_of(self.request.organ, self.request.submitted_on))

    def happen(
        self, kind: str, on: date | None = None, *, law: Mapping[str, Any] | None = None, facts: Mapping[str, Any] | None = None,
        text: str = "", letter: Letter | None = None,
    ) -> None:  # fmt: skip
        """Decide that this happened: `law` has the fields of the law's event, `facts` nothing personal, `text` is sealed."""
        when = on or self.day
        if when > self.day:
            raise Invalid({"on": _("日期 %(on)s 在今天之后；只登记已经发生的事。") % {"on": when}})
        assert kind in happenings.BY_KEY, kind
        self.pending.append(Pending(kind, when, law or {}, facts or {}, text, letter))


Work = Callable[[Doing], None]


def act(
    who: Who, request_id: int, key: str, work: Work, *, at: datetime, reason: str = "", once: str | None = None, seen: int | None = None
) -> Request:
    """Do one act with one request. `once` names the posted form; `seen` is the number of events that the person was looking at."""
    check_moment(at)
    with transaction.atomic():
        posted = post_once(who, once, key, at)
        if posted is not None and posted.request_id is not None:
            return seen_by(who, posted.request_id)
        doing = begin(who, lock(who, request_id), key, at, reason, seen)
        work(doing)
        finish(doing)
        if posted is not None:
            Filed.objects.filter(pk=posted.pk).update(request=doing.request)
    return doing.request


def post_once(who: Who, once: str | None, key: str, at: datetime) -> Filed | None:
    """The posted form's row: with its request where it was posted before. A second post waits for the first to end."""
    if once is None:
        return None
    if not 1 <= len(once) <= 64:
        raise Invalid({"": _("表单编号不正确，请刷新页面后再提交。")})
    by = who.person if isinstance(who, Actor) else f"{who.party}:{who.request}"
    hashed = sealing.secret_hash("once", f"{by}\x00{once}")
    Filed.objects.bulk_create([Filed(key=hashed, action=key, at=at)], ignore_conflicts=True)
    row = Filed.objects.select_for_update().get(pk=hashed)
    if row.action != key:
        raise Invalid({"": _("这张表单已经用于另一操作，请刷新页面后再提交。")})
    return row


def may_read(who: Who, request: Request) -> bool:
    """Whether this request may be known to somebody: the roles of its organ, its own ticket, the machine."""
    if isinstance(who, Ticket):
        return who.request == request.pk
    return who.machine or bool(who.kinds(request.organ_id) & states.READING)


def lock(who: Who, request_id: int) -> Request:
    """The request, held until the transaction ends, and only then read; not found by whoever may not know of it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM cases_request WHERE id = %s FOR NO KEY UPDATE", [request_id])
    return seen_by(who, request_id)


def seen_by(who: Who, request_id: int) -> Request:
    found = _WHOLE.filter(pk=request_id).first()
    if found is None or not may_read(who, found):
        raise NotFound
    return found


def events_of(request: Request) -> list[Happened]:
    rows = Event.objects.filter(request=request).order_by("number").values_list("number", "kind", "on", "law", "facts")
    return [Happened(*row) for row in rows]


def begin(who: Who, request: Request, key: str, at: datetime, reason: str = "", seen: int | None = None) -> Doing:
    """Ask the table; an act that may be begun, or the reason why not."""
    events = events_of(request)
    verdict = verdict_on(who, request, key, events)
    if not verdict.allowed and verdict.now:
        raise NotAllowed(verdict.zh, verdict.en)
    if seen is not None and seen != request.events_taken:
        zh = "您打开页面之后，本件又有新的登记；您填的内容没有写入，也没有丢失。请核对后再办理。"
        raise Conflict(zh, "Something was entered after you opened the page: check, and do it again.")
    if not verdict.allowed:
        raise NotNow(verdict.zh, verdict.en)
    words = checked_reason(reason, states.BY_KEY[key].reason)
    return Doing(who, request, key, verdict.role, at, words, clocks.exact_days_of(request.organ), events)


def verdict_on(who: Who, request: Request, key: str, events: list[Happened]) -> states.Verdict:
    facts = states.Facts(State(request.state), any(each.kind == "archived" for each in standing.effective(events)))
    if isinstance(who, Ticket):
        return states.may(key, facts, frozenset(), who.party)
    return states.may(key, facts, who.kinds(request.organ_id), Party.SYSTEM if who.machine else Party.OFFICER)


def finish(doing: Doing) -> list[Event]:
    """Fold, write the events and the cache, then what waits for them, then the journal."""
    request, before = doing.request, (doing.request.state, doing.request.due_on)
    reckon_anew(doing)
    numbered = [
        Happened(request.events_taken + place, each.kind, each.on, each.law, each.facts) for place, each in enumerate(doing.pending, start=1)
    ]
    try:
        now = _folded([*doing.events, *numbered], request, doing.days)
    except NotUnderstood as refused:
        raise by_law(refused) from None
    written = [event_of(doing, happened, pending) for happened, pending in zip(numbered, doing.pending, strict=True)]
    Event.objects.bulk_create(written)
    request.events_taken += len(written)
    request.moved_at = doing.at
    settle(request, now, doing.days)
    request.save(update_fields=[*CACHED, "events_taken", "moved_at", *sorted(doing.changed)])
    for waiting in doing.then:
        waiting()
    record(doing, written, before)
    return written


def _folded(events: list[Happened], request: Request, days: Calendar) -> Standing:
    """Under the settings of the day of submission, also where that day is what is rectified."""
    now = standing.fold(events, days, clocks.settings_of(request.organ, request.submitted_on))
    if now.submitted_on != request.submitted_on:
        now = standing.fold(events, days, clocks.settings_of(request.organ, now.submitted_on))
    return now


def reckon_anew(doing: Doing) -> None:
    """A holiday notice came since the terms were counted: what it moved is an event of its own, before those of the act."""
    request = doing.request
    if not request.calendar_mark or request.calendar_mark == clocks.mark_of(doing.days) or State(request.state) not in LIVE:
        return
    now = standing.fold(doing.events, doing.days, clocks.settings_of(request.organ, request.submitted_on))
    if moved := moved_terms(request, now):
        doing.pending.insert(0, Pending(RECOMPUTED, doing.day, {}, moved, "", None))


def moved_terms(request: Request, now: Standing) -> dict[str, object]:
    """The terms that stand otherwise now, before and after."""
    told = {name: (getattr(request, name), getattr(now, name)) for name in TERMS}
    return {name: [_iso(before), _iso(after)] for name, (before, after) in told.items() if before != after}


def _iso(on: date | None) -> str | None:
    return on.isoformat() if on is not None else None


def event_of(doing: Doing, happened: Happened, pending: Pending) -> Event:
    sealed = sealing.seal(pending.text, TEXT) if pending.text else None
    told = {"request": doing.request.pk, "number": happened.number, "kind": happened.kind, "on": happened.on.isoformat(), "law": happened.law, "facts": happened.facts}
    digest = hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False, default=str).encode() + (sealed or b"")).hexdigest()
    return Event(
        request=doing.request, number=happened.number, kind=happened.kind, on=happened.on, law=dict(happened.law), facts=dict(happened.facts),
        sealed=sealed, letter=pending.letter, person_id=None if pending.kind == RECOMPUTED else doing.person,
        role=Party.SYSTEM.value if pending.kind == RECOMPUTED else role_of(doing), at=doing.at, digest=digest,
    )  # fmt: skip


def role_of(doing: Doing) -> str:
    if isinstance(doing.who, Ticket):
        return doing.who.party.value
    return Party.SYSTEM.value if doing.who.machine else doing.role.value if doing.role else ""


def by_of(doing: Doing) -> By:
    """How the journal names who acted: an officer by name, an applicant never."""
    if isinstance(doing.who, Ticket):
        return By(None, states.PARTIES[doing.who.party][0], doing.who.party.value)
    return doing.who.by(doing.role)


def record(doing: Doing, written: list[Event], before: tuple[str, date | None]) -> None:
    """The entry in the organ's chain: which events, with their digests; never a name, never a text."""
    request = doing.request
    changes: dict[str, object] = {"events": [f"{each.number} {each.kind} {each.on} {each.digest}" for each in written], **doing.told}
    if before[0] != request.state:
        changes["state"] = [before[0], request.state]
    if before[1] != request.due_on:
        changes["due_on"] = [before[1], request.due_on]
    journal.record(by_of(doing), f"cases.{doing.act}", f"cases.request:{request.pk}", chain=request.organ_id, at=doing.at, changes=changes)


CACHED = (*(each.name for each in fields(Standing)), "calendar_mark")


def settle(request: Request, now: Standing, days: Calendar) -> None:
    """Write a standing into the request's cached fields (not yet into the database)."""
    for each in fields(Standing):
        value = getattr(now, each.name)
        setattr(request, each.name, value.value if isinstance(value, State) else value)
    request.calendar_mark = clocks.mark_of(days)
