"""A citizen asks on a phone, without JavaScript as well; every page of the way fits, and axe finds nothing serious."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.asking.conftest import Look
from tests.journeys.browsing import Desk
from tests.journeys.conftest import Site
from tests.platform.cases.factories import office
from tests.platform.portal import making

PERSON = {"姓名": "柳如烟", "证件号码": "653121199001011230", "联系电话": "13900000001", "电子邮箱": "liu@mail.example"}


@pytest.fixture(scope="module")
def place(site: Site) -> SimpleNamespace:
    """A county government with its people, and one published item that fits."""
    found = office("lanyuan")
    found.organ.name, found.organ.short_name, found.organ.office_name, found.organ.office_phone = "澜原县人民政府", "澜原县", "县政府办公室", "0998-6571234"
    found.organ.office_address, found.organ.office_hours, found.organ.office_post = "澜原县人民路1号", "工作日 10:00—19:00", "844200"
    found.organ.save()
    making.publication(found.organ, "关于西关片区征地补偿安置方案征求意见的公告", body="<p>现就西关片区征地补偿安置方案征求意见。</p>")
    return SimpleNamespace(office=found, slug="lanyuan")


def go_on(page: Page) -> None:
    page.get_by_role("button", name="保存并继续").click()


@pytest.mark.parametrize(("width", "javascript"), [(390, True), (1280, False)])
def test_a_citizen_asks_step_by_step(page: Desk, place: SimpleNamespace, look: Look, wrong: list[str], width: int, javascript: bool) -> None:
    opened = page(width, javascript=javascript)
    opened.goto(f"/organs/{place.slug}/requests/")
    look(opened, "guide", script=javascript)
    opened.get_by_role("link", name="网上申请", exact=True).click()
    look(opened, "what", script=javascript)
    go_on(opened)
    expect(opened.get_by_role("alert")).to_contain_text("请写明所需政府信息的名称")
    look(opened, "what-wrong", script=javascript)
    opened.get_by_label("所需信息的名称").fill("西关片区征地补偿安置方案")
    opened.get_by_label("文号或者其他特征描述").fill("2025年批准的最后一稿，含补偿标准")
    go_on(opened)
    expect(opened.get_by_role("heading", level=1)).to_contain_text("已经公开")
    look(opened, "offers", script=javascript)
    opened.get_by_role("button", name="没有，继续申请").click()
    opened.get_by_label("自然人").check()
    look(opened, "who", script=javascript)
    go_on(opened)
    for label, value in PERSON.items():
        opened.get_by_label(label, exact=False).first.fill(value)
    opened.get_by_label("我在阅读或者视听方面有困难，需要帮助").check()
    opened.get_by_label("需要怎样的帮助").fill("大字本")
    opened.get_by_label("证件号码").fill("653121199001011239")
    go_on(opened)
    expect(opened.get_by_role("alert")).to_contain_text("校验码不符")
    look(opened, "person-wrong", script=javascript)
    opened.get_by_label("证件号码").fill(PERSON["证件号码"])
    look(opened, "person", script=javascript)
    go_on(opened)
    opened.get_by_label("电子文件").check()
    opened.get_by_label("网上获取").check()
    look(opened, "how", script=javascript)
    go_on(opened)
    expect(opened.get_by_text("柳如烟")).to_be_visible()
    look(opened, "check", script=javascript)
    opened.get_by_role("button", name="提交申请").click()
    expect(opened.get_by_role("heading", level=1)).to_have_text("申请已提交")
    number, code = opened.locator(".receipt-codes dd").all_inner_texts()
    look(opened, "receipt", script=javascript)
    opened.get_by_role("button", name="我已记下，打开这件申请").click()
    expect(opened.get_by_text("等待双方确认").first).to_be_visible()
    look(opened, "followed", script=javascript)
    opened.get_by_role("button", name="确认这件申请").click()
    expect(opened.get_by_role("status").first).to_contain_text("已确认")
    look(opened, "confirmed", script=javascript)

    assert code not in opened.url and "柳如烟" not in opened.url
    opened.get_by_role("button", name="看完了，关闭").click()
    look(opened, "door", script=javascript)
    opened.get_by_role("textbox", name="登记编号").fill(number)
    opened.get_by_role("textbox", name="查询码").fill("2222-2222-2222")
    opened.get_by_role("button", name="打开").click()
    expect(opened.get_by_role("alert")).to_contain_text("对不上")
    look(opened, "door-wrong", script=javascript)
    opened.get_by_role("textbox", name="查询码").fill(code.lower())
    opened.get_by_role("button", name="打开").click()
    expect(opened.get_by_text("办理中").first).to_be_visible()
    assert wrong == []
