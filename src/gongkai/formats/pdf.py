"""PDF: ruled tables as grids, the text around them as lines, page by page. A page without text needs OCR."""

from __future__ import annotations

import io
import logging
import re
import warnings
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol, cast

import pdfplumber
import pypdfium2

from gongkai.formats.alone import alone
from gongkai.law.findings import Finding, Place
from gongkai.report.rules import source as rules

from .blocks import NO_CELL, Block, Cell, Grid, Paragraph, Picture
from .limits import DEFAULT, MIB, Limits, check_size, check_time, damaged, encrypted
from .source import Parsed, Unreadable
from .spans import check_grid, without_echoes
from .streams import check_streams
from .typeset import Glyph, Line, columns, lines, segments, written

_PAGE_NUMBER: Final = re.compile(
    r"[\-—–－―·\s]*(?:第?\s*\d{1,3}\s*页?)(?:\s*[/／，,]?\s*共?\s*\d{0,3}\s*页?)?[\-—–－―·\s]*"
)
_MARGIN: Final = 0.13  # of the page height: where page numbers and running heads stand
_SNAP: Final = 2.5  # points between edges that are meant to be one
_THIN: Final = 3.0  # points: a filled box as thin as this is a rule
_BIG_PICTURE: Final = 0.15  # of the page
_FEW: Final = 12  # characters a page; a scanned page has at most a stamp or a number
_CORNERS: Final = 8  # of a frame drawn in one stroke
_MANY_EDGES: Final = 6_000  # on one page: a drawing, not a table
_CONTENT: Final = 6 * MIB  # of one page's drawing commands

Box = tuple[float, float, float, float]  # left, top, right, bottom

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)


class _Ruled(Protocol):
    """What pdfplumber knows of a table: where its cells are."""

    cells: Sequence[Box]
    bbox: Box


class _PlumberPage(Protocol):
    """What is used of a page of pdfplumber's."""

    width: float
    height: float
    chars: list[dict[str, Any]]
    images: list[dict[str, Any]]
    edges: list[dict[str, Any]]

    def filter(self, keep: object) -> _PlumberPage: ...
    def find_tables(self, table_settings: dict[str, Any] | None = None) -> list[_Ruled]: ...
    def close(self) -> None: ...


@dataclass(slots=True)
class _Page:
    """One page, taken apart."""

    number: int
    height: float
    lines: list[Line]
    grids: list[tuple[float, tuple[tuple[Cell, ...], ...]]]  # each with its upper edge
    pictures: list[float]

    @property
    def at(self) -> str:
        return f"第{self.number}页"


def parse(data: bytes, limits: Limits = DEFAULT) -> Parsed:
    """The blocks of a PDF with a text layer."""
    check_size(len(data), limits)
    start = max(0, data.find(b"%PDF"))
    data = data[start:]
    check_streams(data, limits)
    title = _survey(data, limits)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            pages = list(_pages(data, limits))
    except Unreadable:
        raise
    except Exception as error:  # pdfminer raises whatever a broken file makes it stumble over
        raise damaged("pdf") from error
    if not any(page.lines or page.grids for page in pages):
        raise _needs_ocr()
    remarks: list[Finding] = []
    inferred = not any(page.grids for page in pages)
    heads = _running_heads(pages)
    blocks: list[Block] = []
    for page in pages:
        blocks.extend(_blocks(page, heads, inferred, remarks))
    return Parsed(tuple(blocks), title=title, remarks=tuple(remarks), pages=len(pages))


def _needs_ocr() -> Unreadable:
    return Unreadable(
        "pdf.needs_ocr",
        "PDF 没有文字层（可能是扫描件），需做文字识别（OCR）：用 make ocr 装好后加 --ocr 再读，或请报送单位提供可复制文字的版本。",
        "The PDF has no text layer (it may be a scan): it needs OCR. Set that up with `make ocr` and read it with --ocr, "
        "or ask for a version with text.",
    )


