"""From a draft to the public page: sent back, mended, reviewed by three, published; on time, and repealed later (条例第十七条)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from gongkai.platform.catalogue import actions
from gongkai.platform.catalogue.choices import State
from gongkai.platform.catalogue.models import Item
from gongkai.platform.organs.acting import Actor
from tests.journeys.browsing import Desk
from tests.platform.catalogue.factories import County, brought_to

Enter = Callable[[Page, Actor], Page]


def fill_in(page: Page, title: str, text: str = "各乡镇人民政府：现将有关事项通知如下。") -> None:
    """The editor's form, filled in as a person does."""
    page.locator("#id_title").fill(title)
    page.locator("#editor-text").click()
    page.keyboard.type(text)
    page.get_by_label("体裁").select_option("行政规范性文件")
    page.get_by_label("法定主动公开内容").select_option("normative")
    page.get_by_label("生成日期").fill(timezone.localdate().isoformat())


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_an_item_is_sent_back_mended_and_published(page: Desk, place: County, enter: Enter) -> None:
    title = "关于规范物业服务收费的通知"
    editor = enter(page(), place.editor)
    editor.goto(f"/desk/organs/{place.bureau.slug}/items/new/")
    fill_in(editor, title)
    press(editor, "保存并提交审核")
    expect(editor.get_by_text("已保存并提交审核。")).to_be_visible()
    expect(editor.locator(".marks")).to_contain_text("待审核")
    address = editor.url

    reviewer = enter(page(), place.reviewer)
    reviewer.goto("/desk/")
    reviewer.get_by_role("link", name=title).click()
    reviewer.get_by_text("退回修改").first.click()
    press(reviewer, "确认退回修改")
    expect(reviewer.get_by_text("请写明理由。").first).to_be_visible()
    reviewer.locator(".act[open] textarea").fill("请补充收费依据的文号。")
    press(reviewer, "确认退回修改")
    expect(reviewer.locator(".marks")).to_contain_text("已退回")

    editor.goto("/desk/")
    expect(editor.get_by_text("请补充收费依据的文号。")).to_be_visible()
    editor.get_by_role("link", name=title).first.click()
    expect(editor.get_by_text("退回的理由")).to_be_visible()
    editor.get_by_label("文号").fill("云住建发〔2026〕31号")
    press(editor, "保存并提交审核")

    for who, button in ((place.reviewer, "审核通过"), (place.secrecy, "保密审查通过")):
        at = enter(page(), who)
        at.goto(address)
        press(at, button)
        expect(at.locator(".message-success")).to_be_visible()
    approver = enter(page(), place.approver)
    approver.goto(address)
    approver.get_by_text("签发并发布").first.click()
    press(approver, "确认签发并发布")
    expect(approver.locator(".marks")).to_contain_text("已发布")
    approver.get_by_role("link", name="看公开页").click()

    expect(approver.get_by_role("heading", level=1)).to_contain_text(title)
    citizen = page(390)
    citizen.goto(approver.url)
    expect(citizen.get_by_role("heading", level=1)).to_contain_text(title)
    expect(citizen.locator("body")).to_contain_text("云住建发〔2026〕31号")
    expect(citizen.locator("body")).not_to_contain_text("请补充收费依据")


def test_what_was_signed_for_later_appears_by_itself(page: Desk, place: County, enter: Enter) -> None:
    item = brought_to(
        place, State.IN_APPROVAL, at=timezone.now() - timedelta(hours=1), title="关于公布冬季施工时间的公告"
    )
    approver = enter(page(), place.approver)
    approver.goto(f"/desk/items/{item.pk}/")
    moment = timezone.localtime() + timedelta(seconds=62)
    approver.get_by_text("签发，定时发布").first.click()
    approver.get_by_label("发布时间").fill(moment.strftime("%Y-%m-%dT%H:%M"))
    press(approver, "确认签发，定时发布")
    expect(approver.get_by_text("自动发布")).to_be_visible()
    citizen = page()
    before = citizen.goto(f"/items/{item.pk}/")
    assert before is not None
    assert before.status == 404

    for _ in range(45):
        answer = citizen.goto(f"/items/{item.pk}/")
        assert answer is not None
        if answer.status == 200:
            break
        citizen.wait_for_timeout(2000)

    expect(citizen.get_by_role("heading", level=1)).to_contain_text("关于公布冬季施工时间的公告")
    assert Item.objects.get(pk=item.pk).first_published_at >= moment.replace(second=0, microsecond=0)


def test_a_repeal_stands_on_the_public_page_itself(page: Desk, place: County, enter: Enter) -> None:
    old = brought_to(place, State.PUBLISHED, at=timezone.now() - timedelta(days=3), title="云溪县物业管理办法")
    new = brought_to(place, State.PUBLISHED, at=timezone.now() - timedelta(days=2), title="云溪县物业管理办法（修订）")
    approver = enter(page(), place.approver)
    approver.goto(f"/desk/items/{old.pk}/")
    approver.get_by_text("标注有效性").first.click()
    approver.get_by_label("有效性", exact=False).first.select_option("repealed")
    approver.get_by_label("自何日起").fill(timezone.localdate().isoformat())
    approver.get_by_label("依据的文件").fill(Item.objects.get(pk=new.pk).index_number)
    approver.locator(".act[open] textarea").fill("由修订后的办法废止。")
    press(approver, "确认标注有效性")
    expect(approver.locator(".marks")).to_contain_text("已废止")

    citizen = page()
    citizen.goto(f"/items/{old.pk}/")

    expect(citizen.locator("main")).to_contain_text("已废止")
    expect(citizen.locator("body")).to_contain_text("云溪县物业管理办法（修订）")


def test_what_is_withdrawn_leaves_only_the_reason(page: Desk, place: County, enter: Enter) -> None:
    item = brought_to(place, State.PUBLISHED, at=timezone.now() - timedelta(days=3), title="关于张三违法建设的公示")
    approver = enter(page(), place.approver)
    approver.goto(f"/desk/items/{item.pk}/")
    approver.get_by_text("撤回公开").first.click()
    expect(approver.get_by_text("原网址只显示撤回的日期和理由")).to_be_visible()
    approver.locator(".act[open] textarea").fill("决定已被撤销。")
    press(approver, "确认撤回公开")
    expect(approver.locator(".marks")).to_contain_text("已撤回")

    citizen = page()
    citizen.goto(f"/items/{item.pk}/")

    expect(citizen.locator("body")).to_contain_text("决定已被撤销。")
    expect(citizen.locator("body")).not_to_contain_text("张三")


def test_a_new_revision_is_not_public_before_it_is_signed(page: Desk, place: County, enter: Enter) -> None:
    item = brought_to(place, State.PUBLISHED, at=timezone.now() - timedelta(days=3), title="城区公厕分布一览")
    actions.revise(place.editor, item.pk, reason="新增两处", at=timezone.now())
    editor = enter(page(), place.editor)
    editor.goto(f"/desk/items/{item.pk}/edit/")
    editor.locator("#id_title").fill("城区公厕分布一览（2026年更新）")
    press(editor, "保存")
    expect(editor.get_by_text("公众看到的仍是以前公开的版本")).to_be_visible()

    citizen = page()
    citizen.goto(f"/items/{item.pk}/")

    expect(citizen.get_by_role("heading", level=1)).to_have_text("城区公厕分布一览")
