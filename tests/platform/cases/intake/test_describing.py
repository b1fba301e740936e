"""Assigning, describing, notes, files, publication (Article 44), archiving (Article 45)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from gongkai.platform.cases import recording, sealing
from gongkai.platform.cases.actions import describing, filing, intake
from gongkai.platform.cases.choices import State
from gongkai.platform.cases.errors import Conflict, Invalid, NotAllowed, NotFound, NotNow
from gongkai.platform.cases.models import CaseFile, Event, Letter, Notice, Request, Task
from gongkai.platform.cases.recording import TEXT, Ticket
from gongkai.platform.cases.states import Party
from gongkai.platform.cases.values import Applicant, Asked
from gongkai.platform.journal.models import Entry
from tests.platform.cases.factories import ASKED, PEOPLE, Office, at, entered, office

from .making import ABDU, HEATING, LAND, LIU, text_file

NOW = at("2026-03-04")


def text_of(event: Event) -> str:
    return str(sealing.unseal(event.sealed or b"", TEXT))


def ended(place: Office, case: Request) -> Request:
    return recording.act(place.officer, case.pk, "withdraw", lambda doing: doing.happen("withdrawn"), at=NOW)


def mine(case: Request) -> Ticket:
    return Ticket(case.pk, Party.APPLICANT)


@pytest.mark.django_db
class TestAssign:
    def test_somebody_of_the_desk_takes_it_over_and_is_told(self) -> None:
        place = office()
        case = entered(place)
        done = describing.assign(place.head, case.pk, place.officer2.person or 0, at=NOW)

        assert done.officer_id == place.officer2.person
        assert Event.objects.get(request=case, kind="assigned").facts == {"from": case.officer_id, "to": place.officer2.person}
        assert Notice.objects.filter(key="assigned", person=place.officer2.person).exists()

    def test_nobody_else_can_be_given_it(self) -> None:
        place, other = office(), office("other")
        case = entered(place)

        for person in (place.legal.person, place.editor.person, other.officer.person, 999_999):
            with pytest.raises(Invalid) as refused:
                describing.assign(place.head, case.pk, person or 0, at=NOW)
            assert list(refused.value.fields) == ["person"]


@pytest.mark.django_db
class TestDescribe:
    def change(self, place: Office, case: Request, applicant: Applicant = ABDU, asked: Asked = HEATING, kind: str = "natural", **more: object) -> Request:
        told = {"reason": "申请表字迹不清，电话核对后更改", "at": NOW, **more}
        return describing.describe(place.officer, case.pk, applicant=applicant, asked=asked, applicant_kind=kind, **told)  # type: ignore[arg-type]

    def test_what_stood_there_before_is_kept_with_the_event(self) -> None:
        place = office()
        case = entered(place, applicant=LIU, asked=LAND)
        done = self.change(place, case, replace(LIU, name="柳如嫣"), replace(LAND, form="paper"))
        event = Event.objects.get(request=case, kind="described")

        assert text_of(event).splitlines() == ["申请表字迹不清，电话核对后更改", "姓名或者名称：柳如烟 → 柳如嫣", "提供的形式：电子文件 → 纸面"]
        assert event.facts == {"fields": ["name", "form"]}
        assert Applicant.opened(done.applicant).name == "柳如嫣"

    def test_the_applicant_is_found_under_the_new_name(self) -> None:
        place = office()
        case = entered(place, applicant=LIU)
        self.change(place, case)
        row = Request.objects.get(pk=case.pk)

        assert (row.name_hash, row.identity_hash, row.marks) == (ABDU.hashes["name_hash"], ABDU.hashes["identity_hash"], HEATING.marks)

    def test_the_kind_of_applicant_is_told_for_table_three(self) -> None:
        place = office()
        case = entered(place, applicant=replace(LIU, contact="柳"), asked=LAND)
        self.change(place, case, replace(LIU, contact="柳", identity_kind="other"), LAND, "legal_service")

        assert Event.objects.get(request=case, kind="described").facts["applicant_kind"] == ["natural", "legal_service"]

    def test_a_change_wants_a_reason_and_a_difference(self) -> None:
        place = office()
        case = entered(place, applicant=LIU, asked=LAND)

        with pytest.raises(Invalid, match="请写明理由"):
            self.change(place, case, reason=" ")
        with pytest.raises(Invalid, match="没有改动"):
            self.change(place, case, LIU, LAND)

    def test_nobody_overwrites_what_came_meanwhile(self) -> None:
        place = office()
        case = entered(place, applicant=LIU)
        describing.note(place.officer2, case.pk, "来电", at=NOW)

        with pytest.raises(Conflict):
            self.change(place, case, seen=1)

    def test_neither_names_nor_reasons_are_in_the_journal(self) -> None:
        place = office()
        case = entered(place, applicant=LIU, asked=LAND)
        self.change(place, case)
        told = " ".join(f"{each.changes} {each.reason} {each.name}" for each in Entry.objects.filter(subject=f"cases.request:{case.pk}"))

        for secret in (LIU.name, ABDU.name, ABDU.identity_number, LAND.title, HEATING.title, "字迹不清"):
            assert secret not in told


@pytest.mark.django_db
class TestFiles:
    def test_a_file_is_sealed_on_the_disk_and_its_name_too(self) -> None:
        place = office()
        case = entered(place)
        file = filing.add_file(place.officer, case.pk, text_file("proof", "柳如烟送达回证.txt", "签收"), at=NOW)
        kept = [path.read_bytes() for path in Path(settings.FILES).rglob("*") if path.is_file()]

        assert (file.number, file.shown) == (1, False)
        assert all("签收".encode() not in data for data in kept)
        assert "柳如烟" not in str(CaseFile.objects.values().get()) + str([each.name for each in Path(settings.FILES).rglob("*")])

    def test_what_the_applicant_sends_is_the_applicants_to_see(self) -> None:
        place = office()
        case = entered(place)
        file = filing.add_file(mine(case), case.pk, text_file("correction"), at=NOW)

        assert (file.shown, file.person_id) == (True, None)
        assert Notice.objects.filter(key="applicant_acted").exists()
        with pytest.raises(Invalid):
            filing.add_file(mine(case), case.pk, text_file("proof"), at=NOW)

    def test_what_is_to_be_released_is_not_shown_before_it_is_served(self) -> None:
        place = office()
        case = entered(place)

        assert not filing.add_file(place.officer, case.pk, text_file("released"), at=NOW).shown

    def test_the_same_file_is_not_put_in_twice(self) -> None:
        place = office()
        case = entered(place)
        filing.add_file(place.officer, case.pk, text_file(), at=NOW)

        with pytest.raises(Invalid, match="同一个文件"):
            filing.add_file(place.officer, case.pk, text_file(), at=NOW)

    def test_a_form_posted_twice_gives_the_same_file(self) -> None:
        place = office()
        case = entered(place)
        one, two = (filing.add_file(place.officer, case.pk, text_file(), at=NOW, once="file") for _ in range(2))

        assert (one.pk, CaseFile.objects.count()) == (two.pk, 1)

    def test_a_file_taken_out_leaves_its_trace(self) -> None:
        place = office()
        case = entered(place)
        file = filing.add_file(place.officer, case.pk, text_file(), at=NOW)
        filing.remove_file(place.officer, case.pk, file.number, reason="错放了别人的材料", at=NOW)
        file.refresh_from_db()

        assert file.removed_at == NOW
        assert text_of(Event.objects.get(request=case, kind="file_removed")) == "错放了别人的材料"
        with pytest.raises(NotNow):
            filing.remove_file(place.officer, case.pk, file.number, reason="再移一次", at=NOW)
        assert filing.add_file(place.officer, case.pk, text_file(), at=NOW).number == 2

    def test_letters_stay(self) -> None:
        place = office()
        case = entered(place)
        file = filing.add_file(place.officer, case.pk, text_file(), at=NOW)
        CaseFile.objects.filter(pk=file.pk).update(kind="letter")

        with pytest.raises(NotNow, match="不能移出"):
            filing.remove_file(place.officer, case.pk, file.number, reason="x", at=NOW)
        with pytest.raises(Invalid):
            filing.add_file(place.officer, case.pk, text_file("letter", words="另一份"), at=NOW)

    def test_another_organ_and_another_applicant_find_nothing(self) -> None:
        place, other = office(), office("other")
        case, theirs = entered(place), entered(other)

        with pytest.raises(NotFound):
            filing.add_file(other.officer, case.pk, text_file(), at=NOW)
        with pytest.raises(NotFound):
            filing.add_file(mine(theirs), case.pk, text_file(), at=NOW)


@pytest.mark.django_db
class TestArticle44:
    """（第二款）申请人可以建议将申请公开的信息纳入主动公开的范围。"""

    def test_the_applicant_and_the_office_may_each_propose_it_once(self) -> None:
        place = office()
        case = entered(place)
        describing.propose_publication(mine(case), case.pk, text="对大家都有用", at=NOW)
        describing.propose_publication(place.officer, case.pk, at=NOW)

        assert [each.facts["by"] for each in Event.objects.filter(kind="proposed_for_publication").order_by("number")] == ["applicant", "officer"]
        with pytest.raises(NotNow, match="已经提出"):
            describing.propose_publication(mine(case), case.pk, at=NOW)

    def test_publication_is_recorded_with_what_was_made_of_it(self) -> None:
        place = office()
        case = ended(place, entered(place))
        describing.publish(place.officer, case.pk, " songyin/2026-00007 ", on=date(2026, 3, 4), at=NOW)
        describing.publish(place.officer, case.pk, "https://www.songyin.example/items/7/", on=date(2026, 3, 4), at=NOW)

        assert [each.facts["item"] for each in Event.objects.filter(kind="published").order_by("number")] == [
            "songyin/2026-00007", "https://www.songyin.example/items/7/"
        ]  # fmt: skip

    @pytest.mark.parametrize("number", ["", " ", "x" * 201, "javascript://alert", "https://a b.example"])
    def test_what_is_neither_number_nor_address_is_refused(self, number: str) -> None:
        place = office()
        case = ended(place, entered(place))

        with pytest.raises(Invalid):
            describing.publish(place.officer, case.pk, number, on=date(2026, 3, 4), at=NOW)

    def test_not_before_the_request_is_over(self) -> None:
        place = office()
        case = entered(place)

        with pytest.raises(NotNow, match="办理中"):
            describing.publish(place.officer, case.pk, "songyin/2026-00007", on=date(2026, 3, 4), at=NOW)


@pytest.mark.django_db
class TestNotes:
    def test_a_note_is_sealed_and_anybody_who_reads_may_write_one(self) -> None:
        place = office()
        case = entered(place)
        for actor in (place.officer, place.head, place.approver, place.legal):
            describing.note(actor, case.pk, "申请人来电询问", at=NOW)

        assert {text_of(each) for each in Event.objects.filter(kind="noted")} == {"申请人来电询问"}
        with pytest.raises(NotFound):
            describing.note(place.editor, case.pk, "x", at=NOW)
        with pytest.raises(Invalid):
            describing.note(place.officer, case.pk, " ", at=NOW)


@pytest.mark.django_db
class TestArticle45:
    """行政机关应当建立健全政府信息公开申请登记、审核、办理、答复、归档的工作制度。"""

    def test_what_is_over_is_archived_and_then_stands_still(self) -> None:
        place = office()
        case = ended(place, entered(place))
        describing.archive(place.officer, case.pk, at=NOW)

        with pytest.raises(NotNow, match="已归档"):
            filing.add_file(place.officer, case.pk, text_file(), at=NOW)
        assert describing.note(place.officer, case.pk, "档案室已接收", at=NOW).state == State.WITHDRAWN.value

    def test_nothing_half_done_is_archived(self) -> None:
        place = office()
        case = ended(place, entered(place))
        letter = Letter.objects.create(request=case, key="receipt", fields=b"", drafted_at=NOW)
        with pytest.raises(NotNow, match="还有 1 份文书没有送达"):
            describing.archive(place.officer, case.pk, at=NOW)
        Letter.objects.filter(pk=letter.pk).update(state="discarded")
        Task.objects.create(request=case, ref="检1", organ=place.organ, what=b"", due_on=date(2026, 3, 9))

        with pytest.raises(NotNow, match="还有 1 项交办的检索"):
            describing.archive(place.officer, case.pk, at=NOW)

    def test_what_is_open_is_not(self) -> None:
        place = office()

        with pytest.raises(NotNow, match="办理中"):
            describing.archive(place.officer, entered(place).pk, at=NOW)


@pytest.mark.django_db
def test_the_office_alone_describes_and_assigns() -> None:
    place = office()
    case = entered(place, applicant=PEOPLE[0], asked=ASKED)

    with pytest.raises(NotAllowed):
        describing.describe(place.approver, case.pk, applicant=LIU, asked=LAND, applicant_kind="natural", reason="x", at=NOW)
    with pytest.raises(NotAllowed):
        describing.assign(place.legal, case.pk, place.officer.person or 0, at=NOW)
    with pytest.raises(NotAllowed):
        intake.confirm(place.legal, entered(place, channel="fax").pk, on=date(2026, 3, 3), at=NOW)
