"""PDF: tagged, fit for the archive, read back by our own reader; a character without a glyph is named."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings

from gongkai.formats import Format, interpret, parse, read, write
from gongkai.formats.blocks import Grid
from gongkai.formats.reading.plain import prose
from gongkai.formats.writing import Unwritable, carried, pdf
from gongkai.formats.writing.fonts import SETTING, directory
from gongkai.report.exchange import to_dict
from gongkai.report.model import AnnualReport, Figure, Section
from tests.formats.written import ordinary, reports
from tests.report.builders import cell, mixed_report, report_2019_form, report_2023

needs_fonts = pytest.mark.skipif(
    not {"Noto Serif CJK SC", "FangSong", "SimSun", "FandolFang R"} & set(pdf.found_fonts(str(directory())).families()),
    reason="没有中文字体，已略过 PDF 的测试：请先运行 make fonts (no Chinese font)",
)
pytestmark = needs_fonts
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def back(report: AnnualReport) -> dict[str, Any]:
    reading = read("report.pdf", write(report, Format.PDF))

    assert (reading.format, reading.remarks, reading.doubts) == ("pdf", (), ())
    return dict(to_dict(reading.report))


class TestReadBack:
    @given(report=reports())
    @settings(patient, max_examples=6)
    def test_any_report(self, report: AnnualReport) -> None:
        try:
            assert back(report) == to_dict(report)
        except Unwritable as error:  # a font is missing here: then every such character is named
            assert error.code == "write.no_glyph"

    @pytest.mark.parametrize("report", [report_2023(), report_2019_form(), mixed_report()])
    def test_sound_reports(self, report: AnnualReport) -> None:
        assert back(report) == to_dict(report)

    @given(report=ordinary())
    @settings(patient, max_examples=4)
    def test_the_tables_and_the_cover_can_be_read_from_the_page_alone(self, report: AnnualReport) -> None:
        read_back = to_dict(interpret(parse(Format.PDF, write(report, Format.PDF))).report)

        for key in ("organ", "title", "year", "format", "active", "applications", "remedies", "signature"):
            assert read_back[key] == to_dict(report)[key]

    def test_numbers_too_wide_for_their_cells_stay_in_them(self) -> None:
        report = cell(cell(report_2023(), "granted", "business", 123456789012), "granted", "research", 987654321098)

        assert back(report)["applications"]["granted"][1:3] == [123456789012, 987654321098]


class TestPages:
    tall = replace(
        report_2023(), sections=tuple(replace(section, prose=prose("　　说明文字。\n" * 9)) for section in report_2023().sections),
        active={key: Figure(figure.value, figure.unit, None, "含" + "说明" * 60) for key, figure in report_2023().active.items()},
    )

    def test_a_table_that_fits_is_not_torn(self) -> None:
        with pdfplumber.open(io.BytesIO(write(report_2023(), Format.PDF))) as document:
            assert sum(len(page.find_tables()) for page in document.pages) == 3

    def test_a_table_taller_than_a_page_goes_on(self) -> None:
        data = write(self.tall, Format.PDF)
        grids = [block for block in parse(Format.PDF, data).blocks if isinstance(block, Grid)]

        assert len(grids) > 3
        assert to_dict(read("a.pdf", data).report) == to_dict(self.tall)

    def test_page_numbers_stand_outside(self) -> None:
        with pdfplumber.open(io.BytesIO(write(report_2023(), Format.PDF))) as document:
            feet = [[char for char in page.chars if char["top"] > 0.89 * page.height] for page in document.pages]

        assert ["".join(char["text"] for char in foot).replace(" ", "") for foot in feet[:2]] == ["—1—", "—2—"]
        assert feet[0][0]["x0"] > 400 > 150 > feet[1][0]["x0"]


@pytest.fixture(scope="module")
def written() -> bytes:
    return write(report_2023(), Format.PDF)


class TestAccess:
    def test_tagged_titled_and_in_chinese(self, written: bytes) -> None:
        document = pypdfium2.PdfDocument(written)

        assert document.is_tagged()
        assert document.get_metadata_value("Title") == report_2023().title
        assert document.get_metadata_value("Author") == report_2023().organ
        assert b"/Lang" in written

    def test_it_claims_the_standards_of_access_and_of_the_archive(self, written: bytes) -> None:
        assert b"<pdfuaid:part>1</pdfuaid:part>" in written
        assert b"<pdfaid:part>3</pdfaid:part>" in written
        assert b"<pdfaid:conformance>A</pdfaid:conformance>" in written

    def test_the_data_is_attached(self, written: bytes) -> None:
        assert carried.parted(Format.PDF, written)[1] is not None

    def test_the_same_report_gives_the_same_bytes(self, written: bytes) -> None:
        assert write(report_2023(), Format.PDF) == written


class TestFonts:
    def test_characters_that_no_font_has_are_named_all_at_once(self) -> None:
        with pytest.raises(Unwritable) as refused:
            write(AnnualReport(sections=(Section(1, "一、总体情况", prose("甲\ue000乙\U000f0000")),)), "pdf")

        assert refused.value.code == "write.no_glyph"
        assert "U+E000" in refused.value.zh
        assert "U+F0000" in refused.value.en

    def test_rare_characters_are_not_lost(self) -> None:
        report = replace(report_2023(), sections=(Section(1, "一、总体情况", prose("㐂𠮷镕堃喆昇")),))

        assert back(report)["sections"][0]["text"] == "㐂𠮷镕堃喆昇"

    def test_where_they_are(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
        monkeypatch.delenv(SETTING, raising=False)
        assert directory() == tmp_path / "gongkai" / "fonts"

        monkeypatch.setenv(SETTING, "/srv/fonts")
        assert directory() == Path("/srv/fonts")
