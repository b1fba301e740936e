"""更正登记: a mistake is corrected by a further record; both stay, and the law's order is kept."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.platform.cases import rebuilding
from gongkai.platform.cases.actions import dividing
from gongkai.platform.cases.actions.correcting import correct
from gongkai.platform.cases.actions.describing import archive, note
from gongkai.platform.cases.actions.rectifying import rectify
from gongkai.platform.cases.errors import Invalid, NotAllowed, NotFound, NotNow
from gongkai.platform.cases.models import Consultation, Event, Request
from gongkai.platform.cases.queries import doors
from gongkai.platform.cases.values import Asked
from gongkai.platform.journal.models import Entry
from tests.platform.cases.factories import at, entered, office

from .making import applicant, asked, day, kinds, last, served

pytestmark = pytest.mark.django_db
REASON = "核对签收单，登记时写错"


class TestDays:
    """The clock runs from what happened, not from what was typed."""

    def test_a_corrected_day_of_receipt_moves_the_term_and_both_records_stay(self) -> None:
        place = office()
        case = entered(place, on="2026-03-03")
        done = rectify(place.officer, case.pk, 1, on=day("2026-03-02"), reason=REASON, at=at("2026-03-04"))

        assert (done.submitted_on, done.received_on, done.due_on) == (day("2026-03-02"), day("2026-03-02"), day("2026-03-30"))
        assert Event.objects.get(request=case, number=1).on == day("2026-03-03")
        assert kinds(case) == ["submitted", "rectified"]

    def test_the_last_correction_holds(self) -> None:
        place = office()
        case = entered(place, on="2026-03-04")
        for on in ("2026-03-03", "2026-03-02"):
            done = rectify(place.officer, case.pk, 1, on=day(on), reason=REASON, at=at("2026-03-05"))

        assert done.received_on == day("2026-03-02")

    def test_the_reason_is_needed_and_sealed(self) -> None:
        place = office()
        case = entered(place, on="2026-03-03")
        with pytest.raises(Invalid, match="理由"):
            rectify(place.officer, case.pk, 1, on=day("2026-03-02"), reason=" ", at=at("2026-03-04"))
        rectify(place.officer, case.pk, 1, on=day("2026-03-02"), reason=REASON, at=at("2026-03-04"))

        assert REASON not in str(list(Entry.objects.values("changes", "reason"))) + str(last(case, "rectified").facts)
        assert last(case, "rectified").sealed is not None

    def test_what_the_order_forbids_is_refused_by_the_core_and_nothing_is_written(self) -> None:
        place = office()
        case = entered(place, on="2026-03-02")
        served(place, case, "correction_requested", "2026-03-05", {"answer_by": "2026-03-19"})
        correct(place.officer, case.pk, on=day("2026-03-10"), at=at("2026-03-10"))

        with pytest.raises(NotNow, match="没有待补正"):
            rectify(place.officer, case.pk, 3, on=day("2026-03-04"), reason=REASON, at=at("2026-03-11"))
        with pytest.raises(Invalid, match="今天之后"):
            rectify(place.officer, case.pk, 3, on=day("2026-03-12"), reason=REASON, at=at("2026-03-11"))
        with pytest.raises(Invalid, match="没有改动"):
            rectify(place.officer, case.pk, 3, on=day("2026-03-10"), reason=REASON, at=at("2026-03-11"))
        assert kinds(case)[-1] == "corrected"

    def test_a_channel_is_corrected_where_the_clock_can_follow(self) -> None:
        """第三十一条：当面提交与平常信函的收到之日不同."""
        place = office()
        case, confirmed = entered(place, on="2026-03-02"), entered(place, channel="email", on="2026-03-02")
        served(place, confirmed, "confirmed", "2026-03-04", {})
        done = rectify(place.officer, case.pk, 1, law={"channel": "ordinary_post"}, reason=REASON, at=at("2026-03-04"))

        assert (done.channel, done.state, done.due_on) == ("ordinary_post", "awaiting_confirmation", None)
        with pytest.raises(NotNow, match="confirmed"):
            rectify(place.officer, confirmed.pk, 1, law={"channel": "in_person"}, reason=REASON, at=at("2026-03-05"))
        with pytest.raises(Invalid, match="channel"):
            rectify(place.officer, confirmed.pk, 1, law={"channel": "pigeon"}, reason=REASON, at=at("2026-03-05"))
        assert rebuilding.rebuild(repair=False) == []


class TestCancelling:
    """What never happened is cancelled, and stays in the record as cancelled."""

    def test_a_cancelled_correction_is_waited_for_again(self) -> None:
        place = office()
        case = entered(place, on="2026-03-02")
        served(place, case, "correction_requested", "2026-03-05", {"answer_by": "2026-03-19"})
        correct(place.officer, case.pk, on=day("2026-03-10"), at=at("2026-03-10"))
        done = rectify(place.officer, case.pk, 3, cancelled=True, reason="是别的申请的补正", at=at("2026-03-11"))

        assert (done.state, done.correct_by) == ("awaiting_correction", day("2026-03-19"))
        with pytest.raises(NotNow, match="已经撤销"):
            rectify(place.officer, case.pk, 3, on=day("2026-03-09"), reason=REASON, at=at("2026-03-11"))

    def test_the_submission_itself_cannot_be(self) -> None:
        place = office()
        case = entered(place)

        with pytest.raises(NotNow):
            rectify(place.officer, case.pk, 1, cancelled=True, reason="没有这件", at=at("2026-03-11"))

    def test_a_cancelled_consultation_takes_its_link_with_it(self) -> None:
        place = office()
        case = entered(place)
        _consultation, token = asked(place, case, "2026-03-04")
        rectify(place.head, case.pk, 3, cancelled=True, reason="没有寄出", at=at("2026-03-05"))

        assert doors.by_link(token, day("2026-03-05")) is None
        assert Consultation.objects.get(request=case).token_hash == ""
        assert Request.objects.get(pk=case.pk).due_on == case.due_on

    def test_whom_a_letter_asked_is_not_changed_afterwards(self) -> None:
        place = office()
        case = entered(place)
        asked(place, case, "2026-03-04")

        with pytest.raises(Invalid, match="编号和对象"):
            rectify(place.head, case.pk, 3, law={"to": "co_maker"}, reason=REASON, at=at("2026-03-05"))


class TestWhoMay:
    """An end, and what a letter did, only by the head of the office or who signs."""

    def test_a_reply_is_cancelled_by_the_head_and_the_request_is_open_again(self) -> None:
        place = office()
        case = entered(place)
        served(place, case, "replied", "2026-03-10", {"outcome": "granted"}, {"reply": "provided"})

        with pytest.raises(NotAllowed, match="负责人"):
            rectify(place.officer, case.pk, 2, cancelled=True, reason="没有寄出", at=at("2026-03-11"))
        assert rectify(place.head, case.pk, 2, cancelled=True, reason="没有寄出", at=at("2026-03-11")).state == "open"

    def test_an_archived_request_can_still_be_put_right(self) -> None:
        place = office()
        case = entered(place)
        served(place, case, "replied", "2026-03-10", {"outcome": "granted"}, {"reply": "provided"})
        archive(place.officer, case.pk, at=at("2026-03-12"))
        done = rectify(place.head, case.pk, 2, on=day("2026-03-11"), reason="交邮日为11日", at=at("2026-03-13"))

        assert (done.state, done.ended_on) == ("replied", day("2026-03-11"))

    def test_only_what_the_clock_knows(self) -> None:
        place = office()
        case = entered(place)
        note(place.officer, case.pk, "记一笔", at=at("2026-03-03"))

        with pytest.raises(NotNow, match="不是可以更正"):
            rectify(place.head, case.pk, 2, cancelled=True, reason="不要了", at=at("2026-03-04"))
        with pytest.raises(NotFound):
            rectify(place.head, case.pk, 9, cancelled=True, reason="没有", at=at("2026-03-04"))
        with pytest.raises(NotAllowed):
            rectify(applicant(case), case.pk, 1, on=date(2026, 3, 1), reason="我要改", at=at("2026-03-04"))  # type: ignore[arg-type]

    def test_a_split_request_is_put_right_in_its_units(self) -> None:
        place = office()
        case = entered(place, on="2026-03-03")
        units = dividing.split(place.officer, case.pk, [Asked("甲"), Asked("乙")], reason="两件", at=at("2026-03-04"))

        with pytest.raises(NotNow, match="各件上更正"):
            rectify(place.officer, case.pk, 1, on=day("2026-03-02"), reason=REASON, at=at("2026-03-05"))
        assert rectify(place.officer, units[0].pk, 1, on=day("2026-03-02"), reason=REASON, at=at("2026-03-05")).received_on == day("2026-03-02")
