"""A page in traditional characters, made from the simplified page: what people read is converted, what machines read is not."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

_PARTS = re.compile(
    r"(?P<kept><(?P<name>script|style|textarea)\b.*?</(?P=name)\s*>|<!--.*?-->)|(?P<tag><[^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*>)|(?P<text>[^<]+|<)",
    re.DOTALL | re.IGNORECASE,
)
_SPOKEN = re.compile(
    r"(?<=\s)(?P<name>title|alt|aria-label|aria-description|placeholder|label|data-label|summary)=\"(?P<words>[^\"]*)\""
)
_DESCRIPTION = re.compile(r"<meta\s[^>]*name=\"description\"", re.IGNORECASE)
_CONTENT = re.compile(r"(?<=\s)(?P<name>content)=\"(?P<words>[^\"]*)\"")
_KEPT_ELEMENT = re.compile(r"<(?P<name>[a-z][a-z0-9-]*)\b[^>]*\stranslate=\"no\"", re.IGNORECASE)
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_BETWEEN = "\x1e"


@cache
def _converter() -> OpenCC:
    import opencc  # its dictionaries take a moment: not before somebody asks for traditional characters

    return opencc.OpenCC("s2t")


def words(text: str) -> str:
    """One piece of text in traditional characters."""
    return str(_converter().convert(text)) if _HAN.search(text) else text


def page(html: str) -> str:
    """The page with its text and its spoken attributes converted; addresses, scripts, typed values and `translate="no"` are kept."""
    pieces: list[str] = []
    spoken: list[int] = []

    def put(text: str, convert: bool) -> None:
        if convert and _HAN.search(text):
            spoken.append(len(pieces))
        pieces.append(text)

    closing = ""
    depth = 0
    for match in _PARTS.finditer(html):
        part = match.group()
        if match["kept"] is not None:
            put(part, False)
        elif match["text"] is not None:
            put(part, not closing)
        elif closing:
            depth += _nesting(part, closing)
            closing = closing if depth else ""
            put(part, False)
        elif (kept := _KEPT_ELEMENT.match(part)) and not part.endswith("/>"):
            closing, depth = kept["name"].lower(), 1
            put(part, False)
        else:
            _attributes(part, put)
    _convert(pieces, spoken)
    return "".join(pieces)


def _nesting(tag: str, name: str) -> int:
    """By how many levels this tag opens or closes an element of that name."""
    found = re.match(r"</?([a-z][a-z0-9-]*)", tag, re.IGNORECASE)
    if not found or found[1].lower() != name or tag.endswith("/>"):
        return 0
    return -1 if tag.startswith("</") else 1


def _attributes(tag: str, put: object) -> None:
    """A tag cut into pieces, the spoken attributes among them."""
    assert callable(put)
    if not _HAN.search(tag):
        put(tag, False)
        return
    pattern = _CONTENT if _DESCRIPTION.match(tag) else _SPOKEN
    done = 0
    for match in pattern.finditer(tag):
        put(tag[done : match.start("words")], False)
        put(match["words"], True)
        done = match.end("words")
    put(tag[done:], False)


def _convert(pieces: list[str], spoken: list[int]) -> None:
    """All that is spoken, converted in one call."""
    converted = words(_BETWEEN.join(pieces[place] for place in spoken)).split(_BETWEEN)
    if len(converted) != len(spoken):  # 原文里有分隔符：逐段转换
        converted = [words(pieces[place]) for place in spoken]
    for place, text in zip(spoken, converted, strict=True):
        pieces[place] = text
