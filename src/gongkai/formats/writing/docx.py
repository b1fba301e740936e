"""DOCX: real tables with the form's merged cells, in the look of official documents (GB/T 9704), fonts named for Word."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.shared import Mm

from gongkai.formats.charts import Chart, png
from gongkai.report.model import AnnualReport

from .archive import member, related, settled
from .dates import written_on
from .fonts import directory
from .layout import About, Heading, Part, Room, Signed, Text, Title, parts, shown
from .look import (
    ABOUT,
    BODY,
    FOLIO,
    LINE,
    MARGINS,
    TABLE_SIZES,
    TITLE,
    cell_lines,
    indents,
    lead,
    runs_from_right,
    title_lines,
    widths,
)
from .record import PART, as_xml
from .tables import Box, Role, Table

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_SONG, _FANG, _HEI, _KAI, _BOOK = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
_LATIN = "Times New Roman"
_SUBSTITUTES = {_SONG: "FZXiaoBiaoSong-B05S", _FANG: "FangSong", _HEI: "SimHei", _KAI: "KaiTi", _BOOK: "SimSun"}
_CHART = 150  # millimetres wide
_ROOM = 3  # empty lines under a section of a form


def write(report: AnnualReport, *, carry: bool = True, charts: Sequence[Chart] = ()) -> bytes:
    """The report as a Word document; without `carry` a form to fill in. Charts come as pictures at the end."""
    document = docx.Document()
    dress(document)
    body = document.element.body
    final = body[-1]  # the section's properties stay last
    laid = parts(report, room=not carry)
    signed = [part for part in laid if isinstance(part, Signed)]
    for xml in _body([part for part in laid if not isinstance(part, Signed)]):
        final.addprevious(parse_xml(xml))
    for xml in _signature(signed):
        final.addprevious(parse_xml(xml))
    for chart in charts:
        _picture(document, chart)
    _name(document, report)
    made = io.BytesIO()
    document.save(made)
    data = made.getvalue()
    return settled(data, {"word/fontTable.xml": font_table(), **(_carried(data, report) if carry else {})})


def _picture(document: Any, chart: Chart) -> None:
    """A chart as a picture of its own, what it says in words beside it for those who do not see it."""
    paragraph = document.add_paragraph()
    paragraph._p.style = "GongkaiAfter"
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    shape = paragraph.add_run().add_picture(io.BytesIO(png(chart.svg, fonts=directory())), width=Mm(_CHART))
    properties = shape._inline.docPr
    properties.set("descr", chart.alt)
    properties.set("title", chart.title)


def _carried(data: bytes, report: AnnualReport) -> Mapping[str, bytes]:
    relations = "word/_rels/document.xml.rels"
    return {relations: related(member(data, relations), f"../{PART}"), PART: as_xml(report)}


def _name(document: Any, report: AnnualReport) -> None:
    """The document's properties: what it is, whose, of what day."""
    properties = document.core_properties
    on = datetime.combine(written_on(report), time())
    properties.title = shown(report.title or "")[:255]
    properties.author = shown(report.organ or "")[:255]
    properties.last_modified_by = ""
    properties.comments = ""
    properties.language = "zh-CN"
    properties.created = properties.modified = on
    properties.revision = 1


# ── paragraphs ───────────────────────────────────────────────────────────────────────────────────────────


def _body(laid: Iterable[Part]) -> Iterator[str]:
    for part in laid:
        match part:
            case Title():
                yield _paragraph("Title", _lines(title_lines(part.text)), part.text)
            case About():
                yield _paragraph("GongkaiAbout", _run(part.text), part.text)
            case Heading() if part.text:
                yield _paragraph("Heading1", _run(part.text), part.text)
            case Text():
                cut = lead(part.text)
                yield _paragraph("Normal", _run(part.text[:cut], _KAI) + _run(part.text[cut:]), part.text)
            case Table():
                yield _table(part)
                yield _paragraph("GongkaiAfter", "", "")
            case Room():
                yield from (_paragraph("Normal", "", "") for _ in range(_ROOM))


