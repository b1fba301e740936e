"""Prepared: the Word file before it is turned into HTML — deletions, hidden text and comments out, numbers written out.

Every removal is counted, so that the notes can say it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from zipfile import ZipFile

from lxml import etree

from gongkai.formats.limits import Limits, damaged, open_zip, read_member
from gongkai.formats.numbering import Level, Numbering
from gongkai.formats.writing.archive import settled

from .recognised import Found, recognise
from .styles import Styles, W, local, on, value

_STRICT: Final = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
CHANGED: Final = (  # 修订留下的各种元素
    "ins",
    "del",
    "moveFrom",
    "moveTo",
    "rPrChange",
    "pPrChange",
    "tblPrChange",
    "trPrChange",
    "tcPrChange",
    "sectPrChange",
    "cellIns",
    "cellDel",
)


@dataclass(slots=True)
class Prepared:
    """A Word file ready to be read, and what was met on the way."""

    data: bytes
    changes: int = 0
    hidden: int = 0
    comments: int = 0
    found: Found = field(default_factory=Found)


def prepare(data: bytes, limits: Limits) -> Prepared:
    """The same document with nothing in it that was not meant to be read."""
    with open_zip(data, limits) as archive:
        names = set(archive.namelist())
        made = Prepared(b"")
        styles = Styles(_part(archive, "word/styles.xml", names, limits))
        numbering = _numbering(_part(archive, "word/numbering.xml", names, limits))
        parts: dict[str, bytes] = {}
        comments = _part(archive, "word/comments.xml", names, limits)
        made.comments = len(comments.findall(f"{W}comment")) if comments is not None else 0
        for name in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"):
            root = _part(archive, name, names, limits)
            if root is None:
                continue
            _strip(root, styles, made)
            if name == "word/document.xml":
                _write_numbers(root, styles, numbering)
                made.found = recognise(root, styles)
            parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    made.data = settled(data, parts)
    return made


def _part(archive: ZipFile, name: str, names: set[str], limits: Limits) -> etree._Element | None:
    if name not in names:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(read_member(archive, name, limits).replace(_STRICT, W[1:-1].encode()), parser)
    except (etree.XMLSyntaxError, ValueError):
        raise damaged("docx") from None


def _strip(root: etree._Element, styles: Styles, made: Prepared) -> None:
    """Take out what the file only remembers or hides. Insertions stay, as the reader of the file sees them."""
    for element in list(root.iter()):
        name = local(element)
        if name in CHANGED:
            made.changes += 1
        if (
            name in ("del", "moveFrom")
            and (above := element.getparent()) is not None
            and local(above) not in ("rPr", "trPr")
        ) or name in ("commentReference", "commentRangeStart", "commentRangeEnd", "annotationRef"):
            _drop(element)
        elif name == "r" and _vanishes(element, styles):
            if any(local(part) == "t" and (part.text or "").strip() for part in element.iter()):
                made.hidden += 1
            _drop(element)


def _vanishes(run: etree._Element, styles: Styles) -> bool:
    own = run.find(f"{W}rPr/{W}vanish")
    if own is not None:
        return on(own)
    return on(styles.find(value(run.find(f"{W}rPr/{W}rStyle")), f"{W}rPr/{W}vanish"))


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _numbering(root: etree._Element | None) -> Numbering:
    """The lists of the file."""
    if root is None:
        return Numbering()
    kinds = {
        element.get(f"{W}abstractNumId", ""): {
            _count(level.get(f"{W}ilvl", "")): _level(level) for level in element.findall(f"{W}lvl")
        }
        for element in root.findall(f"{W}abstractNum")
    }
    families: dict[str, str] = {}
    lists: dict[str, dict[int, Level]] = {}
    restarts: dict[str, dict[int, int]] = {}
    for element in root.findall(f"{W}num"):
        which = element.get(f"{W}numId", "")
        families[which] = value(element.find(f"{W}abstractNumId"))
        lists[which] = dict(kinds.get(families[which], {}))
        for override in element.findall(f"{W}lvlOverride"):
            start = value(override.find(f"{W}startOverride"))
            if start:
                restarts.setdefault(which, {})[_count(override.get(f"{W}ilvl", ""))] = _count(start)
    return Numbering(lists, families, {}, set(), restarts)


def _count(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 0


def _level(level: etree._Element) -> Level:
    start = value(level.find(f"{W}start"))
    return Level(
        value(level.find(f"{W}numFmt")) or "decimal", value(level.find(f"{W}lvlText")), _count(start) if start else 1
    )


def _write_numbers(root: etree._Element, styles: Styles, numbering: Numbering) -> None:
    """Numbers that the word processor would print are written into the text: they are part of what is said.

    Bullets stay lists.
    """
    for paragraph in root.iter(f"{W}p"):
        place = _place(paragraph, styles)
        if place is None or not any((part.text or "").strip() for part in paragraph.iter(f"{W}t")):
            continue
        level = numbering.lists.get(place[0], {}).get(place[1])
        if level is None or level.format in ("bullet", "none"):
            continue
        label = numbering.label(*place).strip()
        run = etree.Element(f"{W}r")
        first = next(paragraph.iter(f"{W}r"), None)
        look = first.find(f"{W}rPr") if first is not None else None
        if look is not None:
            run.append(etree.fromstring(etree.tostring(look)))
        text = etree.SubElement(run, f"{W}t")
        text.text = label + (" " if label[-1:].isalnum() and label[-1:].isascii() else "")
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        properties = paragraph.find(f"{W}pPr")
        paragraph.insert(0 if properties is None else 1, run)
        if properties is None:
            properties = etree.Element(f"{W}pPr")
            paragraph.insert(0, properties)
        own = properties.find(f"{W}numPr")
        if own is not None:
            properties.remove(own)
        blank = etree.SubElement(properties, f"{W}numPr")
        etree.SubElement(blank, f"{W}ilvl").set(f"{W}val", "0")
        etree.SubElement(blank, f"{W}numId").set(f"{W}val", "0")


def _place(paragraph: etree._Element, styles: Styles) -> tuple[str, int] | None:
    own = paragraph.find(f"{W}pPr/{W}numPr")
    found = (
        own
        if own is not None and own.find(f"{W}numId") is not None
        else styles.find(value(paragraph.find(f"{W}pPr/{W}pStyle")), f"{W}pPr/{W}numPr")
    )
    if found is None or value(found.find(f"{W}numId")) in ("", "0"):
        return None
    depth = value(found.find(f"{W}ilvl"))
    return value(found.find(f"{W}numId")), _count(depth)
