"""Hostile and broken files: one clear refusal or bounded blocks, never another exception."""

from __future__ import annotations

import io
import random
import struct
import time
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from typing import cast

import docx as python_docx
import pytest
import typst
import xlsxwriter

from gongkai.formats import docx, html, pdf, xlsx
from gongkai.formats.detect import recognise
from gongkai.formats.limits import DEFAULT, Limits
from gongkai.formats.source import Format, Parsed, Unreadable

Parser = Callable[[bytes, Limits], Parsed]
PARSERS: dict[Format, Parser] = {
    Format.HTML: html.parse,
    Format.DOCX: docx.parse,
    Format.XLSX: xlsx.parse,
    Format.PDF: pdf.parse,
}
ROWS = [("信息内容", "本年制发件数", "现行有效件数"), ("规章", "0", "5"), ("行政规范性文件", "1", "18")]


@cache
def sample(kind: Format) -> bytes:
    data = io.BytesIO()
    if kind is Format.DOCX:
        document = python_docx.Document()
        document.add_paragraph("二、主动公开政府信息情况")
        table = document.add_table(3, 3)
        for y, row in enumerate(ROWS):
            for x, text in enumerate(row):
                table.cell(y, x).text = text
        document.save(data)
    elif kind is Format.XLSX:
        book = xlsxwriter.Workbook(data)
        page = book.add_worksheet()
        for y, row in enumerate(ROWS):
            page.write_row(y, 0, row)
        book.close()
    elif kind is Format.PDF:
        cells = ", ".join(f"[{n} value]" for n in range(12))
        return cast(bytes, typst.compile(f"Some text before\n#table(columns: 3, {cells})".encode(), format="pdf"))
    else:
        rows = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in ROWS)
        data.write(f"<html><meta charset=utf-8><p>二、主动公开</p><table>{rows}</table></html>".encode())
    return data.getvalue()


def survives(kind: Format, data: bytes, limits: Limits = DEFAULT) -> str:
    """The refusal's code, or "read". Any other exception fails the test."""
    try:
        PARSERS[kind](data, limits)
    except Unreadable as refused:
        assert refused.zh and refused.en and "\n" not in refused.zh + refused.en
        return refused.code
    return "read"


