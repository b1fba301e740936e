"""信息处理费."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.law.fees import Way
from gongkai.platform.cases import charges, recording
from gongkai.platform.cases.actions.charging import compute_fee, pay
from gongkai.platform.cases.actions.dividing import split
from gongkai.platform.cases.actions.ending import withdraw
from gongkai.platform.cases.charges import Computed
from gongkai.platform.cases.errors import Invalid, NotNow
from gongkai.platform.cases.models import Notice, Request
from gongkai.platform.cases.values import Asked
from gongkai.platform.organs import actions as organs
from gongkai.platform.organs.acting import MACHINE
from tests.platform.cases.factories import BEGIN, PEOPLE, Office, at, entered, office

from .making import applicant, day, kinds, last, served

pytestmark = pytest.mark.django_db


def computed(request: Request) -> Computed:
    found = charges.computed(recording.events_of(request))
    assert found is not None
    return found


def month(place: Office, number: int) -> list[Request]:
    """So many requests of one applicant, received in March."""
    return [entered(place, on=f"2026-03-{2 + n % 5:02d}") for n in range(number)]


def setting(place: Office, key: str, value: int) -> None:
    organs.change_settings(MACHINE, place.organ.pk, {key: bool(value)}, since=BEGIN, at=at("2026-01-05"))


class TestPerItem:
    """国办函〔2020〕109号第四条: 同一申请人一个自然月内累计；10件以下（含10件）的不收费，11—30件（含30件）的部分100元/件."""

    def test_the_eleventh_of_the_month_is_the_first_that_costs(self) -> None:
        place = office()
        eleventh = month(place, 11)[-1]
        tenth = Request.objects.filter(organ=place.organ).order_by("received_on", "pk")[9]
        for each in (eleventh, tenth):
            compute_fee(place.officer, each.pk, way="per_item", at=at("2026-03-09"))
        by_day = sorted((computed(each).first, computed(each).yuan) for each in (eleventh, tenth))

        assert (by_day[-1] == (10, Decimal(0))) and computed(tenth).first == 10

    def test_positions_follow_the_days_of_receipt_and_the_tiers_are_kept(self) -> None:
        place = office()
        month(place, 10)
        late = entered(place, on="2026-03-16")
        compute_fee(place.officer, late.pk, way="per_item", units=22, at=at("2026-03-17"))
        told = last(late, "fee_computed").facts

        assert (computed(late).first, computed(late).last, computed(late).yuan) == (11, 32, Decimal(2400))
        assert told["tiers"] == [{"first": 11, "last": 30, "rate": 100}, {"first": 31, "last": 32, "rate": 200}]
        assert (told["month"], told["yuan"]) == ("2026-03", 2400)

    def test_other_people_and_other_months_do_not_count(self) -> None:
        place = office()
        for _n in range(10):
            entered(place, on="2026-03-02", applicant=PEOPLE[1])
            entered(place, on="2026-02-27")
        mine = entered(place, on="2026-03-04")
        compute_fee(place.officer, mine.pk, way="per_item", at=at("2026-03-05"))

        assert (computed(mine).first, computed(mine).yuan) == (1, Decimal(0))

    def test_what_is_not_confirmed_is_not_received(self) -> None:
        place = office()
        for _n in range(10):
            entered(place, channel="email", on="2026-03-02")
        mine = entered(place, on="2026-03-04")
        compute_fee(place.officer, mine.pk, way="per_item", at=at("2026-03-05"))

        assert computed(mine).first == 1

    def test_split_units_are_counted_and_the_whole_is_not(self) -> None:
        """第四条：一件申请包含多项内容的，可以按照“一事一申请”原则，以合理的最小单位拆分计算件数."""
        place = office()
        whole = entered(place, on="2026-03-02")
        split(place.officer, whole.pk, [Asked(f"第{n}项", form="paper", obtaining="post") for n in range(12)], reason="各为一事", at=at("2026-03-03"))
        mine = entered(place, on="2026-03-04")
        compute_fee(place.officer, mine.pk, way="per_item", at=at("2026-03-05"))

        assert (computed(mine).first, computed(mine).yuan) == (13, Decimal(100))


class TestPerPage:
    """国办函〔2020〕109号: 按量计收，以单件政府信息公开申请为单位分别计算页数."""

    def test_the_pages_of_one_request(self) -> None:
        place = office()
        case = entered(place)
        compute_fee(place.officer, case.pk, way=Way.PER_PAGE, pages=236, at=at("2026-03-05"))

        assert (computed(case).yuan, computed(case).first) == (Decimal(4140), 0)

    def test_what_is_only_told_where_it_is_published_costs_no_pages(self) -> None:
        place = office()
        case = entered(place)
        compute_fee(place.officer, case.pk, way="per_page", pages=236, told_where=True, at=at("2026-03-05"))

        assert computed(case).yuan == 0

    def test_it_takes_no_position_among_the_items_unless_the_organ_says_so(self) -> None:
        place = office()
        for each in month(place, 10):
            compute_fee(place.officer, each.pk, way="per_page", pages=5, at=at("2026-03-09"))
        mine = entered(place, on="2026-03-16")
        compute_fee(place.officer, mine.pk, way="per_item", at=at("2026-03-17"))
        before = computed(mine)
        setting(place, "pages_take_positions", 1)
        compute_fee(place.officer, mine.pk, way="per_item", at=at("2026-03-17"))

        assert (before.first, computed(mine).first, computed(mine).yuan) == (1, 11, Decimal(100))


class TestOneWay:
    """第三条：对每件申请可以根据实际情况选择适用其中一种标准，但不得同时按照两种标准重复计算."""

    @pytest.mark.parametrize(("more", "field"), [({"way": "per_item", "pages": 3}, "way"), ({"way": "per_page", "units": 3, "pages": 3}, "way"), ({"way": "both"}, "way"), ({"way": "per_page"}, "pages"), ({"way": "per_item", "units": 0}, "units"), ({"way": "per_page", "pages": -1}, "pages")])
    def test_never_both(self, more: dict[str, object], field: str) -> None:
        place = office()
        case = entered(place)

        with pytest.raises(Invalid) as refused:
            compute_fee(place.officer, case.pk, at=at("2026-03-05"), **more)  # type: ignore[arg-type]
        assert list(refused.value.fields) == [field]

    def test_the_last_computation_holds_until_a_notice_is_served_and_none_after_it(self) -> None:
        place = office()
        case = entered(place)
        compute_fee(place.officer, case.pk, way="per_item", at=at("2026-03-05"))
        compute_fee(place.officer, case.pk, way="per_page", pages=40, at=at("2026-03-05"))
        amount = computed(case).yuan
        served(place, case, "fee_noticed", "2026-03-06", {"amount": int(amount)})
        pay(place.officer, case.pk, on=day("2026-03-09"), at=at("2026-03-09"))

        assert amount == 100
        with pytest.raises(NotNow, match="只收取一次"):
            compute_fee(place.officer, case.pk, way="per_item", at=at("2026-03-10"))

    def test_an_organ_that_charges_nothing_computes_nothing(self) -> None:
        place = office()
        setting(place, "charges", 0)
        case = entered(place)

        with pytest.raises(NotNow, match="不收取"):
            compute_fee(place.officer, case.pk, way="per_item", at=at("2026-03-05"))

    def test_a_fee_is_waived_with_its_reason(self) -> None:
        place = office()
        case = entered(place)
        compute_fee(place.officer, case.pk, way="per_page", pages=236, waived="经济确有困难", at=at("2026-03-05"))
        event = last(case, "fee_computed")

        assert computed(case).waived and computed(case).yuan == 0 and computed(case).charge.yuan == 4140
        assert "困难".encode() not in bytes(event.sealed or b"") and event.sealed is not None


class TestPayment:
    """国办函〔2020〕109号: 申请人应当从收到次日起20个工作日内缴纳；期满未缴纳的，视为放弃申请."""

    def test_the_period_begins_afresh_after_payment(self) -> None:
        place = office()
        case = entered(place, on="2026-03-02")
        noticed = served(place, case, "fee_noticed", "2026-03-06", {"amount": 100})
        done = pay(place.officer, case.pk, on=day("2026-03-12"), receipt="非税 0001", at=at("2026-03-12"))

        assert (noticed.state, noticed.due_on, noticed.pay_by) == ("awaiting_fee", None, day("2026-04-03"))
        assert (done.state, done.counts_from, done.due_on) == ("open", day("2026-03-12"), day("2026-04-10"))
        assert last(done, "fee_paid").facts == {"receipt": "非税0001"}
        assert Notice.objects.filter(request=case, key="fee_paid").exists()

    def test_where_the_organ_has_set_it_so_the_waiting_is_only_not_counted(self) -> None:
        place = office()
        setting(place, "fee_restarts_clock", 0)
        case = entered(place, on="2026-03-02")
        served(place, case, "fee_noticed", "2026-03-06", {"amount": 100})
        done = pay(place.officer, case.pk, on=day("2026-03-12"), at=at("2026-03-12"))

        assert (done.counts_from, done.due_on) == (day("2026-03-02"), day("2026-04-03"))

    def test_a_late_payment_is_taken_until_the_request_is_closed(self) -> None:
        place = office()
        late, closed = entered(place, on="2026-03-02"), entered(place, on="2026-03-02")
        for each in (late, closed):
            served(place, each, "fee_noticed", "2026-03-06", {"amount": 100})
        served(place, closed, "closed", "2026-04-07", {"outcome": "other_fee_unpaid"})
        done = pay(applicant(late), late.pk, on=day("2026-04-03"), at=at("2026-04-08"))

        assert (done.state, done.counts_from) == ("open", day("2026-04-08"))
        with pytest.raises(NotNow):
            pay(MACHINE, closed.pk, on=day("2026-04-03"), at=at("2026-04-08"))

    def test_nothing_is_paid_that_was_not_asked_for(self) -> None:
        place = office()
        case = entered(place)

        with pytest.raises(NotNow):
            pay(MACHINE, case.pk, on=day("2026-03-05"), at=at("2026-03-05"))

    def test_a_withdrawn_request_takes_no_payment(self) -> None:
        place = office()
        case = entered(place)
        served(place, case, "fee_noticed", "2026-03-06", {"amount": 100})
        withdraw(applicant(case), case.pk, on=day("2026-03-09"), at=at("2026-03-09"))

        with pytest.raises(NotNow):
            pay(place.officer, case.pk, on=day("2026-03-10"), at=at("2026-03-10"))
        assert kinds(case)[-1] == "withdrawn"
