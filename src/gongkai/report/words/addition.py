"""数量之和: one addition that the prose states."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .quantity import Quantity

LOOSE = frozenset({"条", "条次", "篇", "件", "份", "则", "项", "起", "例", "宗", "封", "部", ""})
NEARLY = Decimal("0.8")


@dataclass(frozen=True, slots=True)
class Sum:
    """A total and the parts that the prose gives for it."""

    quote: str
    section: int
    total: Quantity
    parts: tuple[Quantity, ...]
    exhaustive: bool | None  # whether the parts claim to be all; None where the words do not tell

    @property
    def sum_of_parts(self) -> Decimal:
        return sum((part.value for part in self.parts), Decimal(0))

    @property
    def approx(self) -> bool:
        """Whether a number with 余, 多, 近 or 约 takes part."""
        return self.total.approx or any(part.approx for part in self.parts)

    @property
    def holds(self) -> bool:
        """Whether the parts can add up to the total, reading 余, 多 and 近 as ranges."""
        low = sum((part.bounds[0] for part in self.parts), Decimal(0))
        high = sum((part.bounds[1] for part in self.parts), Decimal(0))
        return low <= self.total.bounds[1] and high >= self.total.bounds[0]


def alike(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities can be added: the same unit, or units that reports mix (条, 条次, 篇, 件)."""
    return one.unit == other.unit or (one.unit in LOOSE and other.unit in LOOSE)
