"""Outgoing: a published text as DOCX and PDF says all that the page says, and nothing that the gate would stop."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import docx
import pdfplumber
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.formats.writing.fonts import directory
from gongkai.platform.documents.cleaning import clean, plain
from gongkai.platform.documents.gate import check_attachment
from gongkai.platform.documents.incoming import from_docx
from gongkai.platform.documents.intake import Accepted, examine
from gongkai.platform.documents.outgoing import Document, Unwritable, to_docx, to_pdf
from gongkai.platform.documents.outgoing.titles import title_lines

from . import files
from .test_cleaning import _PIECES

has_fonts = pytest.mark.skipif(
    not (directory() / "FandolFang-Regular.otf").is_file(), reason="字体未安装，先运行 make fonts (fonts not installed)"
)
BODY = clean(
    """<p>各乡镇人民政府：</p><h2>一、总体要求</h2><h3>（一）目标</h3><h4>1.机制</h4><p>坚持<strong>公开</strong>为常态，CO<sub>2</sub>、m<sup>2</sup>，
见<a href="/guide">指南</a>和<a href="https://www.example/a">网站</a>。</p><ul><li>甲<ul><li>乙</li></ul></li></ul><ol start="3"><li>丙</li></ol>
<table><caption>表 1</caption><tr><th>序号</th><th colspan="2">任务</th></tr><tr><td rowspan="2">1</td><td>左</td><td>右</td></tr><tr><td colspan="2">宽</td></tr></table>
<p><img src="/files/1/a.png" alt="现场"></p><blockquote>引文</blockquote><hr><p class="align-right">疏勒县人民政府<br>2024年3月5日</p>"""
)
DOCUMENT = Document(
    "关于印发《疏勒县2024年政府信息公开工作要点》的通知", "疏勒县人民政府办公室", BODY, "疏政办发〔2024〕12号", "010203045/2024-00012",
    date(2024, 3, 5), date(2024, 3, 8), (("主题分类", "综合政务"), ("空白", "")), "已废止（2025年1月1日起）", {"/files/1/a.png": files.picture("PNG", (300, 200))},
    ("任务清单.xlsx", "申请表.docx"), "https://www.shule.example/items/1", "疏勒县人民政府办公室：疏政办发〔2024〕12号",
)  # fmt: skip


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return "".join(text.split())


class TestWord:
    def test_reading_it_again_gives_the_same_text(self) -> None:
        taken = from_docx(
            to_docx(
                replace(
                    DOCUMENT,
                    metadata=(),
                    validity="",
                    attachments=(),
                    address="",
                    citation="",
                    index_number="",
                    organ="",
                )
            )
        )
        words = "".join(plain(taken.html).split())

        for line in plain(BODY).replace("\t", "\n").split("\n"):
            assert "".join(line.split()) in words
        assert "<h2>一、总体要求</h2><h3>（一）目标</h3><h4>1.机制</h4>" in taken.html
        assert '<th scope="col" colspan="2"' in taken.html and 'rowspan="2"' in taken.html
        assert '<p class="align-right">疏勒县人民政府<br>2024年3月5日</p>' in taken.html
        assert len(taken.pictures) == 1 and taken.pictures[0].alt == "现场"

    def test_its_box_has_every_fact_that_is_known_and_no_empty_one(self) -> None:
        made = docx.Document(io.BytesIO(to_docx(DOCUMENT)))
        cells = [cell.text for row in made.tables[0].rows for cell in row.cells]

        assert cells == [
            "索引号", "010203045/2024-00012", "发布机构", "疏勒县人民政府办公室", "文号", "疏政办发〔2024〕12号", "成文日期", "2024年3月5日",
            "公开日期", "2024年3月8日", "主题分类", "综合政务",
        ]  # fmt: skip
        assert made.paragraphs[0].text == "已废止（2025年1月1日起）"
        assert made.core_properties.author == "疏勒县人民政府办公室"

    def test_the_same_document_gives_the_same_bytes(self) -> None:
        assert to_docx(DOCUMENT) == to_docx(DOCUMENT)

    def test_links_within_the_site_are_completed(self) -> None:
        made = docx.Document(io.BytesIO(to_docx(DOCUMENT)))
        targets = {relation.target_ref for relation in made.part.rels.values() if relation.is_external}

        assert targets == {"https://www.shule.example/guide", "https://www.example/a"}

    def test_it_passes_the_intake_and_the_gate(self) -> None:
        data = to_docx(DOCUMENT)

        assert isinstance(examine("通知.docx", data), Accepted)
        assert check_attachment("通知.docx", data) == ()

    @settings(max_examples=12, deadline=None)
    @given(st.lists(_PIECES, max_size=12).map("".join))
    def test_whatever_is_clean_can_be_written(self, html: str) -> None:
        body = clean(html)
        made = to_docx(Document("标题", "机关", body))
        words = "".join(from_docx(made).html.split())

        assert words is not None
        assert isinstance(examine("a.docx", made), Accepted)


@has_fonts
class TestPages:
    def test_it_says_everything_in_order(self) -> None:
        words = text_of(to_pdf(DOCUMENT))
        expected = [
            "已废止",
            "索引号",
            "010203045/2024-00012",
            "关于印发《疏勒县2024年",
            "各乡镇人民政府",
            "一、总体要求",
            "（一）目标",
            "1.机制",
            "表1",
            "任务",
            "宽",
            "引文",
            "2024年3月5日",
            "附件：",
            "任务清单.xlsx",
            "永久地址",
            "引用格式",
        ]
        at = 0
        for piece in expected:
            at = words.find(piece, at)

            assert at >= 0, piece

    def test_it_is_named_tagged_and_of_the_organ(self) -> None:
        document = pypdfium2.PdfDocument(to_pdf(DOCUMENT))

        assert document.get_metadata_value("Title") == DOCUMENT.title
        assert document.get_metadata_value("Author") == "疏勒县人民政府办公室"
        assert document.is_tagged()
        document.close()

    def test_it_passes_the_intake_and_the_gate(self) -> None:
        data = to_pdf(DOCUMENT)

        assert isinstance(examine("通知.pdf", data), Accepted), examine("通知.pdf", data)
        assert check_attachment("通知.pdf", data) == ()

    def test_the_head_of_a_long_table_stands_on_every_page(self) -> None:
        rows = "".join(f"<tr><td>{n}</td><td>任务</td></tr>" for n in range(120))
        data = to_pdf(
            replace(DOCUMENT, attachments=(), body=clean(f"<table><tr><th>编号</th><th>内容</th></tr>{rows}</table>"))
        )
        with pdfplumber.open(io.BytesIO(data)) as opened:
            pages = [page.extract_text() for page in opened.pages]

        assert len(pages) > 2
        assert all("编号" in page for page in pages if "任务" in page)

    def test_a_picture_that_is_missing_or_broken_is_named_by_its_words(self) -> None:
        for pictures in ({}, {"/files/1/a.png": b"no picture"}):
            assert "［图：现场］" in text_of(to_pdf(replace(DOCUMENT, pictures=pictures)))

    def test_a_character_without_a_font_is_named(self) -> None:
        with pytest.raises(Unwritable) as refused:
            to_pdf(replace(DOCUMENT, body="<p>甲\U000f0000</p>", title="乙\u0f8d\U0001fbf9\U00016a3a"))

        assert "U+" in refused.value.zh and "DOCX" in refused.value.zh

    def test_signs_that_only_steer_are_left_out(self) -> None:
        assert "甲乙" in text_of(to_pdf(replace(DOCUMENT, title="甲\u202e乙\u200b")))

    @settings(max_examples=15, deadline=None)
    @given(st.lists(_PIECES, max_size=12).map("".join))
    def test_whatever_is_clean_can_be_set(self, html: str) -> None:
        body = clean(html)
        words = text_of(to_pdf(Document("标题", "机关", body)))

        for line in plain(body).replace("\t", "\n").split("\n"):
            if line.isascii() and line.isalnum():
                assert line in words


class TestTitles:
    @pytest.mark.parametrize(
        ("title", "lines"),
        [
            ("关于做好工作的通知", ["关于做好工作的通知"]),
            (
                "关于印发《疏勒县2024年政府信息公开工作要点》的通知",
                ["关于印发《疏勒县2024年", "政府信息公开工作要点》的通知"],
            ),
            (
                "国务院办公厅关于印发中华人民共和国政府信息公开工作年度报告格式的通知",
                ["国务院办公厅关于印发中华人民共和国", "政府信息公开工作年度报告格式的通知"],
            ),
        ],
    )
    def test_a_title_breaks_where_its_sense_does(self, title: str, lines: list[str]) -> None:
        assert title_lines(title) == lines

    @given(st.text("关于印发的通知《》（）2024年政府信息公开、，和", max_size=90))
    def test_no_character_is_lost(self, title: str) -> None:
        assert "".join(title_lines(title)) == title
