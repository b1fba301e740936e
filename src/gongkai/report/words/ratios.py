"""比率: percentages, growth rates and multiples that the prose lets one recompute."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Literal

from gongkai.report.model import Section

from .addition import Sum, alike
from .quantity import Quantity

RatioKind = Literal["percent", "growth", "times"]
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Ratio:
    """A printed percentage, growth rate or multiple with the numbers that it follows from."""

    quote: str
    section: int
    numerator: Quantity
    denominator: Quantity
    printed: Decimal
    computed: Decimal
    kind: RatioKind
    low: Decimal  # the least that the numbers allow; equal to `computed` where they are exact
    high: Decimal

    @property
    def digits(self) -> Decimal:
        """The last printed place."""
        return Decimal(1).scaleb(int(self.printed.as_tuple().exponent))

    @property
    def holds(self) -> bool:
        """Whether the printed number is the computed one, rounded half up to the printed digits."""
        low, high = (bound.quantize(self.digits, ROUND_HALF_UP) for bound in (self.low, self.high))
        return low <= self.printed <= high

    @property
    def truncated(self) -> bool:
        """Whether the printed number is the computed one cut off, not rounded."""
        return not self.holds and self.computed.quantize(self.digits, ROUND_DOWN) == self.printed


SHARE = re.compile(r"^\s*(?:[(（]|[,，])?\s*(?:约|大约)?(?:占(?:比|总数|总量|全部|全年)?[^,，。;；\d]{0,16}?)?(?:约|为|达|的)*\s*$")
SHARE_WORD = re.compile(r"占|[(（]\s*$")
RATE = re.compile(r"^(?:[^率]{0,6}?)(?P<verb>答复|办结|回复|办复|签收|处理|处置)率(?:均|都)?(?:达到|达|为|是|约)*$")
TIMELY = re.compile(r"按时|按期|及时|限时|准时|如期|满意|初次|一次")
GOT = re.compile(r"收到|接到|受理|收件|登记|交办|承办|收集|征集|转办|收")
UP_DOWN = re.compile(r"(?P<up>增长|上升|增加|提升|提高|增幅|涨幅)|(?P<down>下降|减少|降低|降幅)")
GROWN_BY = re.compile(r"(?:增加|增长|多|减少|下降|少)(?:了)?$")
EARLIER = re.compile(r"上年|去年|上一年|同期|20\d\d年")
YEAR = re.compile(r"20\d\d(?=年)|上年|去年|上一年")
TO = re.compile(r"(?:增加|增|上升|升|提升|增长|减少|减|下降|降)(?:到|至|为)")
TIMES_OF = re.compile(r"(?:是|为|达|相当于)[^,，。;；]{0,24}的$")
REACH = 80


def find(section: Section, found: Sequence[Quantity], sums: Sequence[Sum]) -> list[Ratio]:
    """The ratios among quantities and sums already found."""
    if not any(quantity.kind in ("percent", "times") for quantity in found):
        return []
    wholes: dict[int, list[Sum]] = {}
    for one in sums:
        for part in one.parts:
            wholes.setdefault(part.start, []).append(one)
    result: list[Ratio] = []
    counts: list[Quantity] = []
    for quantity in found:
        if quantity.kind == "count":
            counts.append(quantity)
        elif counts and quantity.low is None and quantity.kind in ("percent", "times"):
            result += _one(section, quantity, counts, wholes)
    return result


def _one(section: Section, printed: Quantity, counts: list[Quantity], wholes: dict[int, list[Sum]]) -> Iterator[Ratio]:
    plain, last = section.prose.plain, counts[-1]
    between = plain[last.end : printed.start]
    if len(between) > REACH or "\n\n" in between:
        return
    pair: tuple[Quantity, Quantity] | None = None
    kind: RatioKind = "percent"
    grown = UP_DOWN.search(between)
    if printed.kind == "times":
        pair, kind = _times(section, printed, counts), "times"
    elif grown:
        pair, kind = _growth(section, between, counts), "growth"
    elif rate := RATE.match(printed.about):
        pair = None if TIMELY.search(printed.about) else _rate(section, rate["verb"], counts)
    elif SHARE.match(between) and SHARE_WORD.search(between):
        pair = _share(last, printed, wholes)
    if pair is not None and pair[1].value:
        yield _ratio(section, printed, *pair, kind, down=grown is not None and grown["down"] is not None)


def _ratio(section: Section, printed: Quantity, top: Quantity, bottom: Quantity, kind: RatioKind, down: bool) -> Ratio:
    scale = Decimal(1) if kind == "times" else HUNDRED

    def value(numerator: Decimal, denominator: Decimal) -> Decimal:
        share = numerator / denominator
        if kind == "growth":
            share = 1 - share if down else share - 1
        return share * scale

    least = value(top.bounds[0], bottom.bounds[1])
    most = value(top.bounds[1], bottom.bounds[0] or bottom.value)
    quote = section.prose.quote(min(top.begin, bottom.begin if kind == "growth" else top.begin), printed.end)
    computed = value(top.value, bottom.value)
    return Ratio(quote, section.number, top, bottom, printed.value, computed, kind, min(least, most), max(least, most))


def _share(part: Quantity, printed: Quantity, wholes: dict[int, list[Sum]]) -> tuple[Quantity, Quantity] | None:
    """A part's share of its total; where it stands in several lists, of the one that fits."""
    totals = [one.total for one in wholes.get(part.start, ()) if one.total.value >= part.value and one.total.value]
    if not totals:
        return None
    fitting = [total for total in totals if abs(part.value / total.value * HUNDRED - printed.value) < 1]
    return part, (fitting or totals)[0]


