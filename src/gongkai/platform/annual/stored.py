"""What is behind the cells of a compiled report, as plain values for the database, and back. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongkai.report.identities import At

from .compiling import Behind


def key_of(at: At) -> str:
    """A cell as a key: `applications.granted.natural`."""
    return ".".join(part for part in (at.part, at.row, at.column) if part)


def at_of(key: str) -> At:
    part, row, *column = key.split(".")
    return At(part, row, column[0] if column else None)


def behind_to_plain(behind: Mapping[At, Behind]) -> dict[str, Any]:
    """Cells with nothing behind them are left out: their figure is zero, or blank."""
    return {
        key_of(at): {"source": each.source, "ids": list(each.ids), "counted": each.counted, "entered": None if each.entered is None else str(each.entered)}
        for at, each in behind.items()
        if each.ids or each.entered is not None
    }
