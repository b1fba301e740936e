"""A year's requests and remedies as the database groups them, each group with its ids: what the annual report is compiled from. Two statements, whatever the number of cases."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection

from gongkai.law.editions import Applicant, Remedy, Result
from gongkai.platform.cases.choices import LIVE, UNCOUNTED
from gongkai.report.tally import Bunch, RemedyBunch

_OUT = [state.value for state in UNCOUNTED]
_LIVE = [state.value for state in LIVE]
_REQUESTS = """
WITH of_year AS (
  SELECT id, applicant_kind, received_on, ended_on, reply, outcome, state FROM cases_request
  WHERE organ_id = %(organ)s AND received_on BETWEEN %(first)s AND %(last)s
  UNION ALL
  SELECT id, applicant_kind, received_on, ended_on, reply, outcome, state FROM cases_request
  WHERE organ_id = %(organ)s AND received_on < %(first)s AND ended_on >= %(first)s
  UNION ALL
  SELECT id, applicant_kind, received_on, ended_on, reply, outcome, state FROM cases_request
  WHERE organ_id = %(organ)s AND received_on < %(first)s AND ended_on IS NULL AND state = ANY(%(live)s)
)
SELECT applicant_kind, extract(year FROM received_on)::int, extract(year FROM ended_on)::int, reply, outcome, array_agg(id)
FROM of_year WHERE NOT state = ANY(%(out)s) GROUP BY 1, 2, 3, 4, 5
"""
_REMEDIES = """
SELECT kind, extract(year FROM filed_on)::int, extract(year FROM ended_on)::int, result, array_agg(id) FROM cases_remedy
WHERE organ_id = %(organ)s AND kind = ANY(%(kinds)s) AND filed_on <= %(last)s AND (ended_on IS NULL OR ended_on >= %(first)s) GROUP BY 1, 2, 3, 4
"""


def requests(organ_id: int, year: int) -> list[Bunch]:
    """Everything that is in the year's table: received in it, or before it and not yet ended when it began."""
    told: dict[str, Any] = {"organ": organ_id, "first": date(year, 1, 1), "last": date(year, 12, 31), "out": _OUT, "live": _LIVE}
    with connection.cursor() as cursor:
        cursor.execute(_REQUESTS, told)
        return [Bunch(Applicant(kind), received, ended, reply, outcome, len(ids), tuple(ids)) for kind, received, ended, reply, outcome, ids in cursor.fetchall()]


def remedies(organ_id: int, year: int) -> list[RemedyBunch]:
    """Filed by the end of the year, and not ended before it began; complaints are in no table."""
    told: dict[str, Any] = {"organ": organ_id, "first": date(year, 1, 1), "last": date(year, 12, 31), "kinds": [each.value for each in Remedy]}
    with connection.cursor() as cursor:
        cursor.execute(_REMEDIES, told)
        return [RemedyBunch(Remedy(kind), filed, ended, Result(result), len(ids), tuple(ids)) for kind, filed, ended, result, ids in cursor.fetchall()]
