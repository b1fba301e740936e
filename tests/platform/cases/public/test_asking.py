"""The public form: four steps, a draft that is never lost, one request however often it is posted, a receipt at once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongkai.platform.cases import sealing
from gongkai.platform.cases.actions import unfiled
from gongkai.platform.cases.models import CaseFile, Event, Offered, Request, Unfiled, UnfiledFile
from gongkai.platform.cases.values import Applicant, Asked
from tests.platform.cases.factories import office
from tests.platform.cases.public.filling import HOW, PERSON, SECRETS, WHAT, WHO, base, filed, fill, png
from tests.platform.portal import making

pytestmark = pytest.mark.django_db


def test_a_citizen_files_a_request_in_four_steps(client: Client) -> None:
    place = office()
    number, shown, code = filed(client, place.organ.slug)
    made = Request.objects.get(pk=number)

    assert (made.state, made.channel, made.applicant_kind) == ("awaiting_confirmation", "online", "natural")
    assert Applicant.opened(made.applicant) == Applicant("柳如烟", "resident_card", "653121199001011230", phone="13900000001", email="liu@mail.example")
    assert Asked.opened(made.content) == Asked("西关片区征地补偿安置方案", "2025年批准", "electronic", "online")
    assert shown == made.number
    assert re.fullmatch(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", code)


def test_no_purpose_is_asked_anywhere(client: Client) -> None:
    slug = office().organ.slug
    fill(client, slug)
    for step in ("", "who/", "person/", "how/", "check/"):
        page = client.get(base(slug) + step).content.decode()

        assert not re.search(r'name="[^"]*(purpose|use|yongtu|reason)[^"]*"', page), step
        assert all("不需要说明用途" in told or "不需要" in told for told in re.findall(r"[^。>]*用途[^。<]*", page)), step


def test_what_was_typed_comes_back_even_when_it_is_wrong(client: Client) -> None:
    slug = office().organ.slug
    client.post(base(slug), WHAT)
    client.post(base(slug) + "who/", WHO)
    answer = client.post(base(slug) + "person/", PERSON | {"identity_number": "65312119900101123", "email": "liu@"})
    page = answer.content.decode()

    assert answer.status_code == 422
    assert 'href="#identity_number"' in page and 'href="#email"' in page
    assert 'value="65312119900101123"' in page
    assert 'value="liu@"' in client.get(base(slug) + "person/").content.decode()


def test_a_draft_outlives_the_session_and_opens_in_no_other_browser(client: Client) -> None:
    slug = office().organ.slug
    client.post(base(slug), WHAT)
    client.cookies.pop("sessionid", None)
    again = client.get(base(slug)).content.decode()
    other = Client(headers={"host": "localhost"}).get(base(slug)).content.decode()

    assert WHAT["title"] in again and "没有提交的草稿" in again
    assert WHAT["title"] not in other
    cookie = client.cookies["gongkai_request"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == base(slug) and cookie["max-age"] == 30 * 24 * 3600


def test_a_draft_is_sealed_and_is_not_another_organs(client: Client) -> None:
    place, other = office(), office("beside")
    fill(client, place.organ.slug)
    row = Unfiled.objects.get()

    for secret in SECRETS:
        assert secret.encode() not in bytes(row.data)
    assert WHAT["title"] not in client.get(base(other.organ.slug)).content.decode()


def test_steps_cannot_be_skipped(client: Client) -> None:
    slug = office().organ.slug

    assert client.get(base(slug) + "check/").headers["Location"] == base(slug)
    client.post(base(slug), WHAT)
    assert client.get(base(slug) + "how/").headers["Location"] == base(slug) + "who/"
    assert client.get(base(slug) + "nonsense/").status_code == 404


def test_an_organisation_gives_its_code_and_whom_to_speak_to(client: Client) -> None:
    slug = office().organ.slug
    client.post(base(slug), WHAT)
    client.post(base(slug) + "who/", {"applicant_kind": "business"})
    asked = client.get(base(slug) + "person/").content.decode()
    wrong = client.post(base(slug) + "person/", {"name": "某某建筑有限公司", "organisation_code": "91653100MA00000000", "phone": "13900000003"})
    right = client.post(base(slug) + "person/", {"name": "某某建筑有限公司", "organisation_code": "91350100M000100Y43", "contact": "经办人", "phone": "13900000003"})

    assert "统一社会信用代码" in asked and "联系人" in asked
    assert wrong.status_code == 422 and 'href="#organisation_code"' in wrong.content.decode() and 'href="#contact"' in wrong.content.decode()
    assert right.headers["Location"] == base(slug) + "how/"


def test_what_is_wanted_by_post_needs_an_address_and_says_so_where_it_was_chosen(client: Client) -> None:
    slug = office().organ.slug
    for step, typed in (("", WHAT), ("who/", WHO), ("person/", PERSON)):
        client.post(base(slug) + step, typed)
    answer = client.post(base(slug) + "how/", HOW | {"obtaining": "post"})

    assert answer.status_code == 422
    assert "选择邮寄，请填写通信地址" in answer.content.decode()


class TestFiles:
    def test_a_file_is_kept_sealed_with_the_draft_and_goes_into_the_case(self, client: Client) -> None:
        slug = office().organ.slug
        picture = SimpleUploadedFile("证件.png", png(), "image/png")
        fill(client, slug, person={"identity": picture})
        kept = UnfiledFile.objects.get()
        page = client.get(base(slug) + "person/").content.decode()
        client.post(base(slug) + "check/")
        made = Request.objects.get()

        assert b"IHDR" not in bytes(kept.data) and "证件".encode() not in bytes(kept.name)
        assert "证件.png" in page
        assert [(each.kind, each.shown) for each in CaseFile.objects.filter(request=made)] == [("identity", True)]
        assert not UnfiledFile.objects.exists()

    def test_a_file_that_is_not_what_it_says_is_refused_and_the_rest_is_kept(self, client: Client) -> None:
        slug = office().organ.slug
        client.post(base(slug), WHAT)
        client.post(base(slug) + "who/", WHO)
        answer = client.post(base(slug) + "person/", PERSON | {"identity": SimpleUploadedFile("证件.png", b"MZ\x90\x00 program", "image/png")})
        page = answer.content.decode()

        assert answer.status_code == 422
        assert "没有上传" in page and 'value="柳如烟"' in page

    def test_several_files_one_after_the_other_and_one_taken_out_again(self, client: Client) -> None:
        slug = office().organ.slug
        for name in ("一.png", "二.png"):
            answer = client.post(base(slug), WHAT | {"application": SimpleUploadedFile(name, png(), "image/png"), "add": "1"})
            assert answer.status_code == 302
        first = UnfiledFile.objects.order_by("pk")[0]
        client.post(base(slug), WHAT | {"remove": str(first.pk)})
        page = client.get(base(slug)).content.decode()

        assert "二.png" in page and "一.png" not in page
        assert WHAT["title"] in page


class TestOnce:
    def test_a_second_post_gets_the_same_receipt(self, client: Client) -> None:
        slug = office().organ.slug
        fill(client, slug)
        held = client.cookies.copy()
        client.post(base(slug) + "check/")
        first = client.get("/requests/receipt/").context["code"]
        other = Client(headers={"host": "localhost"})
        other.cookies = held
        again = other.post(base(slug) + "check/")
        second = other.get("/requests/receipt/").context["code"]

        assert again.headers["Location"] == "/requests/receipt/"
        assert (first, Request.objects.count()) == (second, 1)

    def test_what_was_typed_is_wiped_when_it_is_filed(self, client: Client) -> None:
        slug = office().organ.slug
        fill(client, slug)
        client.post(base(slug) + "check/")
        told = sealing.unseal(Unfiled.objects.get().data, "cases.unfiled.data")

        assert told["typed"] == {}
        assert WHAT["title"] not in str(told)

    def test_the_query_code_is_put_away_for_good(self, client: Client) -> None:
        number, _shown, code = filed(client, office().organ.slug)
        assert code in client.get("/requests/receipt/").content.decode()
        opened = client.post("/requests/receipt/")

        assert opened.headers["Location"] == f"/requests/{number}/"
        assert client.get("/requests/receipt/").status_code == 404
        assert code not in client.get(f"/requests/{number}/").content.decode()

    def test_the_draft_can_be_thrown_away(self, client: Client) -> None:
        slug = office().organ.slug
        fill(client, slug)
        answer = client.post(base(slug) + "discard/")

        assert answer.status_code == 302 and not Unfiled.objects.exists()
        assert WHAT["title"] not in client.get(base(slug)).content.decode()

    def test_drafts_older_than_thirty_days_go(self, client: Client) -> None:
        fill(client, office().organ.slug)
        now = timezone.now()

        assert unfiled.sweep(now + timedelta(days=29)) == 0
        assert unfiled.sweep(now + timedelta(days=31)) == 1


class TestOffering:
    def test_what_is_public_and_fits_is_offered_before_and_the_answer_counted(self, client: Client) -> None:
        place = office()
        making.publication(place.organ, "关于县城东区征地补偿安置方案的公告")
        making.publication(place.organ, "公务员招录公告")
        answer = client.post(base(place.organ.slug), WHAT)
        page = client.get(answer.headers["Location"]).content.decode()
        fill(client, place.organ.slug)
        client.post(base(place.organ.slug) + "check/")

        assert answer.headers["Location"].endswith("/new/offers/")
        assert "征地补偿安置方案的公告" in page and "公务员招录公告" not in page
        assert [(row.answer, len(row.items)) for row in Offered.objects.all()] == [("filed", 1)]

    def test_who_found_it_files_nothing_and_nothing_is_kept(self, client: Client) -> None:
        place = office()
        making.publication(place.organ, "关于县城东区征地补偿安置方案的公告")
        client.post(base(place.organ.slug), WHAT)
        answer = client.post(base(place.organ.slug) + "offers/", {"answer": "helped"})

        assert client.get(answer.headers["Location"]).status_code == 200
        assert Offered.objects.get().answer == "helped"
        assert not Unfiled.objects.exists() and not Request.objects.exists()

    def test_nothing_is_offered_where_nothing_fits(self, client: Client) -> None:
        place = office()
        making.publication(place.organ, "公务员招录公告")
        answer = client.post(base(place.organ.slug), WHAT)

        assert answer.headers["Location"].endswith("/new/who/")
        assert not Offered.objects.exists()


def test_an_event_of_filing_is_the_applicants_and_the_day_is_not_yet_receipt(client: Client) -> None:
    number, _shown, _code = filed(client, office().organ.slug)
    first = Event.objects.get(request=number, number=1)

    assert (first.kind, first.role) == ("submitted", "applicant")
    assert Request.objects.get(pk=number).due_on is None


@pytest.mark.parametrize("step", ["", "who/", "person/", "how/", "check/", "offers/"])
def test_a_page_of_the_form_costs_few_statements(client: Client, step: str) -> None:
    place = office()
    making.publication(place.organ, "关于县城东区征地补偿安置方案的公告")
    fill(client, place.organ.slug, person={"identity": SimpleUploadedFile("证件.png", png(), "image/png")})
    with CaptureQueriesContext(connection) as counted:
        answer = client.get(base(place.organ.slug) + step)

    assert answer.status_code == 200
    assert len(counted) <= 8


def test_an_organ_that_was_closed_takes_no_requests(client: Client) -> None:
    place = office()
    fill(client, place.organ.slug)
    place.organ.active = False
    place.organ.save(update_fields=["active"])
    answer = client.post(base(place.organ.slug) + "check/")

    assert answer.status_code == 409 and "已经撤销" in answer.content.decode()
    assert Unfiled.objects.exists()
