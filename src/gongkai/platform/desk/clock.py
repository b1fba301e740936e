"""The strip of days for Art 26's term: a picture of what the catalogue counted, and the sentences under it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongkai.platform.catalogue.clocks import Clock, ClockDay, DayKind
from gongkai.platform.pages.templatetags.pages import worded

_FURTHEST = 30  # 逾期后最多再画多少天
_COUNTED = frozenset({DayKind.COUNTED, DayKind.MAKE_UP})


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of the strip. `look`: start, counted, hollow, or over (past the due date)."""

    on: date
    look: str
    month: str = ""
    today: bool = False
    due: bool = False
    done: bool = False
    mark: str = ""  # 班、休


@dataclass(frozen=True, slots=True)
class Strip:
    """The days from the beginning to the due date, today or the publication, and what they mean."""

    cells: tuple[Cell, ...]
    sentences: tuple[str, ...]
    cut: int = 0  # 没有画出的天数

    @property
    def spoken(self) -> str:
        return " ".join(self.sentences)


def strip(clock: Clock, today: date) -> Strip:
    """The strip of a term as it stands."""
    last = clock.due + timedelta(days=_FURTHEST)
    shown = [day for day in clock.days if day.on <= last]
    cells = tuple(_cell(day, clock, first=not number) for number, day in enumerate(shown))
    end = clock.met_on or today
    return Strip(cells, tuple(_sentences(clock, today)), max(0, (end - shown[-1].on).days) if shown else 0)


def _cell(day: ClockDay, clock: Clock, first: bool) -> Cell:
    look = (
        "start"
        if day.kind is DayKind.START
        else "hollow"
        if day.kind not in _COUNTED
        else "over"
        if day.late
        else "counted"
    )
    mark = _("班") if day.kind is DayKind.MAKE_UP else _("休") if day.kind is DayKind.HOLIDAY else ""
    month = worded(day.on, "month") if first or day.on.day == 1 else ""
    return Cell(day.on, look, month, day.today and clock.met_on is None, day.due, day.on == clock.met_on, mark)


def _sentences(clock: Clock, today: date) -> list[str]:
    begun = _("%(day)s变更") if clock.from_change else _("%(day)s生成")
    said = [
        begun % {"day": worded(clock.start)}
        + _("，从次日起算，第 20 个工作日是%(day)s（第二十六条）。") % {"day": worded(clock.due)}
    ]
    said.append(_stands(clock, today))
    term = [day for day in clock.days if day.on <= clock.due]
    if off := list(dict.fromkeys(day.name for day in term if day.kind is DayKind.HOLIDAY and day.name)):
        said.append(_("其间%(names)s放假。") % {"names": _("、").join(map(_, off))})
    if worked := [day.on for day in term if day.kind is DayKind.MAKE_UP]:
        said.append(_("%(days)s调休上班，计入工作日。") % {"days": _days(worked)})
    if clock.provisional:
        said.append(_("其中有的年份还没有放假通知，期限是暂定的。"))
    return said


def _stands(clock: Clock, today: date) -> str:
    if clock.met_on is not None:
        if clock.met_late:
            return ngettext("%(day)s公开，逾期 %(n)s 个工作日。", "%(day)s公开，逾期 %(n)s 个工作日。", -clock.left) % {
                "day": worded(clock.met_on),
                "n": -clock.left,
            }
        return _("%(day)s公开，在期限以内。") % {"day": worded(clock.met_on)}
    if today > clock.due and clock.left == 0:
        return _("今天是%(day)s，期限已过。") % {"day": worded(today)}
    if today > clock.due:
        return ngettext(
            "今天是%(day)s，已逾期 %(n)s 个工作日。", "今天是%(day)s，已逾期 %(n)s 个工作日。", -clock.left
        ) % {"day": worded(today), "n": -clock.left}
    if today == clock.due:
        return _("今天就是期限届满之日。")
    return ngettext("今天是%(day)s，还有 %(n)s 个工作日。", "今天是%(day)s，还有 %(n)s 个工作日。", clock.left) % {
        "day": worded(today),
        "n": clock.left,
    }


def _days(days: Sequence[date]) -> str:
    return _("、").join(worded(on, "of the year") for on in days)
