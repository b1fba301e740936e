"""数量: every quantity that the prose claims (条例第五十条)."""

from __future__ import annotations

from gongkai.report.model import Section

from .quantity import Quantity
from .written import scan
from .zeros import zeros


def quantities(section: Section) -> tuple[Quantity, ...]:
    """Every quantity that the prose of a section states, in its order, zeros said in words included."""
    return tuple(sorted([*scan(section), *zeros(section)], key=lambda quantity: quantity.start))
