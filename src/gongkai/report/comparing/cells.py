"""Cell by cell: both values, their difference and its percentage. Blank, absent and 0 are three things."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from gongkai.law.editions import Applicant, Edition
from gongkai.law.outcomes import Group
from gongkai.report.auditing.labels import cell_label
from gongkai.report.exchange import Plain, number
from gongkai.report.identities import ACTIVE, REQUESTS, At, requests_edition
from gongkai.report.model import AnnualReport, Count
from gongkai.report.tables import (
    ABSENT,
    AMOUNTS,
    Presence,
    Printed,
    group_total,
    in_unit,
    negative,
    places,
    printed,
    total,
)

OTHER_GROUP = "group.other"  # （六）其他处理，两版格式各行之和


class Change(StrEnum):
    """What became of a cell."""

    SAME = "same"
    CHANGED = "changed"
    FILLED = "filled"  # blank, then a number
    BLANKED = "blanked"  # a number, then blank
    ADDED = "added"  # not printed, then printed
    REMOVED = "removed"  # printed, then not printed
    UNIT = "unit"  # amounts whose units are unknown or differ beyond conversion
    EDITION = "edition"  # the other form has no such cell


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell of both reports."""

    at: At
    a: Printed
    b: Printed
    change: Change
    difference: Count | None = None  # b less a, in the unit of b; None unless both are numbers

    @property
    def percent(self) -> Fraction | None:
        """The difference as a percentage of the first; None where that is 0, blank or not comparable."""
        if self.difference is None or self.b.value is None:
            return None
        before = Fraction(self.b.value) - Fraction(self.difference)
        return Fraction(self.difference) / before * 100 if before > 0 else None

    @property
    def label(self) -> str:
        """The cell as a reader finds it in the form."""
        if self.at.row == OTHER_GROUP:
            return "“（六）其他处理”各行之和的“总计”"
        return cell_label(self.at)

    def as_dict(self) -> Plain:
        percent = self.percent
        return {
            "where": ".".join(filter(None, self.at[:3])),
            "change": self.change.value,
            "a": _said(self.a),
            "b": _said(self.b),
            "difference": number(self.difference),
            "percent": None if percent is None else round(float(percent), 2),
        }


def _said(cell: Printed) -> Plain:
    plain: Plain = {"presence": cell.presence.value, "value": number(cell.value), "unit": cell.unit}
    return plain | ({"raw": cell.raw} if cell.raw is not None else {})


def changes(a: AnnualReport, b: AnnualReport) -> tuple[CellChange, ...]:
    """Every cell that either report's form has, in the order of the form."""
    forms = _Forms(_edition(a), _edition(b), _requests(a), _requests(b))
    ats = dict.fromkeys((*places(forms.active_a, forms.requests_a), *places(forms.active_b, forms.requests_b)))
    order = sorted(ats, key=lambda at: (ACTIVE, REQUESTS, "remedies").index(at.part))
    return (*(_change(at, printed(a, at), printed(b, at), forms) for at in order), *_other_group(a, b, forms))


@dataclass(frozen=True, slots=True)
class _Forms:
    active_a: Edition | None
    active_b: Edition | None
    requests_a: Edition | None
    requests_b: Edition | None


def _edition(report: AnnualReport) -> Edition | None:
    return report.edition or _requests(report)


def _requests(report: AnnualReport) -> Edition | None:
    return requests_edition(report) if report.edition or report.applications else None


def _change(at: At, a: Printed, b: Printed, forms: _Forms) -> CellChange:
    if at.part == ACTIVE and _differ(forms.active_a, forms.active_b):
        return CellChange(at, a, b, Change.EDITION)  # 表二两版格式无法换算
    if at.part == REQUESTS and _differ(forms.requests_a, forms.requests_b) and Presence.ABSENT in (a.presence, b.presence):
        return CellChange(at, a, b, Change.EDITION)
    if a.presence is not b.presence:
        return CellChange(at, a, b, _presence(a.presence, b.presence))
    if a.value is None or b.value is None:
        return CellChange(at, a, b, Change.SAME if a.raw == b.raw else Change.CHANGED)
    before: Count | None = a.value
    if at.row in AMOUNTS and a.unit != b.unit:
        before = in_unit(a.value, a.unit, b.unit)
    gap = None if before is None else total([b.value, negative(before)])
    if gap is None:
        return CellChange(at, a, b, Change.UNIT)
    return CellChange(at, a, b, Change.CHANGED if gap else Change.SAME, gap)


def _differ(a: Edition | None, b: Edition | None) -> bool:
    return a is not None and b is not None and a.key != b.key


def _presence(a: Presence, b: Presence) -> Change:
    if a is Presence.ABSENT:
        return Change.ADDED
    if b is Presence.ABSENT:
        return Change.REMOVED
    return Change.FILLED if a is Presence.BLANK else Change.BLANKED


def _other_group(a: AnnualReport, b: AnnualReport, forms: _Forms) -> Iterator[CellChange]:
    """（六）其他处理 is one row in 2019 and three in 2021: their sums can be compared."""
    if not _differ(forms.requests_a, forms.requests_b) or forms.requests_a is None or forms.requests_b is None:
        return
    sums = [group_total(report, edition, Group.OTHER) for report, edition in ((a, forms.requests_a), (b, forms.requests_b))]
    before, after = (ABSENT if value is None else Printed(Presence.NUMBER, value, "件") for value in sums)
    at = At(REQUESTS, OTHER_GROUP, Applicant.TOTAL.value)
    if before.value is not None and after.value is not None:
        yield _change(at, before, after, _Forms(None, None, None, None))
