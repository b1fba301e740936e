"""The form as files: DOCX laid out as the notice prints it, CSV and JSON as open data. No request, no database."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import docx
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from gongkai.formats.writing.archive import settled
from gongkai.formats.writing.docx import dress, font_table

from . import layout
from .fields import FIELDS, PLACES
from .reading import shown

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "json": "application/json", "csv": "text/csv; charset=utf-8",
}  # fmt: skip
COLUMNS = ("key", "block", "part", "label", "unit", "value", "printed")
_HEI, _SONG, _TITLE = "黑体", "宋体", "方正小标宋简体"
_WIDTHS = (Mm(34), Mm(34), Mm(56), Mm(46))
_HEIGHT = Mm(6.15)
_SIZE = 9.5
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_EDGE = 'w:val="single" w:sz="6" w:space="0" w:color="000000"'
_BORDERS = f"<w:tblBorders {nsdecls('w')}>" + "".join(f"<w:{side} {_EDGE}/>" for side in _SIDES) + "</w:tblBorders>"


def write(data: Mapping[str, Any], ending: str) -> bytes:
    """A published form, or one that is still filled in, in one of the formats."""
    return {"docx": _docx, "json": _json, "csv": _csv}[ending](data)


def name(data: Mapping[str, Any]) -> str:
    """What the file is called, without its ending."""
    return layout.named(data["values"].get("site_name") or data["organ"], data["year"])[:120]


def _json(data: Mapping[str, Any]) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _csv(data: Mapping[str, Any]) -> bytes:
    """One line a box; a blank is empty, never 0; nothing that a spreadsheet takes for a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for field in FIELDS:
        group, part = PLACES[field.key]
        kept = data["values"].get(field.key)
        told = (field.key, group.zh, part.zh, field.zh, field.unit, kept or "", shown(field, kept))
        writer.writerow([f"'{text}" if text[:1] in ("=", "+", "-", "@") else text for text in told])
    return ("\ufeff" + out.getvalue()).encode()


def _docx(data: Mapping[str, Any]) -> bytes:
    file = docx.Document()
    dress(file)
    page = file.sections[0]
    page.top_margin, page.bottom_margin, page.footer_distance = Mm(15), Mm(13), Mm(7)
    page.left_margin = page.right_margin = Mm(20)
    first, second = layout.title(data["year"])
    _write(file.add_paragraph(), first, _TITLE, 20, WD_ALIGN_PARAGRAPH.CENTER)
    _write(file.add_paragraph(), second, _SONG, 12, WD_ALIGN_PARAGRAPH.CENTER, after=3)
    _write(file.add_paragraph(), f"填报单位：{data['organ']}", _SONG, 10.5, after=3)
    _table(file, data["values"])
    about = file.core_properties
    about.title, about.author, about.language = name(data), str(data["organ"])[:255], "zh-CN"
    on = date.fromisoformat(data["published"]) if data.get("published") else date(data["year"] + 1, 1, 1)
    about.created = about.modified = datetime(on.year, on.month, on.day, tzinfo=UTC)
    about.last_modified_by = about.comments = ""
    out = io.BytesIO()
    file.save(out)
    return settled(out.getvalue(), {"word/fontTable.xml": font_table()})


def _table(file: Any, values: Mapping[str, str | None]) -> None:
    laid = [*layout.rows(values)]
    table = file.add_table(rows=len(laid), cols=layout.COLUMNS)
    table._tbl.tblPr.append(parse_xml(_BORDERS))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = width
    taken: set[tuple[int, int]] = set()
    grid = [[*row.cells] for row in table.rows]
    for y, row in enumerate(laid):
        table.rows[y].height, table.rows[y].height_rule = _HEIGHT, WD_ROW_HEIGHT_RULE.AT_LEAST
        x = 0
        for box in row:
            while (y, x) in taken:
                x += 1
            taken |= {(y + down, x + across) for down in range(box.down) for across in range(box.across)}
            cell = grid[y][x]
            if box.down > 1 or box.across > 1:
                cell = cell.merge(grid[y + box.down - 1][x + box.across - 1])
            for extra in cell.paragraphs[1:]:
                extra._element.getparent().remove(extra._element)
            cell.vertical_alignment = 1
            _write(cell.paragraphs[0], box.text, _HEI if box.head else _SONG, _SIZE, WD_ALIGN_PARAGRAPH.CENTER if box.head else None)
            x += box.across
    for row in table.rows:
        for cell, width in zip(row.cells, _WIDTHS, strict=True):
            if cell._tc.grid_span == 1:
                cell.width = width


def _write(paragraph: Any, text: str, font: str, size: float, align: Any = None, after: float = 0) -> None:
    look = paragraph.paragraph_format
    look.first_line_indent, look.space_before, look.space_after, look.line_spacing = Pt(0), Pt(0), Pt(after), 1.0
    told = paragraph._p.get_or_add_pPr()
    told.get_or_add_ind().set(qn("w:firstLineChars"), "0")
    told.insert_element_before(parse_xml(f'<w:snapToGrid {nsdecls("w")} w:val="0"/>'), "w:spacing", "w:ind", "w:jc", "w:rPr")
    if align is not None:
        paragraph.alignment = align
    half = round(size * 2)  # 空格子也是这个字号，行高才一样
    told.append(parse_xml(f'<w:rPr {nsdecls("w")}><w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr>'))
    run = paragraph.add_run(text)
    run.font.size, run.font.name = Pt(size), font
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
