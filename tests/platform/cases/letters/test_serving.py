"""Service is what the law sees: its day, its event, its refusals; then what the applicant may have, and the proof that it came."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from gongkai.platform.cases import sealing
from gongkai.platform.cases.actions import charging, consulting, describing, dividing, ending, filing, letters, serving
from gongkai.platform.cases.errors import Invalid, NotFound, NotNow
from gongkai.platform.cases.models import CaseFile, Consultation, Event, Letter, Notice, Request
from gongkai.platform.cases.queries import letters as asking
from gongkai.platform.cases.recording import Ticket
from gongkai.platform.cases.states import Party
from gongkai.platform.cases.uploading import Upload
from gongkai.platform.journal.verify import verify
from tests.platform.cases.factories import ASKED, PEOPLE, Office, at, entered, office

from .hands import asked, drafted, served, signed

pytestmark = pytest.mark.django_db


def kinds(case: Request) -> list[str]:
    return list(Event.objects.filter(request=case).order_by("number").values_list("kind", flat=True))


def law_of(case: Request, kind: str) -> dict[str, object]:
    return dict(Event.objects.filter(request=case, kind=kind).order_by("-number").values_list("law", flat=True)[0])


def now(case: Request) -> Request:
    return Request.objects.get(pk=case.pk)


class TestTheEventOfTheLaw:
    """Each letter's service makes the event of gongkai.law.events, with the letter's own fields."""

    def test_correction(self) -> None:
        place = office()
        case = entered(place)
        served(place, case, "correction", "2026-03-05")

        assert law_of(case, "correction_requested") == {"answer_by": "2026-03-19"}
        assert (now(case).state, now(case).correct_by) == ("awaiting_correction", date(2026, 3, 19))

    def test_extension(self) -> None:
        place = office()
        case = entered(place)
        before = case.due_on
        served(place, case, "extension", "2026-03-10")

        assert law_of(case, "extended") == {"workdays": 20}
        assert before is not None
        assert now(case).due_on > before
        assert now(case).extended

    def test_reasons_then_delay(self) -> None:
        place = office()
        case = entered(place)
        served(place, case, "reasons", "2026-03-05")
        served(place, case, "delayed", "2026-03-10")

        assert law_of(case, "reasons_requested") == {}
        assert now(case).due_on == date(2026, 6, 30)

    def test_fee(self) -> None:
        place = office()
        case = entered(place)
        charging.compute_fee(place.officer, case.pk, way="per_page", pages=40, at=at("2026-03-09"))
        served(place, case, "fee", "2026-03-10")

        assert Decimal(str(law_of(case, "fee_noticed")["amount"])) == 100
        assert now(case).state == "awaiting_fee"

    def test_consultations_under_their_own_refs_with_a_link_each(self) -> None:
        place = office()
        case = entered(place)
        asked(place, case, "2026-03-04")
        asked(place, case, "2026-03-04", "co_maker", "某某水利局")
        served(place, case, "third_party", "2026-03-05", consultation_ref="征1")
        served(place, case, "co_maker", "2026-03-06", consultation_ref="征2")
        told = list(Event.objects.filter(request=case, kind="consultation_sent").order_by("number").values_list("law", "on"))

        assert told == [({"ref": "征1", "to": "third_party"}, date(2026, 3, 5)), ({"ref": "征2", "to": "co_maker"}, date(2026, 3, 6))]
        assert all(row.token_hash for row in Consultation.objects.filter(request=case))
        assert Notice.objects.filter(request=case, key="opinion_wanted").count() == 2

    def test_a_reply_with_its_leaf_and_its_finer_reply(self) -> None:
        place = office()
        case = entered(place)
        served(place, case, "partial", "2026-03-20", "partial_not_information")

        assert (now(case).state, now(case).outcome, now(case).reply) == ("replied", "partial", "partial_not_information")
        assert kinds(case)[-2:] == ["letter_served", "replied"]

    def test_a_lapse_only_from_the_day_after_the_term(self) -> None:
        place = office()
        case = entered(place)
        served(place, case, "correction", "2026-03-05")
        letter = signed(place, case, "lapse", "2026-03-19", "no_correction")

        with pytest.raises(NotNow, match="次日起方可不再处理"):
            serving.serve(place.officer, case.pk, letter.pk, way="in_person", on=date(2026, 3, 19), at=at("2026-03-19", 15))
        serving.serve(place.officer, case.pk, letter.pk, way="in_person", on=date(2026, 3, 20), at=at("2026-03-20"))
        assert (now(case).state, now(case).outcome) == ("closed", "other_no_correction")

    @pytest.mark.parametrize("key", ["receipt", "consulting"])
    def test_what_the_law_does_not_know_moves_nothing(self, key: str) -> None:
        place = office()
        case = entered(place)
        before = (case.state, case.due_on)
        served(place, case, key, "2026-03-05")

        assert (now(case).state, now(case).due_on) == before
        assert kinds(case)[-1] == "letter_served"

    def test_joined_requests_get_the_same_reply(self) -> None:
        place = office()
        leading, other = entered(place), entered(place)
        dividing.join(place.officer, other.pk, leading.pk, at=at("2026-03-04"))
        served(place, leading, "granted", "2026-03-10", "provided")

        assert (now(other).state, now(other).reply, now(other).ended_on) == ("replied", "provided", date(2026, 3, 10))
        assert verify().holds


class TestTheDay:
    """国办公开办函〔2016〕235号: signing for it, or posting it."""

    def test_by_post_it_is_the_day_of_posting_however_late_it_is_entered(self) -> None:
        place = office()
        case = entered(place)
        letter = signed(place, case, "granted", "2026-03-27", "provided")
        serving.serve(place.officer, case.pk, letter.pk, way="post", on=date(2026, 3, 30), tracking="XA12345678944", at=at("2026-04-09"))
        row = Letter.objects.get(pk=letter.pk)

        assert (now(case).ended_on, now(case).violations) == (date(2026, 3, 30), 0)
        assert (row.served_on, row.delivered_on) == (date(2026, 3, 30), None)
        assert sealing.unseal(bytes(row.tracking or b""), "cases.letter.tracking") == "XA12345678944"
        assert "XA12345678944" not in str(list(Event.objects.filter(request=case).values_list("facts", flat=True)))

    def test_in_person_it_is_the_day_of_signing_for_it(self) -> None:
        place = office()
        case = entered(place)
        letter = served(place, case, "granted", "2026-03-27", "provided")

        assert (letter.served_on, letter.delivered_on) == (date(2026, 3, 27), date(2026, 3, 27))

    def test_on_line_it_is_today(self) -> None:
        place = office()
        case = entered(place, channel="in_person")
        letter = signed(place, case, "granted", "2026-03-10", "provided")

        with pytest.raises(Invalid, match="只能是今天"):
            serving.serve(place.officer, case.pk, letter.pk, way="online", on=date(2026, 3, 10), at=at("2026-03-11"))
        serving.serve(place.officer, case.pk, letter.pk, way="online", on=date(2026, 3, 11), at=at("2026-03-11"))
        assert now(case).ended_on == date(2026, 3, 11)

    def test_not_before_its_own_date_and_not_tomorrow(self) -> None:
        place = office()
        case = entered(place)
        letter = signed(place, case, "granted", "2026-03-10", "provided")

        with pytest.raises(Invalid, match="不能早于文书的日期"):
            serving.serve(place.officer, case.pk, letter.pk, way="post", on=date(2026, 3, 9), at=at("2026-03-11"))
        with pytest.raises(Invalid, match="在今天之后"):
            serving.serve(place.officer, case.pk, letter.pk, way="post", on=date(2026, 3, 12), at=at("2026-03-11"))
        assert Letter.objects.get(pk=letter.pk).state == "signed"

    def test_a_draft_cannot_be_served_nor_a_letter_twice(self) -> None:
        place = office()
        case = entered(place)
        letter = served(place, case, "extension", "2026-03-10")

        with pytest.raises(NotNow, match="已送达"):
            serving.serve(place.officer, case.pk, letter.pk, way="post", on=date(2026, 3, 10), at=at("2026-03-10", 16))

    def test_the_officer_sees_the_violation_before_and_may_go_on(self) -> None:
        place = office()
        case = entered(place)
        letter = signed(place, case, "granted", "2026-04-10", "provided")
        seen = asking.consequence(place.officer, case.pk, letter.pk, way="post", on=date(2026, 4, 10))
        serving.serve(place.officer, case.pk, letter.pk, way="post", on=date(2026, 4, 10), at=at("2026-04-10", 16))

        assert seen.violation is not None
        assert (seen.violation.key, seen.refused) == ("reply_late", "")
        assert (now(case).violations, now(case).late_days) == (1, 8)

    def test_what_the_core_refuses_is_told_beforehand_in_its_words(self) -> None:
        place = office()
        case = entered(place)
        served(place, case, "correction", "2026-03-05")
        letter = signed(place, case, "extension", "2026-03-06")
        seen = asking.consequence(place.officer, case.pk, letter.pk, way="post", on=date(2026, 3, 6))

        assert "等待补正" in seen.refused
        with pytest.raises(NotNow, match="等待补正"):
            serving.serve(place.officer, case.pk, letter.pk, way="post", on=date(2026, 3, 6), at=at("2026-03-06", 16))


def record(place: Office, case: Request, text: str, name: str = "名册.txt") -> CaseFile:
    return filing.add_file(place.officer, case.pk, Upload("released", name, text.encode()), at=at("2026-03-09"))


class TestWhatGoesOut:
    """Records released with the letter are looked at before, and shown after."""

    def test_records_are_shown_when_the_reply_is_served_and_not_before(self) -> None:
        place = office()
        case = entered(place)
        file = record(place, case, "征地补偿安置方案正文。")
        letter = signed(place, case, "granted", "2026-03-10", "provided")
        before = CaseFile.objects.get(pk=file.pk).shown
        serving.serve(place.officer, case.pk, letter.pk, way="online", on=date(2026, 3, 10), at=at("2026-03-10", 16))
        row = Letter.objects.select_related("pdf", "docx").get(pk=letter.pk)

        assert (before, CaseFile.objects.get(pk=file.pk).shown) == (False, True)
        assert row.pdf is not None
        assert row.docx is not None
        assert row.pdf.shown
        assert row.docx.shown

    def test_a_whole_identity_number_stops_it_until_it_is_let_pass_by_name(self) -> None:
        place = office()
        case = entered(place)
        file = record(place, case, "被征收人：某某，身份证号码：11010519491231002X。")
        letter = signed(place, case, "granted", "2026-03-10", "provided")
        found = asking.findings(place.officer, case.pk, letter.pk)
        stops = [each for each in found if each.stops]

        assert [(each.file, each.finding.code) for each in stops] == [(file.number, stops[0].finding.code)]
        assert "11010519491231002X" not in " ".join(each.finding.excerpt for each in found)
        with pytest.raises(NotNow, match="送达前检查发现 1 处"):
            serving.serve(place.officer, case.pk, letter.pk, way="online", on=date(2026, 3, 10), at=at("2026-03-10", 16))
        passed = [each.finding.fingerprint for each in stops]
        serving.serve(place.officer, case.pk, letter.pk, way="online", on=date(2026, 3, 10), passed=passed, at=at("2026-03-10", 16))
        assert Event.objects.get(request=case, kind="letter_served").facts["passed"] == passed

    def test_only_whom_it_is_for_opens_it_and_only_once_it_is_served(self) -> None:
        place = office()
        case, other = entered(place), entered(place, asked=ASKED)
        consultation = asked(place, case, "2026-03-04")
        to_applicant, to_side = signed(place, case, "extension", "2026-03-05"), signed(place, case, "third_party", "2026-03-05", consultation_ref="征1")
        mine, theirs, stranger = Ticket(case.pk, Party.APPLICANT), Ticket(case.pk, Party.ASKED, consultation.pk), Ticket(other.pk, Party.APPLICANT)

        with pytest.raises(NotFound):
            asking.file(mine, case.pk, to_applicant.pk, "pdf")
        for letter in (to_applicant, to_side):
            serving.serve(place.officer, case.pk, letter.pk, way="post", on=date(2026, 3, 5), at=at("2026-03-05", 16))
        assert asking.file(mine, case.pk, to_applicant.pk, "pdf").data.startswith(b"%PDF")
        assert asking.file(theirs, case.pk, to_side.pk, "docx").data.startswith(b"PK")
        for ticket, letter in ((mine, to_side), (theirs, to_applicant), (stranger, to_applicant)):
            with pytest.raises(NotFound):
                asking.file(ticket, case.pk, letter.pk, "pdf")


class TestDelivery:
    """登记送达: signed for, opened, downloaded; each once."""

    def test_opening_and_downloading_are_recorded_once_and_tell_the_first_day(self) -> None:
        place = office()
        case = entered(place)
        letter = served(place, case, "granted", "2026-03-10", "provided", way="online")
        mine = Ticket(case.pk, Party.APPLICANT)
        for day in ("2026-03-12", "2026-03-13"):
            for how in ("opened", "downloaded"):
                serving.record_delivery(mine, case.pk, letter.pk, how=how, at=at(day))

        assert kinds(case)[-2:] == ["letter_opened", "letter_downloaded"]
        assert Letter.objects.get(pk=letter.pk).delivered_on == date(2026, 3, 12)

    def test_a_download_that_comes_while_another_is_being_recorded_is_not_recorded_twice(self, monkeypatch: pytest.MonkeyPatch) -> None:
        place = office()
        case = entered(place)
        letter = served(place, case, "granted", "2026-03-10", "provided", way="online")
        mine = Ticket(case.pk, Party.APPLICANT)

        def meanwhile(ticket: Ticket, request_id: int) -> bool:
            monkeypatch.undo()
            serving.record_delivery(ticket, request_id, letter.pk, how="downloaded", at=at("2026-03-12"))
            return True

        monkeypatch.setattr(serving, "_recordable", meanwhile)
        serving.record_delivery(mine, case.pk, letter.pk, how="downloaded", at=at("2026-03-12"))

        assert kinds(case).count("letter_downloaded") == 1

    def test_the_applicant_cannot_enter_a_signature_nor_open_what_is_not_theirs(self) -> None:
        place = office()
        case, other = entered(place), entered(place)
        letter = served(place, case, "granted", "2026-03-10", "provided", way="online")

        with pytest.raises(Invalid):
            serving.record_delivery(Ticket(case.pk, Party.APPLICANT), case.pk, letter.pk, how="signed", at=at("2026-03-12"))
        with pytest.raises(NotFound):
            serving.record_delivery(Ticket(other.pk, Party.APPLICANT), case.pk, letter.pk, how="opened", at=at("2026-03-12"))

    def test_signing_for_it_is_entered_with_its_proof_and_not_before_posting(self) -> None:
        place = office()
        case = entered(place)
        letter = served(place, case, "granted", "2026-03-10", "provided", way="post")

        with pytest.raises(Invalid, match="不能早于发出之日"):
            serving.record_delivery(place.officer, case.pk, letter.pk, on=date(2026, 3, 9), at=at("2026-03-14"))
        serving.record_delivery(place.officer, case.pk, letter.pk, on=date(2026, 3, 13), proof=Upload("proof", "回执.txt", "已签收".encode()), at=at("2026-03-14"))
        assert kinds(case)[-2:] == ["file_added", "letter_delivered"]
        assert Letter.objects.get(pk=letter.pk).delivered_on == date(2026, 3, 13)


def test_a_third_party_that_objected_is_told_the_decision() -> None:
    place = office()
    case = entered(place)
    asked(place, case, "2026-03-04")
    served(place, case, "third_party", "2026-03-05", consultation_ref="征1")
    consulting.answer(place.officer, case.pk, "征1", "objects", on=date(2026, 3, 9), at=at("2026-03-09"))
    told = {"公开内容": "用水设施。", "理由": "涉及饮用水安全。", "复议机关": "某行署", "人民法院": "某法院"}
    letter = letters.draft(place.officer, case.pk, "third_party_decision", told, consultation_ref="征1", at=at("2026-03-10"))
    letters.sign(place.approver, case.pk, letter.pk, at=at("2026-03-10", 11))
    serving.serve(place.officer, case.pk, letter.pk, way="post", on=date(2026, 3, 10), at=at("2026-03-10", 15))
    values = asking.letter(place.officer, case.pk, letter.pk).values

    assert "于2026年3月9日收到不同意公开的意见" in str(values["征求意见经过"])
    assert Notice.objects.filter(request=case, key="decision_told").exists()
    assert now(case).state == "open"


class TestWhatIsKeptApart:
    """Who asks is told to nobody but the applicant; and what is the applicant's stays within reach."""

    @pytest.mark.parametrize("text", [PEOPLE[0].name, PEOPLE[0].phone, PEOPLE[0].identity_number])
    def test_a_letter_to_a_third_party_never_tells_who_asks(self, text: str) -> None:
        place = office()
        case = entered(place)
        asked(place, case, "2026-03-04")

        with pytest.raises(Invalid, match="不要写明申请人"):
            letters.draft(place.officer, case.pk, "third_party", {"反馈方式": f"请与{text}联系"}, consultation_ref="征1", at=at("2026-03-05"))
        letter = letters.draft(place.officer, case.pk, "third_party", {}, consultation_ref="征1", at=at("2026-03-05"))
        with pytest.raises(Invalid, match="不要写明申请人"):
            letters.change(place.officer, case.pk, letter.pk, {"征求内容": f"{text}申请公开的材料"}, at=at("2026-03-05"))

    def test_after_archiving_the_applicant_still_downloads_and_it_is_recorded(self) -> None:
        place = office()
        case = entered(place)
        letter = served(place, case, "granted", "2026-03-10", "provided", way="online")
        describing.archive(place.officer, case.pk, at=at("2026-03-20"))
        mine = Ticket(case.pk, Party.APPLICANT)
        serving.record_delivery(mine, case.pk, letter.pk, how="downloaded", at=at("2026-03-25"))

        assert asking.file(mine, case.pk, letter.pk, "pdf").data.startswith(b"%PDF")
        assert kinds(case)[-1] == "letter_downloaded"

    def test_after_a_withdrawal_no_reply_is_signed_any_more(self) -> None:
        place = office()
        case = entered(place)
        letter = drafted(place, case, "extension", "2026-03-05")
        ending.withdraw(place.officer, case.pk, on=date(2026, 3, 6), at=at("2026-03-06"))

        with pytest.raises(NotNow, match="已经办结"):
            letters.sign(place.head, case.pk, letter.pk, at=at("2026-03-07"))
        with pytest.raises(NotNow, match="已经办结"):
            drafted(place, case, "granted", "2026-03-07", "provided")
