"""A browser for the journeys: one Chromium a worker, pages that notice every error, every foreign request, every CSP violation."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response, expect

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--force-color-profile=srgb",
)  # fmt: skip
WIDTHS = {1280: 900, 390: 844}
SCREENSHOTS = Path(__file__).resolve().parents[2] / "var" / "screenshots"
expect.set_options(timeout=10_000)


def chromium() -> str | None:
    """The browser of the machine; GONGKAI_CHROMIUM names another."""
    named = os.environ.get("GONGKAI_CHROMIUM")
    return named or next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)


@dataclass
class Desk:
    """The pages that a test opens, and what went wrong on them."""

    browser: Browser
    url: str
    complaints: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)
    forgiven: list[str] = field(default_factory=list)

    def __call__(self, width: int = 1280, *, javascript: bool = True, language: str = "zh-CN") -> Page:
        """A page in a browser of its own (nobody signed in), at 1280 or 390 pixels."""
        context = self.browser.new_context(
            base_url=self.url, viewport={"width": width, "height": WIDTHS.get(width, 900)}, locale=language,
            timezone_id="Asia/Shanghai", java_script_enabled=javascript, reduced_motion="reduce", has_touch=width < 600,
        )  # fmt: skip
        context.set_default_timeout(15_000)
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("request", self._request)
        page.on("response", self._response)
        return page

    def forgive(self, pattern: str) -> None:
        """A complaint that this test expects."""
        self.forgiven.append(pattern)

    def left(self) -> list[str]:
        return [said for said in self.complaints if not any(re.search(pattern, said) for pattern in self.forgiven)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.complaints.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        told = urlsplit(request.url)
        if told.scheme in {"http", "https"} and told.netloc != urlsplit(self.url).netloc:
            self.complaints.append(f"another host: {request.url}")

    def _response(self, response: Response) -> None:
        refused = response.status >= 500 or (response.status >= 400 and response.request.resource_type not in {"document", "fetch", "xhr"})
        if refused:
            self.complaints.append(f"{response.status}: {response.url}")


def shoot(page: Page, name: str) -> Path:
    """A picture of the whole page in var/screenshots, named by page and width."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    width = (page.viewport_size or {"width": 0})["width"]
    path = SCREENSHOTS / f"{name}-{width}.png"
    page.screenshot(path=path, full_page=True)
    return path


def faults(page: Page) -> list[str]:
    """What axe finds serious or critical."""
    found: Any = Axe().run(page).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found if each["impact"] in ("serious", "critical")]


def wrong_at_both_widths(page: Page, look: Callable[[], object]) -> list[str]:
    """What axe finds at 1280 pixels, and whether anything runs over the edge, there or at 390; `look` takes a picture of each."""
    wrong = list[str]()
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        look()
        wrong += faults(page) if width == 1280 else []
        if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
            wrong.append(f"{wide} pixels wide at {width}")
    return wrong
