"""Journeys: a real server and worker on a real database, and a real browser.

`site`       an empty platform for this module: `gongkai serve` with web server and worker
`demo_site`  the same with the demo data
`page`       `page(1280)`, `page(390)`: a page on the module's site; errors of any kind fail the test
`sign_in`    `sign_in(page, login)` by a session, or with a password through the form
`shoot`      `shoot(page, "desk")`: a picture in var/screenshots
Django in the test process sees the site's database, so factories and queries work beside the browser.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys import browsing
from tests.platform.conftest import (  # noqa: F401
    Ledger,
    _no_database_unasked,
    django_db_setup,
    own_database,
    server,
)
from tests.platform.server import Server, copied

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright 在本线程里有自己的事件循环
START_SECONDS = 90


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    lacking = pytest.mark.skipif(
        browsing.chromium() is None, reason="没有 Chromium：请安装 Debian 的 chromium，或设置 GONGKAI_CHROMIUM (no browser)"
    )
    for item in items:
        if Path(__file__).parent in item.path.parents and {"page", "browser"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(lacking)


@dataclass(frozen=True, slots=True)
class Site:
    """A platform that runs: its address, and its database as the tests see it."""

    url: str
    ledger: Ledger
    process: subprocess.Popen[str]
    log: Path

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """`gongkai …` on this site."""
        return self.ledger.run(*words)


@contextmanager
def running(ledger: Ledger, statics: Path) -> Iterator[Site]:
    """`gongkai serve` on the database, until the module is done with it."""
    copied(statics, ledger.home / "static")
    log = ledger.home / "serve.log"
    with log.open("w") as lines:
        process = subprocess.Popen(
            [sys.executable, "-m", "gongkai", "serve", "--port", "0", "--lang", "en"],
            env=ledger.env | {"PYTHONUNBUFFERED": "1", "GONGKAI_WORKERS": "1"}, stdout=lines, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
    try:
        yield Site(_address(process, log), ledger, process, log)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _address(process: subprocess.Popen[str], log: Path) -> str:
    limit = time.monotonic() + START_SECONDS
    while time.monotonic() < limit and process.poll() is None:
        for line in log.read_text(encoding="utf-8").splitlines():
            if line.startswith("The platform is up: "):
                return line.partition(": ")[2].rstrip("/")
        time.sleep(0.1)
    raise AssertionError(f"the site did not start:\n{log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="module")
def site(server: Server, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:  # noqa: F811
    """An empty platform, for this module alone."""
    server.ready()
    home = tmp_path_factory.mktemp("site")
    with own_database(server, django_db_blocker, home, "site") as mine, running(mine, server.statics()) as found:
        yield found


@pytest.fixture(scope="module")
def demo_site(server: Server, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:  # noqa: F811
    """A platform with the demo data, for this module alone."""
    template, filled = server.demo()
    home = tmp_path_factory.mktemp("demo")
    copied(filled / "files", home / "files")
    if (filled / "case-key").exists():  # 演示的个人信息由它打开
        shutil.copy2(filled / "case-key", home / "case-key")
    with own_database(server, django_db_blocker, home, "demo", template) as mine, running(mine, server.statics()) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the worker."""
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=browsing.chromium(), args=list(browsing.FLAGS))
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[browsing.Desk]:
    """Opens pages on the module's site; what a page complains of fails the test."""
    found: Site = request.getfixturevalue("demo_site" if "demo_site" in request.fixturenames else "site")
    desk = browsing.Desk(browser, found.url)
    yield desk
    for number, context in enumerate(desk.contexts):
        if getattr(request.node, "failed_call", False) and context.pages:
            browsing.shoot(context.pages[0], f"failed-{request.node.name[:60]}-{number}".replace("/", "_"))
        context.close()
    if desk.left() and not getattr(request.node, "failed_call", False):
        pytest.fail("\n".join(desk.left()), pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    report = yield
    if call.when == "call":
        item.failed_call = report.failed  # type: ignore[attr-defined,union-attr]
    return report  # type: ignore[return-value]


@pytest.fixture
def shoot() -> Callable[[Page, str], Path]:
    return browsing.shoot


@pytest.fixture
def sign_in() -> Callable[..., None]:
    """Signs a person in on a page: with a password through the form, without one by a session made in the database."""

    def enter(page: Page, login: str, password: str | None = None) -> None:
        if password is not None:
            page.goto("/account/login/")
            page.locator("input[name=login]").fill(login)
            page.locator("input[name=password]").fill(password)
            page.locator("input[name=password]").press("Enter")
            page.wait_for_url(lambda url: "/account/login" not in url)
            return
        page.context.add_cookies([{"name": "sessionid", "value": _session(login), "url": str(page.context._options["baseURL"])}])  # type: ignore[attr-defined]

    return enter


def _session(login: str) -> str:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
    from django.contrib.sessions.backends.db import SessionStore

    person = get_user_model()._default_manager.get_by_natural_key(login)
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)
