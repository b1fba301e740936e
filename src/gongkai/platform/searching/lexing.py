"""Text cut into the units that are indexed: ideographs one by one, other words whole.

A lexeme is a unit with the sign that follows it: `公开` is 公 before 开, `开 ` is 开 before punctuation, `号2` is 号 before
a word that begins with 2. A word is found from each of its characters on; where `^` stands before it, it is whole. So one
character is found by prefix, and a phrase of lexemes stands for exactly one run of text: 公开 is not found where a full
stop stands between 公 and 开.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .folding import IDEOGRAPHS

LONGEST_WORD = 40
START, END = "^", " "
RUNS = re.compile(rf"[{IDEOGRAPHS}]+|[^\W_{IDEOGRAPHS}]+")
_IDEOGRAPH = re.compile(f"[{IDEOGRAPHS}]")


@dataclass(frozen=True, slots=True)
class Unit:
    """One ideograph or one word, its position, and the sign that follows it."""

    text: str
    position: int
    follower: str

    @property
    def ideograph(self) -> bool:
        return is_ideograph(self.text)


def is_ideograph(text: str) -> bool:
    return _IDEOGRAPH.match(text) is not None


def units(folded: str, start: int = 1) -> Iterator[Unit]:
    """The units in their order. Anything that is no letter or digit leaves one position empty, however long it is."""
    for text, position, after in _runs(folded, start):
        if is_ideograph(text):
            for place, char in enumerate(text):
                yield Unit(char, position + place, text[place + 1] if place + 1 < len(text) else after)
        else:
            yield Unit(text, position, after)


def lexemes(folded: str, start: int = 1) -> Iterator[tuple[str, int]]:
    """What a text is found by, with positions: each ideograph, and each word from each of its characters on (so parts are found)."""
    for text, position, after in _runs(folded, start):
        if is_ideograph(text):
            yield from zip(map("".join, zip(text, text[1:] + after, strict=True)), range(position, position + len(text)), strict=True)
        else:
            yield START + word(text, after), position
            for begin in range(len(text)):
                yield word(text[begin:], after), position


def word(text: str, after: str) -> str:
    """A word with what follows it; of a very long one only the beginning."""
    return text + after if len(text) < LONGEST_WORD else text[:LONGEST_WORD]


def _runs(folded: str, position: int) -> Iterator[tuple[str, int, str]]:
    """Each run of ideographs, each word: with its first position and the sign after it."""
    runs = list(RUNS.finditer(folded))
    end = runs[0].start() if runs else 0
    for index, run in enumerate(runs):
        position += run.start() != end
        end = run.end()
        joined = index + 1 < len(runs) and runs[index + 1].start() == end
        text = run.group()
        yield text, position, folded[end] if joined else END
        position += len(text) if is_ideograph(text) else 1
