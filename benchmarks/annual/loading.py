"""Ten years of a county put into the tables: a government and three hundred organs under it, requests, remedies, items and monthly figures. No bodies of items, no events but fees: the annual report reads neither."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain
from typing import Any

import psycopg

from benchmarks.cases.loading import contents_of, people_of
from benchmarks.cases.stories import COURSES, cached, told
from benchmarks.platform import material
from benchmarks.platform.loading import insert, people_and_organs, without_indexes
from gongkai.law.editions import edition_for
from gongkai.platform.annual.indicators import CHANNELS, INDICATORS, Summing, Topic

TODAY = date(2026, 11, 20)
FIRST = date(2017, 1, 1)
YEARS = range(FIRST.year, TODAY.year + 1)
BELOW = 300
ORGANS, LARGEST = BELOW + 1, 5  # 政府自己收到的申请占百分之五
ROLES = ("disclosure_office", "supervisor", "case_officer")
FILLED = ("catalogue_item", "catalogue_publication", "cases_request", "cases_remedy", "annual_figureentry")
SPAN = (TODAY - FIRST).days


def load(owner_url: str, count: int) -> None:
    """So many requests and as many items."""
    with psycopg.connect(owner_url) as link, without_indexes(link, FILLED):
        people_and_organs(link, ROLES, ORGANS)
        _tree(link)
        for fill in (_items, _requests, _remedies, _figures):
            fill(link, count)
            print(fill.__name__, file=sys.stderr, flush=True)
        for table in (*FILLED, "cases_event"):
            if table != "catalogue_publication":
                link.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")  # type: ignore[arg-type]
    tidy(owner_url)


def tidy(owner_url: str) -> None:
    """Statistics and the visibility map, as autovacuum leaves them."""
    with psycopg.connect(owner_url, autocommit=True) as link:
        for (table,) in link.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename ~ '^(catalogue|organs|cases|annual)_'").fetchall():
            link.execute(f"VACUUM ANALYZE {table}")  # type: ignore[arg-type]


def _tree(link: psycopg.Connection) -> None:
    """The first organ is the county's government, the others stand under it."""
    link.execute("UPDATE organs_organ SET area_parent_id = NULLIF(1, id), area_path = CASE WHEN id = 1 THEN '/1/' ELSE '/1/' || id || '/' END, kind = CASE WHEN id = 1 THEN 'government' ELSE 'department' END")


def _items(link: psycopg.Connection, count: int) -> None:
    """Published items with their public copies; no text."""
    link.execute("CREATE TEMP TABLE head (id bigint, organ int, title text, document_number text, index_number text, kind text, category text, topic text, formed_on date, validity int)")
    with link.cursor().copy("COPY head FROM STDIN") as copy:
        for row in material.heads(count, ORGANS):
            copy.write_row(row)
    formed = f"(date '{FIRST}' + (h.id * {SPAN} / {count})::int)"
    at = f"({formed} + interval '9 hours' + (h.id % 30000) * interval '1 second')"
    gone = "h.kind = 'normative' AND h.validity = 0"
    common = {"title": "h.title", "kind": "h.kind", "category": "h.category", "formed_on": formed, "validity": f"CASE WHEN {gone} THEN 'repealed' WHEN h.kind = 'normative' THEN 'in_force' ELSE 'none' END"}
    insert(
        link, "catalogue_item",
        {**common, "id": "h.id", "organ_id": "h.organ", "state": "'published'", "access": "'proactive'", "index_number": "h.index_number || '.' || h.id", "author_id": "1",
         "created_at": at, "moved_at": at, "first_published_at": at, "met_at": at, "validity_on": f"CASE WHEN {gone} THEN {formed} + 700 END", "last_revision": "1", "steps_taken": "1"},
        "FROM head h",
    )  # fmt: skip
    insert(
        link, "catalogue_publication",
        {**common, "item_id": "h.id", "organ_id": "h.organ", "revision": "1", "index_number": "h.index_number", "document_number": "h.document_number", "topic": "h.topic",
         "makers": "'[]'", "published_at": at, "year": f"extract(year FROM {formed})"},
        "FROM head h",
    )  # fmt: skip


def _requests(link: psycopg.Connection, count: int) -> None:
    """Every course begun on every day, folded by the platform; a request is one of them with a person and a content."""
    drawn = random.Random(2026)
    _stage(link, "person", people_of(drawn))
    _stage(link, "asked", contents_of(drawn))
    _stage(link, "course", _courses())
    columns = [name for name, _ in _columns(link, "course") if name not in ("pick", "begin")]
    kinds = "(ARRAY['natural','natural','natural','natural','natural','natural','natural','business','legal_service','other'])[1 + (hashint8(n + 11) & 2147483647) % 10]"
    values = {
        "id": "n", "organ_id": f"CASE WHEN (hashint8(n) & 2147483647) % 100 < {LARGEST} THEN 1 ELSE 2 + (hashint8(n + 5) & 2147483647) % {BELOW} END", "number": "c.begin || '-' || n", "channel": "'online'",
        "applicant_kind": kinds, "registered_at": "c.begin + interval '10 hours'", "moved_at": "c.begin + interval '10 hours'", "officer_id": "1", "events_taken": "3",
        **{name: f"p.{name}" for name, _ in _columns(link, "person") if name != "nth"}, **{name: f"a.{name}" for name, _ in _columns(link, "asked") if name != "nth"},
        **{name: f"c.{name}" for name in columns},
    }  # fmt: skip
    insert(
        link, "cases_request", values,
        f"""FROM generate_series(1, {count}) n JOIN course c ON c.begin = date '{FIRST}' + (n::bigint * {SPAN} / {count})::int AND c.pick = (hashint8(n + 3) & 2147483647) % {_SHARES}
            JOIN person p ON p.nth = n % (SELECT count(*) FROM person) JOIN asked a ON a.nth = n % (SELECT count(*) FROM asked)""",
    )  # fmt: skip
    for number, kind, after in ((901, "fee_noticed", 5), (902, "fee_paid", 9)):
        insert(
            link, "cases_event",
            {"request_id": "r.id", "number": str(number), "kind": f"'{kind}'", "on": f"r.received_on + {after}", "law": "'{\"amount\": \"100\"}'" if after == 5 else "'{}'", "facts": "'{}'",
             "role": "'case_officer'", "at": "r.moved_at", "digest": "repeat('0', 64)"},
            "FROM cases_request r WHERE r.id % 50 = 0 AND r.received_on IS NOT NULL",
        )  # fmt: skip


