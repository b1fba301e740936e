"""Documents counted from the catalogue for the annual report: made, repealed, in force in a year (年度报告格式表二), with the items behind."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from gongkai.platform.catalogue.models import Item

_COUNTED = """
SELECT kind,
  array_agg(id ORDER BY id) FILTER (WHERE formed_on BETWEEN %(first)s AND %(last)s) AS made,
  array_agg(id ORDER BY id) FILTER (WHERE gone BETWEEN %(first)s AND %(last)s) AS repealed,
  array_agg(id ORDER BY id) FILTER (WHERE gone IS NULL OR gone > %(last)s) AS in_force,
  array_agg(id ORDER BY id) FILTER (WHERE first_published_at >= %(begin)s AND first_published_at < %(end)s) AS published,
  array_agg(id ORDER BY id) AS total
FROM (
  SELECT id, kind, formed_on, first_published_at, CASE WHEN validity IN ('repealed', 'lapsed') THEN validity_on END AS gone
  FROM catalogue_item
  WHERE organ_id = %(organ)s AND kind IN ('rules', 'normative') AND formed_on <= %(last)s
    AND first_published_at IS NOT NULL AND first_published_at < %(end)s AND state <> 'withdrawn'
) AS public GROUP BY kind
"""
COLUMNS = {  # 表二的格 → 上面的列
    "made": "made", "repealed": "repealed", "in_force": "in_force",
    "new_made": "made", "new_published": "published", "total_published": "total",
}  # fmt: skip


def documents(organ_id: int, year: int, zone: str = "Asia/Shanghai") -> Mapping[str, tuple[int, ...]]:
    """Cells of table two, of either edition, by the published items behind them: `normative_made` → ids. One statement.

    Only what was published by the end of the year is counted; a document repealed or lapsed later was still in force then.
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    told: dict[str, int | str | date] = {"organ": organ_id, "first": first, "last": last, "begin": f"{year}-01-01 00:00 {zone}", "end": f"{year + 1}-01-01 00:00 {zone}"}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, told)
        rows = {row[0]: dict(zip(("made", "repealed", "in_force", "published", "total"), row[1:], strict=True)) for row in cursor.fetchall()}
    return {
        f"{kind}_{cell}": tuple(rows.get(kind, {}).get(column) or ())
        for kind in ("rules", "normative") for cell, column in COLUMNS.items()
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class CountedItem:
    """A published document behind a figure, as a list shows it."""

    id: int
    title: str
    index_number: str
    formed_on: date
    first_published_at: datetime | None
    validity: str
    validity_on: date | None


def behind(organ_id: int, ids: Collection[int]) -> tuple[CountedItem, ...]:
    """Those of the organ's published documents, by the day on which they were made. One statement."""
    rows = Item.objects.filter(organ=organ_id, pk__in=list(ids), first_published_at__isnull=False).order_by("formed_on", "pk")
    return tuple(CountedItem(*row) for row in rows.values_list("pk", "title", "index_number", "formed_on", "first_published_at", "validity", "validity_on"))
