"""The one door: what is written comes back as it was hashed, inside the action's transaction alone."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.platform.journal import MACHINE, record
from gongkai.platform.journal.models import Entry, Head
from gongkai.platform.journal.verify import verify
from gongkai.platform.organs.roles import RoleKind

from .writing import AT, WANG, write

pytestmark = pytest.mark.django_db
WORDS = st.text(alphabet=st.characters(blacklist_categories=()), max_size=20)  # also NUL and halves of surrogate pairs
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.decimals() | st.dates() | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4) | st.tuples(inner, inner),
    max_leaves=8,
)


def test_entries_link_on_from_the_first() -> None:
    first, second = write(), write()

    assert (first.number, second.number) == (1, 2)
    assert first.previous == "0" * 64
    assert second.previous == first.digest
    assert Head.objects.get(chain=5).digest == second.digest


def test_the_machine_has_no_person() -> None:
    entry = write(by=MACHINE)

    assert (entry.person, entry.role) == (None, "system")


@given(changes=st.dictionaries(WORDS, VALUES, max_size=5), reason=WORDS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_told_hashes_the_same_after_it_was_stored(changes: dict[str, object], reason: str) -> None:
    write(changes=changes, reason=reason)

    assert verify().holds


def test_numbers_that_a_database_would_round_are_told_as_text() -> None:
    write(changes={"fee": Decimal("1e5"), "share": 1e22, "on": date(2026, 3, 2), "kind": RoleKind.EDITOR, "set": {"乙", "甲"}})

    assert Entry.objects.get().changes == {"fee": "1E+5", "share": "1e+22", "on": "2026-03-02", "kind": "editor", "set": ["乙", "甲"]}


def test_what_is_no_plain_value_is_refused() -> None:
    with pytest.raises(TypeError, match="plain values"):
        write(changes={"thing": object()})


def test_a_moment_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"), transaction.atomic():
        record(WANG, "test.save", "test.thing:1", chain=5, at=datetime(2026, 3, 2))


def test_an_action_that_fails_leaves_no_entry() -> None:
    write()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(WANG, "test.save", "test.thing:1", chain=5, at=AT)
        _ = 1 / 0
    second = write()

    assert second.number == 2
    assert verify().holds


@pytest.mark.parametrize(
    "command",
    [
        "UPDATE journal_entry SET reason = 'x'",
        "DELETE FROM journal_entry",
        "TRUNCATE journal_entry",
        "ALTER TABLE journal_entry DISABLE TRIGGER journal_keep",
        "ALTER TABLE journal_entry ADD COLUMN more text",
        "DROP TRIGGER journal_append ON journal_entry",
        "CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "DROP TABLE journal_entry",
        "UPDATE journal_head SET number = 0",
        "DELETE FROM journal_head",
        "INSERT INTO journal_head VALUES (9, 1, '')",
        "TRUNCATE journal_head",
        "SET session_replication_role = replica",
    ],
)
def test_the_application_cannot(command: str) -> None:
    write()
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(command)

    assert verify().holds


@pytest.mark.parametrize(("number", "previous"), [(1, "0" * 64), (3, ""), (2, "f" * 64), (0, "0" * 64), (-1, "0" * 64)])
def test_an_entry_that_does_not_follow_the_head_is_refused(number: int, previous: str) -> None:
    first = write()
    forged = Entry(chain=5, number=number, at=AT, name="甲", role="editor", verb="v", subject="s", previous=previous or first.digest, digest="e" * 64)
    with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic():
        forged.save(force_insert=True)

    assert verify().holds


@pytest.mark.parametrize(("number", "previous"), [(2, "0" * 64), (1, "f" * 64)])
def test_a_chain_begins_with_entry_one(number: int, previous: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry(chain=8, number=number, at=AT, name="甲", role="editor", verb="v", subject="s", previous=previous, digest="e" * 64).save()

    assert not Head.objects.filter(chain=8).exists()
