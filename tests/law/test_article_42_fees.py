"""信息处理费 (条例第四十二条；国办函〔2020〕109号)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.calendar import calendar
from gongkai.law.errors import NotUnderstood
from gongkai.law.fees import (
    MOST_ITEMS,
    Charged,
    MonthlyCount,
    Way,
    item_rate,
    page_rate,
    pay_by,
    per_item,
    per_page,
    shares,
)

PAGES = st.integers(0, 2000)
ITEMS = st.integers(0, 500)


class TestPerItem:
    """第四条: 按件计收，同一申请人一个自然月内累计，超额累进."""

    @pytest.mark.parametrize(
        ("items", "yuan"),
        [
            (0, 0), (10, 0), (11, 100), (30, 2000), (31, 2200), (40, 4000), (41, 4300), (47, 6100),
            (50, 7000), (51, 7400), (60, 11000), (100, 37000),
        ],
    )  # fmt: skip
    def test_the_check_values(self, items: int, yuan: int) -> None:
        assert per_item(items).yuan == yuan

    def test_the_tiers_explain_the_amount(self) -> None:
        tiers = [(tier.first, tier.last, tier.rate, tier.yuan) for tier in per_item(47).tiers]

        assert tiers == [(1, 10, 0, 0), (11, 30, 100, 2000), (31, 40, 200, 2000), (41, 47, 300, 2100)]

    @given(ITEMS)
    def test_it_is_the_sum_over_every_item(self, items: int) -> None:
        assert per_item(items).yuan == sum(item_rate(n) for n in range(1, items + 1))
        assert per_item(items).count == items

    @given(ITEMS, ITEMS)
    def test_a_month_in_two_parts_costs_what_it_costs_in_one(self, before: int, items: int) -> None:
        assert per_item(before).yuan + per_item(items, before).yuan == per_item(before + items).yuan

    @given(ITEMS)
    def test_a_further_item_never_costs_less_than_the_one_before(self, items: int) -> None:
        assert item_rate(items + 2) >= item_rate(items + 1) >= 0

    @pytest.mark.parametrize("items", [-1, MOST_ITEMS + 1, 10**30])
    def test_numbers_out_of_range_are_refused(self, items: int) -> None:
        with pytest.raises(NotUnderstood):
            per_item(items)


class TestPerPage:
    """第五条: 按量计收，每件申请单独计算."""

    @pytest.mark.parametrize(
        ("pages", "yuan"),
        [
            (0, 0), (30, 0), (31, 10), (57, 270), (72, 420), (100, 700), (101, 720), (109, 880), (119, 1080),
            (200, 2700), (201, 2740), (236, 4140), (500, 14700),
        ],
    )  # fmt: skip
    def test_the_check_values(self, pages: int, yuan: int) -> None:
        assert per_page(pages).yuan == yuan

    @given(PAGES)
    def test_it_is_the_sum_over_every_page(self, pages: int) -> None:
        assert per_page(pages).yuan == sum(page_rate(n) for n in range(1, pages + 1))

    @given(PAGES)
    def test_more_pages_never_cost_less(self, pages: int) -> None:
        assert per_page(pages + 1).yuan >= per_page(pages).yuan

    @pytest.mark.parametrize("pages", [-1, 10**10])
    def test_numbers_out_of_range_are_refused(self, pages: int) -> None:
        with pytest.raises(NotUnderstood):
            per_page(pages)


def march(n: int, **more: Any) -> Charged:
    return Charged(f"r{n}", date(2024, 3, 1 + n % 28), **more)


class TestOneApplicant:
    """第三条、第四条: each request carries its own part of the month, charged one way."""

    def test_the_worked_example(self) -> None:
        month = [Charged(f"r{n}", date(2024, 3, 5), units=2 if n < 2 else 1) for n in range(45)]
        found = shares(month)

        assert sum(share.charge.yuan for share in found) == 6100
        assert (list(found[-1].positions), found[-1].charge.yuan) == ([47], 300)

    def test_the_count_restarts_with_the_month(self) -> None:
        requests = [march(0, units=30), Charged("april", date(2024, 4, 1))]

        assert shares(requests)[-1].positions == range(1, 2)

    def test_split_units_take_positions_of_their_own(self) -> None:
        first, second = shares([march(0, units=9), march(1, units=3)])

        assert (second.positions, second.charge.yuan) == (range(10, 13), 200)
        assert first.charge.yuan == 0

    def test_a_request_is_never_charged_both_ways(self) -> None:
        with pytest.raises(NotUnderstood, match="只能选一种"):
            Charged("r", date(2024, 3, 1), units=1, pages=40)

    def test_a_request_charged_per_page_takes_no_position_unless_set(self) -> None:
        requests = [march(0, pages=57), march(1, units=11)]

        assert shares(requests)[1].charge.yuan == 100
        assert shares(requests)[0].charge.way is Way.PER_PAGE
        assert shares(requests, MonthlyCount(pages_take_positions=True))[1].charge.yuan == 200

    def test_pages_that_are_public_already_are_not_charged(self) -> None:
        told = Charged("r", date(2024, 3, 1), pages=236, only_told_where=True)

        assert shares([told])[0].charge.yuan == 0

    def test_a_request_that_does_not_count_takes_nothing(self) -> None:
        withdrawn, other = shares([Charged("w", date(2024, 3, 1), counts=False), march(5)])

        assert (len(withdrawn.positions), withdrawn.charge.yuan, other.positions) == (0, 0, range(1, 2))

    @pytest.mark.parametrize("more", [{"units": 0}, {"pages": 0}, {"units": -1}])
    def test_nothing_is_not_a_number_of_units(self, more: dict[str, int]) -> None:
        with pytest.raises(NotUnderstood):
            march(0, **more)

    @given(st.lists(st.tuples(st.dates(date(2024, 1, 20), date(2024, 3, 10)), st.integers(1, 9)), max_size=40))
    def test_the_parts_make_the_whole_of_every_month(self, told: list[tuple[date, int]]) -> None:
        found = shares(Charged(str(n), on, units=units) for n, (on, units) in enumerate(told))
        months: dict[int, int] = {}
        for on, units in told:
            months[on.month] = months.get(on.month, 0) + units

        assert sum(share.charge.yuan for share in found) == sum(per_item(items).yuan for items in months.values())
        for month, items in months.items():
            taken = sorted(n for s in found if s.request.received.month == month for n in s.positions)
            assert taken == list(range(1, items + 1))


class TestPayment:
    """自收到收费通知次日起20个工作日内."""

    def test_payment_is_due_in_twenty_working_days_not_thirty_days(self) -> None:
        assert pay_by(date(2024, 2, 8), calendar()) == date(2024, 3, 13)
