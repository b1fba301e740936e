"""Markup: a page's source cut into pieces, each a tag and the text after it, and what it keeps out of sight.

A page that closes its tables properly is cut up as it stands. Any other goes through Lexbor first, which builds the
tree as a browser does and writes it out again with every element closed and every attribute quoted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from .limits import DEFAULT, Limits
from .source import Unreadable

VOID: Final = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
ASIDES: Final = (
    *("script", "style", "noscript", "template", "xmp", "iframe", "noembed", "noframes"),
    *("textarea", "select", "svg", "title", "math", "object"),
)
BLOCKS: Final = (
    *("p", "br", "div", "li", "ul", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "dl", "dt", "dd", "body", "section"),
    *("address", "article", "aside", "blockquote", "caption", "center", "details", "dialog", "dir", "fieldset"),
    *("figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "legend", "main", "menu", "nav", "summary"),
)
STRAY: Final = re.compile(r"<[a-zA-Z/!?]|[\"']>")  # what no text holds: a tag that was not understood
BREAK: Final = "\x01"  # stands for the border of a block
HIDDEN: Final = re.compile(
    r"(?:(?<=[dD])isplay|DISPLAY)\s*:\s*(?:none|NONE|None)|(?<=mso-)hide\s*:\s*all|(?<=\s)hidden(?=[\s=>/]|$)"
)

_OPENING: Final = re.compile(rf"<(?:!--|({'|'.join(ASIDES)})(?=[\s>]))")
_HIDING: Final = ("isplay", "DISPLAY", "hid")
_STRUCTURE: Final = ("t[dhr]", "table", "tbody", "thead", "tfoot", "img", "input", "pre", *ASIDES)
_BLOCKS: Final = frozenset(BLOCKS)
_INVISIBLE: Final = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\xad", "\0")
_UPPER: Final = re.compile(r"(</?)([A-Z][A-Za-z0-9:]*)")
_SPANS: Final = re.compile(r"\b(?:row|col)span(?=\s*=)", re.I)
_SHOUTED: Final = re.compile(r"</?[A-Z]")
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]*)")
AUTO_CLOSED: Final = frozenset(("p", "li", "td", "th", "tr", "tbody", "thead", "tfoot", "dd", "dt", "option")) | VOID
_LONG_NAME: Final = 40  # characters
_MANY_TAGS: Final = 20_000


@dataclass(slots=True)
class Markup:
    """A page in pieces, each a tag that matters for its structure and what follows: "td class=x><p>some text"."""

    pieces: list[str] = field(default_factory=list)
    hiding: frozenset[str] = frozenset()  # elements of which some are not shown
    title: str | None = None
    aside: list[str] = field(default_factory=list)  # the long strings in scripts and the like

    def less_asides(self, text: str) -> str:
        """The text without comments and elements that show no text of their own; what those say is kept."""
        kept: list[str] = []
        place = 0
        while found := _OPENING.search(text, place):
            kept.append(text[place : found.start()])
            name = found[1]
            end = text.find(f"</{name}" if name else "-->", found.end())
            place = text.find(">", end) + 1 if end >= 0 else len(text)
            if name:
                self.take(name, text[found.end() : end if end >= 0 else len(text)])
            place = place or len(text)
        return "".join((*kept, text[place:])) if kept else text

    def take(self, name: str, content: str) -> None:
        if name == "title":
            if self.title is None:
                self.title = " ".join(unescape(content.partition(">")[2]).split()) or None
        elif len(content) > 300:
            self.aside.append(content)


def as_written(text: str) -> Markup:
    """The page cut up as it stands."""
    if _SHOUTED.search(text):
        text = _UPPER.sub(lambda found: found[1] + found[2].lower(), text)
        text = _SPANS.sub(lambda found: found[0].lower(), text)
    return _cut(text)


def as_built(text: str, *, whole: bool = False) -> Markup:
    """The page cut up as a browser would understand it. `whole`: with all its tags."""
    return _cut(LexborHTMLParser(text).html or "", whole=whole)


def _cut(text: str, *, whole: bool = False) -> Markup:
    markup = Markup()
    text = markup.less_asides(text)
    for character in _INVISIBLE:
        if character in text:
            text = text.replace(character, "")
    markup.hiding = _hiding(text)
    markup.pieces = text.split("<") if whole else _structure(markup.hiding).split(text)
    markup.pieces[0] = "!>" + markup.pieces[0]  # what stands before the first tag
    return markup


def plain(text: str) -> str:
    """A piece's text: the borders of blocks become breaks, all other tags go; a sign that opens no tag stays."""
    first, *pieces = text.split("<")
    parts = [first]
    for piece in pieces:
        tag, bracket, said = piece.partition(">")
        if not bracket or not tag or not (tag[0].isalpha() or tag[0] in "/!?"):
            parts.append("<" + piece)
            continue
        name = tag[1:] if tag[0] == "/" else tag.split(None, 1)[0]
        if name in _BLOCKS or name.rstrip("/ \n\t") in _BLOCKS:
            parts.append(BREAK)
        parts.append(said)
    return "".join(parts)


def _hiding(text: str) -> frozenset[str]:
    """The names of the elements that some place of the page does not show."""
    names: set[str] = set()
    for word in _HIDING:
        start = seen = 0  # where the last tag began, and how far it has been looked for
        closed = True
        place = text.find(word)
        while place >= 0:
            if HIDDEN.match(text, place):
                begun = text.rfind("<", seen, place)
                if begun >= 0:
                    start = begun + 1
                closed = text.find(">", max(start, seen), place) >= 0 or (closed and begun < 0)
                seen = place
                if not closed:
                    names.update(text[start : start + _LONG_NAME].split(None, 1)[:1])
            place = text.find(word, place + 1)
    return frozenset(names) - VOID


@lru_cache(maxsize=64)
def _structure(hiding: frozenset[str]) -> re.Pattern[str]:
    """Where a page is cut: at the tags of tables and of what hides, and at those that are not for its text."""
    names = "|".join((*_STRUCTURE, *map(re.escape, sorted(hiding))))
    return re.compile(rf"<(?=/?(?:{names})[\s/>])")


def check_depth(text: str, limits: Limits = DEFAULT) -> None:
    """Refuse a page whose elements lie so deep in one another that building its tree would take minutes."""
    tags = text.count("<")
    if tags < _MANY_TAGS:
        return
    depth = deepest = 0
    for close, name in _TAG.findall(text):
        if name.lower() in AUTO_CLOSED:
            continue
        depth = depth - 1 if close and depth else depth + (not close)
        deepest = max(deepest, depth)
    if deepest * tags > limits.nesting:
        raise Unreadable(
            "html.too_deep",
            f"网页的元素层层嵌套达 {deepest} 层，未予读取。",
            f"The page nests its elements {deepest} levels deep and was not read.",
        )
