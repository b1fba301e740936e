"""The whole plan of the demo: every entry and every deed, in the order of time. Pure: the same day gives the same plan."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from .annual import FACTS
from .county import county
from .current import current
from .entries import Entry, one, with_interpretations
from .fates import Deed, deeds, expiries
from .neighbours import affairs, departments, division, regiment, region, towns

REPORTED = {("shule", 2023): date(2024, 1, 23), ("hotan-affairs", 2023): date(2024, 1, 16), ("xinkailing", 2021): date(2022, 1, 28), ("division-11", 2023): date(2024, 1, 25)}
SERIES = ("shule-market",)
MOST = 1
THIN_YEARS = (2019, 2020, 2021, 2022)  # 这几年本来就不多


@dataclass(frozen=True, slots=True)
class Plan:
    """Entries by their keys, and the deeds."""

    entries: dict[str, Entry]
    deeds: tuple[Deed, ...]


def plan(today: date) -> Plan:
    entries = [
        *region(today), *county(today), *departments(today), *towns(today), *affairs(today), *division(today), *regiment(today), *_annual(today), *current(today),
    ]  # fmt: skip
    kept = list(with_interpretations(thinned([entry for entry in entries if entry.formed < today])))
    found = [deed for entry in kept for deed in deeds(entry, today)] + expiries(kept, today)
    begun = {deed.key for deed in found if deed.verb == "create"}
    ordered = sorted((deed for deed in found if not deed.key or deed.key in begun), key=lambda deed: (deed.at, deed.key))
    return Plan({entry.key: entry for entry in kept if entry.key in begun}, tuple(ordered))


def thinned(entries: list[Entry]) -> list[Entry]:
    """Of a document that comes back every year only the last few: the demo is to be built quickly, and is rich enough."""
    named = {key for entry in entries for _, key in entry.links}
    counted: Counter[tuple[str, str]] = Counter()
    kept = []
    for entry in sorted(entries, key=lambda entry: entry.formed, reverse=True):
        plain = entry.fate == "public" and entry.key not in named and not entry.links and not entry.text.startswith("annual")
        counted[entry.organ, entry.text] += plain
        if not plain or counted[entry.organ, entry.text] <= MOST or entry.formed.year in THIN_YEARS:
            kept.append(entry)
    order = {entry.key: place for place, entry in enumerate(entries)}
    return sorted(kept, key=lambda entry: order[entry.key])


def _annual(today: date) -> list[Entry]:
    """Four reports as they were published, and two invented series that can be compared over the years."""
    assert REPORTED.keys() == FACTS.keys()
    found = [one(f"annual-{slug}", slug, day, year=year, files=("json", "docx") if slug == "shule" else ("json",)) for (slug, year), day in REPORTED.items()]
    for slug in SERIES:
        for year in range(2021, today.year):
            found.append(one("annual-department", slug, date(year + 1, 1, 9 + year % 7), year=year, files=("json",)))
    return found
