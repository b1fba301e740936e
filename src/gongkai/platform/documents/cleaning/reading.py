"""Reading: HTML as a browser builds it, turned into the values of a body. What they cannot hold is left behind."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gongkai.platform.documents.body import Block, Listing, Paragraph, Picture, Quote, Rule, Run

from . import allowed
from .recognised import Listed, bulleted, gathered, heading, marked
from .runs import BREAK, settled, texted
from .styles import Look, block, deleted, hidden, inline, is_marker
from .tables import table

_DROPPED: Final = frozenset(
    (
        *("script", "style", "title", "head", "meta", "link", "base", "template", "noscript", "xml", "svg", "math"),
        *(
            "iframe",
            "frame",
            "frameset",
            "noframes",
            "object",
            "embed",
            "applet",
            "param",
            "audio",
            "video",
            "source",
            "track",
        ),
        *(
            "canvas",
            "map",
            "area",
            "input",
            "button",
            "select",
            "option",
            "textarea",
            "datalist",
            "progress",
            "meter",
            "dialog",
        ),
        *("col", "colgroup", "rp", "rt", "wbr", "noembed", "xmp", "plaintext", "portal", "slot"),
    )
)
_BLOCKS: Final = frozenset(
    (
        *(
            "p",
            "div",
            "section",
            "article",
            "header",
            "footer",
            "main",
            "aside",
            "nav",
            "address",
            "figure",
            "figcaption",
            "center",
        ),
        *(
            "dl",
            "dt",
            "dd",
            "form",
            "fieldset",
            "legend",
            "details",
            "summary",
            "body",
            "html",
            "td",
            "th",
            "tr",
            "tbody",
            "caption",
            "li",
            "hgroup",
            "search",
            "marquee",
        ),
    )
)
_HEADINGS: Final = {f"h{n}": n for n in range(1, 7)}
_DEEPEST: Final = 120
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_VOID: Final = frozenset(
    (
        "br",
        "img",
        "hr",
        "input",
        "meta",
        "link",
        "col",
        "area",
        "base",
        "embed",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "td",
        "tr",
        "th",
    )
)
_NESTED: Final = 400  # elements within one another: more is no text of anybody's
_WORK: Final = 3_000_000  # tags times their depth: what building the tree may cost
_INDENT: Final = re.compile(r"^[ \t\r\n]*[\u3000\xa0]{2}")


def read(html: str, *, placeholders: bool = False) -> tuple[Block, ...]:
    """The body that this HTML shows."""
    if _is_tangled(html):
        html = re.sub(r"<[^>]*>?", " ", html).replace("<", " ")
    body = LexborHTMLParser(html.replace("\0", "")).body
    if body is None:
        return ()
    reader = Reader(placeholders)
    reader.children(body, Look(), 0)
    return _shifted(reader.finished(Look()))


def _is_tangled(html: str) -> bool:
    """Whether elements lie so deep in one another that only an attack makes them so, told without building the tree."""
    depth = deepest = count = 0
    for closing, name in _TAG.findall(html):
        count += 1
        if name.lower() not in _VOID:
            depth = max(0, depth - 1) if closing else depth + 1
            deepest = max(deepest, depth)
    return deepest > _NESTED or deepest * count > _WORK


def _shifted(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Headings begin with the second level: the first is the page's title."""
    top = any(isinstance(one, Paragraph) and one.level == 1 for one in blocks)
    made = []
    for one in blocks:
        if isinstance(one, Paragraph) and one.level:
            one = replace(one, level=min(max(one.level + top, 2), 4))
        elif isinstance(one, Quote):
            one = Quote(
                tuple(
                    replace(inner, level=min(max(inner.level, 2), 4))
                    if isinstance(inner, Paragraph) and inner.level
                    else inner
                    for inner in one.blocks
                )
            )
        made.append(one)
    return tuple(made)


