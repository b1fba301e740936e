"""The portal under test: a client, and counts that are never kept from one test to the next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from gongkai.platform.catalogue.queries import public

from .making import TODAY


@pytest.fixture(autouse=True)
def _fresh_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: object) -> Iterator[None]:
    settings.FILES = tmp_path / "files"  # type: ignore[attr-defined]
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)
    public.forget()
    yield
    public.forget()


@pytest.fixture
def client(db: None) -> Client:
    return Client(headers={"host": "localhost"})
