"""What an uploaded table would enter: cell by cell, against what holds. Pure: nothing here asks a database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from gongkai.platform.annual import written
from gongkai.platform.annual.actions.entering import Told, checked, shown
from gongkai.platform.annual.errors import Invalid
from gongkai.platform.annual.indicators import BY_KEY, Summing
from gongkai.platform.annual.ledger import Entered, Place
from gongkai.platform.annual.sheets import Row, heading

SKIPPED = "-"  # 不导入的列


@dataclass(frozen=True, slots=True)
class Planned:
    """One cell that would be entered."""

    row: int
    heading: str
    told: Told
    text: str
    before: Decimal | None
    before_about: bool

    @property
    def what(self) -> str:
        """new, same, or changed."""
        if self.before is None:
            return "new"
        return "same" if (self.told.value, self.told.about) == (self.before, self.before_about) else "changed"


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell, or a whole line, that cannot be entered."""

    row: int
    heading: str
    text: str
    why: str


@dataclass(slots=True)
class Plan:
    """The table as it would be entered now."""

    unmapped: list[str] = field(default_factory=list)
    cells: list[Planned] = field(default_factory=list)
    wrong: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    @property
    def new(self) -> list[Planned]:
        return [each for each in self.cells if each.what == "new"]

    @property
    def changed(self) -> list[Planned]:
        return [each for each in self.cells if each.what == "changed"]

    @property
    def same(self) -> list[Planned]:
        return [each for each in self.cells if each.what == "same"]

    @property
    def unexplained(self) -> bool:
        """Whether something changes and the table does not say why."""
        return any(not each.told.reason.strip() for each in self.changed)

    @property
    def ready(self) -> bool:
        return not self.unmapped and not self.wrong and bool(self.new or self.changed)


def planned(rows: Iterable[Row], mapping: Mapping[str, str], year: int, holding: Mapping[tuple[str, str, int], Entered], at: datetime) -> Plan:
    """Every cell with its place, what holds there now, and everything that is wrong."""
    plan, totals = Plan(unmapped=[name for name, place in mapping.items() if not place]), list[Row]()
    for row in rows:
        try:
            month = written.month(row.month, year)
        except written.Unread as unread:
            plan.wrong.append(Problem(row.number, "月份", row.month, str(unread)))
            continue
        if month == written.TOTAL:
            totals.append(row)
            continue
        for name, text in row.cells.items():
            if mapping.get(name, "") not in ("", SKIPPED):
                _cell(plan, row, name, text, month, mapping[name], holding)
    _twice(plan, mapping)
    _checked(plan, year, at)
    for row in totals:
        _added(plan, row, mapping)
    return plan


def _cell(plan: Plan, row: Row, name: str, text: str, month: int, place: str, holding: Mapping[tuple[str, str, int], Entered]) -> None:
    if name in row.formulas:
        why = _("这一格是公式，存着的数不一定是算出的数。请复制后“选择性粘贴”为数值，再上传。")
        plan.wrong.append(Problem(row.number, name, text, why))
        return
    try:
        value, about = written.figure(text)
    except written.Unread as unread:
        plan.wrong.append(Problem(row.number, name, text, str(unread)))
        return
    if value is None:  # 空白：没有说，不是撤销
        return
    indicator, _dot, channel = place.partition(".")
    before = holding.get((indicator, channel, month))
    told = Told(indicator, month, value, channel, about, row.evidence, row.reason)
    plan.cells.append(Planned(row.number, name, told, text, before.value if before else None, before.about if before else False))


def _twice(plan: Plan, mapping: Mapping[str, str]) -> None:
    """Two columns for one place."""
    of: dict[str, list[str]] = {}
    for name, place in mapping.items():
        if place not in ("", SKIPPED):
            of.setdefault(place, []).append(name)
    for place, names in of.items():
        if len(names) > 1:
            indicator, _dot, channel = place.partition(".")
            why = _("%(names)s都对应“%(place)s”，只能留一列。") % {"names": "、".join(f"“{name}”" for name in names), "place": heading((indicator, channel))}
            plan.wrong.append(Problem(1, names[-1], "", why))


def _checked(plan: Plan, year: int, at: datetime) -> None:
    """What entering would say against them."""
    try:
        checked([each.told for each in plan.cells], year, at)
    except Invalid as refused:
        at_place = {f"{each.told.indicator}.{each.told.channel}.{each.told.month}": each for each in plan.cells}
        for key, why in refused.fields.items():
            each = at_place.get(key)
            plan.wrong.append(Problem(each.row, each.heading, each.text, str(why)) if each else Problem(0, "", "", str(why)))


def _added(plan: Plan, row: Row, mapping: Mapping[str, str]) -> None:
    """A line of totals is not entered; where it is not the sum of its months, that is said."""
    for name, text in row.cells.items():
        indicator, _dot, channel = mapping.get(name, "").partition(".")
        place: Place = (indicator, channel)
        if indicator not in BY_KEY or BY_KEY[indicator].summing is not Summing.SUM:
            continue
        try:
            stated, _about = written.figure(text)
        except written.Unread:
            continue
        of = [each.told for each in plan.cells if (each.told.indicator, each.told.channel) == place]
        whole = [told for told in of if not told.month]
        parts = [told.value for told in whole or of if told.value is not None]
        if stated is not None and parts and sum(parts, Decimal(0)) != stated:
            why = _("合计写 %(stated)s，各月相加是 %(sum)s。") % {"stated": shown(stated), "sum": shown(sum(parts, Decimal(0)))}
            plan.warnings.append(Problem(row.number, name, text, why))