@alone
def _survey(data: bytes, limits: Limits) -> str | None:
    """The title, once the file proves to open without a password, with few enough pages and some text."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise encrypted() if "password" in str(error).lower() else damaged("pdf") from error
    try:
        count = len(document)
        if count == 0:
            raise damaged("pdf")
        if count > limits.pages:
            raise Unreadable(
                "pdf.too_many_pages",
                f"PDF 有 {count} 页，超过上限 {limits.pages} 页，不像是一份年度报告。",
                f"The PDF has {count} pages, more than the limit of {limits.pages}; hardly an annual report.",
            )
        if not any(_letters_on(document, index) > _FEW for index in range(count)):
            raise _needs_ocr()
        title = document.get_metadata_value("Title")
        return " ".join(title.split()) or None
    except pypdfium2.PdfiumError as error:
        raise damaged("pdf") from error
    finally:
        document.close()


def _letters_on(document: pypdfium2.PdfDocument, index: int) -> int:
    try:
        page = document[index]
        text = page.get_textpage()
        count = int(text.count_chars())
        text.close()
        page.close()
    except pypdfium2.PdfiumError:
        return 0
    return count


def _pages(data: bytes, limits: Limits) -> Iterator[_Page]:
    deadline = limits.deadline()
    odd = total = 0
    with pdfplumber.open(io.BytesIO(data)) as document:
        for number, page in enumerate(document.pages, 1):
            check_time(deadline)
            _check_content(page)
            taken, unknown = _take_apart(cast(_PlumberPage, page), number, limits)
            odd += unknown
            total += len(page.chars)
            page.close()
            yield taken
    if total and odd > 0.2 * total:
        raise Unreadable(
            "pdf.no_unicode",
            "PDF 的文字没有可用的编码（复制出来是乱码）：加 --ocr 做文字识别，或另取版本。",
            "The PDF's characters carry no usable encoding (they copy as garbage): run OCR, or get another version.",
        )


def _check_content(page: Any) -> None:
    size = sum(len(stream.get_data()) for stream in page.page_obj.contents if hasattr(stream, "get_data"))
    if size > _CONTENT:
        raise Unreadable(
            "pdf.too_much",
            "PDF 的某一页内容过多，未予读取。",
            "One page of the PDF holds too much and was not read.",
        )


def _take_apart(page: _PlumberPage, number: int, limits: Limits) -> tuple[_Page, int]:
    """A page's lines, grids and pictures, and how many of its characters are unknown."""
    if len(page.chars) > limits.objects:
        check_grid(limits.rows + 1, 1, limits)
    upright = [char for char in page.chars if char["upright"]] if page.chars else []
    glyphs: list[Glyph] = []
    unknown = 0
    for char in upright if len(upright) * 3 > len(page.chars) * 2 else page.chars:
        text = char["text"]
        if text.startswith("(cid:") or "\ue000" <= text <= "\uf8ff":
            unknown += 1
            continue
        glyphs.append(Glyph(text, char["x0"], char["x1"], char["top"], char["bottom"]))
    grids, rest = _grids(page, glyphs, limits)
    area = page.width * page.height
    pictures = [
        image["top"]
        for image in page.images
        if (image["x1"] - image["x0"]) * (image["bottom"] - image["top"]) > _BIG_PICTURE * area
    ]
    found = [line for line in lines(rest) if line.text]
    return _Page(number, page.height, found, grids, pictures), unknown


def _is_rule(thing: dict[str, Any]) -> bool:
    """Whether something drawn can be part of a table's frame: not a filled ground, not a curve of a drawing."""
    if thing["object_type"] == "rect" and not thing.get("stroke"):
        return bool(min(thing["width"], thing["height"]) < _THIN)
    return thing["object_type"] != "curve" or len(thing.get("pts", ())) <= _CORNERS


_Grids = list[tuple[float, tuple[tuple[Cell, ...], ...]]]


