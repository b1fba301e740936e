"""An office in a transaction that is rolled back, its files in a folder of the test, and signed-in clients of its people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client, override_settings

from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.models import Person
from tests.platform.cases.factories import Office, office

Enter = Callable[[Actor], Client]


@pytest.fixture
def place(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setattr(settings, "FILES", tmp_path / "files")
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        yield office()


@pytest.fixture
def enter() -> Enter:
    """A browser in which an actor is signed in."""

    def entered(who: Actor) -> Client:
        client, person = Client(), Person.objects.get(pk=who.person)
        session = SessionStore()
        session[SESSION_KEY], session[HASH_SESSION_KEY] = str(person.pk), person.get_session_auth_hash()
        session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        session.save()
        client.cookies["sessionid"] = str(session.session_key)
        return client

    return entered
