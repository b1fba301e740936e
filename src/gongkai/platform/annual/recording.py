"""How every action on a report is done: lock, check, change, step, journal — in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from gongkai.platform import journal
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.calendars import local_day
from gongkai.platform.organs.requirements import check_moment, checked_reason, person_of
from gongkai.platform.organs.roles import RoleKind

from . import states
from .errors import Conflict, NotAllowed, NotFound, NotNow
from .models import Report, ReportStep
from .states import State


@dataclass(slots=True, kw_only=True)
class UnderWay:
    """An action under way, on a report or on a website's form."""

    actor: Actor
    action: str
    role: RoleKind | None
    at: datetime
    reason: str
    after: State
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def day(self) -> date:
        return local_day(self.at)

    @property
    def person(self) -> int:
        return person_of(self.actor)


@dataclass(slots=True, kw_only=True)
class Doing(UnderWay):
    """An action under way on a report."""

    report: Report


Work = Callable[[Doing], None]


def act(
    actor: Actor, report_id: int, action: str, work: Work | None = None, *, at: datetime, reason: str = "", seen: int | None = None, as_in: int | None = None
) -> Report:
    """Do one act with one report. `seen` is the number of steps that the person was looking at; `as_in` the superior organ in whose roles it is done."""
    check_moment(at)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM annual_report WHERE id = %s FOR NO KEY UPDATE", [report_id])
        report = seen_by(actor, report_id, as_in)
        doing = begin(actor, report, action, at, reason, seen, as_in)
        if work is not None:
            work(doing)
        finish(doing)
    return report


def seen_by(actor: Actor, report_id: int, as_in: int | None = None) -> Report:
    """The report, for the roles of its organ (or of the superior that has received it) and the machine."""
    found = Report.objects.select_related("organ").filter(pk=report_id).first()
    if found is None or not (actor.machine or actor.kinds(as_in or found.organ_id) & states.READING):
        raise NotFound
    return found


def begin(actor: Actor, report: Report, action: str, at: datetime, reason: str, seen: int | None, as_in: int | None = None) -> Doing:
    act = states.BY_KEY[action]
    verdict = states.may(action, State(report.state), actor.kinds(as_in or report.organ_id), actor.person, frozenset(report.drafters))
    words = admitted(act, verdict, reason, seen, report.steps_taken)
    return Doing(actor=actor, report=report, action=action, role=verdict.role, at=at, reason=words, after=act.target or State(report.state))


def admitted(act: states.Act, verdict: states.Verdict, reason: str, seen: int | None, taken: int, what: states.Table = states.REPORT) -> str:
    """The reason as it is kept, where the act may be done; else why not."""
    if not verdict.allowed:
        raise (NotAllowed if verdict.now else NotNow)(verdict.zh, verdict.en)
    if seen is not None and seen != taken:
        raise Conflict(
            f"您打开页面之后，{what.zh}又有改动；您填的内容没有写入，也没有丢失。请核对后再办理。", f"The {what.en} changed after you opened the page: check, and do it again."
        )
    return checked_reason(reason, act.reason)


def finish(doing: Doing) -> ReportStep:
    report, before = doing.report, doing.report.state
    report.state, report.moved_at = doing.after.value, doing.at
    report.steps_taken += 1
    report.save()
    step = ReportStep.objects.create(
        report=report, number=report.steps_taken, action=doing.action, before=before, after=report.state, person_id=doing.actor.person,
        role=doing.role.value if doing.role else "", at=doing.at, reason=doing.reason, facts=doing.facts,
    )  # fmt: skip
    changes: dict[str, object] = dict(doing.facts)
    if before != report.state:
        changes["state"] = [before, report.state]
    journal.record(
        doing.actor.by(doing.role), f"annual.{doing.action}", f"annual.report:{report.pk}", chain=report.organ_id, at=doing.at,
        changes=changes, reason=doing.reason,
    )  # fmt: skip
    return step
