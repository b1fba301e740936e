"""催办: before each term, to the officer and then to the head; every working day after it, to both. Each once: the reminder's row is the proof.

Done every morning, batch by batch, in statements that do not grow with the batch; done again, it does nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.types import JSONDict

from gongkai.law.consultation import LABEL, SILENCE, Silence
from gongkai.law.events import Asked
from gongkai.platform.cases import clocks, happenings, notices, sealing, standing
from gongkai.platform.cases.choices import State
from gongkai.platform.cases.enclosing import words
from gongkai.platform.cases.models import Consultation, Event, Notice, Request, Task
from gongkai.platform.cases.recording import Doing, act
from gongkai.platform.cases.standing import Happened
from gongkai.platform.organs import dated
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.models import Organ, Person, Role
from gongkai.platform.organs.roles import RoleKind

from . import noticing

SIZE = 500
TERMS = {"due": "答复", "correct_by": "补正", "pay_by": "缴费", "task": "检索", "consultation": "征求意见"}
DAILY = frozenset({"due", "task"})  # 逾期后每个工作日都催；补正、缴费、征求意见期满的只说一次
MEANS = {Silence.ORGAN_DECIDES: "由本机关依照条例决定是否公开", Silence.DEEMED_CONSENT: "视为同意公开"}
_OPEN = Request.objects.filter(next_on__isnull=False)
_SHOWN = ("pk", "organ_id", "officer_id", "number", "state", "next_on", "due_on", "correct_by", "pay_by", "submitted_on", "applicant")
_PUT = (
    "INSERT INTO cases_reminder (request_id, term, ref, term_on, days, at) SELECT *, %s FROM unnest(%s::bigint[], %s::text[], %s::text[], "
    "%s::date[], %s::smallint[]) ON CONFLICT DO NOTHING RETURNING request_id, term, ref, term_on, days"
)


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a request that is near, or over."""

    request: Request
    term: str
    on: date
    days: int  # 第几步提醒：届满前几个工作日；负为已过几个工作日
    left: int
    ref: str = ""
    person: int | None = None  # 检索人
    to: str = ""  # 征求意见的对象

    @property
    def key(self) -> tuple[int, str, str, date, int]:
        return (self.request.pk, self.term, self.ref, self.on, self.days)

    @property
    def label(self) -> str:
        return TERMS[self.term] + (f"（{self.ref}）" if self.ref else "")


@dataclass(slots=True)
class Round:
    """One morning: the organs with their calendars and steps, and who is reached."""

    now: datetime
    today: date
    organs: dict[int, Organ]
    heads: dict[int, set[int]] = field(default_factory=dict)
    emails: dict[int, str] = field(default_factory=dict)

    def steps(self, organ: Organ) -> tuple[int, int]:
        return dated.value_on(organ.settings, "first_reminder", self.today), dated.value_on(organ.settings, "second_reminder", self.today)


def remind(now: datetime, size: int = SIZE) -> int:
    """Remind of every open request's terms; how many reminders were given."""
    today = clocks.local_day(now)
    going = Round(now, today, Organ.objects.in_bulk())
    going.heads = _heads(today)
    given, after = 0, 0
    while rows := list(_OPEN.filter(pk__gt=after).only(*_SHOWN).order_by("pk")[:size]):
        with transaction.atomic():
            given += _batch(rows, going)
        after = rows[-1].pk
    return given


def press(actor: Actor, request_id: int, text: str, *, at: datetime, once: str | None = None) -> Request:
    """The head presses for a request, in their own words."""
    said = words(text)

    def work(doing: Doing) -> None:
        doing.happen("reminded", text=said)
        doing.then.append(lambda: noticing.tell(doing, "pressed", to="officer"))

    return act(actor, request_id, "remind", work, at=at, once=once)


def _batch(rows: list[Request], going: Round) -> int:
    """Six statements, and two for each applicant who is reminded."""
    working = {row.pk: row for row in rows if clocks.days_of(going.organs[row.organ_id]).is_workday(going.today)}  # 休息日不催
    if not working:
        return 0
    terms = [*_own(working, going), *_tasks(working, going), *_consultations(working, going)]
    fresh = _put(terms, going.now)
    told = [term for term in terms if term.key in fresh]
    _tell_officers(told, going)
    for term in told:
        if term.term in ("correct_by", "pay_by") and term.days >= 0:
            key = "correct_soon" if term.term == "correct_by" else "pay_soon"
            noticing.tell(term.request, key, facts={"by": term.on}, at=going.now)
    return len(told)


def _step(term: str, on: date, organ: Organ, going: Round) -> tuple[int, int] | None:
    """Which reminder is due today, and how many working days are left; None where none is."""
    days, (first, second) = clocks.days_of(organ), going.steps(organ)
    left = days.count(going.today, on)
    if going.today > on:
        if left >= 0:
            return None
        return (left if term in DAILY else -1), left
    return next(((step, left) for step in sorted({0, min(first, second), first}) if left <= step), None)


