"""After filing: a correction is answered, a third party consulted by link, the reply downloaded, its code verified. On a phone and wide."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import expect
from procrastinate.contrib.django.models import ProcrastinateJob

from gongkai.platform.cases.actions import consulting, doorkeeping, letters, serving
from gongkai.platform.cases.models import Consultation, Request
from gongkai.platform.cases.values import Consulted
from tests.journeys.asking.conftest import Look
from tests.journeys.browsing import Desk
from tests.journeys.conftest import Site
from tests.platform.cases.factories import Office, entered_with_code, office

PARTY = Consulted("某某矿业有限公司", contact="经办人", email="mine@party.example")
REPLY = {"理由": "该信息为内部会议纪要。", "复议机关": "某某行署", "人民法院": "某某法院"}


@pytest.fixture(scope="module")
def place(site: Site) -> Office:
    found = office("lanyuan")
    found.organ.name, found.organ.short_name, found.organ.office_name, found.organ.office_phone = "澜原县人民政府", "澜原县", "县政府办公室", "0998-6571234"
    found.organ.save()
    return found


def entered(place: Office, back: int, channel: str = "in_person") -> tuple[Request, str]:
    """A request of some days ago, and its query code."""
    with transaction.atomic():
        return entered_with_code(place, on=(timezone.localdate() - timedelta(days=back)).isoformat(), channel=channel)


def sent(place: Office, case: Request, key: str, fields: dict[str, str], by_head: bool = True, **more: object) -> int:
    """A letter drafted, signed and served on line; its id."""
    at = timezone.now()
    drafted = letters.draft(place.officer, case.pk, key, fields, at=at, **more)  # type: ignore[arg-type]
    if more.get("reply"):
        letters.review(place.legal, case.pk, drafted.pk, at=at)
    signed = letters.sign(place.head if by_head else place.approver, case.pk, drafted.pk, at=at)
    serving.serve(place.officer, case.pk, signed.pk, way="online", on=timezone.localdate(), at=at)
    return signed.pk


@pytest.mark.parametrize("width", [390, 1280])
def test_a_citizen_follows_corrects_and_takes_the_reply(page: Desk, place: Office, look: Look, wrong: list[str], width: int) -> None:
    today = timezone.localdate()
    case, code = entered(place, 4)
    fields = {"不明确之处": "没有写明是哪一年的方案。", "需要补正的事项": "写明年份。", "指导和释明": "可以写明文号或者发布的时间。"}
    sent(place, case, "correction", fields, law={"answer_by": (today + timedelta(days=14)).isoformat()})
    opened = page(width)
    opened.goto("/requests/")
    opened.get_by_role("textbox", name="登记编号").fill(case.number)
    opened.get_by_role("textbox", name="查询码").fill(code)
    opened.get_by_role("button", name="打开").click()
    expect(opened.get_by_role("heading", name="请补正")).to_be_visible()
    look(opened, "to-correct")
    opened.get_by_role("textbox", name="补正的内容").fill("2025年3月批准的那一份")
    opened.get_by_role("button", name="提交补正").click()
    expect(opened.get_by_role("status").first).to_contain_text("补正已提交")

    letter = sent(place, case, "denied", REPLY, by_head=False, reply="denied_process_info")
    opened.reload()
    expect(opened.get_by_text("已答复").first).to_be_visible()
    with opened.expect_download() as file:
        opened.locator(f"a[href$='/letters/{letter}.pdf']").click()
    opened.reload()
    expect(opened.get_by_text("申请行政复议").first).to_be_visible()
    opened.get_by_text("说说答复有没有帮助").click()
    opened.get_by_label("有帮助", exact=True).check()
    look(opened, "replied")
    opened.get_by_role("button", name="提交评价").click()
    expect(opened.get_by_role("status").first).to_contain_text("评价已记下")

    assert Path(file.value.path()).read_bytes().startswith(b"%PDF")
    assert wrong == []


@pytest.mark.parametrize("width", [390, 1280])
def test_a_third_party_answers_by_its_link(page: Desk, place: Office, look: Look, wrong: list[str], width: int) -> None:
    case, _code = entered(place, 4)
    made = consulting.consult(place.officer, case.pk, "third_party", PARTY, "拟公开贵公司2025年报送的矿区补偿标准，请提出意见。", at=timezone.now())
    sent(place, case, "third_party", {}, consultation_ref=made.ref)
    token = consulting.renew_link(place.officer, case.pk, made.ref, at=timezone.now())
    opened = page(width)
    opened.goto(f"/opinion/{token}/")
    look(opened, "opinion-unread")
    expect(opened.get_by_text("矿区补偿标准")).to_have_count(0)
    opened.get_by_role("button", name="收到，查看内容").click()
    expect(opened.get_by_text("矿区补偿标准")).to_be_visible()
    opened.get_by_label("不同意公开", exact=True).check()
    opened.get_by_role("button", name="提交意见").click()
    expect(opened.get_by_role("alert")).to_contain_text("请说明理由")
    look(opened, "opinion-wrong")
    opened.get_by_role("textbox", name="理由和说明").fill("涉及报价构成，属于商业秘密。")
    opened.get_by_role("button", name="提交意见").click()
    expect(opened.get_by_role("status").first).to_contain_text("意见已经收到")
    look(opened, "opinion-answered")

    assert wrong == []
    assert Consultation.objects.get(pk=made.pk).opened_at is not None


@pytest.mark.parametrize("width", [390, 1280])
def test_the_other_doors_fit_too(page: Desk, place: Office, look: Look, wrong: list[str], width: int) -> None:
    """A link by e-mail, a letter checked, what is not there, what is over."""
    case, _code = entered(place, 2, "online")
    opened = page(width)
    opened.goto("/requests/verify/")
    opened.get_by_role("textbox", name="校验码").fill("2222-2222-2222")
    opened.get_by_role("button", name="核对").click()
    look(opened, "verify")
    opened.goto(f"/requests/{case.pk}/")
    look(opened, "not-there")
    opened.goto("/requests/")
    opened.get_by_role("textbox", name="申请时留的电子邮箱").fill("liu@mail.example")
    opened.get_by_role("button", name="发送链接").click()
    look(opened, "mailed")

    assert ProcrastinateJob.objects.filter(task_name=doorkeeping.MAIL_LINK).exists()
    assert re.search("如果有申请", opened.content())
    assert wrong == []
