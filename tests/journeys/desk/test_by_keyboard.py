"""The desk by keyboard alone, and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone
from playwright.sync_api import Page, expect

from gongkai.platform.catalogue.choices import State
from gongkai.platform.catalogue.models import Item
from gongkai.platform.organs.acting import Actor
from tests.journeys.browsing import Desk
from tests.platform.catalogue.factories import County, brought_to, drafted

Enter = Callable[[Page, Actor], Page]


def tab_to(page: Page, selector: str, most: int = 120) -> None:
    """Press Tab until this is where the keyboard is."""
    for _ in range(most):
        if page.evaluate("s => !!document.activeElement?.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"not reached by Tab: {selector}")


def type_today(page: Page) -> None:
    """Today's date, digit by digit, in whatever order this browser's field has them."""
    today = timezone.localdate()
    for order in ("%m%d%Y", "%Y%m%d", "%d%m%Y"):
        page.keyboard.type(today.strftime(order))
        if page.evaluate("document.querySelector('#id_formed_on').value") == today.isoformat():
            return
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Shift+Tab")
        tab_to(page, "#id_formed_on")
    raise AssertionError("the date cannot be typed")


def test_drafting_reviewing_and_publishing_without_a_mouse(page: Desk, place: County, enter: Enter) -> None:
    editor = enter(page(), place.editor)
    editor.goto("/desk/")
    tab_to(editor, "a.skip")
    editor.keyboard.press("Enter")
    assert editor.evaluate("document.activeElement.id") == "content"
    editor.goto("/desk/")
    tab_to(editor, "a[href$='/items/new/']")
    editor.keyboard.press("Enter")
    editor.wait_for_selector(".editor[data-ready]")
    tab_to(editor, "#id_title")
    editor.keyboard.type("只用键盘写成的通知")
    tab_to(editor, ".editor-bar button")
    editor.keyboard.press("ArrowRight")
    editor.keyboard.press("Enter")
    editor.keyboard.type("一、总体要求")
    editor.keyboard.press("Enter")
    editor.keyboard.type("各单位照此办理。")
    editor.keyboard.press("Shift+Tab")
    tab_to(editor, "#id_kind")
    editor.keyboard.press("ArrowDown")
    editor.keyboard.press("ArrowDown")
    tab_to(editor, "#id_category")
    editor.keyboard.press("ArrowDown")
    tab_to(editor, "#id_formed_on")
    type_today(editor)
    tab_to(editor, "button[value=submit]")
    editor.keyboard.press("Enter")
    expect(editor.locator(".marks")).to_contain_text("待审核")
    item = Item.objects.get(title="只用键盘写成的通知")

    for who, button in ((place.reviewer, "review"), (place.secrecy, "clear")):
        at = enter(page(), who)
        at.goto(f"/desk/items/{item.pk}/")
        tab_to(at, f"form[action$='/do/{button}/'] button[type=submit]")
        at.keyboard.press("Enter")
        expect(at.locator(".message-success")).to_be_visible()
    approver = enter(page(), place.approver)
    approver.goto(f"/desk/items/{item.pk}/")
    tab_to(approver, "#act-approve > summary")
    approver.keyboard.press("Enter")
    tab_to(approver, "#act-approve button[type=submit]")
    approver.keyboard.press("Enter")

    expect(approver.locator(".marks")).to_contain_text("已发布")
    assert "<h2>一、总体要求</h2>" in Item.objects.get(pk=item.pk).current.body


def test_a_list_is_walked_by_its_keys(page: Desk, place: County, enter: Enter) -> None:
    for number in range(3):
        drafted(place, at=timezone.now(), title=f"键盘移动第{number}件")
    opened = enter(page(), place.editor)
    opened.goto(f"/desk/organs/{place.bureau.slug}/items/?q=键盘移动")
    opened.keyboard.press("/")
    assert opened.evaluate("document.activeElement.name") == "q"
    opened.keyboard.type("j")
    assert opened.evaluate("document.activeElement.value").endswith("j")
    opened.evaluate("document.activeElement.blur()")
    opened.keyboard.press("j")
    opened.keyboard.press("j")
    opened.keyboard.press("k")
    first = opened.evaluate("document.activeElement.textContent")
    opened.keyboard.press("Enter")

    expect(opened.get_by_role("heading", level=1)).to_have_text(first)


def test_everything_works_without_javascript(page: Desk, place: County, enter: Enter) -> None:
    opened = enter(page(390, javascript=False), place.editor)
    opened.goto(f"/desk/organs/{place.bureau.slug}/items/new/")
    opened.locator("#id_title").fill("没有脚本也能写的通知")
    opened.get_by_label("正文").fill("<p>第一段。</p><p>第二段。</p>")
    opened.get_by_label("体裁").select_option("document")
    opened.get_by_label("生成日期").fill(timezone.localdate().isoformat())
    opened.get_by_label("不予公开", exact=True).check()
    opened.get_by_role("button", name="保存", exact=True).click()
    expect(opened.get_by_role("alert")).to_contain_text("有几处需要改正")
    opened.get_by_label("不予公开的情形").select_option("process_info")
    opened.get_by_role("button", name="保存", exact=True).click()

    expect(opened.locator(".message-success")).to_contain_text("已存为草稿。")
    assert Item.objects.get(title="没有脚本也能写的通知").access == "withheld"


def test_a_batch_is_gone_through_one_by_one(page: Desk, place: County, enter: Enter) -> None:
    made = [brought_to(place, State.IN_REVIEW, at=timezone.now(), title=f"依次审核第{n}件") for n in range(3)]
    opened = enter(page(), place.reviewer)
    opened.goto(f"/desk/organs/{place.bureau.slug}/items/?q=依次审核")
    for box in opened.locator("input[name=item]").all():
        box.check()
    opened.get_by_role("button", name="勾选的依次办理").click()
    for _ in made:
        opened.get_by_role("button", name="审核通过").click()
        expect(opened.locator(".message-success").first).to_be_visible()

    assert {Item.objects.get(pk=each.pk).state for each in made} == {"in_secrecy_review"}
