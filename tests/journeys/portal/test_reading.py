"""A citizen looks for something: search, facets, the item, on a wide screen and on a phone, in the dark, large, without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.conftest import ROOT
from tests.journeys.browsing import Desk
from tests.journeys.conftest import Site
from tests.platform.portal import making


@pytest.fixture(scope="module")
def filled(site: Site) -> SimpleNamespace:
    """A government and its bureau with a repealed policy, its interpretation, forty notices, an annual report, a withdrawn decision."""
    from gongkai import formats
    from gongkai.formats import writing

    government = making.organ("澜原县人民政府", kind="government", slug="lanyuan", office_name="县政府办公室", office_phone="0998-0000000", office_address="澜原县人民路1号")
    bureau = making.organ("澜原县财政局", parent=government, slug="lanyuan-cz", office_name="局办公室")
    body = "<p>各乡镇人民政府：</p><h2>一、总体要求</h2><p>坚持以公开为常态。</p><table><thead><tr><th>项目</th><th>预算数（万元）</th></tr></thead><tbody><tr><td>教育支出</td><td>5,678.00</td></tr></tbody></table>"
    policy = making.publication(
        bureau, "关于印发《预算公开办法》的通知", body=body, document_number="澜财〔2021〕15号", kind="normative", category="normative", topic="财政、金融、审计", validity="repealed",
        validity_on=date(2026, 1, 1), summary="规定预算公开的时间和格式。", files=[("附件：预算公开表.xlsx", b"PK\x03\x04 sheet", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")],
    )  # fmt: skip
    newer = making.publication(bureau, "新的预算公开办法", kind="normative", category="normative", validity="in_force", body=body)
    making.link(newer, policy, "repeals")
    making.link(making.publication(bureau, "《预算公开办法》解读", kind="interpretation", category="normative"), policy, "interprets")
    for number in range(40):
        making.publication(government if number % 2 else bureau, f"关于公布第{number}批预算项目的公告", kind="announcement" if number % 3 else "news", topic="教育")
    sample = "lanyuan_government_2023.html"
    data = writing.write(formats.read(sample, (ROOT / "samples" / "reports" / sample).read_bytes()).report, "json")
    report = making.publication(government, "澜原县人民政府2023年政府信息公开工作年度报告", kind="report", body="", files=[("报告数据.json", data, "application/json")])
    gone = making.withdrawn(bureau, "不该看到的处罚决定")
    return SimpleNamespace(policy=policy, newer=newer, report=report, gone=gone)


def test_a_search_in_traditional_characters_leads_to_the_policy(page: Desk, filled: SimpleNamespace) -> None:
    opened = page(1280)
    opened.goto("/")
    opened.get_by_role("searchbox").fill("預算公開 澜財")
    opened.get_by_role("searchbox").press("Enter")
    expect(opened.get_by_role("status")).to_have_text("共 1 条")
    expect(opened.locator("mark").first).to_have_text("预算公开")
    opened.get_by_role("link", name="关于印发《预算公开办法》的通知").click()

    expect(opened.get_by_role("heading", level=1)).to_have_text("关于印发《预算公开办法》的通知")
    expect(opened.get_by_text("本文件已废止")).to_be_visible()
    expect(opened.get_by_role("link", name="新的预算公开办法")).to_be_visible()
    expect(opened.get_by_role("link", name="《预算公开办法》解读")).to_be_visible()


def test_facets_narrow_the_list_and_are_taken_away_again(page: Desk, filled: SimpleNamespace) -> None:
    opened = page(1280)
    opened.goto("/items/")
    opened.get_by_role("group", name="体裁").last.get_by_role("link", name="行政规范性文件").click()
    expect(opened.get_by_role("status")).to_contain_text("共 2 条")
    opened.get_by_role("group", name="有效性").last.get_by_role("link", name="已废止").click()
    expect(opened.get_by_role("status")).to_contain_text("共 1 条")
    opened.locator(".facets-wide a.chosen").first.click()

    expect(opened.locator(".facets-wide a.chosen")).to_have_count(1)


def test_on_a_phone_facets_are_behind_one_button(page: Desk, filled: SimpleNamespace) -> None:
    opened = page(390)
    opened.goto("/search/?q=预算")
    kinds = opened.get_by_role("group", name="体裁").first
    expect(kinds).to_be_hidden()
    opened.get_by_text("筛选", exact=True).click()
    kinds.get_by_role("link", name="公告公示").click()

    expect(opened.get_by_role("status")).to_contain_text("条")
    assert "kind=announcement" in opened.url


def test_without_javascript_everything_can_be_read_searched_and_turned(page: Desk, filled: SimpleNamespace) -> None:
    opened = page(1280, javascript=False)
    opened.goto("/search/?q=预算项目")
    opened.get_by_role("link", name="下一页").click()
    expect(opened.get_by_text("第 2 页，共 2 页")).to_be_visible()
    opened.locator(".thing-title a").first.click()

    expect(opened.get_by_role("heading", level=1)).to_contain_text("批预算项目的公告")


def test_files_and_documents_can_be_taken_along(page: Desk, filled: SimpleNamespace) -> None:
    opened = page(1280)
    opened.goto(f"/items/{filled.policy.item_id}/")
    with opened.expect_download() as attachment:
        opened.get_by_role("link", name="附件：预算公开表.xlsx").click()
    with opened.expect_download() as document:
        opened.get_by_role("link", name="下载 DOCX").click()

    assert Path(attachment.value.path()).read_bytes() == b"PK\x03\x04 sheet"
    assert document.value.suggested_filename == "关于印发《预算公开办法》的通知.docx"


def test_what_was_withdrawn_says_why_and_leads_on(page: Desk, filled: SimpleNamespace) -> None:
    opened = page(390)
    answer = opened.goto(f"/items/{filled.gone.item_id}/")

    assert answer is not None and answer.status == 410
    expect(opened.get_by_text("处罚决定已被变更，依法撤回公开。")).to_be_visible()
    expect(opened.get_by_text("不该看到的处罚决定")).to_have_count(0)


PAGES = {
    "home": "/", "catalogue": "/items/", "search": "/search/?q=预算", "nothing": "/search/?q=没有的词语", "item": "/items/{policy}/", "report": "/items/{report}/",
    "gone": "/items/{gone}/", "organ": "/organs/lanyuan/", "guide": "/organs/lanyuan/guide/", "rules": "/organs/lanyuan/rules/", "statutory": "/organs/lanyuan-cz/statutory/",
    "reports": "/organs/lanyuan/reports/", "requests": "/organs/lanyuan/requests/",
}  # fmt: skip
LOOKS = {"light": (1280, {}, ""), "phone": (390, {}, ""), "dark": (390, {"color_scheme": "dark"}, ""), "large": (390, {}, "zh-hans.1.0.auto"), "contrast": (1280, {}, "zh-hant.0.1.auto"), "english": (1280, {}, "en.0.0.auto")}


BRIEFLY = frozenset({"home", "search", "item", "report"})  # 其余的页面，各种样子在 make slow 里都看


@pytest.mark.parametrize(
    ("look", "pages"), [(look, sorted(PAGES if look in ("light", "phone") else BRIEFLY)) for look in LOOKS] + [
        pytest.param(look, sorted(PAGES.keys() - BRIEFLY), marks=pytest.mark.slow) for look in sorted(LOOKS.keys() - {"light", "phone"})
    ],
)  # fmt: skip
def test_every_page_is_accessible_and_fits_in_every_look(page: Desk, filled: SimpleNamespace, shoot: Callable[[Page, str], Path], look: str, pages: list[str]) -> None:
    """axe finds nothing serious; nothing runs over the edge."""
    width, media, cookie = LOOKS[look]
    opened = page(width)
    opened.emulate_media(**media)  # type: ignore[arg-type]
    if cookie:
        opened.context.add_cookies([{"name": "gongkai_reading", "value": cookie, "url": page.url}])
    wrong: list[str] = []
    for name in pages:
        opened.goto(PAGES[name].format(policy=filled.policy.item_id, report=filled.report.item_id, gone=filled.gone.item_id))
        shoot(opened, f"portal-{name}-{look}")
        found = Axe().run(opened).response["violations"]
        wrong += [f"{name}: {one['id']} {[node['target'] for node in one['nodes']][:3]}" for one in found if one["impact"] in {"serious", "critical"}]
        if opened.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1"):
            wrong.append(f"{name}: wider than the screen")

    assert wrong == []


def test_by_keyboard_alone_one_skips_to_the_text_and_opens_an_item(page: Desk, filled: SimpleNamespace) -> None:
    opened = page(1280)
    opened.goto("/items/")
    opened.keyboard.press("Tab")
    expect(opened.get_by_text("跳到正文")).to_be_focused()
    opened.keyboard.press("Enter")
    for _ in range(4):
        opened.keyboard.press("Tab")
        if opened.evaluate("document.activeElement.closest('.thing-title') !== null"):
            break
    opened.keyboard.press("Enter")

    expect(opened.locator("#title")).to_be_visible()
