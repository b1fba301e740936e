"""The heads of the chains, to be kept elsewhere: on paper, by another organ. They prove later that no history was rewritten.

One line a chain, so that it can be printed, typed in and compared by eye:

    gongkai journal heads 2026-03-02T09:30:00+08:00
    0 17 3f0c…
    5 240 9ab1…
    check 41d2…
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

_TITLE = "gongkai journal heads"


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain ended: the number of its last entry and its digest."""

    chain: int
    number: int
    digest: str


class NotHeads(ValueError):
    """A file that is no list of heads, or was copied wrongly."""


def heads() -> tuple[Head, ...]:
    """Where every chain ends now."""
    from .models import Head as Kept

    return tuple(Head(*row) for row in Kept.objects.order_by("chain").values_list("chain", "number", "digest"))


def written(found: Iterable[Head], at: datetime) -> str:
    """The heads as a short text; its last line proves that it was copied without a slip."""
    lines = [f"{_TITLE} {at.isoformat(timespec='seconds')}", *(f"{head.chain} {head.number} {head.digest}" for head in found)]
    return "\n".join([*lines, f"check {_check(lines)}", ""])


def read(text: str) -> Mapping[int, Head]:
    """The heads of such a text, by chain; refuses a text that is not whole."""
    lines = [line.strip() for line in text.lstrip("\ufeff").splitlines() if line.strip()]
    if len(lines) < 2 or not lines[0].startswith(_TITLE):
        raise NotHeads(f"这不是链头清单：第一行应为“{_TITLE} 时间”。")
    if lines[-1] != f"check {_check(lines[:-1])}":
        raise NotHeads("链头清单不完整或抄写有误：最后一行的校验码不符，请核对每一行。")
    found = {}
    for line in lines[1:-1]:
        if (row := re.fullmatch(r"(\d+) (\d+) ([0-9a-f]{64})", line)) is None:
            raise NotHeads(f"链头清单里的这一行不能识别：{line}")
        head = Head(int(row[1]), int(row[2]), row[3])
        found[head.chain] = head
    return found


def _check(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
