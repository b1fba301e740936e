"""一件申请: its events followed to where it stands on a day (docs/decisions/law-clock.md)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .calendar import Calendar
from .clock import Clock, Settings, State, advance, noted
from .conduct import Violation, admit, name, violation
from .errors import NotUnderstood
from .events import Event


@dataclass(frozen=True, slots=True)
class Step:
    """One event, the clock before and after it, and the rule it broke."""

    number: int
    event: Event
    before: Clock
    after: Clock
    violation: Violation | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a request stands on a day."""

    state: State
    receipt: date | None
    due: date | None
    limit: int
    counted: int | None
    remaining: int | None
    overdue: bool
    provisional: bool
    pay_by: date | None
    correct_by: date | None
    violations: tuple[Violation, ...]


def follow(events: Iterable[Event], days: Calendar, settings: Settings | None = None) -> tuple[Step, ...]:
    """Every event in its order, taken up or refused by name."""
    chosen = settings or Settings()
    steps: list[Step] = []
    for number, event in enumerate(events, start=1):
        last = steps[-1].event if steps else None
        if last is not None and event.on < last.on:
            raise NotUnderstood(
                f"{name(number, event)}：早于前一项 {last.kind}（{last.on}），请按日期先后排列。",
                f"Event {number}, {event.kind} on {event.on}, is before its predecessor {last.kind} on {last.on}.",
            )
        steps.append(_step(steps[-1].after if steps else Clock(), event, number, days, chosen))
    return tuple(steps)


def _step(clock: Clock, event: Event, number: int, days: Calendar, settings: Settings) -> Step:
    admit(clock, event, number, days)
    broken = violation(clock, event, days)
    if broken is None:
        return Step(number, event, clock, advance(clock, event, settings))
    after = noted(clock, event) if broken.void else advance(clock, event, settings)
    return Step(number, event, clock, after, Violation(broken.key, event.on, broken.article))


def standing(steps: tuple[Step, ...], days: Calendar, today: date) -> Standing:
    """The answer of the clock on `today`; the state is that after all events, also those dated later."""
    if not steps:
        raise NotUnderstood("没有任何办理事项；第一项应为 submitted。", "There are no events; the first must be `submitted`.")
    clock = steps[-1].after
    state = clock.state or State.AWAITING_CONFIRMATION
    due = clock.due(days)
    counted = clock.counted(days, min(today, clock.ended or today)) if clock.running else None
    depends = due is not None and clock.delayed is None and clock.start is not None
    return Standing(
        state=state,
        receipt=clock.start,
        due=due,
        limit=clock.limit,
        counted=counted,
        remaining=None if counted is None else clock.limit - counted,
        overdue=state is State.OPEN and due is not None and today > due,
        provisional=depends and due is not None and clock.start is not None and days.provisional_between(clock.start, due),
        pay_by=clock.pay_by(days),
        correct_by=clock.correct_by(),
        violations=tuple(step.violation for step in steps if step.violation is not None),
    )
