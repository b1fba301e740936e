"""A filled letter read back from Word: its paragraphs and tables with their looks. The PDF is set from this, so both say the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from .filling import W, first_foot
from .laying import STYLES
from .texts import Role

_HEI: Final = ("黑体", "SimHei")
_KAI: Final = ("楷体", "KaiTi")
_ALIGN: Final = {"center": "center", "right": "right", "end": "right", "both": "", "distribute": "", "left": "left", "start": "left"}


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look."""

    text: str
    look: str = ""  # strong、kai


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: what it is in the letter, its words, where it stands."""

    role: Role
    runs: tuple[Run, ...]
    align: str = ""
    new_page: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its paragraphs."""

    paragraphs: tuple[Paragraph, ...]
    across: int = 1
    down: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its rows, its columns' widths in parts, and how many rows are its head."""

    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...] = field(default=())
    head: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A letter: its parts in reading order, and the foot of its first page."""

    parts: tuple[Paragraph | Grid, ...]
    foot: tuple[Paragraph, ...] = ()


def read(document: Any) -> Sheet:
    """What a document of python-docx says."""
    styles = {}
    for style in document.styles.element.iter(f"{W}style"):
        name, align = style.find(f"{W}name"), style.find(f"{W}pPr/{W}jc")
        styles[style.get(f"{W}styleId")] = (
            STYLES.get(name.get(f"{W}val")) if name is not None else None, _ALIGN.get(align.get(f"{W}val"), "") if align is not None else "",
        )  # fmt: skip
    foot = (_paragraph(each, styles) for each in first_foot(document))
    return Sheet(tuple(_blocks(document.element.body, styles)), tuple(each for each in foot if each.text.strip()))


_Styles = dict[Any, tuple[Role | None, str]]


def _blocks(parent: Any, styles: _Styles) -> Iterator[Paragraph | Grid]:
    for child in parent:
        if child.tag == f"{W}p":
            yield _paragraph(child, styles)
        elif child.tag == f"{W}tbl":
            yield _grid(child, styles)
        elif child.tag == f"{W}sdt":
            content = child.find(f"{W}sdtContent")
            yield from _blocks(content if content is not None else [], styles)


def _paragraph(paragraph: Any, styles: _Styles) -> Paragraph:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    role, align = styles.get(style.get(f"{W}val"), (None, "")) if style is not None else (None, "")
    own = paragraph.find(f"{W}pPr/{W}jc")
    if own is not None:
        align = _ALIGN.get(own.get(f"{W}val"), "")
    page = paragraph.find(f"{W}pPr/{W}pageBreakBefore") is not None
    page = page or any(node.get(f"{W}type") == "page" for node in paragraph.iter(f"{W}br"))
    return Paragraph(role or Role.BODY, tuple(_runs(paragraph)), align, page)


def _runs(paragraph: Any) -> Iterator[Run]:
    for run in paragraph.iter(f"{W}r"):
        text = "".join(
            (node.text or "") if node.tag == f"{W}t" else "\t" if node.tag == f"{W}tab" else "\n" if node.get(f"{W}type") != "page" else ""
            for node in run if node.tag in (f"{W}t", f"{W}tab", f"{W}br")
        )  # fmt: skip
        if text:
            yield Run(text, _look(run))


def _look(run: Any) -> str:
    properties = run.find(f"{W}rPr")
    if properties is None:
        return ""
    fonts, bold = properties.find(f"{W}rFonts"), properties.find(f"{W}b")
    east = fonts.get(f"{W}eastAsia") or "" if fonts is not None else ""
    if east.startswith(_HEI) or (bold is not None and bold.get(f"{W}val") not in ("0", "false")):
        return "strong"
    return "kai" if east.startswith(_KAI) else ""


def _grid(table: Any, styles: _Styles) -> Grid:
    widths = tuple(int(column.get(f"{W}w") or 0) for column in table.iterfind(f"{W}tblGrid/{W}gridCol"))
    rows = list(table.iterfind(f"{W}tr"))
    placed: list[list[tuple[int, Cell]]] = []
    open_: dict[int, tuple[int, int]] = {}  # 列 → 向下合并的单元格所在（行、行内位置）
    for y, row in enumerate(rows):
        x = 0
        line: list[tuple[int, Cell]] = []
        for cell in row.iterfind(f"{W}tc"):
            span, merge = cell.find(f"{W}tcPr/{W}gridSpan"), cell.find(f"{W}tcPr/{W}vMerge")
            across = int(span.get(f"{W}val")) if span is not None else 1
            if merge is not None and merge.get(f"{W}val") != "restart" and x in open_:
                up, at = open_[x]
                place, held = placed[up][at]
                placed[up][at] = (place, Cell(held.paragraphs, held.across, held.down + 1))
            else:
                made = Cell(tuple(each for each in _blocks(cell, styles) if isinstance(each, Paragraph)), across)
                open_[x] = (y, len(line))
                line.append((x, made))
            x += across
        placed.append(line)
    head = next((number for number, row in enumerate(rows) if row.find(f"{W}trPr/{W}tblHeader") is None), len(rows))
    return Grid(tuple(tuple(cell for _x, cell in line) for line in placed), widths, head)
