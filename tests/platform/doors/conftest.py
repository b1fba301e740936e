"""One world for a whole module, in a transaction that is rolled back; every request is undone, so that each finds it as it was made."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings

from gongkai.platform.catalogue.queries import public
from gongkai.platform.organs import calendars

from .hostile import THOROUGH
from .world import World, world


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A walk through everything belongs to `make slow`."""
    for item in items:
        if THOROUGH and Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="module")
def there(django_db_setup: None, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The world."""
    files: Path = tmp_path_factory.mktemp("doors")
    public.forget()
    with django_db_blocker.unblock(), override_settings(ALLOWED_HOSTS=["testserver"], FILES=files, UPLOAD_BYTES=settings.UPLOAD_BYTES), transaction.atomic():  # type: ignore[attr-defined]
        yield world()
        transaction.set_rollback(True)
    public.forget()
    calendars.forget()


@pytest.fixture(autouse=True)
def _no_log_of_refusals() -> Iterator[None]:
    """Thousands of refusals are what these tests are for; their log would bury what went wrong."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)
