"""Intake, in the order of the statute: Articles 29, 31, 43; then the form that is posted many times."""

from __future__ import annotations

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection

from gongkai.platform.cases import keeping
from gongkai.platform.cases.actions import intake
from gongkai.platform.cases.actions.intake import Upload
from gongkai.platform.cases.choices import State
from gongkai.platform.cases.creating import code_hash
from gongkai.platform.cases.errors import Conflict, Invalid, NotAllowed, NotFound, NotNow
from gongkai.platform.cases.models import CaseFile, Event, Filed, Notice, Request
from gongkai.platform.cases.recording import Ticket
from gongkai.platform.cases.states import Party
from gongkai.platform.cases.validating import checked, lacking
from gongkai.platform.cases.values import Applicant, Asked
from gongkai.platform.journal.models import Entry
from gongkai.platform.journal.verify import verify
from gongkai.platform.organs.acting import PUBLIC
from tests.platform.cases.factories import Office, at, office

from .making import ABDU, FIRM, LAND, LIU, text_file


def registered(place: Office, channel: str = "in_person", on: str = "2026-03-02", applicant: Applicant = LIU, **more: object) -> intake.Registered:
    kind = str(more.pop("applicant_kind", "natural"))
    asked = more.pop("asked", LAND)
    return intake.register(place.officer, place.organ.pk, applicant, asked, channel=channel, applicant_kind=kind, on=date.fromisoformat(on), at=at(on), **more)  # type: ignore[arg-type]


class TestArticle29:
    """申请应当包括：申请人的姓名或者名称、身份证明、联系方式；所需信息的名称、文号或者其他特征性描述；形式要求。"""

    def test_no_field_asks_for_a_purpose(self) -> None:
        names = {*Applicant.__slots__, *Asked.__slots__}

        assert not {name for name in names if "purpose" in name or "reason" in name or "use" in name}

    def test_everything_that_is_lacking_is_said_at_once_by_field_in_the_order_of_the_form(self) -> None:
        with pytest.raises(Invalid) as refused:
            checked(Applicant(" "), Asked(" ", form="", obtaining=""), "natural")

        assert list(refused.value.fields) == ["name", "identity_number", "phone", "title", "form", "obtaining"]
        assert "第二十九条" in refused.value.fields["name"]

    @pytest.mark.parametrize(
        ("number", "said"),
        [
            ("65312119900101", "应为 18 位，现有 14 位"),
            (LIU.identity_number[:17] + ("1" if LIU.identity_number[17] != "1" else "2"), "校验码不符"),
            ("A5312119900101123X", "前 17 位应为数字"),
        ],
    )
    def test_a_wrong_identity_number_is_explained_and_not_repeated(self, number: str, said: str) -> None:
        with pytest.raises(Invalid) as refused:
            checked(replace(LIU, identity_number=number), LAND, "natural")

        assert said in refused.value.fields["identity_number"]
        assert number not in str(refused.value)

    def test_numbers_are_taken_in_any_writing(self) -> None:
        wide = LIU.identity_number.translate(str.maketrans("0123456789X", "０１２３４５６７８９ｘ"))
        told = checked(replace(LIU, identity_number=f" {wide[:6]} {wide[6:]}", phone="１３９ 0000 0001", email=" <liu@mail.example> ", name="柳\u200b如烟\n"), LAND, "natural")

        assert told.applicant == LIU

    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("phone", "call me", "只写数字和连字符"),
            ("email", "liu at mail.example", "电子邮箱的格式不对"),
            ("postcode", "8442", "6 位数字，现有 4 位"),
            ("address", "某" * 301, "不得超过 300 个字，现有 301 个"),
        ],
    )
    def test_contacts_that_cannot_be_right_are_said(self, field: str, value: str, said: str) -> None:
        with pytest.raises(Invalid) as refused:
            checked(replace(LIU, **{field: value}), LAND, "natural")

        assert said in refused.value.fields[field]

    @pytest.mark.parametrize("phone", ["13900000001", "+86 139-0000-0001", "0998-6571234", "(0998)6571234转801", "400-000-1234", "12345"])
    def test_telephone_numbers_are_taken_as_people_write_them(self, phone: str) -> None:
        assert "phone" not in lacking(checked(replace(LIU, phone=phone), LAND, "natural").applicant, LAND, "natural")

    def test_the_way_of_obtaining_decides_which_contact_is_needed(self) -> None:
        bare = replace(LIU, phone="13900000001", email="", address="", fax="")

        assert [list(lacking(bare, replace(LAND, obtaining=way), "natural")) for way in ("online", "email", "post", "fax", "in_person")] == [
            [], ["email"], ["address"], ["fax"], []
        ]  # fmt: skip

    def test_organisations_give_their_code_and_somebody_to_talk_to(self) -> None:
        with pytest.raises(Invalid) as refused:
            checked(replace(FIRM, organisation_code="91653121MA000000X0", contact=""), LAND, "business")

        assert list(refused.value.fields) == ["organisation_code", "contact"]
        assert checked(FIRM, LAND, "business").applicant == FIRM

    def test_an_organisation_from_abroad_gives_another_document(self) -> None:
        abroad = replace(FIRM, organisation_code="", identity_kind="other", identity_number="HRB-12345")

        assert not checked(abroad, LAND, "other").lacking

    @pytest.mark.django_db
    def test_an_application_that_lacks_something_is_registered_as_it_came(self) -> None:
        place = office()
        bare = Applicant("柳如烟", phone="13900000001")
        with pytest.raises(Invalid, match="证件号码"):
            registered(place, applicant=bare)
        done = registered(place, applicant=bare, as_received=True)

        assert done.lacking == ("identity_number",)
        assert Event.objects.get(request=done.request, number=1).facts == {"lacking": ["identity_number"]}
        assert Request.objects.count() == 1

    @pytest.mark.django_db
    def test_an_oral_application_is_made_in_person_and_written_down_by_the_office(self) -> None:
        place = office()
        with pytest.raises(Invalid) as refused:
            registered(place, "fax", oral=True)
        done = registered(place, oral=True)

        assert list(refused.value.fields) == ["oral"]
        assert done.request.oral and done.request.state == State.OPEN.value


