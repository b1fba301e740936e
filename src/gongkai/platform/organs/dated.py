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
