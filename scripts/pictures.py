"""The pictures of the documentation: the main pages of a running demo platform, at 1280 and 390 pixels.

`python -m scripts.pictures ADDRESS` with the address and the demo's password that `make run` prints.
"""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

OUT = Path(__file__).resolve().parent.parent / "docs/pictures/platform"
WIDTHS = {1280: 800, 390: 844}
TALLEST = {1280: 1500, 390: 1700}
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync")


@contextmanager
def pages(browser: Browser, address: str, width: int, login: str = "", password: str = "") -> Iterator[Page]:
    context = browser.new_context(base_url=address, viewport={"width": width, "height": WIDTHS[width]}, locale="zh-CN", timezone_id="Asia/Shanghai")
    page = context.new_page()
    if login:
        page.goto("/account/login/")
        page.locator("input[name=login]").fill(login)
        page.locator("input[name=password]").fill(password)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url(lambda url: "/account/login" not in url)
    yield page
    context.close()


def keep(page: Page, name: str, width: int) -> None:
    """A picture of the page, few colours, not taller than a reader wants."""
    page.wait_for_load_state("networkidle")
    height = min(TALLEST[width], page.evaluate("document.documentElement.scrollHeight"))
    page.set_viewport_size({"width": width, "height": height})
    taken = Image.open(io.BytesIO(page.screenshot()))
    OUT.mkdir(parents=True, exist_ok=True)
    taken.convert("RGB").quantize(96).save(OUT / f"{name}-{width}.png", optimize=True)
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})


def public(page: Page, width: int, organ: str) -> None:
    for name, address in (
        ("home", "/"), ("organ", f"/organs/{organ}/"), ("search", "/search/?q=预算"), ("catalogue", f"/organs/{organ}/catalogue/"),
    ):  # fmt: skip
        page.goto(address)
        keep(page, name, width)
    page.goto(f"/organs/{organ}/catalogue/?kind=normative")
    page.locator("main a[href^='/items/']").first.click()
    keep(page, "item", width)
    page.goto(f"/organs/{organ}/reports/")
    page.locator("main a[href^='/items/']").first.click()
    keep(page, "report", width)


def office(page: Page, width: int, organ: str) -> None:
    page.goto("/desk/")
    keep(page, "desk-home", width)
    page.goto(f"/desk/organs/{organ}/items/")
    keep(page, "desk-list", width)
    page.goto(f"/desk/organs/{organ}/items/?state=in_approval")
    page.locator("main a[href^='/desk/items/']").first.click()
    keep(page, "desk-item", width)


def drafting(page: Page, width: int, organ: str) -> None:
    page.goto(f"/desk/organs/{organ}/items/?state=draft")
    page.locator("main a[href^='/desk/items/']").first.click()
    page.goto(page.url.split("?")[0].rstrip("/") + "/edit/")
    keep(page, "desk-edit", width)


def main(address: str, organ: str, approver: str, editor: str, password: str) -> int:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        for width in WIDTHS:
            with pages(browser, address, width) as page:
                public(page, width, organ)
            with pages(browser, address, width, approver, password) as page:
                office(page, width, organ)
            with pages(browser, address, width, editor, password) as page:
                drafting(page, width, organ)
        browser.close()
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 6:
        raise SystemExit("python -m scripts.pictures ADDRESS ORGAN APPROVER EDITOR PASSWORD")
    raise SystemExit(main(*sys.argv[1:]))
