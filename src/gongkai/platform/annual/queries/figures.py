"""The ledger of figures as pages read it: a year of an organ in one statement."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import connection

from gongkai.platform.annual import ledger
from gongkai.platform.annual.errors import NotFound
from gongkai.platform.annual.ledger import Differs, Entered, Place, YearFigure
from gongkai.platform.annual.states import ENTERING, READING
from gongkai.platform.organs.acting import Actor

_ENTERED = "SELECT id, indicator, channel, month, value, about, evidence FROM annual_figureentry WHERE organ_id = %s AND year = %s{of} ORDER BY id"


@dataclass(frozen=True, slots=True)
class Ledger:
    """A year: what holds by month, what the year comes to, and which stated totals differ from their parts."""

    year: int
    entered: tuple[Entered, ...]  # 现在有效的
    figures: dict[Place, YearFigure]
    differing: tuple[Differs, ...]


def entered(organ_id: int, year: int, indicators: Collection[str] | None = None) -> list[Entered]:
    """Every entry of a year, or those of some indicators, in the order in which they were made."""
    told: list[Any] = [organ_id, year] if indicators is None else [organ_id, year, list(indicators)]
    with connection.cursor() as cursor:
        cursor.execute(_ENTERED.format(of="" if indicators is None else " AND indicator = ANY(%s)"), told)
        return [Entered(*row) for row in cursor.fetchall()]


def ledger_of(actor: Actor, organ_id: int, year: int) -> Ledger:
    """The year's ledger, for whoever enters figures or writes the report."""
    if not actor.machine and not actor.kinds(organ_id) & (ENTERING | READING):
        raise NotFound
    rows = entered(organ_id, year)
    figures = ledger.year(rows)
    return Ledger(year, tuple(ledger.held(rows)), figures, tuple(ledger.differing(figures)))
