"""The gate reads attachments as it reads the text, and looks for what they hide."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import docx
import pytest
import xlsxwriter
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.shared import Pt, RGBColor
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from gongkai.formats.limits import DEFAULT
from gongkai.platform.documents.gate import GateFinding, Severity, check, check_attachment

from . import files
from .test_gate import TITLE, card, identity

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def found(name: str, data: bytes) -> dict[str, GateFinding]:
    return {finding.code: finding for finding in check_attachment(name, data)}


def saved(document: Any, author: str = "") -> bytes:
    document.core_properties.author = author
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


class TestWord:
    def test_an_ordinary_document_has_nothing_to_find(self) -> None:
        assert found("通知.docx", saved(docx.Document())) == {}
        assert found("通知.docx", files.word("各乡镇人民政府：请认真执行。")) == {}

    def test_numbers_are_found_in_text_tables_headers_and_notes_with_their_place(self) -> None:
        document = docx.Document()
        document.add_paragraph("第一段。")
        document.add_paragraph(f"身份证号 {identity()}")
        table = document.add_table(2, 2)
        for cell, text in zip(table.row_cells(0) + table.row_cells(1), ("姓名", "卡号", "甲", card()), strict=True):
            cell.text = text
        document.sections[0].header.paragraphs[0].text = "机密★10年"
        seen = found("通知.docx", saved(document))

        assert seen.keys() == {"identity_card", "bank_card", "secrecy_mark"}
        assert seen["identity_card"].where.place.zh == "第 2 段"
        assert seen["bank_card"].where.place.zh == "第 4 段"
        assert seen["secrecy_mark"].where.place.zh == "页眉"
        assert seen["secrecy_mark"].where.attachment == "通知.docx"

    def test_comments_changes_and_hidden_text_stop(self) -> None:
        document = docx.Document()
        paragraph = document.add_paragraph("正文")
        document.add_comment(paragraph.runs, text="此处再议", author="", initials="")
        paragraph._p.append(parse_xml(f'<w:del {W} w:id="1" w:author="a"><w:r><w:delText>删</w:delText></w:r></w:del>'))
        paragraph._p.append(parse_xml(f"<w:r {W}><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"))
        white = document.add_paragraph().add_run("白字")
        white.font.color.rgb = RGBColor(255, 255, 255)
        tiny = document.add_paragraph().add_run("小字")
        tiny.font.size = Pt(1)
        seen = check_attachment("通知.docx", saved(document))

        assert sorted(finding.code for finding in seen) == ["comments", "hidden_text", "hidden_text", "tracked_changes"]
        assert all(finding.severity is Severity.BLOCK for finding in seen)
        assert "白色或极小的字，2 处" in "".join(finding.message.zh for finding in seen)

    def test_text_blacked_out_with_a_highlight_is_still_there(self) -> None:
        document = docx.Document()
        document.add_paragraph().add_run("涉及个人的内容").font.highlight_color = WD_COLOR_INDEX.BLACK

        assert found("通知.docx", saved(document)).keys() == {"covered_text"}

    def test_white_letters_on_a_dark_cell_are_seen_and_no_concern(self) -> None:
        document = docx.Document()
        cell = document.add_table(1, 1).cell(0, 0)
        cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {W} w:val="clear" w:fill="1F4E79"/>'))
        run = cell.paragraphs[0].add_run("表头")
        run.font.color.rgb = RGBColor(255, 255, 255)

        assert found("表.docx", saved(document)) == {}

    @pytest.mark.parametrize("author", ["王小明", "zhangsan", "阿不都·热合曼"])
    def test_the_author_is_a_warning_and_masked(self, author: str) -> None:
        finding = found("通知.docx", saved(docx.Document(), author))["author"]

        assert finding.severity is Severity.WARN
        assert author not in finding.message.zh + finding.excerpt

    @pytest.mark.parametrize(
        "author", ["", "Administrator", "微软用户", "疏勒县人民政府办公室", "WPS Office", "python-docx", "县财政局"]
    )
    def test_programs_and_organs_are_no_persons(self, author: str) -> None:
        assert found("通知.docx", saved(docx.Document(), author)) == {}

    def test_a_workbook_behind_a_chart_is_a_warning(self) -> None:
        assert "chart_workbook" in found(
            "图.docx", files.changed(files.word(), {"word/embeddings/a.xlsx": files.sheet()})
        )


class TestBook:
    def test_a_hidden_sheet_stops_and_what_it_holds_is_read_too(self) -> None:
        seen = found("补贴.xlsx", files.sheet(hidden=(("姓名", "身份证号"), ("甲", identity()))))

        assert seen.keys() == {"hidden_sheet", "identity_card"}
        assert "“底稿”，内有 4 个单元格" in seen["hidden_sheet"].message.zh
        assert seen["identity_card"].where.place.zh == "工作表“底稿” B2"

    def test_hidden_columns_and_rows_stop_where_something_stands_in_them(self) -> None:
        out = io.BytesIO()
        with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
            page = book.add_worksheet("名单")
            page.write_row(0, 0, ["姓名", "证号", "金额"])
            page.write_row(1, 0, ["甲", identity(), 100])
            page.write_row(2, 0, ["乙", "x", 200])
            page.set_column(1, 1, None, None, {"hidden": True})
            page.set_column(8, 9, None, None, {"hidden": True})
            page.set_row(2, None, None, {"hidden": True})
            page.set_row(9, None, None, {"hidden": True})
        seen = found("名单.xlsx", out.getvalue())

        assert seen.keys() == {"hidden_columns", "hidden_rows", "identity_card"}
        assert seen["hidden_columns"].message.zh == "工作表“名单”有隐藏的列：B。"
        assert seen["hidden_rows"].message.zh == "工作表“名单”有 1 行隐藏（第 3 行）。"

    def test_comments_caches_links_and_text_boxes_are_seen(self) -> None:
        out = io.BytesIO()
        with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
            page = book.add_worksheet()
            page.write_comment("A1", "待核实")
            page.insert_textbox("B2", "手机 13899112233")
        parts = {"xl/pivotCache/pivotCacheRecords1.xml": b"<a/>", "xl/externalLinks/externalLink1.xml": b"<a/>"}
        seen = found("表.xlsx", files.changed(out.getvalue(), parts))

        assert seen.keys() == {"comments", "pivot_cache", "other_workbook", "mobile"}
        assert seen["mobile"].where.place.zh == "文本框"

    def test_telephone_numbers_kept_as_numbers_are_found(self) -> None:
        seen = found("名单.xlsx", files.sheet((("姓名", "电话"), ("甲", 13899112233))))

        assert seen.keys() == {"mobile"}

    def test_amounts_of_eleven_digits_are_no_telephone_numbers(self) -> None:
        assert found("预算.xlsx", files.sheet((("项目", "金额"), ("甲", 13899112233)))) == {}

    def test_the_heading_of_the_column_tells_bank_cards(self) -> None:
        seen = found("名单.xlsx", files.sheet((("姓名", "银行卡号"), ("甲", card()))))

        assert seen.keys() == {"bank_card"}


class TestOthers:
    def test_slides_hidden_or_with_notes(self) -> None:
        a, p = (
            "http://schemas.openxmlformats.org/drawingml/2006/main",
            "http://schemas.openxmlformats.org/presentationml/2006/main",
        )
        notes = f'<p:notes xmlns:p="{p}" xmlns:a="{a}"><a:p><a:r><a:t>只说不写</a:t></a:r></a:p></p:notes>'.encode()
        seen = found(
            "汇报.pptx", files.slides(f"证号 {identity()}", {"ppt/notesSlides/notesSlide1.xml": notes}, shown=False)
        )

        assert seen.keys() == {"hidden_slide", "slide_notes", "identity_card"}
        assert seen["identity_card"].where.place.zh == "第 1 张幻灯片"

    def test_text_files_tables_and_ofd_are_read(self) -> None:
        text = found("名单.txt", f"一\n二\n证号 {identity()}".encode("gb18030"))
        table = found("名单.csv", f"姓名,卡号\n甲,{card()}\n".encode())
        ofd = found("文件.ofd", files.ofd(f"证号 {identity()}"))

        assert text["identity_card"].where.place.zh == "第 3 行"
        assert table.keys() == {"bank_card"}
        assert ofd["identity_card"].where.place.zh == "第 1 页"

    def test_a_picture_has_nothing_to_read(self) -> None:
        assert found("图.png", files.picture()) == {}

    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("坏.docx", files.word()[:900]),
            ("坏.pdf", b"%PDF-1.7 nonsense"),
            ("包.zip", files.packed({"a": b"b"})),
            ("坏.xlsx", files.sheet()[:500]),
        ],
    )
    def test_what_cannot_be_checked_stops(self, name: str, data: bytes) -> None:
        seen = found(name, data)

        assert seen.keys() == {"unchecked"}
        assert seen["unchecked"].severity is Severity.BLOCK

    def test_a_waiver_holds_to_the_file_and_not_to_its_name(self) -> None:
        data, changed = (files.sheet(hidden=((text,),)) for text in "ab")
        first, again, other = (check_attachment("a.xlsx", content)[0] for content in (data, data, changed))

        assert first.fingerprint == again.fingerprint
        assert first.fingerprint != other.fingerprint

    def test_the_whole_check_names_the_attachment(self) -> None:
        seen = check(
            "<p>正文</p>",
            TITLE,
            [("一.xlsx", files.sheet(hidden=(("a",),))), ("二.txt", f"证号 {identity()}".encode())],
        )

        assert {(finding.code, finding.where.attachment) for finding in seen} == {
            ("hidden_sheet", "一.xlsx"),
            ("identity_card", "二.txt"),
        }

    @given(st.binary(max_size=300), st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", files.OLE]))
    def test_no_bytes_whatever_make_the_check_fail(self, tail: bytes, head: bytes) -> None:
        assert isinstance(check_attachment("x", head + tail), tuple)


class TestPages:
    TEXT = b"BT /F1 12 Tf 72 720 Td (Name and number of a person) Tj ET\n"

    def test_an_ordinary_page_has_nothing_to_find(self) -> None:
        assert found("a.pdf", files.pdf()) == {}

    def test_text_under_a_black_box_is_found(self) -> None:
        seen = found("a.pdf", files.pdf(content=self.TEXT + b"0 0 0 rg 60 710 300 24 re f"))

        assert seen.keys() == {"covered_text"}
        assert seen["covered_text"].where.place.zh == "第 1 页"
        assert seen["covered_text"].severity is Severity.BLOCK

    def test_text_under_a_white_box_is_found(self) -> None:
        assert found("a.pdf", files.pdf(content=self.TEXT + b"1 1 1 rg 60 710 300 24 re f")).keys() == {"covered_text"}

    def test_text_on_a_dark_ground_is_no_concern(self) -> None:
        assert found("a.pdf", files.pdf(content=b"0 0 0 rg 60 710 300 24 re f 1 1 1 rg\n" + self.TEXT)) == {}

    def test_text_on_a_light_ground_is_no_concern(self) -> None:
        assert found("a.pdf", files.pdf(content=b"0.95 0.95 1 rg 60 710 300 24 re f 0 0 0 rg\n" + self.TEXT)) == {}

    def test_white_text_on_white_and_black_text_on_black_are_found(self) -> None:
        white = found("a.pdf", files.pdf(content=b"1 1 1 rg " + self.TEXT))
        black = found("a.pdf", files.pdf(content=b"0 0 0 rg 60 710 300 24 re f " + self.TEXT))

        assert white.keys() == black.keys() == {"hidden_text"}

    def test_a_box_drawn_as_an_annotation_covers_and_is_an_annotation(self) -> None:
        square = b"/Annots [<< /Type /Annot /Subtype /Square /Rect [60 710 360 734] /IC [0 0 0] /C [0 0 0] >>]"
        seen = found("a.pdf", files.pdf(page=square))

        assert seen.keys() == {"covered_text", "annotations"}

    def test_a_link_and_a_seal_are_no_annotations_left_behind(self) -> None:
        link = b"<< /Type /Annot /Subtype /Link /Rect [60 710 360 734] >> << /Type /Annot /Subtype /Stamp /Rect [60 710 360 734] >>"

        assert found("a.pdf", files.pdf(page=b"/Annots [" + link + b"]")) == {}

    def test_a_comment_left_behind_is_found(self) -> None:
        note = b"/Annots [<< /Type /Annot /Subtype /Text /Rect [60 710 80 734] /Contents (to check) >>]"

        assert found("a.pdf", files.pdf(page=note)).keys() == {"annotations"}

    def test_a_page_that_is_a_picture_only_is_a_warning(self) -> None:
        out = io.BytesIO()
        Image.new("RGB", (300, 400), "grey").save(out, "PDF")
        seen = found("扫描.pdf", out.getvalue())

        assert seen.keys() == {"no_text_layer"}
        assert seen["no_text_layer"].message.zh.startswith("第 1 页没有文字层")

    def test_numbers_in_the_text_are_found_with_their_page(self) -> None:
        number = identity().encode()
        seen = found("a.pdf", files.pdf(content=b"BT /F1 12 Tf 72 720 Td (ID " + number + b") Tj ET"))

        assert seen["identity_card"].where.place.zh == "第 1 页"

    def test_a_number_set_with_wide_spaces_is_found(self) -> None:
        number = " ".join(identity()).encode()

        assert "identity_card" in found("a.pdf", files.pdf(content=b"BT /F1 12 Tf 72 720 Td (" + number + b") Tj ET"))

    def test_pages_beyond_the_limit_are_never_passed_over_in_silence(self) -> None:
        (finding,) = check_attachment("a.pdf", files.pdf(), limits=replace(DEFAULT, pages=0))

        assert (finding.code, finding.severity) == ("unchecked", Severity.BLOCK)

    def test_an_author_is_a_warning(self) -> None:
        data = files.pdf(b"<< /Author (zhangsan) >>").replace(b"/Root 1 0 R", b"/Root 1 0 R /Info 6 0 R")

        assert found("a.pdf", data).keys() == {"author"}
