"""What all models of the app share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings

PERSON = settings.AUTH_USER_MODEL


def pairs(labels: Mapping[Any, tuple[str, str]]) -> list[tuple[str, str]]:
    """Stored keys with their official words, as Django has choices."""
    return [(str(key), words[0]) for key, words in labels.items()]
