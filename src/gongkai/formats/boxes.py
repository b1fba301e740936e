"""Boxes: tables that a page makes of <div>s, by their styles, roles or class names, rewritten as tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from .markup import VOID

_TABLE: Final = re.compile(r"display\s*:\s*(?:inline-)?table\s*(?:[;\"']|$)|role=\"(?:table|grid)\"", re.I)
_ROW: Final = re.compile(r"display\s*:\s*table-row\s*(?:[;\"']|$)|role=\"row\"", re.I)
_CELL: Final = re.compile(r"display\s*:\s*table-cell|role=\"(?:cell|gridcell|columnheader|rowheader)\"", re.I)
_CLASS: Final = re.compile(r'class="([^"]*)"')
_CLASSES: Final = (
    ("tr", frozenset(("tr", "table-row", "t-row", "trow", "tab-row"))),
    ("td", frozenset(("td", "th", "table-cell", "t-cell", "tcell", "tab-cell"))),
    ("table", frozenset(("table", "t-table", "div-table"))),
)
_ROLES: Final = re.compile(r"role=[\"']?(?:grid)?cell")
_NAMES: Final = re.compile(r"class=[\"']?(?:td|tr|t-cell|tcell|tab-cell)\b")
_SPAN: Final = re.compile(r"aria-(?=(?:row|col)span=)")
_ELEMENTS: Final = frozenset(("table", "tr", "td", "th", "tbody", "thead", "tfoot"))


def may_hold(text: str) -> bool:
    """Whether a page speaks of boxes that could be cells."""
    return "table-cell" in text or bool(_ROLES.search(text) or _NAMES.search(text))


def as_tables(pieces: list[str]) -> Iterator[str]:
    """The pieces of a page as Lexbor writes it, its boxes that make tables renamed to the elements of tables."""
    stack: list[tuple[str, str]] = []  # of each open element: what it became, and the nearest role around its content
    loose: list[int] = []  # depths at which rows stand without a table around them
    for piece in pieces:
        tag, bracket, text = piece.partition(">")
        name, _, attributes = tag.partition(" ")
        if not bracket or not name or name[0] in "!?":
            yield piece
            continue
        if name[0] == "/":
            if loose and loose[-1] == len(stack):
                loose.pop()
                yield "/table>"
            became = stack.pop()[0] if stack else name[1:]
            ends = bool(loose) and loose[-1] == len(stack) and not text.isspace() and bool(text)
            yield f"/{became}>" if ends else f"/{became}>{text}"
            if ends:
                loose.pop()
                yield "/table>" + text
            continue
        outer = stack[-1][1] if stack else ""
        role = _role(name, attributes, outer)
        among_rows = bool(loose) and loose[-1] == len(stack)
        if among_rows and role != "tr":
            loose.pop()
            yield "/table>"
        elif role == "tr" and outer != "table" and not among_rows:
            loose.append(len(stack))
            yield "table boxes>"
        if name not in VOID:
            stack.append((role or name, role or outer))
        yield f"{role} {'boxes ' if role == 'table' else ''}{_SPAN.sub('', attributes)}>{text}" if role else piece


def _role(name: str, attributes: str, outer: str) -> str:
    """What a box is. A cell is one only within a row, for pages set single boxes as cells to centre them."""
    if not attributes or name in _ELEMENTS:
        return ""
    if _ROW.search(attributes):
        return "tr"
    if _CELL.search(attributes):
        return "td" if outer == "tr" else ""
    if _TABLE.search(attributes):
        return "table"
    named = _CLASS.search(attributes)
    words = frozenset(named[1].split()) if named else frozenset()
    role = next((role for role, names in _CLASSES if names & words), "")
    return "" if role == "td" and outer != "tr" else role
