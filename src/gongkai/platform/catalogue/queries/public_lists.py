"""Lists, search and counts over what is public. Whatever a worker did or left undone, the condition VISIBLE holds here."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection

from gongkai.law.publication import CATEGORIES, LOCAL_CATEGORIES

from .public_values import CAP, FACETS, LAST_PAGE, PAGE, FacetValue, Filter, Listing, Place, Row, Tally

VISIBLE = "p.withdrawn_at IS NULL AND (p.expires_on IS NULL OR p.expires_on >= %s)"
COLUMNS = (
    "p.item_id, p.title, p.index_number, p.document_number, p.kind, p.category, p.topic, p.validity, p.validity_on, "
    "p.formed_on, p.published_at, o.name, o.slug, p.summary"
)
ORDER = "p.published_at DESC, p.item_id DESC"
READ_FOR_SNIPPETS = 12_000
KEPT_SECONDS, KEPT = 60.0, 2_000


def listing(wanted: Filter, on: date, place: Place = Place(), size: int = PAGE) -> Listing:  # noqa: B008
    """One page, newest first. One statement."""
    turned = place.after is not None and place.before is None
    where, values = conditions(wanted, on, place)
    order = ORDER.replace("DESC", "ASC") if turned else ORDER
    deep = place.before is not None or place.after is not None
    offset = 0 if deep else (min(max(place.page, 1), LAST_PAGE) - 1) * size
    sql = f"""SELECT {COLUMNS} FROM (
        SELECT p.item_id FROM catalogue_publication p WHERE {where} ORDER BY {order} LIMIT {size + 1} OFFSET {offset}
      ) AS chosen JOIN catalogue_publication p USING (item_id) JOIN organs_organ o ON o.id = p.organ_id ORDER BY {order}"""
    found = [Row(*row) for row in rows_of(sql, values)]
    more, rows = len(found) > size, found[:size]
    if turned:
        return Listing(tuple(reversed(rows)), place, older=True, newer=more)
    return Listing(tuple(rows), place, older=more, newer=deep or offset > 0)


def tally(wanted: Filter, on: date) -> Tally:
    """How many, and the facets, over the newest CAP. Kept for a minute, or until something is published or withdrawn."""
    key = (connection.settings_dict["NAME"], wanted, on, stamp())
    kept = _kept.get(key)
    if kept is not None and kept[0] > time.monotonic():
        _kept.move_to_end(key)
        return kept[1]
    found = _tally(wanted, on)
    _kept[key] = (time.monotonic() + KEPT_SECONDS, found)
    while len(_kept) > KEPT:
        _kept.popitem(last=False)
    return found


_kept: OrderedDict[tuple[object, ...], tuple[float, Tally]] = OrderedDict()


def forget() -> None:
    """Let go of all counts that were kept."""
    _kept.clear()


def stamp() -> tuple[object, ...]:
    """Changes when something is published or withdrawn. One statement, four index look-ups."""
    return rows_of(
        """SELECT (SELECT max(published_at) FROM catalogue_publication WHERE withdrawn_at IS NULL),
                  (SELECT max(withdrawn_at) FROM catalogue_publication WHERE withdrawn_at IS NOT NULL),
                  (SELECT max(item_id) FROM catalogue_publication), (SELECT max(id) FROM organs_organ)""",
        [],
    )[0]


def newest_change() -> datetime | None:
    """When something was last published or withdrawn."""
    published, withdrawn, *_ = stamp()
    moments = [moment for moment in (published, withdrawn) if isinstance(moment, datetime)]
    return max(moments, default=None)


def _tally(wanted: Filter, on: date) -> Tally:
    where, values = conditions(wanted, on)
    named = {"organ": "p.organ_id::text", "year": "p.year::text"}
    columns = ", ".join(f"{named.get(facet, 'p.' + facet)} AS {facet}" for facet in FACETS)
    sql = f"""WITH hits AS MATERIALIZED (
        SELECT {columns} FROM catalogue_publication p WHERE {where} ORDER BY p.published_at DESC, p.item_id DESC LIMIT {CAP + 1}
      ), counted AS (SELECT {", ".join(FACETS)}, count(*) AS n, GROUPING({", ".join(FACETS)}) AS which
                     FROM hits GROUP BY GROUPING SETS ((), {", ".join(f"({facet})" for facet in FACETS)}))
      SELECT which, coalesce({", ".join(f"counted.{facet}" for facet in FACETS)}), n, o.name, o.slug FROM counted LEFT JOIN organs_organ o ON o.id = counted.organ::bigint
      ORDER BY n DESC"""
    total = 0
    facets: dict[str, list[FacetValue]] = {facet: [] for facet in FACETS}
    nothing = (1 << len(FACETS)) - 1
    for which, value, count, name, slug in rows_of(sql, values):
        if which == nothing:
            total = count
        elif value:
            facet = FACETS[len(FACETS) - (nothing ^ which).bit_length()]  # GROUPING：未分组的列为 1，首列在最高位
            facets[facet].append(FacetValue(value, count, name or "", slug or ""))
    if total > CAP and wanted.year is None:
        facets["year"] = [FacetValue(str(year), 0) for year in _years(wanted, on)]
    return Tally(min(total, CAP), total > CAP, {facet: tuple(found) for facet, found in facets.items()}, CAP)


def _years(wanted: Filter, on: date) -> list[int]:
    """Every year that has something, by leaps through the index: the newest CAP may all be of one year."""
    organ = wanted.organs[0] if wanted.organs is not None and len(wanted.organs) == 1 else None
    of = "p.organ_id = %s AND " if organ is not None else ""
    given = [organ] if organ is not None else []
    sql = f"""WITH RECURSIVE leap(year) AS (
        SELECT max(p.year) FROM catalogue_publication p WHERE {of}p.withdrawn_at IS NULL
        UNION ALL SELECT (SELECT max(p.year) FROM catalogue_publication p WHERE {of}p.withdrawn_at IS NULL AND p.year < leap.year) FROM leap WHERE leap.year IS NOT NULL
      ) SELECT year FROM leap WHERE year IS NOT NULL"""
    return [row[0] for row in rows_of(sql, [*given, *given])]


def count_by_category(organs: Sequence[int], on: date, most: int = 999) -> dict[str, int]:
    """How many each category of these organs has, up to `most` + 1. One statement."""
    keys = [category.key for category in (*CATEGORIES, *LOCAL_CATEGORIES)]
    sql = f"""SELECT c.category, (SELECT count(*) FROM (
        SELECT 1 FROM catalogue_publication p WHERE {VISIBLE} AND p.organ_id = ANY(%s) AND p.category = c.category LIMIT {most + 1}
      ) AS counted) FROM unnest(%s::text[]) AS c(category)"""
    return {str(row[0]): int(row[1]) for row in rows_of(sql, [on, list(organs), keys])}


def count_normative(organ: int, kinds: Sequence[str], on: date, most: int = 999) -> dict[str, int]:
    """Within item 1 of Art 20: how many of each kind, up to `most` + 1. One statement."""
    sql = f"""SELECT k.kind, (SELECT count(*) FROM (
        SELECT 1 FROM catalogue_publication p WHERE {VISIBLE} AND p.organ_id = %s AND p.kind = k.kind AND p.category = 'normative' LIMIT {most + 1}
      ) AS counted) FROM unnest(%s::text[]) AS k(kind)"""
    return {str(row[0]): int(row[1]) for row in rows_of(sql, [on, organ, list(kinds)])}


def newest_by_category(organ: int, on: date, each: int = 3) -> dict[str, list[Row]]:
    """The newest of each category of an organ. One statement."""
    keys = [category.key for category in (*CATEGORIES, *LOCAL_CATEGORIES)]
    sql = f"""SELECT {COLUMNS} FROM unnest(%s::text[]) AS c(category) CROSS JOIN LATERAL (
        SELECT * FROM catalogue_publication p WHERE {VISIBLE} AND p.organ_id = %s AND p.category = c.category
         ORDER BY p.published_at DESC, p.item_id DESC LIMIT {each}
      ) AS p JOIN organs_organ o ON o.id = p.organ_id ORDER BY p.published_at DESC, p.item_id DESC"""
    found: dict[str, list[Row]] = {}
    for values in rows_of(sql, [keys, on, organ]):
        found.setdefault(values[5], []).append(Row(*values))
    return found


SITEMAP = 20_000  # 一份站点地图所占的编号；规范的上限是 50,000 条


def sitemap_pages() -> int:
    """How many sitemaps there are. One look-up of the last number."""
    last = rows_of("SELECT max(item_id) FROM catalogue_publication", [])[0][0]
    return 0 if last is None else int(last) // SITEMAP + 1


def sitemap(page: int, on: date) -> list[tuple[int, datetime]]:
    """The items of one sitemap with their last change. One statement over one stretch of the primary key."""
    sql = f"SELECT p.item_id, coalesce(p.revised_at, p.published_at) FROM catalogue_publication p WHERE p.item_id >= %s AND p.item_id < %s AND {VISIBLE} ORDER BY p.item_id"
    return [(row[0], row[1]) for row in rows_of(sql, [(page - 1) * SITEMAP, page * SITEMAP, on])]


def conditions(wanted: Filter, on: date, place: Place = Place()) -> tuple[str, list[object]]:  # noqa: B008
    """The WHERE of a list, without its words: VISIBLE always, then what was chosen."""
    parts: list[str] = [VISIBLE]
    said: list[object] = [on]
    for column, value in (("category", wanted.category), ("topic", wanted.topic), ("year", wanted.year), ("validity", wanted.validity)):
        if value is not None:
            parts.append(f"p.{column} = %s")
            said.append(value)
    for column, many in (("organ_id", wanted.organs), ("kind", wanted.kinds)):
        if many is not None:
            parts.append(f"p.{column} = %s" if len(many) == 1 else f"p.{column} = ANY(%s)")
            said.append(many[0] if len(many) == 1 else list(many))
    if (anchor := place.before if place.before is not None else place.after) is not None:
        sign = "<" if place.before is not None else ">"
        parts.append(f"(p.published_at, p.item_id) {sign} (SELECT published_at, item_id FROM catalogue_publication WHERE item_id = %s)")
        said.append(anchor)
    return " AND ".join(parts), said


def rows_of(sql: str, values: Iterable[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return cursor.fetchall()