@dataclass(slots=True)
class Reader:
    """The state of the reading: the blocks found so far and the pieces of the paragraph at hand."""

    placeholders: bool
    nested: int = 0  # in how many tables this stands
    item: bool = False  # whether this is an item of a list, which needs no mark of its own
    found: list[Block | Listed] = field(default_factory=list)
    pieces: list[Run] = field(default_factory=list)
    fonts: list[str] = field(default_factory=list)
    marker: str | None = None

    def within(
        self, node: LexborNode, look: Look, depth: int, *, table: bool = False, item: bool = False
    ) -> tuple[Block, ...]:
        """The blocks that an element holds, read on their own."""
        inner = Reader(self.placeholders, self.nested + table, item)
        inner.children(node, look, depth)
        return inner.finished(look)

    def finished(self, look: Look) -> tuple[Block, ...]:
        self.flush(look)
        return gathered(self.found)

    def children(self, node: LexborNode, look: Look, depth: int) -> None:
        child = node.child
        while child is not None:
            self.node(child, look, depth + 1)
            child = child.next

    def node(self, node: LexborNode, look: Look, depth: int) -> None:
        tag = (node.tag or "").lower()
        if tag == "-text":
            self.text(node.text_content or "", look)
            return
        if not tag or tag[0] in "-!_?" or tag in _DROPPED or tag.startswith(("v:", "w:worddocument", "m:")):
            return
        attributes = node.attributes
        if hidden(attributes) or deleted(tag, attributes):
            return
        if is_marker(attributes):
            self.marker = (self.marker or "") + node.text()
        elif depth > _DEEPEST:
            self.text(node.text(separator=" "), look)
        else:
            self.element(node, tag, attributes, look, depth)

    def element(self, node: LexborNode, tag: str, attributes: Mapping[str, str | None], look: Look, depth: int) -> None:
        if tag == "br":
            self.pieces.append(Run(BREAK, look.marks, look.href))
        elif tag == "img":
            self.picture(attributes, look)
        elif tag == "hr":
            self.flush(look)
            self.found.append(Rule())
        elif tag in ("ul", "ol", "menu", "dir"):
            self.flush(look)
            self.listing(node, tag, attributes, look, depth)
        elif tag == "table":
            self.flush(look)
            self.found.extend(table(self, node, look, depth))
        elif tag in ("blockquote",):
            self.flush(look)
            held = tuple(_of_quote(self.within(node, block(look, tag, attributes), depth)))
            if held:
                self.found.append(Quote(held))
        elif tag == "pre" or tag == "listing":
            self.flush(look)
            for line in node.text().split("\n"):
                self.text(line, look)
                self.flush(look)
        elif tag in _HEADINGS or tag in _BLOCKS:
            self.paragraph(node, tag, attributes, look, depth)
        elif tag == "a":
            href = allowed.link(attributes.get("href") or "")
            self.children(node, replace(inline(look, tag, attributes), href=href or look.href), depth)
        else:
            self.children(node, inline(look, tag, attributes), depth)

    def paragraph(
        self, node: LexborNode, tag: str, attributes: Mapping[str, str | None], look: Look, depth: int
    ) -> None:
        self.flush(look)
        own = block(look, tag, attributes)
        if tag in _HEADINGS:
            own = replace(own, level=_HEADINGS[tag])
        self.children(node, own, depth)
        self.flush(own)
        self.marker = None

    def text(self, text: str, look: Look) -> None:
        if self.pieces and self.pieces[-1].text == BREAK and not self.pieces[-1].picture and _INDENT.match(text):
            self.pieces.pop()
            self.flush(look)  # web pages part paragraphs by a break and an indent
        clean = texted(text)
        if clean:
            self.pieces.append(Run(clean, look.marks, look.href))
            if clean.strip():
                self.fonts.append(look.font)

    def picture(self, attributes: Mapping[str, str | None], look: Look) -> None:
        src = allowed.picture(attributes.get("src") or "", placeholders=self.placeholders)
        if src:
            alt = " ".join(texted(attributes.get("alt") or "").split())
            self.pieces.append(Run("", look.marks, look.href, Picture(src, alt)))

    def flush(self, look: Look) -> None:
        """Close the paragraph at hand, if it says or shows anything."""
        pieces, fonts, marker = self.pieces, self.fonts, self.marker
        self.pieces, self.fonts = [], []
        parts = _parted(pieces)
        for part in parts:
            runs = settled(part)
            if runs:
                self.keep(runs, fonts, look, marker)
                self.marker = marker = None

    def keep(self, runs: tuple[Run, ...], fonts: Sequence[str], look: Look, marker: str | None) -> None:
        start, words = marked(marker or "") if look.listed else (0, "")
        if words:
            runs = settled((Run(words, runs[0].marks, runs[0].href), *runs))
        level = look.level or heading(runs, fonts)
        if level:
            runs = settled(tuple(replace(run, marks=run.marks - {"strong"}) for run in runs))
        made = Paragraph(runs, look.align, level)
        unmarked = bulleted(made)
        if self.item:
            self.found.append(unmarked or made)
        elif unmarked or (look.listed and not words):
            self.found.append(Listed(look.listed or 1, 0 if unmarked else start, unmarked or made))
        else:
            self.found.append(made)

    def listing(self, node: LexborNode, tag: str, attributes: Mapping[str, str | None], look: Look, depth: int) -> None:
        items: list[tuple[Block, ...]] = []
        child = node.child
        bare = replace(look, align="", level=0, listed=0)
        while child is not None:
            name = (child.tag or "").lower()
            blocks: tuple[Block, ...] = ()
            if name == "li" and not hidden(child.attributes):
                blocks = self.within(child, inline(bare, "", child.attributes), depth + 1, item=True)
            elif name and name != "-comment":
                inner = Reader(self.placeholders, self.nested, item=True)
                inner.node(child, bare, depth + 1)
                blocks = inner.finished(bare)
            held = tuple(_of_item(blocks))
            if held and name != "li" and items and isinstance(held[0], Listing):
                items[-1] += held  # Word puts inner lists beside their item
            elif held:
                items.append(held)
            child = child.next
        if items:
            start = (attributes.get("start") or "").strip()
            first = int(start) if start.isascii() and start.isdecimal() and 0 < int(start[:6]) < 10_000 else 1
            self.found.append(Listing(first if tag == "ol" else 0, tuple(items)))


def _parted(pieces: Sequence[Run]) -> list[list[Run]]:
    """The pieces, parted into paragraphs where two breaks or more follow one another."""
    parts: list[list[Run]] = [[]]
    breaks = 0
    for piece in pieces:
        if piece.text == BREAK and not piece.picture:
            breaks += 1
            if breaks == 2:
                parts.append([])
        elif piece.picture or piece.text.strip():
            breaks = 0
        parts[-1].append(piece)
    return parts


def _of_item(blocks: Sequence[Block]) -> list[Block]:
    """What an item of a list may hold: paragraphs without headings or sides, lists, tables."""
    made: list[Block] = []
    for one in blocks:
        if isinstance(one, Paragraph):
            made.append(replace(one, align="", level=0))
        elif isinstance(one, Quote):
            made.extend(_of_item(one.blocks))
        elif not isinstance(one, Rule):
            made.append(one)
    return made


def _of_quote(blocks: Sequence[Block]) -> list[Block]:
    made: list[Block] = []
    for one in blocks:
        made.extend(one.blocks if isinstance(one, Quote) else [one])
    return made
