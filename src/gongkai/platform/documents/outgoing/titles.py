"""Titles: a long title over several lines, broken where its sense breaks (GB/T 9704 7.3.1: 词意完整，排列对称)."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from typing import Final

from gongkai.formats.writing.look import em

_ACROSS: Final = 20.0  # characters of the title's size on a line
_CLOSING: Final = "》）”’、，。；：！？〕)】"
_OPENING: Final = "《（“‘〔(【"
_BEGINNINGS: Final = re.compile(
    r"关于|印发|转发|批转|公布|调整|做好|加强|进一步|政府信息|人民政府|政务|工作|实施|管理|方案|办法|规定|细则|意见|通知|公告|通告|决定|报告|规划|计划|要点|行动|建设|"
    r"公开|年度|依法|建立|完善|开展|推进|促进|组织|专项|项目|制度|有关|若干|(?:19|20)\d\d年"
)
_MOST_PLACES: Final = 40


def title_lines(text: str) -> list[str]:
    """The title in as few lines as it needs, about equally long."""
    if em(text) <= _ACROSS:
        return [text]
    count = -(-int(em(text) * 10) // int(_ACROSS * 10))
    places = _places(text)
    if count > 4 or len(places) > _MOST_PLACES or len(places) < count - 1:
        return [text]  # the typesetter breaks it
    best = min(combinations(sorted(places), count - 1), key=lambda cuts: _cost(text, cuts, places))
    lines = [text[first:last] for first, last in zip((0, *best), (*best, len(text)), strict=True)]
    return lines if all(em(line) <= _ACROSS + 1 for line in lines) else [text]


def _places(text: str) -> dict[int, float]:
    """Where a line may begin, and what it costs."""
    costs: dict[int, float] = {}
    for found in _BEGINNINGS.finditer(text):
        costs[found.start()] = 1.0
    for at in range(2, len(text) - 1):
        before, after = text[at - 1], text[at]
        if before in "、，" or after in "《（" or before in "》）":
            costs[at] = 0.0
        elif before in "的和及与":
            costs[at] = min(costs.get(at, 9.0), 1.5)
    return {
        at: cost
        for at, cost in costs.items()
        if 2 <= at <= len(text) - 2 and text[at] not in _CLOSING + "的" and text[at - 1] not in _OPENING
    }


def _cost(text: str, cuts: tuple[int, ...], places: dict[int, float]) -> float:
    ends = (0, *cuts, len(text))
    sizes = [em(text[first:last]) for first, last in pairwise(ends)]
    over = sum(max(0.0, size - _ACROSS) * 10 for size in sizes)
    return over + (max(sizes) - min(sizes)) * 0.5 + sum(places[at] for at in cuts)
