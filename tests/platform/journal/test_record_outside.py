"""The door outside a transaction, and under many hands at once, with real commits."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import close_old_connections, connection, transaction

from gongkai.platform.journal import hold, record
from gongkai.platform.journal.models import Entry
from gongkai.platform.journal.verify import verify
from tests.platform.conftest import Ledger

from .writing import AT, WANG, write


def test_outside_a_transaction_nothing_is_recorded(ledger: Ledger) -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        record(WANG, "test.save", "test.thing:1", chain=5, at=AT)

    assert Entry.objects.count() == 0


def test_many_writers_in_one_chain_never_fork_it(ledger: Ledger) -> None:
    def writer(turn: int) -> None:
        try:
            for n in range(15):
                write(chain=5, reason=f"{turn}-{n}")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(writer, range(8)))
    proof = verify()

    assert proof.holds
    assert proof.entries == 120
    assert sorted(Entry.objects.values_list("number", flat=True)) == list(range(1, 121))


def test_the_first_entry_of_a_chain_may_be_raced_for(ledger: Ledger) -> None:
    start = threading.Barrier(6)

    def writer(_: int) -> None:
        try:
            start.wait()
            write(chain=77)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(writer, range(6)))

    assert verify().holds
    assert Entry.objects.count() == 6


def test_a_writer_waits_for_its_own_chain_and_for_no_other(ledger: Ledger) -> None:
    done: dict[int, float] = {}
    held, leave = threading.Event(), threading.Event()

    def slow() -> None:
        try:
            with transaction.atomic():
                record(WANG, "test.save", "test.thing:1", chain=5, at=AT)
                held.set()
                leave.wait(10)
        finally:
            connection.close()

    def other(chain: int) -> None:
        try:
            write(chain=chain)
            done[chain] = time.monotonic()
        finally:
            connection.close()

    threads = [threading.Thread(target=slow)]
    threads[0].start()
    held.wait(10)
    threads += [threading.Thread(target=other, args=[chain]) for chain in (5, 6)]
    for thread in threads[1:]:
        thread.start()
    threads[2].join(10)
    waiting = 5 not in done
    let_go = time.monotonic()
    leave.set()
    for thread in threads:
        thread.join(10)

    assert waiting
    assert done[6] < let_go < done[5]
    assert verify().holds


def test_two_actions_that_write_into_the_same_chains_in_other_orders_do_not_lock_up(ledger: Ledger) -> None:
    def writer(turn: int) -> None:
        try:
            for _ in range(10):
                with transaction.atomic():
                    hold(3, 4)
                    for chain in (3, 4) if turn % 2 else (4, 3):
                        record(WANG, "test.save", "test.thing:1", chain=chain, at=AT)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(writer, range(4)))

    assert verify().entries == 80


def test_a_proof_made_while_others_write_sees_no_break(ledger: Ledger) -> None:
    stop = threading.Event()

    def writer() -> None:
        try:
            while not stop.is_set():
                write(chain=5)
        finally:
            connection.close()

    thread = threading.Thread(target=writer)
    thread.start()
    try:
        proofs = [verify() for _ in range(15)]
    finally:
        stop.set()
        thread.join(10)
        close_old_connections()

    assert all(proof.holds for proof in proofs)
    assert proofs[-1].entries > proofs[0].entries
