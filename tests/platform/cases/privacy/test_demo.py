"""The demonstration, as it was built by the actions: nothing personal of its requests stands anywhere in clear."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.platform.cases.models import Request
from tests.platform.conftest import Ledger, own_database
from tests.platform.server import Server

from . import leaks


@pytest.fixture
def demonstration(server: Server, django_db_blocker: object, tmp_path: Path) -> Iterator[Ledger]:
    """A copy of the demo data, with its files and its key."""
    template, filled = server.demo()
    home = tmp_path / "demo"
    home.mkdir()
    shutil.copytree(filled / "files", home / "files")
    if (filled / "case-key").exists():
        shutil.copy2(filled / "case-key", home / "case-key")
    with own_database(server, django_db_blocker, home, "privacy", template) as mine:
        yield mine


def test_nothing_personal_of_the_demonstration_is_in_clear(demonstration: Ledger) -> None:
    assert Request.objects.exists()
    assert sorted({str(leak) for leak in leaks.everywhere(demonstration.home)}) == []
