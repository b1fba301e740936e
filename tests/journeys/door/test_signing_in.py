"""The door: the first password replaced, a second factor, sessions ended, the unified identity — as people go through it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import Page, expect

from gongkai.platform.organs import actions
from gongkai.platform.organs.acting import MACHINE
from gongkai.platform.organs.facts import PersonFacts
from gongkai.platform.organs.models import Person
from gongkai.platform.organs.roles import RoleKind
from tests.journeys.browsing import Desk
from tests.journeys.conftest import Site, running
from tests.platform.catalogue.factories import organ
from tests.platform.conftest import own_database
from tests.platform.organs.test_second_factor import code_now
from tests.platform.organs.test_unified_identity import run_provider
from tests.platform.server import Server

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
FIRST, OWN = "first-Password-2026", "my-own-Password-2026"


def staff(login: str, password: str = OWN) -> Person:
    """Somebody with a password of their own, an editor."""
    made = actions.create_person(MACHINE, PersonFacts(login=login, name="闻景川"), at=AT)
    actions.grant_role(MACHINE, made.pk, RoleKind.EDITOR, organ(f"{login}局", "").pk, since=date(2020, 1, 1), at=AT)
    Person.objects.filter(pk=made.pk).update(must_change_password=False)
    made = Person.objects.get(pk=made.pk)
    made.set_password(password)
    made.save(update_fields=["password"])
    return made


def enter(page: Page, login: str, password: str) -> None:
    page.goto("/account/login/")
    page.locator("input[name=login]").fill(login)
    page.locator("input[name=password]").fill(password)
    page.get_by_role("button", name="登录", exact=True).click()


def test_a_first_password_is_replaced_before_anything_else_is_seen(site: Site, page: Desk, shoot: Callable[..., object]) -> None:
    who = staff("newcomer", FIRST)
    Person.objects.filter(pk=who.pk).update(must_change_password=True)
    desk = page(390)

    enter(desk, "newcomer", FIRST)
    expect(desk).to_have_url(re.compile(r"/account/password/change/"))
    expect(desk.get_by_text("请先换成您自己的密码")).to_be_visible()
    desk.locator("input[name=oldpassword]").fill(FIRST)
    desk.locator("input[name=password1]").fill("short")
    desk.locator("input[name=password2]").fill("short")
    desk.locator("main button[type=submit]").click()
    expect(desk.locator("main")).to_contain_text("10")
    shoot(desk, "door-password")
    desk.locator("input[name=oldpassword]").fill(FIRST)
    desk.locator("input[name=password1]").fill(OWN)
    desk.locator("input[name=password2]").fill(OWN)
    desk.locator("main button[type=submit]").click()
    desk.goto("/desk/")
    expect(desk).to_have_url(re.compile(r"/desk/$"))


def test_a_wrong_password_says_so_and_after_several_the_door_stays_shut_for_a_while(site: Site, page: Desk, shoot: Callable[..., object]) -> None:
    staff("guessed")
    desk = page(1280)

    enter(desk, "guessed", "not-this-One-2026")
    expect(desk.locator("main")).to_contain_text("密码")
    assert "not-this-One-2026" not in desk.content()
    for _ in range(6):
        enter(desk, "guessed", "not-this-One-2026")
    expect(desk.locator("main")).to_contain_text(re.compile("暂停|稍后|分钟"))
    shoot(desk, "door-locked")
    enter(desk, "guessed", OWN)
    expect(desk).not_to_have_url(re.compile(r"/desk/$"))


def test_a_second_factor_is_set_up_and_from_then_on_asked_for(site: Site, page: Desk, shoot: Callable[..., object]) -> None:
    staff("careful")
    desk = page(1280)

    enter(desk, "careful", OWN)
    desk.goto("/account/second/activate/")
    if "/again/" in desk.url:
        desk.locator("input[name=password]").fill(OWN)
        desk.locator("main button[type=submit]").click()
    secret = desk.locator("code.secret").inner_text().strip()
    shoot(desk, "door-second-factor")
    desk.locator("input[name=code]").fill(code_now(secret))
    desk.get_by_role("button", name="启用").click()
    expect(desk.locator("main")).to_contain_text("恢复码")

    again = page(390)
    enter(again, "careful", OWN)
    expect(again).to_have_url(re.compile(r"/account/second/code/"))
    shoot(again, "door-second-code")
    again.goto("/desk/")
    expect(again).not_to_have_url(re.compile(r"/desk/$"))


def test_a_session_somewhere_else_is_ended_from_here(site: Site, page: Desk, shoot: Callable[..., object]) -> None:
    staff("twice")
    here, there = page(1280), page(390)
    for each in (there, here):
        enter(each, "twice", OWN)
        expect(each).to_have_url(re.compile(r"/desk/$"))

    here.goto("/account/me/")
    here.get_by_role("link", name=re.compile("会话")).first.click()
    expect(here.locator("table.list tbody tr")).to_have_count(2)
    shoot(here, "door-sessions")
    here.get_by_role("button", name="结束其他所有会话").click()
    expect(here.locator("table.list tbody tr")).to_have_count(1)
    there.goto("/desk/")
    expect(there).to_have_url(re.compile(r"/account/login/"))


@pytest.fixture(scope="module")
def united(server: Server, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, str]]:
    """A platform that knows a unified identity provider, which runs beside it."""
    server.ready()
    with (
        run_provider() as issuer,
        own_database(server, django_db_blocker, tmp_path_factory.mktemp("united"), "united") as mine,
        pytest.MonkeyPatch.context() as patch,
    ):
        told = {"GONGKAI_OIDC_ISSUER": issuer, "GONGKAI_OIDC_CLIENT": "gongkai", "GONGKAI_OIDC_SECRET": "s3cret", "GONGKAI_OIDC_CLAIM": "preferred_username"}
        kept = type(mine).env.fget  # type: ignore[attr-defined]
        patch.setattr(type(mine), "env", property(lambda ledger: kept(ledger) | told))
        with running(mine, server.statics()) as found:
            yield found, issuer


def test_the_unified_identity_lets_a_known_person_in(united: tuple[Site, str], browser: object, shoot: Callable[..., object]) -> None:
    site, issuer = united
    staff("li.si")
    desk = Desk(browser, site.url)  # type: ignore[arg-type]
    page = desk(1280)

    page.goto("/account/login/")
    page.get_by_role("button", name="用统一身份认证登录").click()
    page.wait_for_url(lambda address: address.startswith(issuer))
    page.locator("input[name=sub]").fill("id-1001")
    page.get_by_role("button", name=re.compile("uthorize|ogin|ign")).first.click()
    expect(page).to_have_url(re.compile(r"/desk/$"))
    shoot(page, "door-united")
    for context in desk.contexts:
        context.close()
    assert [said for said in desk.left() if not said.startswith("another host")] == []  # 提供方自己的页面用别处的样式
