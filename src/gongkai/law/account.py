"""逐日计算: for each day since receipt, whether it was counted, and why not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .calendar import Calendar
from .clock import Clock, State
from .request import Step

_WEEK = "一二三四五六日"


class Reckoned(StrEnum):
    """What a day is to the clock."""

    RECEIPT = "receipt"  # 收到之日，不计
    COUNTED = "counted"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    PAUSED = "paused"  # 征求意见
    AWAITING_CORRECTION = "awaiting_correction"
    AWAITING_FEE = "awaiting_fee"


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the account."""

    on: date
    reckoned: Reckoned
    nth: int | None  # which counted working day it is
    make_up: bool  # a Saturday or Sunday that is worked
    provisional: bool  # its year has no notice yet
    says: str


@dataclass(frozen=True, slots=True)
class _Leg:
    """From one start of the period to the next: the clock as it stood at the end of it, and where it stopped."""

    start: date
    clock: Clock
    stopped: date | None = None
    waits_for: Reckoned = Reckoned.AWAITING_CORRECTION


def account(steps: tuple[Step, ...], days: Calendar, today: date) -> tuple[Day, ...]:
    """Every day from receipt to `today`, or to the end of the request."""
    legs = tuple(_legs(steps))
    if not legs:
        return ()
    until = min(today, steps[-1].after.ended or today)
    return tuple(_day_by_day(legs, days, until))


def _legs(steps: tuple[Step, ...]) -> Iterator[_Leg]:
    """A leg ends where another begins: on a new start, or after waiting that restarts nothing."""
    open_leg: _Leg | None = None
    for step in steps:
        before, after = step.before, step.after
        if after.start is None:
            continue
        if open_leg is None or _restarted(before, after):
            if open_leg is not None:
                yield open_leg
            open_leg = _Leg(after.start, after)
            continue
        stopped, waits_for = open_leg.stopped, open_leg.waits_for
        if before.state is State.OPEN and after.state is State.AWAITING_CORRECTION:
            stopped, waits_for = step.event.on, Reckoned.AWAITING_CORRECTION
        elif before.state is State.OPEN and after.state is State.AWAITING_FEE:
            stopped, waits_for = step.event.on, Reckoned.AWAITING_FEE
        elif after.state is State.OPEN:  # 缴费不重新计算：等待时间已记为停止计算
            stopped = None
        open_leg = _Leg(open_leg.start, after, stopped, waits_for)
    if open_leg is not None:
        yield open_leg


def _restarted(before: Clock, after: Clock) -> bool:
    waited = before.state in (State.AWAITING_CORRECTION, State.AWAITING_FEE)
    return waited and after.state is State.OPEN and len(after.waits) <= len(before.waits)


def _day_by_day(legs: tuple[_Leg, ...], days: Calendar, until: date) -> Iterator[Day]:
    for leg, following in zip(legs, (*legs[1:], None), strict=True):
        if following is not None and following.start == leg.start:
            continue
        end = until if following is None else following.start - timedelta(days=1)
        nth = 0
        for ordinal in range(leg.start.toordinal(), end.toordinal() + 1):
            day = _day(date.fromordinal(ordinal), leg, days, nth, leg is not legs[0])
            nth = day.nth or nth
            yield day


def _day(on: date, leg: _Leg, days: Calendar, counted: int, fresh: bool) -> Day:
    reckoned, nth, says = _reckon(on, leg, days, counted, fresh)
    weekday = f"星期{_WEEK[on.weekday()]}"
    make_up = days.make_up(on)
    worked = f"{weekday}，{make_up}调休上班" if make_up is not None else weekday
    doubt = "（该年尚无放假通知，暂定）" if days.provisional(on.year) else ""
    return Day(on, reckoned, nth, make_up is not None, days.provisional(on.year), f"{worked}，{says}{doubt}")


def _reckon(on: date, leg: _Leg, days: Calendar, counted: int, fresh: bool) -> tuple[Reckoned, int | None, str]:
    if on == leg.start:
        return Reckoned.RECEIPT, None, "答复期限自当日重新计算，当日不计" if fresh else "收到申请之日，当日不计"
    if (holiday := days.holiday(on)) is not None:
        return Reckoned.HOLIDAY, None, f"{holiday}放假，不计"
    if not days.is_workday(on):
        return Reckoned.WEEKEND, None, "周末，不计"
    if leg.stopped is not None and on > leg.stopped:
        what = "补正" if leg.waits_for is Reckoned.AWAITING_CORRECTION else "缴费"
        return leg.waits_for, None, f"等待{what}，不计"
    if any(on in wait for wait in leg.clock.waits):
        return Reckoned.AWAITING_FEE, None, "等待缴费，不计"
    letters = [c for c in leg.clock.consultations if on in c.pause(days)]
    if letters:
        return Reckoned.PAUSED, None, f"征求意见（{'、'.join(c.ref for c in letters)}），不计（条例第三十三条第三款）"
    nth = counted + 1
    past = "，已超过期限" if nth > leg.clock.limit and leg.clock.delayed is None else ""
    return Reckoned.COUNTED, nth, f"第{nth}个工作日{past}"
