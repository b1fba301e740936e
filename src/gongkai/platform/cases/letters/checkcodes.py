"""校验码: the code printed on a letter, by which anybody holding it may learn that it is genuine, and nothing else."""

from __future__ import annotations

from gongkai.platform.cases import sealing

CHECK = "cases.letter.check"


def code_hash(code: str) -> str:
    """How a check code is kept: blanks, hyphens and case do not matter."""
    return sealing.secret_hash(CHECK, "".join(sign for sign in code.upper() if sign.isalnum()))
