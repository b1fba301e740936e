"""What every test of organs starts from."""

from __future__ import annotations

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _nothing_counted_before() -> None:
    """allauth counts attempts in the cache of the process."""
    cache.clear()
