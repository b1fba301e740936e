"""The demo data, when the installation is empty; and its accounts, as lines to print."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator

from django.utils import timezone

from gongkai.platform.demo import accounts, build, codes
from gongkai.platform.demo.building import OtherData, Summary

SHOWN = 9
PLATFORM = "（平台）"  # 系统管理员不属于任何机关


def load(progress: Callable[[str], None] | None = None) -> Summary | None:
    """Build the demo where there is nothing; what is there where it was built before; None where there is other data."""
    try:
        return build(timezone.localdate(), progress)
    except OtherData:
        return None


def lines(limit: int | None = None) -> Iterator[str]:
    """The demo accounts, one a line: login, roles, organ; of many, the first and the administrators. All have one password."""
    known = accounts() if limit is None else [each for number, each in enumerate(accounts()) if number < limit or each.organ == PLATFORM]
    return _columns([(each.login, each.roles_zh, each.organ) for each in known])


def code_lines() -> Iterator[str]:
    """Requests that can be followed as their applicant, one a line: number, query code, state, what is asked for."""
    return _columns([(each.number, each.code, each.state, each.title) for each in codes()])


def _columns(rows: list[tuple[str, ...]]) -> Iterator[str]:
    """Rows with their columns under each other; the last may be of any length."""
    widths = [max(_width(text) for text in column) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join((*(_padded(text, width) for text, width in zip(row[:-1], widths, strict=False)), row[-1]))


def password() -> str:
    return accounts()[0].password


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
