"""Pictures in the text are kept under /files/; the desk shows them from /desk/files/, where drafts may be seen."""

from __future__ import annotations

import re

_KEPT = re.compile(r'(<img\s[^>]*?src=")/files/')
_SHOWN = re.compile(r'(<img\s[^>]*?src=")/desk/files/')


def shown(html: str) -> str:
    """The text as the desk shows it."""
    return _KEPT.sub(r"\1/desk/files/", html)


def kept(html: str) -> str:
    """The text as it is stored."""
    return _SHOWN.sub(r"\1/files/", html)
