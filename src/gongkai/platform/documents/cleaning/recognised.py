"""Recognised: headings and lists by what stands in a paragraph, where the source has no element for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from gongkai.platform.documents.body import Block, Listing, Paragraph, Run

_NUMBER: Final = r"[一二三四五六七八九十百]{1,4}"
_FIRST: Final = re.compile(rf"{_NUMBER}、|第{_NUMBER}[章节]\s?")
_SECOND: Final = re.compile(rf"[（(]{_NUMBER}[）)]")
_THIRD: Final = re.compile(r"\d{1,2}[.．、](?!\d)")
_SENTENCE: Final = re.compile(r"[。；;！？!?，,：:\n]")
_LONGEST: Final = 60
_BULLET: Final = re.compile(r"(?:[•·\uf0b7\uf0a7\uf0d8\uf06c\uf0fc▪◦]\s+)+(?=\S)")
_PLAIN_NUMBER: Final = re.compile(r"(\d{1,3})[.)、．]")
_MARKS: Final = frozenset("·•o§Øü\uf0b7\uf0a7\uf0d8\uf06c\uf0fc▪◦●■◆-–—*l")


@dataclass(frozen=True, slots=True)
class Listed:
    """A paragraph that belongs to a list, before the list is put together."""

    level: int
    start: int
    paragraph: Paragraph


def level_of(text: str) -> int:
    """Which level of heading a line is by its number (GB/T 9704: 一、 （一） 1.); 0 where it is a sentence or has none."""
    line = text.strip()
    if not line or len(line) > _LONGEST or _SENTENCE.search(line):
        return 0
    return 2 if _FIRST.match(line) else 3 if _SECOND.match(line) else 4 if _THIRD.match(line) else 0


def heading(runs: Sequence[Run], fonts: Sequence[str]) -> int:
    """Which heading a paragraph is by its number together with its look: all of it bold, 黑体 or 楷体."""
    text = "".join(run.text for run in runs)
    level = level_of(text)
    if not level or any(run.picture for run in runs):
        return 0
    bold = all("strong" in run.marks for run in runs if run.text.strip())
    black = bool(fonts) and all(font == "hei" for font in fonts)
    brush = bool(fonts) and all(font == "kai" for font in fonts)
    return level if bold or (black and level < 4) or (brush and level == 3) else 0


def marked(text: str) -> tuple[int, str]:
    """What a list's mark means: the number of a plain ordered one, 0 for a bullet; else -1 and the words to keep."""
    mark = "".join(text.split())
    number = _PLAIN_NUMBER.fullmatch(mark)
    if number and int(number[1]):
        return int(number[1]), ""
    if not mark or mark in _MARKS or (len(mark) == 1 and "\ue000" <= mark <= "\uf8ff"):
        return 0, ""
    return -1, mark


def bulleted(paragraph: Paragraph) -> Paragraph | None:
    """The paragraph without the bullet that was typed before it; None where there is none."""
    typed = "".join("\0" if run.picture else run.text for run in paragraph.runs)
    found = _BULLET.match(typed) if not paragraph.level else None
    return replace(paragraph, runs=without(paragraph.runs, found.end())) if found else None


def without(runs: Sequence[Run], count: int) -> tuple[Run, ...]:
    """The runs less their first characters."""
    kept: list[Run] = []
    for run in runs:
        if count and not run.picture:
            cut = min(count, len(run.text))
            count -= cut
            run = replace(run, text=run.text[cut:])
        if run.text or run.picture:
            kept.append(run)
    return tuple(kept)


def gathered(found: Sequence[Block | Listed]) -> tuple[Block, ...]:
    """The blocks, those of lists put together: one within another by their level, apart where the count breaks off."""
    made: list[Block] = []
    at = 0
    while at < len(found):
        one = found[at]
        if isinstance(one, Listed):
            end = at
            while end < len(found) and isinstance(found[end], Listed):
                end += 1
            made.extend(_lists([item for item in found[at:end] if isinstance(item, Listed)]))
            at = end
        else:
            made.append(one)
            at += 1
    return tuple(made)


def _lists(items: Sequence[Listed]) -> list[Block]:
    lists: list[tuple[int, list[tuple[Block, ...]]]] = []
    base = min(item.level for item in items)
    at = 0
    while at < len(items):
        item = items[at]
        end = at + 1
        while end < len(items) and items[end].level > max(item.level, base):
            end += 1
        inner = _lists(items[at + 1 : end]) if end > at + 1 else []
        held = (replace(item.paragraph, align="", level=0), *inner)
        open_list = lists[-1] if lists else None
        goes_on = open_list is not None and (
            item.start == open_list[0] == 0 or (open_list[0] > 0 and item.start == open_list[0] + len(open_list[1]))
        )
        if goes_on and open_list is not None:
            open_list[1].append(held)
        else:
            lists.append((item.start, [held]))
        at = end
    return [Listing(start, tuple(inner)) for start, inner in lists]
