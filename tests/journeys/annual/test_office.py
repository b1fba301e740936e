"""An office compiles its report, is stopped by an error, mends it from the drill-down, explains a warning, submits; it is passed, approved, published."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from gongkai.platform.annual.actions import entering
from gongkai.platform.annual.actions.entering import Told
from gongkai.platform.annual.models import Publication, Report
from gongkai.platform.demo.figures import told
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.models import Person
from tests.journeys.browsing import Desk
from tests.journeys.conftest import Site, _session
from tests.platform.cases.factories import Office, office

Shoot = Callable[[Page, str], Path]
Enter = Callable[[Page, Actor], Page]
PERIOD = "2023年1月1日至2023年12月31日，"


@pytest.fixture(scope="module")
def place(site: Site) -> Office:
    """An organ whose ledger of 2023 is entered; the training is not."""
    made = office("qingyuan")
    entering.enter(made.head, made.organ.pk, 2023, [*told("shule", 2023), Told("policies", 0, Decimal(51))], at=timezone.now())
    return made


@pytest.fixture
def enter(site: Site) -> Enter:
    def entered(page: Page, who: Actor) -> Page:
        login = Person.objects.get(pk=who.person or 0).login
        page.context.add_cookies([{"name": "sessionid", "value": _session(login), "url": site.url}])
        return page

    return entered


def sound(page: Page) -> None:
    """Nothing serious for axe, nothing over the edge."""
    found = Axe().run(page).response["violations"]

    assert [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found if each["impact"] in ("serious", "critical")] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_an_office_writes_its_report_and_it_is_published(page: Desk, place: Office, enter: Enter, shoot: Shoot) -> None:
    desk = enter(page(), place.head)
    desk.goto(f"/desk/organs/{place.organ.slug}/annual/")
    desk.get_by_label("年度").select_option("2023")
    press(desk, "开始编制")
    expect(desk.get_by_text("已开始编制")).to_be_visible()
    address = desk.url

    desk.locator("#id_section1").click()
    desk.keyboard.type(PERIOD + "发布政策文件51条。")
    expect(desk.locator("#beside-1").get_by_text("换成“政策文件”")).to_be_visible()
    desk.locator("#beside-1").get_by_text("换成“政策文件”").click()
    expect(desk.locator("#id_section1")).to_have_value(PERIOD + "发布政策文件{{policies}}条。")
    desk.locator("#suggest-1").get_by_role("button", name="12345政府服务热线受理诉求").click()
    expect(desk.locator("#prints-1")).to_contain_text("求助9582件")
    desk.locator("#id_section3").fill("全年收到政府信息公开申请5件。")
    expect(desk.locator("#beside-3")).to_contain_text("为5，表中为0")
    desk.locator("#id_section6").fill("本年度收取信息处理费{{fee}}元，培训{{trainings}}次。")
    expect(desk.locator("#beside-6")).to_contain_text("trainings")
    shoot(desk, "annual-workspace")
    sound(desk)
    press(desk, "保存并提交审核")

    expect(desk.get_by_text("还不能提交").first).to_be_visible()
    expect(desk.locator("main")).to_contain_text("trainings")
    shoot(desk, "annual-submit-stopped")
    sound(desk)

    entering.enter(place.head, place.organ.pk, 2023, [Told("trainings", 0, Decimal(2), evidence="签到表")], at=timezone.now())
    desk.goto(address)
    desk.locator("#beside-3").get_by_role("link", name="看记录").first.click()
    expect(desk.locator("main")).to_contain_text("这个数是零")
    shoot(desk, "annual-cell")
    sound(desk)
    desk.go_back()
    desk.locator("#beside-3 details.explain summary").first.click()
    desk.locator("#beside-3 details.explain textarea").first.fill("另有5件由原单位收到，本年移交前已办结，不计入表三。")
    press(desk, "记下说明")
    expect(desk.get_by_text("说明已记下。")).to_be_visible()
    expect(desk.locator("#findings")).to_contain_text("没有拦住提交的问题")
    desk.locator("#acts").get_by_role("link", name="提交审核").click()
    press(desk, "确认提交审核")
    expect(desk.locator(".marks")).to_contain_text("法制审核中")

    legal = enter(page(), place.legal)
    legal.goto(address)
    shoot(legal, "annual-reading")
    sound(legal)
    legal.locator("#acts").get_by_role("link", name="法制审核通过").click()
    press(legal, "确认法制审核通过")
    approver = enter(page(390), place.approver)
    approver.goto(address)
    shoot(approver, "annual-reading")
    sound(approver)
    for what in ("签发", "公布"):
        approver.locator("#acts").get_by_role("link", name=what, exact=True).click()
        shoot(approver, f"annual-act-{what}")
        sound(approver)
        press(approver, f"确认{what}")
    expect(approver.locator(".marks")).to_contain_text("已公布")

    published = Publication.objects.get(organ=place.organ, year=2023)
    assert published.data["sections"][0]["text"].startswith(PERIOD + "发布政策文件51条。12345政府服务热线受理诉求12102件，其中求助9582件")
    assert Report.objects.get(pk=published.report_id).state == "published"
    for width, name in ((1280, "preview/"), (390, "preview/"), (1280, "versions/"), (390, "versions/"), (1280, "changed/"), (390, "cell/active.licensing_decisions/")):
        seen = enter(page(width), place.head)
        seen.goto(address + name)
        shoot(seen, "annual-" + name.strip("/").replace("/", "-").replace(".", "-"))
        sound(seen)


def test_two_people_at_once_settle_one_sentence_and_talk_about_it(page: Desk, place: Office, enter: Enter, shoot: Shoot) -> None:
    from gongkai.platform.annual.actions import reporting
    from gongkai.platform.organs.roles import RoleKind
    from tests.platform.cases.factories import member

    admin = Person.objects.get(login="qingyuan-admin")
    other = member("qingyuan", 9, place.organ, RoleKind.DISCLOSURE_OFFICE, admin)
    report = reporting.open_report(place.head, place.organ.pk, 2022, edition="2021", at=timezone.now())
    desk = enter(page(390), place.head)
    desk.goto(f"/desk/annual/{report.pk}/")
    desk.locator("#id_section5").fill("我写的问题。")
    reporting.write(other, report.pk, ("", "同事写的第二部分。", "", "", "同事写的问题。", ""), based_on=0, at=timezone.now())
    press(desk, "保存")
    expect(desk.get_by_text("有几句两边都改了，请选定")).to_be_visible()
    expect(desk.locator("#id_section2")).to_have_value("同事写的第二部分。")
    expect(desk.locator("#id_section5")).to_have_value("同事写的问题。我写的问题。")
    desk.get_by_role("button", name="只留我的").click()
    expect(desk.locator("#id_section5")).to_have_value("我写的问题。")
    desk.get_by_role("button", name="两句都留").click()
    expect(desk.locator("#id_section5")).to_have_value("同事写的问题。我写的问题。")
    shoot(desk, "annual-conflict")
    sound(desk)
    press(desk, "保存")
    expect(desk.get_by_text("已保存。", exact=True)).to_be_visible()

    reporting.write(other, report.pk, ("", "同事写的第二部分。", "", "同事补的第四部分。", "同事写的问题。我写的问题。", ""), based_on=2, at=timezone.now())
    desk.locator("#id_section5").fill("同事写的问题。我写的问题。又加一句。")
    press(desk, "保存")
    expect(desk.get_by_text("和别人同时改的合在一起")).to_be_visible()
    expect(desk.locator("#id_section4")).to_have_value("同事补的第四部分。")

    legal = enter(page(), place.legal)
    legal.goto(f"/desk/annual/{report.pk}/")
    legal.locator("#section-5 .prints").select_text()
    legal.locator("#comment-new-5 summary").click()
    expect(legal.locator("#quote-5")).to_have_value("同事写的问题。我写的问题。又加一句。")
    legal.locator("#comment-5").fill("问题写得太笼统。")
    press(legal, "记下批注")
    expect(legal.locator("#comments-5")).to_contain_text("问题写得太笼统。")
    shoot(legal, "annual-comment")
    sound(legal)
    desk.goto(f"/desk/annual/{report.pk}/")
    desk.locator("#comments-5 summary").first.click()
    press(desk, "解决了")
    expect(desk.locator("#comments-5")).to_contain_text("已解决的（1）")
    shoot(desk, "annual-comment-resolved")
    sound(desk)

    assert [each.prose[4] for each in report.versions.order_by("number")] == ["同事写的问题。", *["同事写的问题。我写的问题。"] * 2, "同事写的问题。我写的问题。又加一句。"]
