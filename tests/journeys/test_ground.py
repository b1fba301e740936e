"""The ground of the journeys: a site that runs, a browser that reaches it, complaints that are noticed."""

from __future__ import annotations

import urllib.request
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import Desk
from tests.journeys.conftest import Site


def test_the_site_runs_and_its_database_is_the_one_that_the_test_sees(site: Site) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        (name,) = cursor.fetchone()
    with urllib.request.urlopen(f"{site.url}/-/health", timeout=10) as answer:
        said = answer.read()

    assert name == site.ledger.name
    assert said == b"ok\n"


@pytest.mark.parametrize("width", [1280, 390])
def test_a_browser_reaches_it(page: Desk, site: Site, width: int) -> None:
    opened = page(width)
    answer = opened.goto("/-/health")

    assert answer is not None
    assert answer.status == 200
    assert opened.evaluate("window.innerWidth") == width


def test_a_page_that_asks_another_host_or_breaks_is_noticed(page: Desk, site: Site) -> None:
    opened = page()
    opened.goto("/-/health")
    opened.evaluate("console.error('broken'); new Image().src = 'http://127.0.0.1:9/x.png'")
    opened.wait_for_timeout(300)
    said = page.left()
    page.forgive(".")

    assert any("broken" in line for line in said)
    assert any("another host" in line for line in said)


def test_every_page_of_a_demonstration_says_that_it_is_one(demo_site: Site, page: Desk, sign_in: Callable[..., None], shoot: Callable[..., object]) -> None:
    told = page(390)
    told.goto("/")

    expect(told.locator(".demonstration")).to_contain_text("演示数据")
    shoot(told, "demonstration")
    desk = page(1280)
    sign_in(desk, "shule-editor", "demo-gongkai-2026")
    desk.goto("/desk/")
    expect(desk.locator(".demonstration")).to_be_visible()
    shoot(desk, "demonstration")
