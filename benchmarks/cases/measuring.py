"""A page against the indexed queries it stands on: its statements, the time they take, the time as a whole. All in one process, in turns."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from django.db import connection
from django.test import Client


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the desk: its addresses, and for each the bare queries it stands on."""

    name: str
    paths: Sequence[str]
    bare: Callable[[str], Sequence[tuple[str, Sequence[Any]]]]


@dataclass(slots=True)
class Times:
    """Seconds of one page: as a whole and in the database, and of the bare queries it stands on; and its statements."""

    whole: list[float] = field(default_factory=list)
    database: list[float] = field(default_factory=list)
    queries: list[float] = field(default_factory=list)
    statements: list[int] = field(default_factory=list)

    def p50(self, name: str) -> float:
        return statistics.median(getattr(self, name)) * 1000


def measure(page: Page, client: Client, rounds: int) -> Times:
    """The page and what it is held against, in turns, so that other work on the machine falls on all alike."""
    found = Times()
    for number in range(rounds + 3):
        path = page.paths[number % len(page.paths)]
        asked = page.bare(path)
        spent = _spent()
        with connection.execute_wrapper(spent):
            begun = perf_counter()
            answer = client.get(path)
            whole = perf_counter() - begun
        if answer.status_code != 200:
            raise RuntimeError(f"{answer.status_code} {path}")
        begun = perf_counter()
        for sql, words in asked:
            _fetched(sql, words)
        queries = perf_counter() - begun
        if number >= 3:  # 头几次不计
            found.whole.append(whole)
            found.database.append(spent.seconds)
            found.queries.append(queries)
            found.statements.append(spent.count)
    return found


class _spent:
    """Counts statements and the time that the database takes for them."""

    def __init__(self) -> None:
        self.seconds, self.count = 0.0, 0

    def __call__(self, execute: Callable[..., Any], *words: Any) -> Any:
        begun = perf_counter()
        try:
            return execute(*words)
        finally:
            self.seconds += perf_counter() - begun
            self.count += 1


def _fetched(sql: str, words: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, words)
        return cursor.fetchall()
