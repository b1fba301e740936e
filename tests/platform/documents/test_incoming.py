"""Incoming: Word files in the manner of Chinese offices become clean HTML, with title, number, tables and pictures."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt

from gongkai.formats import doc
from gongkai.formats.source import Unreadable
from gongkai.platform.documents.cleaning import clean, plain
from gongkai.platform.documents.incoming import document_number, from_doc, from_docx

from . import files

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def add(
    document: Any,
    text: str,
    *,
    font: str = "仿宋_GB2312",
    size: float = 16,
    side: str = "",
    bold: bool = False,
    style: str | None = None,
) -> Any:
    paragraph = document.add_paragraph(style=style)
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.bold = bold or None
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if side:
        paragraph.alignment = {"center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}[side]
    return paragraph


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def official() -> Any:
    """A document as a county office writes it: red head, number, title over two lines, headings by font alone."""
    document = docx.Document()
    add(document, "疏勒县人民政府办公室文件", font="方正小标宋简体", size=40, side="center")
    add(document, "疏政办发[2024]12 号", side="center")
    add(document, "关于印发《疏勒县政府信息公开", font="方正小标宋简体", size=22, side="center")
    add(document, "工作实施方案》的通知", font="方正小标宋简体", size=22, side="center")
    add(document, "各乡镇人民政府，县直各部门：")
    add(document, "　　现将方案印发给你们，请认真执行。")
    add(document, "一、总体要求", font="黑体")
    add(document, "（一）工作目标", font="楷体_GB2312")
    add(document, "坚持以公开为常态、不公开为例外。")
    add(document, "1.健全机制", bold=True)
    add(document, "附件：1.任务清单")
    add(document, "疏勒县人民政府办公室")
    add(document, "2024年3月5日")
    return document


def test_an_official_document_is_understood_by_its_look_and_words() -> None:
    taken = from_docx(saved(official()))

    assert taken.title == "关于印发《疏勒县政府信息公开工作实施方案》的通知"
    assert taken.document_number == "疏政办发〔2024〕12号"
    assert taken.html == (
        "<p>各乡镇人民政府，县直各部门：</p><p>现将方案印发给你们，请认真执行。</p><h2>一、总体要求</h2><h3>（一）工作目标</h3>"
        "<p>坚持以公开为常态、不公开为例外。</p><h4>1.健全机制</h4><p>附件：1.任务清单</p>"
        '<p class="align-right">疏勒县人民政府办公室</p><p class="align-right">2024年3月5日</p>'
    )
    assert [note.zh for note in taken.notes] == [
        "版头“疏勒县人民政府办公室文件”未收入正文。",
        "发文字号已按规范写为“疏政办发〔2024〕12号”，请核对。",
    ]


def test_headings_are_known_by_words_alone_where_nothing_is_styled() -> None:
    document = docx.Document()
    for text in (
        "关于开展检查的通知",
        "各科室：",
        "一、检查内容",
        "（一）公开情况",
        "检查公开栏目。",
        "1.检查时间",
        "（二）回复情况，包括来信；",
    ):
        document.add_paragraph(text)
    taken = from_docx(saved(document))

    assert taken.title == "关于开展检查的通知"
    assert (
        taken.html
        == "<p>各科室：</p><h2>一、检查内容</h2><h3>（一）公开情况</h3><p>检查公开栏目。</p><p>1.检查时间</p><p>（二）回复情况，包括来信；</p>"
    )


def test_styles_of_headings_are_followed() -> None:
    document = docx.Document()
    document.add_paragraph("年度工作总结", style="Title")
    document.add_paragraph("基本情况", style="Heading 1")
    document.add_paragraph("细节", style="Heading 2")
    document.add_paragraph("正文。")
    taken = from_docx(saved(document))

    assert taken.title == "年度工作总结"
    assert taken.html == "<h2>基本情况</h2><h3>细节</h3><p>正文。</p>"


def test_numbers_that_the_word_processor_prints_are_kept_as_text_and_bullets_as_lists() -> None:
    document = docx.Document()
    for text in ("第一步", "第二步"):
        document.add_paragraph(text, style="List Number")
    for text in ("甲", "乙"):
        document.add_paragraph(text, style="List Bullet")
    taken = from_docx(saved(document))

    assert taken.html == "<p>1.第一步</p><p>2.第二步</p><ul><li>甲</li><li>乙</li></ul>"


def test_a_table_keeps_its_spans_and_head() -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    for y in range(3):
        for x in range(3):
            table.cell(y, x).text = f"{y}{x}"
    table.cell(0, 0).merge(table.cell(0, 1)).text = "合"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "竖"
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    taken = from_docx(saved(document))

    assert taken.html == (
        '<table><thead><tr><th scope="col" colspan="2">合</th><th scope="col">02</th></tr></thead>'
        '<tbody><tr><td rowspan="2">竖</td><td>11</td><td>12</td></tr><tr><td>21</td><td>22</td></tr></tbody></table>'
    )


def test_pictures_are_kept_in_their_place_and_those_of_the_header_are_not() -> None:
    document = docx.Document()
    document.add_paragraph("前文。")
    shape = document.add_paragraph().add_run().add_picture(io.BytesIO(files.picture("PNG")))
    shape._inline.docPr.set("descr", "现场 照片")
    document.sections[0].header.paragraphs[0].add_run().add_picture(io.BytesIO(files.picture("PNG", size=(9, 9))))
    taken = from_docx(saved(document))

    assert taken.html == '<p>前文。</p><p><img src="picture:0" alt="现场 照片"></p>'
    assert [(one.name, one.media_type, one.alt) for one in taken.pictures] == [("图1.png", "image/png", "现场 照片")]
    assert clean(taken.html.replace("picture:0", "/files/7/a.png")).endswith(
        '<p><img src="/files/7/a.png" alt="现场 照片"></p>'
    )


def test_deletions_comments_and_hidden_text_never_come_in_and_are_said() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("保留的话。")
    paragraph._p.append(
        parse_xml(
            f'<w:del {W} w:id="1" w:author="王某" w:date="2024-01-01T00:00:00Z"><w:r><w:delText>删去的秘密</w:delText></w:r></w:del>'
        )
    )
    paragraph._p.append(
        parse_xml(
            f'<w:ins {W} w:id="2" w:author="王某" w:date="2024-01-01T00:00:00Z"><w:r><w:t>插入的话</w:t></w:r></w:ins>'
        )
    )
    paragraph._p.append(
        parse_xml(f'<w:moveFrom {W} w:id="3" w:author="王某"><w:r><w:t>移走的话</w:t></w:r></w:moveFrom>')
    )
    paragraph._p.append(parse_xml(f"<w:r {W}><w:rPr><w:vanish/></w:rPr><w:t>隐藏的秘密</w:t></w:r>"))
    document.add_comment(paragraph.runs, text="领导批注的秘密", author="李某", initials="李")
    taken = from_docx(saved(document))

    assert plain(taken.html) == "保留的话。插入的话"
    said = "".join(note.zh for note in taken.notes)
    assert "3 处修订" in said and "1 条批注" in said and "1 处隐藏文字" in said
    assert "秘密" not in said


def test_footnotes_come_in_as_text() -> None:
    data = saved(official())
    parts = files.members(data)
    notes = f'<w:footnotes {W}><w:footnote w:id="2"><w:p><w:r><w:t>见条例第十九条</w:t></w:r></w:p></w:footnote></w:footnotes>'
    run = b'<w:r><w:footnoteReference w:id="2"/></w:r>'
    parts["word/footnotes.xml"] = notes.encode()
    place = parts["word/document.xml"].find("现将方案".encode())
    end = parts["word/document.xml"].find(b"</w:p>", place)
    parts["word/document.xml"] = parts["word/document.xml"][:end] + run + parts["word/document.xml"][end:]
    rels = "word/_rels/document.xml.rels"
    parts[rels] = parts[rels].replace(
        b"</Relationships>",
        f'<Relationship Id="rId77" Type="{files.OFFICE}/footnotes" Target="footnotes.xml"/></Relationships>'.encode(),
    )
    taken = from_docx(files.packed(parts))

    assert "<sup>[1]</sup>" in taken.html
    assert taken.html.endswith("<ol><li>见条例第十九条</li></ol>")


@pytest.mark.parametrize(
    ("line", "number", "right"),
    [
        ("国办发〔2019〕14号", "国办发〔2019〕14号", True),
        ("国办公开办函〔2021〕30号", "国办公开办函〔2021〕30号", True),
        ("疏政办发[2024]12号", "疏政办发〔2024〕12号", False),
        ("疏政办发［２０２４］１２号", "疏政办发〔2024〕12号", False),
        ("疏政发（2024）第 012 号", "疏政发〔2024〕12号", False),
        ("疏政发【2024】5号　　签发人：王某", "疏政发〔2024〕5号", False),
        ("文号：疏财字〔2023〕101号", "疏财字〔2023〕101号", True),
        ("根据国发〔2024〕1号", "", False),
        ("见〔2024〕1号", "", False),
        ("新政发〔2024〕号", "", False),
        ("关于疏政发〔2024〕5号文件的说明", "", False),
    ],
)
def test_a_document_number_is_known_and_written_rightly(line: str, number: str, right: bool) -> None:
    assert document_number(line) == (number, right)


def test_what_is_no_word_file_is_refused() -> None:
    with pytest.raises(Unreadable):
        from_docx(b"PK\x03\x04nonsense")
    with pytest.raises(Unreadable):
        from_docx(files.changed(files.word(), {"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}))


@pytest.mark.skipif(doc.libreoffice() is None, reason="LibreOffice 未安装 (not installed)")
def test_an_old_word_file_comes_in_through_libreoffice(tmp_path) -> None:  # type: ignore[no-untyped-def]
    import subprocess

    (tmp_path / "a.docx").write_bytes(saved(official()))
    command = [
        str(doc.libreoffice()),
        f"-env:UserInstallation={(tmp_path / 'p').as_uri()}",
        "--headless",
        "--convert-to",
        "doc:MS Word 97",
    ]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(tmp_path / "a.docx")], check=True, capture_output=True, timeout=120
    )
    taken = from_doc((tmp_path / "a.doc").read_bytes())

    assert taken.title == "关于印发《疏勒县政府信息公开工作实施方案》的通知"
    assert taken.document_number == "疏政办发〔2024〕12号"
    assert "<h2>一、总体要求</h2>" in taken.html
    assert "旧版" in taken.notes[0].zh