@pytest.mark.django_db
class TestArticle31:
    """当面提交的，以提交之日为收到申请之日；需签收的邮寄，以签收之日；平常信函、互联网渠道、传真，以确认之日。"""

    @pytest.mark.parametrize("channel", ["in_person", "registered_post"])
    def test_what_is_handed_in_or_signed_for_counts_from_that_day(self, channel: str) -> None:
        done = registered(office(), channel, "2026-02-12")

        assert (done.request.state, done.request.received_on, done.request.due_on) == (State.OPEN.value, date(2026, 2, 12), date(2026, 3, 18))

    @pytest.mark.parametrize("channel", ["ordinary_post", "online", "fax", "email"])
    def test_what_must_be_confirmed_counts_from_the_day_both_sides_confirm(self, channel: str) -> None:
        place = office()
        done = registered(place, channel, "2026-02-10")
        confirmed = intake.confirm(place.officer, done.request.pk, on=date(2026, 2, 12), at=at("2026-02-13"), how="phone")

        assert (done.request.state, done.request.received_on) == (State.AWAITING_CONFIRMATION.value, None)
        assert (confirmed.state, confirmed.received_on, confirmed.due_on) == (State.OPEN.value, date(2026, 2, 12), date(2026, 3, 18))
        assert Event.objects.get(request=confirmed, kind="confirmed").facts == {"how": "phone"}

    def test_what_counts_at_once_needs_no_confirmation(self) -> None:
        place = office()
        done = registered(place)

        with pytest.raises(NotNow, match="办理中"):
            intake.confirm(place.officer, done.request.pk, on=date(2026, 3, 3), at=at("2026-03-03"))

    def test_the_applicant_confirms_on_line_and_only_for_today(self) -> None:
        place = office()
        done = registered(place, "online")
        ticket = Ticket(done.request.pk, Party.APPLICANT)
        confirmed = intake.confirm(ticket, done.request.pk, on=date(2026, 3, 2), at=at("2026-03-05"))

        assert (confirmed.received_on, Event.objects.get(request=confirmed, kind="confirmed").role) == (date(2026, 3, 5), "applicant")

    def test_another_applicants_ticket_finds_nothing(self) -> None:
        place = office()
        one, other = registered(place, "online"), registered(place, "online", applicant=ABDU)

        with pytest.raises(NotFound):
            intake.confirm(Ticket(one.request.pk, Party.APPLICANT), other.request.pk, on=date(2026, 3, 3), at=at("2026-03-03"))

    @pytest.mark.parametrize(("on", "how", "field"), [("2026-03-09", "phone", "on"), ("2026-03-01", "phone", "on"), ("2026-03-03", "smoke", "how")])
    def test_a_confirmation_of_another_day_or_kind_is_refused(self, on: str, how: str, field: str) -> None:
        place = office()
        done = registered(place, "fax")

        with pytest.raises(Invalid) as refused:
            intake.confirm(place.officer, done.request.pk, on=date.fromisoformat(on), at=at("2026-03-05"), how=how)
        assert list(refused.value.fields) == [field]

    def test_a_letter_may_be_entered_some_days_after_it_came(self) -> None:
        place = office()
        done = intake.register(
            place.officer, place.organ.pk, LIU, LAND, channel="registered_post", applicant_kind="natural", on=date(2026, 2, 27), at=at("2026-03-02")
        )

        assert (done.request.received_on, done.request.registered_at) == (date(2026, 2, 27), at("2026-03-02"))

    @pytest.mark.parametrize("on", ["2026-03-05", "2019-05-14"])
    def test_no_day_to_come_and_none_before_the_regulations_began(self, on: str) -> None:
        place = office()

        with pytest.raises(Invalid) as refused:
            intake.register(place.officer, place.organ.pk, LIU, LAND, channel="fax", applicant_kind="natural", on=date.fromisoformat(on), at=at("2026-03-04"))
        assert list(refused.value.fields) == ["on"]

    def test_the_applicant_is_told_what_came_and_whether_to_confirm(self) -> None:
        place = office()
        registered(place)
        registered(place, "email", applicant=ABDU)

        assert list(Notice.objects.order_by("id").values_list("key", "channel")) == [("received", "email"), ("confirm", "email"), ("confirm", "sms")]


