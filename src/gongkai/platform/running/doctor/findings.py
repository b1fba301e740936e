"""One thing that was examined: how it stands, what that means, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    OK = "ok"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """`key` is stable, for monitoring; the sentences are for people."""

    key: str
    level: Level
    zh: str
    en: str
    do_zh: str = ""
    do_en: str = ""


def judge(key: str, level: Level, fine: tuple[str, str], wrong: tuple[str, str], do: tuple[str, str], holds: bool) -> Finding:
    """What holds is OK with its sentence; what does not has the level, its sentence and the advice."""
    if holds:
        return Finding(key, Level.OK, *fine)
    return Finding(key, level, *wrong, *do)
