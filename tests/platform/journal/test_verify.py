"""What a verification finds when somebody with every right has laid hands on the tables."""

from __future__ import annotations

import pytest
from django.db import connection
from psycopg import sql

from gongkai.platform.journal import heads
from gongkai.platform.journal.canonical import START, digest
from gongkai.platform.journal.models import Entry
from gongkai.platform.journal.verify import Break, verify
from tests.platform.conftest import Ledger

from .writing import AT, hand, write

CHANGED = {
    "chain": "9", "number": "40", "at": "at + interval '1 microsecond'", "person": "8", "name": "name || '甲'", "role": "'approver'",
    "verb": "'test.other'", "subject": "'test.thing:2'", "changes": """'{"title": ["旧", "改"], "tags": ["甲", "乙"]}'""",
    "reason": "''", "previous": "repeat('a', 64)", "digest": "repeat('b', 64)",
}  # fmt: skip


@pytest.fixture
def chains(ledger: Ledger) -> Ledger:
    """Five entries in chain 5, three in chain 6."""
    for n in range(5):
        write(chain=5, minutes=n)
    for n in range(3):
        write(chain=6, minutes=n)
    return ledger


def _breaks() -> list[tuple[int, int]]:
    connection.close()
    return [(found.chain, found.number) for found in verify().breaks]


def test_chains_that_nobody_touched_hold(chains: Ledger) -> None:
    proof = verify()

    assert proof.holds
    assert (proof.chains, proof.entries) == (2, 8)


def test_every_column_but_the_row_number_is_tried() -> None:
    assert {field.column for field in Entry._meta.fields} - set(CHANGED) == {"id"}


@pytest.mark.parametrize("column", CHANGED)
def test_a_column_changed_by_hand_is_found(chains: Ledger, column: str) -> None:
    with hand(chains) as link:
        change = sql.SQL("UPDATE journal_entry SET {} = {} WHERE chain = 5 AND number = 3")
        link.execute(change.format(sql.Identifier(column), sql.SQL(CHANGED[column])))

    assert (5, 3) in _breaks()
    assert verify(6).holds


def test_one_byte_is_enough(chains: Ledger) -> None:
    with hand(chains) as link:
        link.execute("UPDATE journal_entry SET reason = overlay(reason placing '子' from 4 for 1) WHERE chain = 5 AND number = 1")

    assert verify().breaks == (Break(5, 1, "内容与摘要不符"),)
    assert verify().breaks[0].sentence == "第 5 号链第 1 条：内容与摘要不符"


def test_an_entry_taken_out_of_the_middle_is_found(chains: Ledger) -> None:
    with hand(chains) as link:
        link.execute("DELETE FROM journal_entry WHERE chain = 5 AND number = 2")

    assert verify().breaks == (Break(5, 2, "缺第 2 条"),)


def test_an_entry_taken_out_and_the_gap_closed_is_found(chains: Ledger) -> None:
    with hand(chains) as link:
        link.execute("DELETE FROM journal_entry WHERE chain = 5 AND number = 2")
        for number in (3, 4, 5):
            link.execute("UPDATE journal_entry SET number = %s WHERE chain = 5 AND number = %s", [number - 1, number])

    assert _breaks() == [(5, 2)]


def test_a_cut_tail_is_found(chains: Ledger) -> None:
    with hand(chains) as link:
        link.execute("DELETE FROM journal_entry WHERE chain = 5 AND number > 3")
    found = verify().breaks

    assert [(broken.chain, broken.number) for broken in found] == [(5, 4)]
    assert "被删去" in found[0].why


def test_a_chain_emptied_is_found(chains: Ledger) -> None:
    with hand(chains) as link:
        link.execute("DELETE FROM journal_entry WHERE chain = 6")

    assert _breaks() == [(6, 1)]


def test_two_entries_swapped_are_found(chains: Ledger) -> None:
    with hand(chains) as link:
        for old, new in ((2, 99), (3, 2), (99, 3)):
            link.execute("UPDATE journal_entry SET number = %s WHERE chain = 5 AND number = %s", [new, old])

    assert _breaks() == [(5, 2)]


