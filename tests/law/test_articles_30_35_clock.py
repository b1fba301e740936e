"""答复期限: the rules of the clock in their order, each with the corners it has (条例第三十条至第三十五条、第四十二条)."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest

from gongkai.law.calendar import calendar
from gongkai.law.case import parse_case, parse_event
from gongkai.law.clock import Settings
from gongkai.law.errors import NotUnderstood
from gongkai.law.events import EVENTS
from gongkai.law.explanation import explain

from .asking import CN, ask, at, broken, day, received, steps

NO_RESTART = Settings(fee_restarts_clock=False)


def refused(today: str, *events: dict[str, Any]) -> str:
    with pytest.raises(NotUnderstood) as problem:
        ask(today, *events)
    assert problem.value.en
    return problem.value.zh


class TestRule1Receipt:
    """条例第三十一条: 收到申请之日."""

    @pytest.mark.parametrize("channel", ["in_person", "registered_post"])
    def test_rule_1_receipt_is_the_day_of_handing_in_or_signing(self, channel: str) -> None:
        now = ask("02-08", received("02-08", channel))

        assert (now.state, now.receipt, now.due) == ("open", day("02-08"), day("03-13"))

    @pytest.mark.parametrize("channel", ["ordinary_post", "online", "fax", "email"])
    def test_rule_1_receipt_awaits_confirmation_on_the_other_channels(self, channel: str) -> None:
        now = ask("03-30", received("02-08", channel))

        assert now.state == "awaiting_confirmation"
        assert (now.receipt, now.due, now.counted, now.remaining) == (None, None, None, None)
        assert (now.limit, now.overdue, now.provisional) == (20, False, False)

    @pytest.mark.parametrize("channel", ["ordinary_post", "online", "fax", "email"])
    def test_rule_1_receipt_is_the_day_of_confirmation(self, channel: str) -> None:
        now = ask("02-19", received("02-01", channel), at("02-08", "confirmed"))

        assert (now.state, now.receipt, now.due) == ("open", day("02-08"), day("03-13"))

    def test_rule_1_receipt_on_a_rest_day_counts_from_the_next_working_day(self) -> None:
        now = ask("02-19", received("02-11"))

        assert now.receipt == day("02-11")
        assert now.counted == 2

    def test_rule_1_nothing_but_confirmation_or_withdrawal_is_possible_before_receipt(self) -> None:
        says = refused("02-20", received("02-08", "online"), at("02-09", "replied", outcome="granted"))

        assert says.startswith("第2项 replied（2024-02-09）")
        assert "confirmed" in says
        assert ask("02-09", received("02-08", "online"), at("02-09", "withdrawn")).state == "withdrawn"

    def test_rule_1_a_channel_that_needs_no_confirmation_is_not_confirmed(self) -> None:
        assert "第2项 confirmed" in refused("02-20", received(), at("02-08", "confirmed"))


class TestRule2ReplyPeriod:
    """条例第三十三条第二款: 自收到申请之日起20个工作日内."""

    @pytest.mark.parametrize(
        ("receipt", "due"),
        [
            ("2019-05-15", "2019-06-13"), ("2020-01-20", "2020-02-25"), ("2021-02-08", "2021-03-12"),
            ("2022-09-29", "2022-11-01"), ("2023-01-17", "2023-02-17"), ("2024-02-08", "2024-03-13"),
            ("2024-09-12", "2024-10-16"), ("2025-01-24", "2025-02-27"), ("2025-09-26", "2025-10-30"),
            ("2026-02-13", "2026-03-19"), ("2026-09-18", "2026-10-22"),
        ],
    )  # fmt: skip
    def test_rule_2_reply_period_is_twenty_working_days(self, receipt: str, due: str) -> None:
        assert ask(receipt, received(receipt)).due == day(due)

    def test_rule_2_reply_period_counts_up_to_today(self) -> None:
        now = ask("02-23", received())

        assert (now.limit, now.counted, now.remaining) == (20, 7, 13)

    def test_rule_2_reply_period_on_the_day_of_receipt_has_counted_nothing(self) -> None:
        assert ask("02-08", received()).counted == 0

    def test_rule_2_reply_period_is_open_on_the_due_date_and_overdue_after_it(self) -> None:
        on_time, late = ask("03-13", received()), ask("03-15", received())

        assert (on_time.overdue, on_time.remaining) == (False, 0)
        assert (late.overdue, late.remaining) == (True, -2)

    def test_rule_2_reply_period_is_provisional_in_a_year_without_a_notice(self) -> None:
        now = ask("2026-12-10", received("2026-12-10"))

        assert now.provisional
        assert now.due == day("2027-01-07")

    def test_rule_2_reply_period_that_ends_in_a_known_year_is_not_provisional(self) -> None:
        assert not ask("2026-12-03", received("2026-12-03")).provisional

    def test_rule_2_reply_period_follows_the_calendar_of_the_place(self) -> None:
        there = ask("2025-03-28", received("2025-03-28"), days=calendar("cn-xinjiang"))

        assert ask("2025-03-28", received("2025-03-28")).due == day("2025-04-27")
        assert there.due == day("2025-04-28")


class TestRule3Correction:
    """条例第三十条: 自收到申请之日起7个工作日内一次性告知补正."""

    NOTICE = at("02-23", "correction_requested", answer_by="03-08")

    def test_rule_3_correction_stops_the_clock(self) -> None:
        now = ask("03-30", received(), self.NOTICE)

        assert (now.state, now.correct_by) == ("awaiting_correction", day("03-08"))
        assert (now.receipt, now.limit) == (day("02-08"), 20)
        assert (now.due, now.counted, now.remaining, now.overdue) == (None, None, None, False)

    def test_rule_3_correction_starts_the_period_afresh(self) -> None:
        now = ask("03-05", received(), self.NOTICE, at("03-04", "corrected"))

        assert (now.state, now.receipt, now.due, now.correct_by) == ("open", day("03-04"), day("04-01"), None)
        assert (now.counted, now.limit, now.violations) == (1, 20, ())

    def test_rule_3_correction_may_come_after_its_term_while_the_request_is_not_closed(self) -> None:
        assert ask("03-11", received(), self.NOTICE, at("03-11", "corrected")).receipt == day("03-11")

    def test_rule_3_correction_notice_after_seven_working_days_is_a_violation(self) -> None:
        now = ask("02-26", received(), at("02-26", "correction_requested", answer_by="03-08"))

        assert broken(now) == [("correction_late", "2024-02-26", "30")]
        assert (now.state, now.due, now.correct_by) == ("open", day("03-13"), None)

    def test_rule_3_correction_after_a_late_notice_does_not_restart_the_clock(self) -> None:
        late = at("02-26", "correction_requested", answer_by="03-08")
        now = ask("03-04", received(), late, at("03-04", "corrected"))

        assert (now.receipt, now.due) == (day("02-08"), day("03-13"))

    def test_rule_3_correction_asked_twice_while_waiting_is_a_violation(self) -> None:
        now = ask("02-27", received(), self.NOTICE, at("02-27", "correction_requested", answer_by="04-08"))

        assert broken(now) == [("correction_twice", "2024-02-27", "30")]
        assert (now.state, now.correct_by) == ("awaiting_correction", day("03-08"))

    def test_rule_3_correction_asked_again_after_the_correction_is_a_violation(self) -> None:
        again = at("03-05", "correction_requested", answer_by="03-20")
        now = ask("03-05", received(), self.NOTICE, at("03-04", "corrected"), again)

        assert broken(now) == [("correction_twice", "2024-03-05", "30")]
        assert (now.state, now.receipt) == ("open", day("03-04"))

    def test_rule_3_correction_not_made_lets_the_request_be_closed_from_the_next_day(self) -> None:
        close = at("03-09", "closed", outcome="other_no_correction")
        now = ask("03-09", received(), self.NOTICE, close)

        assert (now.state, now.due, now.correct_by) == ("closed", None, None)

    @pytest.mark.parametrize(("on", "outcome"), [("03-08", "other_no_correction"), ("03-09", "other_fee_unpaid")])
    def test_rule_3_correction_lapse_too_early_or_for_another_reason_is_refused(self, on: str, outcome: str) -> None:
        assert "第3项 closed" in refused("03-30", received(), self.NOTICE, at(on, "closed", outcome=outcome))

    def test_rule_3_correction_term_before_the_notice_is_refused(self) -> None:
        assert "answer_by" in refused("03-30", received(), at("02-20", "correction_requested", answer_by="02-19"))

    def test_rule_3_correction_is_counted_from_the_confirmation(self) -> None:
        now = ask("02-23", received("02-01", "online"), at("02-08", "confirmed"), self.NOTICE)

        assert now.violations == ()

    def test_rule_3_a_reply_without_waiting_for_the_correction_is_in_time(self) -> None:
        now = ask("03-04", received(), self.NOTICE, at("03-04", "replied", outcome="granted"))

        assert (now.state, now.violations, now.due, now.counted, now.remaining) == ("replied", (), None, None, None)


def letter(on: str, ref: str = "a", to: str = "third_party") -> dict[str, Any]:
    return at(on, "consultation_sent", ref=ref, to=to)


def delivered(on: str, ref: str = "a") -> dict[str, Any]:
    return at(on, "consultation_delivered", ref=ref)


def answered(on: str, ref: str = "a", answer: str = "consents") -> dict[str, Any]:
    return at(on, "consultation_answered", ref=ref, answer=answer)


class TestRule4Consultation:
    """条例第三十二条至第三十四条: 征求意见所需时间不计算在内."""

    def test_rule_4_consultation_pauses_from_the_day_after_sending_to_the_day_of_the_answer(self) -> None:
        now = ask("03-01", received(), letter("02-20"), delivered("02-21"), answered("02-23"))

        assert now.due == day("03-18")  # 2月21日、22日、23日不计
        assert now.counted == 9

    def test_rule_4_consultation_without_an_answer_ends_fifteen_working_days_after_delivery(self) -> None:
        now = ask("04-30", received(), letter("02-20"), delivered("02-22"))

        assert now.due == CN.add_workdays(day("03-13"), 17)

    def test_rule_4_consultation_without_a_known_delivery_is_reckoned_from_sending(self) -> None:
        now = ask("02-21", received(), letter("02-20"))

        assert now.due == CN.add_workdays(day("03-13"), 15)
        assert now.counted == 4

    def test_rule_4_consultation_answered_late_does_not_lengthen_the_pause(self) -> None:
        silent = ask("04-01", received(), letter("02-20"), delivered("02-20"))
        late = ask("04-01", received(), letter("02-20"), delivered("02-20"), answered("04-01"))

        assert late.due == silent.due

    def test_rule_4_consultation_answered_without_delivery_ends_with_the_answer(self) -> None:
        assert ask("02-23", received(), letter("02-20"), answered("02-21")).due == day("03-14")

    def test_rule_4_consultation_overlapping_another_is_counted_once(self) -> None:
        both = (letter("02-20", "a"), letter("02-21", "b"), answered("02-23", "a"), answered("02-26", "b"))

        assert ask("03-01", received(), *both).due == CN.add_workdays(day("03-13"), 4)

    def test_rule_4_consultation_inside_another_adds_nothing(self) -> None:
        both = (letter("02-20", "a"), letter("02-21", "b"), answered("02-22", "b"), answered("02-26", "a"))

        assert ask("03-01", received(), *both).due == CN.add_workdays(day("03-13"), 4)

    def test_rule_4_consultation_answered_on_a_rest_day_resumes_on_the_next_working_day(self) -> None:
        friday = ask("03-01", received(), letter("02-20"), answered("02-23"))
        sunday = ask("03-01", received(), letter("02-20"), answered("02-25"))

        assert friday.due == sunday.due

    def test_rule_4_consultation_answered_on_the_day_of_sending_pauses_nothing(self) -> None:
        assert ask("03-01", received(), letter("02-20"), answered("02-20")).due == day("03-13")

    def test_rule_4_consultation_sent_after_the_due_date_does_not_move_it(self) -> None:
        now = ask("03-20", received(), letter("03-14"))

        assert (now.due, now.overdue) == (day("03-13"), True)

    def test_rule_4_consultation_delivered_long_after_sending_pauses_all_the_way(self) -> None:
        now = ask("04-30", received(), letter("02-20"), delivered("03-20"))

        assert now.due is not None
        assert now.due == CN.add_workdays(CN.add_workdays(day("03-20"), 15), 16)

    @pytest.mark.parametrize("to", ["third_party", "co_maker", "other_organ"])
    def test_rule_4_consultation_pauses_alike_whoever_is_asked(self, to: str) -> None:
        assert ask("02-23", received(), letter("02-20", to=to), answered("02-23")).due == day("03-18")

    @pytest.mark.parametrize(
        "events",
        [
            (delivered("02-21"),),
            (answered("02-21"),),
            (letter("02-20"), letter("02-21")),
            (letter("02-20"), delivered("02-21"), delivered("02-22")),
            (letter("02-20"), answered("02-21"), answered("02-22")),
            (letter("02-20"), answered("02-21"), delivered("02-22")),
            (letter("02-20"), delivered("02-21", "b")),
        ],
    )
    def test_rule_4_consultation_letters_that_do_not_fit_are_refused(self, events: tuple[dict[str, Any], ...]) -> None:
        assert f"第{len(events) + 1}项 consultation_" in refused("03-30", received(), *events)


class TestRule5Extension:
    """条例第三十三条第二款: 延长的期限最长不得超过20个工作日."""

    def test_rule_5_extension_adds_to_the_limit(self) -> None:
        now = ask("03-13", received(), at("03-13", "extended", workdays=20))

        assert (now.limit, now.due, now.violations) == (40, day("04-11"), ())

    def test_rule_5_extension_after_the_due_date_is_a_violation(self) -> None:
        now = ask("03-14", received(), at("03-14", "extended", workdays=5))

        assert broken(now) == [("extension_late", "2024-03-14", "33")]
        assert (now.limit, now.due, now.overdue) == (20, day("03-13"), True)

    def test_rule_5_extension_twice_is_a_violation(self) -> None:
        now = ask("03-12", received(), at("03-11", "extended", workdays=5), at("03-12", "extended", workdays=5))

        assert broken(now) == [("extension_twice", "2024-03-12", "33")]
        assert now.limit == 25

    def test_rule_5_extension_of_more_than_twenty_days_is_a_violation_and_uses_nothing_up(self) -> None:
        long, short = at("03-11", "extended", workdays=21), at("03-12", "extended", workdays=20)
        now = ask("03-12", received(), long, short)

        assert broken(now) == [("extension_too_long", "2024-03-11", "33")]
        assert now.limit == 40

    def test_rule_5_extension_in_the_days_that_a_pause_added_is_in_time(self) -> None:
        now = ask("03-18", received(), letter("02-20"), answered("02-23"), at("03-18", "extended", workdays=1))

        assert now.violations == ()
        assert now.due == day("03-19")

    def test_rule_5_extension_while_the_applicant_has_something_to_do_is_refused(self) -> None:
        says = refused("03-30", received(), TestRule3Correction.NOTICE, at("02-26", "extended", workdays=5))

        assert "等待补正" in says


class TestRule6Fee:
    """条例第四十二条；国办函〔2020〕109号: 收费通知、缴费期限."""

    NOTICE = at("03-13", "fee_noticed", amount=6100)

    def test_rule_6_fee_notice_stops_the_clock_and_gives_twenty_working_days(self) -> None:
        now = ask("03-30", received(), self.NOTICE)

        assert (now.state, now.pay_by) == ("awaiting_fee", day("04-11"))
        assert (now.due, now.counted, now.remaining, now.overdue, now.limit) == (None, None, None, False, 20)

    def test_rule_6_fee_paid_starts_the_period_afresh(self) -> None:
        now = ask("04-01", received(), self.NOTICE, at("04-01", "fee_paid"))

        assert (now.state, now.receipt, now.due, now.pay_by) == ("open", day("04-01"), day("04-29"), None)

    def test_rule_6_fee_paid_does_not_restart_when_the_setting_is_off(self) -> None:
        events = (received(), at("03-11", "fee_noticed", amount=100), at("04-01", "fee_paid"))
        now = ask("04-02", *events, settings=NO_RESTART)

        assert (now.receipt, now.due) == (day("02-08"), day("04-03"))
        assert (now.counted, now.remaining) == (19, 1)

    def test_rule_6_fee_waiting_overlapping_a_consultation_is_counted_once_when_the_setting_is_off(self) -> None:
        events = (letter("03-07"), at("03-11", "fee_noticed", amount=100), answered("03-12"), at("03-13", "fee_paid"))
        now = ask("03-14", received(), *events, settings=NO_RESTART)

        assert now.due == CN.add_workdays(day("03-13"), 4)

    def test_rule_6_fee_notice_after_the_due_date_is_a_violation_and_takes_effect(self) -> None:
        now = ask("03-14", received(), at("03-14", "fee_noticed", amount=100))

        assert broken(now) == [("fee_notice_late", "2024-03-14", "42")]
        assert now.state == "awaiting_fee"

    def test_rule_6_fee_not_paid_lets_the_request_be_closed_from_the_next_day(self) -> None:
        now = ask("04-12", received(), self.NOTICE, at("04-12", "closed", outcome="other_fee_unpaid"))

        assert (now.state, now.pay_by) == ("closed", None)

    @pytest.mark.parametrize(("on", "outcome"), [("04-11", "other_fee_unpaid"), ("04-12", "other_no_correction")])
    def test_rule_6_fee_lapse_too_early_or_for_another_reason_is_refused(self, on: str, outcome: str) -> None:
        assert "第3项 closed" in refused("04-30", received(), self.NOTICE, at(on, "closed", outcome=outcome))

    def test_rule_6_fee_paid_late_but_before_closing_is_accepted_without_a_violation(self) -> None:
        now = ask("04-15", received(), self.NOTICE, at("04-15", "fee_paid"))

        assert (now.state, now.receipt, now.violations) == ("open", day("04-15"), ())

    def test_rule_6_fee_paid_without_a_notice_is_refused(self) -> None:
        assert "fee_noticed" in refused("04-15", received(), at("03-01", "fee_paid"))

    def test_rule_6_a_reply_without_waiting_for_the_fee_is_in_time(self) -> None:
        now = ask("04-15", received(), self.NOTICE, at("04-15", "replied", outcome="granted"))

        assert (now.state, now.violations, now.due, now.pay_by) == ("replied", (), None, None)


class TestRule7FreshStart:
    """补正、缴费之后答复期限重新计算."""

    NOTICE, CORRECTED = TestRule3Correction.NOTICE, at("03-04", "corrected")

    def test_rule_7_fresh_start_clears_pauses(self) -> None:
        events = (letter("02-19"), self.NOTICE, self.CORRECTED)

        assert ask("03-05", received(), *events).due == day("04-01")

    def test_rule_7_fresh_start_is_not_paused_by_an_answer_to_an_earlier_letter(self) -> None:
        events = (letter("02-19"), self.NOTICE, self.CORRECTED, delivered("03-05"), answered("03-11"))

        assert ask("03-11", received(), *events).due == day("04-01")

    def test_rule_7_fresh_start_is_paused_by_a_new_letter(self) -> None:
        events = (letter("02-19"), self.NOTICE, self.CORRECTED, letter("03-05", "b"), answered("03-06", "b"))

        assert ask("03-11", received(), *events).due == day("04-02")

    def test_rule_7_fresh_start_resets_the_limit_but_an_extension_stays_used(self) -> None:
        extended = at("02-20", "extended", workdays=10)
        now = ask("03-05", received(), extended, self.NOTICE, self.CORRECTED, at("03-05", "extended", workdays=5))

        assert (now.limit, now.due) == (20, day("04-01"))
        assert broken(now) == [("extension_twice", "2024-03-05", "33")]

    def test_rule_7_fresh_start_clears_a_delay(self) -> None:
        events = (at("02-20", "delayed", until="06-28"), at("02-21", "fee_noticed", amount=100), at("02-26", "fee_paid"))

        assert ask("03-05", received(), *events).due == CN.add_workdays(day("02-26"), 20)

    def test_rule_7_fresh_start_by_payment_after_a_correction(self) -> None:
        events = (self.NOTICE, self.CORRECTED, at("04-01", "fee_noticed", amount=100), at("04-03", "fee_paid"))
        now = ask("04-07", received(), *events)

        assert (now.receipt, now.counted, now.violations) == (day("04-03"), 1, ())


class TestRule8Delay:
    """条例第三十五条: 说明理由、延迟答复."""

    def test_rule_8_reasons_requested_do_not_stop_the_clock(self) -> None:
        now = ask("02-23", received(), at("02-19", "reasons_requested"), at("02-21", "reasons_given"))

        assert (now.state, now.due, now.counted) == ("open", day("03-13"), 7)

    def test_rule_8_delay_sets_the_due_date_and_leaves_the_limit(self) -> None:
        now = ask("03-20", received(), at("03-13", "delayed", until="05-31"))

        assert (now.due, now.limit, now.counted, now.remaining, now.overdue) == (day("05-31"), 20, 25, -5, False)

    def test_rule_8_delay_the_last_one_notified_wins(self) -> None:
        now = ask("05-20", received(), at("03-13", "delayed", until="05-31"), at("05-20", "delayed", until="05-24"))

        assert now.due == day("05-24")

    def test_rule_8_delay_after_the_due_date_is_a_violation_without_effect(self) -> None:
        now = ask("03-14", received(), at("03-14", "delayed", until="05-31"))

        assert broken(now) == [("delay_notice_late", "2024-03-14", "35")]
        assert (now.due, now.overdue) == (day("03-13"), True)

    def test_rule_8_delay_date_does_not_depend_on_any_calendar(self) -> None:
        now = ask("2026-12-10", received("2026-12-10"), at("2026-12-10", "delayed", until="2027-03-01"))

        assert (now.due, now.provisional) == (day("2027-03-01"), False)

    def test_rule_8_delay_to_a_day_before_its_notice_is_refused(self) -> None:
        assert "until" in refused("03-30", received(), at("03-01", "delayed", until="02-29"))

    def test_rule_8_reasons_given_without_being_asked_are_refused(self) -> None:
        assert "第2项 reasons_given" in refused("03-30", received(), at("03-01", "reasons_given"))

    def test_rule_8_an_extension_of_a_delayed_request_changes_the_limit_only(self) -> None:
        now = ask("03-14", received(), at("03-13", "delayed", until="05-31"), at("03-14", "extended", workdays=3))

        assert (now.due, now.limit, now.violations) == (day("05-31"), 23, ())


class TestRule9Reply:
    """条例第三十三条、第三十六条: 答复."""

    def test_rule_9_reply_on_the_due_date_is_in_time(self) -> None:
        now = ask("05-01", received(), at("03-13", "replied", outcome="partial"))

        assert (now.state, now.violations, now.counted, now.remaining) == ("replied", (), 20, 0)
        assert (now.due, now.overdue) == (day("03-13"), False)

    def test_rule_9_reply_after_the_due_date_is_late(self) -> None:
        now = ask("05-01", received(), at("03-15", "replied", outcome="granted"))

        assert broken(now) == [("reply_late", "2024-03-15", "33")]
        assert (now.state, now.overdue, now.remaining) == ("replied", False, -2)

    def test_rule_9_reply_by_the_delayed_date_is_in_time(self) -> None:
        delayed = at("02-20", "delayed", until="05-31")

        assert ask("05-31", received(), delayed, at("05-31", "replied", outcome="granted")).violations == ()

    def test_rule_9_reply_on_the_day_of_receipt(self) -> None:
        now = ask("02-08", received(), at("02-08", "replied", outcome="granted"))

        assert (now.counted, now.remaining) == (0, 20)

    def test_rule_9_a_withdrawn_request_has_no_due_date_and_is_never_overdue(self) -> None:
        now = ask("06-01", received(), at("03-20", "withdrawn"))

        assert (now.state, now.due, now.counted, now.overdue) == ("withdrawn", None, None, False)


class TestRule10Order:
    """Events are taken in their order; what cannot be is refused by name."""

    def test_rule_10_events_on_one_day_are_taken_in_the_order_given(self) -> None:
        notice, corrected = at("02-08", "correction_requested", answer_by="02-28"), at("02-08", "corrected")

        assert ask("02-08", received(), notice, corrected).state == "open"
        assert "第2项 corrected" in refused("02-08", received(), corrected, notice)

    def test_rule_10_an_event_before_its_predecessor_is_refused(self) -> None:
        assert refused("03-30", received(), at("02-07", "withdrawn")).startswith("第2项 withdrawn（2024-02-07）")

    @pytest.mark.parametrize("end", [at("02-20", "replied", outcome="granted"), at("02-20", "withdrawn")])
    def test_rule_10_nothing_follows_the_end(self, end: dict[str, Any]) -> None:
        assert "第3项 extended" in refused("03-30", received(), end, at("02-21", "extended", workdays=1))

    def test_rule_10_the_first_event_is_the_submission_and_there_is_only_one(self) -> None:
        assert "第1项 confirmed" in refused("03-30", at("02-08", "confirmed"))
        assert "第2项 submitted" in refused("03-30", received(), received())
        assert "submitted" in refused("03-30")

    def test_rule_10_a_second_correction_without_a_second_notice_is_refused(self) -> None:
        events = (TestRule3Correction.NOTICE, at("03-04", "corrected"), at("03-05", "corrected"))

        assert "第4项 corrected" in refused("03-30", received(), *events)

    def test_rule_10_an_open_request_is_not_simply_closed(self) -> None:
        assert "第2项 closed" in refused("03-30", received(), at("03-20", "closed", outcome="other_no_correction"))

    def test_rule_10_an_event_after_today_is_counted_as_told_and_pointed_out(self) -> None:
        events = received(), at("02-20", "withdrawn")

        assert ask("02-19", *events).state == "withdrawn"
        assert "第2项所记日期晚于当日" in explain(steps(*events), CN, day("02-19"))[-1].says


class TestWrittenCases:
    """What the command is given is read strictly."""

    GOOD: ClassVar[dict[str, Any]] = {"calendar": "cn", "today": "2024-02-23", "events": [received()]}

    def test_a_case_is_read(self) -> None:
        case = parse_case(self.GOOD)

        assert (case.calendar, case.today, case.events) == ("cn", day("02-23"), (parse_event(received()),))

    def test_every_kind_of_event_is_known(self) -> None:
        assert len({event.kind for event in EVENTS}) == len(EVENTS) == 16

    @pytest.mark.parametrize(
        "data",
        [
            None, [], "x", 3, {}, {**GOOD, "more": 1}, {**GOOD, "today": "2024-2-3"}, {**GOOD, "today": 20240203},
            {**GOOD, "today": "20240203"}, {**GOOD, "today": "2024-02-30"}, {**GOOD, "calendar": None},
            {**GOOD, "events": {}}, {**GOOD, "events": [None]}, {**GOOD, "events": [{"on": "2024-02-08"}]},
            {"calendar": "cn", "today": "2024-02-23"},
        ],
    )  # fmt: skip
    def test_a_case_that_is_not_one_is_refused(self, data: object) -> None:
        with pytest.raises(NotUnderstood) as refused:
            parse_case(data)

        assert "\n" not in refused.value.zh + refused.value.en

    @pytest.mark.parametrize(
        "event",
        [
            {**received(), "kind": "sent"}, {**received(), "kind": ["submitted"]}, {**received(), "channel": "pigeon"},
            {**received(), "channel": None}, {**received(), "note": "x"}, {"kind": "submitted", "on": "2024-02-08"},
            {**received(), "on": "2024-02-8"}, {**received(), "on": "２０２４-02-08"}, {**received(), "on": None},
            at("02-08", "extended", workdays="5"), at("02-08", "extended", workdays=0), at("02-08", "extended", workdays=True),
            at("02-08", "extended", workdays=2.5), at("02-08", "fee_noticed", amount="100"), at("02-08", "fee_noticed", amount=-1),
            at("02-08", "fee_noticed", amount=True), at("02-08", "fee_noticed", amount=0.001),
            at("02-08", "fee_noticed", amount=float("nan")), at("02-08", "fee_noticed", amount=1e300),
            at("02-08", "replied", outcome="nice"), at("02-08", "replied", outcome=None), at("02-08", "closed", outcome="granted"),
            letter("02-08", ref=""), letter("02-08", ref="a\nb"), letter("02-08", ref="\ud800"), letter("02-08", to="nobody"),
            answered("02-08", answer="maybe"), {**letter("02-08"), "ref": 7},
        ],
    )  # fmt: skip
    def test_an_event_that_is_not_one_is_refused_by_its_number(self, event: dict[str, Any]) -> None:
        with pytest.raises(NotUnderstood, match="第4项") as refused:
            parse_event(event, 4)

        assert "Event 4" in refused.value.en

    def test_a_case_at_the_end_of_the_calendar_is_refused_not_a_crash(self) -> None:
        with pytest.raises(NotUnderstood):
            ask("9999-12-30", received("9999-12-30"))

    def test_an_empty_list_has_no_steps(self) -> None:
        assert steps() == ()
