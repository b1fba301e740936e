"""一事一申请、合并答复、移送."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.platform.cases import recording
from gongkai.platform.cases.actions import consulting, dividing, tasks
from gongkai.platform.cases.actions.ending import withdraw
from gongkai.platform.cases.choices import UNCOUNTED
from gongkai.platform.cases.errors import Conflict, Invalid, NotAllowed, NotFound, NotNow
from gongkai.platform.cases.keeping import read
from gongkai.platform.cases.models import CaseFile, Consultation, Notice, Request, Task
from gongkai.platform.cases.queries import doors
from gongkai.platform.cases.recording import Doing, act
from gongkai.platform.cases.uploading import Upload
from gongkai.platform.cases.values import Applicant, Asked
from gongkai.platform.journal.verify import verify
from tests.platform.cases.factories import PEOPLE, Office, at, entered, entered_with_code, office

from .making import asked, clock, day, kinds, last, served

pytestmark = pytest.mark.django_db
PARTS = [Asked("征地补偿安置方案", "县城东区", "paper", "post"), Asked("征地批准文件", "", "paper", "post"), Asked("土地现状调查", "", "electronic", "online")]


def reply(place: Office, request: Request, on: str) -> Request:
    """What the service of a reply does."""

    def work(doing: Doing) -> None:
        doing.happen("replied", date.fromisoformat(on), law={"outcome": "granted"}, facts={"reply": "provided"})
        dividing.reply_joined(doing)

    return act(place.officer, request.pk, "serve_letter", work, at=at(on))


class TestSplitting:
    """国办函〔2020〕109号第四条："按照一事一申请原则，以合理的最小单位拆分". """

    def test_each_unit_is_a_request_with_its_own_number_and_the_same_clock(self) -> None:
        place = office()
        case = entered(place, channel="email", on="2026-03-02")
        recording.act(place.officer, case.pk, "confirm", lambda doing: doing.happen("confirmed", day("2026-03-04")), at=at("2026-03-04"))
        units = dividing.split(place.officer, case.pk, PARTS, reason="三件事", at=at("2026-03-05"))
        whole = Request.objects.get(pk=case.pk)

        assert [unit.number for unit in units] == [f"{case.number}-{n}" for n in (1, 2, 3)]
        assert {(unit.state, unit.received_on, unit.due_on) for unit in units} == {("open", day("2026-03-04"), day("2026-04-01"))}
        assert [Asked.opened(unit.content).title for unit in units] == [part.title for part in PARTS]
        assert {Applicant.opened(unit.applicant) for unit in units} == {PEOPLE[0]}
        assert kinds(units[0]) == ["submitted", "confirmed", "split_off"]
        assert verify().holds
        assert (whole.state, whole.due_on, whole.outcome) == ("split", whole.due_on, "")

    def test_the_whole_is_counted_nowhere(self) -> None:
        place = office()
        case = entered(place)
        dividing.split(place.officer, case.pk, PARTS, reason="三件事", at=at("2026-03-05"))
        counted = Request.objects.filter(organ=place.organ).exclude(state__in=[state.value for state in UNCOUNTED])

        assert counted.count() == 3

    def test_the_applicants_code_opens_them_all(self) -> None:
        place = office()
        case, code = entered_with_code(place)
        units = dividing.split(place.officer, case.pk, PARTS, reason="三件事", at=at("2026-03-05"))
        opened = [doors.by_code(each.number, code) for each in (case, *units)]

        assert [ticket and ticket.request for ticket in opened] == [case.pk, *(unit.pk for unit in units)]
        assert doors.by_code(f"{case.number}-4", code) is None

    def test_its_files_go_with_every_unit(self) -> None:
        from gongkai.platform.cases.actions.filing import add_file

        place = office()
        case = entered(place)
        add_file(place.officer, case.pk, Upload("application", "申请表.txt", "申请".encode()), at=at("2026-03-03"))
        units = dividing.split(place.officer, case.pk, PARTS, reason="三件事", at=at("2026-03-05"))

        assert [read(CaseFile.objects.get(request=unit)) for unit in units] == ["申请".encode()] * 3

    def test_what_has_happened_so_far_holds_for_every_unit(self) -> None:
        place = office()
        case = entered(place, on="2026-03-02")
        asked(place, case, "2026-03-04")
        consulting.answer(place.officer, case.pk, "征1", "consents", on=day("2026-03-06"), text="同意", at=at("2026-03-06"))
        before = Request.objects.get(pk=case.pk).due_on
        units = dividing.split(place.officer, case.pk, PARTS, reason="三件事", at=at("2026-03-09"))

        assert {unit.due_on for unit in units} == {before}
        assert Consultation.objects.get(request=units[0]).ref == "征1"
        assert clock(units[0]).consultation("征1") == clock(case).consultation("征1")
        assert last(units[0], "consultation_answered").sealed is not None

    def test_a_rectified_day_is_the_one_that_is_copied(self) -> None:
        from gongkai.platform.cases.actions.rectifying import rectify

        place = office()
        case = entered(place, on="2026-03-03")
        rectify(place.officer, case.pk, 1, on=day("2026-03-02"), reason="签收单上是2日", at=at("2026-03-04"))
        [unit, _other] = dividing.split(place.officer, case.pk, PARTS[:2], reason="两件事", at=at("2026-03-05"))

        assert (unit.received_on, unit.due_on) == (day("2026-03-02"), day("2026-03-30"))

    def test_while_an_opinion_is_waited_for_it_stays_whole(self) -> None:
        place = office()
        case = entered(place)
        asked(place, case, "2026-03-04")

        with pytest.raises(NotNow, match="征1"):
            dividing.split(place.officer, case.pk, PARTS, reason="三件事", at=at("2026-03-05"))
        assert dividing.split(place.officer, case.pk, PARTS, reason="三件事", at=at("2026-04-20"))

    def test_its_searches_are_called_off_and_nothing_more_is_done_with_it(self) -> None:
        place = office()
        case = entered(place)
        task = tasks.give_task(place.officer, case.pk, what="方案", office="档案室", at=at("2026-03-03"))
        dividing.split(place.officer, case.pk, PARTS, reason="三件事", at=at("2026-03-05"))

        assert Task.objects.get(pk=task.pk).state == "cancelled"
        with pytest.raises(NotNow, match="已拆分"):
            withdraw(place.officer, case.pk, on=day("2026-03-06"), at=at("2026-03-06"))

    @pytest.mark.parametrize(
        ("parts", "reason", "field"), [(PARTS[:1], "一件", "parts"), (PARTS * 20, "六十件", "parts"), ([PARTS[0], Asked(" ")], "缺题", "part2"), (PARTS, " ", "reason")]
    )
    def test_what_is_wrong_is_said(self, parts: list[Asked], reason: str, field: str) -> None:
        place = office()
        case = entered(place)

        with pytest.raises(Invalid) as refused:
            dividing.split(place.officer, case.pk, parts, reason=reason, at=at("2026-03-05"))
        assert list(refused.value.fields) == [field]
        assert Request.objects.count() == 1


class TestJoining:
    """Several requests of one applicant replied to by one letter; each is counted for itself."""

    def test_the_reply_to_the_leading_one_replies_to_all(self) -> None:
        place = office()
        leading, second, third, other = (entered(place, on=f"2026-03-0{n}") for n in (2, 3, 4, 5))
        for each in (second, third):
            dividing.join(place.officer, each.pk, leading.pk, at=at("2026-03-06"))
        reply(place, leading, "2026-03-31")
        rows = {each.pk: each for each in Request.objects.all()}

        assert {(rows[each.pk].state, rows[each.pk].reply, rows[each.pk].outcome) for each in (leading, second, third)} == {("replied", "provided", "granted")}
        assert rows[other.pk].state == "open"
        assert [rows[each.pk].late_days for each in (leading, second, third)] == [1, 0, 0]
        assert last(second, "replied").facts["leading"] == leading.number
        assert verify().holds

    def test_what_cannot_be_replied_to_stops_the_whole_service(self) -> None:
        place = office()
        leading, second = entered(place, on="2026-03-02"), entered(place, on="2026-03-02")
        dividing.join(place.officer, second.pk, leading.pk, at=at("2026-03-03"))
        served(place, second, "extended", "2026-03-10", {"workdays": 5})

        with pytest.raises(NotNow, match=second.number):
            act(place.officer, leading.pk, "serve_letter", lambda doing: (doing.happen("replied", day("2026-03-09"), law={"outcome": "granted"}), dividing.reply_joined(doing)), at=at("2026-03-11"))  # type: ignore[arg-type,func-returns-value]
        assert Request.objects.get(pk=leading.pk).state == "open"

    def test_only_the_same_applicants_and_under_the_older_one(self) -> None:
        place = office()
        older, newer, stranger = entered(place), entered(place), entered(place, applicant=PEOPLE[1])

        with pytest.raises(Invalid, match="登记在先"):
            dividing.join(place.officer, older.pk, newer.pk, at=at("2026-03-03"))
        with pytest.raises(Invalid, match="同一申请人"):
            dividing.join(place.officer, stranger.pk, older.pk, at=at("2026-03-03"))
        with pytest.raises(Invalid, match="没有找到"):
            dividing.join(place.officer, newer.pk, 10**9, at=at("2026-03-03"))

    def test_no_chains(self) -> None:
        place = office()
        first, second, third = entered(place), entered(place), entered(place)
        dividing.join(place.officer, second.pk, first.pk, at=at("2026-03-03"))

        with pytest.raises(Invalid, match="没有并入别的"):
            dividing.join(place.officer, third.pk, second.pk, at=at("2026-03-03"))
        with pytest.raises(NotNow, match="已经合并"):
            dividing.join(place.officer, second.pk, first.pk, at=at("2026-03-03"))

    def test_parted_it_is_replied_to_on_its_own(self) -> None:
        place = office()
        leading, second = entered(place), entered(place)
        dividing.join(place.officer, second.pk, leading.pk, at=at("2026-03-03"))
        dividing.part(place.officer, second.pk, reason="另行答复", at=at("2026-03-04"))
        reply(place, leading, "2026-03-05")

        assert Request.objects.get(pk=second.pk).state == "open"
        with pytest.raises(NotNow, match="没有与其他申请合并"):
            dividing.part(place.officer, second.pk, reason="再来", at=at("2026-03-05"))

    def test_where_the_leading_one_ends_otherwise_the_others_go_on(self) -> None:
        place = office()
        leading, second = entered(place), entered(place)
        dividing.join(place.officer, second.pk, leading.pk, at=at("2026-03-03"))
        withdraw(place.officer, leading.pk, on=day("2026-03-05"), at=at("2026-03-05"))
        left = Request.objects.get(pk=second.pk)

        assert (left.state, left.leading_id, kinds(left)[-1]) == ("open", None, "parted")


class TestMoving:
    """To the organ of this installation that it belongs to; the applicant loses no day by it."""

    def test_it_goes_on_there_and_is_counted_there_alone(self) -> None:
        place, other = office(), office("other")
        case, code = entered_with_code(place, on="2026-03-02")
        made = dividing.move(place.head, case.pk, other.organ.pk, reason="属于该机关职责", at=at("2026-03-04"))
        left = Request.objects.get(pk=case.pk)

        assert (made.organ, made.number, made.came_from_id, made.state, made.due_on) == (other.organ, "2026-0001", case.pk, "open", case.due_on)
        assert (left.state, kinds(left)[-1], kinds(made)) == ("moved", "moved", ["submitted", "taken_over"])
        assert doors.by_code(made.number, code) is not None
        assert Notice.objects.filter(request=made, key="moved_in").exists() and Notice.objects.filter(request=case, key="moved").exists()
        assert verify().holds

    def test_only_the_head_moves_and_only_to_an_organ_that_can_take_it(self) -> None:
        place, other = office(), office("other")
        case = entered(place)

        with pytest.raises(NotAllowed):
            dividing.move(place.officer, case.pk, other.organ.pk, reason="不归我们", at=at("2026-03-04"))
        for nowhere in (place.organ.pk, 10**9):
            with pytest.raises(Invalid, match="另一个"):
                dividing.move(place.head, case.pk, nowhere, reason="不归我们", at=at("2026-03-04"))
        with pytest.raises(NotFound):
            dividing.move(other.head, case.pk, other.organ.pk, reason="归我们", at=at("2026-03-04"))

    def test_the_organ_that_gave_it_away_sees_nothing_more_of_it(self) -> None:
        place, other = office(), office("other")
        case = entered(place)
        made = dividing.move(place.head, case.pk, other.organ.pk, reason="属于该机关职责", at=at("2026-03-04"))

        with pytest.raises(NotFound):
            withdraw(place.head, made.pk, on=day("2026-03-05"), at=at("2026-03-05"))
        assert withdraw(other.officer, made.pk, on=day("2026-03-05"), at=at("2026-03-05")).state == "withdrawn"

    def test_a_page_that_is_older_than_the_move_changes_nothing(self) -> None:
        place, other = office(), office("other")
        case = entered(place)
        seen = case.events_taken
        dividing.move(place.head, case.pk, other.organ.pk, reason="属于该机关职责", at=at("2026-03-04"))

        with pytest.raises(Conflict):
            dividing.move(place.head, case.pk, other.organ.pk, reason="再移", at=at("2026-03-05"), seen=seen)
