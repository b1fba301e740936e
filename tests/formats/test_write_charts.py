"""A report written with its charts: pictures for those who see them, words for those who do not, and the same value read back."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest

from gongkai.formats import Format, read, write
from gongkai.report.exchange import to_dict
from gongkai.report.model import AnnualReport
from tests.formats.test_write_pdf import needs_fonts
from tests.report.builders import report_2023, zero_report

BEFORE = replace(report_2023(), year=2022)


def back(report: AnnualReport, kind: Format) -> tuple[bytes, object]:
    data = write(report, kind, charts=True, previous=[BEFORE])
    reading = read(f"report.{kind.value}", data)

    assert not reading.remarks
    assert not reading.doubts
    return data, to_dict(reading.report)


def test_a_page_shows_the_charts_of_both_years() -> None:
    data, same = back(report_2023(), Format.HTML)

    page = data.decode()
    assert same == to_dict(report_2023())
    assert page.count("<svg") == page.count('role="img"') == 2
    assert "2022" in page[page.index("<svg") :]


def test_a_document_holds_a_picture_and_its_words_for_every_chart() -> None:
    data, same = back(report_2023(), Format.DOCX)

    shapes = docx.Document(io.BytesIO(data)).inline_shapes
    assert same == to_dict(report_2023())
    assert len(shapes) == 2
    assert all("件" in shape._inline.docPr.get("descr") for shape in shapes)


@needs_fonts
def test_a_pdf_with_charts_reads_back() -> None:
    data, same = back(report_2023(), Format.PDF)

    assert same == to_dict(report_2023())
    assert data.count(b"/Subtype/Image") + data.count(b"/Subtype /Image") >= 2


@pytest.mark.parametrize("kind", [Format.XLSX, Format.MARKDOWN, Format.JSON])
def test_other_formats_have_no_charts_and_do_not_mind(kind: Format) -> None:
    assert write(report_2023(), kind, charts=True) == write(report_2023(), kind)


def test_nothing_is_drawn_of_nothing() -> None:
    assert write(zero_report(), Format.HTML, charts=True).count(b"<svg") == 0
