"""Working calendars by name: the packaged notices, and those entered on this installation on top."""

from __future__ import annotations

from functools import cache

from gongkai.law.calendar import Calendar, calendar
from gongkai.law.notices import NATIONAL, packaged_names


@cache
def named(name: str) -> Calendar:
    """The calendar that an organ names; the national one where the name is unknown to this installation."""
    return calendar(name if name in packaged_names() else NATIONAL)
