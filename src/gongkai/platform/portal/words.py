"""The official words for what is stored by key; English where the reader chose it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import translation
from django.utils.html import strip_tags

from gongkai.law.publication import CATEGORIES, LOCAL_CATEGORIES, Category
from gongkai.platform.catalogue.choices import KINDS, VALIDITIES

BY_CATEGORY: dict[str, Category] = {category.key: category for category in (*CATEGORIES, *LOCAL_CATEGORIES)}
_KINDS = {str(key): words for key, words in KINDS.items()}
_VALIDITIES = {str(key): words for key, words in VALIDITIES.items()}


def english() -> bool:
    return (translation.get_language() or "").startswith("en")


def _said(table: Mapping[str, tuple[Any, ...]], key: str) -> str:
    words = table.get(key)
    return str(words[1 if english() else 0]) if words else key


def kind(key: str) -> str:
    return _said(_KINDS, key)


def validity(key: str) -> str:
    """现行有效, 已废止 …; nothing where validity does not apply."""
    return "" if key == "none" else _said(_VALIDITIES, key)


def category(key: str) -> str:
    """The label of an item of Arts 20 and 21."""
    found = BY_CATEGORY.get(key)
    return translation.gettext(found.label) if found else key


def plain(value: object) -> str:
    """A value of the metadata box without its marks."""
    return strip_tags(str(value)).strip()


def label(table: Mapping[str, tuple[str, str]], key: str) -> str:
    """An official word of a table of (Chinese, English)."""
    return _said({str(each): said for each, said in table.items()}, str(key))
