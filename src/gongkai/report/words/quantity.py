"""数量: one number that the prose claims, with unit, qualifier and place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["count", "percent", "times", "money"]

PERCENT = frozenset({"%", "％", "个百分点"})
MONEY = frozenset({"元", "万元", "亿元", "千元", "百元"})
CLAUSE = re.compile(r".*[,，。;；:：\n!！?？()（）]", re.S)
MORE = frozenset("余多超逾") | {"超过", "以上", "至少", "不少于"}
LESS = frozenset("近") | {"将近", "接近", "不足", "以内", "以下", "不到"}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that the prose states, with the words around it that give it meaning."""

    value: Decimal
    unit: str
    quote: str  # verbatim, from the start of its clause
    section: int
    start: int  # the number and its unit are `plain[start:end]`
    end: int
    qualifier: str | None = None  # 余 多 近 约 …
    implicit: bool = False  # zero said in words
    low: Decimal | None = None
    high: Decimal | None = None
    kind: Kind = "count"
    about: str = ""  # the words before the number, blanks left out
    begin: int = 0  # the quote begins at `plain[begin]`

    @property
    def approx(self) -> bool:
        """Whether the number is only said to be near."""
        return self.qualifier is not None or self.low is not None

    @property
    def bounds(self) -> tuple[Decimal, Decimal]:
        """The least and the greatest number that these words can mean (8900余 → 8900 to 9000)."""
        if self.low is not None and self.high is not None:
            return self.low, self.high
        if self.qualifier is None:
            return self.value, self.value
        grain = _grain(self.value)
        if self.qualifier in MORE:
            return self.value, self.value + grain
        if self.qualifier in LESS:
            return self.value - grain, self.value
        return self.value - grain, self.value + grain


def _grain(value: Decimal) -> Decimal:
    """The place of the last digit that is not zero."""
    if not value:
        return Decimal(1)
    exponent = value.normalize().as_tuple().exponent
    return Decimal(10) ** exponent if isinstance(exponent, int) else Decimal(1)


def kind_of(unit: str) -> Kind:
    if unit in PERCENT:
        return "percent"
    if unit == "倍":
        return "times"
    return "money" if unit in MONEY else "count"
