"""导入登记簿 through the front door: the template, a wrong table, a right one, and who may."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.platform.cases.models import Batch, Request
from tests.platform.cases.factories import Office
from tests.platform.cases.intake.making import LIU
from tests.platform.cases.intake.registering import LINE, line, register

from .conftest import Enter


def address(place: Office, tail: str = "") -> str:
    return f"/desk/organs/{place.organ.slug}/requests/import/{tail}"


def given(data: bytes, name: str = "2025年登记簿.xlsx") -> dict[str, object]:
    return {"file": SimpleUploadedFile(name, data)}


def test_the_head_of_the_office_finds_the_way_from_the_list_and_the_template(place: Office, enter: Enter) -> None:
    client = enter(place.head)
    shown, sheet = client.get(f"/desk/organs/{place.organ.slug}/requests/"), client.get(address(place, "register.xlsx"))

    assert address(place) in shown.content.decode()
    assert sheet.content[:4] == b"PK\x03\x04"
    assert client.get(address(place)).status_code == 200


def test_a_register_is_looked_over_and_then_entered(place: Office, enter: Enter) -> None:
    client = enter(place.head)
    sent = client.post(address(place), given(register(LINE, line(number="2", ended="2025-06-30"))), follow=True)
    text = sent.content.decode()

    assert "还没有写入" in text and "登记这 2 件" in text and "答复超过法定期限" in text
    assert LIU.name not in text and "柳*烟" in text
    assert Request.objects.count() == 0
    done = client.post(sent.redirect_chain[-1][0], {"do": "import"}, follow=True)
    assert "已登记 2 件" in done.content.decode()
    assert Request.objects.filter(imported=True).count() == 2


def test_a_wrong_line_is_shown_first_and_cannot_be_entered(place: Office, enter: Enter) -> None:
    client = enter(place.head)
    sent = client.post(address(place), given(register(LINE, line(number="2", channel=""))), follow=True)
    where = sent.redirect_chain[-1][0]
    tried = client.post(where, {"do": "import"})

    assert "申请渠道：必填" in sent.content.decode() and "登记这" not in sent.content.decode()
    assert (tried.status_code, "什么也没有写入" in tried.content.decode()) == (422, True)
    client.post(where, {"do": "drop"})
    assert (Batch.objects.get().state, Request.objects.count()) == ("dropped", 0)


def test_a_file_that_is_no_table_is_refused_beside_the_field(place: Office, enter: Enter) -> None:
    answer = enter(place.head).post(address(place), given("编号,申请人".encode(), "登记簿.csv"))

    assert (answer.status_code, "请上传 XLSX" in answer.content.decode()) == (422, True)


def test_nobody_else_comes_in(place: Office, enter: Enter) -> None:
    client = enter(place.head)
    where = client.post(address(place), given(register(LINE))).headers["Location"]

    for actor in (place.officer, place.approver, place.editor):
        assert enter(actor).get(address(place)).status_code in (403, 404)
        assert enter(actor).get(where).status_code == 404
