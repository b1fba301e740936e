"""HTML: a page's blocks in document order, from one pass over the tree as Lexbor writes it out again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from gongkai.law.findings import Finding, Place
from gongkai.report.rules import source as rules

from .blocks import Picture
from .drafting import Held, Sink, area, letters, number, settle
from .embedded import embedded_pages
from .encoding import decode
from .limits import DEFAULT, Limits, check_size
from .mime import html_part
from .source import Parsed, Unreadable

# Lexbor closes every element and quotes every attribute, so its output can be read tag by tag.
_RAW: Final = "script|style|noscript|template|xmp|iframe|noembed|noframes|textarea|select|svg|title|math|object"
_TOKEN: Final = re.compile(
    rf"<(?:!--.*?-->|({_RAW})\b(.*?)</\1>|(/?[^\s>]+)((?: =?[^\s=>]*(?:=\"[^\"]*\")?)*)>)([^<]*)", re.DOTALL
)
_HIDDEN: Final = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all| hidden=", re.I)
_SPAN: Final = re.compile(r'(row|col)span="\s*(\d{1,6})')
_WIDTH: Final = re.compile(r'(?:width|height)(?:="|\s*:\s*)(\d{1,5})(?![\d%])')
_ALT: Final = re.compile(r'\balt="([^"]*)"')
_SOURCE_BREAK: Final = re.compile(
    r"(?<=[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef])\s*\n\s*(?=[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef])"
)
_INLINE_PICTURE: Final = re.compile(rb"data:image/[a-z+.\-]+;base64,[A-Za-z0-9+/=\s]+")
_INVISIBLE: Final = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\xad")
_VOID: Final = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_BLOCK: Final = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "section",
    "summary",
    "ul",
]
_AUTO_CLOSED: Final = frozenset(["p", "li", "td", "th", "tr", "tbody", "thead", "tfoot", "dd", "dt", "option"]) | _VOID
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]*)")
_MANY_TAGS: Final = 20_000
_EFFORT: Final = 200_000_000  # tags times depth: what building the tree may cost
_SMALL_ICON: Final = 40  # pixels


def parse(data: bytes, limits: Limits = DEFAULT) -> Parsed:
    """The blocks of a web page: what a reader of it would see, and what its scripts would have put there."""
    check_size(len(data), limits)
    data, declared = html_part(data)
    if len(data) > 1024 * 1024:
        data = _INLINE_PICTURE.sub(b"", data)
    check_size(len(data), limits, text=True)
    text, encoding = decode(data, declared)
    page = _read(text, limits)
    remarks: list[Finding] = []
    sink = page.sink
    for inner in embedded_pages(page.raw):
        other = _read(inner, limits)
        if area(other.sink) > 2 * area(sink) or (not area(sink) and letters(other.sink) > 2 * letters(sink)):
            sink = [*sink, *other.sink]
            remarks.append(Finding(rules.EMBEDDED, Place()))
    if page.skipped and area(sink) < 20:
        shown = _read(text, limits, hidden=True)
        if area(shown.sink) >= 20:
            sink = shown.sink
            remarks.append(Finding(rules.HIDDEN, Place()))
    return Parsed(number(sink, limits), encoding, page.title, tuple(remarks))


def _held(attributes: str) -> Held:
    cell = Held()
    if "span=" in attributes:
        for which, size in _SPAN.findall(attributes):
            if which == "row":
                cell.down = int(size)
            else:
                cell.across = int(size) or 1
    return cell


class _Table:
    __slots__ = ("boxes", "group", "groups", "outer", "rows", "stray")

    def __init__(self, outer: Sink, boxes: bool = False) -> None:
        self.outer = outer
        self.boxes = boxes  # made of <div>s, not of <table>
        self.rows: list[list[Held]] = []
        self.groups: list[int] = []
        self.group = 0
        self.stray: Sink = []  # captions, and text between rows


class _Page:
    """The state of the pass: where text goes, the tables that are open, what was left out."""

    __slots__ = ("boxes", "limits", "parts", "pre", "raw", "sink", "skipped", "tables", "title")

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.parts: list[str] = []
        self.sink: Sink = []
        self.tables: list[_Table] = []
        self.boxes: list[str] = []  # the roles of the open boxes, where boxes make tables
        self.pre = False
        self.title: str | None = None
        self.raw: list[str] = []
        self.skipped = False

    def flush(self, _: str = "") -> None:
        """End a paragraph."""
        if not self.parts:
            return
        text = "".join(self.parts)
        self.parts.clear()
        if text.isspace():
            return
        for line in text.splitlines() if self.pre else (text,):
            clean = _clean(line)
            if clean:
                self.sink.append(clean)

    def open_table(self, _: str) -> None:
        self.flush()
        table = _Table(self.sink)
        self.tables.append(table)
        self.sink = table.stray

    def close_table(self, _: str) -> None:
        self.flush()
        if self.tables:
            table = self.tables.pop()
            self.sink = table.outer
            self.sink.extend(table.stray)
            settle(table.rows, table.groups, self.sink, self.limits, single=not table.boxes)

    def open_group(self, _: str) -> None:
        if self.tables:
            self.tables[-1].group += 1

    def open_row(self, _: str) -> None:
        self.flush()
        if self.tables:
            table = self.tables[-1]
            table.rows.append([])
            table.groups.append(table.group)

    def open_cell(self, attributes: str) -> None:
        self.flush()
        if self.tables and self.tables[-1].rows:
            cell = _held(attributes)
            self.tables[-1].rows[-1].append(cell)
            self.sink = cell.sink

    def close_cell(self, _: str) -> None:
        self.flush()
        if self.tables:
            self.sink = self.tables[-1].stray

    def open_pre(self, _: str) -> None:
        self.flush()
        self.pre = True

    def close_pre(self, _: str) -> None:
        self.flush()
        self.pre = False

    def picture(self, attributes: str) -> None:
        sizes = [int(size) for size in _WIDTH.findall(attributes)]
        if sizes and max(sizes) < _SMALL_ICON:
            return
        self.flush()
        alt = _ALT.search(attributes)
        self.sink.append(Picture(_clean(alt[1]) if alt else ""))

    def field(self, attributes: str) -> None:
        if len(attributes) > 300:
            self.raw.append(attributes)

    def aside(self, name: str, content: str) -> None:
        """What an element says that shows no text of its own: a title, a script."""
        if name == "title":
            if self.title is None:
                self.title = _clean(content.partition(">")[2]) or None
        elif len(content) > 300:
            self.raw.append(content)


_Step = Callable[[_Page, str], None]
_STEPS: Final[dict[str, _Step]] = {
    **{mark + name: _Page.flush for name in _BLOCK for mark in ("", "/")},
    "br": _Page.flush,
    "hr": _Page.flush,
    "table": _Page.open_table,
    "/table": _Page.close_table,
    "tbody": _Page.open_group,
    "thead": _Page.open_group,
    "tfoot": _Page.open_group,
    "tr": _Page.open_row,
    "td": _Page.open_cell,
    "th": _Page.open_cell,
    "/td": _Page.close_cell,
    "/th": _Page.close_cell,
    "pre": _Page.open_pre,
    "/pre": _Page.close_pre,
    "img": _Page.picture,
    "input": _Page.field,
}


def _read(text: str, limits: Limits, *, hidden: bool = False) -> _Page:
    """One pass over the page. `hidden`: take in what the page itself does not show."""
    _check_depth(text)
    markup = LexborHTMLParser(text).html or ""
    markup = markup.replace("&nbsp;", " ")
    if not markup.isascii():
        for character in _INVISIBLE:
            if character in markup:
                markup = markup.replace(character, "")
    page = _Page(limits)
    _walk(page, _TOKEN.findall(markup), hidden)
    while page.tables:
        page.close_table("")
    page.flush()
    return page


def _walk(page: _Page, tokens: Iterable[tuple[str, str, str, str, str]], hidden: bool) -> None:
    steps = _STEPS.get
    add = page.parts.append
    skipping, closing, depth = "", "", 0
    for aside, content, name, attributes, text in tokens:
        if skipping:
            if name == closing:
                depth -= 1
                if not depth:
                    skipping = ""
                    if text:
                        add(text)
            elif name == skipping:
                depth += 1
            continue
        if (
            attributes
            and ("none" in attributes or "hid" in attributes)
            and not hidden
            and name not in _VOID
            and _HIDDEN.search(attributes)
        ):
            page.skipped = True
            skipping, closing, depth = name, "/" + name, 1
            continue
        step = steps(name)
        if step:
            step(page, attributes)
        elif aside:
            page.aside(aside, content)
        if text:
            add(text)


def _clean(text: str) -> str:
    """Text as a page shows it: blanks collapsed; none where the source merely breaks a line between ideographs."""
    if "&" in text:
        text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
    if "\n" in text:
        text = _SOURCE_BREAK.sub("", text)
    return " ".join(text.split())


def _check_depth(text: str) -> None:
    """Refuse a page whose elements lie so deep in one another that building its tree would take minutes."""
    tags = text.count("<")
    if tags < _MANY_TAGS:
        return
    depth = deepest = 0
    for close, name in _TAG.findall(text):
        if name.lower() in _AUTO_CLOSED:
            continue
        depth = depth - 1 if close and depth else depth + (not close)
        deepest = max(deepest, depth)
    if deepest * tags > _EFFORT:
        raise Unreadable(
            "html.too_deep",
            f"网页的元素层层嵌套达 {deepest} 层，未予读取。",
            f"The page nests its elements {deepest} levels deep and was not read.",
        )
