"""数量之和: the additions that the prose itself states (其中…, 包括…, 分别为…, 共计…)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from gongkai.report.model import Section

from .addition import Sum
from .claims import Claim
from .items import REACH, items
from .quantity import Quantity
from .search import Search

STOPS = re.compile(r"[。！!？?\n]|$")
BARE = re.compile(r"(?<=[一-鿿])\d{1,6}(?=[一-鿿、,，;；。])(?![年月日号时点楼室届第])(?!热线)")
BEFORE_BARE = re.compile(r"[一-鿿]+$")
ASIDE = re.compile(r"浏览|阅读|点击|访问|播放|转发量|点赞|(?:同比|环比|较|比)[^,，]{0,14}?(?:增加|减少|增长|下降|上升|多|少|增|减)了?(?:约|近)?$|^(?:增加|减少|增长|下降|净增)了?$")


def unseen(more: Iterable[Sum], found: Sequence[Sum]) -> list[Sum]:
    """Those sums that are not among the ones found."""
    seen = {(one.total.start, one.parts) for one in found}
    return [one for one in more if (one.total.start, one.parts) not in seen]


def find(section: Section, found: Sequence[Quantity]) -> list[Sum]:
    """The additions among quantities already found."""
    plain = section.prose.plain
    counts = [one for one in found if one.kind in ("count", "money") and not ASIDE.search(one.about)]
    if len(counts) < 2:
        return []
    result = Search(section, items(plain, counts)).run()
    if bare := _bare(section, counts):
        both = sorted([*counts, *bare], key=lambda quantity: quantity.start)
        result = _with_bare(result, Search(section, items(plain, both)).run())
    return result


def balance(section: Section, claims: Iterable[Claim]) -> list[Sum]:
    """收到14件，…已办结12件，2件结转下年办理: what was received is closed or carried forward."""
    first: dict[str, Claim] = {}
    for claim in claims:
        if not claim.added and not claim.quantity.implicit:
            first.setdefault(claim.check, claim)
    received, closed, forward = (first.get(f"narr.{name}") for name in ("received", "results_total", "carried_forward"))
    if received is None or closed is None or forward is None or "narr.carried_over" in first:
        return []
    start, end = received.quantity.start, max(closed.quantity.end, forward.quantity.end)
    if not received.quantity.end <= closed.quantity.start or end - start > REACH:
        return []
    parts = tuple(sorted((closed.quantity, forward.quantity), key=lambda quantity: quantity.start))
    found = Sum(section.prose.quote(received.quantity.begin, end), section.number, received.quantity, parts, None)
    return [replace(found, exhaustive=True)] if found.holds else []


def _bare(section: Section, counts: Sequence[Quantity]) -> list[Quantity]:
    """Numbers that lost their unit, in a sentence whose list has units elsewhere (新闻类520旗内文件55…)."""
    plain, result, at = section.prose.plain, [], 0
    known = {place for quantity in counts for place in range(quantity.start, quantity.end)} if "其中" in plain else set()
    while (among := plain.find("其中", at)) >= 0:
        stop = STOPS.search(plain, among)
        at = max(among + 2, stop.end() if stop else len(plain))
        for match in BARE.finditer(plain, among, at):
            if match.start() in known:
                continue
            about = BEFORE_BARE.search(plain[max(among, match.start() - 24) : match.start()])
            begin = match.start() - len(about[0]) if about else match.start()
            quote = section.prose.quote(begin, match.end())
            result.append(
                Quantity(
                    Decimal(match[0]), "", quote, section.number, match.start(), match.end(),
                    about=plain[begin : match.start()], begin=begin,
                )
            )
    return result


def _with_bare(found: list[Sum], second: list[Sum]) -> list[Sum]:
    """A list with a number that lost its unit takes the place of the same list read without it."""
    better = {
        one.total.start: one if one.holds else replace(one, exhaustive=False)
        for one in second
        if any(not part.unit for part in one.parts) and one.total.unit
    }
    kept = [one for one in found if one.total.start not in better or (one.exhaustive and one.holds)]
    taken = {one.total.start for one in kept}
    return sorted([*kept, *(one for start, one in better.items() if start not in taken)], key=lambda one: one.total.start)
