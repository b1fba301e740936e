"""DOCX: the body's paragraphs and tables in order, its numbers written out, tracked changes accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from zipfile import ZipFile

from lxml import etree

from gongkai.law.findings import Finding, Place
from gongkai.report.rules import source as rules

from .blocks import Picture
from .drafting import Held, Sink, number, settle
from .limits import DEFAULT, Limits, damaged, open_zip, read_member
from .numbering import Level, Numbering
from .source import Parsed, Unreadable

_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_VAL: Final = f"{{{_W}}}val"
_STRICT: Final = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_MAIN_PART: Final = re.compile(rb"<[^<>]*/officeDocument\"[^<>]*>")
_TARGET: Final = re.compile(rb'Target="/?([^"]+)"')
_THROUGH: Final = frozenset(
    (
        *("ins", "moveTo", "smartTag", "customXml", "sdt", "sdtContent"),
        *("hyperlink", "fldSimple", "dir", "bdo", "oMath", "oMathPara"),
    )
)
_DROPPED: Final = frozenset(("del", "moveFrom"))


def parse(data: bytes, limits: Limits = DEFAULT) -> Parsed:
    """The blocks of a Word document (.docx, .docm, .dotx)."""
    with open_zip(data, limits) as archive:
        main = _main_part(archive, limits)
        root = _tree(read_member(archive, main, limits))
        folder = main.rpartition("/")[0]
        document = _Document(limits, _numbering(archive, folder, limits), _style_lists(archive, folder, limits))
        title = _title(archive, limits)
    body = next((child for child in root if _name(child) == "body"), None)
    if body is None:
        raise damaged("docx")
    document.fill(body, document.sink)
    document.end_paragraph(document.sink)
    if not document.sink and document.chunks:
        raise Unreadable(
            "docx.embedded_page",
            "文档正文是嵌入的网页，请用文字处理软件打开并另存为 .docx 后再读。",
            "The document's body is an embedded web page; open it in a word processor and save it as .docx.",
        )
    remarks = []
    if document.changes:
        remarks.append(Finding(rules.TRACKED_CHANGES, Place(), {"count": document.changes}))
    return Parsed(number(document.sink, limits), None, title, tuple(remarks))


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _tree(xml: bytes) -> etree._Element:
    """The XML's root. Entities stay unexpanded; the parser's own bounds on depth and length hold."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(xml.replace(_STRICT, _W.encode()), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged("docx") from error


def _main_part(archive: ZipFile, limits: Limits) -> str:
    names = set(archive.namelist())
    if "_rels/.rels" in names:
        for relation in _MAIN_PART.findall(read_member(archive, "_rels/.rels", limits)):
            target = _TARGET.search(relation)
            if target and target[1].decode("utf-8", "replace") in names:
                return target[1].decode("utf-8", "replace")
    if "word/document.xml" not in names:
        raise damaged("docx")
    return "word/document.xml"


def _title(archive: ZipFile, limits: Limits) -> str | None:
    if "docProps/core.xml" not in archive.namelist():
        return None
    for child in _tree(read_member(archive, "docProps/core.xml", limits)):
        if _name(child) == "title" and child.text and child.text.strip():
            return " ".join(child.text.split())
    return None


def _value(element: etree._Element | None, default: str = "") -> str:
    return default if element is None else element.get(_VAL, default)


def _child(element: etree._Element | None, *path: str) -> etree._Element | None:
    for name in path:
        if element is None:
            return None
        element = element.find(f"{{{_W}}}{name}")
    return element


