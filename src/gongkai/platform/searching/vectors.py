"""The text of a tsvector, written by ourselves: PostgreSQL needs no parser, dictionary or extension for Chinese.

PostgreSQL keeps 256 positions of a lexeme, positions up to 16,383, and 1 MB in all. A text beyond that is indexed without
the positions of its body, under the sign LONG (or, beyond 1 MB, by single characters under HUGE); what a query finds
there is held against the text itself (`Query.loose`, `Query.pattern`). Nothing is lost.
"""

from __future__ import annotations

import re
from html import unescape

from .folding import fold
from .lexing import RUNS, lexemes

LONG, HUGE = "~", "≈"
LAST_POSITION, MOST_POSITIONS, MOST_BYTES = 16383, 255, 900_000
_TAG = re.compile(r"""<(/?[a-zA-Z][a-zA-Z0-9]*)(?:[^<>"']|"[^"]*"|'[^']*')*>|<!--.*?-->""", re.DOTALL)
_WITHIN_A_LINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q",
    "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr",
})  # fmt: skip
_BLANKS = re.compile(r"[ \t\r\f\v\xa0\u3000]+")
_LINES = re.compile(r"\s*\n\s*")


def plain(html: str) -> str:
    """The words of cleaned HTML, a line for each block; marks within a line do not split a word."""

    def instead(tag: re.Match[str]) -> str:
        name = (tag.group(1) or "").lstrip("/").lower()
        return "" if name in _WITHIN_A_LINE or not name else "\n"

    text = _BLANKS.sub(" ", unescape(_TAG.sub(instead, html)).replace("\x00", ""))
    return _LINES.sub("\n", text).strip()


def vector(title: str, document_number: str, index_number: str, keywords: str, summary: str, body: str) -> str:
    """The text of the tsvector of one item; `body` is HTML. Title and numbers weigh A, keywords B, the summary C."""
    fields = ((title, "A"), (document_number, "A"), (index_number, "A"), (keywords, "B"), (summary, "C"), (plain(body), ""))
    found: dict[str, list[int]] = {}
    weights: list[tuple[int, str]] = []  # 每个字段最后的位置，及其权重
    position = -1
    folded = [fold(text) for text, _ in fields]
    for text, (_, weight) in zip(folded, fields, strict=True):
        start = position + 2  # 字段之间空一个位置，词组不会跨字段
        for lexeme, place in lexemes(text, start):
            found.setdefault(lexeme, []).append(place)
            position = place
        weights.append((position, weight))
    if position <= LAST_POSITION and _bytes(found) < MOST_BYTES and all(len(places) <= MOST_POSITIONS for places in found.values()):
        return " ".join(f"'{lexeme}':{_places(places, weights)}" for lexeme, places in found.items())
    if sum(len(lexeme.encode()) + 16 for lexeme in found) < MOST_BYTES:
        return " ".join((f"'{LONG}'", *(_headed(lexeme, places, weights) for lexeme, places in found.items())))
    characters = {char for text in folded for run in RUNS.findall(text) for char in run}
    return " ".join((f"'{HUGE}'", *(f"'{char}'" for char in sorted(characters))))


def _places(places: list[int], weights: list[tuple[int, str]]) -> str:
    if places[0] > weights[-2][0]:  # 只在正文中
        return ",".join(map(str, places))
    return ",".join(f"{place}{next(weight for end, weight in weights if place <= end)}" for place in places)


def _headed(lexeme: str, places: list[int], weights: list[tuple[int, str]]) -> str:
    """A lexeme of an over-long text, with the positions that title and numbers have: the ranking needs them."""
    head = [place for place in places[:8] if place <= min(weights[2][0], LAST_POSITION)]
    return f"'{lexeme}':{_places(head, weights)}" if head else f"'{lexeme}'"


def _bytes(found: dict[str, list[int]]) -> int:
    """What the vector takes up in PostgreSQL: no less."""
    return sum(len(lexeme.encode()) + 8 + 2 * len(places) for lexeme, places in found.items())
