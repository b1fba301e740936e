"""工作日: the national notices, a regional overlay on top, and the years that have no notice yet.

Days are counted from the day after the event (民法典第二百零一条、民事诉讼法第八十五条); a make-up Saturday or Sunday
is a working day. A year is known when a national notice names both its 1 January and its 1 October as holidays;
in any other year only the weekends are known, and what depends on it is provisional.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from .errors import NotUnderstood
from .notices import NATIONAL, Entry, Kind, packaged, packaged_names

_LAST = date.max.toordinal()


def _weekdays(ordinal: int) -> int:
    """How many Mondays to Fridays there are from 0001-01-01, a Monday, up to and including this day."""
    weeks, rest = divmod(ordinal, 7)
    return weeks * 5 + min(rest, 5)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working days of one place: a value; two of the same name and entries are equal."""

    name: str = NATIONAL
    entries: tuple[Entry, ...] = ()
    days: Mapping[date, Entry] = field(init=False, repr=False, compare=False)
    known: frozenset[int] = field(init=False, compare=False)
    _added: Sequence[int] = field(init=False, repr=False, compare=False)  # weekend days that are worked
    _taken: Sequence[int] = field(init=False, repr=False, compare=False)  # weekdays that are not

    def __post_init__(self) -> None:
        national = {entry.on: entry for entry in self.entries if entry.calendar == NATIONAL}
        local = {entry.on: entry for entry in self.entries if entry.calendar != NATIONAL}
        days = national | local
        off = {on for on, entry in national.items() if entry.kind is Kind.HOLIDAY}
        known = frozenset(on.year for on in off if {date(on.year, 1, 1), date(on.year, 10, 1)} <= off)
        worked = sorted(on.toordinal() for on, e in days.items() if e.kind is Kind.WORKDAY and on.weekday() >= 5)
        rested = sorted(on.toordinal() for on, e in days.items() if e.kind is Kind.HOLIDAY and on.weekday() < 5)
        for name, value in (("days", days), ("known", known), ("_added", worked), ("_taken", rested)):
            object.__setattr__(self, name, value)

    def __hash__(self) -> int:
        return hash((self.name, len(self.entries)))

    def is_workday(self, on: date) -> bool:
        entry = self.days.get(on)
        return on.weekday() < 5 if entry is None else entry.kind is Kind.WORKDAY

    def holiday(self, on: date) -> str | None:
        """The name under which a notice gives this day off."""
        entry = self.days.get(on)
        return entry.name if entry is not None and entry.kind is Kind.HOLIDAY else None

    def make_up(self, on: date) -> str | None:
        """The holiday for whose sake this Saturday or Sunday is worked (调休上班)."""
        entry = self.days.get(on)
        worked = entry is not None and entry.kind is Kind.WORKDAY and on.weekday() >= 5
        return entry.name if entry is not None and worked else None

    def after(self, day: date) -> Iterator[date]:
        """The working days after `day`, to the end of the calendar."""
        for ordinal in range(day.toordinal() + 1, _LAST + 1):
            if self.is_workday(on := date.fromordinal(ordinal)):
                yield on

    def count(self, after: date, until: date) -> int:
        """How many working days `d` there are with after < d <= until; negative when turned round."""
        return self._up_to(until.toordinal()) - self._up_to(after.toordinal())

    def add_workdays(self, day: date, n: int) -> date:
        """The n-th working day strictly after `day`."""
        if n < 1:
            raise NotUnderstood(f"工作日数应为 1 以上的整数，收到 {n}。", f"The number of working days must be 1 or more, not {n}.")
        target = self._up_to(day.toordinal()) + n
        if self._up_to(_LAST) < target:
            raise NotUnderstood(f"{day} 起第 {n} 个工作日超出公历可表示的范围。", f"Working day {n} after {day} is past the year 9999.")
        return date.fromordinal(bisect_left(range(_LAST + 1), target, lo=day.toordinal() + 1, key=self._up_to))

    def next_workday(self, day: date) -> date:
        """`day` itself when it is worked, else the first working day after it."""
        return day if self.is_workday(day) else self.add_workdays(day, 1)

    def provisional(self, year: int) -> bool:
        """Whether this year has no national notice yet: only its weekends are known."""
        return year not in self.known

    def provisional_between(self, after: date, until: date) -> bool:
        """Whether a day `d` with after < d <= until lies in a year without a notice."""
        if until <= after:
            return False
        return any(self.provisional(year) for year in range((after + timedelta(days=1)).year, until.year + 1))

    def with_entries(self, entries: Iterable[Entry]) -> Calendar:
        """This calendar with further entries on top: the national ones, and those of its own name."""
        mine = tuple(entry for entry in entries if entry.calendar in (NATIONAL, self.name))
        return Calendar(self.name, self.entries + mine)

    def _up_to(self, ordinal: int) -> int:
        return _weekdays(ordinal) + bisect_right(self._added, ordinal) - bisect_right(self._taken, ordinal)


def calendar(name: str = NATIONAL, further: Iterable[Entry] = ()) -> Calendar:
    """A packaged calendar by name (`cn`, `cn-xinjiang`), with further entries read from a file on top."""
    more = tuple(further)
    if name in packaged_names():
        found = _packaged(name)
        return found.with_entries(more) if more else found
    if any(entry.calendar == name for entry in more):
        return Calendar(name, _packaged(NATIONAL).entries).with_entries(more)
    offered = "、".join(packaged_names())
    raise NotUnderstood(
        f"没有名为“{name}”的日历；现有 {offered}，其他地区请用 --holidays 提供。",
        f"There is no calendar {name!r}; there are {offered}, others come from a file (--holidays).",
    )


@cache
def _packaged(name: str) -> Calendar:
    local = packaged(name) if name != NATIONAL else ()
    return Calendar(name, packaged(NATIONAL) + local)