@pytest.mark.django_db
class TestRegister:
    def test_only_who_handles_requests_of_this_organ_registers(self) -> None:
        place, other = office(), office("other")

        for actor in (place.approver, place.legal, place.editor, other.officer, PUBLIC):
            with pytest.raises(NotAllowed, match="登记申请"):
                intake.register(actor, place.organ.pk, LIU, LAND, channel="in_person", applicant_kind="natural", on=date(2026, 3, 2), at=at("2026-03-02"))
        assert not Request.objects.exists()

    def test_the_number_is_given_without_gaps_by_year(self) -> None:
        place = office()
        numbers = [registered(place, on=on).request.number for on in ("2026-03-02", "2026-03-03")]

        assert numbers == ["2026-0001", "2026-0002"]

    def test_who_registers_handles_it_until_it_is_assigned(self) -> None:
        place = office()
        by_head = intake.register(place.head, place.organ.pk, LIU, LAND, channel="fax", applicant_kind="natural", on=date(2026, 3, 2), at=at("2026-03-02"))

        assert (registered(place).request.officer_id, by_head.request.officer_id) == (place.officer.person, None)

    def test_a_closed_organ_names_its_successor(self) -> None:
        place, heir = office(), office("heir")
        place.organ.active, place.organ.successor = False, heir.organ
        place.organ.save()

        with pytest.raises(NotNow, match=heir.organ.name):
            registered(place)

    def test_files_come_in_with_it_sealed_and_numbered(self) -> None:
        place = office()
        done = registered(place, files=[text_file(), text_file("identity", "柳如烟身份证.txt", "653121")])
        files = list(CaseFile.objects.filter(request=done.request).order_by("number"))

        assert [(each.number, each.kind, each.shown, keeping.name_of(each)) for each in files] == [
            (1, "application", True, "申请表.txt"), (2, "identity", True, "柳如烟身份证.txt")
        ]  # fmt: skip
        assert keeping.read(files[1]) == b"653121"
        assert [each.kind for each in Event.objects.filter(request=done.request).order_by("number")] == ["submitted", "file_added", "file_added"]

    def test_a_file_that_is_not_what_it_says_is_refused_with_everything(self) -> None:
        place = office()
        with pytest.raises(Invalid) as refused:
            registered(place, files=[text_file(), Upload("identity", "柳如烟.pdf", b"MZ\x90\x00" + bytes(200)), Upload("nothing", "a.txt", b"a")])

        assert list(refused.value.fields) == ["files"]
        assert "第 2 个文件没有上传" in str(refused.value) and "第 3 个文件" in str(refused.value)
        assert "柳如烟" not in str(refused.value)
        assert not Request.objects.exists()


