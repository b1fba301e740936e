"""Nobody signs or reviews what they wrote; numbers have no gaps and no doubles; a void letter keeps its number."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connections, transaction

from gongkai.platform.cases import keeping
from gongkai.platform.cases.actions import letters
from gongkai.platform.cases.errors import Conflict, Invalid, NotAllowed, NotFound, NotNow, Refused
from gongkai.platform.cases.letters import rendering
from gongkai.platform.cases.models import CaseFile, Event, Letter, LetterNumber, Request
from gongkai.platform.cases.queries import letters as asking
from gongkai.platform.journal.models import Entry
from gongkai.platform.journal.verify import verify
from gongkai.platform.organs import actions as organs
from gongkai.platform.organs.acting import Actor, actor_of
from gongkai.platform.organs.models import Organ, Person
from gongkai.platform.organs.roles import RoleKind
from tests.platform.cases.factories import BEGIN, PEOPLE, Office, at, entered, office
from tests.platform.conftest import Ledger

from .hands import FIELDS, drafted, signed


def with_more(actor: Actor, organ: Organ, *kinds: str) -> Actor:
    """The same person with further roles in the organ."""
    admin = actor_of(Person.objects.get(login__endswith="-admin"), date(2026, 1, 5))
    for kind in kinds:
        organs.grant_role(admin, actor.person, RoleKind(kind), organ.pk, since=BEGIN, at=at("2026-01-05"))
    return actor_of(Person.objects.get(pk=actor.person), date(2026, 1, 6))


@pytest.mark.django_db
class TestSeparationOfDuties:
    def test_who_drafted_neither_reviews_nor_signs_even_with_the_roles(self) -> None:
        place = office()
        case = entered(place)
        letter = drafted(place, case, "denied", "2026-03-10", "denied_process_info")
        everything = with_more(place.officer, place.organ, "legal_reviewer", "approver", "disclosure_office")

        with pytest.raises(NotAllowed, match="拟稿、修改的人不能审核"):
            letters.review(everything, case.pk, letter.pk, at=at("2026-03-11"))
        letters.review(place.legal, case.pk, letter.pk, at=at("2026-03-11"))
        with pytest.raises(NotAllowed, match="拟稿、修改的人不能签发"):
            letters.sign(everything, case.pk, letter.pk, at=at("2026-03-12"))

    def test_who_changed_it_counts_as_its_author(self) -> None:
        place = office()
        case = entered(place)
        letter = drafted(place, case, "extension", "2026-03-10")
        head = with_more(place.officer2, place.organ, "disclosure_office")
        letters.change(head, case.pk, letter.pk, {"延期理由": "档案较多"}, at=at("2026-03-11"))

        with pytest.raises(NotAllowed, match="签发"):
            letters.sign(head, case.pk, letter.pk, at=at("2026-03-12"))
        assert letters.sign(place.head, case.pk, letter.pk, at=at("2026-03-12")).state == "signed"

    def test_who_reviewed_does_not_sign(self) -> None:
        place = office()
        case = entered(place)
        letter = drafted(place, case, "denied", "2026-03-10", "denied_process_info")
        both = with_more(place.legal, place.organ, "approver")
        letters.review(both, case.pk, letter.pk, at=at("2026-03-11"))

        with pytest.raises(NotAllowed, match="法制审核的人不能签发"):
            letters.sign(both, case.pk, letter.pk, at=at("2026-03-12"))

    def test_replies_are_for_the_approver_and_notices_for_the_head_of_the_office(self) -> None:
        place = office()
        case = entered(place)
        reply, notice = drafted(place, case, "denied", "2026-03-10", "denied_state_secret"), drafted(place, case, "extension", "2026-03-10")
        letters.review(place.legal, case.pk, reply.pk, at=at("2026-03-11"))

        with pytest.raises(NotAllowed, match="由签发人签发"):
            letters.sign(place.head, case.pk, reply.pk, at=at("2026-03-12"))
        with pytest.raises(NotAllowed, match="签发文书"):
            letters.sign(place.officer2, case.pk, notice.pk, at=at("2026-03-12"))
        assert letters.sign(place.approver, case.pk, notice.pk, at=at("2026-03-12")).state == "signed"

    def test_a_reply_is_not_signed_before_its_review_unless_the_organ_wants_none(self) -> None:
        place = office()
        case = entered(place)
        letter = drafted(place, case, "denied", "2026-03-10", "denied_process_info")

        with pytest.raises(NotNow, match="须先经法制审核"):
            letters.sign(place.approver, case.pk, letter.pk, at=at("2026-03-12"))
        place.organ.settings = [{"key": "legal_review", "value": False, "since": "2020-01-01"}]
        place.organ.save()
        assert letters.sign(place.approver, case.pk, letter.pk, at=at("2026-03-12")).state == "signed"

    def test_a_change_after_the_review_needs_another_review(self) -> None:
        place = office()
        case = entered(place)
        letter = drafted(place, case, "denied", "2026-03-10", "denied_process_info")
        letters.review(place.legal, case.pk, letter.pk, at=at("2026-03-11"))
        letters.change(place.officer, case.pk, letter.pk, {"理由": "另一理由。"}, at=at("2026-03-11", 14))

        with pytest.raises(NotNow, match="须先经法制审核"):
            letters.sign(place.approver, case.pk, letter.pk, at=at("2026-03-12"))

    def test_another_organ_finds_nothing(self) -> None:
        place, other = office(), office("other")
        case = entered(place)
        letter = signed(place, case, "extension", "2026-03-10")

        for ask in (lambda: asking.letters(other.officer, case.pk), lambda: asking.file(other.officer, case.pk, letter.pk, "pdf")):
            with pytest.raises(NotFound):
                ask()
        with pytest.raises(NotFound):
            letters.void(other.head, case.pk, letter.pk, reason="错", at=at("2026-03-11"))


@pytest.mark.django_db
class TestDraft:
    def test_it_begins_with_what_the_case_tells_and_says_what_is_missing(self) -> None:
        place = office()
        case = entered(place)
        told = asking.drafting(place.officer, case.pk, "denied", "denied_third_party", today=date(2026, 3, 10))

        assert told.values["申请内容"] == "征地补偿安置方案\n2025年县城东区，批准文号不详"
        assert told.autos["依据"] == "第三十六条第三项、第十五条、第三十二条"
        assert told.autos["收件人"] == PEOPLE[0].name
        assert set(told.missing) == {"理由", "复议机关"}
        assert told.legal_review

    def test_what_is_missing_stops_review_and_signature_and_not_the_draft(self) -> None:
        place = office()
        case = entered(place)
        letter = letters.draft(place.officer, case.pk, "denied", {}, reply="denied_state_secret", at=at("2026-03-10"))

        with pytest.raises(NotNow, match="理由"):
            letters.review(place.legal, case.pk, letter.pk, at=at("2026-03-11"))
        assert asking.letter(place.officer, case.pk, letter.pk).missing == ("复议机关", "理由")

    @pytest.mark.parametrize(
        ("key", "law", "field"),
        [
            ("extension", {"workdays": 21}, "workdays"), ("extension", {"workdays": 0}, "workdays"), ("extension", {}, "workdays"),
            ("correction", {"answer_by": "2026-03-10"}, "answer_by"), ("correction", {"answer_by": "下周"}, "answer_by"),
            ("delayed", {"until": "2026-03-01"}, "until"), ("fee", {"amount": "0"}, "amount"), ("fee", {"amount": "NaN"}, "amount"), ("fee", {}, "amount"),
        ],
    )  # fmt: skip
    def test_what_the_core_could_not_take_is_refused_where_it_is_typed(self, key: str, law: dict[str, object], field: str) -> None:
        place = office()
        case = entered(place)

        with pytest.raises(Invalid) as refused:
            letters.draft(place.officer, case.pk, key, {}, law=law, at=at("2026-03-10"))
        assert list(refused.value.fields) == [field]

    def test_unknown_and_automatic_places_cannot_be_typed(self) -> None:
        place = office()
        case = entered(place)

        with pytest.raises(Invalid, match="系统填写"):
            letters.draft(place.officer, case.pk, "denied", {"文号": "某公复〔2026〕99号"}, reply="denied_state_secret", at=at("2026-03-10"))
        with pytest.raises(Invalid, match="请选择答复的情形"):
            letters.draft(place.officer, case.pk, "denied", {}, at=at("2026-03-10"))
        with pytest.raises(Invalid, match="栏为"):
            letters.draft(place.officer, case.pk, "partial", {"不予公开部分": [{"别的": "x"}]}, reply="partial", at=at("2026-03-10"))

    def test_one_form_posted_twice_makes_one_draft(self) -> None:
        place = office()
        case = entered(place)
        first, second = (letters.draft(place.officer, case.pk, "extension", {}, law={"workdays": 5}, at=at("2026-03-10"), once="form-1") for _ in range(2))

        assert first.pk == second.pk
        assert Letter.objects.filter(request=case).count() == 1

    def test_who_saw_an_older_state_is_told_so(self) -> None:
        place = office()
        case = entered(place)
        letter = drafted(place, case, "extension", "2026-03-10")

        with pytest.raises(Conflict):
            letters.change(place.officer2, case.pk, letter.pk, {"延期理由": "甲"}, at=at("2026-03-10"), seen=case.events_taken)

    def test_a_preview_has_no_number_and_takes_none(self) -> None:
        place = office()
        case = entered(place)
        letter = drafted(place, case, "extension", "2026-03-10")
        shown = asking.preview(place.officer, case.pk, letter.pk, today=date(2026, 3, 10))

        assert shown.data.startswith(b"%PDF")
        assert not LetterNumber.objects.exists()

    def test_a_returned_draft_is_changed_and_goes_its_way_again(self) -> None:
        place = office()
        case = entered(place)
        letter = drafted(place, case, "denied", "2026-03-10", "denied_process_info")
        letters.return_(place.legal, case.pk, letter.pk, reason="理由不充分", at=at("2026-03-11"))

        with pytest.raises(NotNow, match="已退回"):
            letters.review(place.legal, case.pk, letter.pk, at=at("2026-03-11"))
        letters.change(place.officer, case.pk, letter.pk, {"理由": "充分的理由。"}, at=at("2026-03-11"))
        assert letters.review(place.legal, case.pk, letter.pk, at=at("2026-03-12")).state == "reviewed"


@pytest.mark.django_db
class TestNumbers:
    def test_each_kind_and_year_counts_by_itself(self) -> None:
        place = office()
        cases = [entered(place) for _ in range(2)]
        told = [signed(place, case, "extension", "2026-03-10").number for case in cases] + [signed(place, cases[0], "receipt", "2026-03-10").number]
        later = entered(place, on="2027-01-05")

        assert told == [f"{place.organ.short_name}公延〔2026〕1号", f"{place.organ.short_name}公延〔2026〕2号", f"{place.organ.short_name}公收〔2026〕1号"]
        assert signed(place, later, "extension", "2027-01-06").number.endswith("〔2027〕1号")

    def test_a_void_letter_keeps_its_number_and_nobody_gets_it_again(self) -> None:
        place = office()
        case = entered(place)
        wrong = signed(place, case, "extension", "2026-03-10")
        letters.void(place.approver, case.pk, wrong.pk, reason="期限写错", at=at("2026-03-11"))
        right = signed(place, case, "extension", "2026-03-11")

        assert [(row.serial, row.letter.state) for row in LetterNumber.objects.order_by("serial").select_related("letter")] == [(1, "void"), (2, "signed")]
        assert right.number.endswith("2号")
        with pytest.raises(NotNow):
            letters.sign(place.head, case.pk, wrong.pk, at=at("2026-03-12"))

    def test_two_replies_are_not_signed_at_once(self) -> None:
        place = office()
        case = entered(place)
        signed(place, case, "granted", "2026-03-10", "provided")

        with pytest.raises(NotNow, match="已有签发而未送达的答复"):
            signed(place, case, "denied", "2026-03-11", "denied_process_info")

    def test_signing_twice_is_refused_and_posting_twice_is_one(self) -> None:
        place = office()
        case = entered(place)
        letter = drafted(place, case, "extension", "2026-03-10")
        first, second = (letters.sign(place.head, case.pk, letter.pk, at=at("2026-03-10"), once="sign-1") for _ in range(2))

        assert first.number == second.number
        with pytest.raises(NotNow, match="已签发"):
            letters.sign(place.head, case.pk, letter.pk, at=at("2026-03-10"))
        assert LetterNumber.objects.count() == 1

    def test_the_files_are_sealed_and_the_journal_names_nobody(self) -> None:
        place = office()
        case = entered(place)
        letter = signed(place, case, "granted", "2026-03-10", "provided")
        files = CaseFile.objects.filter(request=case, kind="letter")
        told = " ".join(str(entry.changes) for entry in Entry.objects.all())

        assert files.count() == 2
        assert all(keeping.read(file)[:4] in (b"%PDF", b"PK\x03\x04") for file in files)
        assert not any(file.shown for file in files)
        assert letter.number in told
        assert not any(secret in told for secret in (PEOPLE[0].name, PEOPLE[0].phone, "征地"))
        assert verify().holds

    def test_a_check_code_tells_organ_number_and_day_and_nothing_else(self, monkeypatch: pytest.MonkeyPatch) -> None:
        place = office()
        case = entered(place)
        monkeypatch.setattr(letters, "new_code", lambda: "ABCD-EFGH-2345")
        letter = signed(place, case, "extension", "2026-03-10")
        found = asking.verify("abcd efgh 2345")

        assert found is not None
        assert (found.organ, found.number, found.dated, found.void) == (place.organ.name, letter.number, date(2026, 3, 10), False)
        assert asking.verify("ABCD-EFGH-2346") is None
        assert asking.verify("") is None
        letters.void(place.head, case.pk, letter.pk, reason="错", at=at("2026-03-11"))
        assert asking.verify("ABCD-EFGH-2345").void  # type: ignore[union-attr]


def committed(place: Office) -> Request:
    with transaction.atomic():
        return entered(place)


class TestUnderConcurrency:
    """Real commits, many hands."""

    def test_numbers_have_no_gaps_and_no_doubles(self, ledger: Ledger) -> None:
        place = office()
        cases = [committed(place) for _ in range(6)]
        ready = [letters.draft(place.officer, case.pk, "extension", FIELDS["extension"], law={"workdays": 5}, at=at("2026-03-10")) for case in cases]
        failed: list[BaseException] = []
        begin = threading.Barrier(len(ready))

        def hand(number: int) -> None:
            try:
                begin.wait()
                letters.sign(place.head, cases[number].pk, ready[number].pk, at=at("2026-03-11"))
            except BaseException as error:
                failed.append(error)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=hand, args=(number,)) for number in range(len(ready))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert failed == []
        assert sorted(LetterNumber.objects.values_list("serial", flat=True)) == [1, 2, 3, 4, 5, 6]
        assert len(set(Letter.objects.values_list("number", flat=True))) == 6
        for letter in Letter.objects.select_related("pdf"):
            assert letter.number.removeprefix(place.organ.short_name) in asking_text(letter)

    def test_one_letter_signed_by_two_at_once_gets_one_number(self, ledger: Ledger) -> None:
        place = office()
        case = committed(place)
        letter = letters.draft(place.officer, case.pk, "extension", {}, law={"workdays": 5}, at=at("2026-03-10"))
        told: list[str] = []
        begin = threading.Barrier(2)

        def hand(actor: Actor) -> None:
            try:
                begin.wait()
                told.append(letters.sign(actor, case.pk, letter.pk, at=at("2026-03-11")).number)
            except Refused as refused:
                told.append(refused.zh)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=hand, args=(actor,)) for actor in (place.head, place.approver)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert LetterNumber.objects.count() == 1
        assert sum(text.endswith("1号") for text in told) == 1
        assert Event.objects.filter(letter=letter, kind="letter_signed").count() == 1

    def test_a_failure_in_type_gives_no_number_away(self, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
        place = office()
        case = committed(place)
        letter = letters.draft(place.officer, case.pk, "extension", {}, law={"workdays": 5}, at=at("2026-03-10"))

        def broken(*_args: object, **_named: object) -> None:
            raise NotNow("没有字体")

        with monkeypatch.context() as patch:
            patch.setattr(rendering, "render", broken)
            with pytest.raises(NotNow):
                letters.sign(place.head, case.pk, letter.pk, at=at("2026-03-11"))
        again = letters.sign(place.head, case.pk, letter.pk, at=at("2026-03-11"))

        assert again.number.endswith("1号")


def asking_text(letter: Letter) -> str:
    import pypdfium2

    assert letter.pdf is not None
    pages = pypdfium2.PdfDocument(keeping.read(letter.pdf))
    return "".join("".join(page.get_textpage().get_text_bounded() for page in pages).split())


