"""Search: the newest that have the words, how many, and their facets. Bounded on a million items, whatever is asked.

PostgreSQL is not left to choose the way, for it does not know how often words stand together. The newest PROBED are looked at
first: where many of them have the words, the list is walked from the newest on; where few have, the index of words is
asked. What was found is kept for a minute as numbers only; each page reads its rows anew, under VISIBLE.
"""

from __future__ import annotations

import time
from collections import Counter, OrderedDict
from dataclasses import dataclass
from datetime import date

from django.db import connection

from gongkai.platform.searching import Query

from .public_lists import COLUMNS, ORDER, READ_FOR_SNIPPETS, VISIBLE, conditions, rows_of, stamp
from .public_values import FACETS, PAGE, SEARCHED, FacetValue, Filter, Listing, Place, Row, Tally

PROBED, COMMON = 400, 16  # 最新的 400 条里有 16 条，就顺着时间找
KEPT_SECONDS, KEPT = 60.0, 500


@dataclass(frozen=True, slots=True)
class Found:
    """The numbers of the newest items that have the words, and how they fall into the facets."""

    numbers: tuple[int, ...]
    tally: Tally


def search(wanted: Filter, on: date, place: Place = Place(), size: int = PAGE) -> tuple[Listing, Tally]:  # noqa: B008
    """One page of what was found, and the count of all. At most six statements, two when asked again."""
    assert wanted.query is not None
    found = _found(wanted, on, place)
    numbers = found.numbers
    if wanted.by_relevance and not found.tally.capped:
        numbers = _ranked(numbers, wanted.query)
    start = 0 if place.before else (place.page - 1) * size
    rows = _rows(numbers[start : start + size], on)
    older = len(numbers) > start + size
    return Listing(rows, place, older=older, newer=bool(place.before) or start > 0), found.tally


def forget() -> None:
    _kept.clear()


_kept: OrderedDict[tuple[object, ...], tuple[float, Found]] = OrderedDict()


def _found(wanted: Filter, on: date, place: Place) -> Found:
    key = (connection.settings_dict["NAME"], wanted, on, place.before, stamp())
    held = _kept.get(key)
    if held is not None and held[0] > time.monotonic():
        _kept.move_to_end(key)
        return held[1]
    found = _look(wanted, on, place)
    _kept[key] = (time.monotonic() + KEPT_SECONDS, found)
    while len(_kept) > KEPT:
        _kept.popitem(last=False)
    return found


_SEEN = "p.item_id, p.published_at, p.terms, p.organ_id, p.category, p.kind, p.topic, p.year, p.validity"


def _look(wanted: Filter, on: date, place: Place) -> Found:
    query = wanted.query
    assert query is not None
    where, values = conditions(wanted, on, place)
    newest = f"SELECT {_SEEN} FROM catalogue_publication p WHERE {where} ORDER BY {ORDER}"
    asked: list[object] = [query.exact]
    found = "p.terms @@ %s::tsquery"
    if over_long := _over_long(query):
        found, asked = f"({found} OR p.item_id = ANY(%s))", [*asked, over_long]
    probe = f"SELECT count(*) FROM ({newest} LIMIT {PROBED}) AS p WHERE {found}"
    if rows_of(probe, [*values, *asked])[0][0] >= COMMON:
        sql = f"SELECT p.* FROM ({newest} OFFSET 0) AS p WHERE {found} ORDER BY {ORDER} LIMIT {SEARCHED + 1}"
        return _summed(sql, [*values, *asked])
    sql = f"WITH p AS MATERIALIZED (SELECT {_SEEN} FROM catalogue_publication p WHERE {found} AND {where}) SELECT p.* FROM p ORDER BY {ORDER} LIMIT {SEARCHED + 1}"
    return _summed(sql, [*asked, *values])


def _summed(sql: str, values: list[object]) -> Found:
    """The numbers, and the facets counted; the organs by their names."""
    sql = f"SELECT p.item_id, p.organ_id, p.category, p.kind, p.topic, p.year, p.validity, o.name, o.slug FROM ({sql}) AS p JOIN organs_organ o ON o.id = p.organ_id ORDER BY {ORDER}"
    found = rows_of(sql, values)
    counted: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
    names: dict[str, tuple[str, str]] = {}
    for _, organ, category, kind, topic, year, validity, name, slug in found[:SEARCHED]:
        names[str(organ)] = (name, slug)
        for facet, value in zip(FACETS, (organ, category, kind, topic, year, validity), strict=True):
            counted[facet][str(value)] += 1
    facets = {
        facet: tuple(FacetValue(value, count, *(names[value] if facet == "organ" else ())) for value, count in values.most_common() if value)
        for facet, values in counted.items()
    }
    capped = len(found) > SEARCHED
    return Found(tuple(row[0] for row in found[:SEARCHED]), Tally(min(len(found), SEARCHED), capped, facets, SEARCHED))


def _over_long(query: Query) -> list[int]:
    """Texts beyond PostgreSQL's limits that have the words: held against the text itself (searching.vectors)."""
    candidates = [row[0] for row in rows_of("SELECT p.item_id FROM catalogue_publication p WHERE p.terms @@ %s::tsquery AND p.withdrawn_at IS NULL", [query.loose])]
    if not candidates:
        return []
    held = "concat_ws(E'\\n', p.title, p.document_number, p.index_number, p.keywords, p.summary, p.plain)"
    return [row[0] for row in rows_of(f"SELECT p.item_id FROM catalogue_publication p WHERE p.item_id = ANY(%s) AND {held} ~ ALL (%s)", [candidates, list(query.patterns)])]


def _ranked(numbers: tuple[int, ...], query: Query) -> tuple[int, ...]:
    """The numbers by where and how often the words stand: title and numbers before keywords, summary, text."""
    sql = f"SELECT p.item_id FROM catalogue_publication p WHERE p.item_id = ANY(%s) ORDER BY ts_rank('{{0.05, 0.2, 0.5, 1}}', p.terms, %s::tsquery) DESC, {ORDER}"
    return tuple(row[0] for row in rows_of(sql, [list(numbers), query.exact]))


def _rows(numbers: tuple[int, ...], on: date) -> tuple[Row, ...]:
    """The rows of one page, in the order of their numbers; what has gone meanwhile is left out."""
    if not numbers:
        return ()
    sql = f"""SELECT {COLUMNS}, left(p.plain, {READ_FOR_SNIPPETS}), p.keywords FROM catalogue_publication p
              JOIN organs_organ o ON o.id = p.organ_id WHERE p.item_id = ANY(%s) AND {VISIBLE}"""
    found = {row[0]: Row(*row) for row in rows_of(sql, [list(numbers), on])}
    return tuple(found[number] for number in numbers if number in found)
