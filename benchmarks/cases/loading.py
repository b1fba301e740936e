"""Requests with their events, letters and tasks put into the tables by COPY: sealed, hashed and marked as the platform does it."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import psycopg

from benchmarks.platform import material
from benchmarks.platform.loading import people_and_organs
from gongkai.platform.cases import sealing
from gongkai.platform.cases.clocks import mark_of
from gongkai.platform.cases.letters.fields import Fields
from gongkai.platform.cases.values import Applicant, Asked

from .stories import COURSES, DAYS, WEIGHTS, cached, told

ZONE = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 11, 20)
YEARS = 8
ORGANS, LARGEST = 40, 0.3  # 最大的一个机关收到三成
KINDS = ("natural",) * 8 + ("business", "legal_service")
PEOPLE, CONTENTS = 5_000, 5_000
ROLES = ("case_officer", "disclosure_office")


def load(owner_url: str, requests: int) -> None:
    """So many requests, spread evenly over eight years up to today; about ten events each."""
    with psycopg.connect(owner_url) as link:
        link.execute("SET synchronous_commit = off")
        people_and_organs(link, ROLES)
        drawn = random.Random(2026)
        people, contents = people_of(drawn), contents_of(drawn)
        rows = list(_requests(requests, drawn, people, contents))
        _copy(link, "cases_request", (row for row, _ in rows))
        _copy(link, "cases_event", _events(rows))
        _copy(link, "cases_letter", _letters(rows))
        for table in ("cases_request", "cases_event", "cases_letter"):
            link.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")  # type: ignore[arg-type]
    with psycopg.connect(owner_url, autocommit=True) as link:
        for (table,) in link.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename ~ '^(cases|organs)_'").fetchall():
            link.execute(f"VACUUM ANALYZE {table}")  # type: ignore[arg-type]


Row = dict[str, Any]


def people_of(drawn: random.Random) -> list[Row]:
    """Applicants, sealed once each."""
    found = []
    for number in range(PEOPLE):
        name = drawn.choice("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨") + "".join(drawn.choice("云山水石松竹梅兰泉溪") for _ in range(2))
        told_of = Applicant(f"{name}{number}", "other", f"B{number:08d}", phone=f"0998-0{number:06d}")
        found.append({"applicant": told_of.sealed(), **told_of.hashes})
    return found


def contents_of(drawn: random.Random) -> list[Row]:
    found = []
    for head in material.heads(CONTENTS, 100):
        asked = Asked(head[2], f"{drawn.randrange(2010, 2026)}年，文号不详")
        found.append({"content": asked.sealed(), "marks": asked.marks})
    return found


def _requests(count: int, drawn: random.Random, people: list[Row], contents: list[Row]) -> Iterator[tuple[Row, Any]]:
    first, span = TODAY - timedelta(days=365 * YEARS), 365 * YEARS
    serials: dict[tuple[int, int], int] = {}
    mark = mark_of(DAYS)
    for number in range(1, count + 1):
        begin = first + timedelta(days=number * span // count)
        course = drawn.choices(COURSES, WEIGHTS)[0]
        if course.name == "unconfirmed" and (TODAY - begin).days > 20:
            course = COURSES[0]
        organ = 1 if drawn.random() < LARGEST else drawn.randrange(2, ORGANS + 1)
        serial = serials[organ, begin.year] = serials.get((organ, begin.year), 0) + 1
        at = datetime.combine(begin, time(10, number % 60), ZONE)
        so_far = told(course.name, begin, TODAY)
        yield {
            "id": number, "organ_id": organ, "number": f"{begin.year}-{serial:04d}", "channel": "online", "applicant_kind": drawn.choice(KINDS), "oral": False,
            "needs_help": False, "registered_by_id": None, "registered_at": at, "officer_id": 1, "imported": False,
            "code_hash": sealing.secret_hash("bench", str(number)), **drawn.choice(people), **drawn.choice(contents), **cached(so_far.now),
            "calendar_mark": mark, "moved_at": at, "events_taken": len(so_far.events),
        }, so_far  # fmt: skip


def _events(rows: Iterable[tuple[Row, Any]]) -> Iterator[Row]:
    for row, so_far in rows:
        for each in so_far.events:
            yield {
                "request_id": row["id"], "number": each.number, "kind": each.kind, "on": each.on, "law": json.dumps(each.law), "facts": json.dumps(each.facts),
                "sealed": None, "person_id": 1, "role": "case_officer", "at": datetime.combine(each.on, time(11), ZONE), "digest": "0" * 64,
            }  # fmt: skip


def _letters(rows: Iterable[tuple[Row, Any]]) -> Iterator[Row]:
    fields = Fields({"申请内容": "某项工作的有关文件", "理由": "某某"}).sealed()
    for number, (row, so_far) in enumerate(each for each in rows if each[0]["reply"] and each[0]["state"] == "replied"):
        ended = so_far.now.ended_on
        at = datetime.combine(ended, time(10), ZONE)
        yield {
            "id": number + 1, "request_id": row["id"], "key": "granted", "reply": row["reply"], "state": "served", "fields": fields,
            "law": json.dumps({"outcome": row["outcome"]}), "number": f"某公复〔{ended.year}〕{number}号", "dated": ended, "check_code": "", "drafted_by_id": 1,
            "drafted_at": at, "signed_by_id": 1, "signed_at": at, "way": "online", "served_on": ended,
        }  # fmt: skip


def _copy(link: psycopg.Connection, table: str, rows: Iterable[Row]) -> None:
    """COPY the rows; a column that must have a value and is not told gets the plainest of its type."""
    known = link.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'", [table]
    ).fetchall()  # fmt: skip
    found = iter(rows)
    first = next(found)
    plain = {"jsonb": "{}", "ARRAY": [], "boolean": False, "bytea": b""}
    needed = {name: plain.get(kind, 0 if "int" in kind else "") for name, kind in known if name not in first}
    names = ", ".join(f'"{name}"' for name in (*first, *needed))
    with link.cursor().copy(f"COPY {table} ({names}) FROM STDIN") as copy:  # type: ignore[arg-type]
        rest = tuple(needed.values())
        copy.write_row((*first.values(), *rest))
        for row in found:
            copy.write_row((*row.values(), *rest))
