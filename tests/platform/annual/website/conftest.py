"""An office with a website whose year is in the ledger, its form begun, and signed-in clients of its people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import override_settings

from gongkai.platform.annual.actions import entering
from gongkai.platform.annual.models import Website, WebsiteForm
from gongkai.platform.annual.website import actions
from gongkai.platform.annual.website.actions import Filled, SiteTold
from gongkai.platform.demo.figures import told
from gongkai.platform.organs.acting import Actor
from tests.platform.annual.workspace.conftest import Enter, enter
from tests.platform.cases.factories import Office, at, office

__all__ = ["Enter", "begun", "enter", "entered", "it", "published"]

PORTAL = SiteTold("portal", "松荫县政府门户网站", "https://songyin.gov.example/", "portal", main=True)


@dataclass(frozen=True, slots=True)
class Begun:
    """The office, its website, and the form on 2023."""

    place: Office
    site: Website
    form: WebsiteForm

    @property
    def address(self) -> str:
        return f"/desk/website/{self.form.pk}/"

    def now(self) -> WebsiteForm:
        return WebsiteForm.objects.get(pk=self.form.pk)

    def fill(self, who: Actor | None = None, **boxes: str | Filled) -> WebsiteForm:
        typed = {key: each if isinstance(each, Filled) else Filled(each) for key, each in boxes.items()}
        return actions.fill(who or self.place.head, self.form.pk, typed, at=at("2024-01-09"))


def entered(place: Office) -> Website:
    return actions.keep_site(place.head, place.organ.pk, PORTAL, at=at("2024-01-08"))


def begun(slug: str = "songyin") -> Begun:
    place = office(slug)
    entering.enter(place.head, place.organ.pk, 2023, told("shule", 2023), at=at("2024-01-08"))
    site = entered(place)
    return Begun(place, site, actions.begin(place.head, place.organ.pk, site.pk, 2023, at=at("2024-01-08", 11)))


def published(here: Begun) -> None:
    form = here.form.pk
    actions.submit(here.place.head, form, at=at("2024-01-10"))
    actions.approve(here.place.legal, form, at=at("2024-01-11"))
    actions.publish(here.place.approver, form, at=at("2024-01-12"))


@pytest.fixture
def it(db: None) -> Iterator[Begun]:
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        yield begun()
