"""How the benchmark's requests go: a few courses of ten events or so, from the day of submission on; what follows from them is folded by the platform."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Any

from gongkai.law.calendar import calendar
from gongkai.law.clock import Settings
from gongkai.platform.cases.choices import State
from gongkai.platform.cases.standing import Happened, Standing, fold

DAYS = calendar("cn")
DESK = ("assigned", "task_given", "task_answered", "letter_drafted", "letter_reviewed", "letter_signed", "letter_served")


@dataclass(frozen=True, slots=True)
class Course:
    """One way a request goes: the events of the law with the working days after submission, and the desk's own in between."""

    name: str
    law: tuple[tuple[int, str, dict[str, Any]], ...]
    share: int
    reply: str = ""


COURSES = (
    Course("granted", ((1, "confirmed", {}), (12, "replied", {"outcome": "granted"})), 44, "provided"),
    Course("not_held", ((1, "confirmed", {}), (15, "replied", {"outcome": "unable_not_held"})), 20, "not_existing"),
    Course("denied", ((2, "confirmed", {}), (19, "replied", {"outcome": "denied_third_party"})), 10, "denied_third_party"),
    Course("late", ((1, "confirmed", {}), (24, "replied", {"outcome": "partial"})), 6, "partial"),
    Course("extended", ((1, "confirmed", {}), (18, "extended", {"workdays": 10}), (28, "replied", {"outcome": "granted"})), 8, "told_where"),
    Course("withdrawn", ((1, "confirmed", {}), (5, "withdrawn", {})), 6),
    Course("unconfirmed", (), 6),
)  # fmt: skip
WEIGHTS = tuple(course.share for course in COURSES)


@dataclass(frozen=True, slots=True)
class Told:
    """A request's events and its standing, as of a day."""

    events: tuple[Happened, ...]
    now: Standing


BY_NAME = {course.name: course for course in COURSES}


@cache
def told(name: str, begin: date, today: date) -> Told:
    """A course begun on a day, as far as it has come by today."""
    events = tuple(_events(BY_NAME[name], begin, today))
    return Told(events, fold(events, DAYS, Settings()))


def _events(course: Course, begin: date, today: date) -> Iterator[Happened]:
    rows = [(begin, "submitted", {"channel": "online"}, {})]
    for after, kind, law in course.law:
        on = DAYS.add_workdays(begin, after)
        if kind == "replied":
            rows += [(DAYS.add_workdays(begin, max(after - 3, 2)), desk, {}, {}) for desk in DESK[:-1]]
            rows.append((on, DESK[-1], {}, {}))
        facts = {"reply": course.reply} if kind == "replied" else {}
        rows.append((on, kind, law, facts))
    rows.sort(key=lambda row: row[0])
    kept = [row for row in rows if row[0] <= today]
    for number, row in enumerate(kept, start=1):
        yield Happened(number, row[1], row[0], row[2], row[3])


def cached(now: Standing) -> dict[str, Any]:
    """A standing as the columns of cases_request."""
    values = {each.name: getattr(now, each.name) for each in fields(Standing)}
    return {name: value.value if isinstance(value, State) else value for name, value in values.items()}
