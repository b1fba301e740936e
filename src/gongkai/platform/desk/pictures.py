"""Pictures in the text: kept under /files/, shown on the desk under /desk/files/, where drafts may be seen."""

from __future__ import annotations

import re
from collections.abc import Mapping

_KEPT = re.compile(r'(<img\s[^>]*?src=")/files/')
_SHOWN = re.compile(r'(<img\s[^>]*?src=")/desk/files/')
_PLACED = re.compile(r'<img\s[^>]*?src="picture:(\d+)"[^>]*>')


def shown(html: str) -> str:
    """The text as the desk shows it."""
    return _KEPT.sub(r"\1/desk/files/", html)


def kept(html: str) -> str:
    """The text as it is stored."""
    return _SHOWN.sub(r"\1/files/", html)


def placed(html: str, numbers: Mapping[int, tuple[str, int]], item: int) -> str:
    """The text of a Word file with its pictures in their places; `numbers` leads from a picture's place to its words and attachment."""

    def put(match: re.Match[str]) -> str:
        found = numbers.get(int(match[1]))
        return f'<img src="/files/{item}/{found[1]}" alt="{_attribute(found[0])}">' if found else ""

    return _PLACED.sub(put, html)


def _attribute(words: str) -> str:
    return words.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
