"""The official words of the verbs and of what they change. Each app names its own when it is loaded; the journal itself knows none."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise

_WORDS: dict[str, str | Promise] = {}
_FIELDS: dict[str, str | Promise] = {}


def name_verbs(words: Mapping[str, str | Promise]) -> None:
    """Say what verbs are called, by their stored keys."""
    _WORDS.update(words)


def called(verb: str) -> str:
    """What a verb is called; its key where nobody said."""
    return str(_WORDS.get(verb, verb))


def name_fields(words: Mapping[str, str | Promise]) -> None:
    """Say what the fields in an entry's changes are called."""
    _FIELDS.update(words)


def field_called(field: str) -> str:
    return str(_FIELDS.get(field, field))
