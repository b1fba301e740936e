"""The clock held against the conventions told once more, day by day, on thousands of invented requests."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.law.account import Reckoned, account
from gongkai.law.calendar import calendar
from gongkai.law.case import parse_event
from gongkai.law.clock import Settings
from gongkai.law.conduct import BY_KEY
from gongkai.law.errors import NotUnderstood
from gongkai.law.events import BY_KIND
from gongkai.law.explanation import explain, note
from gongkai.law.request import Step, follow, standing

from .asking import CN
from .reference import Reference, Refused

GAPS = st.sampled_from([0, 0, 1, 1, 2, 3, 4, 5, 6, 8, 12, 20, 35])
CHANNELS = st.sampled_from(["in_person", "registered_post", "online", "fax"])
FREQUENT = ["consultation_sent", "consultation_delivered", "consultation_answered", "extended", "correction_requested", "corrected"]
ENDS = ("replied", "withdrawn", "closed")
KINDS = st.sampled_from(list(BY_KIND))
UNDER_WAY = st.sampled_from([*FREQUENT, *FREQUENT, *(kind for kind in BY_KIND if kind not in ENDS)])
REFS = st.sampled_from("abc")


def invented(draw: st.DrawFn, kind: str, on: date) -> dict[str, Any]:
    event: dict[str, Any] = {"kind": kind, "on": on}
    match kind:
        case "submitted":
            event["channel"] = draw(CHANNELS)
        case "correction_requested":
            event["answer_by"] = on + timedelta(days=draw(st.integers(0, 20)))
        case "consultation_sent":
            event |= {"ref": draw(REFS), "to": draw(st.sampled_from(["third_party", "co_maker", "other_organ"]))}
        case "consultation_delivered":
            event["ref"] = draw(REFS)
        case "consultation_answered":
            event |= {"ref": draw(REFS), "answer": "objects"}
        case "extended":
            event["workdays"] = draw(st.integers(1, 22))
        case "delayed":
            event["until"] = on + timedelta(days=draw(st.integers(0, 90)))
        case "fee_noticed":
            event["amount"] = 100
        case "replied":
            event["outcome"] = "granted"
        case "closed":
            event["outcome"] = draw(st.sampled_from(["other_no_correction", "other_fee_unpaid"]))
    return event


def written(event: dict[str, Any]) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, date) else value for name, value in event.items()}


def followed(told: list[dict[str, Any]], settings: Settings | None = None) -> tuple[Step, ...]:
    return follow([parse_event(written(event), n) for n, event in enumerate(told, 1)], CN, settings)


@st.composite
def requests(draw: st.DrawFn, fee_restarts: bool = True) -> tuple[list[dict[str, Any]], date, Reference]:
    """Events that the conventions admit, a day to ask on, and what the reference makes of them."""
    on = draw(st.dates(date(2018, 12, 1), date(2026, 12, 1)))
    reference = Reference(fee_restarts)
    told = [invented(draw, "submitted", on)]
    reference.take(told[0])
    further = draw(st.lists(UNDER_WAY, max_size=14)) + draw(st.lists(st.sampled_from(ENDS), max_size=1))
    for kind in ["confirmed", *further] if reference.state == "awaiting_confirmation" and further else further:
        event = invented(draw, kind, on := on + timedelta(days=draw(GAPS)))
        attempt = deepcopy(reference)
        try:
            attempt.take(event)
        except Refused:
            continue
        reference = attempt
        told.append(event)
    return told, on + timedelta(days=draw(GAPS)), reference


class TestAgainstTheReference:
    """10-clock-conventions, rules 1–10, twice written."""

    @settings(max_examples=300, deadline=None)
    @given(requests())
    def test_the_clock_and_a_walk_through_the_days_agree(self, case: tuple[list[dict[str, Any]], date, Reference]) -> None:
        told, today, reference = case
        now = standing(followed(told), CN, today)

        assert (now.state, now.receipt, now.limit) == (reference.state, reference.start, reference.limit)
        assert now.due == reference.due()
        assert now.counted == reference.counted(today)
        assert (now.pay_by, now.correct_by) == (reference.pay_by(), reference.correct_by())
        assert [(v.rule, v.on) for v in now.violations] == reference.violations

    @settings(max_examples=100, deadline=None)
    @given(requests(fee_restarts=False))
    def test_they_agree_when_payment_does_not_restart_the_period(
        self, case: tuple[list[dict[str, Any]], date, Reference]
    ) -> None:
        told, today, reference = case
        now = standing(followed(told, Settings(fee_restarts_clock=False)), CN, today)

        assert (now.due, now.counted) == (reference.due(), reference.counted(today))

    @settings(max_examples=200, deadline=None)
    @given(requests(), KINDS, st.data())
    def test_they_refuse_the_same_events(
        self, case: tuple[list[dict[str, Any]], date, Reference], kind: str, data: st.DataObject
    ) -> None:
        told, today, reference = case
        event = data.draw(st.composite(invented)(kind, today))
        try:
            reference.take(event)
        except Refused:
            admitted = False
        else:
            admitted = True
        try:
            followed([*told, event])
        except NotUnderstood as refused:
            assert not admitted
            assert refused.zh.startswith(f"第{len(told) + 1}项 {kind}（{today}）")
        else:
            assert admitted


class TestInvariants:
    """What holds whatever happens to a request."""

    @settings(max_examples=150, deadline=None)
    @given(requests())
    def test_counted_and_remaining_make_the_limit(self, case: tuple[list[dict[str, Any]], date, Reference]) -> None:
        told, today, _ = case
        now = standing(followed(told), CN, today)

        assert (now.counted is None) == (now.remaining is None) == (now.due is None)
        if now.counted is not None and now.remaining is not None:
            assert now.counted + now.remaining == now.limit

    @settings(max_examples=150, deadline=None)
    @given(requests())
    def test_a_due_date_that_was_not_fixed_by_notice_is_a_working_day(
        self, case: tuple[list[dict[str, Any]], date, Reference]
    ) -> None:
        told, today, reference = case
        now = standing(followed(told), CN, today)

        if now.due is not None and reference.delayed is None:
            assert CN.is_workday(now.due)
            assert now.receipt is not None and now.due > now.receipt
            assert now.overdue == (now.state == "open" and today > now.due)

    @settings(max_examples=100, deadline=None)
    @given(requests(), st.integers(1, 3))
    def test_the_beginning_of_a_request_is_followed_as_it_was(
        self, case: tuple[list[dict[str, Any]], date, Reference], fewer: int
    ) -> None:
        told, _, _ = case
        fewer = min(fewer, len(told) - 1)
        rest = len(told) - fewer

        assert followed(told)[:rest] == followed(told[:rest])

    @settings(max_examples=100, deadline=None)
    @given(requests(), st.integers(0, 20))
    def test_a_further_letter_never_brings_the_due_date_forward(
        self, case: tuple[list[dict[str, Any]], date, Reference], days: int
    ) -> None:
        told, today, reference = case
        if reference.state != "open":
            return
        sent = {"kind": "consultation_sent", "on": today, "ref": "new", "to": "third_party"}
        before, after = followed(told)[-1].after, followed([*told, sent])[-1].after
        answer = {"kind": "consultation_answered", "on": today + timedelta(days=days), "ref": "new", "answer": "consents"}
        answered = followed([*told, sent, answer])[-1].after

        assert before.due(CN) <= answered.due(CN) <= after.due(CN)  # type: ignore[operator]

    @settings(max_examples=100, deadline=None)
    @given(requests())
    def test_the_account_of_days_ends_at_what_is_counted(self, case: tuple[list[dict[str, Any]], date, Reference]) -> None:
        told, today, _ = case
        steps = followed(told)
        days = account(steps, CN, today)
        now = standing(steps, CN, today)

        assert (days == ()) == (now.receipt is None)
        assert [day.on for day in days] == [days[0].on + timedelta(days=n) for n in range(len(days))]
        assert all(day.make_up == (CN.make_up(day.on) is not None) for day in days)
        assert all(day.nth is None or CN.is_workday(day.on) for day in days)
        if now.counted is not None:
            since = [day for day in days if now.receipt is not None and day.on >= now.receipt]
            assert sum(day.reckoned is Reckoned.COUNTED for day in since) == now.counted

    @settings(max_examples=100, deadline=None)
    @given(requests())
    def test_every_event_is_explained_with_its_article(self, case: tuple[list[dict[str, Any]], date, Reference]) -> None:
        told, today, _ = case
        steps = followed(told)
        said = explain(steps, CN, today)

        assert len(said) >= len(told) + 1
        assert [one.on for one in said] == sorted(one.on for one in said)
        assert all(one.says.endswith("。") and "\n" not in one.says and "未定" not in one.says for one in said)
        assert all("条" in one.says or "办结" in one.says or "109号" in one.says for one in said)
        assert note(steps, CN, today).count("\n") == len(said) + 1

    @settings(max_examples=60, deadline=None)
    @given(requests())
    def test_a_violation_names_a_rule_and_its_article(self, case: tuple[list[dict[str, Any]], date, Reference]) -> None:
        told, today, _ = case

        for found in standing(followed(told), CN, today).violations:
            assert BY_KEY[found.rule].article == found.article

    @given(st.dates(date(2025, 1, 1), date(2025, 12, 31)))
    def test_a_calendar_with_more_rest_days_is_never_due_earlier(self, on: date) -> None:
        events = [parse_event({"kind": "submitted", "on": str(on), "channel": "in_person"})]
        here, there = (follow(events, days)[-1].after.due(days) for days in (CN, calendar("cn-xinjiang")))

        assert here is not None and there is not None and here <= there
