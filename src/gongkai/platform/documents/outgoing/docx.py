"""DOCX: real headings, tables and pictures in the look of official documents (GB/T 9704), fonts named for Word."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.xmlchemy import serialize_for_reading
from docx.shared import Mm

from gongkai.formats.writing.archive import settled
from gongkai.formats.writing.docx import dress, font_table
from gongkai.formats.writing.look import BODY, LINE, WIDTH, runs_from_right
from gongkai.platform.documents.body import Block, Cell, Listing, Paragraph, Quote, Rule, Run, Table

from .document import Document, body, box, linked, printable, printed, shown, source
from .grid import Placed, placed, widths
from .titles import title_lines

_W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_HEI, _KAI, _BOOK = "黑体", "楷体_GB2312", "宋体"
_TALLEST: Final = 200.0
_BULLETS: Final = "•◦▪"
_STYLES: Final = {2: "Heading1", 3: "Heading2", 4: "Heading3"}


def to_docx(document: Document) -> bytes:
    """The document as a Word file."""
    made = docx.Document()
    dress(made)
    for xml in _own_styles():
        made.styles.element.append(parse_xml(xml))
    final = made.element.body[-1]
    writer = _Writer(document, made)
    for xml in writer.parts():
        final.addprevious(parse_xml(xml))
    _name(made, document)
    out = io.BytesIO()
    made.save(out)
    return settled(out.getvalue(), {"word/fontTable.xml": font_table()})


def _name(made: Any, document: Document) -> None:
    properties = made.core_properties
    on = document.published_on or document.made_on or date(2000, 1, 1)
    properties.title = shown(document.title)[:255]
    properties.author = shown(document.organ)[:255]
    properties.identifier = shown(document.index_number)[:255]
    properties.last_modified_by = properties.comments = ""
    properties.language = "zh-CN"
    properties.created = properties.modified = datetime.combine(on, time())
    properties.revision = 1


def _own_styles() -> Iterator[str]:
    none = '<w:ind w:firstLine="0" w:firstLineChars="0"/>'
    tight = f'<w:snapToGrid w:val="0"/><w:spacing w:line="264" w:lineRule="auto"/>{none}'
    yield _style("Heading2", "heading 2", '<w:keepNext/><w:outlineLvl w:val="1"/>', _east(_KAI))
    yield _style("Heading3", "heading 3", '<w:keepNext/><w:outlineLvl w:val="2"/>', "<w:b/>")
    yield _style("GongkaiCell", "公开·单元格", f'{tight}<w:jc w:val="left"/>', _east(_BOOK) + _size(10.5))
    yield _style("GongkaiFacts", "公开·信息", f'{tight}<w:jc w:val="left"/>', _east(_BOOK) + _size(10.5))
    yield _style("GongkaiCaption", "公开·表题", f'<w:keepNext/>{none}<w:jc w:val="center"/>', _east(_HEI) + _size(12))
    yield _style(
        "GongkaiPicture",
        "公开·图",
        f'<w:spacing w:before="120" w:after="120" w:line="240" w:lineRule="auto"/>{none}<w:jc w:val="center"/>',
        "",
    )
    yield _style(
        "GongkaiQuote",
        "公开·引文",
        '<w:ind w:left="640" w:right="640" w:firstLine="0" w:firstLineChars="0"/>',
        _east(_KAI),
    )
    edge = "".join(
        f'<w:{side} w:val="single" w:sz="8" w:space="4" w:color="B3261E"/>'
        for side in ("top", "left", "bottom", "right")
    )
    yield _style(
        "GongkaiValidity",
        "公开·效力",
        f'<w:pBdr>{edge}</w:pBdr><w:snapToGrid w:val="0"/><w:spacing w:after="160" w:line="240" w:lineRule="auto"/><w:ind w:left="100" w:right="100" w:firstLine="0" w:firstLineChars="0"/><w:jc w:val="center"/>',
        f'{_east(_HEI)}<w:color w:val="B3261E"/>{_size(14)}',
    )
    yield _style(
        "GongkaiSource",
        "公开·出处",
        f'<w:snapToGrid w:val="0"/><w:spacing w:line="288" w:lineRule="auto"/>{none}<w:jc w:val="left"/>',
        _east(_BOOK) + _size(10),
    )


def _style(key: str, name: str, paragraph: str, run: str) -> str:
    own = ' w:customStyle="1"' if key.startswith("Gongkai") else ""
    return (
        f'<w:style {_W} w:type="paragraph"{own} w:styleId="{key}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _east(font: str) -> str:
    return f'<w:rFonts w:eastAsia="{font}"/>'


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def _twips(millimetres: float) -> int:
    return round(millimetres / 25.4 * 1440)


class _Writer:
    """Writes the parts of a document one after the other, as XML."""

    def __init__(self, document: Document, made: Any) -> None:
        self.document, self.part = document, made.part

    def parts(self) -> Iterator[str]:
        document = self.document
        if mark := shown(document.validity):
            yield _paragraph("GongkaiValidity", _run(mark))
        if rows := box(document):
            yield _facts(rows)
        if title := shown(document.title):
            yield _paragraph(
                "Title",
                "<w:r><w:br/></w:r>".join(map(_run, title_lines(title))),
                f'<w:spacing w:before="{round(LINE * 20)}"/>',
            )
        for block in body(document):
            yield from self.block(block)
        yield from self.attachments()
        for n, (label, text) in enumerate(source(document)):
            rule = (
                '<w:pBdr><w:top w:val="single" w:sz="4" w:space="6" w:color="777777"/></w:pBdr><w:spacing w:before="480" w:line="288" w:lineRule="auto"/>'
                if n == 0
                else ""
            )
            yield _paragraph("GongkaiSource", _run(f"{label}：{text}"), rule)

    def attachments(self) -> Iterator[str]:
        names = [shown(name) for name in self.document.attachments]
        if names:
            yield _paragraph("Normal", "")
        for number, name in enumerate(names, 1):
            head = "附件：" if number == 1 else ""
            text = f"{head}{number}. {name}" if len(names) > 1 else f"{head}{name}"
            first, hanging = (2, 6 if len(names) > 1 else 5) if number == 1 else (5, 6)
            indent = f'<w:ind w:left="{round(hanging * BODY * 20)}" w:hanging="{round((hanging - first) * BODY * 20)}" w:firstLineChars="0"/>'
            yield _paragraph("Normal", _run(text), indent)

    def block(self, block: Block, depth: int = 0) -> Iterator[str]:
        match block:
            case Paragraph():
                yield self.paragraph(block)
            case Listing():
                yield from self.listing(block, depth)
            case Quote():
                for inner in block.blocks:
                    yield from (
                        [self.paragraph(inner, "GongkaiQuote")]
                        if isinstance(inner, Paragraph) and not inner.level
                        else self.block(inner)
                    )
            case Table():
                if block.caption:
                    yield _paragraph("GongkaiCaption", self.runs(block.caption))
                yield self.table(block)
                yield _paragraph("GongkaiAfter", "")
            case Rule():
                yield _paragraph(
                    "GongkaiAfter",
                    "",
                    '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="000000"/></w:pBdr>',
                )

    def paragraph(self, paragraph: Paragraph, style: str = "") -> str:
        alone = len(paragraph.runs) == 1 and paragraph.runs[0].picture is not None
        style = style or _STYLES.get(paragraph.level, "GongkaiPicture" if alone else "Normal")
        more = "<w:bidi/>" if runs_from_right(paragraph.text) else ""
        if not alone and paragraph.align == "center":
            more += '<w:ind w:firstLine="0" w:firstLineChars="0"/><w:jc w:val="center"/>'
        elif not alone and paragraph.align == "right":
            more += f'<w:ind w:right="{round(2 * BODY * 20)}" w:rightChars="200" w:firstLine="0" w:firstLineChars="0"/><w:jc w:val="right"/>'
        return _paragraph(style, self.runs(paragraph.runs), more)

    def listing(self, listing: Listing, depth: int, style: str = "Normal", room: float = WIDTH) -> Iterator[str]:
        for number, item in enumerate(listing.items):
            mark = f"{listing.start + number}. " if listing.start else f"{_BULLETS[min(depth, 2)]} "
            for n, block in enumerate(item):
                left = round((depth + (2 if style == "Normal" else 0) + 1.25) * BODY * 20)
                hanging = f' w:hanging="{round(1.25 * BODY * 20)}"' if n == 0 else ' w:firstLine="0"'
                indent = f'<w:ind w:left="{left}"{hanging} w:firstLineChars="0"/>'
                if isinstance(block, Paragraph):
                    yield _paragraph(style, (_run(mark) if n == 0 else "") + self.runs(block.runs, room), indent)
                elif isinstance(block, Listing):
                    yield from self.listing(block, depth + 1, style, room)
                else:
                    yield from self.block(block)

    def runs(self, runs: Sequence[Run], room: float = WIDTH) -> str:
        made = []
        for run in runs:
            if run.picture:
                made.append(self.picture(run.picture.src, shown(run.picture.alt), room))
            elif run.href and (address := linked(self.document, run.href)):
                made.append(
                    f'<w:hyperlink r:id="{self.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)}">{_run(printed(run.text), run.marks, link=True)}</w:hyperlink>'
                )
            else:
                made.append(_run(printed(run.text), run.marks))
        return "".join(made)

    def picture(self, src: str, alt: str, room: float) -> str:
        data = self.document.pictures.get(src)
        made = printable(data, room - 2, _TALLEST) if data else None
        if made is None:
            return _run(f"［图：{alt}］") if alt else ""
        inline = self.part.new_pic_inline(io.BytesIO(made.data), Mm(made.width), Mm(made.height))
        inline.docPr.set("descr", alt)
        return f"<w:r><w:drawing>{serialize_for_reading(inline)}</w:drawing></w:r>"

    # ── tables ────────────────────────────────────────────────────────────────────────────────────────────

    def table(self, table: Table, room: float = WIDTH) -> str:
        cells, columns = placed(table)
        across = [_twips(width) for width in widths(cells, columns, room)]
        sides = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        caption = (
            f"<w:tblCaption w:val={quoteattr(''.join(run.text for run in table.caption)[:200])}/>"
            if table.caption
            else ""
        )
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in across)
        rows = "".join(self.row(y, cells, across, head=y < table.head) for y in range(len(table.rows)))
        return (
            f'<w:tbl {_W}><w:tblPr><w:tblW w:w="{sum(across)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{sides}</w:tblBorders>'
            f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>'
            f'<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>{caption}</w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
        )

    def row(self, y: int, cells: Sequence[Placed], across: Sequence[int], *, head: bool) -> str:
        """A row with every cell that lies in it, gaps filled: Word wants the whole grid."""
        inner: list[str] = []
        x = 0
        for one in sorted((one for one in cells if one.row <= y < one.row + one.cell.down), key=lambda one: one.column):
            inner.extend(_empty(width) for width in across[x : one.column])
            inner.append(
                self.cell(one.cell, sum(across[one.column : one.column + one.cell.across]), begins=one.row == y)
            )
            x = one.column + one.cell.across
        inner.extend(_empty(width) for width in across[x:])
        repeated = "<w:tblHeader/>" if head else ""
        return f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{_twips(7)}" w:hRule="atLeast"/>{repeated}</w:trPr>{"".join(inner)}</w:tr>'

    def cell(self, cell: Cell, width: int, *, begins: bool) -> str:
        spans = f'<w:gridSpan w:val="{cell.across}"/>' if cell.across > 1 else ""
        spans += f'<w:vMerge w:val="{"restart" if begins else "continue"}"/>' if cell.down > 1 else ""
        held = "".join(self.held(cell, width / 1440 * 25.4)) if begins else ""
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spans}<w:vAlign w:val="center"/></w:tcPr>{held or _paragraph("GongkaiCell", "")}</w:tc>'

    def held(self, cell: Cell, room: float) -> Iterator[str]:
        last: Block | None = None
        for last in cell.blocks:
            if isinstance(last, Paragraph):
                side = last.align or ("center" if cell.head else "")
                runs = (
                    tuple(Run(run.text, run.marks | {"strong"}, run.href, run.picture) for run in last.runs)
                    if cell.head
                    else last.runs
                )
                yield _paragraph("GongkaiCell", self.runs(runs, room - 3), f'<w:jc w:val="{side}"/>' if side else "")
            elif isinstance(last, Listing):
                yield from self.listing(last, 0, "GongkaiCell", room - 8)
            elif isinstance(last, Table):
                yield self.table(last, room - 4)
        if isinstance(last, Table):
            yield _paragraph("GongkaiAfter", "")  # a cell must not end in a table


def _empty(width: int) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_paragraph("GongkaiCell", "")}</w:tc>'


def _paragraph(style: str, runs: str, more: str = "") -> str:
    return f'<w:p {_W}><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{runs}</w:p>'


def _run(text: str, marks: frozenset[str] = frozenset(), *, link: bool = False) -> str:
    if not text:
        return ""
    looks = []
    if "strong" in marks or "em" in marks:
        looks.append(_east(_HEI if "strong" in marks else _KAI))
    looks += ["<w:strike/>"] if "s" in marks else []
    looks += ['<w:color w:val="0B3D7A"/>'] if link else []
    looks += ['<w:u w:val="single"/>'] if "u" in marks or link else []
    looks += (
        [f'<w:vertAlign w:val="{"superscript" if "sup" in marks else "subscript"}"/>'] if marks & {"sup", "sub"} else []
    )
    looks += ["<w:rtl/>"] if runs_from_right(text) else []
    properties = f"<w:rPr>{''.join(looks)}</w:rPr>" if looks else ""
    words = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' if line else "" for line in text.split("\n")
    )
    return f"<w:r>{properties}{words}</w:r>"


def _facts(rows: Sequence[tuple[str, str]]) -> str:
    """The box above the title: two facts to a row."""
    across = [_twips(width) for width in (20, 58, 20, 58)]
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="969696"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    made = ""
    for at in range(0, len(rows), 2):
        pair = rows[at : at + 2]
        cells = "".join(_fact(*row, across, wide=len(pair) == 1) for row in pair)
        made += (
            f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{_twips(7)}" w:hRule="atLeast"/></w:trPr>{cells}</w:tr>'
        )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in across)
    return (
        f'<w:tbl {_W}><w:tblPr><w:tblW w:w="{sum(across)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{sides}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="0600" w:firstRow="0" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f'<w:tblCaption w:val="信息"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{made}</w:tbl>'
    )


def _fact(label: str, text: str, across: Sequence[int], *, wide: bool) -> str:
    """A label and what it stands for; the last of an odd number takes the whole row."""
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>'
    width, span = (sum(across[1:]), '<w:gridSpan w:val="3"/>') if wide else (across[1], "")
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{across[0]}" w:type="dxa"/>{shade}<w:vAlign w:val="center"/></w:tcPr>{_paragraph("GongkaiFacts", _run(label, frozenset({"strong"})))}</w:tc>'
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}<w:vAlign w:val="center"/></w:tcPr>{_paragraph("GongkaiFacts", _run(text))}</w:tc>'
    )
