"""增长: growth rates whose base the prose does not give, held against every whole number the base can be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from itertools import pairwise

from gongkai.report.model import Section

from .quantity import Quantity

GROWN = re.compile(
    r"[,，]?\s*(?:同比|比上年|较上年|比去年|较去年|比上一年|较上一年)(?:同期)?(?:约)?(?:(?P<up>增长|上升|增加|提升)|(?P<down>下降|减少|降低))(?:了)?(?:约)?\s*"
)
LARGEST = 5000  # beyond it whole numbers lie too close for a printed digit to tell them apart


@dataclass(frozen=True, slots=True)
class Growth:
    """A printed growth rate that no whole number of the year before gives, but one would if it were cut off."""

    quote: str
    section: int
    printed: Decimal
    base: int
    computed: Decimal


def find(section: Section, found: Sequence[Quantity]) -> tuple[Growth, ...]:
    """The growth rates of a section that were cut off, not rounded."""
    return tuple(_find(section, found))


def _find(section: Section, found: Sequence[Quantity]) -> Iterator[Growth]:
    for now, rate in pairwise(found):
        if rate.kind != "percent" or rate.low is not None or now.kind != "count" or now.approx or not 0 < now.value <= LARGEST:
            continue
        told = GROWN.fullmatch(section.prose.plain, now.end, rate.start)
        if told is None or rate.approx or now.value != now.value.to_integral_value():
            continue
        cut = _cut(int(now.value), rate.value, down=told["down"] is not None)
        if cut is not None:
            quote = section.prose.quote(now.begin, rate.end)
            yield Growth(quote, section.number, rate.value, *cut)


def _cut(now: int, printed: Decimal, *, down: bool) -> tuple[int, Decimal] | None:
    """The base that gives the printed rate only when cut off, and the rate it gives rounded; None where one gives it rounded."""
    digits = Decimal(1).scaleb(int(printed.as_tuple().exponent))
    share = printed / 100
    if down and share >= 1:
        return None
    near = int(now / (1 - share if down else 1 + share))
    result = None
    for base in range(max(1, near - 1), near + 3):
        rate = Decimal(base - now if down else now - base) / base * 100
        if rate.quantize(digits, ROUND_HALF_UP) == printed:
            return None
        if rate.quantize(digits, ROUND_DOWN) == printed:
            result = base, rate.quantize(digits, ROUND_HALF_UP)
    return result