def _rate(section: Section, verb: str, counts: list[Quantity]) -> tuple[Quantity, Quantity] | None:
    """收到183条，答复183条，答复率达100%."""
    plain = section.prose.plain
    for index in range(len(counts) - 1, 0, -1):
        done = counts[index]
        if counts[-1].end - done.end > REACH or "。" in plain[done.end : counts[-1].start]:
            return None
        if verb in done.about and not GOT.search(done.about):
            for given in reversed(counts[:index]):
                if "。" in plain[given.end : done.start] or done.start - given.end > 2 * REACH:
                    return None
                if GOT.search(given.about) and alike(given, done):
                    return done, given
            return None
    return None


def _growth(section: Section, between: str, counts: list[Quantity]) -> tuple[Quantity, Quantity] | None:
    plain, last = section.prose.plain, counts[-1]
    if len(counts) < 2 or re.search(r"[。;；]", between):
        return None
    before = counts[-2]
    way = plain[before.end : last.start]
    if len(way) > REACH or "。" in way or before.unit != last.unit:
        return None
    if TO.search(way) and re.search(r"由|从", before.about):
        return last, before
    if GROWN_BY.search(last.about):
        sign = -1 if re.search(r"减少|下降|少", last.about) else 1
        base = before.value - sign * last.value
        return (before, _base(last, base)) if base > 0 else None
    if EARLIER.search(last.about) and re.match(r"^\s*[)）]?\s*(?:[,，]?\s*同比)?(?:增长|上升|增加|提升|提高|下降|减少|降低)", between):
        return before, last
    return None


def _base(delta: Quantity, value: Decimal) -> Quantity:
    return Quantity(value, delta.unit, delta.quote, delta.section, delta.start, delta.end, delta.qualifier, about=delta.about, begin=delta.begin)


def _times(section: Section, printed: Quantity, counts: list[Quantity]) -> tuple[Quantity, Quantity] | None:
    """…总计2401条，是2013年的1.5倍: against the number that the prose gives for that year."""
    if not TIMES_OF.search(printed.about) or not (year := YEAR.search(printed.about)):
        return None
    plain, top = section.prose.plain, counts[-1]
    for given in reversed(counts[:-1]):
        if "\n\n" in plain[given.end : top.start] or top.start - given.end > 3 * REACH:
            return None
        if year[0] in given.about and given.unit == top.unit:
            return top, given
    return None
