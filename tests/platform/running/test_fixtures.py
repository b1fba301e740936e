"""The ground that the platform's tests stand on: who they are in the database, and what stays behind."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import ProgrammingError, connection, transaction
from psycopg.errors import InsufficientPrivilege

from gongkai.platform.running.rights import LIMITED, excess
from tests.platform.conftest import Ledger


def _user() -> tuple[str, str, bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_database(), usesuper FROM pg_user WHERE usename = current_user")
        row: tuple[str, str, bool] = cursor.fetchone()
    return row


@pytest.mark.django_db
def test_ordinary_tests_are_the_application_which_owns_no_table() -> None:
    user, _, superuser = _user()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(*) FILTER (WHERE tableowner = %s) FROM pg_tables WHERE schemaname = 'public'", [user])
        tables, owned = cursor.fetchone()

    assert user.startswith("gongkai_app")
    assert not superuser
    assert tables > 20
    assert owned == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "command",
    [
        "UPDATE journal_entry SET reason = 'x'", "DELETE FROM journal_entry", "TRUNCATE journal_entry", "DELETE FROM journal_head",
        "INSERT INTO journal_head VALUES (9, 9, '')", "ALTER TABLE journal_entry DISABLE TRIGGER ALL", "DELETE FROM django_migrations",
        "DROP TABLE catalogue_item", "CREATE TABLE mine (n int)",
    ],
)  # fmt: skip
def test_the_application_has_no_right_to(command: str) -> None:
    with pytest.raises(ProgrammingError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(command)

    assert isinstance(refused.value.__cause__, InsufficientPrivilege)


@pytest.mark.django_db
def test_the_application_holds_no_more_than_it_was_granted() -> None:
    with connection.cursor() as cursor:
        held = excess(cursor, _user()[0])
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tablename = ANY(%s)", [list(LIMITED)])
        (limited,) = cursor.fetchone()

    assert held == {}
    assert limited == len(LIMITED)


def test_a_ledger_is_seen_by_every_thread_and_by_nobody_else(ledger: Ledger) -> None:
    def inside() -> str:
        try:
            return _user()[1]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        names = {pool.submit(inside).result() for _ in range(4)}

    assert names == {ledger.name}


@pytest.mark.parametrize("turn", [1, 2])
def test_a_ledger_is_empty_each_time(ledger: Ledger, turn: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_session")
        (before,) = cursor.fetchone()
        cursor.execute("INSERT INTO django_session VALUES ('a', 'b', now())")

    assert before == 0


def test_a_test_that_asks_for_no_database_gets_none() -> None:
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        _user()
