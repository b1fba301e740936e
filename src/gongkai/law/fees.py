"""信息处理费: two progressive tariffs, never both on one request (条例第四十二条；国办函〔2020〕109号).

Charging is optional. Per item counts the items of one applicant in one calendar month; per page counts the pages of
one request. Each tier's rate applies only to what lies inside the tier (超额累进).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from . import periods
from .calendar import Calendar
from .errors import NotUnderstood

FREE_ITEMS = 10
MOST_ITEMS = 100_000  # 防止误输入；一个自然月内不会有更多


class Way(StrEnum):
    """How a request is charged; an organ picks one for each request."""

    PER_ITEM = "per_item"  # 按件计收：适用于所有办理决定
    PER_PAGE = "per_page"  # 按量计收：提供纸质件、电子邮件、复制电子数据


@dataclass(frozen=True, slots=True)
class Tier:
    """The part of a charge that lies in one tier of the tariff."""

    first: int
    last: int
    rate: int  # yuan each

    @property
    def count(self) -> int:
        return self.last - self.first + 1

    @property
    def yuan(self) -> int:
        return self.count * self.rate


@dataclass(frozen=True, slots=True)
class Charge:
    """An amount and the tiers it is made of."""

    way: Way
    tiers: tuple[Tier, ...]

    @property
    def yuan(self) -> int:
        return sum(tier.yuan for tier in self.tiers)

    @property
    def count(self) -> int:
        return sum(tier.count for tier in self.tiers)


PAGE_TIERS = ((30, 0), (100, 10), (200, 20), (None, 40))  # up to this page: yuan a page


def item_rate(position: int) -> int:
    """The rate of the n-th item of an applicant's month: 10 free, 100 up to 30, then 100 more for every further 10."""
    if position <= FREE_ITEMS:
        return 0
    return 100 if position <= 30 else 200 + 100 * ((position - 31) // 10)


def page_rate(page: int) -> int:
    """The rate of the n-th page of a request."""
    return next(rate for last, rate in PAGE_TIERS if last is None or page <= last)


def per_item(items: int, before: int = 0) -> Charge:
    """The charge for `items` items, when the applicant already has `before` in the same calendar month."""
    _check(items, "件数", "number of items")
    _check(before, "此前件数", "number of earlier items")
    if before + items > MOST_ITEMS:
        raise NotUnderstood(
            f"件数 {_brief(before + items)} 过大，至多 {MOST_ITEMS}。", f"{_brief(before + items)} items are too many; at most {MOST_ITEMS}."
        )
    tiers: list[Tier] = []
    first, last = before + 1, before + items
    while first <= last:
        until = min(last, _item_tier_end(first))
        tiers.append(Tier(first, until, item_rate(first)))
        first = until + 1
    return Charge(Way.PER_ITEM, tuple(tiers))


def per_page(pages: int) -> Charge:
    """The charge for the pages of one request: one side of A4 or smaller is a page."""
    _check(pages, "页数", "number of pages")
    if pages > 1_000_000_000:
        raise NotUnderstood(f"页数 {_brief(pages)} 过大。", f"{_brief(pages)} pages are too many.")
    tiers: list[Tier] = []
    first = 1
    for until, rate in PAGE_TIERS:
        last = pages if until is None else min(pages, until)
        if first <= last:
            tiers.append(Tier(first, last, rate))
            first = last + 1
    return Charge(Way.PER_PAGE, tuple(tiers))


def pay_by(noticed: date, days: Calendar) -> date:
    """The last day for paying: 20 working days from the day after the notice is received (not 30 days)."""
    return days.add_workdays(noticed, periods.FEE_PAYMENT.length)


@dataclass(frozen=True, slots=True)
class Charged:
    """One request of an applicant, as far as the fee is concerned."""

    ref: str
    received: date
    units: int | None = None  # 一事一申请：splitting into the smallest reasonable units
    pages: int | None = None
    only_told_where: bool = False  # 已主动公开，仅告知获取方式、途径：不按量计收
    counts: bool = True  # whether it counts in the month at all; for withdrawn ones the law is silent

    def __post_init__(self) -> None:
        if self.units is not None and self.pages is not None:
            raise NotUnderstood(
                f"申请 {self.ref} 同时按件、按量计收；同一件申请只能选一种（国办函〔2020〕109号第三条）。",
                f"Request {self.ref} is charged per item and per page; one request takes one way only.",
            )
        for number in (self.units, self.pages):
            if number is not None and number < 1:
                raise NotUnderstood(f"申请 {self.ref}：件数、页数应为 1 以上。", f"Request {self.ref}: items and pages must be 1 or more.")

    @property
    def way(self) -> Way:
        return Way.PER_ITEM if self.pages is None else Way.PER_PAGE


@dataclass(frozen=True, slots=True)
class MonthlyCount:
    """What the measures leave open about the monthly count, as settings."""

    pages_take_positions: bool = False  # a request charged per page also takes a position among the month's items


@dataclass(frozen=True, slots=True)
class Share:
    """What one request takes of its applicant's month: its own positions and its own charge."""

    request: Charged
    positions: range  # empty for a request charged per page, or one that does not count
    charge: Charge = field(default_factory=lambda: Charge(Way.PER_ITEM, ()))


def shares(requests: Iterable[Charged], settings: MonthlyCount | None = None) -> tuple[Share, ...]:
    """The requests of ONE applicant, each with its positions in its calendar month and its charge, by day of receipt."""
    chosen = settings or MonthlyCount()
    taken: dict[tuple[int, int], int] = {}
    found: list[Share] = []
    for request in sorted(requests, key=lambda request: request.received):
        month = request.received.year, request.received.month  # 自然月
        before = taken.get(month, 0)
        if not request.counts:
            found.append(Share(request, range(0)))
        elif request.pages is not None:
            taken[month] = before + (1 if chosen.pages_take_positions else 0)
            pages = 0 if request.only_told_where else request.pages
            found.append(Share(request, range(0), per_page(pages)))
        else:
            units = request.units or 1
            taken[month] = before + units
            found.append(Share(request, range(before + 1, before + units + 1), per_item(units, before)))
    return tuple(found)


def _item_tier_end(position: int) -> int:
    if position <= FREE_ITEMS:
        return FREE_ITEMS
    return 30 if position <= 30 else (position + 9) // 10 * 10


def _check(number: int, zh: str, en: str) -> None:
    if number < 0:
        raise NotUnderstood(f"{zh}不能为负，收到 {_brief(number)}。", f"The {en} cannot be negative, got {_brief(number)}.")


def _brief(number: int) -> str:
    return str(number) if abs(number) < 10**12 else f"{'-' if number < 0 else ''}10^12 以上"