def _count(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else default


def _level(element: etree._Element) -> Level:
    return Level(
        _value(_child(element, "numFmt"), "decimal"),
        _value(_child(element, "lvlText")),
        _count(_value(_child(element, "start")), 1),
    )


def _depth(element: etree._Element) -> int:
    return _count(element.get(f"{{{_W}}}ilvl", "0"), 0)


def _numbering(archive: ZipFile, folder: str, limits: Limits) -> Numbering:
    """The document's lists, from numbering.xml."""
    part = f"{folder}/numbering.xml"
    if part not in archive.namelist():
        return Numbering()
    root = _tree(read_member(archive, part, limits))
    families = {
        element.get(f"{{{_W}}}abstractNumId", ""): {
            _depth(level): _level(level) for level in element if _name(level) == "lvl"
        }
        for element in root
        if _name(element) == "abstractNum"
    }
    numbering = Numbering({}, {}, {}, set(), {})
    lists: dict[str, dict[int, Level]] = {}
    restarts: dict[str, dict[int, int]] = {}
    belongs: dict[str, str] = {}
    for element in root:
        if _name(element) != "num":
            continue
        which = element.get(f"{{{_W}}}numId", "")
        belongs[which] = _value(_child(element, "abstractNumId"))
        lists[which] = dict(families.get(belongs[which], {}))
        for override in element.findall(f"{{{_W}}}lvlOverride"):
            level = _child(override, "lvl")
            if level is not None:
                lists[which][_depth(override)] = _level(level)
            start = _child(override, "startOverride")
            if start is not None:
                restarts.setdefault(which, {})[_depth(override)] = _count(_value(start), 1)
    numbering.lists, numbering.families, numbering.restarts = lists, belongs, restarts
    return numbering


_ListPlace = tuple[str, int]  # which list, how deep


def _style_lists(archive: ZipFile, folder: str, limits: Limits) -> dict[str, _ListPlace]:
    """The list that each paragraph style belongs to, its own or that of the style it is based on."""
    part = f"{folder}/styles.xml"
    if part not in archive.namelist():
        return {}
    own: dict[str, _ListPlace] = {}
    based: dict[str, str] = {}
    for style in _tree(read_member(archive, part, limits)).findall(f"{{{_W}}}style"):
        name = style.get(f"{{{_W}}}styleId", "")
        based[name] = _value(_child(style, "basedOn"))
        found = _list_place(_child(style, "pPr", "numPr"))
        if found:
            own[name] = found
    places: dict[str, _ListPlace] = {}
    for name in based:
        ancestor, steps = name, 0
        while ancestor and ancestor not in own and steps < 20:
            ancestor, steps = based.get(ancestor, ""), steps + 1
        if ancestor in own:
            places[name] = own[ancestor]
    return places


def _list_place(properties: etree._Element | None) -> _ListPlace | None:
    if properties is None or _child(properties, "numId") is None:
        return None
    return _value(_child(properties, "numId")), _count(_value(_child(properties, "ilvl"), "0"), 0)


@dataclass(slots=True)
class _Document:
    """The state of the reading: the text of the paragraph at hand and what was met on the way."""

    limits: Limits
    numbering: Numbering
    styles: dict[str, _ListPlace]
    sink: Sink = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    aside: Sink = field(default_factory=list)  # text boxes and pictures of the paragraph at hand
    changes: int = 0
    chunks: int = 0

    def fill(self, container: etree._Element, sink: Sink) -> None:
        """Put a container's paragraphs and tables into the sink. The XML parser bounds how deep this can go."""
        for element in container:
            name = _name(element)
            if name == "p":
                self.paragraph(element, sink)
            elif name == "tbl":
                self.table(element, sink)
            elif name in _THROUGH:
                self.fill(element, sink)
            elif name == "AlternateContent":
                self.fill(_alternative(element), sink)
            elif name in _DROPPED:
                self.changes += 1
            elif name == "altChunk":
                self.chunks += 1

    def paragraph(self, element: etree._Element, sink: Sink) -> None:
        properties = _child(element, "pPr")
        start = len(self.parts)
        self.run(element)
        place = _list_place(_child(properties, "numPr")) or self.styles.get(_value(_child(properties, "pStyle")))
        if place and any(part.strip() for part in self.parts[start:]):
            label = self.numbering.label(*place).strip()
            self.parts.insert(start, label + (" " if label[-1:].isalnum() else ""))
        if _child(properties, "rPr", "del") is not None:  # its end was deleted: the next paragraph goes on
            self.changes += 1
            return
        self.end_paragraph(sink)

    def end_paragraph(self, sink: Sink) -> None:
        """Close the paragraph at hand; what was anchored in it follows it."""
        text = "".join(self.parts)
        self.parts.clear()
        for line in text.split("\n"):
            clean = " ".join(line.split())
            if clean:
                sink.append(clean)
        sink.extend(self.aside)
        self.aside.clear()

    def run(self, container: etree._Element) -> None:
        """Gather the text of a paragraph, a run, or what stands between them."""
        for element in container:
            name = _name(element)
            if name == "t":
                self.parts.append(element.text or "")
            elif name == "r":
                if _child(element, "rPr", "vanish") is None or _off(_child(element, "rPr", "vanish")):
                    self.run(element)
            elif name in _THROUGH or name in ("ruby", "rubyBase"):
                self.run(element)
            elif name in ("tab", "ptab"):
                self.parts.append(" ")
            elif name in ("br", "cr"):
                self.parts.append("\n")
            elif name == "noBreakHyphen":
                self.parts.append("-")
            elif name in ("drawing", "pict", "object"):
                self.drawing(element)
            elif name == "AlternateContent":
                self.run(_alternative(element))
            elif name in _DROPPED:
                self.changes += 1

    def drawing(self, element: etree._Element) -> None:
        """A text box's content, or a picture, to follow the paragraph it is anchored in."""
        boxes = [box for box in element.iter(f"{{{_W}}}txbxContent") if not _within(box, element)]
        outer, self.parts = self.parts, []
        aside, self.aside = self.aside, []
        for box in boxes:
            self.fill(box, aside)
        self.parts, self.aside = outer, aside
        if not boxes and (alt := _picture_text(element)) is not None:
            self.aside.append(Picture(alt))

    def table(self, element: etree._Element, sink: Sink) -> None:
        rows = [self.row(row) for row in _inside(element, "tr") if _child(row, "trPr", "del") is None]
        open_merges: dict[int, Held] = {}
        laid: list[list[Held]] = []
        for row in rows:
            laid.append([])
            column = 0
            merges: dict[int, Held] = {}
            for cell, merge in row:
                above = open_merges.get(column)
                if merge == "continue" and above is not None:
                    above.down += 1
                    above.sink.extend(cell.sink)
                    merges[column] = above
                else:
                    laid[-1].append(cell)
                    if merge:
                        merges[column] = cell
                column += cell.across
            open_merges = merges
        settle(laid, (), sink, self.limits)

    def row(self, element: etree._Element) -> list[tuple[Held, str]]:
        """A row's cells, each with its part in a vertical merge: "restart", "continue" or none."""
        properties = _child(element, "trPr")
        cells: list[tuple[Held, str]] = []
        before = _count(_value(_child(properties, "gridBefore")), 0)
        if before:
            cells.append((Held(across=before, gap=True), ""))
        for cell in _inside(element, "tc"):
            across = max(1, _count(_value(_child(cell, "tcPr", "gridSpan")), 1))
            horizontal = _child(cell, "tcPr", "hMerge")
            if horizontal is not None and _value(horizontal, "continue") == "continue" and cells:
                cells[-1][0].across += across
                continue
            held = Held(across=across)
            outer, self.parts = self.parts, []
            self.fill(cell, held.sink)
            self.end_paragraph(held.sink)
            self.parts = outer
            merge = _child(cell, "tcPr", "vMerge")
            cells.append((held, "" if merge is None else _value(merge, "continue")))
        return cells


def _inside(container: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, also those within content controls and insertions."""
    for element in container:
        name = _name(element)
        if name == wanted:
            yield element
        elif name in _THROUGH:
            yield from _inside(element, wanted)


def _alternative(element: etree._Element) -> etree._Element:
    """The first choice of an AlternateContent, for it repeats its content in older terms."""
    return next((child for child in element if _name(child) in ("Choice", "Fallback")), element)


def _within(box: etree._Element, drawing: etree._Element) -> bool:
    """Whether a text box lies in another of the same drawing, or in the repetition for older programs."""
    parent = box.getparent()
    while parent is not None and parent is not drawing:
        if _name(parent) in ("txbxContent", "Fallback"):
            return True
        parent = parent.getparent()
    return False


def _off(switch: etree._Element | None) -> bool:
    return _value(switch, "1") in ("0", "false", "off")


def _picture_text(element: etree._Element) -> str | None:
    """A picture's alternative text; None where a drawing holds no picture."""
    text: str | None = None
    for part in element.iter():
        name = _name(part)
        if name in ("docPr", "imagedata"):
            described = part.get("descr") or part.get("title") or ""
            text = text or " ".join(described.split())
        elif name in ("blip", "chart", "relIds", "OLEObject"):
            text = text or ""
    return text
