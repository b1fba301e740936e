"""A case desk on the module's site: an office and its people, requests in the middle of their work; made through the actions."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.models import Person
from tests.journeys.conftest import Site, _session
from tests.platform.cases.factories import Office, office
from tests.platform.cases.pages.making import Filled, filled


@pytest.fixture(scope="module")
def place(site: Site) -> Office:
    """An organ and its people."""
    return office()


@pytest.fixture(scope="module")
def cases(place: Office, site: Site) -> Filled:
    """Requests in many states; their files where the site keeps its files."""
    from django.conf import settings

    before, settings.FILES = settings.FILES, site.ledger.home / "files"
    try:
        return filled(place, timezone.localdate())
    finally:
        settings.FILES = before


@pytest.fixture
def enter(site: Site) -> Callable[[Page, Actor], Page]:
    """Signs an actor of the office in, by a session."""

    def entered(page: Page, who: Actor) -> Page:
        key = _session(Person.objects.get(pk=who.person).login)
        page.context.add_cookies([{"name": "sessionid", "value": key, "url": site.url}])
        return page

    return entered