@pytest.mark.parametrize("kind", PARSERS)
class TestBroken:
    def test_the_sample_itself_is_read(self, kind: Format) -> None:
        assert recognise("x", sample(kind)) is kind
        assert survives(kind, sample(kind)) == "read"

    def test_an_empty_file_is_named(self, kind: Format) -> None:
        assert survives(kind, b"") == "file.empty"

    def test_a_file_beyond_the_limit_is_named(self, kind: Format) -> None:
        assert survives(kind, b"\0" * (DEFAULT.size + 1)) == "file.too_large"

    def test_a_file_cut_off_anywhere_is_read_or_refused(self, kind: Format) -> None:
        data = sample(kind)

        for cut in range(1, len(data), max(10, len(data) // 60)):
            survives(kind, data[:cut])

    def test_flipped_bytes_are_read_or_refused(self, kind: Format) -> None:
        data = sample(kind)
        chance = random.Random(2019)
        for _ in range(60):
            broken = bytearray(data)
            for _ in range(chance.randint(1, 8)):
                broken[chance.randrange(len(data))] = chance.randrange(256)
            survives(kind, bytes(broken))

    def test_random_bytes_behind_the_first_ones_are_refused_or_read(self, kind: Format) -> None:
        chance = random.Random(711)

        for size in (1, 10, 1_000, 50_000):
            survives(kind, sample(kind)[:12] + chance.randbytes(size))


def repacked(kind: Format, **changes: bytes) -> bytes:
    """The sample with members replaced or added; __ stands for / and ___ for a dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sample(kind))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = {name.replace("___", ".").replace("__", "/"): data for name, data in changes.items()}
        for member in old.namelist():
            if member not in names:
                new.writestr(member, old.read(member))
        for name, data in names.items():
            new.writestr(name, data)
    return out.getvalue()


MAIN = {Format.DOCX: "word__document___xml", Format.XLSX: "xl__worksheets__sheet1___xml"}


@pytest.mark.parametrize("kind", MAIN)
class TestArchives:
    def test_a_zip_bomb_is_refused_by_what_it_declares(self, kind: Format) -> None:
        bomb = repacked(kind, **{MAIN[kind]: b" " * 60_000_000})
        began = time.monotonic()

        assert survives(kind, bomb) == "zip.bomb"
        assert time.monotonic() - began < 2

    def test_a_zip_bomb_that_lies_about_its_size_is_refused(self, kind: Format) -> None:
        bomb = bytearray(repacked(kind, **{MAIN[kind]: b" " * 60_000_000}))
        declared = struct.pack("<L", 60_000_000)
        while (place := bomb.find(declared)) >= 0:
            bomb[place : place + 4] = struct.pack("<L", 1_000)

        assert survives(kind, bytes(bomb)) in ("zip.bomb", "zip.damaged")

    def test_entities_are_never_expanded(self, kind: Format) -> None:
        bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'

        assert survives(kind, repacked(kind, **{MAIN[kind]: bomb})) == "xml.entities"

    def test_entities_in_utf16_or_behind_a_long_comment_are_found_too(self, kind: Format) -> None:
        bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
        late = "<!--" + "x" * 9_000 + "-->" + bomb

        assert survives(kind, repacked(kind, **{MAIN[kind]: bomb.encode("utf-16")})) == "xml.entities"
        assert survives(kind, repacked(kind, **{MAIN[kind]: late.encode()})) == "xml.entities"

    def test_too_many_members_are_refused(self, kind: Format) -> None:
        many = {f"x__{n}": b"" for n in range(50)}

        assert survives(kind, repacked(kind, **many), Limits(members=40)) == "zip.bomb"

    def test_a_member_with_a_password_is_named(self, kind: Format) -> None:
        data = bytearray(sample(kind))
        for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
            place = data.find(mark)
            while place >= 0:
                data[place + offset] |= 1
                place = data.find(mark, place + 4)

        assert survives(kind, bytes(data)) == "file.encrypted"


def test_tables_nested_beyond_reason_in_a_document_are_refused() -> None:
    from .test_docx import package

    deep = "<w:tbl><w:tr><w:tc>" * 4_000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 4_000

    assert survives(Format.DOCX, package(deep)) == "docx.damaged"


def test_a_table_of_too_many_cells_in_a_document_is_refused() -> None:
    from .test_docx import package

    row = "<w:tr>" + "<w:tc><w:p/></w:tc>" * 100 + "</w:tr>"

    assert (
        survives(Format.DOCX, package(f"<w:tbl>{row * 600}</w:tbl>"), Limits(cells=50_000, ratio=10_000))
        == "table.too_large"
    )


def test_spans_beyond_reason_in_a_document_are_bounded() -> None:
    from .test_docx import package, tc, tr

    row = tr(tc("甲", "<w:gridSpan w:val='999999'/>"), tc("1"))

    assert survives(Format.DOCX, package(f"<w:tbl>{row}{tr(tc('乙'), tc('2'))}</w:tbl>")) in ("read", "table.too_large")


def test_a_pdf_stream_that_unpacks_without_end_is_refused() -> None:
    packed = zlib.compress(b" " * 30_000_000, 9)
    bomb = (
        b"%PDF-1.4\n1 0 obj<</Length "
        + str(len(packed)).encode()
        + b"/Filter/FlateDecode>>stream\n"
        + packed
        + b"\nendstream endobj"
    )

    assert survives(Format.PDF, bomb, Limits(unpacked=20_000_000)) == "pdf.bomb"


def test_script_text_never_becomes_a_figure() -> None:
    page = "<script>" + "document.write('<td>5</td>');" * 1000 + "</script><p>文</p>"

    assert [getattr(block, "text", "") for block in html.parse(page.encode()).blocks] == ["文"]


def test_a_page_of_one_endless_tag_is_bounded() -> None:
    began = time.monotonic()
    for page in (
        b"<" * 400_000,
        b"<td " * 100_000,
        b"<!--" * 100_000,
        b"<script>" * 100_000,
        b"&" * 400_000,
        b"<p a='" * 50_000,
    ):
        survives(Format.HTML, page)

    assert time.monotonic() - began < 30


def test_objects_without_end_do_not_keep_the_reader_busy() -> None:
    began = time.monotonic()
    broken = b"%PDF-1.4\n" + b"1 0 obj <</Filter/FlateDecode>> stream\nabc endstream\n" * 50_000

    assert survives(Format.PDF, broken) == "pdf.damaged"
    assert time.monotonic() - began < 5


def test_attributes_that_hide_repeated_without_end_are_bounded() -> None:
    began = time.monotonic()
    survives(Format.HTML, b"<p>" + b"display:none " * 200_000)

    assert time.monotonic() - began < 10