def _own(rows: dict[int, Request], going: Round) -> Iterator[Term]:
    """Reply, correction, payment: whichever runs."""
    runs = {State.OPEN.value: "due", State.AWAITING_CORRECTION.value: "correct_by", State.AWAITING_FEE.value: "pay_by"}
    for row in rows.values():
        term = runs[row.state]
        assert row.next_on is not None
        if (step := _step(term, row.next_on, going.organs[row.organ_id], going)) is not None:
            yield Term(row, term, row.next_on, *step)


def _tasks(rows: dict[int, Request], going: Round) -> Iterator[Term]:
    for task in Task.objects.filter(request__in=rows, state="open").only("request_id", "ref", "due_on", "person_id").order_by("pk"):
        row = rows[task.request_id]
        if (step := _step("task", task.due_on, going.organs[row.organ_id], going)) is not None:
            yield Term(row, "task", task.due_on, *step, task.ref, task.person_id)


def _consultations(rows: dict[int, Request], going: Round) -> Iterator[Term]:
    """Letters that are out and not answered, as the core counts them."""
    sent = Consultation.objects.filter(request__in=rows).exclude(token_hash="").values_list("request_id", flat=True).distinct()
    told: dict[int, list[Happened]] = {pk: [] for pk in sent}
    kinds = [kind.key for kind in happenings.KINDS if kind.law] + ["rectified"]
    events = Event.objects.filter(request__in=told, kind__in=kinds).order_by("request", "number")
    for pk, *fields in events.values_list("request_id", "number", "kind", "on", "law", "facts"):
        told[pk].append(Happened(*fields))
    for pk, happened in told.items():
        organ, days = going.organs[rows[pk].organ_id], clocks.days_of(going.organs[rows[pk].organ_id])
        clock = standing.clock_of(standing.steps(happened, days, clocks.settings_of(organ, rows[pk].submitted_on)))
        for each in clock.consultations:
            if each.answered is None and (step := _step("consultation", each.term(days), organ, going)) is not None:
                yield Term(rows[pk], "consultation", each.term(days), *step, each.ref, None, each.to.value)


def _put(terms: list[Term], now: datetime) -> set[tuple[int, str, str, date, int]]:
    """Write the reminders down; those that had not been given."""
    if not terms:
        return set()
    columns = [list(column) for column in zip(*(term.key for term in terms), strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(_PUT, [now, *columns])
        return {(pk, term, ref, on, days) for pk, term, ref, on, days in cursor.fetchall()}


def _tell_officers(terms: list[Term], going: Round) -> None:
    """The messages on the desk, and their e-mails, all at once."""
    meant = [(term, sorted(_meant(term, going))) for term in terms]
    unknown = {person for _term, people in meant for person in people} - going.emails.keys()
    going.emails.update(Person.objects.filter(pk__in=unknown, is_active=True).values_list("pk", "email"))
    rows = []
    for term, people in meant:
        kind, facts = _said(term)
        base = {"request_id": term.request.pk, "organ_id": term.request.organ_id, "key": kind.key, "facts": facts, "at": going.now}
        for person in people:
            if person in going.emails:
                rows.append(Notice(**base, channel="desk", person_id=person, state="desk"))
                if kind.mail and going.emails[person]:
                    rows.append(Notice(**base, channel="email", person_id=person, to=sealing.seal(going.emails[person], notices.TO)))
    Notice.objects.bulk_create(rows)
    mails: list[JSONDict] = [{"notice_id": row.pk} for row in rows if row.channel == "email"]
    if mails:
        app.configure_task(notices.SEND, queue=notices.QUEUE, allow_unknown=True).batch_defer(*mails)


def _meant(term: Term, going: Round) -> set[int]:
    """Before the term its officer (and whoever searches); near its end, and after it, the head too; the head where nobody handles it."""
    organ, near = term.request.organ_id, going.steps(going.organs[term.request.organ_id])
    people = {term.request.officer_id, term.person} - {None}
    if term.days < 0 or term.days <= min(near) or term.request.officer_id is None:
        people |= going.heads.get(organ, set())
    return {person for person in people if person is not None}


def _said(term: Term) -> tuple[notices.Kind, dict[str, object]]:
    by = term.on.isoformat()
    if term.term == "consultation" and term.days < 0:
        asked = Asked(term.to)
        return notices.BY_KEY["silent"], {"ref": term.ref, "by": by, "means": f"{LABEL[asked]}未提出意见，{MEANS[SILENCE[asked]]}"}
    if term.days < 0:
        return notices.BY_KEY["overdue"], {"term": term.label, "by": by, "days": -term.left}
    return notices.BY_KEY["reminder"], {"term": term.label, "by": by, "days": term.left}


def _heads(today: date) -> dict[int, set[int]]:
    """Who heads the disclosure office of each organ. One statement."""
    found: dict[int, set[int]] = {}
    for role in Role.objects.filter(kind=RoleKind.DISCLOSURE_OFFICE, person__is_active=True, organ__isnull=False):
        if role.holds_on(today):
            found.setdefault(int(role.organ_id or 0), set()).add(role.person_id)
    return found
