"""What a page says: its text, the attributes that are read out, the words that its scripts show."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from lxml import html

CHINESE = re.compile(r"[\u3001-\u303f\u3400-\u9fff\uff01-\uff5e]")
READ_OUT = ("title", "alt", "aria-label", "aria-description", "placeholder", "label", "data-label", "summary")
KEPT = "ancestor-or-self::*[@translate='no']"
OWN_LANGUAGE = "ancestor-or-self::*[@lang][not(self::html)]"  # 语言开关：每种语言用自己的名字


def said(page: str) -> list[str]:
    """Every piece of text of a page that is not kept from translation."""
    return [piece for piece in map(str.strip, _pieces(page)) if piece]


def chinese(page: str, known: frozenset[str] = frozenset()) -> list[str]:
    """What is Chinese on an English page, but for the words of the law that stay so."""
    found = []
    for piece in said(page):
        for word in sorted(known, key=len, reverse=True):
            piece = piece.replace(word, "")
        if CHINESE.search(piece):
            found.append(piece)
    return found


def _pieces(page: str) -> Iterator[str]:
    root = html.document_fromstring(page)
    for element in root.iter():
        if not isinstance(element.tag, str) or element.xpath(KEPT) or element.xpath(OWN_LANGUAGE):
            continue
        if element.tag == "script":
            yield from _of_script(element)
        elif element.tag not in {"style", "textarea"}:
            yield element.text or ""
        yield from (element.get(name, "") for name in READ_OUT)
        if element.tag == "input" and element.get("type") in {"submit", "button"}:
            yield element.get("value", "")
        yield from (child.tail or "" for child in element)


def _of_script(element: html.HtmlElement) -> Iterator[str]:
    """Words that a script takes from the page, as Django's json_script writes them."""
    if element.get("type") == "application/json" and element.get("id", "").endswith("-words"):
        yield from re.findall(r'"((?:[^"\\]|\\.)*)"', json.dumps(json.loads(element.text or "null"), ensure_ascii=False))
