"""How many statements a page of the desk costs: fixed, whatever there is to show."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongkai.platform.catalogue.choices import State
from gongkai.platform.organs.acting import Actor
from tests.platform.catalogue.factories import County, brought_to

MOST = {"home": 8, "list": 8, "item": 8, "edit": 8, "warnings": 8, "supervision": 8}


def addresses(place: County, item: int) -> dict[str, str]:
    items = f"/desk/organs/{place.bureau.slug}/items/"
    return {
        "home": "/desk/",
        "list": items,
        "warnings": f"{items}warnings/",
        "item": f"/desk/items/{item}/",
        "edit": f"/desk/items/{item}/edit/",
        "supervision": "/desk/supervision/",
    }


@pytest.mark.parametrize("page", MOST)
def test_a_page_costs_a_fixed_number_of_statements(page: str, place: County, enter: Callable[[Actor], Client]) -> None:
    first = brought_to(place, State.DRAFT, at=timezone.now())
    client = enter(place.supervisor if page == "supervision" else place.editor)
    with CaptureQueriesContext(connection) as few:
        answer = client.get(addresses(place, first.pk)[page])
    for state in (State.DRAFT, State.IN_REVIEW, State.RETURNED, State.PUBLISHED, State.SCHEDULED):
        brought_to(place, state, at=timezone.now(), title=f"更多 {state.value}")
    with CaptureQueriesContext(connection) as many:
        client.get(addresses(place, first.pk)[page])

    assert answer.status_code == 200
    assert len(many) <= len(few) + 1
    assert len(many) <= MOST[page]
