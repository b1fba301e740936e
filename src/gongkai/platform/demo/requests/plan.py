"""All the stories and their deeds, in the order of time. Pure: the same day gives the same plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from gongkai.law.calendar import calendar
from gongkai.platform.demo.fates import ZONE

from .answered import answered
from .county2023 import county2023
from .county2024 import county2024
from .story import Act, Story, before
from .waiting import waiting

REMINDED = 3  # 最近几个工作日的早晨催办


@dataclass(frozen=True, slots=True)
class RequestPlan:
    """The stories, and what happens in them before the morning of the day."""

    stories: tuple[Story, ...]
    acts: tuple[Act, ...]


def request_plan(today: date) -> RequestPlan:
    told = (*county2023(), *county2024(), *answered(today), *waiting(today))
    acts = [act for story in told for act in story.acts if act.at.date() < today]
    acts += [Act(_morning(before(today, back, calendar("cn-xinjiang"))), "", "remind", "machine") for back in range(1, REMINDED + 1)]
    return RequestPlan(told, tuple(sorted(acts, key=lambda act: act.at)))


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9), ZONE)
