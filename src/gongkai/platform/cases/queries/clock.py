"""答复期限的图和说明: what gongkai.law counted for one request, as values that a page draws. Asks no database, knows no person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gongkai.law import explanation
from gongkai.law.account import Day, Reckoned, account
from gongkai.law.calendar import Calendar
from gongkai.law.clock import State as LawState
from gongkai.law.conduct import BY_KEY as RULES
from gongkai.law.request import Standing, Step
from gongkai.law.request import standing as law_standing
from gongkai.platform.cases import clocks, standing
from gongkai.platform.cases.choices import LIVE, State
from gongkai.platform.cases.standing import Happened
from gongkai.platform.organs import dated
from gongkai.platform.organs.models import Organ

MOST_CELLS = 150  # 图上至多画这么多天；逐日明细不受此限
AFTER_THE_TERM = 15  # 届满以后至多再画这么多天
MOST_ROWS = 800  # 逐日明细至多列这么多天


class Light(StrEnum):
    """How near the end of the term is, as a traffic light."""

    OVERDUE = "overdue"  # 本机关逾期未答复
    LAPSED = "lapsed"  # 申请人逾期未补正、未缴费
    SOON = "soon"
    FINE = "fine"
    WAITING = "waiting"  # 等待双方确认：期限未起算
    ENDED = "ended"


LIGHTS: dict[Light, tuple[str, str]] = {
    Light.OVERDUE: ("已逾期", "Overdue"),
    Light.LAPSED: ("申请人逾期", "Applicant's term is over"),
    Light.SOON: ("即将届满", "Due soon"),
    Light.FINE: ("期限内", "In time"),
    Light.WAITING: ("未起算", "Not running"),
    Light.ENDED: ("已办结", "Ended"),
}


class Look(StrEnum):
    """How a day is drawn."""

    START = "start"  # 收到之日，不计
    COUNTED = "counted"
    AHEAD = "ahead"  # 还没有到的工作日
    OVER = "over"  # 届满以后的工作日
    HOLLOW = "hollow"  # 周末、假日
    PAUSED = "paused"  # 征求意见
    WAITING = "waiting"  # 等待补正、缴费


_MARKS = {  # 当天发生的事，一个字
    "submitted": "收", "confirmed": "收", "correction_requested": "补", "corrected": "收", "consultation_sent": "征", "consultation_answered": "见",
    "extended": "延", "delayed": "延", "reasons_requested": "理", "fee_noticed": "费", "fee_paid": "缴", "replied": "答", "withdrawn": "撤", "closed": "结",
}  # fmt: skip
_WAITING = frozenset({Reckoned.AWAITING_CORRECTION, Reckoned.AWAITING_FEE})


@dataclass(frozen=True, slots=True)
class DayView:
    """One day of the picture."""

    on: date
    look: Look
    nth: int | None  # 第几个工作日
    says: str
    make_up: bool = False  # 调休上班：班
    off: bool = False  # 放假：休
    today: bool = False
    flag: bool = False  # 期限届满
    ended: bool = False
    first: bool = False  # 图上新的一月、第一天：写出月份
    provisional: bool = False
    marks: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the explanation, and its day."""

    on: date
    says: str


@dataclass(frozen=True, slots=True)
class Violated:
    """A rule of procedure that was broken."""

    on: date
    zh: str
    en: str
    article: str


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The clock of one request on a day: picture, sentences, day-by-day account."""

    today: date
    state: State
    light: Light
    due: date | None
    correct_by: date | None
    pay_by: date | None
    starts: date | None  # 答复期限自此起算
    limit: int
    counted: int | None
    left: int | None  # 到最近的期限还有几个工作日；负为已过
    provisional: bool
    extended: bool
    days: tuple[DayView, ...]  # 图
    before: int  # 图前面没有画的天数
    after: int  # 图后面没有画的天数
    sentences: tuple[Sentence, ...]
    account: tuple[DayView, ...]  # 逐日明细
    violations: tuple[Violated, ...]
    calendar: str
    note: str  # 可以粘贴到案卷里的说明

    @property
    def until(self) -> date | None:
        """The term that runs now."""
        return self.due or self.correct_by or self.pay_by

    @property
    def spoken(self) -> str:
        return self.sentences[-1].says if self.sentences else ""


def reckoning(events: Sequence[Happened], organ: Organ, today: date) -> Reckoning:
    """What the events come to on a day, by the organ's calendar and settings."""
    days = clocks.days_of(organ)
    held = standing.effective(events)
    submitted = next(each.on for each in held if each.kind == "submitted")
    settings = clocks.settings_of(organ, submitted)
    steps = standing.steps(events, days, settings)
    now = law_standing(steps, days, today)
    state = standing.fold(events, days, settings).state
    ended = steps[-1].after.ended or _left_on(held, state)
    asof = min(today, ended) if ended else today
    whole = account(steps, days, asof)[-MOST_ROWS:]
    drawn, before, after = _picture(steps, days, now, asof, ended)
    soon = dated.value_on(organ.settings, "first_reminder", today)
    until = now.due or now.correct_by or now.pay_by
    left = days.count(today, until) if until is not None and state in LIVE else None
    marks = _marks(held)
    return Reckoning(
        today=today, state=state, light=light_of(state, until, left, soon, today), due=now.due, correct_by=now.correct_by, pay_by=now.pay_by,
        starts=now.receipt, limit=now.limit, counted=now.counted, left=left, provisional=now.provisional, extended=steps[-1].after.extended,
        days=tuple(_views(drawn, now, today, ended, marks)), before=before, after=after,
        sentences=tuple(Sentence(said.on, said.says) for said in explanation.explain(steps, days, asof if ended else today, settings)),
        account=tuple(_views(whole, now, today, ended, marks)),
        violations=tuple(Violated(each.on, RULES[each.rule].zh, RULES[each.rule].en, each.article) for each in now.violations),
        calendar=days.name, note=explanation.note(steps, days, asof, settings),
    )  # fmt: skip


