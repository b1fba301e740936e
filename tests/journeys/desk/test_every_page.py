"""Every page of the desk, at both widths: no axe violation, nothing runs over the edge, pictures to look at."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from gongkai.platform.catalogue.choices import State
from gongkai.platform.organs.acting import Actor
from tests.journeys.browsing import Desk, faults, wrong_at_both_widths
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


def shown(opened: Page, name: str, place: County, filled: dict[State, int]) -> int:
    """Go there; the status of the answer."""
    answer = opened.goto(PAGES[name][1].format(slug=place.bureau.slug, **{state.value: pk for state, pk in filled.items()}))
    if "edit" in name or name == "new":
        opened.wait_for_selector(".editor[data-ready]")
    assert answer is not None
    return answer.status


@pytest.mark.parametrize("name", PAGES)
def test_it_stands_at_both_widths_and_can_be_used_by_everybody(
    name: str, page: Desk, place: County, filled: dict[State, int], enter: Callable[[Page, Actor], Page], shoot: Callable[[Page, str], object]
) -> None:
    opened = enter(page(1280), getattr(place, PAGES[name][0]))

    assert shown(opened, name, place, filled) == (404 if name == "missing" else 200)
    assert wrong_at_both_widths(opened, lambda: shoot(opened, f"desk-{name}")) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
def test_on_a_phone_it_can_be_used_by_everybody(name: str, page: Desk, place: County, filled: dict[State, int], enter: Callable[[Page, Actor], Page]) -> None:
    opened = enter(page(390), getattr(place, PAGES[name][0]))
    shown(opened, name, place, filled)

    assert faults(opened) == []