def _grids(page: _PlumberPage, glyphs: list[Glyph], limits: Limits) -> tuple[_Grids, list[Glyph]]:
    """The ruled tables of two columns or more, and the characters outside them."""
    grids: _Grids = []
    for table in _tables(page.filter(_is_rule)):
        xs = _edges([x for cell in table.cells for x in (cell[0], cell[2])])
        ys = _edges([y for cell in table.cells for y in (cell[1], cell[3])])
        if len(xs) < 3 or len(table.cells) < 2:
            continue
        check_grid(len(ys), len(xs), limits)
        inside = [g for g in glyphs if _holds(xs, ys, g)]
        glyphs = [g for g in glyphs if not _holds(xs, ys, g)]
        grid = _grid(table.cells, xs, ys, inside)
        if grid:
            grids.append((ys[0], grid))
    return grids, glyphs


def _tables(page: _PlumberPage) -> list[_Ruled]:
    """The ruled tables, those too whose frame the file leaves open: at a page break, or at the sides."""
    edges = page.edges
    if len(edges) > _MANY_EDGES:
        return []
    missing_h: list[dict[str, Any]] = []
    missing_v: list[dict[str, Any]] = []
    for across, down in _frames(edges):
        left, right = min(e["x0"] for e in across), max(e["x1"] for e in across)
        top, bottom = min(e["top"] for e in down), max(e["bottom"] for e in down)
        missing_h += [
            _rule(left, y, right, y) for y in (top, bottom) if not _drawn(across, "top", y, "x", right - left)
        ]
        missing_v += [_rule(x, top, x, bottom) for x in (left, right) if not _drawn(down, "x0", x, "y", bottom - top)]
    return page.find_tables({"explicit_horizontal_lines": missing_h, "explicit_vertical_lines": missing_v})


_Edges = list[dict[str, Any]]


def _frames(edges: _Edges) -> Iterator[tuple[_Edges, _Edges]]:
    """The rules that touch one another, across and down: those of one table."""
    across = sorted((e for e in edges if e["orientation"] == "h"), key=lambda e: cast(float, e["top"]))
    down = [e for e in edges if e["orientation"] == "v"]
    tops = [e["top"] for e in across]
    frame_of = list(range(len(across)))
    touching: list[list[int]] = []
    for edge in down:
        near = range(bisect_left(tops, edge["top"] - _SNAP), bisect_right(tops, edge["bottom"] + _SNAP))
        touched = [n for n in near if across[n]["x0"] - _SNAP <= edge["x0"] <= across[n]["x1"] + _SNAP]
        touching.append(touched)
        for n in touched[1:]:
            _join(frame_of, touched[0], n)
    frames: dict[int, tuple[_Edges, _Edges]] = {}
    for n, edge in enumerate(across):
        frames.setdefault(_root(frame_of, n), ([], []))[0].append(edge)
    for edge, touched in zip(down, touching, strict=True):
        if touched:
            frames[_root(frame_of, touched[0])][1].append(edge)
    yield from (frame for frame in frames.values() if len(frame[0]) > 1 and frame[1])


def _root(parents: list[int], n: int) -> int:
    while parents[n] != n:
        parents[n] = parents[parents[n]]
        n = parents[n]
    return n


def _join(parents: list[int], one: int, other: int) -> None:
    parents[_root(parents, other)] = _root(parents, one)


def _drawn(edges: Sequence[dict[str, Any]], axis: str, place: float, along: str, length: float) -> bool:
    """Whether the rules drawn at this place cover nearly the whole side of the frame."""
    at = [e for e in edges if abs(e[axis] - place) <= _SNAP]
    covered = sum(e["x1"] - e["x0"] if along == "x" else e["bottom"] - e["top"] for e in at)
    return bool(covered > 0.95 * length)


def _rule(left: float, top: float, right: float, bottom: float) -> dict[str, Any]:
    return {
        "object_type": "line",
        "x0": left,
        "x1": right,
        "top": top,
        "bottom": bottom,
        "width": right - left,
        "height": bottom - top,
    }


