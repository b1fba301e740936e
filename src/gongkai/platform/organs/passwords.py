"""First passwords: made by the machine, easy to copy from paper, and strong enough until they are changed."""

from __future__ import annotations

import secrets

_LETTERS = "abcdefghjkmnpqrstuvwxyz"  # 不含易混的 i、l、o
_DIGITS = "23456789"


def first_password() -> str:
    """Four groups of four, such as `kmwq-7ztr-hv4p-x9dn`: about 78 bits."""
    while True:
        groups = ["".join(secrets.choice(_LETTERS + _DIGITS) for _ in range(4)) for _ in range(4)]
        made = "-".join(groups)
        if any(sign in _DIGITS for sign in made) and any(sign in _LETTERS for sign in made):
            return made
