"""An officer takes a request at the counter to its reply: correction, consultation, extension, partial disclosure, review, signature, service."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from gongkai.platform.cases.choices import State
from gongkai.platform.cases.models import Request
from gongkai.platform.documents.gate.digits import identity_check
from gongkai.platform.organs.acting import Actor
from tests.journeys.browsing import Desk
from tests.platform.cases.factories import Office

Enter = Callable[[Page, Actor], Page]
NUMBER = "65312119900101123"


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def go(page: Page, name: str) -> None:
    page.locator("main, aside").get_by_role("link", name=name, exact=True).first.click()


def fill_letter(page: Page) -> None:
    """Every place that is still empty, and the first row of every table."""
    form = page.locator("form.letter-form")
    names = form.evaluate("form => [...form.querySelectorAll('textarea[name], input[name]:not([type=hidden], [type=date], [type=number])')].map((each) => each.name)")
    for name in names:
        field = form.locator(f"[name='{name}']")
        if not re.search(r"_[1-9]\d*_", name) and not field.input_value():
            field.fill("据实填写")
    press(page, "保存稿子")
    expect(page.locator(".message-success")).to_be_visible()


def do(page: Page, act: str) -> None:
    """One act on the page of a letter."""
    box = page.locator(f"#act-{act}")
    if box.get_attribute("open") is None:
        box.locator("summary").click()
    box.get_by_role("button", name=re.compile("^确认")).click()
    expect(page.locator(".message-success")).to_be_visible()


def reopened(desk: Desk, enter: Enter, who: Actor, address: str) -> Page:
    page = enter(desk(1280), who)
    page.goto(address)
    return page


def signed_and_served(desk: Desk, enter: Enter, place: Office, letter: str, *, by: Actor, reviewed: bool = False) -> None:
    """By those whose duty it is, each in a browser of their own."""
    if reviewed:
        do(reopened(desk, enter, place.legal, letter), "review_letter")
    do(reopened(desk, enter, by, letter), "sign_letter")
    page = reopened(desk, enter, place.officer, letter)
    page.locator("#act-serve_letter select[name=way]").select_option("in_person")
    do(page, "serve_letter")


def drafted(page: Page, case: str, query: str) -> str:
    """A letter drafted; its address."""
    page.goto(f"{case}letters/new/?{query}")
    fill_letter(page)
    return page.url


def test_from_the_counter_to_the_reply(page: Desk, place: Office, enter: Enter, shoot: Callable[[Page, str], object]) -> None:
    desk = enter(page(1280), place.officer)
    desk.goto(f"/desk/organs/{place.organ.slug}/requests/")
    go(desk, "登记申请")
    desk.get_by_label("姓名或者名称").fill("柳如烟")
    desk.get_by_label("证件号码").fill(NUMBER + identity_check(NUMBER))
    desk.get_by_label("联系电话").fill("13900000001")
    desk.get_by_label("所需信息的名称").fill("县城东区征地补偿安置方案")
    press(desk, "登记")
    expect(desk.get_by_text("查询码只显示这一次")).to_be_visible()
    go(desk, "看这一件")
    case = desk.url

    correction = drafted(desk, case, "key=correction")
    signed_and_served(page, enter, place, correction, by=place.head)
    desk.goto(case)
    expect(desk.locator(".case-head")).to_contain_text("等待补正")
    go(desk, "收到补正")
    desk.get_by_label("补正的内容").fill("指东区三村。")
    press(desk, "确认收到补正")
    expect(desk.locator(".case-head")).to_contain_text("办理中")

    go(desk, "登记被征求意见方")
    desk.get_by_label("姓名或者名称").fill("某某投资有限公司")
    desk.get_by_label("征求意见的内容").fill("补偿款发放明细中涉及贵公司的部分。")
    press(desk, "确认登记被征求意见方")
    third = drafted(desk, case, "key=third_party")
    signed_and_served(page, enter, place, third, by=place.approver)
    desk.goto(case)
    go(desk, "登记意见")
    desk.get_by_label("不同意公开", exact=True).check()
    desk.get_by_label("理由").fill("涉及商业秘密。")
    press(desk, "确认登记意见")
    expect(desk.locator("#consultations")).to_contain_text("不同意公开")

    extension = drafted(desk, case, "key=extension")
    signed_and_served(page, enter, place, extension, by=place.head)
    desk.goto(case)
    expect(desk.locator(".case-head")).to_contain_text("已延期")

    reply = drafted(desk, case, "key=partial&reply=partial")
    signed_and_served(page, enter, place, reply, by=place.approver, reviewed=True)
    desk.goto(case)
    shoot(desk, "cases-journey-replied")

    expect(desk.locator(".case-head")).to_contain_text("已答复")
    assert desk.get_by_role("link", name="PDF").count() >= 4
    told = Request.objects.get(pk=int(case.rstrip("/").rsplit("/", 1)[-1]))
    assert (told.state, told.outcome, told.extended, told.ended_on) == (State.REPLIED, "partial", True, timezone.localdate())


def test_the_list_by_keyboard_alone(page: Desk, place: Office, enter: Enter) -> None:
    desk = enter(page(1280), place.officer)
    desk.goto(f"/desk/organs/{place.organ.slug}/requests/")
    desk.keyboard.press("/")
    desk.keyboard.type("征地补偿")
    desk.keyboard.press("Enter")
    desk.wait_for_url(lambda url: "find=" in url)
    desk.keyboard.press("j")
    first: Locator = desk.locator("a[data-open]").first
    expect(first).to_be_focused()
    desk.keyboard.press("Enter")
    desk.wait_for_url(lambda url: "/desk/requests/" in url)

    assert "柳如烟" not in desk.url
    expect(desk.locator(".case-head h1")).to_have_text("县城东区征地补偿安置方案")


def test_while_it_is_registered_the_desk_says_who_asked_before(page: Desk, place: Office, enter: Enter) -> None:
    desk = enter(page(1280), place.officer)
    desk.goto(f"/desk/organs/{place.organ.slug}/requests/new/")
    desk.get_by_label("姓名或者名称").fill("柳如烟")
    desk.get_by_label("证件号码").fill(NUMBER + identity_check(NUMBER))
    desk.get_by_label("所需信息的名称").fill("县城东区征地补偿安置方案")
    desk.get_by_label("所需信息的名称").blur()

    expect(desk.locator("#likeness")).to_contain_text("征地补偿安置方案", timeout=15_000)
