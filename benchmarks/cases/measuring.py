"""A page against the indexed queries it stands on: statements, time in the database, time as a whole. All in one process, in turns."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client, RequestFactory

ROW = "{% for row in rows %}<li>{% for cell in row %}{{ cell }} {% endfor %}</li>\n{% endfor %}"
BARE = '<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>列表</title></head><body><ul>' + ROW + "</ul></body></html>"


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the desk: its addresses, and for each the bare queries it stands on."""

    name: str
    paths: Sequence[str]
    bare: Callable[[str], Sequence[tuple[str, Sequence[Any]]]]


@dataclass(slots=True)
class Times:
    """Milliseconds of one page: as a whole and in the database; of its bare queries; of a bare view that shows their rows."""

    whole: list[float] = field(default_factory=list)
    database: list[float] = field(default_factory=list)
    queries: list[float] = field(default_factory=list)
    view: list[float] = field(default_factory=list)
    statements: int = 0

    def p50(self, name: str) -> float:
        return statistics.median(getattr(self, name)) * 1000


def measure(page: Page, client: Client, rounds: int) -> Times:
    """The page and what it is held against, in turns, so that other work on the machine falls on all alike."""
    template = engines["django"].from_string(BARE)
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
        rows = [row for sql, words in asked for row in _rows(sql, words)]
        queries = perf_counter() - begun

        def view(request: HttpRequest, asked: Sequence[tuple[str, Sequence[Any]]] = asked) -> HttpResponse:
            return HttpResponse(template.render({"rows": [row for sql, words in asked for row in _rows(sql, words)][:50]}, request))

        begun = perf_counter()
        view(RequestFactory().get("/"))
        bare = perf_counter() - begun
        if number >= 3:  # 头几次不计
            found.whole.append(whole)
            found.database.append(spent.seconds)
            found.queries.append(queries)
            found.view.append(bare)
        found.statements = max(found.statements, spent.count)
        assert rows is not None
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


def _rows(sql: str, words: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, words)
        return cursor.fetchall()
