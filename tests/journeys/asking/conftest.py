"""What the journeys of asking share: axe, and looking at a page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

Look = Callable[[Page, str], None]


@pytest.fixture
def wrong() -> list[str]:
    """What was found wrong on the pages that were looked at."""
    return []


@pytest.fixture
def look(shoot: Callable[[Page, str], Path], wrong: list[str]) -> Look:
    """A picture; what axe takes seriously; what runs over the edge."""

    def at(page: Page, name: str, *, script: bool = True) -> None:
        shoot(page, f"asking-{name}")
        if not script:
            return
        found = Axe().run(page).response["violations"]
        wrong.extend(f"{name}: {one['id']} {[node['target'] for node in one['nodes']][:3]}" for one in found if one["impact"] in {"serious", "critical"})
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1"):
            wrong.append(f"{name}: wider than the screen")

    return at
