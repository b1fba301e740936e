"""What is written reads back to the same value: every format, any report (年度报告格式)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from gongkai.formats import Format, interpret, parse, read, write
from gongkai.formats.writing import Unwritable, carried, format_named
from gongkai.report.exchange import to_dict
from gongkai.report.model import AnnualReport
from tests.formats.written import ordinary, reports
from tests.report.builders import blank_report, cell, mixed_report, report_2019_form, report_2023

QUICK = (Format.JSON, Format.HTML, Format.MARKDOWN)
SLOW = {Format.DOCX: 12, Format.XLSX: 15}
OFFICE = (Format.HTML, Format.MARKDOWN, Format.DOCX, Format.XLSX)
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
SOUND = {
    "2021": report_2023(), "2019": report_2019_form(), "mixed": mixed_report(), "blank": blank_report(),
    "partly blank": cell(report_2023(), "granted", "business", None), "nothing": AnnualReport(),
}


def back(report: AnnualReport, kind: Format) -> dict[str, Any]:
    """The report written and read again, as plain values."""
    reading = read(f"report.{kind.value}", write(report, kind))

    assert reading.format == kind.value
    assert not reading.remarks
    assert not reading.doubts
    return dict(to_dict(reading.report))


def shown(report: AnnualReport, kind: Format) -> dict[str, Any]:
    """What the document shows, without what it carries."""
    data, inside = carried.parted(kind, write(report, kind))

    assert inside is not None
    return dict(to_dict(interpret(parse(kind, data)).report))


class TestWriteThenRead:
    """Blanks, zeros, decimals, long names, rare characters, right-to-left names, words that look like headings."""

    @pytest.mark.parametrize("kind", QUICK)
    @given(report=reports())
    @settings(patient, max_examples=35)
    def test_any_report_in_any_text_format(self, kind: Format, report: AnnualReport) -> None:
        assert back(report, kind) == to_dict(report)

    @given(report=reports())
    @settings(patient, max_examples=SLOW[Format.DOCX])
    def test_any_report_in_docx(self, report: AnnualReport) -> None:
        assert back(report, Format.DOCX) == to_dict(report)

    @given(report=reports())
    @settings(patient, max_examples=SLOW[Format.XLSX])
    def test_any_report_in_xlsx(self, report: AnnualReport) -> None:
        assert back(report, Format.XLSX) == to_dict(report)

    @pytest.mark.parametrize("kind", [*QUICK, *SLOW])
    @pytest.mark.parametrize("name", SOUND)
    def test_sound_reports(self, kind: Format, name: str) -> None:
        assert back(SOUND[name], kind) == to_dict(SOUND[name])

    @pytest.mark.parametrize("kind", [*QUICK, *SLOW])
    def test_the_same_report_gives_the_same_bytes(self, kind: Format) -> None:
        assert write(report_2023(), kind) == write(report_2023(), kind)


class TestWhatIsShownIsEnough:
    """A document that lost what it carries is read by what it shows: an ordinary report is not in doubt."""

    @pytest.mark.parametrize("kind", OFFICE)
    @given(report=ordinary())
    @settings(patient, max_examples=8)
    def test_ordinary_reports(self, kind: Format, report: AnnualReport) -> None:
        assert shown(report, kind) == to_dict(report)


class TestBlankIsNotZero:
    def test_a_blank_stays_blank(self) -> None:
        report = cell(report_2023(), "granted", "business", None)

        assert back(report, Format.DOCX)["applications"]["granted"][1] is None

    def test_a_compiled_report_prints_zeros(self) -> None:
        reading = read("a.html", write(blank_report(), "html", zeros=True))

        assert {value for row in reading.report.applications.values() for value in row} == {0}
        assert {figure.value for figure in reading.report.active.values()} == {0}
        assert {value for block in reading.report.remedies.values() for value in block.values()} == {0}

    def test_zeros_keep_the_rows_that_a_mixed_report_prints(self) -> None:
        reading = read("a.html", write(cell(mixed_report(), "other", "natural", None), "html", zeros=True))

        assert reading.report.applications["other"][0] == 0


class TestFormats:
    def test_a_format_by_name_or_ending(self) -> None:
        assert [format_named(name) for name in ("DOCX", ".md", "markdown", Format.PDF)] == [
            Format.DOCX, Format.MARKDOWN, Format.MARKDOWN, Format.PDF,
        ]

    @pytest.mark.parametrize("name", ["doc", "text", "", "odt"])
    def test_others_are_refused_in_one_line(self, name: str) -> None:
        with pytest.raises(Unwritable) as refused:
            write(report_2023(), name)

        assert refused.value.code == "write.format"
        assert "docx" in refused.value.zh
        assert "docx" in refused.value.en