def _signature(lines: Sequence[Signed]) -> Iterator[str]:
    if lines:
        yield _paragraph("Normal", "", "")
    for line, indent in zip(lines, indents(lines), strict=True):
        room = f'<w:ind w:firstLine="0" w:firstLineChars="0" w:right="{round(indent * BODY * 20)}" w:rightChars="{round(indent * 100)}"/>'
        yield _paragraph("Normal", _run(line.text), line.text, f'{room}<w:jc w:val="right"/>')


def _paragraph(style: str, runs: str, text: str, more: str = "") -> str:
    bidi = "<w:bidi/>" if runs_from_right(text) else ""
    return f'<w:p {_W}><w:pPr><w:pStyle w:val="{style}"/>{bidi}{more}</w:pPr>{runs}</w:p>'


def _lines(lines: Iterable[str]) -> str:
    return "<w:r><w:br/></w:r>".join(map(_run, lines))


def _run(text: str, font: str | None = None) -> str:
    if not text:
        return ""
    fonts = f'<w:rFonts w:eastAsia="{font}"/>' if font else ""
    rtl = "<w:rtl/>" if runs_from_right(text) else ""
    properties = f"<w:rPr>{fonts}{rtl}</w:rPr>" if fonts or rtl else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


# ── tables ───────────────────────────────────────────────────────────────────────────────────────────────


def _table(table: Table) -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = [_twips(width) for width in widths(table)]
    margin = '<w:left w:w="45" w:type="dxa"/><w:right w:w="45" w:type="dxa"/>'
    rows = "".join(_rows(table, grid))
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
    return (
        f'<w:tbl {_W}><w:tblPr><w:tblW w:w="{sum(grid)}" w:type="dxa"/><w:jc w:val="center"/>'
        f"<w:tblBorders>{sides}</w:tblBorders>"
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margin}</w:tblCellMar>'
        f'<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(table.name)}/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _twips(millimetres: float) -> int:
    return round(millimetres / 25.4 * 1440)


def _rows(table: Table, grid: Sequence[int]) -> Iterator[str]:
    """The rows with every cell that lies in them: Word repeats a cell in each row that it spans."""
    held: list[list[tuple[int, Box, bool]]] = [[] for _ in table.rows]
    for y, x, box in table.placed():
        for line in range(y, y + box.down):
            held[line].append((x, box, line == y))
    height = _twips(8.0 if table.part == "active" else 6.4)
    for y, cells in enumerate(held):
        head = "<w:tblHeader/>" if y < table.head else ""
        inner = "".join(
            _cell(box, begins, sum(grid[x : x + box.across]), table, last=y == len(held) - 1)
            for x, box, begins in sorted(cells, key=lambda cell: cell[0])
        )
        yield f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/>{head}</w:trPr>{inner}</w:tr>'


def _cell(box: Box, begins: bool, width: int, table: Table, *, last: bool) -> str:
    across = f'<w:gridSpan w:val="{box.across}"/>' if box.across > 1 else ""
    down = (f'<w:vMerge w:val="{"restart" if begins else "continue"}"/>') if box.down > 1 else ""
    left = box.role is Role.ROW and box.down == 1
    style = f"Gongkai{table.part.title()}"
    align = '<w:jc w:val="left"/>' if left and table.part == "applications" else ""
    keep = "" if last else "<w:keepNext/>"  # a table that fits on a page is not torn
    text = f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}{align}</w:pPr>{_lines(cell_lines(box, table.columns)) if begins else ""}</w:p>'
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{across}{down}<w:vAlign w:val="center"/></w:tcPr>{text}</w:tc>'


# ── the look ─────────────────────────────────────────────────────────────────────────────────────────────


def dress(document: Any) -> None:
    """Styles, page and page numbers."""
    styles = document.styles.element
    for style in list(styles):
        if style.tag.endswith("}style"):
            styles.remove(style)
    defaults = next(child for child in styles if child.tag.endswith("}docDefaults"))
    styles.replace(defaults, parse_xml(_defaults()))
    for xml in _styles():
        styles.append(parse_xml(xml))
    section = document.sections[0]
    page = section._sectPr
    for child in list(page):
        page.remove(child)
    document.settings.odd_and_even_pages_header_footer = True
    section.footer.is_linked_to_previous = False
    section.even_page_footer.is_linked_to_previous = False
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        for paragraph in list(footer._element):
            footer._element.remove(paragraph)
        footer._element.append(parse_xml(_folio(side)))
    for xml in _page():
        page.append(parse_xml(xml))


