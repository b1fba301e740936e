"""The query codes of the demo: made from the stories' keys, so that they can be printed. Everywhere else a code is drawn by lot."""

from __future__ import annotations

import hashlib

from gongkai.platform.cases.creating import SIGNS, grouped


def code_of(key: str) -> str:
    """The query code of a story's request."""
    number = int.from_bytes(hashlib.sha256(f"gongkai demo {key}".encode()).digest()[:16], "big")
    drawn = ""
    for _ in range(12):
        number, sign = divmod(number, len(SIGNS))
        drawn += SIGNS[sign]
    return grouped(drawn)
