"""期限说明、逐日计算: what an officer pastes into the file."""

from __future__ import annotations

from gongkai.law.account import Reckoned, account
from gongkai.law.clock import Settings
from gongkai.law.explanation import explain, note

from .asking import CN, at, day, received, steps

LETTER = at("02-19", "consultation_sent", ref="甲", to="co_maker")
DELIVERED = at("02-20", "consultation_delivered", ref="甲")


def said(today: str, *events: dict[str, str], settings: Settings | None = None) -> list[str]:
    return [one.says for one in explain(steps(*events, settings=settings), CN, day(today), settings)]


class TestExplanation:
    """Every step is one sentence with its article."""

    def test_receipt_and_the_present_day(self) -> None:
        first, last = said("02-23", received())

        assert first == (
            "申请人提交申请（当面提交），以提交之日为收到申请之日（条例第三十一条第一项）；"
            "答复期限20个工作日自次日起算，届满日为2024年3月13日（条例第三十三条第二款）。"
        )
        assert last == "截至当日，答复期限20个工作日已计7个，尚余13个，届满日为2024年3月13日（条例第三十三条）。"

    def test_silence_of_a_co_maker_is_deemed_consent(self) -> None:
        sentences = said("04-30", received(), LETTER, DELIVERED)

        assert any("期限届满而未提出意见（甲），视为同意公开" in one for one in sentences)

    def test_silence_of_a_third_party_leaves_the_decision_to_the_organ(self) -> None:
        sentences = said("04-30", received(), {**LETTER, "to": "third_party"}, DELIVERED)

        assert any("由行政机关依照条例规定决定是否公开" in one for one in sentences)

    def test_silence_is_not_claimed_before_the_term_is_over(self) -> None:
        assert not any("未提出意见（" in one for one in said("03-12", received(), LETTER, DELIVERED))

    def test_a_violation_is_named_with_its_article(self) -> None:
        sentences = said("03-20", received(), at("03-14", "extended", workdays=5))

        assert sentences[1] == "告知延长答复期限5个工作日；延长答复期限未在期限届满前告知（条例第三十三条），该延长不发生效力。"
        assert "已逾期" in sentences[-1]

    def test_a_late_reply_is_named(self) -> None:
        assert "逾期答复" in said("03-20", received(), at("03-20", "replied", outcome="granted"))[1]

    def test_a_provisional_due_date_says_which_year_has_no_notice(self) -> None:
        assert "因2027年尚无放假通知，届满日为暂定" in said("2026-12-20", received("2026-12-20"))[-1]

    def test_the_fee_says_how_the_setting_counts(self) -> None:
        events = (received(), at("03-11", "fee_noticed", amount=100), at("03-20", "fee_paid"))

        assert "答复期限重新计算" in said("03-20", *events)[2]
        assert "自通知至缴费的时间不计入" in said("03-20", *events, settings=Settings(fee_restarts_clock=False))[2]

    def test_the_note_is_numbered_and_names_its_calendar(self) -> None:
        text = note(steps(received()), CN, day("02-23"))

        assert text.splitlines()[0] == "政府信息公开申请答复期限计算说明"
        assert text.splitlines()[1].startswith("1. 2024年2月8日：")
        assert "已收录2019—2026年放假通知" in text.splitlines()[-1]


class TestAccount:
    """Each day since receipt: counted or not, and why."""

    def test_every_kind_of_day_has_its_reason(self) -> None:
        days = {d.on: d for d in account(steps(received(), LETTER, at("02-20", "consultation_answered", ref="甲", answer="consents")), CN, day("02-24"))}

        assert days[day("02-08")].reckoned is Reckoned.RECEIPT
        assert (days[day("02-09")].reckoned, days[day("02-09")].nth) == (Reckoned.COUNTED, 1)
        assert days[day("02-12")].says == "星期一，春节放假，不计"
        assert days[day("02-18")].says == "星期日，春节调休上班，第2个工作日"
        assert days[day("02-20")].says == "星期二，征求意见（甲），不计（条例第三十三条第三款）"
        assert days[day("02-24")].reckoned is Reckoned.WEEKEND

    def test_waiting_for_the_applicant_is_not_counted_and_a_fresh_start_counts_anew(self) -> None:
        notice = at("02-20", "correction_requested", answer_by="03-10")
        days = {d.on: d for d in account(steps(received(), notice, at("02-23", "corrected")), CN, day("02-26"))}

        assert days[day("02-20")].nth == 4
        assert days[day("02-22")].reckoned is Reckoned.AWAITING_CORRECTION
        assert days[day("02-23")].says == "星期五，答复期限自当日重新计算，当日不计"
        assert days[day("02-26")].nth == 1

    def test_waiting_for_the_fee_without_a_restart(self) -> None:
        off = Settings(fee_restarts_clock=False)
        told = steps(received(), at("02-20", "fee_noticed", amount=1), at("02-22", "fee_paid"), settings=off)
        days = {d.on: d for d in account(told, CN, day("02-23"))}

        assert days[day("02-22")].reckoned is Reckoned.AWAITING_FEE
        assert days[day("02-23")].nth == 5

    def test_days_past_the_limit_say_so(self) -> None:
        assert account(steps(received()), CN, day("03-14"))[-1].says == "星期四，第21个工作日，已超过期限"

    def test_days_without_a_notice_say_so(self) -> None:
        last = account(steps(received("2026-12-31")), CN, day("2027-01-01"))[-1]

        assert last.provisional
        assert "尚无放假通知" in last.says

    def test_there_is_no_account_before_receipt(self) -> None:
        assert account(steps(received(channel="fax")), CN, day("03-01")) == ()
