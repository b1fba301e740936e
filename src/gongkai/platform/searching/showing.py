"""Where the words were found: marked in a title, or in a piece cut out of a text. What comes out is HTML, all else escaped."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

from .asking import Query
from .folding import fold_with_places

AROUND = 36
MOST_MARKS = 200
_HEAD = 20_000  # 先看开头，多半就在那里


def spans(text: str, query: Query, most: int = MOST_MARKS) -> list[tuple[int, int]]:
    """Where the words of the query stand in the text, in order, without overlaps."""
    if not query:
        return []
    folded, places = fold_with_places(text)
    found: list[tuple[int, int]] = []
    for term in _sought(query):
        for count, hit in enumerate(term.finditer(folded)):
            if count >= most:
                break
            found.append((places[hit.start()], places[hit.end() - 1] + 1))
    merged: list[tuple[int, int]] = []
    for begin, end in sorted(found):
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return merged[:most]


@lru_cache(maxsize=256)
def _sought(query: Query) -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, query.terms))


def marked(text: str, query: Query) -> str:
    """The whole text with the words marked, safe to print."""
    return _mark(text, spans(text, query), 0, len(text))


def snippet(text: str, query: Query, length: int = 140) -> str:
    """A piece of the text around the first words found, with all marked; its beginning where none is found."""
    found = spans(text[:_HEAD], query) or (spans(text, query) if len(text) > _HEAD else [])
    begin = max(0, found[0][0] - AROUND) if found else 0
    for place in range(begin, min(begin + AROUND // 2, found[0][0] if found else 0)):
        if begin and text[place] in "。；！？\n":
            begin = place + 1
            break
    end = min(len(text), begin + max(length, found[0][1] - begin + AROUND if found else 0))
    before, after = "…" if begin else "", "…" if end < len(text) else ""
    return before + _mark(text, found, begin, end).replace("\n", " ") + after


def _mark(text: str, found: list[tuple[int, int]], begin: int, end: int) -> str:
    parts, place = [], begin
    for first, last in found:
        if last <= begin or first >= end:
            continue
        first, last = max(first, place), min(last, end)
        parts += [escape(text[place:first]), "<mark>", escape(text[first:last]), "</mark>"]
        place = last
    parts.append(escape(text[place:end]))
    return "".join(parts)
