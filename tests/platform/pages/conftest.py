"""The sample page's template is found only here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings


@pytest.fixture(autouse=True)
def _samples() -> Iterator[None]:
    engine = dict(settings.TEMPLATES[0]) | {"DIRS": [Path(__file__).parent / "templates"]}
    with override_settings(ROOT_URLCONF="tests.platform.pages.addresses", TEMPLATES=[engine], ALLOWED_HOSTS=["testserver"], SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies"):
        yield