def test_an_entry_moved_into_another_chain_is_found(chains: Ledger) -> None:
    with hand(chains) as link:
        link.execute("UPDATE journal_entry SET chain = 6, number = 4 WHERE chain = 5 AND number = 5")

    assert _breaks() == [(5, 5), (6, 4)]


def test_a_number_given_twice_is_found(chains: Ledger) -> None:
    with hand(chains) as link:
        link.execute("ALTER TABLE journal_entry DROP CONSTRAINT journal_one_place_each")
        link.execute("UPDATE journal_entry SET number = 2 WHERE chain = 5 AND number = 3")

    assert verify().breaks == (Break(5, 3, "有两个第 2 条"),)


@pytest.mark.parametrize("change", ["SET digest = repeat('c', 64)", "SET number = 4", "SET number = 6"])
def test_a_forged_head_is_found(chains: Ledger, change: str) -> None:
    with hand(chains) as link:
        link.execute(sql.SQL("UPDATE journal_head {} WHERE chain = 5").format(sql.SQL(change)))  # type: ignore[arg-type]

    assert [chain for chain, _ in _breaks()] == [5]


def test_a_head_taken_away_is_found(chains: Ledger) -> None:
    with hand(chains) as link:
        link.execute("DELETE FROM journal_head WHERE chain = 5")

    assert verify().breaks == (Break(5, 5, "没有链头记录"),)


def _rewrite(ledger: Ledger, chain: int, upto: int = 0) -> None:
    """Somebody thorough: a reason changed and every later digest and the head made anew."""
    connection.close()
    entries = list(Entry.objects.filter(chain=chain).order_by("number"))
    entries = entries[: upto or None]
    entries[1].reason = "从来如此"
    last = START
    with hand(ledger) as link:
        link.execute("DELETE FROM journal_entry WHERE chain = %s AND number > %s", [chain, len(entries)])
        for entry in entries:
            entry.previous = last
            last = entry.digest = digest(entry)
            link.execute("UPDATE journal_entry SET reason = %s, previous = %s, digest = %s WHERE id = %s", [entry.reason, entry.previous, last, entry.pk])
        link.execute("UPDATE journal_head SET number = %s, digest = %s WHERE chain = %s", [len(entries), last, chain])


def test_a_history_rewritten_as_a_whole_differs_from_heads_kept_elsewhere(chains: Ledger) -> None:
    kept = heads.read(heads.written(heads.heads(), AT))
    write(chain=5)
    _rewrite(chains, 5)

    assert verify().holds
    assert _breaks() == []
    assert [(broken.chain, broken.number) for broken in verify(against=kept).breaks] == [(5, 5)]


def test_a_history_cut_and_its_head_set_back_differs_from_heads_kept_elsewhere(chains: Ledger) -> None:
    kept = heads.read(heads.written(heads.heads(), AT))
    _rewrite(chains, 5, upto=3)
    with hand(chains) as link:
        link.execute("DELETE FROM journal_entry WHERE chain = 6")
        link.execute("DELETE FROM journal_head WHERE chain = 6")
    found = verify(against=kept).breaks

    assert _breaks() == []
    assert [(broken.chain, broken.number) for broken in found] == [(5, 4), (6, 1)]
    assert "现在只有 3 条" in found[0].why


def test_entries_written_since_agree_with_heads_kept_elsewhere(chains: Ledger) -> None:
    kept = heads.read(heads.written(heads.heads(), AT))
    write(chain=5)
    write(chain=12)

    assert verify(against=kept).holds


def test_heads_are_copied_without_a_slip_or_refused(chains: Ledger) -> None:
    text = heads.written(heads.heads(), AT)

    assert [head.chain for head in heads.read("\ufeff" + text.replace("\n", "\r\n")).values()] == [5, 6]
    for wrong in (text.replace("5 5 ", "5 6 "), text.replace("\n6 ", "\n7 "), "\n".join(text.splitlines()[:-1]), "", "x\ny"):
        with pytest.raises(heads.NotHeads):
            heads.read(wrong)
