"""HTML: a page's blocks in document order, from one pass over its tags."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import unescape
from typing import Final

from gongkai.law.findings import Finding, Place
from gongkai.report.rules import source as rules

from . import boxes
from .blocks import Picture
from .drafting import Held, Sink, area, check_count, letters, number, settle
from .embedded import embedded_pages
from .encoding import decode
from .limits import DEFAULT, Limits, check_size
from .markup import ASIDES, AUTO_CLOSED, BLOCKS, BREAK, HIDDEN, STRAY, Markup, as_built, as_written, check_depth, plain
from .mime import html_part
from .mojibake import check as check_characters
from .source import Parsed
from .spans import check_grid

_ROWSPAN: Final = re.compile(r"rowspan\s*=\s*[\"']?\s*(\d{1,6})")
_COLSPAN: Final = re.compile(r"colspan\s*=\s*[\"']?\s*(\d{1,6})")
_WIDTH: Final = re.compile(r"(?:width|height)(?:=\"?|\s*:\s*)(\d{1,5})(?![\d%])")
_ALT: Final = re.compile(r"\balt\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_SOURCE_BREAK: Final = re.compile(
    r"(?<=[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef])[ \t\r\f]*\n\s*(?=[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef])"
)
_INLINE_PICTURE: Final = re.compile(rb"data:image/[a-z+.\-]+;base64,[A-Za-z0-9+/=\s]+")
_TABLE: Final = re.compile(r"(</?table\b)", re.I)
_LAYOUT: Final = re.compile(r"<(?:p|br|div|body|li|h[1-6])[\s>/]", re.I)
_HEADING_MARK: Final = re.compile(r"^#{1,6} +", re.M)
_NOTHING: Final = BREAK + " \n\r\t"
_STRUCTURE: Final = frozenset(("table", "tr", "td", "th"))
_SMALL_ICON: Final = 40  # pixels
_FEW_CELLS: Final = 20  # a page with fewer may hide its report


def parse(data: bytes, limits: Limits = DEFAULT) -> Parsed:
    """The blocks of a web page: what a reader of it would see, and what its scripts would have put there."""
    check_size(len(data), limits)
    data, declared = html_part(data)
    if len(data) > 1024 * 1024:
        data = _INLINE_PICTURE.sub(b"", data)
    check_size(len(data), limits, text=True)
    text, encoding = decode(data, declared)
    remarks = list(check_characters(text))
    page = _read(text, limits)
    sink = page.sink
    for inner in embedded_pages(page.aside):
        other = _read(inner, limits)
        if area(other.sink) > 2 * area(sink) or (not area(sink) and letters(other.sink) > 2 * letters(sink)):
            sink = [*sink, *other.sink]
            remarks.append(Finding(rules.EMBEDDED, Place()))
    if page.skipped and area(sink) < _FEW_CELLS:
        shown = _read(text, limits, hidden=True)
        if area(shown.sink) >= _FEW_CELLS:
            sink = shown.sink
            remarks.append(Finding(rules.HIDDEN, Place()))
    return Parsed(number(sink, limits), encoding, page.title, tuple(remarks))


class _Untidy(Exception):
    """The tables are not closed as they should be: only a tree builder knows what is meant."""


def _read(text: str, limits: Limits, *, hidden: bool = False) -> _Page:
    """One pass over the page. `hidden`: take in what the page itself does not show."""
    check_depth(text, limits)
    if len(text) > 3 * limits.cells:
        check_grid(1 + text.lower().count("<td") // limits.columns, limits.columns, limits)
    if not _LAYOUT.search(text):
        text = _typed(text, limits)
    if boxes.may_hold(text):
        markup = as_built(text, whole=True)
        markup.pieces = list(boxes.as_tables(markup.pieces))
        return _walk(_Page(markup, limits, tidy=False, hidden=hidden))
    try:
        return _walk(_Page(as_written(text), limits, tidy=True, hidden=hidden))
    except _Untidy:
        return _walk(_Page(as_built(text), limits, tidy=False, hidden=hidden))


def _typed(text: str, limits: Limits) -> str:
    """A plain text with tables in it, as some converters write: its line breaks count."""
    out: list[str] = []
    depth = 0
    check_count(text.count("\n"), limits)
    for piece in _TABLE.split(text):
        if piece[:6].lower() == "<table":
            depth += 1
        elif piece[:7].lower() == "</table":
            depth = max(0, depth - 1)
        elif not depth:
            piece = _HEADING_MARK.sub("", piece).replace("\n", "<br>\n")
        out.append(piece)
    return "".join(out)


class _Table:
    __slots__ = ("boxes", "group", "groups", "outer", "rows", "stray")

    def __init__(self, outer: Sink, boxes: bool) -> None:
        self.outer = outer
        self.boxes = boxes  # made of <div>s, not of <table>
        self.rows: list[list[Held]] = []
        self.groups: list[int] = []
        self.group = 0
        self.stray: Sink = []  # captions, and text between rows


class _Page:
    """The state of the pass: where text goes, the tables that are open, what was left out."""

    __slots__ = (
        "aside",
        "cell",
        "hiding",
        "known",
        "limits",
        "pieces",
        "pre",
        "row",
        "sink",
        "skipped",
        "tables",
        "tidy",
        "title",
    )

    def __init__(self, markup: Markup, limits: Limits, *, tidy: bool, hidden: bool) -> None:
        self.pieces: Iterable[str] = markup.pieces
        self.hiding = frozenset() if hidden else markup.hiding
        self.title = markup.title
        self.aside = markup.aside
        self.limits = limits
        self.tidy = tidy  # trust the page's own tags, and give up where they are not in order
        self.sink: Sink = []
        self.tables: list[_Table] = []
        self.row = self.cell = False  # whether the innermost table has one open
        self.pre = False
        self.skipped = False
        self.known: dict[str, tuple[str, ...]] = {}  # cells repeat one another: what a text comes to

    def put(self, text: str) -> None:
        """Add paragraphs to whatever is open: a cell, or the page."""
        lines = self.known.get(text)
        if lines is None or self.pre:
            raw = (text.replace("\n", BREAK) if self.pre else text).strip(_NOTHING)
            check_count(len(self.sink) + raw.count(BREAK), self.limits)
            lines = tuple(filter(None, map(_clean, raw.split(BREAK))))
            if not self.pre:
                self.known[text] = lines
        self.sink.extend(lines)

    def open_table(self, attributes: str) -> None:
        if self.tables and not self.cell:
            self.disorder()
        table = _Table(self.sink, attributes.startswith("boxes"))
        self.tables.append(table)
        self.sink = table.stray
        self.row = self.cell = False

    def close_table(self, _: str) -> None:
        if self.cell or self.row or not self.tables:
            self.disorder()
        if self.tables:
            table = self.tables.pop()
            self.sink = table.outer
            self.sink.extend(table.stray)
            self.row = self.cell = bool(self.tables)
            settle(table.rows, table.groups, self.sink, self.limits, single=not table.boxes)

    def open_group(self, _: str) -> None:
        if self.tables:
            self.tables[-1].group += 1

    def open_row(self, _: str) -> None:
        if self.row or not self.tables:
            self.disorder()
        if self.tables:
            table = self.tables[-1]
            if len(table.rows) >= self.limits.rows:
                check_grid(len(table.rows) + 1, 1, self.limits)
            table.rows.append([])
            table.groups.append(table.group)
            self.row = True

    def close_row(self, _: str) -> None:
        if self.cell or not self.row:
            self.disorder()
        self.row = False

    def open_cell(self, attributes: str) -> None:
        if self.cell or not self.row:
            self.disorder()
        if self.tables and self.tables[-1].rows:
            cell = Held()
            if "span" in attributes:
                down, across = _ROWSPAN.search(attributes), _COLSPAN.search(attributes)
                cell.down = int(down[1]) if down else 1
                cell.across = int(across[1]) or 1 if across else 1
            self.tables[-1].rows[-1].append(cell)
            self.sink = cell.sink
            self.cell = True

    def close_cell(self, _: str) -> None:
        if not self.cell:
            self.disorder()
        if self.tables:
            self.sink = self.tables[-1].stray
            self.cell = False

    def disorder(self) -> None:
        """Give up on the page's own tags; what Lexbor wrote is taken as it comes."""
        if self.tidy:
            raise _Untidy

    def open_pre(self, _: str) -> None:
        self.pre = True

    def close_pre(self, _: str) -> None:
        self.pre = False

    def picture(self, attributes: str) -> None:
        sizes = [int(size) for size in _WIDTH.findall(attributes)]
        if not sizes or max(sizes) >= _SMALL_ICON:
            alt = _ALT.search(attributes)
            self.sink.append(Picture(_clean(alt[1] or alt[2] or "") if alt else ""))

    def input(self, attributes: str) -> None:
        if len(attributes) > 300:
            self.aside.append(attributes)

    def unclosed(self, _: str) -> None:
        self.disorder()


