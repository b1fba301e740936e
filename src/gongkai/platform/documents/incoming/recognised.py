"""Recognised: title, document number and headings of a Chinese official document, by style, look and words (GB/T 9704)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from gongkai.platform.documents.cleaning.recognised import level_of

from .numbers import document_number
from .styles import Shape, Styles, W, shape

_RED_HEAD: Final = re.compile(r"[\u4e00-\u9fff（）()、\s]{4,40}文\s*件")
_TITLE_STYLES: Final = re.compile(r"^(?:title|标题|文件标题|公文标题|主标题|大标题)$")
_HEADING_STYLES: Final = re.compile(r"^(?:heading|标题)\s*([1-9])$|^([一二三四])级标题$")
_KIND: Final = re.compile(
    r"(?:通知|意见|决定|公告|通告|通报|报告|请示|批复|函|纪要|办法|规定|细则|方案|条例|规则|规划|计划|要点|指南|目录|清单|标准|制度|预案|解读|说明|总结|名单|公示)(?:[（(].{1,12}[）)])?$"
)
_HEAD_PART: Final = 15  # paragraphs in which the title stands
_LARGE: Final = 18.0  # points: a title is set in 22, a body in 16
_DAY: Final = re.compile(
    r"(?:\d{4}|[〇○零一二三四五六七八九]{4})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日"
)
_LEVELS: Final = {"一": 1, "二": 2, "三": 3, "四": 4}


@dataclass(frozen=True, slots=True)
class Found:
    """What stands at a document's head, and what of it was left out of the text."""

    title: str = ""
    number: str = ""
    number_mended: bool = False
    red_head: str = ""


def recognise(root: etree._Element, styles: Styles) -> Found:
    """Name the headings and sides of the body's paragraphs; take title, number and red head out of it."""
    body = root.find(f"{W}body")
    if body is None:
        return Found()
    shapes = [one for paragraph in body.iterchildren(f"{W}p") if (one := shape(paragraph, styles)).text]
    found = _head(shapes[:_HEAD_PART])
    rest = [one for one in shapes if one.element.getparent() is not None]
    right = _signature(rest)
    for one in rest:
        _name(one, right=one.element in right)
    inner = [paragraph for table in body.iter(f"{W}tbl") for paragraph in table.iter(f"{W}p")]
    for paragraph in inner:
        one = shape(paragraph, styles)
        if not one.listed:
            _set(paragraph, {"center": "Center", "right": "Right", "end": "Right"}.get(one.side, ""))
    return found


def _head(shapes: Sequence[Shape]) -> Found:
    """Title, number and red head; their paragraphs are taken out."""
    red, number, mended = "", "", False
    title: list[Shape] = []
    for one in shapes:
        told, right = document_number(one.text)
        if told and not number:
            number, mended = told, not right
            _remove(one)
        elif not title and not red and _RED_HEAD.fullmatch(one.text) and "关于" not in one.text:
            red = "".join(one.text.split())
            _remove(one)
        elif _is_title(one) and (not title or _goes_on(title[-1], one)):
            title.append(one)
        elif title or len(one.text) > 60 or level_of(one.text):
            break
    if not title:
        title = [
            one
            for one in shapes[:6]
            if one.element.getparent() is not None
            and len(one.text) <= 80
            and _KIND.search(one.text)
            and not level_of(one.text)
        ][:1]
    for one in title:
        _remove(one)
    return Found(_joined([one.text for one in title]), number, mended, red)


def _is_title(one: Shape) -> bool:
    if len(one.text) > 90 or one.text[-1:] in "。；：:" or _DAY.fullmatch(one.text.strip("（）() ")):
        return False
    if _TITLE_STYLES.match(one.style) or one.font == "title":
        return True
    return (
        one.side == "center"
        and len(one.text) >= 4
        and (one.size >= _LARGE or (one.bold and bool(_KIND.search(one.text))))
    )


def _goes_on(last: Shape, one: Shape) -> bool:
    """Whether a line is the next of a title over several lines; a second title has its own look."""
    return one.size == last.size and one.font == last.font and one.style == last.style and one.side == last.side


def _joined(lines: Sequence[str]) -> str:
    return re.sub(r"(?<=[\u4e00-\u9fff，、（）《》“”]) (?=[\u4e00-\u9fff，、（）《》“”])", "", " ".join(lines))


def _level(one: Shape) -> int:
    """Which level of heading a paragraph is: by its number first, for styles are often misused."""
    by_number = level_of(one.text)
    styled = _HEADING_STYLES.match(one.style)
    told = int(styled[1] or _LEVELS[styled[2]]) + 1 if styled else one.outline + 1 if one.outline else 0
    if told and len(one.text) <= 80 and not one.text.endswith(("。", "；")):
        return by_number or min(told, 4)
    if by_number == 4 and not one.bold:
        return 0
    return by_number


def _signature(shapes: Sequence[Shape]) -> set[etree._Element]:
    """落款: a line that is a day alone, and the short line before it, wherever blanks have put them."""
    right: set[etree._Element] = set()
    for before, one in zip([None, *shapes], shapes, strict=False):
        if _DAY.fullmatch("".join(one.text.split())) and one.side != "center":
            right.add(one.element)
            if (
                before is not None
                and len(before.text) <= 30
                and before.text[-1:] not in "。；：:，"
                and not level_of(before.text)
                and before.side != "center"
            ):
                right.add(before.element)
    return right


def _name(one: Shape, *, right: bool) -> None:
    if one.listed:
        return
    level = _level(one)
    side = "Right" if right or one.side in ("right", "end") else "Center" if one.side == "center" else ""
    _set(one.element, f"H{level}" if level else side)


def _set(paragraph: etree._Element, key: str) -> None:
    """Give the paragraph a style of ours, by which it is turned into HTML."""
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = etree.Element(f"{W}pPr")
        paragraph.insert(0, properties)
    own = properties.find(f"{W}pStyle")
    if own is None:
        own = etree.Element(f"{W}pStyle")
        properties.insert(0, own)
    own.set(f"{W}val", f"Gongkai{key or 'Text'}")


def _remove(one: Shape) -> None:
    """Take a paragraph out; a drawing or the end of a section in it stays."""
    parent = one.element.getparent()
    if parent is None:
        return
    if (
        one.element.find(f".//{W}drawing") is not None
        or one.element.find(f".//{W}pict") is not None
        or one.element.find(f"{W}pPr/{W}sectPr") is not None
    ):
        for text in list(one.element.iter(f"{W}t")):
            text.text = ""
        return
    parent.remove(one.element)
