"""The public side under test: a client of its own, files in a folder of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from gongkai.platform.catalogue.queries import public


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path, settings: object) -> Iterator[None]:
    settings.FILES = tmp_path / "files"  # type: ignore[attr-defined]
    public.forget()
    yield
    public.forget()


@pytest.fixture
def client(db: None) -> Client:
    return Client(headers={"host": "localhost"})
