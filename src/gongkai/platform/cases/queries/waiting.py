"""What waits for somebody on the case desk, in one statement: what is overdue first, then what only they can do.

The applicant's name is masked; tasks and messages tell nothing of the applicant at all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, CharField, Count, DateField, F, Q, QuerySet, TextField, Value, Window
from django.db.models.functions import Cast
from django.utils.translation import get_language

from gongkai.law.letters import BY_KEY as LETTERS
from gongkai.platform.cases import clocks, sealing
from gongkai.platform.cases.choices import LIVE, TASK_STATES, LetterState, State
from gongkai.platform.cases.letters.duties import reviewed, signers
from gongkai.platform.cases.models import Letter, Notice, Request, Task
from gongkai.platform.cases.notices import BY_KEY as NOTICES
from gongkai.platform.cases.recording import may_read
from gongkai.platform.cases.states import BY_KEY, HANDLING
from gongkai.platform.cases.values import Applicant, Asked
from gongkai.platform.organs import dated
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.calendars import named
from gongkai.platform.organs.queries import OrganView, own_organs
from gongkai.platform.organs.roles import RoleKind as R
from gongkai.platform.pages.paging import Page, span, within

from .clock import light_of
from .desk_values import Duty, TaskRow, Waiting, Waits
from .reading import answering_organs, quiet, readable_organs, short, warned_until

EACH = 8  # 每组先列几件
TASK = "cases.task.what"
DUTIES: dict[str, tuple[str, str]] = {
    "overdue": ("逾期未答复", "Overdue"),
    "sign": ("待我签发的文书", "Letters for me to sign"),
    "review": ("待我法制审核的文书", "Letters for my legal review"),
    "returned": ("退回给我的文书", "Letters sent back to me"),
    "serve": ("已签发、待送达的文书", "Signed letters to serve"),
    "soon": ("即将届满", "Due soon"),
    "confirm": ("待双方确认", "To be confirmed"),
    "lapsed": ("申请人逾期未补正、未缴费", "Correction or fee not received in time"),
    "unassigned": ("还没有承办人", "Without an officer"),
    "tasks": ("交办给我的检索", "Search tasks for me"),
    "notices": ("未读的通知", "Unread messages"),
}
_COLUMNS = ("duty", "among", "place", "request", "organ", "number", "applicant", "content", "state", "until", "officer", "told", "part")
_REPLIES = [key for key in LETTERS if reviewed(key)]


def waiting(actor: Actor, today: date, organs_read: Iterable[OrganView] | None = None) -> Waiting:
    """Everything that waits for the actor, in all organs. One statement where the caller has read the organs already, else two."""
    if actor.person is None or not actor.organs():
        return Waiting(())
    organs = {organ.id: organ for organ in (own_organs(actor) if organs_read is None else organs_read)}
    parts = [part for part in _parts(actor, organs, today) if part is not None]
    found: dict[str, list[dict[str, Any]]] = {}
    first, *others = parts
    for line in first.union(*others, all=True) if others else first:
        told = dict(zip(_COLUMNS, line, strict=True))
        found.setdefault(str(told["duty"]), []).append(told)
    duties = []
    for key, (zh, en) in DUTIES.items():
        if held := found.get(key):
            rows = tuple(_waits(told, organs, today) for told in sorted(held, key=lambda each: (each["until"] or date.max, each["place"])))
            duties.append(Duty(key, zh, en, int(held[0]["among"]), rows))
    return Waiting(tuple(duties))


def _parts(actor: Actor, organs: dict[int, OrganView], today: date) -> Iterator[QuerySet[Any, Any] | None]:
    """For each duty the first of what waits, as columns that fit together."""

    def where(*kinds: R) -> list[int]:
        return [pk for pk in organs if actor.kinds(pk) & set(kinds)]

    yield _tasks(actor)
    yield _notices(actor)
    if answering := list(answering_organs(actor)):
        yield _requests("overdue", Q(organ__in=answering, state=State.OPEN.value, due_on__lt=today))
    if handling := where(*HANDLING):
        soon = Q()
        for pk in handling:
            soon |= Q(organ=pk, next_on__lte=warned_until(organs[pk], today))
        running = [State.OPEN.value, State.AWAITING_CORRECTION.value, State.AWAITING_FEE.value]
        yield _requests("soon", soon & Q(state__in=running, next_on__gte=today))
        yield _requests("confirm", Q(organ__in=handling, state=State.AWAITING_CONFIRMATION.value))
        yield _requests("lapsed", Q(organ__in=handling, state__in=running[1:], next_on__lt=today))
        yield _requests("unassigned", Q(organ__in=handling, state__in=[state.value for state in LIVE], officer__isnull=True))
        yield _letters("serve", Q(request__organ__in=handling, state=LetterState.SIGNED.value))
        yield _letters("returned", Q(request__organ__in=handling, state=LetterState.RETURNED.value, drafted_by=actor.person))
    yield _to_sign(actor, organs, today)
    reviewing = [pk for pk in where(R.LEGAL_REVIEWER) if dated.value_on(organs[pk].settings, "legal_review", today)]
    if reviewing:
        waits = Q(request__organ__in=reviewing, state=LetterState.DRAFTED.value, key__in=_REPLIES)
        yield _letters("review", waits & ~Q(drafted_by=actor.person))


def _to_sign(actor: Actor, organs: dict[int, OrganView], today: date) -> QuerySet[Any, Any] | None:
    """What only the roles of the actor may sign, drafted by somebody else, and legally reviewed where the organ demands it."""
    ready = Q()
    for pk, organ in organs.items():
        keys = [key for key in LETTERS if signers(key) & actor.kinds(pk)]
        if not keys:
            continue
        demanded = [key for key in keys if key in _REPLIES and dated.value_on(organ.settings, "legal_review", today)]
        plain = Q(key__in=keys, state__in=[LetterState.DRAFTED.value, LetterState.REVIEWED.value]) & ~Q(key__in=demanded)
        ready |= Q(request__organ=pk) & (plain | Q(key__in=demanded, state=LetterState.REVIEWED.value))
    return _letters("sign", ready & ~Q(drafted_by=actor.person)) if ready else None


def _requests(duty: str, which: Q) -> QuerySet[Any, Any]:
    found = Request.objects.filter(which).order_by(F("next_on").asc(nulls_last=True), "pk")
    return _columns(found, duty, "", "content", F("next_on"), Value("", CharField()), Value(None, BigIntegerField()))


def _letters(duty: str, which: Q) -> QuerySet[Any, Any]:
    found = Letter.objects.filter(which).order_by(F("request__next_on").asc(nulls_last=True), "pk")
    return _columns(found, duty, "request__", "request__content", F("request__next_on"), F("key"), F("pk"))


def _tasks(actor: Actor) -> QuerySet[Any, Any]:
    found = Task.objects.filter(theirs(actor), state="open").order_by("due_on", "pk")
    return _columns(found, "tasks", "request__", "what", F("due_on"), F("ref"), F("pk"))


def _notices(actor: Actor) -> QuerySet[Any, Any]:
    found = Notice.objects.filter(person=actor.person, channel="desk", read_at__isnull=True).order_by("-at", "pk")
    return _columns(found, "notices", "request__", "to", Value(None, DateField()), F("key"), F("pk"), Cast("facts", TextField()))


def theirs(actor: Actor) -> Q:
    """The tasks that are somebody's: given to them by name, or to nobody by name in an organ whose information they keep or whose requests they handle."""
    mine = Q(person=actor.person)
    for post in actor.posts:
        if post.organ is None or post.kind not in HANDLING | {R.EDITOR}:
            continue
        given = Q(person__isnull=True, organ=post.organ)
        mine |= given if post.kind is R.EDITOR else given & ~Q(request__organ=post.organ)  # 本机关的检索由信息员回复
    return mine


