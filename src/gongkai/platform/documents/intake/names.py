"""Names: the name that a person gave a file, made safe to keep, to show and to send."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_LONGEST: Final = 120  # characters
_BYTES: Final = 200  # in UTF-8; file systems end at 255
_FORBIDDEN: Final = dict(
    zip(map(ord, '<>:"|?*'), "＜＞：＂｜？＊", strict=True)
)  # of Windows; their wide forms are harmless
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(?:\.|$)", re.I)
_EXTENSION: Final = re.compile(r"\.([A-Za-z0-9]{1,10})$")


def extension(name: str) -> str:
    """What stands behind the last dot, in small letters; empty where nothing does."""
    found = _EXTENSION.search(_plain(name))
    return found[1].lower() if found else ""


def safe(name: str, kind: str) -> str:
    """The name without path, steering signs and forbidden signs, ending as its kind does, no longer than allowed."""
    stem = _EXTENSION.sub("", _plain(name)) if extension(name) else _plain(name)
    stem = stem.translate(_FORBIDDEN).strip(". ")
    if _RESERVED.match(stem):
        stem = f"附件-{stem}"
    stem = stem[:_LONGEST]
    while len(stem.encode()) > _BYTES:
        stem = stem[:-1]
    return f"{stem.rstrip('. ') or '附件'}.{kind}"


def _plain(name: str) -> str:
    """The last part of a path, in composed form, without control and direction signs, blanks drawn together."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = (sign for sign in last if unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
    return " ".join("".join(kept).split())
