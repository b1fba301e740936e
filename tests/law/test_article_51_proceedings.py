"""复议、诉讼的办理期限 (行政复议法第四十八条、第五十四条、第六十二条；行政诉讼法第六十七条、第八十一条、第八十三条、第八十五条)."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.law import periods, replies
from gongkai.law.calendar import calendar
from gongkai.law.confidence import Confidence
from gongkai.law.errors import NotUnderstood
from gongkai.law.proceedings import (
    Court,
    Procedure,
    Proceeding,
    answer_by,
    answer_period,
    appeal_by,
    court,
    decide_by,
    open_until,
)

CN = calendar()
RECONSIDERATION, LITIGATION = Proceeding.RECONSIDERATION, Proceeding.LITIGATION
ORDINARY, SIMPLIFIED = Procedure.ORDINARY, Procedure.SIMPLIFIED


class TestAnswer:
    """第四十八条: 十日; 第五十四条: 五日 (both working days, 第八十八条第二款); 行政诉讼法第六十七条: 十五日."""

    @pytest.mark.parametrize(
        ("proceeding", "procedure", "received", "last"),
        [
            (RECONSIDERATION, ORDINARY, "2024-09-09", "2024-09-24"),  # 中秋放假，9月14日调休上班
            (RECONSIDERATION, SIMPLIFIED, "2024-09-09", "2024-09-14"),
            (LITIGATION, ORDINARY, "2024-09-20", "2024-10-08"),  # 10月5日在假期内
            (LITIGATION, SIMPLIFIED, "2024-06-03", "2024-06-18"),
        ],
    )
    def test_the_day_of_receipt_is_not_counted(self, proceeding: Proceeding, procedure: Procedure, received: str, last: str) -> None:
        assert answer_by(proceeding, procedure, date.fromisoformat(received), CN) == date.fromisoformat(last)

    def test_before_2024_ten_days_were_calendar_days(self) -> None:
        assert answer_period(RECONSIDERATION, SIMPLIFIED, date(2023, 12, 31)) is periods.RECONSIDERATION_ANSWER_2017
        assert answer_by(RECONSIDERATION, ORDINARY, date(2023, 5, 8), CN) == date(2023, 5, 18)
        assert answer_by(RECONSIDERATION, ORDINARY, date(2024, 5, 8), CN) == date(2024, 5, 21)

    def test_every_one_of_these_terms_was_read_in_the_law(self) -> None:
        terms = [period for period in periods.PERIODS if period.key.startswith(("reconsideration_", "litigation_", "appeal"))]

        assert len(terms) >= 12
        assert all(period.confidence is Confidence.VERIFIED and "第" in period.basis for period in terms)


class TestDecision:
    """第六十二条: 六十日, 最多延长三十日; 简易程序三十日. 行政诉讼法第八十一条: 六个月; 第八十三条: 四十五日; 第八十八条: 三个月."""

    @pytest.mark.parametrize(
        ("proceeding", "procedure", "appealed", "last"),
        [
            (RECONSIDERATION, ORDINARY, False, "2024-05-06"),  # 5月3日在假期内
            (RECONSIDERATION, SIMPLIFIED, False, "2024-04-03"),
            (LITIGATION, ORDINARY, False, "2024-09-04"),
            (LITIGATION, SIMPLIFIED, False, "2024-04-18"),
            (LITIGATION, ORDINARY, True, "2024-06-04"),
        ],
    )
    def test_the_terms_run_from_acceptance(self, proceeding: Proceeding, procedure: Procedure, appealed: bool, last: str) -> None:
        assert decide_by(proceeding, procedure, date(2024, 3, 4), CN, appealed=appealed) == date.fromisoformat(last)

    def test_an_ordinary_reconsideration_is_prolonged_by_thirty_days_at_most(self) -> None:
        assert decide_by(RECONSIDERATION, ORDINARY, date(2024, 3, 4), CN, extended=30) == date(2024, 6, 3)
        with pytest.raises(NotUnderstood, match="30日"):
            decide_by(RECONSIDERATION, ORDINARY, date(2024, 3, 4), CN, extended=31)

    @pytest.mark.parametrize(("proceeding", "procedure"), [(RECONSIDERATION, SIMPLIFIED), (LITIGATION, ORDINARY)])
    def test_nothing_else_is_prolonged_so(self, proceeding: Proceeding, procedure: Procedure) -> None:
        with pytest.raises(NotUnderstood):
            decide_by(proceeding, procedure, date(2024, 3, 4), CN, extended=10)

    def test_a_judgment_is_appealed_in_fifteen_days_and_a_ruling_in_ten(self) -> None:
        assert appeal_by(date(2024, 3, 4), CN) == date(2024, 3, 19)
        assert appeal_by(date(2024, 3, 4), CN, ruling=True) == date(2024, 3, 14)


class TestOpenUntil:
    """What the applicant is told: counted from delivery; a refusal under Arts 14–16 goes to reconsideration first since 2024."""

    def test_a_refusal_goes_to_reconsideration_first(self) -> None:
        found = open_until(replies.BY_KEY["denied_process_info"], date(2025, 7, 1), date(2025, 7, 3), CN)

        assert found is not None
        assert (found.first, found.sue_by, found.reconsider_by) == (True, None, date(2025, 9, 1))

    def test_before_2024_a_refusal_could_be_sued_at_once(self) -> None:
        found = open_until(replies.BY_KEY["denied_process_info"], date(2023, 12, 29), date(2024, 1, 4), CN)

        assert found is not None
        assert (found.first, found.sue_by) == (False, date(2024, 7, 4))

    def test_a_disclosure_leaves_the_choice_and_a_withdrawal_opens_nothing(self) -> None:
        found = open_until(replies.BY_KEY["provided"], date(2025, 7, 1), date(2025, 7, 3), CN)

        assert found is not None
        assert (found.first, found.reconsider_by, found.sue_by) == (False, date(2025, 9, 1), date(2026, 1, 4))
        assert open_until(replies.BY_KEY["withdrawn"], date(2025, 7, 1), date(2025, 7, 3), CN) is None


class TestCourt:
    """行政诉讼法第十四条、第十五条."""

    def test_governments_from_the_county_up_answer_to_the_intermediate_court(self) -> None:
        assert court(of_state_council=False, county_government_or_above=True) is Court.INTERMEDIATE
        assert court(of_state_council=True, county_government_or_above=False) is Court.INTERMEDIATE
        assert court(of_state_council=False, county_government_or_above=False) is Court.BASIC
