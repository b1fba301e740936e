"""A website's form from the first box to the public page: filled in, stopped by a word, overridden with a reason, reviewed, published, read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from gongkai.platform.annual.actions import entering
from gongkai.platform.annual.website import actions
from gongkai.platform.annual.website.actions import SiteTold
from gongkai.platform.demo.figures import told
from gongkai.platform.organs.models import Person
from tests.journeys.annual.test_figures import sound
from tests.journeys.browsing import Desk
from tests.journeys.conftest import Site, _session
from tests.platform.cases.factories import Office, office

Shoot = Callable[[Page, str], Path]
YEAR = 2023


@pytest.fixture(scope="module")
def place(site: Site) -> Office:
    """An organ whose ledger of 2023 is entered, with its website."""
    made = office("lanshan")
    entering.enter(made.head, made.organ.pk, YEAR, told("shule", YEAR), at=timezone.now())
    return made


@pytest.mark.parametrize("width", [1280, 390])
def test_an_office_publishes_the_form_of_its_website(width: int, page: Desk, place: Office, site: Site, shoot: Shoot) -> None:
    kept = actions.keep_site(place.head, place.organ.pk, SiteTold(f"site-{width}", f"岚山县政府门户网站{width}", "https://lanshan.gov.example/", "portal", main=width > 1000), at=timezone.now())
    year = YEAR if width > 1000 else YEAR - 1
    desk = page(width)

    def enter(who: int | None) -> None:
        login = Person.objects.get(pk=who or 0).login
        desk.context.add_cookies([{"name": "sessionid", "value": _session(login), "url": site.url}])

    enter(place.head.person)
    desk.goto(f"/desk/organs/{place.organ.slug}/websites/")
    desk.get_by_label("网站和年度").select_option(f"{kept.pk}:{year}")
    sound(desk)
    shoot(desk, "website-list")
    desk.get_by_role("button", name="开始填报").click()
    expect(desk.get_by_text("已开始填报")).to_be_visible()
    desk.get_by_label("独立用户访问总量").fill("十二万")
    desk.get_by_label("网站总访问量").fill("100,000")
    desk.get_by_label("是否发布服务事项目录").select_option("yes")
    desk.get_by_role("button", name="保存", exact=True).click()
    expect(desk.get_by_role("alert")).to_contain_text("请用阿拉伯数字")
    expect(desk.get_by_label("网站总访问量")).to_have_value("100,000")
    sound(desk)
    desk.get_by_label("独立用户访问总量").fill("120000")
    if width > 1000:
        desk.get_by_text("改填 收到留言数量").click()
        desk.locator("#f-messages_received").fill("50")
        desk.locator("#f-messages_received-reason").fill("另有两条来信")
    desk.get_by_role("button", name="保存", exact=True).click()
    expect(desk.get_by_role("link", name="独立用户访问总量 120000，不应大于网站总访问量 100000。")).to_be_visible()
    desk.get_by_label("网站总访问量").fill("300000")
    desk.get_by_role("button", name="保存", exact=True).click()
    expect(desk.get_by_text("填了的各格之间没有对不上的")).to_be_visible()
    sound(desk)
    shoot(desk, "website-form")
    if width > 1000:
        desk.get_by_role("link", name="看 1 笔 信息发布总数").click()
        expect(desk.get_by_text("年度报告所列")).to_be_visible()
        sound(desk)
        shoot(desk, "website-known")
        desk.go_back()
    desk.get_by_role("button", name="保存并提交审核").click()
    sound(desk)
    shoot(desk, "website-submit")
    desk.get_by_role("button", name="确认提交审核").click()
    expect(desk.get_by_text("已办理：提交审核")).to_be_visible()
    there = desk.url

    enter(place.legal.person)
    desk.goto(f"{there}do/approve/")
    desk.get_by_role("button", name="确认审核通过").click()
    enter(place.approver.person)
    desk.goto(f"{there}do/publish/")
    desk.get_by_role("button", name="确认公布").click()
    expect(desk.get_by_text("已办理：公布")).to_be_visible()
    sound(desk)
    shoot(desk, "website-published")
    desk.goto(f"{there}preview/")
    sound(desk)
    shoot(desk, "website-preview")

    desk.context.clear_cookies()
    desk.goto(f"/organs/{place.organ.slug}/website-forms/")
    sound(desk)
    shoot(desk, "website-public-list")
    desk.get_by_role("link", name=f"岚山县政府门户网站{width}").click()
    expect(desk.get_by_role("cell", name="300000")).to_be_visible()
    expect(desk.get_by_role("cell", name=f"{timezone.localdate():%Y}年").first).to_be_visible()
    sound(desk)
    shoot(desk, "website-public")
    with desk.expect_download() as got:
        desk.get_by_role("link", name="DOCX").click()

    assert got.value.suggested_filename.endswith(f"政府网站工作年度报表（{year}年度）.docx")
