"""The files that go with items: spreadsheets, tables, documents, pictures, each made by writers of our own."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from functools import cache

import xlsxwriter
from PIL import Image, ImageDraw

from gongkai.platform.catalogue.values import Draft
from gongkai.platform.documents import cleaning
from gongkai.platform.documents.outgoing import Document, Unwritable, to_docx, to_pdf

from .markup import rows
from .texts import Filled

ENDINGS = {"xlsx": "附表.xlsx", "csv": "数据.csv", "docx": "（Word 版）.docx", "pdf": "（PDF 版）.pdf", "png": "现场图片.png", "json": "（数据）.json"}
MADE = datetime(2026, 1, 1)  # noqa: DTZ001 - 文件属性里的时刻，须固定


def name(kind: str, filled: Filled) -> str:
    """The file's name: the document's title and what it is."""
    return f"{filled.title[:60]}{ENDINGS[kind]}"


def table(kind: str, filled: Filled) -> bytes:
    """The text's first table as a spreadsheet or as CSV."""
    found = rows(filled.markdown) or [["项目", "内容"], ["名称", filled.title], ["说明", filled.summary]]
    return _sheet(filled.title, found) if kind == "xlsx" else _csv(found)


def _csv(found: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(found)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _sheet(title: str, found: list[list[str]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"title": title, "comments": "演示数据", "created": MADE})
    sheet = book.add_worksheet("附表")
    head, cell = book.add_format({"bold": True, "border": 1, "bg_color": "#EEF2F7"}), book.add_format({"border": 1})
    sheet.merge_range(0, 0, 0, max(len(found[0]) - 1, 1), title, book.add_format({"bold": True, "align": "center", "font_size": 14}))
    for row, values in enumerate(found, 1):
        for column, value in enumerate(values):
            look = head if row == 1 else cell
            try:
                sheet.write_number(row, column, float(value), look)
            except ValueError:
                sheet.write_string(row, column, value, look)
    sheet.set_column(0, len(found[0]), 22)
    sheet.freeze_panes(2, 0)
    book.close()
    return out.getvalue()


@cache
def picture(seed: int) -> bytes:
    """A plain sketch of a site plan: plots, a road, a north arrow."""
    image = Image.new("RGB", (640, 400), "#f4f1e8")
    draw = ImageDraw.Draw(image)
    for n in range(12):
        x, y = 30 + (n % 4) * 150, 40 + (n // 4) * 120
        shade = 200 + (seed * 7 + n * 13) % 40
        draw.rectangle((x, y, x + 120, y + 80), fill=(shade, shade + 10, 190), outline="#6b7280", width=2)
    draw.rectangle((0, 132, 640, 148), fill="#9ca3af")
    draw.polygon(((600, 30), (590, 60), (610, 60)), fill="#1f2937")
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def document(kind: str, draft: Draft, organ: str) -> bytes:
    """The document itself as DOCX or PDF."""
    shown = Document(
        draft.title, organ, cleaning.clean(draft.body), draft.document_number, made_on=draft.formed_on, metadata=(("主题分类", draft.topic),), validity="演示数据"
    )  # fmt: skip
    return to_docx(shown) if kind == "docx" else to_pdf(shown)


@cache
def writable(kind: str) -> str:
    """The kind itself; DOCX where this machine has no fonts for a PDF."""
    if kind == "pdf":
        try:
            to_pdf(Document("试印", "试印", "<p>试印一页：公开〔2026〕1号。</p>", made_on=MADE.date()))
        except Unwritable:
            return "docx"
    return kind
