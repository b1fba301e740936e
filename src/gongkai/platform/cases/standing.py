"""What follows from the events of a request: state, terms, row of table three. Folded by gongkai.law; nothing here asks a database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from gongkai.law import replies
from gongkai.law.calendar import Calendar
from gongkai.law.case import parse_event
from gongkai.law.clock import Clock, Settings
from gongkai.law.conduct import REPLY_LATE
from gongkai.law.events import Closed, Event, Lapse, Replied, Withdrawn
from gongkai.law.request import Step, follow
from gongkai.law.request import standing as law_standing

from . import happenings
from .choices import State

LAPSES = {Lapse.NO_CORRECTION: "no_correction", Lapse.FEE_UNPAID: "fee_unpaid"}  # 不再处理 → gongkai.law.replies 的键


@dataclass(frozen=True, slots=True)
class Happened:
    """One event as it is kept, without what is sealed."""

    number: int
    kind: str
    on: date
    law: Mapping[str, Any]
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a request stands after its events. Fields as in models.Request, where they are cached."""

    state: State
    submitted_on: date
    received_on: date | None
    counts_from: date | None
    due_on: date | None
    correct_by: date | None
    pay_by: date | None
    next_on: date | None
    provisional: bool
    extended: bool
    violations: int
    ended_on: date | None
    reply: str
    outcome: str
    late_days: int


def effective(events: Iterable[Happened]) -> list[Happened]:
    """The events as they now hold: rectified ones replaced in their places, cancelled ones left out; by day, then as entered."""
    told = list(events)
    changes = {int(each.facts["target"]): each for each in told if each.kind == "rectified"}  # 同一事项以最后一次更正为准
    held = []
    for each in told:
        if each.kind == "rectified":
            continue
        change = changes.get(each.number)
        if change is None:
            held.append(each)
        elif not change.facts.get("cancelled"):
            on = date.fromisoformat(str(change.facts["on"]))
            held.append(replace(each, on=on, law=change.law or each.law, facts={**each.facts, **change.facts.get("facts", {})}))
    return sorted(held, key=lambda each: (each.on, each.number))


def law_event(happened: Happened) -> Event:
    """The core's event; raises NotUnderstood where its fields are not what the law's event has."""
    return parse_event({"kind": happened.kind, "on": happened.on.isoformat(), **happened.law}, happened.number)


def steps(events: Iterable[Happened], days: Calendar, settings: Settings) -> tuple[Step, ...]:
    """The core's steps; raises NotUnderstood where an event cannot have happened then."""
    told = (law_event(each) for each in effective(events) if happenings.BY_KEY[each.kind].law)
    return follow(told, days, settings)


def fold(events: Sequence[Happened], days: Calendar, settings: Settings) -> Standing:
    """The standing that follows. Depends on no day but the events' own."""
    held = effective(events)
    return _told(held, steps(events, days, settings), days)


def _told(held: Sequence[Happened], taken: tuple[Step, ...], days: Calendar) -> Standing:
    now = law_standing(taken, days, taken[-1].event.on)
    clock = taken[-1].after
    state = _desk_state(held) or State(now.state.value)
    reply, outcome = _ended(taken, held)
    live = state.value == now.state.value and not now.state.ended
    nexts = [day for day in (now.due, now.correct_by, now.pay_by) if day is not None]
    return Standing(
        state=state,
        submitted_on=taken[0].event.on,
        received_on=next((step.after.start for step in taken if step.after.start is not None), None),
        counts_from=now.receipt,
        due_on=now.due,
        correct_by=now.correct_by,
        pay_by=now.pay_by,
        next_on=min(nexts) if live and nexts else None,
        provisional=now.provisional,
        extended=clock.extended,
        violations=len(now.violations),
        ended_on=_last_day(held) if state in (State.SPLIT, State.MOVED) else clock.ended,
        reply=reply,
        outcome=outcome,
        late_days=_late(taken, days),
    )


def _desk_state(held: Sequence[Happened]) -> State | None:
    kinds = {each.kind for each in held}
    return State.SPLIT if "split" in kinds else State.MOVED if "moved" in kinds else None


def _last_day(held: Sequence[Happened]) -> date:
    return max(each.on for each in held if each.kind in ("split", "moved"))


def _ended(taken: tuple[Step, ...], held: Sequence[Happened]) -> tuple[str, str]:
    """The finer reply and the leaf of the 2021 form; a request is in exactly one."""
    match taken[-1].event:
        case Replied(outcome=outcome):
            facts = next(each.facts for each in reversed(held) if each.kind == Replied.kind)
            return str(facts.get("reply", "")), outcome
        case Withdrawn():
            return "withdrawn", replies.BY_KEY["withdrawn"].outcome
        case Closed(outcome=lapse):
            return LAPSES[lapse], lapse.value
    return "", ""


def _late(taken: tuple[Step, ...], days: Calendar) -> int:
    last = taken[-1]
    if last.violation is None or last.violation.rule != REPLY_LATE.key:
        return 0
    due = last.before.due(days)
    return days.count(due, last.event.on) if due is not None else 0


def clock_of(taken: tuple[Step, ...]) -> Clock:
    return taken[-1].after if taken else Clock()
