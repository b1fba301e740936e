"""Asks the clock in few words."""

from __future__ import annotations

from datetime import date
from typing import Any

from gongkai.law.calendar import Calendar, calendar
from gongkai.law.case import parse_event
from gongkai.law.clock import Settings
from gongkai.law.request import Standing, Step, follow, standing

CN = calendar()


def day(text: str) -> date:
    """A day of 2024 written MM-DD, or any day written YYYY-MM-DD."""
    return date.fromisoformat(text if len(text) == 10 else f"2024-{text}")


def at(on: str, kind: str, **more: Any) -> dict[str, Any]:
    """One event as the command is given it."""
    dates = {name: str(day(value)) for name, value in more.items() if name in ("answer_by", "until")}
    return {"kind": kind, "on": str(day(on)), **more, **dates}


def received(on: str = "02-08", channel: str = "in_person") -> dict[str, Any]:
    return at(on, "submitted", channel=channel)


def steps(*events: dict[str, Any], days: Calendar = CN, settings: Settings | None = None) -> tuple[Step, ...]:
    return follow([parse_event(event, number) for number, event in enumerate(events, 1)], days, settings)


def ask(today: str, *events: dict[str, Any], days: Calendar = CN, settings: Settings | None = None) -> Standing:
    return standing(steps(*events, days=days, settings=settings), days, day(today))


def broken(now: Standing) -> list[tuple[str, str, str]]:
    """The violations as (rule, day, article)."""
    return [(found.rule, str(found.on), found.article) for found in now.violations]
