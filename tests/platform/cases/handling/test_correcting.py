"""补正、说明理由."""

from __future__ import annotations

import pytest

from gongkai.platform.cases.actions.correcting import correct, give_reasons
from gongkai.platform.cases.errors import Invalid, NotNow
from gongkai.platform.cases.keeping import name_of, read
from gongkai.platform.cases.models import CaseFile, Event, Notice
from gongkai.platform.cases.uploading import Upload
from tests.platform.cases.factories import at, entered, office

from .making import applicant, day, kinds, last, served

pytestmark = pytest.mark.django_db
TEXT = Upload("correction", "补正材料.txt", "批准文号是疏政土〔2025〕3号。".encode())


class TestCorrection:
    """第三十条："答复期限自行政机关收到补正的申请之日起计算。申请人无正当理由逾期不补正的，视为放弃申请，行政机关不再处理该政府信息公开申请。" """

    def test_the_period_begins_afresh_on_the_day_of_the_corrected_application(self) -> None:
        place = office()
        case = entered(place, on="2026-03-02")
        served(place, case, "correction_requested", "2026-03-05", {"answer_by": "2026-03-19"})
        done = correct(place.officer, case.pk, on=day("2026-03-10"), text="文号补来了", at=at("2026-03-11"))

        assert (done.state, done.counts_from, done.due_on) == ("open", day("2026-03-10"), day("2026-04-08"))
        assert done.received_on == day("2026-03-02")

    def test_a_late_correction_is_taken_in_until_the_request_is_closed(self) -> None:
        place = office()
        case = entered(place, on="2026-03-02")
        served(place, case, "correction_requested", "2026-03-05", {"answer_by": "2026-03-19"})
        done = correct(place.officer, case.pk, on=day("2026-03-25"), at=at("2026-03-25"))

        assert done.state == "open"

    def test_after_it_was_closed_none_is(self) -> None:
        place = office()
        case = entered(place, on="2026-03-02")
        served(place, case, "correction_requested", "2026-03-05", {"answer_by": "2026-03-19"})
        served(place, case, "closed", "2026-03-20", {"outcome": "other_no_correction"})

        with pytest.raises(NotNow, match="不再处理"):
            correct(place.officer, case.pk, on=day("2026-03-23"), at=at("2026-03-23"))

    def test_without_a_notice_there_is_nothing_to_correct(self) -> None:
        place = office()
        case = entered(place)

        with pytest.raises(NotNow, match="没有待补正的告知"):
            correct(place.officer, case.pk, on=day("2026-03-05"), at=at("2026-03-05"))

    def test_after_a_void_notice_a_correction_moves_nothing(self) -> None:
        """补正告知超过七个工作日的，不影响期限."""
        place = office()
        case = entered(place, on="2026-03-02")
        late = served(place, case, "correction_requested", "2026-03-16", {"answer_by": "2026-03-30"})
        done = correct(place.officer, case.pk, on=day("2026-03-18"), at=at("2026-03-18"))

        assert (late.state, done.state, done.violations) == ("open", "open", 1)
        assert done.due_on == late.due_on == case.due_on

    def test_the_applicants_own_counts_on_the_day_it_is_sent_with_files_that_they_see(self) -> None:
        place = office()
        case = entered(place, on="2026-03-02")
        served(place, case, "correction_requested", "2026-03-05", {"answer_by": "2026-03-19"})
        done = correct(applicant(case), case.pk, on=day("2026-03-06"), text="补正", files=[TEXT], at=at("2026-03-12"))
        file = CaseFile.objects.get(request=case)

        assert done.counts_from == day("2026-03-12")
        assert (name_of(file), read(file), file.shown, file.kind) == ("补正材料.txt", TEXT.data, True, "correction")
        assert kinds(case) == ["submitted", "correction_requested", "corrected", "file_added"]
        assert Notice.objects.filter(request=case, key="applicant_acted").exists()

    def test_the_applicant_sends_something_or_nothing_is_written(self) -> None:
        place = office()
        case = entered(place, on="2026-03-02")
        served(place, case, "correction_requested", "2026-03-05", {"answer_by": "2026-03-19"})

        with pytest.raises(Invalid, match="补正的内容"):
            correct(applicant(case), case.pk, on=day("2026-03-12"), at=at("2026-03-12"))
        assert kinds(case)[-1] == "correction_requested"

    def test_what_it_says_is_sealed(self) -> None:
        place = office()
        case = entered(place, on="2026-03-02")
        served(place, case, "correction_requested", "2026-03-05", {"answer_by": "2026-03-19"})
        correct(place.officer, case.pk, on=day("2026-03-10"), text="我家住在某街", at=at("2026-03-10"))
        event = Event.objects.get(request=case, kind="corrected")

        assert "某街".encode() not in bytes(event.sealed or b"")
        assert (event.law, event.facts) == ({}, {})


class TestReasons:
    """第三十五条："申请人申请公开政府信息的数量、频次明显超过合理范围，行政机关可以要求申请人说明理由。" """

    def test_the_period_runs_on(self) -> None:
        place = office()
        case = entered(place, on="2026-03-02")
        served(place, case, "reasons_requested", "2026-03-05", {})
        done = give_reasons(applicant(case), case.pk, on=day("2026-03-10"), text="为了诉讼", at=at("2026-03-10"))

        assert (done.state, done.due_on) == ("open", case.due_on)
        assert last(done, "reasons_given").role == "applicant"

    def test_none_are_taken_that_were_not_asked_for(self) -> None:
        place = office()
        case = entered(place)

        with pytest.raises(NotNow, match="未要求说明理由"):
            give_reasons(place.officer, case.pk, on=day("2026-03-10"), text="为了诉讼", at=at("2026-03-10"))
