"""Office files: DOCX with merged cells, XLSX on one sheet, PDF whose tables run over pages. The same bytes every time."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import docx
import typst
import xlsxwriter
from docx.document import Document

from .draft import Draft
from .pages import heading
from .tables import TABLES, Table, shown

MADE = datetime(2024, 1, 1, tzinfo=UTC)
EARLIEST = (1980, 1, 1, 0, 0, 0)


def _settled(data: bytes) -> bytes:
    """The same archive without the hour at which it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, EARLIEST), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def word(draft: Draft) -> bytes:
    """DOCX."""
    document = docx.Document()
    document.core_properties.created = document.core_properties.modified = MADE
    document.core_properties.author = draft.organ
    document.core_properties.title = "".join(draft.title)
    for line in draft.title:
        document.add_paragraph(line, style="Title")
    for text in draft.before:
        document.add_paragraph(text)
    for number in range(1, 7):
        document.add_paragraph(heading(number))
        if number in TABLES:
            _word_table(document, TABLES[number](draft))
        for text in draft.sections.get(number, ()):
            document.add_paragraph(text)
    for text in draft.signed or ():
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return _settled(out.getvalue())


def _word_table(document: Document, table: Table) -> None:
    width = sum(cell.columns for cell in table[0])
    made = document.add_table(rows=len(table), cols=width, style="Table Grid")
    taken: set[tuple[int, int]] = set()
    for down, cells in enumerate(table):
        across = 0
        for cell in cells:
            while (down, across) in taken:
                across += 1
            first, last = made.cell(down, across), made.cell(down + cell.rows - 1, across + cell.columns - 1)
            (first.merge(last) if (cell.rows, cell.columns) != (1, 1) else first).text = cell.text
            taken |= {(down + y, across + x) for y in range(cell.rows) for x in range(cell.columns)}
            across += cell.columns


def sheet(draft: Draft) -> bytes:
    """XLSX: prose in merged rows, the tables below one another."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"title": "".join(draft.title), "author": draft.organ, "created": MADE})
    page, style = book.add_worksheet("年度报告"), book.add_format({"border": 1, "text_wrap": True})
    at = 0

    def line(text: str) -> None:
        nonlocal at
        page.merge_range(at, 0, at, 14, text)
        at += 1

    for text in (*draft.title, *draft.before):
        line(text)
    for number in range(1, 7):
        line(heading(number))
        if number in TABLES:
            at += _sheet_table(page, style, at, TABLES[number](draft)) + 1
        for text in draft.sections.get(number, ()):
            line(text)
    for text in draft.signed or ():
        line(text)
    book.close()
    return _settled(out.getvalue())


def _sheet_table(page: xlsxwriter.worksheet.Worksheet, style: object, top: int, table: Table) -> int:
    taken: set[tuple[int, int]] = set()
    for down, cells in enumerate(table):
        across = 0
        for cell in cells:
            while (down, across) in taken:
                across += 1
            number = _number(cell.text)
            if (cell.rows, cell.columns) == (1, 1):
                page.write(top + down, across, number, style)
            else:
                page.merge_range(top + down, across, top + down + cell.rows - 1, across + cell.columns - 1, number, style)
            taken |= {(down + y, across + x) for y in range(cell.rows) for x in range(cell.columns)}
            across += cell.columns
    return len(table)


def _number(text: str) -> int | float | str:
    for kind in (int, float):
        try:
            if shown(kind(text)) == text:
                return kind(text)
        except ValueError:
            continue
    return text


def portable(draft: Draft, upright: bool = False) -> bytes:
    """PDF, by Typst; `upright` sets the long label of table three one character a line."""
    source = [
        '#set document(date: none)',
        '#set page(paper: "a4", margin: 2.4cm, footer: context align(center)[— #counter(page).display() —])',
        '#set text(font: "Noto Serif CJK SC", size: 12pt, lang: "zh")',
        "#set par(justify: true, leading: 0.8em)",
        f"#align(center, text(size: 16pt, weight: \"bold\")[{_escaped(''.join(draft.title))}])",
    ]
    source += [_paragraph(text) for text in draft.before]
    for number in range(1, 7):
        source.append(_paragraph(heading(number)))
        if number in TABLES:
            source.append(_typst_table(TABLES[number](draft), upright and number == 3))
        source += [_paragraph(text) for text in draft.sections.get(number, ())]
    source += [f"#align(right)[{_escaped(text)}]" for text in draft.signed or ()]
    return typst.compile("\n\n".join(source).encode())


def _paragraph(text: str) -> str:
    return f"#h(2em){_escaped(text)}"


def _escaped(text: str) -> str:
    return "".join("\\" + char if char in "\\#$*_`<>@[]~=/\"'-+." and char.isascii() else char for char in text)


def _typst_table(table: Table, upright: bool) -> str:
    width = sum(cell.columns for cell in table[0])
    columns = {4: "(2fr, 1fr, 1fr, 1fr)", 10: "(1.2em, 4.6em, 1fr, 2em, 2em, 2em, 2em, 2em, 2em, 2em)"}.get(
        width, "(1fr,) * 15"
    )
    cells = []
    for line in table:
        for cell in line:
            text = "\\ ".join(cell.text) if upright and cell.rows > 9 else _escaped(cell.text)
            cells.append(f"table.cell(colspan: {cell.columns}, rowspan: {cell.rows})[{text}]")
    body = ",\n  ".join(cells)
    return f"#text(size: 9pt, table(columns: {columns}, inset: 3pt, align: center + horizon,\n  {body}))"
