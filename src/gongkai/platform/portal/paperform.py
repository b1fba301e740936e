"""政府信息公开申请表, on paper: what Article 29 asks for, on one page, to be filled in by hand and handed in or posted. DOCX."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import docx
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from gongkai.formats.writing.archive import settled
from gongkai.formats.writing.docx import dress, font_table
from gongkai.law.receipt import RECEIPTS
from gongkai.platform.cases.choices import APPLICANTS, FORMS, IDENTITIES, OBTAINING, Identity, Labels
from gongkai.platform.catalogue.queries.public import PublicOrgan

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NAME = "政府信息公开申请表.docx"
_HEI, _SONG = "黑体", "宋体"
_WIDTHS = (Mm(24), Mm(42), Mm(104))
_EDITED = datetime(2026, 1, 1, tzinfo=UTC)  # 文件里的日期，不随下载的时间变

_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_EDGE = 'w:val="single" w:sz="6" w:space="0" w:color="000000"'
_BORDERS = f"<w:tblBorders {nsdecls('w')}>" + "".join(f"<w:{side} {_EDGE}/>" for side in _SIDES) + "</w:tblBorders>"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the form: what is asked, what is printed to be ticked, how high it is."""

    label: str
    value: str = ""
    height: float = 8.0


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading; without a heading they take its place."""

    heading: str
    lines: Sequence[Line]


def made(organ: PublicOrgan) -> bytes:
    """The form of one organ, with its address on it."""
    file = docx.Document()
    dress(file)
    page = file.sections[0]
    page.top_margin, page.bottom_margin, page.footer_distance = Mm(16), Mm(16), Mm(7)
    page.left_margin = page.right_margin = Mm(20)
    _write(file.add_paragraph(), "政府信息公开申请表", "方正小标宋简体", 20, WD_ALIGN_PARAGRAPH.CENTER, after=6)
    _table(file, _groups(organ))
    for number, said in enumerate(_notes(organ), start=1):
        _write(file.add_paragraph(), f"{number}．{said}", _SONG, 9.5)
    about = file.core_properties
    about.title, about.author, about.language = "政府信息公开申请表", organ.name, "zh-CN"
    about.created = about.modified = _EDITED
    about.last_modified_by = about.comments = ""
    out = io.BytesIO()
    file.save(out)
    return settled(out.getvalue(), {"word/fontTable.xml": font_table()})


def tag(organ: PublicOrgan) -> str:
    """Changes when what is printed changes."""
    return hashlib.sha256(repr((_groups(organ), _notes(organ))).encode()).hexdigest()[:24]


def _groups(organ: PublicOrgan) -> list[Group]:
    kinds = {key: words for key, words in APPLICANTS.items() if key != "natural"}
    return [
        Group("", [Line("收件机关", organ.name)]),
        Group("申请人\n（公民）", [Line("姓名"), Line("证件类型", _ticks(IDENTITIES, Identity.CREDIT_CODE), 12), Line("证件号码")]),
        Group(
            "申请人\n（法人或者其他组织）",
            [Line("名称"), Line("统一社会信用代码"), Line("法定代表人（负责人）"), Line("联系人"), Line("类型", _ticks(kinds), 12)],
        ),
        Group("联系方式", [Line("联系电话"), Line("电子邮箱"), Line("通信地址、邮政编码", "", 10)]),
        Group("申请公开的\n政府信息", [Line("名称", "", 12), Line("文号，或者便于查询的其他特征性描述", "", 28)]),
        Group("形式要求", [Line("提供的形式", _ticks(FORMS)), Line("获取的方式、途径", _ticks(OBTAINING))]),
        Group("", [Line("阅读、视听有困难，需要怎样的帮助（没有的不填）", "", 12), Line("申请人签名或者盖章", "　" * 16 + "年　　月　　日", 14)]),
    ]  # fmt: skip


def _ticks(table: Labels, without: str = "") -> str:
    return "　".join(f"□ {words[0]}" for key, words in table.items() if key != without)


def _notes(organ: PublicOrgan) -> list[str]:
    post, phone = organ.office_post and f"邮政编码 {organ.office_post}", organ.office_phone and f"电话 {organ.office_phone}"
    where = "，".join(part for part in (organ.office_name, organ.office_address, post, phone) if part)
    by_hand = [f"{each.label}的，以{each.counts}为收到申请之日" for each in RECEIPTS[:3]]
    said = [
        "一件申请写一项信息；不需要说明用途。请附身份证明的复印件。",
        "；".join(by_hand) + "（条例第三十一条）。邮寄的，请在信封上注明“政府信息公开申请”。",
        "书写有困难的，可以口头提出，由工作人员代为填写（条例第二十九条）。",
    ]
    return [*said, f"交到或者寄到：{where}。"] if where else said


def _table(file: Any, groups: Sequence[Group]) -> None:
    table = file.add_table(rows=0, cols=3)
    table._tbl.tblPr.append(parse_xml(_BORDERS))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = width
    for group in groups:
        first = len(table.rows)
        for line in group.lines:
            row = table.add_row()
            row.height, row.height_rule = Mm(line.height), WD_ROW_HEIGHT_RULE.AT_LEAST
            for cell, width in zip(row.cells, _WIDTHS, strict=True):
                cell.width, cell.vertical_alignment = width, 1
            label = row.cells[1] if group.heading else row.cells[0].merge(row.cells[1])
            _write(label.paragraphs[0], line.label, _HEI, 10.5, WD_ALIGN_PARAGRAPH.CENTER)
            _write(row.cells[2].paragraphs[0], line.value, _SONG, 10.5)
        if group.heading:
            whole = table.cell(first, 0).merge(table.cell(len(table.rows) - 1, 0))
            for extra in whole.paragraphs[1:]:
                extra._element.getparent().remove(extra._element)
            _write(whole.paragraphs[0], group.heading, _HEI, 10.5, WD_ALIGN_PARAGRAPH.CENTER)


def _write(paragraph: Any, text: str, font: str, size: float, align: Any = None, after: float = 0) -> None:
    look = paragraph.paragraph_format
    look.first_line_indent, look.space_before, look.space_after, look.line_spacing = Pt(0), Pt(0), Pt(after), 1.15
    told = paragraph._p.get_or_add_pPr()
    told.get_or_add_ind().set(qn("w:firstLineChars"), "0")
    told.insert_element_before(parse_xml(f'<w:snapToGrid {nsdecls("w")} w:val="0"/>'), "w:spacing", "w:ind", "w:jc", "w:rPr")
    if align is not None:
        paragraph.alignment = align
    run = paragraph.add_run(text)
    run.font.size, run.font.name = Pt(size), font
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
