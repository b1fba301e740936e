"""Embedded pages: markup that a page keeps in a script, a text area or a hidden field instead of showing it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from urllib.parse import unquote

_PHRASES = ("信息公开", "\\u4fe1\\u606f\\u516c\\u5f00", "%E4%BF%A1%E6%81%AF%E5%85%AC%E5%BC%80", "&#20449;&#24687;")
_TABLE = re.compile(r"(?:<|&lt;|\\u003c|\\x3c|%3c)table", re.I)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.S)
_FIRST_TAG = re.compile(r"<(?:table|div|p|h[1-6]|span|section|article|font|strong|html|body|style)[\s>]", re.I)
_LETTERS = {"n": "\n", "r": "\n", "t": " ", "b": "", "f": ""}


def embedded_pages(raw: Iterable[str]) -> Iterator[str]:
    """The markup in those strings that speak of information disclosure and hold a table."""
    for text in raw:
        if not _TABLE.search(text) or not any(phrase in text for phrase in _PHRASES):
            continue
        markup = _unpacked(text)
        first = _FIRST_TAG.search(markup)
        if first and "<table" in markup.lower() and "信息公开" in markup:
            yield markup[first.start() : markup.find(">", markup.rfind("</")) + 1]


def _unpacked(text: str) -> str:
    """The markup behind a script's or an attribute's escapes."""
    if re.search(r"%3c", text, re.I) and text.count("%") > len(text) // 20:
        text = unquote(text)
    if "\\" in text:
        text = _ESCAPE.sub(_letter, text)
    return unescape(text) if "&lt;" in text else text


def _letter(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    if code:
        value = int(code, 16)
        return chr(value) if not 0xD800 <= value <= 0xDFFF else ""
    return _LETTERS.get(found[3], found[3])
