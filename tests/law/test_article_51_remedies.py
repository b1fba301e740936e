"""救济 (条例第五十一条；行政复议法；行政诉讼法；法释〔2025〕8号)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law import periods, remedies, replies
from gongkai.law.calendar import calendar
from gongkai.law.confidence import Confidence
from gongkai.law.errors import NotUnderstood
from gongkai.law.remedies import JUDGMENTS, TEXTS, Respondent, Result, Wording, last_day, remedy_text
from gongkai.law.replies import REPLIES, Redress

CN = calendar()
DENIED, GIVEN = replies.BY_KEY["denied_process_info"], replies.BY_KEY["provided"]


class TestTexts:
    """行政复议法第二十三条第一款第四项、第二款: 自2024年1月1日起复议前置，并应当告知."""

    def test_before_2024_a_refusal_offered_either_remedy(self) -> None:
        text = remedy_text(DENIED, date(2023, 12, 31))

        assert text is not None
        assert "或者" in text.zh and "应当" not in text.zh

    @pytest.mark.parametrize("on", [date(2024, 1, 1), date(2025, 5, 31), date(2025, 6, 1), date(2026, 11, 22)])
    def test_since_2024_a_refusal_goes_to_reconsideration_first(self, on: date) -> None:
        text = remedy_text(DENIED, on)

        assert text is not None
        assert "应当自收到本答复之日起60日内先向{body}申请行政复议" in text.zh
        assert "15日内" in text.zh
        assert text.confidence is Confidence.VERIFIED

    def test_since_june_2025_the_interpretation_is_cited(self) -> None:
        before, after = (remedy_text(GIVEN, on) for on in (date(2025, 5, 31), date(2025, 6, 1)))

        assert before is not None and after is not None
        assert "法释〔2025〕8号" not in before.basis
        assert "法释〔2025〕8号" in after.basis

    def test_a_disclosure_offers_either_remedy(self) -> None:
        text = remedy_text(GIVEN, date(2025, 7, 1))

        assert text is not None
        assert "60日内" in text.zh and "6个月内" in text.zh and "或者" in text.zh

    def test_a_withdrawal_carries_no_text(self) -> None:
        assert remedy_text(replies.BY_KEY["withdrawn"], date(2025, 7, 1)) is None

    @pytest.mark.parametrize("redress", [redress for redress in Redress if redress is not Redress.NONE])
    def test_exactly_one_text_is_valid_on_any_day(self, redress: Redress) -> None:
        first, last = date(2019, 5, 15), date(2027, 1, 1)
        for n in range(first.toordinal(), last.toordinal()):
            valid = [text for text in TEXTS if text.redress is redress and text.valid(date.fromordinal(n))]
            assert len(valid) == 1

    def test_no_text_is_given_for_a_day_before_the_regulation(self) -> None:
        with pytest.raises(NotUnderstood):
            remedy_text(GIVEN, date(2019, 5, 14))

    def test_the_gaps_are_filled_and_the_internet_channel_is_printed(self) -> None:
        text = remedy_text(DENIED, date(2025, 7, 1))
        assert text is not None
        printed = text.fill(body="某县人民政府", court="某县人民法院", channel="某平台")

        assert "先向某县人民政府申请行政复议（可以通过某平台提出）" in printed
        assert "{" not in printed
        assert "可以通过" not in text.fill(body="甲", court="乙")

    @pytest.mark.parametrize("gaps", [{"body": "", "court": "乙"}, {"body": "甲", "court": " "}])
    def test_a_gap_is_never_left_blank(self, gaps: dict[str, str]) -> None:
        text = remedy_text(DENIED, date(2025, 7, 1))

        assert text is not None
        with pytest.raises(NotUnderstood):
            text.fill(**gaps)

    def test_the_legal_office_may_word_a_text_of_its_own(self) -> None:
        reply = replies.BY_KEY["petition"]
        text = remedy_text(reply, date(2025, 7, 1), Wording({"petition": "可以向{body}或者{court}反映。"}))

        assert reply.editable
        assert text is not None and text.fill(body="甲", court="乙") == "可以向甲或者乙反映。"

    def test_every_reply_has_its_text_on_every_day(self) -> None:
        for reply in REPLIES:
            assert (remedy_text(reply, date(2024, 6, 1)) is None) == (reply.redress is Redress.NONE)


class TestTerms:
    """60日、6个月、15日: calendar days; a last day of rest moves on (民法典第二百零三条)."""

    @pytest.mark.parametrize(
        ("told", "last"),
        [("2024-03-13", "2024-05-13"), ("2024-08-02", "2024-10-08"), ("2025-01-02", "2025-03-03"), ("2024-04-01", "2024-05-31")],
    )
    def test_sixty_days_for_reconsideration(self, told: str, last: str) -> None:
        assert remedies.reconsider_by(date.fromisoformat(told), CN) == date.fromisoformat(last)

    def test_six_months_for_suing(self) -> None:
        assert remedies.sue_by(date(2024, 3, 13), CN) == date(2024, 9, 13)
        assert remedies.sue_by(date(2024, 8, 31), CN) == date(2025, 2, 28)
        assert remedies.sue_by(date(2024, 4, 1), CN) == date(2024, 10, 8)

    def test_fifteen_days_after_reconsideration(self) -> None:
        assert remedies.sue_after_reconsideration_by(date(2024, 9, 16), CN) == date(2024, 10, 8)

    @given(st.dates(date(2019, 6, 1), date(2025, 12, 1)), st.sampled_from(periods.PERIODS))
    def test_a_last_day_is_a_working_day_and_at_most_a_holiday_late(self, told: date, period: periods.Period) -> None:
        last = last_day(period, told, CN)

        assert CN.is_workday(last)
        if period.unit is periods.Unit.DAYS:
            assert timedelta(0) <= last - told - timedelta(days=period.length) <= timedelta(days=10)


class TestBodies:
    """行政复议法第二十四条至第二十八条."""

    def test_a_local_department_answers_to_its_own_government_only(self) -> None:
        assert remedies.BODY_OF[Respondent.DEPARTMENT].bodies == ("本级人民政府",)

    def test_a_vertical_organ_answers_to_the_department_above(self) -> None:
        assert remedies.BODY_OF[Respondent.VERTICAL].bodies == ("上一级主管部门",)

    def test_only_against_a_judicial_bureau_may_the_applicant_choose(self) -> None:
        choices = [body.respondent for body in remedies.BODIES if len(body.bodies) > 1]

        assert choices == [Respondent.JUDICIAL_BUREAU]


class TestResults:
    """年度报告格式表四: which judgments are 维持, 纠正, 其他."""

    @pytest.mark.parametrize(
        ("key", "result"),
        [
            ("upheld", Result.UPHELD), ("claim_rejected", Result.UPHELD), ("changed", Result.CORRECTED),
            ("revoked", Result.CORRECTED), ("unlawful", Result.CORRECTED), ("ordered", Result.CORRECTED),
            ("not_accepted", Result.OTHER), ("withdrawn", Result.OTHER), ("mediated", Result.OTHER), ("pending", Result.PENDING),
        ],
    )  # fmt: skip
    def test_a_judgment_has_its_column(self, key: str, result: Result) -> None:
        assert next(judgment for judgment in JUDGMENTS if judgment.key == key).result is result