_COURSES = [course for course in COURSES if course.law]
_PICKS = list(chain.from_iterable([course.name] * (course.share // 2) for course in _COURSES))
_SHARES = len(_PICKS)


def _courses() -> Iterator[dict[str, Any]]:
    for days in range(SPAN + 1):
        begin = FIRST + timedelta(days=days)
        by_name = {course.name: cached(told(course.name, begin, TODAY).now) for course in _COURSES}
        for pick, name in enumerate(_PICKS):
            yield {"pick": pick, "begin": begin, **by_name[name]}


def _stage(link: psycopg.Connection, name: str, rows: Any) -> None:
    """Rows in a temporary table whose columns are those of cases_request, with a number or what is told."""
    found = iter(rows)
    first = next(found)
    own = [column for column in first if column not in ("pick", "begin")]
    extra = "0 AS pick, current_date AS begin" if "pick" in first else "0 AS nth"
    link.execute(f"CREATE TEMP TABLE {name} AS SELECT {extra}, {', '.join(own)} FROM cases_request LIMIT 0")  # type: ignore[arg-type]
    names = ["pick", "begin", *own] if "pick" in first else ["nth", *own]
    with link.cursor().copy(f"COPY {name} ({', '.join(names)}) FROM STDIN") as copy:  # type: ignore[arg-type]
        for number, row in enumerate(chain([first], found)):
            copy.write_row([row.get(each, number) for each in names])
    link.execute(f"ANALYZE {name}")  # type: ignore[arg-type]


def _columns(link: psycopg.Connection, table: str) -> list[tuple[str, str]]:
    return link.execute("SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s", [table]).fetchall()  # type: ignore[return-value]


def _remedies(link: psycopg.Connection, count: int) -> None:
    """One request in a hundred."""
    insert(
        link, "cases_remedy",
        {"organ_id": "r.organ_id", "request_id": "r.id", "number": "r.id::text", "kind": "(ARRAY['reconsideration','litigation_direct','litigation_after_reconsideration'])[1 + r.id::int / 100 % 3]",
         "body": "'某某人民政府'", "sealed": "''", "judgment": "'upheld'", "result": "CASE WHEN r.ended_on + 70 <= date '2026-11-20' THEN 'upheld' ELSE 'pending' END",
         "filed_on": "r.ended_on + 10", "ended_on": "CASE WHEN r.ended_on + 70 <= date '2026-11-20' THEN r.ended_on + 70 END", "registered_at": "r.moved_at"},
        "FROM cases_request r WHERE r.id % 100 = 0 AND r.ended_on IS NOT NULL AND r.received_on IS NOT NULL AND r.ended_on + 10 <= date '2026-11-20'",
    )  # fmt: skip


def _figures(link: psycopg.Connection, count: int) -> None:
    """Every indicator of every organ and year by month, in every channel; three in a hundred corrected."""
    link.execute("CREATE TEMP TABLE place (indicator text, channel text, year int, month int)")
    with link.cursor().copy("COPY place FROM STDIN") as copy:
        for year in YEARS if count >= 100_000 else YEARS[-4:]:
            for row in _places(year):
                copy.write_row((*row[:2], year, row[2]))
    of = f"FROM generate_series(1, {ORGANS}) o, place p"
    values = {
        "organ_id": "o", "indicator": "p.indicator", "channel": "p.channel", "year": "p.year", "month": "p.month",
        "value": "(hashtext(p.indicator || p.channel || p.year || p.month || o) & 2147483647) % 90", "evidence": "'业务系统月报'", "by_id": "1", "at": "make_timestamptz(p.year, greatest(p.month, 1), 28, 10, 0, 0)",
    }  # fmt: skip
    insert(link, "annual_figureentry", values, f"{of} ORDER BY p.year, p.month, o")
    changed = {**values, "value": "(hashtext(p.indicator || p.year || o) & 2147483647) % 90", "reason": "'漏报'", "at": "make_timestamptz(p.year + 1, 1, 5, 10, 0, 0)"}
    insert(link, "annual_figureentry", changed, f"{of} WHERE (hashtext(p.indicator || o || p.month) & 31) = 0")


def _places(year: int) -> Iterator[tuple[str, str, int]]:
    edition = edition_for(year)
    for each in INDICATORS:
        if each.topic is Topic.ACTIVE and (edition is None or edition.key not in each.editions):
            continue
        for channel in CHANNELS if each.by_channel else ("",):
            for month in (0,) if each.summing is Summing.LAST else range(1, 13):
                yield each.key, channel, month
