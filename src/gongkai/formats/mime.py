"""MIME HTML: a page saved as one file (.mht, or what Word calls a web archive and names .doc)."""

from __future__ import annotations

import re
from email import message_from_bytes, policy

from .limits import damaged

_HEADER = re.compile(rb"\A\s*(?:[A-Za-z\-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?(?:MIME-Version|Content-Type):", re.I)


def is_mime(data: bytes) -> bool:
    """Whether the file begins with the headers of a MIME message."""
    return bool(_HEADER.match(data[:4096])) and b"multipart" in data[:8192].lower()


def html_part(data: bytes) -> tuple[bytes, str | None]:
    """The page in a web archive with its declared charset; any other file as it is."""
    if not is_mime(data):
        return data, None
    try:
        for part in message_from_bytes(data, policy=policy.compat32).walk():
            content = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
            if isinstance(content, bytes) and content:
                return content, part.get_content_charset()
    except (RecursionError, LookupError, ValueError) as error:
        raise damaged("mime") from error
    return data, None