def _page() -> Iterator[str]:
    margins = " ".join(f'w:{side}="{_twips(width)}"' for side, width in MARGINS.items())
    yield f'<w:pgSz {_W} w:w="11906" w:h="16838"/>'
    yield f'<w:pgMar {_W} {margins} w:header="851" w:footer="{_twips(MARGINS["bottom"] - 7 - 5)}" w:gutter="0"/>'
    yield f'<w:docGrid {_W} w:type="lines" w:linePitch="{round(LINE * 20)}"/>'


def _folio(side: str) -> str:
    """— 1 —: outside, one character from the edge of the text."""
    indent = f'<w:ind w:{side}="{round(FOLIO * 20)}" w:{side}Chars="100"/>'
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    return (
        f'<w:p {_W}><w:pPr><w:pStyle w:val="Footer"/>{indent}<w:jc w:val="{side}"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">— </w:t></w:r>{field}<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p>'
    )


def _fonts(east: str, latin: str = _LATIN) -> str:
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{east}" w:cs="{latin}"/>'


def _defaults() -> str:
    return (
        f"<w:docDefaults {_W}><w:rPrDefault><w:rPr>{_fonts(_FANG)}<w:kern w:val=\"2\"/><w:sz w:val=\"32\"/><w:szCs w:val=\"32\"/>"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ug-CN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
    )


def _styles() -> Iterator[str]:
    exact = f'<w:spacing w:line="{round(LINE * 20)}" w:lineRule="exact"/>'
    indent = f'<w:ind w:firstLine="{round(BODY * 40)}" w:firstLineChars="200"/>'
    none = '<w:ind w:firstLine="0" w:firstLineChars="0"/>'
    yield _style("Normal", "Normal", f'<w:widowControl w:val="0"/>{exact}{indent}<w:jc w:val="both"/>', "", default=True)
    title = f'<w:keepNext/><w:snapToGrid w:val="0"/><w:spacing w:after="{round(LINE * 20)}" w:line="700" w:lineRule="exact"/>{none}<w:jc w:val="center"/>'
    yield _style("Title", "Title", title, _fonts(_SONG, _SONG) + _size(TITLE))
    yield _style("Heading1", "heading 1", '<w:keepNext/><w:outlineLvl w:val="0"/>', _fonts(_HEI))
    yield _style("GongkaiAbout", "公开·说明", f'{none}<w:jc w:val="left"/>', _size(ABOUT))
    yield _style("GongkaiAfter", "公开·表后", f'<w:spacing w:line="200" w:lineRule="exact"/>{none}', _size(5))
    cell = f'<w:snapToGrid w:val="0"/><w:spacing w:line="240" w:lineRule="auto"/>{none}<w:jc w:val="center"/>'
    for part, size in TABLE_SIZES.items():
        yield _style(f"Gongkai{part.title()}", f"公开·{part}", cell, _fonts(_BOOK) + _size(size))
    yield _style("Footer", "footer", f'<w:spacing w:line="240" w:lineRule="auto"/>{none}', _fonts(_BOOK, _BOOK) + _size(FOLIO))


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def _style(key: str, name: str, paragraph: str, run: str, *, default: bool = False) -> str:
    first = ' w:default="1"' if default else ""
    based = "" if default else '<w:basedOn w:val="Normal"/>'
    own = ' w:customStyle="1"' if key.startswith("Gongkai") else ""
    return (
        f'<w:style {_W} w:type="paragraph"{first}{own} w:styleId="{key}"><w:name w:val="{name}"/>{based}<w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def font_table() -> bytes:
    """The fonts that Word users have under two names, each with its other name, for programs that know only that."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>' for name, other in _SUBSTITUTES.items()
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {_W}>{fonts}</w:fonts>'.encode()
