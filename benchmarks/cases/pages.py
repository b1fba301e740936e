"""The pages that are measured, with the bare indexed queries that each stands on: plain SQL, nothing opened, nothing checked."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection

from .loading import TODAY
from .measuring import Page

ORGAN, SLUG = 1, "organ-1"
LIST = 'SELECT * FROM cases_request r JOIN organs_organ o ON o.id = r.organ_id LEFT JOIN organs_person p ON p.id = r.officer_id WHERE r.organ_id = %s{where} ORDER BY submitted_on DESC, r.id DESC LIMIT 20'
COUNT = "SELECT count(*) FROM (SELECT 1 FROM cases_request WHERE organ_id = %s{where} LIMIT 10001) found"
LIVE = "SELECT state, next_on, count(*) FROM cases_request WHERE organ_id = %s AND state IN ('awaiting_confirmation', 'open', 'awaiting_correction', 'awaiting_fee') GROUP BY 1, 2"
LATE = "SELECT * FROM cases_request WHERE organ_id = %s AND state = 'open' AND due_on < %s ORDER BY due_on, id LIMIT 20"
ONE = "SELECT * FROM cases_request r JOIN organs_organ o ON o.id = r.organ_id WHERE r.id = %s"
OF_ONE = ("cases_letter", "cases_casefile", "cases_task", "cases_consultation", "cases_remedy")
YEAR = (
    "SELECT applicant_kind, state, reply, channel, count(*) FROM cases_request WHERE organ_id = %s AND received_on BETWEEN %s AND %s GROUP BY 1, 2, 3, 4",
    "SELECT applicant_kind, state, reply, channel, count(*) FROM cases_request WHERE organ_id = %s AND received_on < %s AND ended_on >= %s GROUP BY 1, 2, 3, 4",
)
DOOR = (  # 登录着的每一页都要读的：会话、人员、角色、所在机关
    "SELECT * FROM django_session ORDER BY session_key LIMIT 1", "SELECT * FROM organs_person WHERE id = 1", "SELECT * FROM organs_role WHERE person_id = 1",
    "SELECT * FROM organs_organ WHERE id IN (1) AND active ORDER BY position",
)  # fmt: skip
Asked = Sequence[tuple[str, Sequence[Any]]]


def pages() -> list[Page]:
    """List, filtered list, overdue, case page, statistics, a figure's list: of the largest organ, behind the same door."""
    return [Page(page.name, page.paths, lambda path, page=page: [*((sql, []) for sql in DOOR), *page.bare(path)]) for page in _pages()]  # type: ignore[misc]


def _pages() -> list[Page]:
    here, today = f"/desk/organs/{SLUG}/requests/", TODAY
    return [
        Page("申请列表", [here, *(f"{here}?page={n}" for n in range(2, 20))], lambda path: _list("")),
        Page("申请列表，按状态和年度", [f"{here}?state=replied&year={year}" for year in range(2020, 2026)], lambda path: _list(" AND state = 'replied' AND submitted_on >= '2023-01-01'")),
        Page("答复期限", [f"{here}overdue/"], lambda path: [(LIVE, [ORGAN]), (LATE, [ORGAN, today])]),
        Page("案卷页", [f"/desk/requests/{each}/" for each in _some()], _case),
        Page("统计", [f"{here}statistics/{year}/" for year in range(2020, 2026)], _statistics),
        Page("统计的一个数", [f"{here}statistics/{year}/applications/granted/total/" for year in range(2020, 2026)], lambda path: [
            ("SELECT * FROM cases_request WHERE organ_id = %s AND ended_on BETWEEN %s AND %s AND outcome = 'granted' ORDER BY received_on, id LIMIT 50", [ORGAN, *_year(path)]),
            ("SELECT count(*) FROM cases_request WHERE organ_id = %s AND ended_on BETWEEN %s AND %s AND outcome = 'granted'", [ORGAN, *_year(path)]),
        ]),
    ]  # fmt: skip


def _list(where: str) -> Asked:
    return [(LIST.format(where=where), [ORGAN]), (COUNT.format(where=where), [ORGAN]), (LIVE, [ORGAN]), (LATE, [ORGAN, TODAY])]


def _case(path: str) -> Asked:
    one = int(path.split("/")[3])
    return [
        (ONE, [one]), ("SELECT * FROM cases_event e LEFT JOIN organs_person p ON p.id = e.person_id WHERE request_id = %s ORDER BY number", [one]),
        *((f"SELECT * FROM {table} WHERE request_id = %s", [one]) for table in OF_ONE),
    ]  # fmt: skip


def _statistics(path: str) -> Asked:
    first, last = _year(path)
    return [(YEAR[0], [ORGAN, first, last]), (YEAR[1], [ORGAN, first, first]), ("SELECT min(received_on) FROM cases_request WHERE organ_id = %s", [ORGAN])]


def _year(path: str) -> tuple[date, date]:
    year = int(path.split("/statistics/")[1].split("/")[0])
    return date(year, 1, 1), date(year, 12, 31)


def _some() -> list[int]:
    """Requests from all over the table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM cases_request WHERE organ_id = %s", [ORGAN])
        known = [row[0] for row in cursor.fetchall()]
    return random.Random(5).sample(known, min(200, len(known)))
