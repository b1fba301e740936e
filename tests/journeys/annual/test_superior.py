"""The superior in January: two real files settled by hand, one report sent back and two accepted, a PDF with two doubts, the sum published; and a citizen."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Page, expect
from scripts.samples.clean import WATER
from scripts.samples.documents import portable

from gongkai import formats
from gongkai.law.editions import BY_KEY
from gongkai.platform.annual.actions import entering, handing, reporting
from gongkai.platform.annual.actions.entering import Told
from gongkai.platform.annual.models import Publication, Received, Report
from gongkai.platform.annual.stored import at_of
from gongkai.platform.organs import actions as organs
from gongkai.platform.organs.acting import MACHINE
from gongkai.platform.organs.facts import OrganFacts
from gongkai.platform.organs.models import Organ, Person
from gongkai.platform.organs.roles import RoleKind
from gongkai.report import exchange
from gongkai.report.auditing.labels import cell_label
from tests.conftest import ROOT
from tests.journeys.browsing import Desk
from tests.journeys.conftest import Site, _session
from tests.platform.annual.test_hierarchy import PROSE, approved, explained
from tests.platform.cases.factories import BEGIN, Office, at, entered, member, office

Shoot = Callable[[Page, str], Path]
SHARED = ROOT.parent / "shared" / "reports"
WIDE = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
HEALTH = "清原县卫生健康局"


@pytest.fixture(scope="module")
def above(site: Site) -> Office:
    """A county government that supervises three bureaus; two of them write on the platform."""
    made = office("qingyuan")
    organs.grant_role(MACHINE, _person("disclosure").pk, RoleKind.SUPERVISOR, made.organ.pk, since=BEGIN, at=at("2018-01-02"))
    for slug, name in (("jiaoyu", "清原县教育局"), ("shuili", "清原县水利局"), ("weijian", HEALTH)):
        facts = OrganFacts(name=name, slug=slug, level="county", kind="department", area_parent=made.organ.pk, index_pattern="{slug}/{year}-{serial:05d}")
        organs.create_organ(MACHINE, facts, at=at("2018-01-02"))
    return made


def _person(role: str) -> Person:
    return Person.objects.get(login__startswith=f"qingyuan-{role}")


def bureau(slug: str, above: Office) -> Office:
    """The people of a bureau."""
    organ, admin = Organ.objects.get(slug=slug), Person.objects.get(login="qingyuan-admin")
    kinds = ("case_officer", "case_officer", "disclosure_office", "approver", "legal_reviewer", "editor")
    return Office(organ, *(member(slug, number, organ, RoleKind(kind), admin) for number, kind in enumerate(kinds)))


def signed_in(page: Page, site: Site, role: str = "disclosure") -> Page:
    page.context.add_cookies([{"name": "sessionid", "value": _session(_person(role).login), "url": site.url}])
    return page


def sound(page: Page) -> None:
    """Nothing serious for axe, nothing over the edge."""
    found = Axe().run(page).response["violations"]

    assert [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in found if each["impact"] in ("serious", "critical")] == []
    assert page.evaluate(WIDE)


def upload(desk: Page, year: int, name: str, data: bytes, organ: str = "") -> None:
    desk.goto(f"/desk/organs/qingyuan/annual/board/{year}/")
    desk.get_by_label("报告文件").set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": data})
    if organ:
        desk.locator("#id_organ").select_option(label=organ)
    desk.get_by_role("button", name="上传并读取").click()
    expect(desk.get_by_text("请对照原件处理疑点")).to_be_visible()


def settle(desk: Page, says: str, note: str, cells: dict[str, str] | None = None, zero: bool = False) -> None:
    """Settle one finding by hand."""
    finding = desk.locator(".finding", has_text=says).first
    if not finding.locator("textarea").is_visible():
        finding.locator("details.explain > summary").click()
    for label, value in (cells or {}).items():
        finding.get_by_label(label, exact=True).fill(value)
    if zero:
        finding.get_by_label("读作 0").check()
    finding.get_by_label("怎样处理、依据什么").fill(note)
    finding.get_by_role("button", name="记下处理").click()
    expect(desk.get_by_text("已记下怎样处理")).to_be_visible()


def accepted(desk: Page) -> None:
    expect(desk.get_by_text("没有尚未处理的疑点、错误和警告。")).to_be_visible()
    desk.get_by_role("button", name="接收", exact=True).click()
    expect(desk.get_by_text("已接收“")).to_be_visible()


@pytest.mark.skipif(not SHARED.is_dir(), reason="没有 ../shared/reports（no real reports beside the project）")
def test_a_real_pdf_and_a_real_page_are_settled_by_hand_and_accepted(page: Desk, above: Office, site: Site, shoot: Shoot) -> None:
    desk = signed_in(page(), site)
    upload(desk, 2023, "r01_hongze_2023.pdf", (SHARED / "r01_hongze_2023.pdf").read_bytes())
    expect(desk.locator("h1")).to_contain_text("淮安市洪泽区人民政府")
    expect(desk.locator("#page-3 img")).to_have_count(1)
    expect(desk.get_by_role("heading", name="尚未处理（4）")).to_be_visible()
    sound(desk)
    shoot(desk, "received-pdf")
    settle(desk, "新旧格式混用", "已电话核实：表二按2021年格式，表三沿用2019年的表样，各数无误，请其今后改用新表。")
    cells = {"“行政复议”的“总计”": "11", "“行政诉讼·复议后起诉”的“总计”": "5"}
    settle(desk, "表四总计有误", "原件第4页总计印的是0；各项相加为11、5，已电话核对，按各项之和读。", cells)
    settle(desk, "2.其他法律行政止公开", "原件印漏“法规禁”三字，行次无误。")
    settle(desk, "正文却未提及", "第五部分没有写，已请其在更正时补写；表四的数已核对。")
    shoot(desk, "received-settled")
    accepted(desk)

    upload(desk, 2023, "r02_shuyang_fgj_2023.html", (SHARED / "r02_shuyang_fgj_2023.html").read_bytes())
    expect(desk.locator("h1")).to_contain_text("沭阳县发展和改革局")
    expect(desk.locator(".source-text")).to_contain_text("发展和改革")
    settle(desk, "表三有125格空白", "已电话核实：这五类申请人全年没有，均为0。", zero=True)
    settle(desk, "正文却未提及", "复议1件属实，正文漏写。")
    settle(desk, "疑为沿用往年文本", "确属沿用上年文字，已请其改正；不影响各数。")
    sound(desk)
    shoot(desk, "received-html")
    accepted(desk)

    read = {row.name: row for row in Received.objects.filter(year=2023)}
    assert {row.state for row in read.values()} == {"accepted"} and len(read) == 2
    assert sum(len(told["cells"]) for told in read["沭阳县发展和改革局"].settled.values()) == 125


def test_one_is_sent_back_two_accepted_a_pdf_settled_and_the_sum_published(page: Desk, above: Office, site: Site, shoot: Shoot) -> None:
    schools, water = bureau("jiaoyu", above), bureau("shuili", above)
    with transaction.atomic():
        entered(schools, on="2022-05-09")
    for one, count in ((schools, 7), (water, 2)):
        handing.hand_in(one.head, approved(one, 2022, count).pk, at=timezone.now())
    entering.enter(above.head, above.organ.pk, 2022, [Told(cell.key, 0, Decimal(1)) for cell in BY_KEY["2021"].active_cells()], at=timezone.now())
    desk = signed_in(page(), site)
    desk.goto("/desk/organs/qingyuan/annual/board/2022/")
    expect(desk.locator("table.board tbody tr").first).to_contain_text("待核对")
    shoot(desk, "annual-board")
    sound(desk)
    desk.get_by_role("link", name="清原县教育局", exact=True).click()
    desk.get_by_label("退回的理由").fill("请核对行政许可数。")
    desk.get_by_role("button", name="退回", exact=True).click()
    expect(desk.locator(".notice-late").get_by_text("请核对行政许可数。")).to_be_visible()
    desk.goto("/desk/organs/qingyuan/annual/board/2022/")
    desk.get_by_role("row", name="清原县水利局").get_by_role("button", name="接收").click()
    expect(desk.get_by_text("已接收“清原县水利局”")).to_be_visible()
    again(schools)
    desk.reload()
    desk.get_by_role("row", name="清原县教育局").get_by_role("button", name="接收").click()
    expect(desk.get_by_text("已接收“清原县教育局”")).to_be_visible()

    upload(desk, 2022, "卫健局年报.pdf", doubtful(), HEALTH)
    expect(desk.get_by_role("heading", name="尚未处理（2）")).to_be_visible()
    expect(desk.locator("#page-1 img")).to_be_visible()
    settle(desk, "“2?”不是一个数", "原件第1页手写改过，看得出是2；已电话核对。", {label("applications.granted.natural"): "2"})
    sound(desk)
    shoot(desk, "received-doubts")
    settle(desk, "不是一个数", "原件第2页写“见附件”，正文说复议1件、维持；已电话核对。", {label("remedies.reconsideration.upheld"): "1"})
    accepted(desk)

    desk.goto("/desk/organs/qingyuan/annual/board/2022/")
    desk.get_by_role("link", name="看缺哪些，开始编制").click()
    expect(desk.locator(".scope-sum")).to_have_text("本机关和 3 个机关已接收的报告")
    shoot(desk, "annual-sum-begin")
    sound(desk)
    desk.get_by_role("button", name="开始编制").click()
    expect(desk.get_by_text("已开始编制，三张表已按")).to_be_visible()
    shoot(desk, "annual-scope")
    sound(desk)
    report = Report.objects.get(organ=above.organ, year=2022)
    desk.goto(f"/desk/annual/{report.pk}/cell/active.licensing_decisions/")
    expect(desk.locator(".cell-figure strong")).to_have_text("97")
    desk.get_by_role("row", name="清原县教育局").get_by_role("link", name="看记录").click()
    expect(desk.locator(".cell-figure strong")).to_have_text("7")
    expect(desk.get_by_text("由台账登记")).to_be_visible()
    sound(desk)
    reporting.write(above.head, report.pk, PROSE, based_on=0, at=timezone.now())
    explained(above, report)
    desk.goto(f"/desk/annual/{report.pk}/do/submit/")
    desk.get_by_role("button", name="确认提交审核").click()
    expect(desk.locator(".marks")).to_contain_text("法制审核中")
    reporting.pass_review(above.legal, report.pk, at=timezone.now())
    reporting.approve(above.approver, report.pk, at=timezone.now())
    desk.goto(f"/desk/annual/{report.pk}/do/publish/")
    desk.get_by_role("button", name="确认公布").click()
    expect(desk.locator(".marks")).to_contain_text("已公布")

    assert Publication.objects.get(report=report).data["active"]["licensing_decisions"]["value"] == 97
    citizen(page, above, shoot)


def citizen(page: Desk, above: Office, shoot: Shoot) -> None:
    """Two years side by side, and the figures to take along."""
    before = approved(above, 2021, 4)
    reporting.publish(above.approver, before.pk, at=timezone.now())
    for width in (390, 1280):
        reader = page(width)
        reader.goto("/reports/")
        shoot(reader, "public-library")
        sound(reader)
        reader.get_by_role("link", name=re.compile("选来对照.*2021年")).click()
        expect(reader.get_by_role("status").first).to_contain_text("2021年")
        sound(reader)
        reader.get_by_role("link", name=re.compile("与它对照.*2022年")).click()
        expect(reader.get_by_role("heading", name="跨年核查")).to_be_visible()
        expect(reader.get_by_role("row", name="行政许可")).to_contain_text("+93")
        shoot(reader, "public-compare")
        sound(reader)
    reader.get_by_role("link", name="2022年政府信息公开工作年度报告").first.click()
    shoot(reader, "public-report")
    sound(reader)
    with reader.expect_download() as got:
        reader.get_by_role("link", name="XLSX", exact=True).click()
    read = formats.read("report.xlsx", got.value.path().read_bytes()).report
    kept = exchange.from_dict(Publication.objects.get(organ=above.organ, year=2022).data).report

    assert (read.applications, read.remedies, read.year) == (kept.applications, kept.remedies, kept.year)
    assert {key: figure.value for key, figure in read.active.items()} == {key: figure.value for key, figure in kept.active.items()}


def label(key: str) -> str:
    return cell_label(at_of(key))


def again(place: Office) -> None:
    """The bureau looks its report over and hands it in once more."""
    report, when = Report.objects.get(organ=place.organ), timezone.now()
    reporting.submit(place.head, report.pk, at=when)
    reporting.pass_review(place.legal, report.pk, at=when)
    reporting.approve(place.approver, report.pk, at=when)
    handing.hand_in(place.head, report.pk, at=when)


def doubtful() -> bytes:
    """A PDF as an office made it: in two cells there is no number."""
    rows = {key: list(row) for key, row in WATER.requests.items()}
    rows["granted"][0] = "2?"
    remedies = {block: dict(row) for block, row in WATER.remedies.items()}
    remedies[next(iter(remedies))]["upheld"] = "见附件"
    texts = {number: tuple(text.replace("澜原县水利局", HEALTH) for text in told) for number, told in WATER.sections.items()}
    return portable(replace(WATER, organ=HEALTH, title=(f"{HEALTH}2022年政府信息公开工作年度报告",), requests=rows, remedies=remedies, sections=texts, signed=(HEALTH, *WATER.signed[1:])))


def test_it_fits_a_telephone(page: Desk, above: Office, site: Site, shoot: Shoot) -> None:
    desk = signed_in(page(390), site)
    upload(desk, 2023, "lanyuan_market_2023.xlsx", (ROOT / "samples" / "reports" / "lanyuan_market_2023.xlsx").read_bytes())
    shoot(desk, "received-xlsx")
    sound(desk)
    for name, address in (("annual-board", "board/2023/"), ("annual-sum-begin", "board/2023/sum/")):
        desk.goto(f"/desk/organs/qingyuan/annual/{address}")
        shoot(desk, name)
        sound(desk)