def _columns(
    found: QuerySet[Any], duty: str, to: str, content: str, until: Any, told: Any, part: Any, officer: Any = None
) -> QuerySet[Any, Any]:
    first = found.annotate(
        c_duty=Value(duty, CharField()), c_among=Window(Count("pk")), c_until=until, c_told=told, c_part=part, c_place=F(f"{to}id" if to else "pk"),
        c_officer=officer or F(f"{to}officer__name"),
    )[:EACH]  # fmt: skip
    names = ("c_duty", "c_among", "c_place", f"{to}id", f"{to}organ_id", f"{to}number", f"{to}applicant", content, f"{to}state", "c_until", "c_officer")
    return first.values_list(*names, "c_told", "c_part")


def _waits(told: dict[str, Any], organs: dict[int, OrganView], today: date) -> Waits:
    """A line: opened as far as the duty allows."""
    duty, organ = str(told["duty"]), organs.get(told["organ"])
    state = State(told["state"]) if told["state"] else State.OPEN
    until = told["until"]
    left = named(organ.calendar).count(today, until) if organ is not None and until is not None else None
    within = dated.value_on(organ.settings, "first_reminder", today) if organ is not None else 0
    light = light_of(State.OPEN if duty == "tasks" else state, until, left, within, today)
    masked, title = "", ""
    if duty == "tasks":
        title = short(str(sealing.unseal(told["content"], TASK)))
    elif duty == "notices":
        title = _message(told)
    else:
        applicant = Applicant.opened(told["applicant"])
        masked, title = applicant.masked, short(quiet(Asked.opened(told["content"]).title, applicant))
    return Waits(
        told["request"] or 0, told["organ"] or 0, told["number"] or "", masked, title, state, until, left, light,
        "" if duty == "notices" else told["officer"] or "", told["told"] or "",
        told["part"],
    )  # fmt: skip


