"""Compiling a year against the bare grouped queries that it stands on, in turns: plain SQL, its rows fetched and thrown away."""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from time import perf_counter
from typing import Any

from django.db import connection

from gongkai.law.editions import edition_for
from gongkai.platform.annual.queries.compiling import compile_year
from gongkai.platform.organs.acting import MACHINE

from .loading import ORGANS, TODAY

_REQUESTS = """
SELECT applicant_kind, extract(year FROM received_on)::int, extract(year FROM ended_on)::int, reply, outcome, {what} FROM (
  SELECT * FROM cases_request WHERE organ_id = %(organ)s AND received_on BETWEEN %(first)s AND %(last)s
  UNION ALL
  SELECT * FROM cases_request WHERE organ_id = %(organ)s AND received_on < %(first)s AND ended_on >= %(first)s
  UNION ALL
  SELECT * FROM cases_request WHERE organ_id = %(organ)s AND received_on < %(first)s AND ended_on IS NULL AND state IN ('open', 'awaiting_correction', 'awaiting_fee')
) AS of_year WHERE state NOT IN ('split', 'moved') GROUP BY 1, 2, 3, 4, 5
"""
_REMEDIES = """
SELECT kind, extract(year FROM filed_on)::int, extract(year FROM ended_on)::int, result, {what} FROM cases_remedy
WHERE organ_id = %(organ)s AND filed_on <= %(last)s AND (ended_on IS NULL OR ended_on >= %(first)s) GROUP BY 1, 2, 3, 4
"""
_FIGURES = """
SELECT indicator, sum(value), {what} FROM (
  SELECT DISTINCT ON (indicator, channel, month) id, indicator, value FROM annual_figureentry
  WHERE organ_id = %(organ)s AND year = %(year)s AND channel = '' AND indicator = ANY(%(cells)s) ORDER BY indicator, channel, month, id DESC
) AS held GROUP BY 1
"""
_ITEMS = """
SELECT kind, {made}, {gone}, {held} FROM catalogue_item
WHERE organ_id = %(organ)s AND kind IN ('rules', 'normative') AND formed_on <= %(last)s AND first_published_at < %(end)s AND state <> 'withdrawn' GROUP BY kind
"""
_OF_ITEMS = {
    "made": "formed_on BETWEEN %(first)s AND %(last)s", "gone": "validity_on BETWEEN %(first)s AND %(last)s", "held": "validity_on IS NULL OR validity_on > %(last)s",
}  # fmt: skip


def queries(ids: bool) -> tuple[str, ...]:
    """The four grouped queries: with the numbers alone, or with the ids that stand behind them."""
    what = "array_agg(id)" if ids else "count(*)"
    items = {name: f"{what} FILTER (WHERE {condition})" for name, condition in _OF_ITEMS.items()}
    return (_REQUESTS.format(what=what), _REMEDIES.format(what=what), _FIGURES.format(what=what), _ITEMS.format(**items))


@dataclass(slots=True)
class Turns:
    """Seconds of each, round by round."""

    counts: list[float] = field(default_factory=list)
    with_ids: list[float] = field(default_factory=list)
    compiling: list[float] = field(default_factory=list)
    requests: list[int] = field(default_factory=list)

    def told(self) -> dict[str, float]:
        found = {name: statistics.median(getattr(self, name)) * 1000 for name in ("counts", "with_ids", "compiling")}
        ratio = statistics.median(one / other for one, other in zip(self.compiling, self.with_ids, strict=True))
        lone = statistics.median(one / other for one, other in zip(self.compiling, self.counts, strict=True))
        return found | {"ratio": ratio, "to_counts": lone, "requests": statistics.median(self.requests)}


def measured(rounds: int) -> dict[str, dict[str, float]]:
    """The largest organ, and any of the others; closed years of the present form."""
    drawn = random.Random(5)
    years = range(2021, TODAY.year)
    chosen = {"一般的机关": [(drawn.randrange(2, ORGANS + 1), drawn.choice(years)) for _ in range(rounds)], "收到申请最多的机关": [(1, year) for year in years] * (rounds // 10)}
    return {name: _turns(places).told() for name, places in chosen.items()}


def _turns(places: Sequence[tuple[int, int]]) -> Turns:
    found = Turns()
    counts, ids = queries(False), queries(True)
    for number, (organ, year) in enumerate(places):
        edition = edition_for(year)
        assert edition is not None
        words = {"organ": organ, "year": year, "first": date(year, 1, 1), "last": date(year, 12, 31), "end": date(year + 1, 1, 1), "cells": [cell.key for cell in edition.active_cells()]}
        _asked(ids, words)  # 读进内存
        works: list[tuple[list[float], Callable[[], Any]]] = [
            (found.counts, lambda words=words: _asked(counts, words)), (found.with_ids, lambda words=words: _asked(ids, words)),
            (found.compiling, lambda organ=organ, year=year, edition=edition: compile_year(MACHINE, organ, year, edition)),
        ]  # fmt: skip
        for kept, work in works[number % 3 :] + works[: number % 3]:
            begun = perf_counter()
            done = work()
            kept.append(perf_counter() - begun)
            if kept is found.compiling:
                found.requests.append(done.report.applications["new_received"][-1])
    return found


def _asked(asked: Sequence[str], words: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        for sql in asked:
            cursor.execute(sql, words)
            cursor.fetchall()
