"""The layouts of the form (年度报告格式): merged cells, heads and totals, in every format as the notice prints them."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal

import docx
import pytest
import python_calamine
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from gongkai.formats import Format, parse, write
from gongkai.formats.blocks import Grid
from gongkai.formats.reading.plain import prose
from gongkai.formats.writing.layout import About, Heading, Signed, Title, parts
from gongkai.formats.writing.look import cell_lines, em, indents, lead, title_lines
from gongkai.formats.writing.tables import Box, Role, Table, active, applications, remedies
from gongkai.law.editions import EDITION_2019, EDITION_2021, Remedy, Result
from gongkai.report.model import AnnualReport, Figure, Section, Signature
from tests.report.builders import blank_report, cell, figures, mixed_report, remedy, report_2019_form, report_2023

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def placed(table: Table | None) -> dict[str, tuple[int, int, int, int]]:
    """Label → row, column, rows, columns of its (first) cell."""
    assert table is not None
    found: dict[str, tuple[int, int, int, int]] = {}
    for y, x, box in table.placed():
        found.setdefault(box.text, (y, x, box.down, box.across))
    return found


class TestTableTwo:
    """二、主动公开政府信息情况: sub-headings span the table; the last column takes the room that is left."""

    def test_2021(self) -> None:
        found = placed(active(blank_report(EDITION_2021)))

        assert found["第二十条第（一）项"] == (0, 0, 1, 4)
        assert found["现行有效件数"] == (1, 3, 1, 1)
        assert found["本年处理决定数量"] == (5, 1, 1, 3)
        assert found["本年收费金额（单位：万元）"] == (12, 1, 1, 3)

    def test_2019(self) -> None:
        found = placed(active(blank_report(EDITION_2019, 2020)))

        assert found["处理决定数量"] == (5, 3, 1, 1)
        assert found["采购总金额（单位：万元）"] == (16, 2, 1, 2)

    def test_an_amount_that_says_its_unit_keeps_its_words(self) -> None:
        report = report_2019_form()
        said = Figure(Decimal("180.02958"), "万元", "180.02958万元")
        found = placed(active(replace(report, active={**report.active, "procurement_amount": said})))

        assert "采购总金额" in found
        assert "180.02958万元" in found

    def test_a_decision_that_both_editions_count_is_printed_once(self) -> None:
        both = {**blank_report(EDITION_2021).active, **blank_report(EDITION_2019).active}
        table = active(replace(blank_report(), active=both))

        assert table is not None
        slots = [box.slot.row for row in table.rows for box in row if box.slot and box.slot.row]
        assert len(slots) == len(set(slots)) == len(both)


class TestTableThree:
    """三、收到和处理政府信息公开申请情况: a label area of three columns, seven values, three rows of heads."""

    def test_heads(self) -> None:
        table = applications(report_2023())
        found = placed(table)

        assert table is not None
        assert (table.columns, table.head) == (10, 3)
        assert found["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"] == (0, 0, 3, 3)
        assert found["申请人情况"] == (0, 3, 1, 7)
        assert found["自然人"] == (1, 3, 2, 1)
        assert found["法人或其他组织"] == (1, 4, 1, 5)
        assert found["商业企业"] == (2, 4, 1, 1)
        assert found["总计"] == (1, 9, 2, 1)

    def test_groups_of_2021(self) -> None:
        found = placed(applications(report_2023()))

        assert found["一、本年新收政府信息公开申请数量"] == (3, 0, 1, 3)
        assert found["三、本年度办理结果"] == (5, 0, 22, 1)
        assert found["（一）予以公开"] == (5, 1, 1, 2)
        assert found["（三）不予公开"] == (7, 1, 8, 1)
        assert found["（六）其他处理"] == (23, 1, 3, 1)
        assert found["（七）总计"] == (26, 1, 1, 2)
        assert found["四、结转下年度继续办理"] == (27, 0, 1, 3)

    @pytest.mark.parametrize("report", [report_2019_form(), mixed_report()])
    def test_the_single_row_of_2019(self, report: AnnualReport) -> None:
        found = placed(applications(report))

        assert found["（六）其他处理"] == (23, 1, 1, 2)
        assert found["三、本年度办理结果"] == (5, 0, 20, 1)

    def test_rows_that_were_not_found_are_not_printed(self) -> None:
        rows = {key: row for key, row in report_2023().applications.items() if key in ("new_received", "denied_third_party", "results_total")}
        found = placed(applications(replace(report_2023(), applications=rows)))

        assert found["三、本年度办理结果"] == (4, 0, 2, 1)
        assert found["（三）不予公开"] == (4, 1, 1, 1)
        assert "二、上年结转政府信息公开申请数量" not in found


class TestTableFour:
    """四、政府信息公开行政复议、行政诉讼情况: fifteen values under two heads."""

    def test_heads(self) -> None:
        table = remedies(report_2023())
        found = placed(table)

        assert table is not None
        assert (table.columns, table.head, len(table.rows)) == (15, 3, 4)
        assert found["行政复议"] == (0, 0, 1, 5)
        assert found["行政诉讼"] == (0, 5, 1, 10)
        assert found["结果维持"] == (1, 0, 2, 1)
        assert found["复议后起诉"] == (1, 10, 1, 5)


class TestParts:
    def test_what_title_and_signature_do_not_say_stands_above(self) -> None:
        report = replace(report_2023(), title="政府信息公开工作年度报告", signature=Signature())

        assert parts(report)[0] == About("编制机关：青禾县林业局　报告年度：2023年")
        assert not isinstance(parts(report_2023())[0], About)

    def test_headings_are_as_printed_or_the_forms(self) -> None:
        report = replace(report_2023(), sections=(Section(5, "五、主要问题及整改", prose("")), Section(6, "", prose(""))))
        headings = [part.text for part in parts(report) if isinstance(part, Heading)]

        assert headings == ["五、主要问题及整改", "六、其他需要报告的事项"]

    def test_tables_stand_in_their_sections_or_after_them(self) -> None:
        names = [type(part).__name__ for part in parts(replace(report_2023(), sections=(Section(3, "三、", prose("见表。")),)))]

        assert names == ["Title", "Heading", "Text", "Table", "Table", "Table", "Signed", "Signed"]

    def test_signs_that_no_file_can_carry_are_not_shown(self) -> None:
        report = AnnualReport(title="a\x00b\x0bc\ud800d\uffff", sections=(Section(1, "一、", prose("x\u2028y\n \n\x07")),))

        assert [part.text for part in parts(report) if hasattr(part, "text")] == ["a b c d", "一、", "x y"]


class TestLook:
    """党政机关公文格式 (GB/T 9704—2012)."""

    def test_a_long_title_is_broken_where_its_sense_breaks(self) -> None:
        assert title_lines("青禾县林业局2023年政府信息公开工作年度报告") == ["青禾县林业局", "2023年政府信息公开工作年度报告"]
        assert title_lines("2023年青禾县人民政府办公室政府信息公开工作年度报告") == ["2023年青禾县人民政府办公室", "政府信息公开工作年度报告"]
        assert title_lines("2023年青禾县政府信息公开工作年度报告") == ["2023年青禾县政府信息公开工作年度报告"]

    def test_second_level_headings(self) -> None:
        assert lead("（一）主动公开情况。全年公开。") == len("（一）主动公开情况。")
        assert lead("（一）主动公开情况") == len("（一）主动公开情况")
        assert lead("一是加强学习。") == 0

    def test_the_day_begins_two_characters_right_of_the_organ(self) -> None:
        organ, day = Signed("青禾县城市管理和综合行政执法局"), Signed("2024年1月20日")
        first, second = indents((organ, day))

        assert first == 2
        assert second + em(day.text) == first + em(organ.text) - 2

    def test_a_short_organ_makes_room_for_the_day(self) -> None:
        organ, day = Signed("青禾县林业局"), Signed("2024年1月20日")
        first, second = indents((organ, day))

        assert second == 2
        assert first + em(organ.text) == second + em(day.text) + 2

    def test_cells_break_as_the_form_does(self) -> None:
        assert cell_lines(Box("（三）不予公开", Role.ROW, down=8)) == ["（三）", "不予公开"]
        assert cell_lines(Box("社会公益组织", Role.HEAD), 10) == ["社会公", "益组织"]
        assert cell_lines(Box("（一）予以公开", Role.ROW, across=2)) == ["（一）予以公开"]


class TestHtml:
    page = LexborHTMLParser(write(report_2023(), Format.HTML).decode())

    def test_it_needs_no_other_host_and_no_script(self) -> None:
        text = write(report_2023(), Format.HTML).decode()

        assert not re.search(r"https?:|//[a-z]|@import|url\(", text)
        assert [node.attributes["type"] for node in self.page.css("script")] == ["application/json"]

    def test_language_title_and_one_first_heading(self) -> None:
        assert self.page.css_first("html").attributes["lang"] == "zh-CN"
        assert self.page.css_first("title").text() == report_2023().title
        assert len(self.page.css("h1")) == 1
        assert len(self.page.css("h2")) == 6

    def test_every_value_cell_names_heads_that_exist(self) -> None:
        heads = {node.attributes["id"] for node in self.page.css("th")}

        for node in self.page.css("td"):
            named = (node.attributes["headers"] or "").split()
            assert named
            assert set(named) <= heads
        assert len(heads) == len(self.page.css("th"))

    def test_the_heads_of_one_cell(self) -> None:
        texts = {node.attributes["id"]: node.text() for node in self.page.css("th")}
        first = self.page.css_first("table.applications tbody td")
        third = self.page.css("table.remedies td")[12]
        fee = self.page.css("table.active td")[-1]

        assert [texts[name] for name in (first.attributes["headers"] or "").split()] == ["申请人情况", "自然人", "一、本年新收政府信息公开申请数量"]
        assert [texts[name] for name in (third.attributes["headers"] or "").split()] == ["行政诉讼", "复议后起诉", "其他结果"]
        assert [texts[name] for name in (fee.attributes["headers"] or "").split()] == [
            "第二十条第（八）项", "本年收费金额（单位：万元）", "行政事业性收费",
        ]

    def test_tables_have_captions_and_names(self) -> None:
        for table in self.page.css("table"):
            caption = self.page.css_first(f"#{table.attributes['aria-labelledby']}")
            assert caption is not None
            assert caption.tag == "caption"
            assert caption.text().startswith("表")

    def test_it_prints_with_heads_on_every_page(self) -> None:
        style = self.page.css_first("style").text()

        assert "table-header-group" in style
        assert "prefers-color-scheme: dark" in style

    def test_markup_in_words_is_words(self) -> None:
        hostile = replace(report_2023(), title="<script>alert(1)</script>\"'&")
        page = LexborHTMLParser(write(hostile, Format.HTML).decode())

        assert page.css_first("h1").text() == hostile.title
        assert len(page.css("script")) == 1


class TestDocx:
    document = docx.Document(io.BytesIO(write(report_2023(), Format.DOCX)))

    def test_merged_cells_are_real(self) -> None:
        table = self.document.tables[1]

        assert len(table.columns) == 10
        assert table.cell(5, 0)._tc is table.cell(26, 0)._tc
        assert table.cell(7, 1)._tc is table.cell(14, 1)._tc
        assert table.cell(0, 0)._tc is table.cell(2, 2)._tc

    def test_head_rows_repeat_and_rows_do_not_break(self) -> None:
        rows = [table._tbl.tr_lst for table in self.document.tables]
        repeated = [[row.find(f"{W}trPr/{W}tblHeader") is not None for row in table].count(True) for table in rows]

        assert repeated == [0, 3, 3]
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for table in rows for row in table)

    def test_fonts_are_named_for_word(self) -> None:
        with zipfile.ZipFile(io.BytesIO(write(report_2023(), Format.DOCX))) as archive:
            styles, fonts = archive.read("word/styles.xml").decode(), archive.read("word/fontTable.xml").decode()

        for name in ("方正小标宋简体", "仿宋_GB2312", "黑体", "宋体"):
            assert f'w:eastAsia="{name}"' in styles
            assert f'w:name="{name}"' in fonts

    def test_properties_are_the_reports_own(self) -> None:
        properties = self.document.core_properties

        assert (properties.title, properties.author) == (report_2023().title, "青禾县林业局")
        assert properties.created.date() == report_2023().signature.on
        assert properties.last_modified_by == ""

    def test_headings_are_headings(self) -> None:
        assert next(p.text for p in self.document.paragraphs if p.style.name.lower() == "heading 1") == "一、总体情况"

    def test_every_part_is_well_formed(self) -> None:
        with zipfile.ZipFile(io.BytesIO(write(report_2023(), Format.DOCX))) as archive:
            for name in archive.namelist():
                if name.endswith((".xml", ".rels")):
                    etree.fromstring(archive.read(name))


class TestXlsx:
    def sheet(self, report: AnnualReport, index: int) -> str:
        with zipfile.ZipFile(io.BytesIO(write(report, Format.XLSX))) as archive:
            return archive.read(f"xl/worksheets/sheet{index}.xml").decode()

    def test_one_sheet_for_the_text_and_one_for_each_table(self) -> None:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(write(report_2023(), Format.XLSX)))

        assert book.sheet_names == ["正文", "表二 主动公开", "表三 依申请公开", "表四 复议诉讼"]
        assert book.get_sheet_by_name("表三 依申请公开").to_python()[3][3] == 6

    def test_totals_are_formulas_with_their_values(self) -> None:
        xml = self.sheet(report_2023(), 3)

        assert '<f>SUM(D4:I4)</f><v>6</v>' in xml
        assert '<f>SUM(D6:D26)</f><v>6</v>' in xml
        assert '<f>SUM(A4:D4)</f><v>0</v>' in self.sheet(report_2023(), 4)

    def test_a_total_that_is_not_the_sum_stays_as_printed(self) -> None:
        wrong = cell(report_2023(), "new_received", "total", 7)
        xml = self.sheet(wrong, 3)

        assert "SUM(D4:I4)</f>" not in xml
        assert re.search(r'<c r="J4" s="\d+"><v>7</v></c>', xml)

    def test_a_blank_total_stays_blank(self) -> None:
        assert "SUM(D4:I4)</f>" not in self.sheet(cell(report_2023(), "new_received", "total", None), 3)

    def test_text_is_never_a_formula(self) -> None:
        hostile = replace(report_2023(), title="=1+1", sections=(Section(1, "一、总体情况", prose("=HYPERLINK(\"x\")\n+1\n@x\n-1")),))
        xml = self.sheet(hostile, 1)

        assert "<f>" not in xml
        assert "hyperlink" not in xml

    def test_a_number_that_a_cell_cannot_hold_is_text(self) -> None:
        report = figures(report_2023(), fee_amount=Decimal("12345678901234567.8901"))
        grids = [block for block in parse(Format.XLSX, write(report, Format.XLSX)).blocks if isinstance(block, Grid)]

        assert "12345678901234567.8901" in {held.text for row in grids[0].rows for held in row}

    def test_cells_are_checked_when_filled_in(self) -> None:
        xml = self.sheet(report_2023(), 3)

        assert xml.count("<dataValidation ") == 25 * 7
        assert "conditionalFormatting" in xml


class TestMarkdown:
    def test_tables_have_real_columns(self) -> None:
        text = write(remedy(report_2023(), "litigation_direct", upheld=1, total=1), "md").decode()

        assert "| 一、本年新收政府信息公开申请数量 |  |  | 6 | 0 | 0 | 0 | 0 | 0 | 6 |" in text
        assert "| 行政复议 | 行政复议 |" in text
        assert text.startswith("# 青禾县林业局2023年")

    def test_signs_of_markdown_in_words_are_marked(self) -> None:
        report = AnnualReport(sections=(Section(1, "一、总体情况", prose("# a | b\n- c\n1. d\n*e* _f_ a_b <g> &amp; `h`")),))
        lines = write(report, "md").decode().split("\n\n")

        assert lines[1:5] == ["\\# a &#124; b", "\\- c", "1\\. d", "\\*e\\* \\_f\\_ a_b &lt;g> &amp;amp; \\`h\\`"]


def test_all_blocks_of_table_four_are_there_when_one_is() -> None:
    table = remedies(AnnualReport(remedies={Remedy.RECONSIDERATION: {Result.TOTAL: 1}}))

    assert table is not None
    assert [box.text for box in table.rows[-1]] == ["", "", "", "", "1", *[""] * 10]


def test_titles_are_one_part() -> None:
    assert [part for part in parts(report_2023()) if isinstance(part, Title)] == [Title("青禾县林业局2023年政府信息公开工作年度报告")]
