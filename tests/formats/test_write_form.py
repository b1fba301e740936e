"""Empty forms: every heading and cell of the edition, no value; they read back, filled in or not."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from gongkai.formats import Format, Reading, form, read
from gongkai.formats.writing import carried
from gongkai.law.editions import BY_KEY, SECTIONS

KINDS = (Format.HTML, Format.DOCX, Format.XLSX, Format.MARKDOWN, Format.JSON)
ORGAN = "青禾县林业局"


def empty(edition: str, kind: Format, **facts: object) -> Reading:
    return read(f"form.{kind.value}", form(edition, kind, **facts))  # type: ignore[arg-type]


@pytest.mark.parametrize("edition", sorted(BY_KEY))
@pytest.mark.parametrize("kind", KINDS)
class TestEmpty:
    def test_every_cell_is_there_and_blank(self, edition: str, kind: Format) -> None:
        report = empty(edition, kind).report

        assert report.edition is BY_KEY[edition]
        assert set(report.active) == {cell.key for cell in BY_KEY[edition].active_cells()}
        assert {figure.value for figure in report.active.values()} == {None}
        assert list(report.applications) == [row.key for row in BY_KEY[edition].requests]
        assert {value for row in report.applications.values() for value in row} == {None}
        assert {value for block in report.remedies.values() for value in block.values()} <= {None}

    def test_with_organ_and_year_nothing_is_in_doubt(self, edition: str, kind: Format) -> None:
        reading = empty(edition, kind, organ=ORGAN, year=2024)

        assert (reading.report.organ, reading.report.year) == (ORGAN, 2024)
        assert reading.doubts == ()
        assert [remark.code for remark in reading.remarks if remark.code != "layout.title_wrapped"] == []
        assert [section.number for section in reading.report.sections] == list(range(1, len(SECTIONS) + 1))
        assert not any(section.prose.text for section in reading.report.sections)

    def test_without_them_only_they_are_in_doubt(self, edition: str, kind: Format) -> None:
        assert {doubt.code for doubt in empty(edition, kind).doubts} <= {"doubt.organ", "doubt.year"}

    def test_it_carries_no_data(self, edition: str, kind: Format) -> None:
        assert carried.parted(kind, form(edition, kind))[1] is None


class TestFilledIn:
    """What an office types into the form is what is read."""

    def test_word(self) -> None:
        document = docx.Document(io.BytesIO(form("2021", "docx", organ=ORGAN, year=2024)))
        for row, number in ((3, "12"), (5, "12"), (26, "12")):
            document.tables[1].cell(row, 3).text = number
            document.tables[1].cell(row, 9).text = number
        document.paragraphs[2].text = "2024年，我局公开信息20条。"
        made = io.BytesIO()
        document.save(made)
        reading = read("filled.docx", made.getvalue())

        assert reading.report.applications["new_received"] == (12, None, None, None, None, None, 12)
        assert reading.report.applications["results_total"][6] == 12
        assert reading.report.sections[0].prose.text == "2024年，我局公开信息20条。"
        assert reading.doubts == ()

    def test_html(self) -> None:
        page = form("2021", "html", organ=ORGAN, year=2024).decode()
        before, after = page.split("一、本年新收政府信息公开申请数量</th>")
        filled = before + "一、本年新收政府信息公开申请数量</th>" + after.replace("></td>", ">3</td>", 1)
        reading = read("filled.html", filled.encode())

        assert reading.report.applications["new_received"][0] == 3
        assert reading.remarks == ()

    def test_totals_of_a_workbook_are_formulas_that_leave_blanks_blank(self) -> None:
        with zipfile.ZipFile(io.BytesIO(form("2021", "xlsx"))) as archive:
            sheet = archive.read("xl/worksheets/sheet3.xml").decode()

        assert '<f>IF(COUNT(D4:I4)=0,"",SUM(D4:I4))</f>' in sheet
        assert sheet.count("<f>IF(COUNT(") == 24 + 7
        assert "请填 0 或正整数" in sheet
