"""Two organs that cannot see each other: every address of the desk answers as if there were nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from gongkai.platform.catalogue.choices import State
from gongkai.platform.organs.acting import Actor
from tests.journeys.browsing import Desk
from tests.platform.catalogue.factories import County

ADDRESSES = (
    "/desk/items/{draft}/", "/desk/items/{draft}/edit/", "/desk/items/{draft}/preview/", "/desk/items/{draft}/revisions/1/",
    "/desk/items/{returned}/difference/?old=1&new=2", "/desk/items/{draft}/files/1/", "/desk/files/{draft}/1", "/desk/organs/{slug}/items/",
    "/desk/organs/{slug}/items/export.csv", "/desk/organs/{slug}/items/new/", "/desk/organs/{slug}/items/import/", "/desk/organs/{slug}/items/warnings/",
    "/desk/organs/{slug}/words/", "/items/{draft}/", "/items/{filed}/", "/items/{scheduled}/",
)  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_another_organ_finds_nothing_and_reads_no_title(
    address: str, page: Desk, place: County, filled: dict[State, int], enter: Callable[[Page, Actor], Page]
) -> None:
    opened = enter(page(), place.stranger)
    where = address.format(slug=place.bureau.slug, **{state.value: pk for state, pk in filled.items()})
    answer = opened.goto(where)

    assert answer is not None
    assert answer.status == 404
    assert "供暖" not in answer.text()


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_public_is_led_to_the_sign_in_or_finds_nothing(
    address: str, page: Desk, place: County, filled: dict[State, int]
) -> None:
    opened = page()
    answer = opened.goto(address.format(slug=place.bureau.slug, **{state.value: pk for state, pk in filled.items()}))

    assert answer is not None
    assert "/account/login/" in opened.url or answer.status == 404
    assert "供暖" not in answer.text()


def test_the_administrator_reads_no_content(
    page: Desk, place: County, filled: dict[State, int], enter: Callable[[Page, Actor], Page]
) -> None:
    opened = enter(page(), place.administrator)
    answer = opened.goto(f"/desk/items/{filled[State.DRAFT]}/")

    assert answer is not None
    assert answer.status == 404
    assert "供暖" not in answer.text()
