"""复议、诉讼的办理期限: the organ's own terms once it has been taken to reconsideration or to court, and those of the body.

行政复议法第四十八条、第五十四条、第六十二条；行政诉讼法第六十七条、第八十一条、第八十三条、第八十五条、第八十八条.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from . import periods
from .calendar import Calendar
from .errors import NotUnderstood
from .periods import Period
from .remedies import LAW_2023, last_day, reconsider_by, sue_by
from .replies import Redress, Reply


class Proceeding(StrEnum):
    """What the organ has been taken to."""

    RECONSIDERATION = "reconsideration"
    LITIGATION = "litigation"


class Procedure(StrEnum):
    """Ordinary, or simplified (行政复议法第五十三条、行政诉讼法第八十二条: disclosure cases may go by it)."""

    ORDINARY = "ordinary"
    SIMPLIFIED = "simplified"

    @property
    def label(self) -> str:
        return {"ordinary": "普通程序", "simplified": "简易程序"}[self.value]


def answer_period(proceeding: Proceeding, procedure: Procedure, received: date) -> Period:
    """Within which the organ answers and hands in its evidence; by the law in force when it received the application."""
    if proceeding is Proceeding.LITIGATION:
        return periods.LITIGATION_ANSWER
    if received < LAW_2023:
        return periods.RECONSIDERATION_ANSWER_2017
    return periods.RECONSIDERATION_ANSWER_SIMPLIFIED if procedure is Procedure.SIMPLIFIED else periods.RECONSIDERATION_ANSWER


def answer_by(proceeding: Proceeding, procedure: Procedure, received: date, days: Calendar) -> date:
    """The last day for the organ's answer, from the day it received the copy.

    行政复议法第七十条、行政诉讼法第三十四条: without it, the act counts as having no evidence.
    """
    return last_day(answer_period(proceeding, procedure, received), received, days)


def decision_period(proceeding: Proceeding, procedure: Procedure, accepted: date, appealed: bool = False) -> Period:
    """Within which the body decides, from the day it accepted the case (on appeal: from the day it received the appeal)."""
    if proceeding is Proceeding.LITIGATION:
        if appealed:
            return periods.APPEAL_JUDGMENT
        return periods.LITIGATION_JUDGMENT_SIMPLIFIED if procedure is Procedure.SIMPLIFIED else periods.LITIGATION_JUDGMENT
    simplified = procedure is Procedure.SIMPLIFIED and accepted >= LAW_2023  # 2017年修正的法没有简易程序
    return periods.RECONSIDERATION_DECISION_SIMPLIFIED if simplified else periods.RECONSIDERATION_DECISION


def decide_by(
    proceeding: Proceeding, procedure: Procedure, accepted: date, days: Calendar, *, appealed: bool = False, extended: int = 0
) -> date:
    """The last day for the body's decision; `extended` days where a reconsideration was prolonged."""
    period = decision_period(proceeding, procedure, accepted, appealed)
    if not extended:
        return last_day(period, accepted, days)
    if period is not periods.RECONSIDERATION_DECISION:
        raise NotUnderstood("只有普通程序的行政复议可以延长（行政复议法第六十二条）。", "Only an ordinary reconsideration can be prolonged (Art 62).")
    if not 0 < extended <= periods.RECONSIDERATION_DECISION_EXTENSION.length:
        most = periods.RECONSIDERATION_DECISION_EXTENSION.length
        raise NotUnderstood(f"延长期限最多不得超过{most}日（行政复议法第六十二条第一款）。", f"It is prolonged by {most} days at most (Art 62).")
    return days.next_workday(accepted + timedelta(days=period.length + extended))


def appeal_by(served: date, days: Calendar, *, ruling: bool = False) -> date:
    """The last day for an appeal against a judgment, or a ruling (不予立案、驳回起诉), of the first instance."""
    return last_day(periods.APPEAL_RULING if ruling else periods.APPEAL, served, days)


@dataclass(frozen=True, slots=True)
class Open:
    """What the applicant can do against a reply, and until when."""

    reconsider_by: date
    sue_by: date | None  # 复议前置的，不能直接起诉
    first: bool  # 应当先申请行政复议


def open_until(reply: Reply, replied: date, told: date, days: Calendar) -> Open | None:
    """The remedies that a reply of one day opens, counted from the day it was delivered; None where it opens none.

    行政复议法第二十条第一款、第二十三条第一款第四项；行政诉讼法第四十六条.
    """
    if reply.redress is Redress.NONE:
        return None
    first = reply.redress is Redress.RECONSIDERATION_FIRST and replied >= LAW_2023
    return Open(reconsider_by(told, days), None if first else sue_by(told, days), first)


class Court(StrEnum):
    """Which court hears it first (行政诉讼法第十四条、第十五条第一项)."""

    BASIC = "basic"
    INTERMEDIATE = "intermediate"

    @property
    def label(self) -> str:
        return {"basic": "基层人民法院", "intermediate": "中级人民法院"}[self.value]


def court(*, of_state_council: bool, county_government_or_above: bool) -> Court:
    """基层人民法院管辖；国务院部门、县级以上地方人民政府为被告的，中级人民法院管辖."""
    return Court.INTERMEDIATE if of_state_council or county_government_or_above else Court.BASIC
