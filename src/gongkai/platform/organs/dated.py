"""The settings of an organ, each with the day from which it holds: what the law leaves to the organ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from gongkai.law.publication import ReviewCycle


@dataclass(frozen=True, slots=True)
class Kept:
    """One setting: its key, its official words, its default, and the range of a number."""

    key: str
    zh: str
    hint: str
    default: int | bool
    least: int = 0
    most: int = 0

    @property
    def is_switch(self) -> bool:
        return isinstance(self.default, bool)


SETTINGS: tuple[Kept, ...] = (
    Kept("review_cycle_months", _("不予公开信息的复审周期（月）"), _("条例第十八条要求定期评估审查，未定期限。"), ReviewCycle().months, 1, 60),
    Kept("recheck_days", _("发布后复查期限（工作日）"), _("发布后几个工作日内由发布人以外的人复查。"), 3, 1, 60),
    Kept("warn_days", _("到期前几个工作日亮黄灯"), _("对应条例第二十六条的二十个工作日。"), 5, 1, 19),
    Kept("secrecy_separate", _("保密审查员不得兼审核同一信息"), _("同一信息的审核与保密审查须由两人进行。"), True),
    Kept("guide_months", _("公开指南的核对周期（月）"), _("条例第十二条要求指南及时更新；逾期未核对的会提示。"), 12, 1, 36),
    Kept("legal_review", _("依申请公开的答复须经法制审核"), _("不予公开、部分公开等答复签发前由法制审核员审核。"), True),
    Kept("fee_restarts_clock", _("缴费后答复期限重新计算"), _("国办函〔2020〕109号（未核原文）；否则自通知至缴费的时间不计入。"), True),
    Kept("correction_days", _("补正期限（工作日）"), _("条例第三十条要求合理的补正期限，未定天数。"), 10, 3, 60),
    Kept("reasons_days", _("说明理由的期限（工作日）"), _("条例第三十五条未定天数。"), 10, 3, 60),
    Kept("task_days", _("内部检索的期限（工作日）"), _("交办各科室、单位检索的答复期限。"), 5, 1, 15),
    Kept("first_reminder", _("届满前几个工作日第一次提醒"), _("提醒承办人。"), 5, 1, 15),
    Kept("second_reminder", _("届满前几个工作日第二次提醒"), _("提醒承办人和政府信息公开工作机构。"), 2, 1, 10),
    Kept("frequent_items", _("一个自然月内几件起提示频次"), _("国办函〔2020〕109号按自然月累计，第十一件起可以收费。"), 5, 2, 30),
    Kept("charges", _("收取信息处理费"), _("条例第四十二条：可以收取。"), True),
    Kept("report_days_early", _("年度报告比法定期限提前几日公布"), _("条例第四十九条：部门 1 月 31 日前，各级政府 3 月 31 日前；当地要求更早的，填提前的天数。"), 0, 0, 60),
    Kept("website_days_early", _("网站工作年度报表比 1 月 31 日提前几日公布"), _("国办函〔2018〕12号：1 月 31 日前；当地要求 1 月 29 日前的，填 2。没有设置的，随上级人民政府。"), 0, 0, 30),
    Kept("pages_take_positions", _("按量计收的申请也计入当月件数"), _("国办函〔2020〕109号未见规定。"), False),
)
BY_KEY: Mapping[str, Kept] = {kept.key: kept for kept in SETTINGS}


@dataclass(frozen=True, slots=True)
class Dated:
    """A value of a setting and the day from which it holds."""

    key: str
    value: int | bool
    since: date

    def stored(self) -> dict[str, object]:
        return {"key": self.key, "value": self.value, "since": self.since.isoformat()}


def wrong_value(key: str, value: object) -> str:
    """Why a value cannot be set; empty when it can."""
    if (kept := BY_KEY.get(key)) is None:
        return gettext("没有名为“%(key)s”的设置项。") % {"key": key}
    if kept.is_switch:
        return "" if isinstance(value, bool) else gettext("“%(zh)s”只能是“是”或“否”。") % {"zh": gettext(kept.zh)}
    if isinstance(value, bool) or not isinstance(value, int) or not kept.least <= value <= kept.most:
        return gettext("“%(zh)s”应为 %(least)s 至 %(most)s 的整数。") % {"zh": gettext(kept.zh), "least": kept.least, "most": kept.most}
    return ""


def read(stored: Iterable[Mapping[str, object]]) -> tuple[Dated, ...]:
    """What an organ keeps, oldest first."""
    found = (Dated(str(row["key"]), row["value"], date.fromisoformat(str(row["since"]))) for row in stored)  # type: ignore[arg-type]
    return tuple(sorted(found, key=lambda each: each.since))


def value_on(stored: Iterable[Mapping[str, object]], key: str, on: date) -> int:
    """The value that holds on a day (a switch is True or False, which are 1 and 0); the default before the first one."""
    held = BY_KEY[key].default
    for each in read(stored):
        if each.key == key and each.since <= on:
            held = each.value
    return held
