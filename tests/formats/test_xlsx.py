"""Workbooks: tables by shape, merged cells, values as they are seen."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable
from functools import cache

import pytest
import xlsxwriter

from gongkai.formats import xlsx
from gongkai.formats.limits import Limits
from gongkai.formats.source import Parsed, Unreadable

from .shown import codes, shown


def workbook(fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data)
    fill(book)
    book.close()
    return data.getvalue()


def sheet(*rows: tuple[object, ...], name: str = "Sheet1", merges: tuple[str, ...] = ()) -> Parsed:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet(name)
        for y, row in enumerate(rows):
            for x, value in enumerate(row):
                if value is not None:
                    page.write(y, x, value)
        for area in merges:
            page.merge_range(area, None)

    return xlsx.parse(workbook(fill))


class TestShapes:
    def test_a_row_with_one_cell_is_a_paragraph_a_run_of_more_is_a_table(self) -> None:
        parsed = sheet(("云溪县2023年年度报告",), (), ("规章", 0, 1), ("文件", 2, 3), (), ("三、收到",))

        assert shown(parsed) == ["云溪县2023年年度报告", [["规章", "0", "1"], ["文件", "2", "3"]], "三、收到"]
        assert [block.at for block in parsed.blocks] == [
            "工作表“Sheet1”第1行",
            "工作表“Sheet1”第3行起的表格",
            "工作表“Sheet1”第6行",
        ]

    def test_a_report_pasted_into_one_column_is_text(self) -> None:
        assert shown(sheet(("一、总体情况",), ("规章",), (0,), ("行一\n行二",))) == [
            "一、总体情况",
            "规章",
            "0",
            "行一",
            "行二",
        ]

    def test_a_lone_cell_within_a_table_belongs_to_it(self) -> None:
        rows = (("规章", 0), ("第二十条第（五）项",), ("许可", 5))

        assert shown(sheet(*rows)) == [[["规章", "0"], ["第二十条第（五）项", ""], ["许可", "5"]]]

    def test_a_numbered_heading_or_running_text_parts_two_tables(self) -> None:
        rows = (("规章", 0), ("三、收到和处理政府信息公开申请情况",), ("新收", 5), ("说明" * 30,), ("结转", 1))

        assert shown(sheet(*rows)) == [
            [["规章", "0"]],
            "三、收到和处理政府信息公开申请情况",
            [["新收", "5"]],
            "说明" * 30,
            [["结转", "1"]],
        ]

    def test_blank_columns_at_the_sides_are_cut_those_within_stay(self) -> None:
        assert shown(sheet((None, "规章", None, 0), (None, "文件", None, 1))) == [
            [["规章", "", "0"], ["文件", "", "1"]]
        ]

    def test_a_sheet_named_like_a_heading_says_so(self) -> None:
        assert shown(sheet(("规章", 0), name="二、主动公开")) == ["二、主动公开", [["规章", "0"]]]
        assert shown(sheet(("二、主动公开",), ("规章", 0), name="二、主动公开")) == ["二、主动公开", [["规章", "0"]]]


class TestMerges:
    def test_a_merged_range_is_one_cell(self) -> None:
        def fill(book: xlsxwriter.Workbook) -> None:
            page = book.add_worksheet()
            page.merge_range("A1:C1", "第二十条第（一）项")
            page.merge_range("A2:A3", "规章")
            page.write_row("B2", (1, 2))
            page.write_row("B3", (3, 4))
            page.write_row("A4", ("许可", 5, 6))

        assert shown(xlsx.parse(workbook(fill))) == [
            [["第二十条第（一）项"] * 3, ["规章", "1", "2"], ["规章", "3", "4"], ["许可", "5", "6"]],
        ]


class TestValues:
    def test_values_are_shown_as_they_are_seen(self) -> None:
        day = datetime.date(2024, 1, 31)

        def fill(book: xlsxwriter.Workbook) -> None:
            page = book.add_worksheet()
            page.write_row(0, 0, ("整数", 6, 937.08, 0.1 + 0.2, 1e15, True))
            page.write_datetime(1, 0, day, book.add_format({"num_format": "yyyy-mm-dd"}))
            page.write(1, 1, " 商业 \r\n 企业 ")

        assert shown(xlsx.parse(workbook(fill))) == [
            [
                ["整数", "6", "937.08", "0.3", "1000000000000000", "TRUE"],
                ["2024-01-31", "商业\n企业", "", "", "", ""],
            ]
        ]

    def test_formulas_without_result_and_failed_ones_are_told(self) -> None:
        def fill(book: xlsxwriter.Workbook) -> None:
            page = book.add_worksheet()
            page.write_row(0, 0, ("总计", "x"))
            page.write_formula(0, 1, "=1+1", None, "")
            page.write_formula(0, 2, "=1/0", None, "#DIV/0!")
            page.write_formula(0, 3, "=2+3", None, 5)

        parsed = xlsx.parse(workbook(fill))

        assert shown(parsed) == [[["总计", "", "", "5"]]]
        assert codes(parsed) == ["source.formula_without_value", "source.formula_failed"]

    def test_hidden_sheets_are_read_and_told(self) -> None:
        def fill(book: xlsxwriter.Workbook) -> None:
            book.add_worksheet("正").write(0, 0, "文")
            hidden = book.add_worksheet("底稿")
            hidden.write_row(0, 0, ("规章", 1))
            hidden.hide()

        parsed = xlsx.parse(workbook(fill))

        assert shown(parsed) == ["文", [["规章", "1"]]]
        assert codes(parsed) == ["source.hidden_sheet"]


class TestBounds:
    def test_a_cell_far_out_is_refused_before_the_sheet_is_laid_out(self) -> None:
        def fill(book: xlsxwriter.Workbook) -> None:
            page = book.add_worksheet()
            page.write(0, 0, "甲")
            page.write(1_048_575, 16_383, "乙")

        with pytest.raises(Unreadable) as refused:
            xlsx.parse(workbook(fill))

        assert refused.value.code == "table.too_large"

    @pytest.mark.parametrize("how", ["as it is", "single quotes", "small letters", "another name", "row alone", "UTF-16", "too many digits", "too many letters", "something before"])
    @pytest.mark.parametrize("reads", [xlsx.parse, xlsx.first_sheet])
    def test_a_cell_far_out_is_refused_however_it_is_written(self, how: str, reads: Callable[[bytes], object]) -> None:
        with pytest.raises(Unreadable) as refused:
            reads(far_out(how))

        assert refused.value.code in ("table.too_large", "xlsx.damaged")

    def test_formats_far_out_are_not_cells(self) -> None:
        def fill(book: xlsxwriter.Workbook) -> None:
            page = book.add_worksheet()
            page.write(0, 0, "甲")
            page.write_blank(900_000, 300, None, book.add_format({"bold": True}))

        assert xlsx.first_sheet(workbook(fill)) == [["甲"]]

    def test_the_first_sheet_is_told_from_its_first_row_on(self) -> None:
        def fill(book: xlsxwriter.Workbook) -> None:
            page = book.add_worksheet()
            page.write(2, 1, "甲")
            page.write(3, 1, 5)

        assert xlsx.first_sheet(workbook(fill)) == [["", ""], ["", ""], ["", "甲"], ["", 5.0]]

    def test_a_merge_over_the_whole_sheet_covers_what_is_used(self) -> None:
        def fill(book: xlsxwriter.Workbook) -> None:
            page = book.add_worksheet()
            page.merge_range("A1:XFD1", "题")
            page.write_row("A2", ("规章", 1))

        assert shown(xlsx.parse(workbook(fill))) == ["题", [["规章", "1"]]]

    def test_too_many_cells_are_refused(self) -> None:
        def fill(book: xlsxwriter.Workbook) -> None:
            page = book.add_worksheet()
            for y in range(60):
                page.write_row(y, 0, range(20))

        with pytest.raises(Unreadable) as refused:
            xlsx.parse(workbook(fill), Limits(cells=1_000))

        assert refused.value.code == "table.too_large"


SHEET = "xl/worksheets/sheet1.xml"
FAR_OUT: dict[str, Callable[[bytes], bytes]] = {
    "as it is": lambda xml: xml,
    "single quotes": lambda xml: xml.replace(b'r="XFD1048576"', b"r='XFD1048576'"),
    "small letters": lambda xml: xml.replace(b'"XFD1048576"', b'"xfd1048576"'),
    "another name": lambda xml: xml,
    "row alone": lambda xml: xml.replace(b'r="XFD1048576" ', b""),
    "UTF-16": lambda xml: xml.decode().replace("UTF-8", "UTF-16").encode("utf-16"),
    "too many digits": lambda xml: xml.replace(b'"XFD1048576"', b'"F99999999999"'),
    "too many letters": lambda xml: xml.replace(b'"XFD1048576"', b'"ZZZZZ9"'),
    "something before": lambda xml: b"zzz" + xml,
}


@cache
def _plainly_far_out() -> bytes:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet()
        page.write(0, 0, "甲")
        page.write(1_048_575, 16_383, "乙")

    return workbook(fill)


def far_out(how: str) -> bytes:
    """A workbook of 5 KB with a cell at its farthest corner, told in one of the ways that a reader of workbooks takes."""
    told, name = io.BytesIO(), "xl/media/image1.png" if how == "another name" else SHEET
    with zipfile.ZipFile(io.BytesIO(_plainly_far_out())) as old, zipfile.ZipFile(told, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            content = old.read(member)
            if member == SHEET:
                new.writestr(name, FAR_OUT[how](content))
            else:
                new.writestr(member, content.replace(b"worksheets/sheet1.xml", name.removeprefix("xl/").encode()))
    return told.getvalue()
