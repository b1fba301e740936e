"""Styles: what the XML of a Word file says of its paragraphs — own look, style, and the style that it is based on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from lxml import etree

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BLACK: Final = re.compile(r"黑体|simhei", re.I)
_BRUSH: Final = re.compile(r"楷|kaiti", re.I)
_TITLE_FONT: Final = re.compile(r"小标宋|xiaobiaosong", re.I)


@dataclass(frozen=True, slots=True)
class Shape:
    """How a paragraph looks: its side, the size and the kind of its letters."""

    element: etree._Element
    text: str
    side: str
    size: float  # points; 0 where the file does not say
    font: str  # "title", "black", "brush" or nothing
    bold: bool
    style: str  # the style's name, in small letters
    outline: int  # 1 for the first level of headings; 0 for none
    listed: bool  # whether it is an item with a bullet


def local(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def value(element: etree._Element | None) -> str:
    return "" if element is None else element.get(f"{W}val", "")


def on(element: etree._Element | None) -> bool:
    """Whether a switch of a look is set."""
    return element is not None and element.get(f"{W}val", "1") not in ("0", "false", "off", "none")


class Styles:
    """The file's paragraph and character styles: what each says itself or has from the one that it is based on."""

    def __init__(self, root: etree._Element | None) -> None:
        self.of = (
            {style.get(f"{W}styleId", ""): style for style in root.findall(f"{W}style")} if root is not None else {}
        )
        self.default = next(
            (
                key
                for key, style in self.of.items()
                if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true")
            ),
            "",
        )

    def name(self, key: str) -> str:
        style = self.of.get(key)
        return value(style.find(f"{W}name")) if style is not None else ""

    def find(self, key: str, path: str) -> etree._Element | None:
        seen: set[str] = set()
        while key in self.of and key not in seen:
            seen.add(key)
            found = self.of[key].find(path)
            if found is not None:
                return found
            key = value(self.of[key].find(f"{W}basedOn"))
        return None


def shape(paragraph: etree._Element, styles: Styles) -> Shape:
    """How this paragraph looks."""
    runs = [run for run in paragraph.iter(f"{W}r") if any((part.text or "").strip() for part in run.findall(f"{W}t"))]
    key = value(paragraph.find(f"{W}pPr/{W}pStyle")) or styles.default
    fonts = {_font(run, key, styles) for run in runs}
    outline = value(_of_paragraph(paragraph, key, styles, "outlineLvl"))
    number = _of_paragraph(paragraph, key, styles, "numPr")
    return Shape(
        paragraph,
        " ".join(said(paragraph).split()),
        value(_of_paragraph(paragraph, key, styles, "jc")),
        max((_size(run, key, styles) for run in runs), default=0),
        fonts.pop() if len(fonts) == 1 else "",
        bool(runs) and all(on(_look(run, key, styles, "b")) for run in runs),
        styles.name(key).lower(),
        int(outline) + 1 if outline.isdecimal() and int(outline) < 9 else 0,
        number is not None and value(number.find(f"{W}numId")) not in ("", "0"),
    )


def said(paragraph: etree._Element) -> str:
    """The text of a paragraph, its breaks as blanks; what is drawn beside it left out."""
    words = []
    for part in paragraph.iter(f"{W}t", f"{W}br", f"{W}tab", f"{W}cr"):
        if not any(local(above) in ("txbxContent", "Fallback", "drawing") for above in part.iterancestors()):
            words.append((part.text or "") if local(part) == "t" else " ")
    return "".join(words)


def _of_paragraph(paragraph: etree._Element, key: str, styles: Styles, name: str) -> etree._Element | None:
    own = paragraph.find(f"{W}pPr/{W}{name}")
    return own if own is not None else styles.find(key, f"{W}pPr/{W}{name}")


def _look(run: etree._Element, key: str, styles: Styles, name: str) -> etree._Element | None:
    own = run.find(f"{W}rPr/{W}{name}")
    if own is not None:
        return own
    of_run = styles.find(value(run.find(f"{W}rPr/{W}rStyle")), f"{W}rPr/{W}{name}")
    return of_run if of_run is not None else styles.find(key, f"{W}rPr/{W}{name}")


def _font(run: etree._Element, key: str, styles: Styles) -> str:
    found = _look(run, key, styles, "rFonts")
    name = "" if found is None else found.get(f"{W}eastAsia") or found.get(f"{W}ascii") or ""
    return (
        "title"
        if _TITLE_FONT.search(name)
        else "black"
        if _BLACK.search(name)
        else "brush"
        if _BRUSH.search(name)
        else ""
    )


def _size(run: etree._Element, key: str, styles: Styles) -> float:
    text = value(_look(run, key, styles, "sz"))
    return int(text) / 2 if text.isdecimal() else 0
