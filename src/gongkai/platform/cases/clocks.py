"""The calendar by which an organ's terms are counted, and its settings of the clock."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import lru_cache

from gongkai.law.calendar import Calendar
from gongkai.law.clock import Settings
from gongkai.platform.organs import calendars, dated
from gongkai.platform.organs.calendars import exact, named
from gongkai.platform.organs.models import Organ

local_day = calendars.local_day


def days_of(organ: Organ) -> Calendar:
    return named(organ.calendar)


def exact_days_of(organ: Organ) -> Calendar:
    """For actions: with every holiday notice entered up to now. One statement."""
    return exact(organ.calendar)


def settings_of(organ: Organ, on: date) -> Settings:
    """What the law leaves open, as the organ has set it for requests received on a day."""
    return Settings(fee_restarts_clock=bool(dated.value_on(organ.settings, "fee_restarts_clock", on)))


@lru_cache(maxsize=64)
def mark_of(days: Calendar) -> str:
    """Which table of days a term was counted by: equal for equal tables."""
    told = "\n".join(f"{entry.calendar} {entry.on} {entry.kind.value}" for entry in days.entries)
    return hashlib.sha256(f"{days.name}\n{told}".encode()).hexdigest()
