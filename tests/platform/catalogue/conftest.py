"""A county with two organs and their people, and the main line walked for a test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from .factories import County, county


@pytest.fixture
def place(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[County]:
    """The county, in a transaction that is rolled back."""
    monkeypatch.setattr(settings, "FILES", tmp_path / "files")
    yield county()