def filed(place: Office, once: str = "form-1", asked: Asked = LAND, **more: object) -> intake.Registered:
    return intake.file(place.organ.pk, LIU, asked, applicant_kind="natural", at=at("2026-03-02"), once=once, **more)  # type: ignore[arg-type]


@pytest.mark.django_db
class TestFile:
    def test_anybody_files_and_gets_number_and_code(self) -> None:
        place = office()
        done = filed(place, files=[text_file()], needs_help=True)
        first = Event.objects.get(request=done.request, number=1)

        assert (done.request.number, done.request.channel, done.request.state) == ("2026-0001", "online", State.AWAITING_CONFIRMATION.value)
        assert done.request.code_hash == code_hash(done.code)
        assert (first.role, first.person_id, done.request.registered_by_id, done.request.officer_id) == ("applicant", None, None, None)
        assert [(each.key, each.channel) for each in Notice.objects.order_by("id")][:2] == [("confirm", "email"), ("confirm", "sms")]
        assert Notice.objects.filter(key="new_request", person=place.head.person).exists()

    def test_the_same_form_again_gets_the_same_answer(self) -> None:
        place = office()
        first, second = filed(place, files=[text_file()]), filed(place, files=[text_file()])

        assert (first.request.pk, first.code) == (second.request.pk, second.code)
        assert Request.objects.count() == CaseFile.objects.count() == Filed.objects.count() == 1

    def test_what_was_changed_after_filing_is_not_swallowed(self) -> None:
        place = office()
        filed(place)

        with pytest.raises(Conflict, match="2026-0001"):
            filed(place, asked=replace(LAND, description="另一份"))
        assert Request.objects.count() == 1

    def test_another_form_makes_another_request(self) -> None:
        place = office()

        assert filed(place).request.pk != filed(place, "form-2").request.pk

    def test_a_refused_form_may_be_mended_and_posted_again(self) -> None:
        place = office()
        with pytest.raises(Invalid):
            filed(place, files=[Upload("identity", "证.pdf", b"not a pdf")])

        assert filed(place).request.number == "2026-0001"

    def test_an_unknown_organ_is_not_found(self) -> None:
        with pytest.raises(NotFound):
            intake.file(999_999, LIU, LAND, applicant_kind="natural", at=at("2026-03-02"), once="x")

    def test_the_officers_form_is_registered_once_too(self) -> None:
        place = office()

        assert registered(place, once="desk").code == registered(place, once="desk").code
        assert Request.objects.count() == 1


def test_five_hundred_posts_of_one_form_make_one_request_and_all_get_its_code(ledger: object) -> None:
    """条例第二十八条：渠道畅通，不因连点而成几件。"""
    place = office()
    gate, workers = threading.Barrier(20), 20

    def post(worker: int) -> list[tuple[int, str, str]]:
        gate.wait(60)
        try:
            done = [filed(place, files=[text_file()]) for _ in range(500 // workers)]
            return [(each.request.pk, each.request.number, each.code) for each in done]
        finally:
            connection.close()

    with ThreadPoolExecutor(workers) as pool:
        answers = [answer for answers in pool.map(post, range(workers)) for answer in answers]

    assert len(answers) == 500 and len(set(answers)) == 1
    assert Request.objects.count() == CaseFile.objects.count() == Event.objects.filter(kind="submitted").count() == 1
    assert Notice.objects.filter(key="confirm", channel="email").count() == 1
    assert verify().holds


@pytest.mark.django_db
def test_nothing_personal_is_in_the_journal_the_events_the_notices_or_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    place = office()
    done = filed(place, files=[text_file("identity", "柳如烟身份证.txt")])
    intake.confirm(place.officer, done.request.pk, on=date(2026, 3, 3), at=at("2026-03-03"), how="phone", text="柳如烟本人接听 13900000001")
    told = [
        *(f"{each.verb} {each.subject} {each.changes} {each.reason}" for each in Entry.objects.all()),
        *(f"{each.facts} {each.law}" for each in Event.objects.all()),
        *(f"{each.facts}" for each in Notice.objects.all()),
        *(str(row) for row in Request.objects.values("number", "name_hash", "identity_hash", "contact_hashes", "marks")),
        *(record.getMessage() for record in caplog.records if not record.name.startswith("django.db")),
    ]

    for secret in (LIU.name, LIU.identity_number, LIU.phone, LIU.email, LIU.address, LAND.title, LAND.description, done.code, "身份证.txt"):
        assert not [line for line in told if secret in line]
