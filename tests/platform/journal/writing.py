"""Entries for tests, and a hand that reaches into the database as nobody may."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import psycopg
from django.db import transaction

from gongkai.platform.journal import By, record
from gongkai.platform.journal.models import Entry
from tests.platform.conftest import Ledger

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
WANG = By(7, "王建国", "editor")


def write(chain: int = 5, verb: str = "test.save", by: By = WANG, minutes: int = 0, **more: object) -> Entry:
    told: dict[str, object] = {"changes": {"title": ["旧", "新"], "tags": ["甲", "乙"]}, "reason": "改正错字"}
    with transaction.atomic():
        return record(by, verb, "test.thing:1", chain=chain, at=AT + timedelta(minutes=minutes), **(told | more))  # type: ignore[arg-type]


@contextmanager
def hand(ledger: Ledger) -> Iterator[psycopg.Connection]:
    """The superuser, with the triggers switched off."""
    with ledger.server.admin(ledger.name) as link:
        link.execute("SET session_replication_role = replica")
        yield link