def _edges(values: list[float]) -> list[float]:
    """The distinct edges, those that lie next to one another taken as one."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _SNAP:
            edges.append(value)
    return edges


def _holds(xs: Sequence[float], ys: Sequence[float], glyph: Glyph) -> bool:
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    return xs[0] - 1 <= x <= xs[-1] + 1 and ys[0] <= y <= ys[-1]


def _slot(edges: Sequence[float], value: float) -> int:
    return min(max(bisect_right(edges, value) - 1, 0), len(edges) - 2)


def _grid(cells: Sequence[Box], xs: list[float], ys: list[float], glyphs: list[Glyph]) -> tuple[tuple[Cell, ...], ...]:
    """The cells by their edges, each with the characters whose middle lies in it. Text between cells is kept too."""
    owner: dict[tuple[int, int], int] = {}
    for index, (left, top, right, bottom) in enumerate(cells):
        for y in range(_slot(ys, top + _SNAP), _slot(ys, bottom - _SNAP) + 1):
            for x in range(_slot(xs, left + _SNAP), _slot(xs, right - _SNAP) + 1):
                owner.setdefault((y, x), index)
    held: dict[int | tuple[int, int], list[Glyph]] = {}
    for glyph in glyphs:
        slot = (_slot(ys, (glyph.top + glyph.bottom) / 2), _slot(xs, (glyph.x0 + glyph.x1) / 2))
        held.setdefault(owner.get(slot, slot), []).append(glyph)
    made: dict[int | tuple[int, int], Cell] = {key: Cell(written(chars)) for key, chars in held.items()}
    rows = []
    for y in range(len(ys) - 1):
        row = []
        for x in range(len(xs) - 1):
            key = owner.get((y, x), (y, x))
            if key not in made:
                made[key] = Cell("") if isinstance(key, int) else NO_CELL
            row.append(made[key])
        rows.append(row)
    return without_echoes(rows)


def _running_heads(pages: Sequence[_Page]) -> frozenset[str]:
    """The lines at the edges of the pages that most of them repeat."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_plain(line) for line in page.lines if _marginal(line, page)})
    return frozenset(text for text, count in seen.items() if count >= 3 and count > 0.6 * len(pages))


def _plain(line: Line) -> str:
    return re.sub(r"[\d\s]+", "", line.text)


def _marginal(line: Line, page: _Page) -> bool:
    return line.bottom < _MARGIN * page.height or line.top > (1 - _MARGIN) * page.height


def _blocks(page: _Page, heads: frozenset[str], inferred: bool, remarks: list[Finding]) -> list[Block]:
    """A page's blocks from top to bottom, page numbers and running heads left out."""
    placed: list[tuple[float, Block]] = []
    kept = [
        line
        for line in page.lines
        if not (_marginal(line, page) and (_PAGE_NUMBER.fullmatch(line.text) or _plain(line) in heads))
    ]
    if inferred:
        placed.extend(_inferred(kept, page, remarks))
    else:
        placed.extend((line.top, Paragraph(line.text, page.at)) for line in kept)
    for number, (top, rows) in enumerate(page.grids, 1):
        placed.append((top, Grid(rows, at=f"{page.at}第{number}个表格")))
    placed.extend((top, Picture(at=page.at)) for top in page.pictures)
    return [block for _, block in sorted(placed, key=lambda item: item[0])]


def _inferred(kept: Sequence[Line], page: _Page, remarks: list[Finding]) -> Iterator[tuple[float, Block]]:
    """Lines set in columns as grids, where the file draws no rules at all."""
    run: list[Line] = []
    for line in [*kept, None]:
        if line is not None and (len(segments(line)) > 1):
            run.append(line)
            continue
        if len(run) > 1:
            yield run[0].top, Grid(columns([segments(each) for each in run]), exact=False, at=page.at)
            remarks.append(Finding(rules.INFERRED_COLUMNS, Place(source=page.at), {"page": page.at}))
        else:
            yield from ((each.top, Paragraph(each.text, page.at)) for each in run)
        run = []
        if line is not None:
            yield line.top, Paragraph(line.text, page.at)
