"""检索 (条例第三十六条第四项：经检索): search tasks given to offices, people and other organs, each with its own date.

Whoever is asked sees what is to be searched, and nothing of the request; the answer is the search record that a reply “not held” rests on.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongkai.platform.cases import clocks, recording, sealing, standing, states, uploading
from gongkai.platform.cases.choices import State
from gongkai.platform.cases.enclosing import enclose, unnamed, words
from gongkai.platform.cases.errors import Invalid, NotFound, NotNow
from gongkai.platform.cases.models import Filed, Task
from gongkai.platform.cases.recording import Doing, act
from gongkai.platform.cases.uploading import Upload
from gongkai.platform.organs import dated
from gongkai.platform.organs.acting import MACHINE, Actor, actor_of
from gongkai.platform.organs.models import Organ, Person
from gongkai.platform.organs.roles import RoleKind

from . import noticing

WHAT = "cases.task.what"
ANSWERING = states.BY_KEY["answer_task"].roles
LONGEST_OFFICE = 100


def give_task(
    actor: Actor, request_id: int, *, what: str, organ_id: int | None = None, office: str = "", person_id: int | None = None,
    due_on: date | None = None, at: datetime, once: str | None = None, seen: int | None = None,
) -> Task:  # fmt: skip
    """Ask an office, a person, another organ to search. Without a date: as many working days as the organ has set."""
    made: list[Task] = []

    def work(doing: Doing) -> None:
        request = doing.request
        organ = _organ(organ_id or request.organ_id)
        person = _person(person_id, organ, doing.day)
        where = " ".join(office.split())
        if len(where) > LONGEST_OFFICE:
            raise Invalid({"office": _("至多 %(most)s 个字，现有 %(n)s 个。") % {"most": LONGEST_OFFICE, "n": len(where)}})
        if person is None and not where and organ.pk == request.organ_id:
            raise Invalid({"office": _("请写明交给哪个科室，或者选择由谁检索。")})
        content = unnamed(request, words(what, "what", needed=_("请写明检索什么。")), "what")
        by = due_on or doing.days.add_workdays(doing.day, dated.value_on(request.organ.settings, "task_days", doing.day))
        if by < doing.day:
            raise Invalid({"due_on": _("期限 %(by)s 已经过去。") % {"by": by}})
        ref = f"检{Task.objects.filter(request=request).count() + 1}"
        task = Task.objects.create(request=request, ref=ref, organ=organ, office=where, person=person, what=sealing.seal(content, WHAT), due_on=by)
        made.append(task)
        doing.happen("task_given", facts={"ref": ref, "organ": organ.pk, "office": where, "person": person_id, "due_on": by.isoformat()})
        doing.then.append(lambda: _tell(doing, task))

    request = act(actor, request_id, "give_task", work, at=at, once=once, seen=seen)
    return made[0] if made else Task.objects.filter(request=request).order_by("-pk")[0]


def answer_task(
    actor: Actor, task_id: int, text: str, *, found: bool, on: date | None = None, files: Sequence[Upload] = (), at: datetime,
    once: str | None = None,
) -> Task:  # fmt: skip
    """What was searched, where and how, and whether it was found; records that were found come as files."""
    said = words(text, needed=_("请写明检索了哪些地方、用什么方法、结果如何。"))
    taken = uploading.take(files, kinds={"record", "proof", "other"}, shown=False)
    recording.check_moment(at)
    with transaction.atomic():
        posted = recording.post_once(actor, once, "answer_task", at)
        if posted is not None and posted.request_id is not None:
            return _mine(actor, task_id)
        task = _mine(actor, task_id)
        doing = _begun(actor, task, at)
        _answer(doing, task, on, said, found)
        enclose(doing, taken)
        doing.then.append(lambda: noticing.tell(doing, "task_answered", to="officer", facts={"ref": task.ref}))
        recording.finish(doing)
        if posted is not None:
            Filed.objects.filter(pk=posted.pk).update(request=doing.request)
    return task


def cancel_task(actor: Actor, task_id: int, *, reason: str, at: datetime, once: str | None = None) -> Task:
    """Call a search off."""
    request_id = Task.objects.filter(pk=task_id).values_list("request_id", flat=True).first()
    if request_id is None:
        raise NotFound

    def work(doing: Doing) -> None:
        _cancel(doing, _open(task_id), doing.reason)

    act(actor, request_id, "cancel_task", work, at=at, reason=reason, once=once)
    return Task.objects.get(pk=task_id)


def call_off(doing: Doing) -> None:
    """Inside an act that takes the request out of hands: its open searches are called off."""
    for task in Task.objects.filter(request=doing.request, state="open").order_by("pk"):
        _cancel(doing, task, "")


def asked(actor: Actor, task: Task) -> bool:
    """Whether this task is the actor's: given to them by name, or to an organ in which they hold a role; or of a request that they handle."""
    if actor.kinds(task.request.organ_id) & states.HANDLING:
        return True
    return bool(actor.kinds(task.organ_id) & ANSWERING) and task.person_id in (None, actor.person)


