"""检索任务、撤回."""

from __future__ import annotations

import pytest

from gongkai.platform.cases.actions import tasks
from gongkai.platform.cases.actions.ending import withdraw
from gongkai.platform.cases.errors import Invalid, NotFound, NotNow
from gongkai.platform.cases.models import CaseFile, Event, Notice, Task
from gongkai.platform.cases.uploading import Upload
from gongkai.platform.journal.models import Entry
from tests.platform.cases.factories import PEOPLE, Office, at, entered, office

from .making import applicant, day, kinds

pytestmark = pytest.mark.django_db
WHAT = "2025年县城东区征地补偿安置方案及其批准文件"


def given(place: Office, **more: object) -> Task:
    case = entered(place)
    return tasks.give_task(place.officer, case.pk, **({"what": WHAT, "office": "档案室", "at": at("2026-03-03")} | more))  # type: ignore[arg-type]


class TestGiving:
    """第三十六条第四项：“经检索没有所申请公开信息的，告知申请人该政府信息不存在”。"""

    def test_a_task_has_its_own_date_as_the_organ_has_set_it(self) -> None:
        task = given(office())

        assert (task.ref, task.due_on, task.state) == ("检1", day("2026-03-10"), "open")
        assert kinds(task.request) == ["submitted", "task_given"]

    def test_whoever_is_asked_is_told_by_number_alone(self) -> None:
        place = office()
        task = given(place, person_id=place.editor.person)
        notice = Notice.objects.get(request=task.request, key="task", channel="desk")

        assert notice.person_id == place.editor.person
        assert PEOPLE[0].name not in str(notice.facts) and WHAT not in str(notice.facts)

    def test_what_is_searched_tells_nobody_who_asks(self) -> None:
        place = office()

        with pytest.raises(Invalid, match="不要写明申请人"):
            given(place, what=f"{PEOPLE[0].name}家的补偿方案")

    @pytest.mark.parametrize(
        ("more", "field"), [({"what": "  "}, "what"), ({"office": ""}, "office"), ({"due_on": day("2026-03-02")}, "due_on"), ({"organ_id": 10**9}, "organ"), ({"office": "室" * 101}, "office")]
    )
    def test_what_is_lacking_is_said(self, more: dict[str, object], field: str) -> None:
        with pytest.raises(Invalid) as refused:
            given(office(), **more)
        assert list(refused.value.fields) == [field]

    def test_only_somebody_of_that_organ_is_asked_by_name(self) -> None:
        place, other = office(), office("other")

        with pytest.raises(Invalid, match="信息员"):
            given(place, person_id=other.editor.person)
        assert given(place, organ_id=other.organ.pk, person_id=other.editor.person).organ == other.organ


class TestAnswering:
    """Whoever is asked answers their own task, and learns nothing of the request."""

    def test_an_editor_answers_with_the_record_that_was_found(self) -> None:
        place = office()
        task = given(place, person_id=place.editor.person)
        file = Upload("record", "方案.txt", "方案".encode())
        done = tasks.answer_task(place.editor, task.pk, "查了2025年文书档案，有一份", found=True, files=[file], at=at("2026-03-05"))
        event = Event.objects.get(request=task.request, kind="task_answered")

        assert (done.state, done.answered_on, event.facts, event.role) == ("answered", day("2026-03-05"), {"ref": "检1", "found": True}, "editor")
        assert not CaseFile.objects.get(request=task.request).shown
        assert "文书档案" not in str(list(Entry.objects.values("changes", "reason")))

    def test_another_organs_people_answer_what_was_asked_of_it(self) -> None:
        place, other = office(), office("other")
        task = given(place, organ_id=other.organ.pk, office="")
        done = tasks.answer_task(other.officer, task.pk, "查过，没有", found=False, at=at("2026-03-05"))

        assert done.state == "answered"
        assert Entry.objects.filter(chain=place.organ.pk, verb="cases.answer_task").exists()

    def test_nobody_else_finds_it(self) -> None:
        place, other, third = office(), office("other"), office("third")
        named, theirs = given(place, person_id=place.editor.person), given(place, organ_id=other.organ.pk)

        for who, task in ((other.editor, named), (place.legal, named), (third.officer, theirs), (place.approver, theirs)):
            with pytest.raises(NotFound):
                tasks.answer_task(who, task.pk, "我来答", found=False, at=at("2026-03-05"))

    def test_it_is_answered_once_and_says_what_was_done(self) -> None:
        place = office()
        task = given(place)
        with pytest.raises(Invalid, match="检索了哪些地方"):
            tasks.answer_task(place.editor, task.pk, " ", found=False, at=at("2026-03-05"))
        with pytest.raises(Invalid, match="早于交办之日"):
            tasks.answer_task(place.editor, task.pk, "查过", found=False, on=day("2026-03-01"), at=at("2026-03-05"))
        tasks.answer_task(place.editor, task.pk, "查过", found=False, at=at("2026-03-05"), once="one")
        again = tasks.answer_task(place.editor, task.pk, "查过", found=False, at=at("2026-03-05"), once="one")

        assert again.state == "answered"
        with pytest.raises(NotNow, match="已经回复"):
            tasks.answer_task(place.editor, task.pk, "又查过", found=True, at=at("2026-03-06"))

    def test_a_task_is_called_off_with_its_reason(self) -> None:
        place = office()
        task = given(place)

        with pytest.raises(Invalid, match="理由"):
            tasks.cancel_task(place.officer, task.pk, reason="", at=at("2026-03-05"))
        assert tasks.cancel_task(place.officer, task.pk, reason="已经找到", at=at("2026-03-05")).state == "cancelled"
        with pytest.raises(NotFound):
            tasks.cancel_task(place.editor, task.pk, reason="不想查", at=at("2026-03-05"))


class TestWithdrawal:
    """申请人撤回：条例未作规定，年度报告计入其他处理."""

    def test_it_ends_the_request_and_its_searches(self) -> None:
        place = office()
        task = given(place)
        done = withdraw(applicant(task.request), task.request_id, on=day("2026-03-01"), text="不需要了", at=at("2026-03-06"))

        assert (done.state, done.reply, done.outcome, done.ended_on) == ("withdrawn", "withdrawn", "other_misc", day("2026-03-06"))
        assert Task.objects.get(pk=task.pk).state == "cancelled"
        assert kinds(done)[-2:] == ["withdrawn", "task_cancelled"]

    def test_before_both_sides_confirmed_too(self) -> None:
        place = office()
        case = entered(place, channel="online")

        assert withdraw(applicant(case), case.pk, on=day("2026-03-03"), at=at("2026-03-03")).state == "withdrawn"
