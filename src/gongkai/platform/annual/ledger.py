"""A year's figures from what was entered: the last entry of each place holds, months make the year. Pure: nothing here asks a database.

Blank is not zero: an indicator without an entry has no figure; a sum with a missing month is the sum of those entered, and says which.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from .indicators import BY_KEY, STATED, Summing

Place = tuple[str, str]  # 指标、渠道


@dataclass(frozen=True, slots=True)
class Entered:
    """One entry that holds: of a month (1–12), or of the whole year (0)."""

    id: int
    indicator: str
    channel: str
    month: int
    value: Decimal | None
    about: bool = False
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class YearFigure:
    """A year's figure of one indicator and channel, with the entries that it is made of."""

    value: Decimal
    about: bool
    months: tuple[int, ...]
    entries: tuple[int, ...]

    @property
    def gaps(self) -> tuple[int, ...]:
        """Months between the first and the last entered that have no entry."""
        told = [month for month in self.months if month]
        return tuple(month for month in range(min(told), max(told)) if month not in told) if told else ()


@dataclass(frozen=True, slots=True)
class Differs:
    """A total that a source states, and the other sum that its parts make."""

    place: Place
    stated: Decimal
    parts: Decimal
    about: bool


def held(entries: Iterable[Entered]) -> list[Entered]:
    """Of the entries in the order in which they were made, the last of each place; withdrawn ones are gone."""
    last = {(each.indicator, each.channel, each.month): each for each in entries}
    return [each for each in last.values() if each.value is not None]


def year(entries: Iterable[Entered]) -> dict[Place, YearFigure]:
    """The figures of a year. A figure for the whole year wins over months; both are shown."""
    of: dict[Place, list[Entered]] = {}
    for each in held(entries):
        of.setdefault((each.indicator, each.channel), []).append(each)
    return {place: _figure(BY_KEY[place[0]].summing, sorted(found, key=lambda each: each.month)) for place, found in of.items()}


def _figure(summing: Summing, found: list[Entered]) -> YearFigure:
    whole = [each for each in found if each.month == 0]
    used = whole or ([found[-1]] if summing is Summing.LAST else found)
    value = sum((each.value for each in used if each.value is not None), Decimal(0))
    return YearFigure(value, any(each.about for each in used), tuple(each.month for each in used), tuple(each.id for each in used))


def differing(figures: Mapping[Place, YearFigure]) -> list[Differs]:
    """Stated totals that are not the sum of their parts, where all that is known of the parts is entered."""
    found = []
    for stated in STATED:
        total = figures.get(stated.total)
        parts = [figures[part] for part in stated.parts if part in figures]
        if total is None or not parts:
            continue
        added = sum((part.value for part in parts), Decimal(0))
        if added != total.value:
            found.append(Differs(stated.total, total.value, added, total.about or any(part.about for part in parts)))
    return found
