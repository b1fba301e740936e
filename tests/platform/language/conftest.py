"""A county whose names and texts are in Latin letters: what is Chinese on its English pages is the interface, untranslated."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client, override_settings

from gongkai.platform.catalogue.choices import State
from gongkai.platform.catalogue.models import Item
from gongkai.platform.catalogue.queries import public
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.models import Person
from gongkai.platform.organs.roles import RoleKind as R
from gongkai.platform.pages.preferences import COOKIE, Preferences
from tests.platform.catalogue.factories import DRAFT, County, actor, brought_to, organ

LATIN = replace(
    DRAFT, title="Heating in winter", summary="How homes are heated.", body="<p>To all townships:</p><p>Check the pipes.</p>",
    document_number="A-2026-12", keywords="heating", topic="Housing", effective_on=date(2026, 12, 1),
)  # fmt: skip
REASONS = frozenset({"拿不准", "请补充依据", "内容有误", "重复"})  # 走流程时写下的理由：是数据


@dataclass(frozen=True)
class Site:
    """The county, and an item in each state."""

    county: County
    items: dict[State, Item]

    def people(self) -> dict[str, Actor]:
        place = self.county
        return {
            "editor": place.editor, "reviewer": place.reviewer, "secrecy": place.secrecy, "approver": place.approver,
            "office": place.office, "supervisor": place.supervisor, "administrator": place.administrator,
        }  # fmt: skip


@pytest.fixture
def site(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(settings, "FILES", tmp_path / "files")
    public.forget()
    with override_settings(ALLOWED_HOSTS=["testserver"], SITE_NAME="Gongkai"):
        place = _county()
        items = {state: brought_to(place, state, LATIN, title=f"Heating {state.value}") for state in State}
        items[State.SCHEDULED].refresh_from_db()
        yield Site(place, items)
    public.forget()


def _county() -> County:
    government = organ("Shule County", "010000001")
    bureau = organ("Housing Bureau", "010000010", government, office_phone="0998-1234567")
    foreign = organ("Water Bureau", "020000029")
    every = [kind for kind in R if kind is not R.ADMINISTRATOR]
    return County(
        government, bureau, foreign,
        editor=actor("Ada", (R.EDITOR, bureau)), second_editor=actor("Ben", (R.EDITOR, bureau)), reviewer=actor("Cleo", (R.REVIEWER, bureau)),
        secrecy=actor("Dan", (R.SECRECY_REVIEWER, bureau)), approver=actor("Eve", (R.APPROVER, bureau)),
        office=actor("Fay", (R.DISCLOSURE_OFFICE, bureau)), supervisor=actor("Gus", (R.SUPERVISOR, government)),
        administrator=actor("Hal", (R.ADMINISTRATOR, None)), stranger=actor("Ivy", *((kind, foreign) for kind in every)),
    )  # fmt: skip


Enter = Callable[..., Client]


@pytest.fixture
def enter() -> Enter:
    """A browser that reads in a language, with somebody signed in or nobody."""

    def entered(who: Actor | None = None, language: str = "en") -> Client:
        client = Client()
        client.cookies[COOKIE] = Preferences(language).dump()
        if who is not None:
            person, session = Person.objects.get(pk=who.person), SessionStore()
            session[SESSION_KEY], session[HASH_SESSION_KEY] = str(person.pk), person.get_session_auth_hash()
            session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
            session.save()
            client.cookies["sessionid"] = str(session.session_key)
            client.get("/desk/")
        return client

    return entered