_Step = Callable[[_Page, str], None]


def _pause(_: _Page, __: str) -> None:
    """The border of a block: it ends a paragraph and does nothing else."""


_STEPS: Final[dict[str, _Step]] = {
    **{mark + name: _pause for name in BLOCKS for mark in ("", "/")},
    **dict.fromkeys(ASIDES, _Page.unclosed),
    "table": _Page.open_table,
    "/table": _Page.close_table,
    **dict.fromkeys(("tbody", "thead", "tfoot"), _Page.open_group),
    "tr": _Page.open_row,
    "/tr": _Page.close_row,
    **dict.fromkeys(("td", "th"), _Page.open_cell),
    **dict.fromkeys(("/td", "/th"), _Page.close_cell),
    "pre": _Page.open_pre,
    "/pre": _Page.close_pre,
    "img": _Page.picture,
    "input": _Page.input,
}


def _walk(page: _Page) -> _Page:
    """Go through the page; each piece is a tag and the text after it."""
    steps = _STEPS.get
    hiding = page.hiding
    tidy = page.tidy
    parts: list[str] = []
    told: dict[str, str] = {}
    skip = _Skip()
    for piece in page.pieces:
        tag, bracket, text = piece.partition(">")
        step = steps(tag)
        attributes = ""
        if step is None:
            if not bracket:
                page.disorder()
            name, *rest = tag.split(None, 1) or ("",)
            tag = name.rstrip("/")
            attributes = rest[0] if rest else ""
            step = steps(tag)
        if hiding:
            if skip.tag:
                if skip.still(tag, page):
                    continue
            elif tag in hiding and attributes and HIDDEN.search(" " + attributes):
                if tag in AUTO_CLOSED:
                    page.disorder()
                page.skipped = True
                skip.begin(tag)
                text = ""
        if step is not None:
            if parts:
                page.put("".join(parts))
                parts.clear()
            if step is not _pause and not skip.tag:
                step(page, attributes)
        if text:
            said = told.get(text)
            if said is None:
                said = told[text] = plain(text) if "<" in text else text
                if tidy and (">" in said or "<" in said) and STRAY.search(said):
                    raise _Untidy
            if parts or said.strip(_NOTHING):
                parts.append(said)
    if skip.tag:
        page.disorder()
    if parts:
        page.put("".join(parts))
    while page.tables:
        page.close_table("")
    return page


class _Skip:
    """The element that is being left out, and how deep in it the pass is."""

    __slots__ = ("depth", "structure", "tag")

    def __init__(self) -> None:
        self.tag = ""
        self.depth = self.structure = 0

    def begin(self, tag: str) -> None:
        self.tag, self.depth, self.structure = tag, 1, 0

    def still(self, tag: str, page: _Page) -> bool:
        """Whether the pass is still within, after this tag."""
        self.depth += (tag == self.tag) - (tag == "/" + self.tag)
        if tag.removeprefix("/") in _STRUCTURE and self.depth:
            self.structure += -1 if tag[0] == "/" else 1
            if self.structure < 0:
                page.disorder()
        if not self.depth:
            self.tag = ""
        return bool(self.depth)


def _clean(text: str) -> str:
    """Text as a page shows it: blanks collapsed; none where the source merely breaks a line between ideographs."""
    if "&" in text:
        text = unescape(text)
    if "\n" in text:
        text = _SOURCE_BREAK.sub("", text)
    return " ".join(text.split())
