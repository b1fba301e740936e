"""The items put into the tables by COPY, with vectors from `searching`; indexes are built afterwards, as a restore does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from multiprocessing import Pool

import psycopg

from gongkai.platform.searching import plain, vector

from . import material

ORGANS = 100
FILLED = ("catalogue_item", "catalogue_revision", "catalogue_step", "catalogue_publication")
DEFAULTS = {"jsonb": "'[]'", "ARRAY": "'{}'", "boolean": "false", "date": "'2026-01-01'", "timestamp with time zone": "'2026-01-01'"}


def load(owner_url: str, items: int) -> None:
    """Organs, one person, items with revision and step, publications; then indexes, statistics, visibility map."""
    with psycopg.connect(owner_url) as link, without_indexes(link):
        people_and_organs(link)
        _stage(link, items)
        _spread(link)
    with psycopg.connect(owner_url, autocommit=True) as link:
        for (table,) in link.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename ~ '^(catalogue|organs)_'").fetchall():
            link.execute(f"VACUUM ANALYZE {table}")  # type: ignore[arg-type]


def people_and_organs(link: psycopg.Connection, roles: tuple[str, ...] = ("editor", "reviewer"), organs: int = ORGANS) -> None:
    """One person with roles in the first of so many organs."""
    insert(link, "organs_person", {"id": "1", "login": "'bench'", "password": "'!'", "name": "'测试'", "is_active": "true"}, "")
    link.execute("CREATE TEMP TABLE named (id int, name text)")
    with link.cursor().copy("COPY named FROM STDIN") as copy:
        for index, name in enumerate(material.organ_names(organs), start=1):
            copy.write_row((index, name))
    insert(
        link, "organs_organ",
        {"id": "n.id", "name": "n.name", "short_name": "n.name", "slug": "'organ-' || n.id", "level": "'county'", "kind": "'department'", "code": "(99999999 + n.id)::text",
         "area_path": "'/' || n.id || '/'", "system_path": "'/' || n.id || '/'", "position": "100", "calendar": "'cn'", "active": "true",
         "index_pattern": "'{code}/{year}-{serial:05d}'"},
        "FROM named n",
    )  # fmt: skip
    for role in roles:
        insert(link, "organs_role", {"person_id": "1", "organ_id": "1", "kind": f"'{role}'", "since": "'2020-01-01'"}, "")


def _stage(link: psycopg.Connection, items: int) -> None:
    link.execute("CREATE TEMP TABLE body (id int, html text, words text, terms tsvector)")
    link.execute("CREATE TEMP TABLE head (id bigint, organ int, title text, document_number text, index_number text, kind text, category text, topic text, formed_on date, validity int, terms tsvector)")
    with Pool(2) as pool:
        with link.cursor().copy("COPY body FROM STDIN") as copy:
            for index, row in enumerate(pool.imap(_body, material.bodies(min(items, 50_000)), chunksize=500)):
                copy.write_row((index, *row))
        with link.cursor().copy("COPY head FROM STDIN") as copy:
            for row in pool.imap(_head, material.heads(items, ORGANS), chunksize=2000):
                copy.write_row(row)
    link.execute("ANALYZE body, head")


def _body(html: str) -> tuple[str, str, str]:
    return html, plain(html), vector("", "", "", "", "", html)


def _head(row: tuple) -> tuple:
    return (*row, vector(row[2], row[3], row[4], "", "", ""))


def _spread(link: psycopg.Connection) -> None:
    of_both = "FROM head h JOIN body b ON b.id = h.id % (SELECT count(*) FROM body)"
    at = "(h.formed_on + interval '9 hours' + (h.id % 30000) * interval '1 second')"
    common = {"title": "h.title", "document_number": "h.document_number", "kind": "h.kind", "category": "h.category", "topic": "h.topic", "formed_on": "h.formed_on"}
    insert(
        link, "catalogue_item",
        {"id": "h.id", "organ_id": "h.organ", "state": "'published'", "access": "'proactive'", "index_number": "h.index_number || '.' || h.id", "title": "h.title", "kind": "h.kind",
         "category": "h.category", "formed_on": "h.formed_on", "author_id": "1", "created_at": at, "moved_at": at, "first_published_at": at, "met_at": at, "validity": "'none'",
         "last_revision": "1", "steps_taken": "1"},
        "FROM head h",
    )  # fmt: skip
    insert(link, "catalogue_revision", {**common, "id": "h.id", "item_id": "h.id", "number": "1", "body": "b.html", "by_id": "1", "at": at, "access": "'proactive'"}, of_both)
    insert(link, "catalogue_step", {"item_id": "h.id", "number": "1", "action": "'approve'", "before": "'in_approval'", "after": "'published'", "at": at, "facts": "'{}'"}, "FROM head h")
    insert(
        link, "catalogue_publication",
        {**common, "item_id": "h.id", "organ_id": "h.organ", "revision": "1", "index_number": "h.index_number", "body": "b.html", "plain": "b.words", "makers": "'[]'",
         "validity": "CASE WHEN h.kind IN ('normative', 'document') THEN (ARRAY['in_force', 'in_force', 'in_force', 'in_force', 'in_force', 'in_force', 'in_force', 'amended', 'repealed', 'lapsed'])[h.validity + 1] ELSE 'none' END",
         "published_at": at, "year": "extract(year FROM h.formed_on)", "terms": "h.terms || b.terms"},
        of_both,
    )  # fmt: skip
    for table, column in (("catalogue_item", "id"), ("catalogue_revision", "id"), ("organs_organ", "id"), ("organs_person", "id")):
        link.execute(f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), (SELECT max({column}) FROM {table}))")  # type: ignore[arg-type]
    link.execute("UPDATE catalogue_item SET current_id = id, published_id = id")


def insert(link: psycopg.Connection, table: str, values: Mapping[str, str], source: str) -> None:
    """INSERT … SELECT; a column that must have a value and is not named gets the plainest of its type."""
    known = link.execute(
        "SELECT column_name, data_type, is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO' FROM information_schema.columns WHERE table_name = %s", [table]
    ).fetchall()  # fmt: skip
    chosen = {name: values[name] for name, _, _ in known if name in values}
    chosen |= {name: DEFAULTS.get(kind, "0" if "int" in kind else "''") for name, kind, needed in known if needed and name not in values}
    overriding = "OVERRIDING SYSTEM VALUE" if "id" in chosen else ""
    columns = ", ".join(f'"{name}"' for name in chosen)
    link.execute(f"INSERT INTO {table} ({columns}) {overriding} SELECT {', '.join(chosen.values())} {source}")  # type: ignore[arg-type]


@contextmanager
def without_indexes(link: psycopg.Connection, tables: Sequence[str] = FILLED) -> Iterator[None]:
    """Indexes and constraints of the filled tables taken away, and made again when the rows are there."""
    link.execute("SET maintenance_work_mem = '1GB'; SET max_parallel_maintenance_workers = 2; SET synchronous_commit = off")
    foreign = link.execute("SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f' AND conrelid::regclass::text = ANY(%s)", [list(tables)]).fetchall()
    for table, name, _ in foreign:
        link.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')  # type: ignore[arg-type]
    indexes = link.execute(
        """SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
            WHERE i.indrelid::regclass::text = ANY(%s) AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)""", [list(tables)],
    ).fetchall()
    for name, _ in indexes:
        link.execute(f"DROP INDEX {name}")  # type: ignore[arg-type]
    yield
    link.commit()
    for _, made in indexes:
        link.execute(made)
        link.commit()
    for table, name, made in foreign:
        link.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {made}')  # type: ignore[arg-type]
    link.commit()
