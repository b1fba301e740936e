"""An officer enters a month, is stopped by a figure in words, corrects one, uploads a table of their own, says what a column is, and reads the year."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from gongkai.platform.annual.actions import entering
from gongkai.platform.demo.figures import told
from gongkai.platform.organs.models import Person
from tests.journeys.browsing import Desk
from tests.journeys.conftest import Site, _session
from tests.platform.annual.figures.conftest import table
from tests.platform.cases.factories import Office, office

Shoot = Callable[[Page, str], Path]


@pytest.fixture(scope="module")
def place(site: Site) -> Office:
    """An organ whose ledger of 2023 is entered; the training is not."""
    made = office("qingyuan")
    entering.enter(made.head, made.organ.pk, 2023, told("shule", 2023), at=timezone.now())
    return made


def sound(page: Page) -> None:
    """Nothing serious for axe, nothing over the edge."""
    found = Axe().run(page).response["violations"]

    assert [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found if each["impact"] in ("serious", "critical")] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("width", [1280, 390])
def test_an_officer_fills_the_ledger(width: int, page: Desk, place: Office, site: Site, shoot: Shoot) -> None:
    desk, month = page(width), 3 if width > 1000 else 4
    login = Person.objects.get(pk=place.head.person or 0).login
    desk.context.add_cookies([{"name": "sessionid", "value": _session(login), "url": site.url}])
    there = f"/desk/organs/{place.organ.slug}/figures/2023/"
    desk.goto(f"{there}training/{month}/")
    desk.get_by_label("培训次数").fill("两次")
    desk.get_by_label("培训人次").fill("1,200")
    desk.get_by_label("依据").fill("签到表")
    desk.get_by_role("button", name="登记", exact=True).click()
    expect(desk.get_by_role("alert")).to_contain_text("请用阿拉伯数字")
    expect(desk.get_by_label("培训人次")).to_have_value("1,200")
    sound(desk)
    shoot(desk, "figures-month")
    desk.get_by_label("培训次数").fill("2")
    desk.get_by_role("button", name="登记", exact=True).click()
    expect(desk.get_by_text("已登记 2 个数")).to_be_visible()

    desk.goto(f"{there}training/{month}/")
    desk.get_by_label("培训次数").fill("3")
    desk.locator("#f-trainings-all-reason").fill("漏报一次")
    desk.get_by_role("button", name="登记", exact=True).click()
    desk.goto(there)
    expect(desk.locator("s.was").first).to_contain_text("2")
    sound(desk)
    shoot(desk, "figures-year")
    desk.goto(f"{there}records/?indicator=trainings&channel=")
    expect(desk.get_by_text("漏报一次").first).to_be_visible()
    sound(desk)
    shoot(desk, "figures-records")

    desk.goto(f"{there}import/")
    rows = [("月份", f"各类场次{width}", "培训人次", "考核得分"), (month, 4, 1300, 97.5), (month + 4, 1, "很多", None), ("合计", 6, 1300, None)]
    sheet = {"name": "培训台账.xlsx", "mimeType": "application/octet-stream", "buffer": table(rows)}
    desk.locator("#id_file").set_input_files([sheet])  # type: ignore[list-item]
    desk.get_by_role("button", name="上传并核对").click()
    expect(desk.get_by_role("button", name="全部登记")).to_have_count(0)
    desk.get_by_label(f"各类场次{width}").select_option("trainings.")
    desk.get_by_role("button", name="按此重新核对").click()
    expect(desk.get_by_text("合计写 6，各月相加是 5")).to_be_visible()
    sound(desk)
    shoot(desk, "figures-upload")
    desk.get_by_role("button", name="弃用").click()
    rows[2] = (month + 4, 1, 30, None)
    desk.locator("#id_file").set_input_files([sheet | {"buffer": table(rows)}])  # type: ignore[list-item]
    desk.get_by_role("button", name="上传并核对").click()
    desk.get_by_label(f"各类场次{width}").select_option("trainings.")
    desk.get_by_role("button", name="按此重新核对").click()
    desk.get_by_label("更正的理由").fill("以签到表为准")
    desk.get_by_role("button", name="全部登记").click()

    expect(desk.get_by_text("已登记 5 个数")).to_be_visible()
