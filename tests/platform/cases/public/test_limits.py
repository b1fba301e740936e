"""Limits: counted in the database for all processes, refilled evenly, of no address and no number."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from gongkai.platform.cases import limits
from gongkai.platform.cases.limits import Limit, TooOften
from gongkai.platform.cases.models import Spent
from tests.platform.conftest import Ledger

NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)
FEW = Limit("test", 4, timedelta(minutes=8))


def tries_that_pass(number: int, at: datetime, what: str = "one") -> int:
    passed = 0
    for _ in range(number):
        try:
            limits.take([(FEW, what)], at)
        except TooOften:
            continue
        passed += 1
    return passed


@pytest.mark.django_db
class TestTaking:
    def test_so_many_at_once_and_then_one_by_one(self) -> None:
        assert tries_that_pass(9, NOW) == 4
        assert tries_that_pass(9, NOW + timedelta(minutes=2)) == 1
        assert tries_that_pass(9, NOW + timedelta(minutes=6)) == 2
        assert tries_that_pass(9, NOW + timedelta(minutes=60)) == 4

    def test_it_says_how_long_to_wait(self) -> None:
        tries_that_pass(4, NOW)

        with pytest.raises(TooOften) as refused:
            limits.take([(FEW, "one")], NOW)
        assert 119 <= refused.value.seconds <= 121
        assert "3 分钟" in limits.words(refused.value) or "2 分钟" in limits.words(refused.value)

    def test_one_counts_for_itself(self) -> None:
        tries_that_pass(9, NOW, "one")

        assert tries_that_pass(9, NOW, "other") == 4

    def test_where_one_limit_is_exhausted_the_other_is_not_used_up(self) -> None:
        tries_that_pass(9, NOW, "full")
        for _ in range(6):
            with pytest.raises(TooOften):
                limits.take([(FEW, "free"), (FEW, "full")], NOW)

        assert tries_that_pass(9, NOW, "free") == 4

    def test_a_try_that_succeeded_is_given_back(self) -> None:
        for _ in range(20):
            limits.take([(FEW, "one")], NOW)
            limits.give_back([(FEW, "one")])

        assert tries_that_pass(9, NOW) == 4

    def test_nothing_says_who_tried(self) -> None:
        limits.take([(FEW, "203.0.113.7")], NOW)

        assert "203" not in Spent.objects.get().key
        assert limits.sweep(NOW + timedelta(minutes=9)) == 1


def test_an_address_of_ipv6_counts_with_its_household() -> None:
    assert limits.network("2001:db8:1:2::1") == limits.network("2001:db8:1:2:ffff::9")
    assert limits.network("2001:db8:1:2::1") != limits.network("2001:db8:2:2::1")
    assert limits.network("::ffff:203.0.113.7") == limits.network("203.0.113.7") != limits.network("203.0.113.8")
    assert limits.network(None) == limits.network("nonsense")


def test_many_processes_share_one_count(ledger: Ledger) -> None:
    """Sixteen connections at once: exactly as many pass as may."""

    def one(_number: int) -> int:
        try:
            return tries_that_pass(5, NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        passed = sum(pool.map(one, range(16)))

    assert passed == 4
