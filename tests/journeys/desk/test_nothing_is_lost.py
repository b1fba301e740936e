"""Nothing that a person typed is ever lost: sessions end, two people save, buttons are pressed twice, files are refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page, expect

from gongkai.platform.catalogue import actions
from gongkai.platform.catalogue.choices import State
from gongkai.platform.catalogue.models import Item
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.models import Person
from tests.journeys.browsing import Desk
from tests.platform.catalogue.factories import DRAFT, County, brought_to, drafted

from .test_from_draft_to_public import fill_in, press

Enter = Callable[[Page, Actor], Page]


def test_a_form_pressed_twice_makes_one_item(page: Desk, place: County, enter: Enter) -> None:
    opened = enter(page(), place.editor)
    opened.goto(f"/desk/organs/{place.bureau.slug}/items/new/")
    fill_in(opened, "双击也只有一件的通知")
    opened.get_by_role("button", name="保存", exact=True).dblclick()
    expect(opened.get_by_text("已存为草稿。")).to_be_visible()

    assert Item.objects.filter(title="双击也只有一件的通知").count() == 1


def test_the_same_form_posted_again_leads_to_the_same_item(page: Desk, place: County, enter: Enter) -> None:
    opened = enter(page(javascript=False), place.editor)
    opened.goto(f"/desk/organs/{place.bureau.slug}/items/new/")
    once = opened.locator("input[name=once]").first.get_attribute("value")
    token = opened.locator("input[name=csrfmiddlewaretoken]").first.get_attribute("value")
    form = {"title": "重复提交的通知", "kind": "document", "formed_on": timezone.localdate().isoformat(), "access": "proactive", "body": "<p>正文</p>",
            "once": str(once), "csrfmiddlewaretoken": str(token), "do": "save"}  # fmt: skip
    ends = {
        opened.request.post(
            f"/desk/organs/{place.bureau.slug}/items/new/", form=form, headers={"Referer": opened.url}
        ).url
        for _ in range(3)
    }

    assert len(ends) == 1
    assert Item.objects.filter(title="重复提交的通知").count() == 1


def test_a_session_that_ends_while_writing_loses_nothing(page: Desk, place: County, enter: Enter) -> None:
    person = Person.objects.get(pk=place.editor.person)
    person.set_password("春风又绿江南岸-2026")
    person.save()
    item = drafted(place, at=timezone.now(), title="登录中断时正在写的通知")
    opened = enter(page(), place.editor)
    opened.goto(f"/desk/items/{item.pk}/edit/")
    opened.wait_for_selector(".editor[data-ready]")
    Session.objects.all().delete()
    opened.locator("#id_title").fill("登录中断时写完的通知")
    opened.get_by_label("内容概述").fill("这句话不能丢。")
    press(opened, "保存")
    opened.wait_for_url("**/account/login/**")
    opened.locator("input[name=login]").fill(person.login)
    opened.locator("input[name=password]").fill("春风又绿江南岸-2026")
    opened.locator("input[name=password]").press("Enter")
    opened.wait_for_url(f"**/desk/items/{item.pk}/edit/")

    expect(opened.get_by_text("登录中断以前填写的内容已经恢复")).to_be_visible()
    expect(opened.locator("#id_title")).to_have_value("登录中断时写完的通知")
    press(opened, "保存")
    expect(opened.get_by_text("已保存。")).to_be_visible()
    assert Item.objects.get(pk=item.pk).title == "登录中断时写完的通知"


def test_what_was_held_is_not_shown_to_somebody_else(page: Desk, place: County, enter: Enter) -> None:
    item = drafted(place, at=timezone.now(), title="别人不该看到的草稿")
    opened = enter(page(), place.editor)
    opened.goto(f"/desk/items/{item.pk}/edit/")
    Session.objects.all().delete()
    opened.get_by_label("内容概述").fill("张起草写的话")
    press(opened, "保存")
    opened.wait_for_url("**/account/login/**")
    enter(opened, place.second_editor)
    opened.goto(f"/desk/items/{item.pk}/edit/")

    expect(opened.get_by_label("内容概述")).not_to_have_value("张起草写的话")


def test_what_is_typed_is_kept_without_pressing_anything(page: Desk, place: County, enter: Enter) -> None:
    item = drafted(place, at=timezone.now(), title="写到一半停电的通知")
    opened = enter(page(), place.editor)
    opened.goto(f"/desk/items/{item.pk}/edit/")
    opened.wait_for_selector(".editor[data-ready]")
    opened.locator("#editor-text").click()
    opened.keyboard.press("Control+End")
    opened.keyboard.type("停电以前写的一句。")
    expect(opened.locator("#keeping")).to_contain_text("已自动保存")
    again = enter(page(), place.editor)
    again.goto(f"/desk/items/{item.pk}/edit/")

    expect(again.get_by_text("填写、还没有保存的内容")).to_be_visible()
    expect(again.locator("#editor-text")).to_contain_text("停电以前写的一句。")
    press(again, "不要这些，回到已保存的内容")
    expect(again.locator("#editor-text")).not_to_contain_text("停电以前写的一句。")


def test_two_who_save_at_once_see_both_versions(page: Desk, place: County, enter: Enter) -> None:
    item = drafted(place, at=timezone.now(), title="两人同时改的通知")
    opened = enter(page(), place.editor)
    opened.goto(f"/desk/items/{item.pk}/edit/")
    actions.save(place.second_editor, item.pk, replace(DRAFT, title="李同写改的标题"), based_on=1, at=timezone.now())
    opened.locator("#id_title").fill("张起草改的标题")
    press(opened, "保存")
    expect(opened.get_by_text("这一件刚才被别人保存过")).to_be_visible()
    table = opened.get_by_role("table", name="两个版本的不同")
    expect(table).to_contain_text("李同写改的标题")
    expect(table).to_contain_text("张起草改的标题")
    press(opened, "保存")

    expect(opened.get_by_text("已保存。")).to_be_visible()
    assert Item.objects.get(pk=item.pk).title == "张起草改的标题"
    assert Item.objects.get(pk=item.pk).last_revision == 3


def test_a_refused_file_says_why_and_the_good_one_stays(page: Desk, place: County, enter: Enter) -> None:
    item = drafted(place, at=timezone.now(), title="带附件的通知")
    opened = enter(page(), place.editor)
    opened.goto(f"/desk/items/{item.pk}/edit/")
    files = [
        {"name": "好的.csv", "mimeType": "text/csv", "buffer": "甲,乙\n1,2\n".encode()},
        {"name": "坏的.pdf", "mimeType": "application/pdf", "buffer": b"MZ\x90\x00not a pdf"},
    ]
    opened.get_by_label("添加附件").set_input_files(files)  # type: ignore[arg-type]
    press(opened, "上传")

    expect(opened.locator("[data-upload-list] li.wrong")).to_contain_text("坏的.pdf")
    opened.reload()
    expect(opened.locator("#attachments")).to_contain_text("好的.csv")
    expect(opened.locator("#attachments")).not_to_contain_text("坏的.pdf")


def test_two_reviewers_pressing_at_once_pass_it_once(page: Desk, place: County, enter: Enter) -> None:
    item = brought_to(place, State.IN_REVIEW, at=timezone.now(), title="两位审核员同时按")
    other = place.with_role(next(post.kind for post in place.reviewer.posts))
    first, second = enter(page(), place.reviewer), enter(page(), other)
    for each in (first, second):
        each.goto(f"/desk/items/{item.pk}/")
    press(first, "审核通过")
    expect(first.locator(".message-success")).to_be_visible()
    press(second, "审核通过")

    expect(second.locator(".message-error")).to_contain_text("王审核已于")
    assert Item.objects.get(pk=item.pk).steps_taken == 3
