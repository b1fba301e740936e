"""A government with its supervisor and bureaus under it, and a browser in which one of them is signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings as told
from django.test import Client, override_settings

from gongkai.platform.annual.models import Received
from gongkai.platform.organs import actions as organs
from gongkai.platform.organs.acting import MACHINE, Actor, actor_of
from gongkai.platform.organs.facts import OrganFacts
from gongkai.platform.organs.models import Person
from gongkai.platform.organs.roles import RoleKind
from tests.conftest import ROOT
from tests.platform.annual.workspace.conftest import enter  # noqa: F401
from tests.platform.cases.factories import BEGIN, Office, at, office

SAMPLES = ROOT / "samples" / "reports"


@dataclass(frozen=True, slots=True)
class Above:
    """The government's office and the person who receives reports."""

    place: Office
    supervisor: Actor

    @property
    def slug(self) -> str:
        return str(self.place.organ.slug)

    def board(self, year: int = 2023) -> str:
        return f"/desk/organs/{self.slug}/annual/board/{year}/"

    def page(self, row: Received) -> str:
        return f"/desk/annual/received/{row.pk}/"


def supervised(slug: str = "yunxi") -> Above:
    place = office(slug)
    login = Person.objects.get(login__startswith=f"{slug}-disclosure")
    organs.grant_role(MACHINE, login.pk, RoleKind.SUPERVISOR, place.organ.pk, since=BEGIN, at=at("2018-01-02"))
    return Above(place, actor_of(login, date(2026, 1, 5)))


def bureaus(above: Above, count: int) -> None:
    for number in range(count):
        organs.create_organ(
            MACHINE,
            OrganFacts(name=f"第{number + 1}局", slug=f"b{number}", level="county", kind="department", area_parent=above.place.organ.pk, index_pattern="{slug}/{year}-{serial:05d}"),
            at=at("2018-01-02"),
        )


@pytest.fixture
def above(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Above]:
    monkeypatch.setattr(told, "FILES", tmp_path)
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        yield supervised()


@pytest.fixture
def client(above: Above, enter: Callable[[Actor], Client]) -> Client:  # noqa: F811
    return enter(above.supervisor)
