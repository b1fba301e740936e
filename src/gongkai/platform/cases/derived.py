"""What follows from a request's events for its letters and its search tasks: kept beside them as a cache. Asks no database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .choices import LetterState, Way
from .standing import Happened

_STATES = {
    "letter_drafted": LetterState.DRAFTED,
    "letter_changed": LetterState.DRAFTED,
    "letter_reviewed": LetterState.REVIEWED,
    "letter_returned": LetterState.RETURNED,
    "letter_signed": LetterState.SIGNED,
    "letter_discarded": LetterState.DISCARDED,
    "letter_voided": LetterState.VOID,
    "letter_served": LetterState.SERVED,
}
_ARRIVED = frozenset({"letter_delivered", "letter_opened", "letter_downloaded"})
_TASKS = {"task_given": "open", "task_answered": "answered", "task_cancelled": "cancelled"}


@dataclass(frozen=True, slots=True)
class LetterStanding:
    """Where a letter stands; fields as in models.Letter."""

    state: str
    way: str
    served_on: date | None
    delivered_on: date | None


@dataclass(frozen=True, slots=True)
class TaskStanding:
    """Where a search task stands; fields as in models.Task."""

    state: str
    answered_on: date | None


def letter_standing(events: Iterable[Happened]) -> LetterStanding | None:
    """From the events of one letter that hold (standing.effective); None where there are none."""
    state, way, served, arrived = None, "", None, None
    for each in sorted(events, key=lambda each: each.number):
        state = _STATES.get(each.kind, state)
        if each.kind == "letter_served":
            way, served = str(each.facts.get("way", "")), each.on
        elif each.kind in _ARRIVED:
            arrived = each.on if arrived is None else min(arrived, each.on)
    if state is None:
        return None
    if served is None:
        return LetterStanding(state.value, "", None, None)
    if way in (Way.IN_PERSON, Way.ENTRUSTED):
        arrived = served if arrived is None else min(arrived, served)
    return LetterStanding(state.value, way, served, arrived)


def task_standing(events: Iterable[Happened], ref: str) -> TaskStanding | None:
    """From a request's events that hold; None where the task was never given."""
    state, answered = None, None
    for each in sorted(events, key=lambda each: each.number):
        if each.kind in _TASKS and each.facts.get("ref") == ref:
            state = _TASKS[each.kind]
            answered = each.on if each.kind == "task_answered" else None
    return TaskStanding(state, answered) if state else None
