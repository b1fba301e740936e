"""Where a remedy stands after its events: pure, by the terms of gongkai.law."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.calendar import calendar
from gongkai.law.errors import NotUnderstood
from gongkai.law.proceedings import Procedure
from gongkai.law.remedies import JUDGMENTS
from gongkai.platform.cases.remedying import (
    BY_KEY,
    EVENTS,
    Kind,
    RemedyHappened,
    RemedyStanding,
    effective,
    standing_of_remedy,
)

CN = calendar()
FILED = date(2024, 3, 4)


def told(*events: tuple[str, str] | tuple[str, str, dict[str, object]], first: dict[str, object] | None = None) -> list[RemedyHappened]:
    rows = [RemedyHappened(1, "filed", FILED, first or {})]
    for number, (kind, on, *facts) in enumerate(events, start=2):
        rows.append(RemedyHappened(number, kind, date.fromisoformat(on), facts[0] if facts else {}))  # type: ignore[arg-type]
    return rows


def standing(kind: str, *events: tuple[str, str] | tuple[str, str, dict[str, object]], first: dict[str, object] | None = None) -> RemedyStanding:
    return standing_of_remedy(kind, told(*events, first=first), CN)


class TestTerms:
    """行政复议法第四十八条、第五十四条；行政诉讼法第六十七条: our term runs from the day the copy came."""

    @pytest.mark.parametrize(
        ("kind", "procedure", "by"),
        [
            ("reconsideration", "ordinary", "2024-03-18"), ("reconsideration", "simplified", "2024-03-11"),
            ("litigation_direct", "ordinary", "2024-03-19"), ("litigation_after_reconsideration", "simplified", "2024-03-19"),
        ],
    )  # fmt: skip
    def test_the_answer_is_due_by_the_law(self, kind: str, procedure: str, by: str) -> None:
        now = standing(kind, first={"procedure": procedure})

        assert now.answer_by == now.next_on == date.fromisoformat(by)

    def test_a_complaint_has_only_the_term_that_its_body_set(self) -> None:
        assert standing("complaint").next_on is None
        assert standing("complaint", first={"answer_by": "2024-03-25"}).next_on == date(2024, 3, 25)

    def test_an_answer_closes_its_term_and_a_late_one_is_seen(self) -> None:
        in_time, late = standing("reconsideration", ("answered", "2024-03-18")), standing("reconsideration", ("answered", "2024-03-19"))

        assert (in_time.next_on, in_time.answered_late) == (None, False)
        assert late.answered_late

    def test_a_turn_to_ordinary_procedure_gives_the_ordinary_terms(self) -> None:
        now = standing("reconsideration", ("accepted", "2024-03-01"), ("procedure_changed", "2024-03-05"), first={"procedure": "simplified"})

        assert (now.procedure, now.answer_by, now.decide_by) == (Procedure.ORDINARY, date(2024, 3, 18), date(2024, 4, 30))

    def test_a_hearing_is_a_day_of_ours_until_it_was_held(self) -> None:
        now = standing("reconsideration", ("answered", "2024-03-10"), ("hearing_set", "2024-03-12", {"held_on": "2024-03-28"}))

        assert now.next_on == date(2024, 3, 28)
        assert standing("reconsideration", ("answered", "2024-03-10"), ("hearing_set", "2024-03-12", {"held_on": "2024-03-28"}), ("heard", "2024-03-28")).next_on is None

    def test_the_bodys_term_is_shown_and_is_not_ours(self) -> None:
        now = standing("reconsideration", ("accepted", "2024-02-28"), ("answered", "2024-03-10"))

        assert now.decide_by == date(2024, 4, 28)
        assert [(term.key, term.ours) for term in now.terms] == [("decide", False)]
        assert now.next_on is None

    def test_the_body_may_prolong_suspend_and_resume(self) -> None:
        prolonged = standing("reconsideration", ("accepted", "2024-03-01"), ("prolonged", "2024-04-20", {"until": "2024-05-30"}))
        suspended = standing("reconsideration", ("accepted", "2024-03-01"), ("suspended", "2024-03-20"))

        assert prolonged.decide_by == date(2024, 5, 30)
        assert (suspended.suspended, suspended.decide_by) == (True, None)
        with pytest.raises(NotUnderstood):
            standing("reconsideration", ("resumed", "2024-03-20"))


class TestResults:
    """Four columns of table four, by gongkai.law.remedies.JUDGMENTS."""

    @pytest.mark.parametrize("judgment", [each for each in JUDGMENTS if each.key != "pending"], ids=lambda each: each.key)
    def test_every_judgment_ends_the_case_in_its_column(self, judgment: object) -> None:
        now = standing("reconsideration", ("ended", "2024-05-01", {"judgment": judgment.key}))  # type: ignore[attr-defined]

        assert (now.judgment, now.result, now.ended_on) == (judgment.key, judgment.result.value, date(2024, 5, 1))  # type: ignore[attr-defined]

    def test_what_was_ordered_must_be_done_by_its_day(self) -> None:
        now = standing("reconsideration", ("ended", "2024-05-06", {"judgment": "revoked", "act_by": "2024-06-03"}))
        done = standing("reconsideration", ("ended", "2024-05-06", {"judgment": "revoked", "act_by": "2024-06-03"}), ("complied", "2024-05-30"))

        assert (now.must_act, now.next_on) == (True, date(2024, 6, 3))
        assert (done.must_act, done.next_on, done.result) == (False, None, "corrected")

    def test_an_upheld_act_leaves_nothing_to_do(self) -> None:
        now = standing("reconsideration", ("ended", "2024-05-06", {"judgment": "upheld", "act_by": "2024-06-03"}))

        assert (now.must_act, now.next_on) == (False, None)

    def test_an_appeal_makes_it_pending_again(self) -> None:
        events = (("accepted", "2024-03-01"), ("answered", "2024-03-18"), ("ended", "2024-06-03", {"judgment": "claim_rejected"}), ("appealed", "2024-06-17"))
        now, final = standing("litigation_direct", *events), standing("litigation_direct", *events, ("ended", "2024-09-02", {"judgment": "revoked"}))  # type: ignore[arg-type]

        assert (now.result, now.ended_on, now.decide_by) == ("pending", None, date(2024, 9, 18))
        assert (final.result, final.ended_on) == ("corrected", date(2024, 9, 2))

    def test_a_reconsideration_is_not_appealed(self) -> None:
        with pytest.raises(NotUnderstood, match="一方上诉"):
            standing("reconsideration", ("ended", "2024-05-06", {"judgment": "upheld"}), ("appealed", "2024-05-20"))

    def test_nothing_happens_in_an_ended_case_but_what_follows_it(self) -> None:
        with pytest.raises(NotUnderstood, match="提交答复"):
            standing("reconsideration", ("ended", "2024-05-06", {"judgment": "upheld"}), ("answered", "2024-05-20"))


class TestRectified:
    """A mistake is corrected by a further event; both stay."""

    def test_a_rectified_day_of_receipt_moves_the_term(self) -> None:
        now = standing("reconsideration", ("rectified", "2024-03-10", {"target": 1, "on": "2024-03-06"}))

        assert (now.filed_on, now.answer_by) == (date(2024, 3, 6), date(2024, 3, 20))

    def test_a_cancelled_result_opens_the_case_again(self) -> None:
        now = standing("reconsideration", ("ended", "2024-05-06", {"judgment": "upheld"}), ("rectified", "2024-05-07", {"target": 2, "cancelled": True}))

        assert (now.result, now.ended_on) == ("pending", None)

    def test_a_rectified_result_stands_in_its_new_column(self) -> None:
        change = {"target": 2, "on": "2024-05-06", "facts": {"judgment": "revoked"}}
        now = standing("reconsideration", ("ended", "2024-05-06", {"judgment": "upheld"}), ("rectified", "2024-05-07", change))

        assert (now.judgment, now.result) == ("revoked", "corrected")

    def test_nothing_but_acceptance_is_earlier_than_the_notice(self) -> None:
        assert standing("reconsideration", ("accepted", "2024-02-20")).accepted_on == date(2024, 2, 20)
        with pytest.raises(NotUnderstood, match="不能早于收到通知之日"):
            standing("reconsideration", ("answered", "2024-03-01"))


_DAYS = st.integers(0, 400).map(lambda n: date.fromordinal(FILED.toordinal() + n))
_FACTS = {"ended": {"judgment": "upheld"}, "hearing_set": {"held_on": "2024-06-03"}, "prolonged": {"until": "2024-06-03"}}
_EVENTS = st.lists(st.tuples(st.sampled_from([kind.key for kind in EVENTS if kind.key not in ("filed", "rectified")]), _DAYS), max_size=8)


class TestAnyOrder:
    """Whatever was entered, in whatever order: refused, or one standing."""

    @given(st.sampled_from(list(Kind)), _EVENTS)
    def test_events_are_refused_or_have_one_column(self, kind: Kind, events: list[tuple[str, date]]) -> None:
        rows = [RemedyHappened(1, "filed", FILED, {})]
        rows += [RemedyHappened(number, key, on, _FACTS.get(key, {})) for number, (key, on) in enumerate(events, start=2)]
        try:
            now = standing_of_remedy(kind, rows, CN)
        except NotUnderstood:
            return

        assert (now.result == "pending") == (now.ended_on is None) == (now.judgment == "pending")
        assert now.next_on is None or now.next_on in {term.by for term in now.terms if term.ours}
        assert all(kind in BY_KEY[each.kind].kinds for each in effective(rows))
