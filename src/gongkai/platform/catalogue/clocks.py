"""The term of Article 26 for an item, counted by gongkai.law with the organ's calendar: due date, light, and day by day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from gongkai.law import publication
from gongkai.law.calendar import Calendar
from gongkai.platform.organs import calendars, dated
from gongkai.platform.organs.models import Organ

from .choices import Access

LONGEST_ACCOUNT = 400  # 逐日明细最多列这么多天


class Light(StrEnum):
    """How near the end of the term is."""

    OVERDUE = "overdue"
    SOON = "soon"
    FINE = "fine"


LIGHTS: dict[Light, tuple[str, str]] = {
    Light.OVERDUE: ("已逾期", "Overdue"),
    Light.SOON: ("即将到期", "Due soon"),
    Light.FINE: ("期限内", "In time"),
}


class DayKind(StrEnum):
    """What a day is in the count."""

    START = "start"  # 生成或者变更之日，不计入
    COUNTED = "counted"
    MAKE_UP = "make_up"  # 调休上班，计入
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True)
class ClockDay:
    """One day of the account: its kind, which working day it is, and the holiday's name."""

    on: date
    kind: DayKind
    number: int = 0  # 第几个工作日；不计入的为 0
    name: str = ""
    today: bool = False
    due: bool = False
    late: bool = False  # 届满之后


@dataclass(frozen=True, slots=True)
class Clock:
    """The term of Article 26 for one item as it stands on a day."""

    start: date
    from_change: bool  # 由变更之日起算
    due: date
    light: Light
    left: int  # 还有几个工作日；逾期为负
    provisional: bool  # 期间涉及尚无放假通知的年份
    met_on: date | None  # 何日公开
    met_late: bool
    days: tuple[ClockDay, ...]


local_day = calendars.local_day


def calendar_named(name: str) -> Calendar:
    """The calendar that an organ names, as this installation has it."""
    return calendars.named(name)


def due_on(access: str, formed_on: date, changed_on: date | None, days: Calendar) -> date | None:
    """The last day for publishing (条例第二十六条); nothing is due of what is not for proactive disclosure."""
    if access != Access.PROACTIVE:
        return None
    return publication.publish_by(changed_on or formed_on, days)


def warn_days(organ: Organ, on: date) -> int:
    """How many working days before the end the light turns yellow, as the organ has set it."""
    return dated.value_on(organ.settings, "warn_days", on)


def soon_until(days: Calendar, today: date, warn: int = 5) -> date:
    """What falls due up to this day is due soon."""
    return days.add_workdays(today, warn)


def light(due: date, today: date, days: Calendar, warn: int = 5) -> Light:
    """The light on a day for a term that is still open."""
    if today > due:
        return Light.OVERDUE
    return Light.SOON if days.count(today, due) <= warn else Light.FINE


def clock(
    formed_on: date, changed_on: date | None, due: date, met_at: datetime | None, today: date, days: Calendar, warn: int = 5
) -> Clock:
    """The whole account of the term. When it was met, the account ends that day."""
    start = changed_on or formed_on
    met = local_day(met_at) if met_at is not None else None
    seen = met or today
    provisional = days.provisional_between(start, due)
    shown = light(due, seen, days, warn) if met is None else Light.FINE if met <= due else Light.OVERDUE
    return Clock(
        start, changed_on is not None, due, shown, days.count(seen, due), provisional, met, met is not None and met > due,
        account(start, due, today if met is None else met, days),
    )  # fmt: skip


def account(start: date, due: date, today: date, days: Calendar) -> tuple[ClockDay, ...]:
    """Day by day from the start to the end of the term, and on to today where that is later."""
    last = min(max(due, today), start + timedelta(days=LONGEST_ACCOUNT))
    found, number = [], 0
    for offset in range((last - start).days + 1):
        on = start + timedelta(days=offset)
        kind = DayKind.START if offset == 0 else _kind(on, days)
        if kind in (DayKind.COUNTED, DayKind.MAKE_UP):
            number += 1
        name = days.holiday(on) or days.make_up(on) or ""
        counted = number if kind in (DayKind.COUNTED, DayKind.MAKE_UP) else 0
        found.append(ClockDay(on, kind, counted, name, on == today, on == due, on > due))
    return tuple(found)


def _kind(on: date, days: Calendar) -> DayKind:
    if days.is_workday(on):
        return DayKind.MAKE_UP if days.make_up(on) else DayKind.COUNTED
    return DayKind.HOLIDAY if days.holiday(on) else DayKind.WEEKEND


def withdraw_by(changed_on: date, days: Calendar) -> date:
    """行政处罚法第四十八条、第八十五条."""
    return publication.withdraw_by(changed_on, days)


def next_review(settings: Iterable[Mapping[str, object]], last: date) -> date:
    """When withheld information is looked at again (条例第十八条), in the organ's own cycle."""
    months = dated.value_on(settings, "review_cycle_months", last)
    return publication.ReviewCycle(months).next_review(last)
