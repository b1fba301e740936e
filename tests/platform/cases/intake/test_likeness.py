"""Duplicates, earlier replies to the same applicant (Article 36(6)), and the applicant's calendar month (Article 42)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from gongkai.platform.cases import recording
from gongkai.platform.cases.actions import intake
from gongkai.platform.cases.choices import State
from gongkai.platform.cases.errors import NotFound
from gongkai.platform.cases.models import Request
from gongkai.platform.cases.queries.likeness import like
from gongkai.platform.cases.values import Applicant, Asked
from gongkai.platform.organs.dated import Dated
from tests.platform.cases.factories import Office, at, entered, office
from tests.platform.conftest import Ledger

from .making import ABDU, FIRM, HEATING, LAND, LIU, named

TODAY = date(2026, 3, 20)
SAME_LAND = Asked("关于县城东区征地补偿安置的方案", "2025年，批准文号不详")


def replied(place: Office, case: Request, on: str = "2026-03-10", reply: str = "provided", outcome: str = "granted") -> Request:
    """As serving a reply leaves it."""
    day = date.fromisoformat(on)

    def work(doing: recording.Doing) -> None:
        doing.happen("replied", day, law={"outcome": outcome}, facts={"reply": reply})

    return recording.act(place.officer, case.pk, "serve_letter", work, at=at(on))


@pytest.mark.django_db
class TestSameApplicant:
    def test_the_same_identity_number_is_the_same_applicant_whatever_the_name(self) -> None:
        place = office()
        case = entered(place, applicant=LIU, asked=HEATING)
        found = like(place.officer, place.organ.pk, replace(LIU, name="柳 如烟（曾用名）", identity_number=f"{LIU.identity_number[:6]} {LIU.identity_number[6:].lower()}", phone="", email=""), LAND, TODAY)

        assert [(each.id, each.basis, each.applicant) for each in found.same_applicant] == [(case.pk, "identity", "柳*烟")]
        assert (found.same_content, found.answered) == ((), ())

    def test_a_namesake_with_another_number_is_somebody_else(self) -> None:
        place = office()
        entered(place, applicant=named("柳如烟", "65312119770707123"))
        found = like(place.officer, place.organ.pk, replace(LIU, phone="", email=""), HEATING, TODAY)

        assert found.empty
        assert found.units == 0

    def test_the_same_name_without_a_number_may_be_the_same(self) -> None:
        place = office()
        entered(place, applicant=Applicant("柳如烟", address="某街"))

        assert [each.basis for each in like(place.officer, place.organ.pk, LIU, HEATING, TODAY).same_applicant] == ["name"]

    def test_the_same_telephone_is_shown_and_not_counted(self) -> None:
        place = office()
        entered(place, applicant=replace(ABDU, phone=LIU.phone))
        found = like(place.officer, place.organ.pk, replace(LIU, phone="+86 139-0000-0001", email=""), HEATING, TODAY)

        assert [each.basis for each in found.same_applicant] == ["contact"]
        assert (found.requests, found.same_applicant[0].same_applicant) == (0, False)

    def test_an_organisation_is_known_by_its_code(self) -> None:
        place = office()
        entered(place, applicant=FIRM, kind="business")

        assert [each.basis for each in like(place.officer, place.organ.pk, replace(FIRM, name="某某建筑"), HEATING, TODAY).same_applicant] == ["identity"]

    def test_the_request_itself_may_be_left_out(self) -> None:
        place = office()
        case = entered(place, applicant=LIU)

        assert like(place.officer, place.organ.pk, LIU, LAND, TODAY, but=case.pk).empty


@pytest.mark.django_db
class TestSameContent:
    def test_what_others_asked_in_much_the_same_words_comes_most_alike_first(self) -> None:
        place = office()
        alike = entered(place, applicant=ABDU, asked=SAME_LAND)
        exact = entered(place, applicant=FIRM, asked=LAND, kind="business")
        entered(place, applicant=FIRM, asked=HEATING, kind="business")
        found = like(place.officer, place.organ.pk, LIU, LAND, TODAY)

        assert [each.id for each in found.same_content] == [exact.pk, alike.pk]
        assert found.same_content[0].score == 1 > found.same_content[1].score >= 0.5
        assert found.same_applicant == ()

    def test_two_words_are_too_few_to_compare(self) -> None:
        place = office()
        entered(place, applicant=ABDU, asked=Asked("方案"))

        assert like(place.officer, place.organ.pk, LIU, Asked("方案"), TODAY).empty


def test_frequent_words_do_not_hide_what_is_alike(ledger: Ledger) -> None:
    place = office()
    with transaction.atomic():
        for number in range(60):
            entered(place, applicant=ABDU, asked=Asked(f"政府信息公开征地工作方案第{number}号附件", "2025年县城"))
        exact = entered(place, applicant=ABDU, asked=LAND)
    with ledger.admin() as link:
        link.execute("ANALYZE cases_request")
    found = like(place.officer, place.organ.pk, LIU, LAND, TODAY)

    assert [each.id for each in found.same_content] == [exact.pk]


@pytest.mark.django_db
class TestArticle36:
    """（六）行政机关已就申请人提出的政府信息公开申请作出答复、申请人重复申请公开相同政府信息的，告知申请人不予重复处理。"""

    def test_an_earlier_reply_to_the_same_applicant_is_found_with_its_number_and_day(self) -> None:
        place = office()
        case = replied(place, entered(place, applicant=LIU, asked=LAND))
        found = like(place.officer, place.organ.pk, LIU, SAME_LAND, TODAY)

        assert [(each.number, each.ended_on, each.reply, each.outcome) for each in found.answered] == [
            (case.number, date(2026, 3, 10), "provided", "granted")
        ]
        assert found.open == ()

    def test_what_was_answered_to_another_is_no_repetition(self) -> None:
        place = office()
        replied(place, entered(place, applicant=ABDU, asked=LAND))
        found = like(place.officer, place.organ.pk, LIU, LAND, TODAY)

        assert (len(found.same_content), found.answered) == (1, ())

    def test_the_same_request_still_open_is_told_apart(self) -> None:
        place = office()
        case = entered(place, applicant=LIU, asked=LAND)
        found = like(place.officer, place.organ.pk, LIU, LAND, TODAY)

        assert ([each.id for each in found.open], found.answered) == ([case.pk], ())


@pytest.mark.django_db
class TestCalendarMonth:
    """国办函〔2020〕109号：同一申请人一个自然月内累计。"""

    def test_the_month_is_counted_by_the_day_of_receipt(self) -> None:
        place = office()
        entered(place, applicant=LIU, on="2026-02-27")
        entered(place, applicant=LIU, on="2026-03-02", asked=HEATING)
        late = entered(place, channel="fax", applicant=LIU, on="2026-02-26")
        intake.confirm(place.officer, late.pk, on=date(2026, 3, 3), at=at("2026-03-03"))
        found = like(place.officer, place.organ.pk, LIU, HEATING, TODAY)

        assert (found.requests, found.units, found.position, found.rate, found.frequent) == (2, 2, 3, 0, False)
        assert like(place.officer, place.organ.pk, LIU, HEATING, date(2026, 2, 28)).units == 1

    def test_split_units_count_each_and_moved_requests_not_at_all(self) -> None:
        place = office()
        whole = entered(place, applicant=LIU)
        Request.objects.filter(pk__in=[entered(place, applicant=LIU).pk, entered(place, applicant=LIU).pk]).update(parent=whole)
        gone = entered(place, applicant=LIU)
        Request.objects.filter(pk=whole.pk).update(state=State.SPLIT.value)
        Request.objects.filter(pk=gone.pk).update(state=State.MOVED.value)
        found = like(place.officer, place.organ.pk, LIU, HEATING, TODAY)

        assert (found.requests, found.units) == (1, 2)

    def test_the_organs_own_setting_says_what_is_frequent_and_the_law_what_it_costs(self) -> None:
        place = office()
        place.organ.settings = [Dated("frequent_items", 3, date(2026, 3, 1)).stored()]
        place.organ.save()
        for _ in range(2):
            entered(place, applicant=LIU)

        assert like(place.officer, place.organ.pk, LIU, HEATING, TODAY).frequent
        for _ in range(8):
            entered(place, applicant=LIU)
        assert (like(place.officer, place.organ.pk, LIU, HEATING, TODAY).position, like(place.officer, place.organ.pk, LIU, HEATING, TODAY).rate) == (11, 100)

    def test_where_the_organ_does_not_charge_there_is_no_rate(self) -> None:
        place = office()
        place.organ.settings = [Dated("charges", False, date(2026, 1, 1)).stored()]
        place.organ.save()
        for _ in range(10):
            entered(place, applicant=LIU)

        assert like(place.officer, place.organ.pk, LIU, HEATING, TODAY).rate == 0


@pytest.mark.django_db
class TestWhoSees:
    def test_another_organs_requests_are_never_shown(self) -> None:
        place, other = office(), office("other")
        entered(other, applicant=LIU, asked=LAND)

        assert like(place.officer, place.organ.pk, LIU, LAND, TODAY).empty
        with pytest.raises(NotFound):
            like(place.officer, other.organ.pk, LIU, LAND, TODAY)

    def test_every_reading_role_may_ask_and_no_other(self) -> None:
        place = office()
        entered(place, applicant=LIU)

        for actor in (place.officer, place.head, place.approver, place.legal):
            assert not like(actor, place.organ.pk, LIU, LAND, TODAY).empty
        with pytest.raises(NotFound):
            like(place.editor, place.organ.pk, LIU, LAND, TODAY)

    def test_names_are_masked_and_long_numbers_left_out(self) -> None:
        place = office()
        entered(place, applicant=LIU, asked=Asked("柳如烟（653121199001011234）的征地补偿安置方案"))
        found = like(place.officer, place.organ.pk, LIU, LAND, TODAY).same_applicant[0]

        assert (found.applicant, found.title) == ("柳*烟", "某某（…）的征地补偿安置方案")

    def test_three_statements_however_much_there_is(self) -> None:
        place = office()
        for _ in range(5):
            entered(place, applicant=LIU)
        with CaptureQueriesContext(connection) as told:
            like(place.officer, place.organ.pk, LIU, LAND, TODAY)

        assert len(told) <= 3