def _message(told: dict[str, Any]) -> str:
    """A message's heading in the reader's language; its facts name nobody."""
    kind = NOTICES.get(str(told["told"]))
    facts = {"number": told["number"] or "", **json.loads(told["officer"] or "{}")}
    try:
        return kind.title("zh" if (get_language() or "zh").startswith("zh") else "en", facts) if kind else str(told["told"])
    except KeyError:
        return str(told["told"])


def tasks(actor: Actor, today: date, *, done: bool = False, page: int = 1, size: int = 20) -> Page[TaskRow]:
    """The search tasks that are the actor's: what to look for and by when, never who asked. Two statements."""
    found = Task.objects.filter(theirs(actor)).exclude(state="open") if done else Task.objects.filter(theirs(actor), state="open")
    total = found.count()
    number = within(page, total, size)
    order = ("-answered_on", "-pk") if done else ("due_on", "pk")
    chosen = found.select_related("organ", "request__organ", "person").order_by(*order)[span(number, size)]
    return Page(tuple(task_row(each, actor, today) for each in chosen), total, number, size)


def task(actor: Actor, task_id: int, today: date) -> TaskRow | None:
    """One task, for whoever it was given to, and for those who may read its request. One statement."""
    answering = [organ for organ in actor.organs() if actor.kinds(organ) & BY_KEY["answer_task"].roles]
    whose = theirs(actor) | Q(organ__in=answering, person__isnull=True) | Q(request__organ__in=readable_organs(actor))
    found = Task.objects.filter(whose, pk=task_id).select_related("organ", "request__organ", "person").first()
    return task_row(found, actor, today) if found else None


def task_row(each: Task, actor: Actor, today: date) -> TaskRow:
    return TaskRow(
        each.pk, each.ref, each.organ_id, each.organ.name, each.request.organ.name, each.request.number, each.office, each.person.name if each.person else "",
        str(sealing.unseal(each.what, TASK)), each.due_on, clocks.days_of(each.organ).count(today, each.due_on), each.state, *TASK_STATES[each.state],
        each.answered_on, each.person_id == actor.person, each.request_id, may_read(actor, each.request),
    )  # fmt: skip