def _mine(actor: Actor, task_id: int) -> Task:
    task = Task.objects.select_related("request").filter(pk=task_id).first()
    if task is None or not asked(actor, task):
        raise NotFound
    return task


def _begun(actor: Actor, task: Task, at: datetime) -> Doing:
    """The request held for somebody who need not have a role in its organ: they act in their own."""
    request = recording.lock(MACHINE, task.request_id)
    events = recording.events_of(request)
    facts = states.Facts(State(request.state), any(each.kind == "archived" for each in standing.effective(events)))
    own = actor.kinds(request.organ_id) & states.HANDLING
    verdict = states.may("answer_task", facts, own or actor.kinds(task.organ_id))
    if not verdict.allowed:
        raise NotNow(verdict.zh, verdict.en)
    return Doing(actor, request, "answer_task", verdict.role, at, "", clocks.exact_days_of(request.organ), events)


def _answer(doing: Doing, task: Task, on: date | None, said: str, found: bool) -> None:
    task = _same(task)
    when = on or doing.day
    given = next(each.on for each in doing.events if each.kind == "task_given" and each.facts["ref"] == task.ref)
    if when < given:
        raise Invalid({"on": _("回复日期早于交办之日 %(given)s。") % {"given": given}})
    task.state, task.answered_on = "answered", when
    task.save(update_fields=["state", "answered_on"])
    doing.happen("task_answered", when, facts={"ref": task.ref, "found": found}, text=said)


def _same(task: Task) -> Task:
    """The task as it stands now that the request is held."""
    task.refresh_from_db(fields=["state", "answered_on"])
    return _still_open(task)


def _open(task_id: int) -> Task:
    return _still_open(Task.objects.get(pk=task_id))


def _still_open(task: Task) -> Task:
    if task.state != "open":
        raise NotNow("这项检索已经回复或者取消。", "This task was answered or called off.")
    return task


def _cancel(doing: Doing, task: Task, reason: str) -> None:
    task.state = "cancelled"
    task.save(update_fields=["state"])
    doing.happen("task_cancelled", facts={"ref": task.ref}, text=reason)


def _organ(organ_id: int) -> Organ:
    organ = Organ.objects.filter(pk=organ_id, active=True).first()
    if organ is None:
        raise Invalid({"organ": _("没有这个机关，或者它已经停用。")})
    return organ


def _person(person_id: int | None, organ: Organ, day: date) -> Person | None:
    if person_id is None:
        return None
    person = Person.objects.prefetch_related("roles").filter(pk=person_id).first()
    if person is None or not actor_of(person, day).kinds(organ.pk) & ANSWERING:
        raise Invalid({"person": _("检索人应是该机关的信息员，或者办理依申请公开的人员。")})
    return person


def _tell(doing: Doing, task: Task) -> None:
    """To the person by name; else to the editors of the organ, or to its office where it has none."""
    facts = {"by": task.due_on}
    if task.person_id is not None:
        noticing.tell(doing, "task", to=task.person_id, facts=facts)
        return
    for person in _asked_people(task.organ_id, doing.day):
        noticing.tell(doing, "task", to=person, facts=facts)


def _asked_people(organ_id: int, day: date) -> list[int]:
    from gongkai.platform.organs.models import Role

    for kind in (RoleKind.EDITOR, RoleKind.DISCLOSURE_OFFICE):
        roles = Role.objects.filter(organ_id=organ_id, kind=kind, person__is_active=True)
        if found := sorted({role.person_id for role in roles if role.holds_on(day)}):
            return found
    return []
