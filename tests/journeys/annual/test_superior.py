"""The superior uploads a PDF and a saved web page, settles what is in doubt, accepts the one and sends the other back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from gongkai.platform.annual.models import Received
from gongkai.platform.organs import actions as organs
from gongkai.platform.organs.acting import MACHINE
from gongkai.platform.organs.facts import OrganFacts
from gongkai.platform.organs.models import Person
from gongkai.platform.organs.roles import RoleKind
from tests.conftest import ROOT
from tests.journeys.browsing import Desk
from tests.journeys.conftest import Site, _session
from tests.platform.cases.factories import BEGIN, Office, at, office

Shoot = Callable[[Page, str], Path]
SAMPLES = ROOT / "samples" / "reports"
WIDE = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def above(site: Site) -> Office:
    """A county government that supervises three bureaus."""
    made = office("qingyuan")
    login = Person.objects.get(login__startswith="qingyuan-disclosure")
    organs.grant_role(MACHINE, login.pk, RoleKind.SUPERVISOR, made.organ.pk, since=BEGIN, at=at("2018-01-02"))
    for number, name in enumerate(("教育局", "水利局", "卫生健康局")):
        facts = OrganFacts(name=f"清原县{name}", slug=f"b{number}", level="county", kind="department", area_parent=made.organ.pk, index_pattern="{slug}/{year}-{serial:05d}")
        organs.create_organ(MACHINE, facts, at=at("2018-01-02"))
    return made


def signed_in(page: Page, site: Site) -> Page:
    login = Person.objects.get(login__startswith="qingyuan-disclosure").login
    page.context.add_cookies([{"name": "sessionid", "value": _session(login), "url": site.url}])
    return page


def sound(page: Page) -> None:
    """Nothing serious for axe, nothing over the edge."""
    found = Axe().run(page).response["violations"]

    assert [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in found if each["impact"] in ("serious", "critical")] == []
    assert page.evaluate(WIDE)


def upload(desk: Page, name: str, year: int) -> None:
    desk.goto(f"/desk/organs/qingyuan/annual/board/{year}/")
    desk.get_by_label("报告文件").set_input_files(SAMPLES / name)
    desk.get_by_role("button", name="上传并读取").click()
    expect(desk.get_by_text("请对照原件处理疑点")).to_be_visible()


def test_one_is_accepted_and_the_other_sent_back(page: Desk, above: Office, site: Site, shoot: Shoot) -> None:
    desk = signed_in(page(), site)
    upload(desk, "songyin_2022.pdf", 2022)
    desk.get_by_role("link", name="显示原件里的文字").click()
    expect(desk.locator(".source-text")).to_contain_text("松隐")
    shoot(desk, "received-pdf")
    sound(desk)
    desk.get_by_label("“行政复议”的“总计”").fill("3")
    desk.get_by_label("怎样处理、依据什么").first.fill("原件第3页写的是2，与各项之和不符；已电话核对，应为3。")
    desk.get_by_role("button", name="记下处理").first.click()
    expect(desk.get_by_text("已记下怎样处理")).to_be_visible()
    while desk.get_by_role("button", name="记下处理").count():
        desk.get_by_label("怎样处理、依据什么").first.fill("与原件核对，照录；已电话核实。")
        desk.get_by_role("button", name="记下处理").first.click()
        expect(desk.get_by_text("已记下怎样处理")).to_be_visible()
    shoot(desk, "received-settled")
    desk.get_by_role("button", name="接收", exact=True).click()
    expect(desk.get_by_text("已接收“")).to_be_visible()

    upload(desk, "lanyuan_resources_2023.html", 2023)
    shoot(desk, "received-html")
    sound(desk)
    desk.get_by_text("退回修改").click()
    desk.get_by_label("退回的理由").fill("请核对表三各行合计。")
    desk.get_by_role("button", name="确认退回").click()
    expect(desk.locator(".notice-late").get_by_text("请核对表三各行合计。")).to_be_visible()
    desk.get_by_role("link", name="返回名单").click()
    expect(desk.get_by_role("row", name="澜原县自然资源局")).to_contain_text("已退回")
    shoot(desk, "annual-board")
    sound(desk)

    assert sorted(Received.objects.values_list("name", "state")) == [("澜原县松隐街道办事处", "accepted"), ("澜原县自然资源局", "returned")]
    assert Received.objects.get(state="accepted").at.date() >= date(2024, 1, 1)


def test_it_fits_a_telephone(page: Desk, above: Office, site: Site, shoot: Shoot) -> None:
    desk = signed_in(page(390), site)
    upload(desk, "lanyuan_market_2023.xlsx", 2023)
    shoot(desk, "received-xlsx")
    sound(desk)
    desk.goto("/desk/organs/qingyuan/annual/board/2023/")
    shoot(desk, "annual-board")
    sound(desk)
