"""党政机关公文格式 (GB/T 9704): sizes, places and fonts that DOCX and PDF share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from .layout import Signed
from .tables import Box, Role, Table

TITLE, BODY, FOLIO, ABOUT = 22.0, 16.0, 14.0, 12.0  # points: 二号、三号、四号、小四
LINE = 28.95  # points: 22 lines on a page
MARGINS = {"top": 37.0, "right": 26.0, "bottom": 35.0, "left": 28.0}  # millimetres; the text is 156 × 225
WIDTH = 156.0
TABLE_SIZES: Mapping[str, float] = {"active": 10.5, "applications": 9.0, "remedies": 9.0}
_LABEL_WIDTHS = (9.0, 15.5, 51.0)  # 表三的三列标签
_ACROSS = 20  # characters of the title's size on a line
_BREAKS = (re.compile(r"(?<=..)(?=(?:19|20)\d\d年)"), re.compile(r"(?<=..)(?=(?:政府|政务)信息公开(?:工作)?年度(?:工作)?报告$)"))
_LEAD = re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)][^。；\n]{1,30}(?:。|$)")


def widths(table: Table) -> tuple[float, ...]:
    """The widths of a table's grid columns in millimetres."""
    if table.part == "applications":
        rest = (WIDTH - sum(_LABEL_WIDTHS)) / (table.columns - len(_LABEL_WIDTHS))
        return (*_LABEL_WIDTHS, *(rest,) * (table.columns - len(_LABEL_WIDTHS)))
    if table.part == "active":
        first = 45.0
        return (first, *((WIDTH - first) / (table.columns - 1),) * (table.columns - 1))
    return (WIDTH / table.columns,) * table.columns


def title_lines(text: str) -> list[str]:
    """The title on one line, or broken where its sense breaks (7.3.1): before the year, else before what it is."""
    found = next(filter(None, (pattern.search(text) for pattern in _BREAKS)), None)
    return [text] if em(text) <= _ACROSS or not found else [text[: found.start()], text[found.start() :]]


def cell_lines(box: Box, columns: int = 0) -> list[str]:
    """A cell's text, broken as the form has it: a group's name behind its number, a long head of 表三 in the middle."""
    number, end, name = box.text.partition("）")
    if box.role is Role.ROW and box.down > 1 and end and name and len(number) <= 2:
        return [number + end, name]
    if box.role is Role.HEAD and box.across == 1 and columns > 4 and len(box.text) > 3:
        half = (len(box.text) + 1) // 2
        return [box.text[:half], box.text[half:]]
    return [box.text]


def lead(text: str) -> int:
    """How many characters at the head of a paragraph are a second-level heading: （一）主动公开情况。"""
    found = _LEAD.match(text)
    return found.end() if found else 0


def em(text: str) -> float:
    """How wide a text is, in characters of its size."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.5 for sign in text)


def indents(lines: Sequence[Signed]) -> tuple[float, ...]:
    """落款 (7.3.5.3): the organ two characters from the right, the day's first character two right of the organ's."""
    if len(lines) != 2:
        return (2.0,) * len(lines)
    organ, day = em(lines[0].text), em(lines[1].text)
    return (2.0, organ - day) if organ - day >= 2 else (4.0 + day - organ, 2.0)


def runs_from_right(text: str) -> bool:
    """Whether a paragraph is written from right to left: its first letter says so."""
    directions = (unicodedata.bidirectional(sign) for sign in text)
    return next((direction in ("R", "AL") for direction in directions if direction in ("L", "R", "AL")), False)
