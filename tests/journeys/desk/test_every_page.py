"""Every page of the desk, at both widths: no axe violation, nothing runs over the edge, pictures to look at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from gongkai.platform.catalogue.choices import State
from gongkai.platform.organs.acting import Actor
from tests.journeys.browsing import Desk
from tests.platform.catalogue.factories import County

PAGES: dict[str, tuple[str, str]] = {
    "home": ("editor", "/desk/"),
    "home-office": ("office", "/desk/"),
    "home-admin": ("administrator", "/desk/"),
    "list": ("editor", "/desk/organs/{slug}/items/"),
    "list-filtered": ("editor", "/desk/organs/{slug}/items/?q=供暖&kind=normative&mine=on"),
    "list-empty": ("editor", "/desk/organs/{slug}/items/?q=没有这样的词"),
    "warnings": ("office", "/desk/organs/{slug}/items/warnings/"),
    "new": ("editor", "/desk/organs/{slug}/items/new/"),
    "edit": ("editor", "/desk/items/{draft}/edit/"),
    "edit-returned": ("editor", "/desk/items/{returned}/edit/"),
    "item-draft": ("editor", "/desk/items/{draft}/"),
    "item-review": ("reviewer", "/desk/items/{in_review}/"),
    "item-secrecy": ("secrecy", "/desk/items/{in_secrecy_review}/"),
    "item-approval": ("approver", "/desk/items/{in_approval}/"),
    "item-published": ("approver", "/desk/items/{published}/"),
    "item-filed": ("office", "/desk/items/{filed}/"),
    "preview": ("reviewer", "/desk/items/{in_review}/preview/"),
    "revision": ("editor", "/desk/items/{draft}/revisions/1/"),
    "import": ("editor", "/desk/organs/{slug}/items/import/"),
    "words": ("office", "/desk/organs/{slug}/words/"),
    "difference": ("editor", "/desk/items/{returned}/difference/?old=1&new=2"),
    "supervision": ("supervisor", "/desk/supervision/"),
    "missing": ("editor", "/desk/items/999999/"),
}


def faults(page: Page) -> list[str]:
    """What axe finds serious or critical."""
    found: Any = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found if each["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_it_stands_at_both_widths_and_can_be_used_by_everybody(
    name: str,
    width: int,
    page: Desk,
    place: County,
    filled: dict[State, int],
    enter: Callable[[Page, Actor], Page],
    shoot: Callable[[Page, str], object],
) -> None:
    role, address = PAGES[name]
    opened = enter(page(width), getattr(place, role))
    answer = opened.goto(address.format(slug=place.bureau.slug, **{state.value: pk for state, pk in filled.items()}))
    if "edit" in name or name == "new":
        opened.wait_for_selector(".editor[data-ready]")
    shoot(opened, f"desk-{name}")

    assert answer is not None
    assert answer.status == (404 if name == "missing" else 200)
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    assert not faults(opened)