def light_of(state: State, until: date | None, left: int | None, soon: int, today: date) -> Light:
    """The light of a request: its state, the term that runs, how many working days are left, and from how many on it warns."""
    if state not in LIVE:
        return Light.ENDED
    if until is None or left is None:
        return Light.WAITING
    if today > until:
        return Light.OVERDUE if state is State.OPEN else Light.LAPSED
    return Light.SOON if left <= soon else Light.FINE


def _left_on(held: Iterable[Happened], state: State) -> date | None:
    """The day on which a request was split or moved: the clock of this one ends there."""
    if state not in (State.SPLIT, State.MOVED):
        return None
    return max(each.on for each in held if each.kind in ("split", "moved"))


def _picture(steps: tuple[Step, ...], days: Calendar, now: Standing, asof: date, ended: date | None) -> tuple[tuple[Day, ...], int, int]:
    """The days to draw: up to the end, or to the term and somewhat beyond; and how many are left out on each side."""
    until = now.due or now.correct_by or now.pay_by
    last = asof if until is None or (ended is not None and now.state is not LawState.REPLIED) else max(asof, until)
    told = account(steps, days, last)
    if ended is not None and until is not None and ended < until:  # 答复以后、届满以前的日子，照样画出来
        told += _ahead(told, days, ended, until)
    cut = until + timedelta(days=AFTER_THE_TERM) if until is not None else last
    shown = tuple(day for day in told if day.on <= cut)
    return shown[-MOST_CELLS:], max(0, len(shown) - MOST_CELLS), len(told) - len(shown)


def _ahead(told: tuple[Day, ...], days: Calendar, ended: date, until: date) -> tuple[Day, ...]:
    nth = max((day.nth or 0 for day in told), default=0)
    found: list[Day] = []
    for ordinal in range(ended.toordinal() + 1, until.toordinal() + 1):
        on = date.fromordinal(ordinal)
        worked = days.is_workday(on)
        nth += worked
        kind = Reckoned.COUNTED if worked else Reckoned.HOLIDAY if days.holiday(on) is not None else Reckoned.WEEKEND
        found.append(Day(on, kind, nth if worked else None, days.make_up(on) is not None, days.provisional(on.year), ""))
    return tuple(found)


def _marks(held: Iterable[Happened]) -> Mapping[date, str]:
    found: dict[date, str] = {}
    for each in held:
        sign = _MARKS.get(each.kind, "")
        if sign and sign not in found.get(each.on, ""):
            found[each.on] = found.get(each.on, "") + sign
    return found


def _views(told: Iterable[Day], now: Standing, today: date, ended: date | None, marks: Mapping[date, str]) -> Iterable[DayView]:
    until = now.due or now.correct_by or now.pay_by
    for place, day in enumerate(told):
        yield DayView(
            on=day.on, look=_look(day, now.due, ended or today), nth=day.nth, says=day.says, make_up=day.make_up,
            off=day.reckoned is Reckoned.HOLIDAY, today=day.on == today and ended is None, flag=day.on == until, ended=day.on == ended,
            first=place == 0 or day.on.day == 1, provisional=day.provisional, marks=marks.get(day.on, ""),
        )  # fmt: skip


def _look(day: Day, due: date | None, asof: date) -> Look:
    match day.reckoned:
        case Reckoned.RECEIPT:
            return Look.START
        case Reckoned.WEEKEND | Reckoned.HOLIDAY:
            return Look.HOLLOW
        case Reckoned.PAUSED:
            return Look.PAUSED
        case Reckoned.COUNTED:
            return Look.AHEAD if day.on > asof else Look.OVER if due is not None and day.on > due else Look.COUNTED
    return Look.WAITING if day.reckoned in _WAITING else Look.HOLLOW
