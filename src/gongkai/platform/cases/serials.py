"""Numbers in series: registered requests, letters, remedies; locked until the transaction ends, so there are no gaps and no doubles."""

from __future__ import annotations

from django.db import connection


def following(organ: int, series: str, year: int) -> int:
    """The next number of a series of an organ in a year. Others wait for it until this transaction ends: take it late."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_serial (organ_id, series, year, last) VALUES (%s, %s, %s, 1) "
            "ON CONFLICT (organ_id, series, year) DO UPDATE SET last = cases_serial.last + 1 RETURNING last",
            [organ, series, year],
        )
        return int(cursor.fetchone()[0])


def request_number(organ: int, year: int) -> str:
    """登记编号: 2026-0017. Given at registration."""
    return f"{year}-{following(organ, 'request', year):04d}"


def at_least(organ: int, series: str, year: int, last: int) -> None:
    """Numbers up to this one are used: the series goes on after them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_serial (organ_id, series, year, last) VALUES (%s, %s, %s, %s) "
            "ON CONFLICT (organ_id, series, year) DO UPDATE SET last = GREATEST(cases_serial.last, EXCLUDED.last)",
            [organ, series, year, last],
        )


def remedy_number(organ: int, year: int) -> str:
    return f"{year}-救{following(organ, 'remedy', year):03d}"
