"""Word documents: body order, merged cells, numbers that the program counts itself, changes not yet accepted."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml

from gongkai.formats import docx as parser
from gongkai.formats.blocks import Grid
from gongkai.formats.numbering import Level, Numbering, chinese
from gongkai.formats.source import Parsed, Unreadable

from .shown import codes, shown

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"'
)


def package(body: str, **parts: str) -> bytes:
    """A document of nothing but this body, and further parts by name."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return data.getvalue()


def parse(body: str, **parts: str) -> Parsed:
    return parser.parse(package(body, **parts))


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


class TestOrder:
    def test_paragraphs_and_tables_come_in_body_order(self) -> None:
        document = docx.Document()
        document.core_properties.title = "年度报告"
        document.add_paragraph("二、主动公开政府信息情况")
        table = document.add_table(3, 3)
        table.cell(0, 0).merge(table.cell(0, 2)).text = "第二十条第（一）项"
        table.cell(1, 0).merge(table.cell(2, 0)).text = "规章"
        table.cell(1, 1).text, table.cell(2, 2).text = "0", "5"
        document.add_paragraph("三、收到")
        data = io.BytesIO()
        document.save(data)
        parsed = parser.parse(data.getvalue())

        assert parsed.title == "年度报告"
        assert shown(parsed) == [
            "二、主动公开政府信息情况",
            [["第二十条第（一）项"] * 3, ["规章", "0", ""], ["规章", "", "5"]],
            "三、收到",
        ]

    def test_text_in_runs_links_controls_and_breaks_is_one_paragraph_a_line(self) -> None:
        body = (
            "<w:p><w:r><w:t>政</w:t></w:r><w:hyperlink><w:r><w:t>府</w:t></w:r></w:hyperlink><w:sdt><w:sdtContent><w:r>"
            "<w:t>信</w:t></w:r></w:sdtContent></w:sdt><w:smartTag><w:r><w:t>息</w:t></w:r></w:smartTag>"
            "<w:r><w:br/><w:t>公开</w:t><w:tab/><w:t>5</w:t></w:r></w:p>"
        )

        assert shown(parse(body)) == ["政府信息", "公开 5"]

    def test_field_codes_hidden_text_and_pinyin_are_left_out(self) -> None:
        body = (
            "<w:p><w:r><w:fldChar/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>4</w:t></w:r>"
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>显</w:t></w:r>"
            "<w:r><w:ruby><w:rt><w:r><w:t>yin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>字</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>"
        )

        assert shown(parse(body)) == ["4显字"]

    def test_a_text_box_follows_its_paragraph_once(self) -> None:
        box = f"<w:txbxContent>{p('框内')}</w:txbxContent>"
        body = (
            "<w:p><w:r><w:t>锚</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
            f"{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict>"
            f"</mc:Fallback></mc:AlternateContent></w:r></w:p>{p('后')}"
        )

        assert shown(parse(body)) == ["锚", "框内", "后"]

    def test_a_picture_is_named(self) -> None:
        body = "<w:p><w:r><w:drawing><wp:docPr id='1' descr='表三 截图'/><a:blip/></w:drawing></w:r></w:p>"

        assert shown(parse(body)) == ["[图表三 截图]"]

    def test_a_document_in_the_strict_form_is_read(self) -> None:
        data = package(p("文"))
        strict = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(strict, "w") as new:
            for name in old.namelist():
                new.writestr(
                    name, old.read(name).replace(W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
                )

        assert shown(parser.parse(strict.getvalue())) == ["文"]


class TestTables:
    def test_merges_across_and_down_are_one_cell(self) -> None:
        body = "<w:tbl>{}{}{}</w:tbl>".format(
            tr(tc("甲", "<w:vMerge w:val='restart'/>"), tc("乙", "<w:gridSpan w:val='2'/>")),
            tr(tc("", "<w:vMerge/>"), tc("1"), tc("2")),
            tr(tc("", "<w:vMerge w:val='continue'/>"), tc("3"), tc("4")),
        )
        parsed = parse(body)
        grid = parsed.blocks[0]

        assert shown(parsed) == [[["甲", "乙", "乙"], ["甲", "1", "2"], ["甲", "3", "4"]]]
        assert isinstance(grid, Grid) and grid.rows[0][0] is grid.rows[2][0]

    def test_a_merge_that_continues_nothing_is_a_cell_of_its_own(self) -> None:
        body = f"<w:tbl>{tr(tc('甲'), tc('1'))}{tr(tc('乙', '<w:vMerge/>'), tc('2'))}</w:tbl>"

        assert shown(parse(body)) == [[["甲", "1"], ["乙", "2"]]]

    def test_room_left_at_the_sides_is_no_cell(self) -> None:
        body = f"<w:tbl>{tr(tc('甲'), tc('1'), tc('2'))}{tr(tc('3'), properties=chr(60) + 'w:gridBefore w:val=' + repr('1') + '/>')}</w:tbl>"

        assert shown(parse(body)) == [[["甲", "1", "2"], [None, "3", None]]]

    def test_rows_and_cells_in_content_controls_are_found(self) -> None:
        body = f"<w:tbl><w:sdt><w:sdtContent>{tr(tc('甲'), f'<w:sdt><w:sdtContent>{tc(chr(49))}</w:sdtContent></w:sdt>')}</w:sdtContent></w:sdt></w:tbl>"

        assert shown(parse(body)) == [[["甲", "1"]]]

    def test_the_old_horizontal_merge_is_understood(self) -> None:
        body = f"<w:tbl>{tr(tc('题', '<w:hMerge w:val=' + repr('restart') + '/>'), tc('', '<w:hMerge/>'))}{tr(tc('甲'), tc('1'))}</w:tbl>"

        assert shown(parse(body)) == [[["题", "题"], ["甲", "1"]]]

    def test_a_nested_table_is_a_table_of_its_own(self) -> None:
        inner = f"<w:tbl>{tr(tc('规章'), tc('0'))}</w:tbl>"
        body = f"<w:tbl>{tr(f'<w:tc>{p(chr(21069))}{inner}{p(chr(21518))}</w:tc>')}</w:tbl>"

        assert shown(parse(body)) == ["前", [["规章", "0"]], "后"]

    def test_a_grid_of_slim_columns_shows_only_those_where_cells_begin(self) -> None:
        wide = "<w:gridSpan w:val='7'/>"
        body = f"<w:tbl>{tr(tc('规章', wide), tc('0', wide))}{tr(tc('文件', wide), tc('5', wide))}</w:tbl>"

        assert shown(parse(body)) == [[["规章", "0"], ["文件", "5"]]]


class TestChanges:
    def test_insertions_stay_deletions_go_and_both_are_told(self) -> None:
        body = (
            "<w:p><w:r><w:t>申请</w:t></w:r><w:del><w:r><w:delText>20</w:delText></w:r></w:del>"
            "<w:ins><w:r><w:t>21</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom><w:r><w:t>件</w:t></w:r></w:p>"
        )
        parsed = parse(body)

        assert shown(parsed) == ["申请21件"]
        assert codes(parsed) == ["source.tracked_changes"]
        assert "2 处" in parsed.remarks[0].sentence()

    def test_a_deleted_paragraph_end_joins_the_next(self) -> None:
        body = p("前半", "<w:rPr><w:del/></w:rPr>") + p("后半")

        assert shown(parse(body)) == ["前半后半"]

    def test_a_deleted_row_is_gone(self) -> None:
        body = f"<w:tbl>{tr(tc('甲'), tc('1'))}{tr(tc('乙'), tc('2'), properties='<w:del/>')}</w:tbl>"

        assert shown(parse(body)) == [[["甲", "1"]]]


def numbering(*levels: tuple[str, str]) -> str:
    shapes = "".join(
        f"<w:lvl w:ilvl='{depth}'><w:start w:val='1'/><w:numFmt w:val='{shape}'/><w:lvlText w:val='{text}'/></w:lvl>"
        for depth, (shape, text) in enumerate(levels)
    )
    return (
        f"<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId='0'>{shapes}</w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
        "<w:num w:numId='2'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/></w:lvlOverride></w:num>"
        "</w:numbering>"
    )


def listed(text: str, depth: int = 0, which: int = 1) -> str:
    return p(text, f"<w:numPr><w:ilvl w:val='{depth}'/><w:numId w:val='{which}'/></w:numPr>")


class TestNumbering:
    def test_headings_numbered_by_the_program_get_their_numbers(self) -> None:
        body = (
            listed("总体情况")
            + listed("主动公开", 1)
            + listed("依申请", 1)
            + listed("主动公开政府信息情况")
            + listed("机制", 1)
        )
        parts = numbering(("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）"))

        assert shown(parse(body, numbering=parts)) == [
            "一、总体情况",
            "（一）主动公开",
            "（二）依申请",
            "二、主动公开政府信息情况",
            "（一）机制",
        ]

    def test_a_number_of_a_style_is_used(self) -> None:
        styles = (
            f"<w:styles {NAMESPACES}><w:style w:styleId='h'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
            "<w:style w:styleId='k'><w:basedOn w:val='h'/></w:style></w:styles>"
        )
        body = p("总体情况", "<w:pStyle w:val='h'/>") + p("主动公开", "<w:pStyle w:val='k'/>")

        assert shown(parse(body, numbering=numbering(("chineseCounting", "%1、")), styles=styles)) == [
            "一、总体情况",
            "二、主动公开",
        ]

    def test_a_list_that_starts_again_counts_from_one(self) -> None:
        body = listed("甲") + listed("乙") + listed("丙", 0, 2) + listed("丁", 0, 2)

        assert shown(parse(body, numbering=numbering(("decimal", "%1.")))) == ["1.甲", "2.乙", "1.丙", "2.丁"]

    def test_blank_and_bulleted_paragraphs_get_no_number(self) -> None:
        body = listed("") + listed("甲") + listed("乙", 1)

        assert shown(parse(body, numbering=numbering(("decimal", "%1."), ("bullet", "·")))) == ["1.甲", "乙"]

    def test_labels_numbered_within_a_table_get_their_numbers(self) -> None:
        body = f"<w:tbl><w:tr><w:tc>{listed('属于国家秘密')}</w:tc>{tc('0')}</w:tr></w:tbl>"

        assert shown(parse(body, numbering=numbering(("decimal", "%1.")))) == [[["1.属于国家秘密", "0"]]]

    @pytest.mark.parametrize(
        ("number", "said"),
        [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (105, "一百零五"), (110, "一百一十"), (1001, "一千零一")],
    )
    def test_numbers_are_counted_in_chinese(self, number: int, said: str) -> None:
        assert chinese(number) == said

    @pytest.mark.parametrize(
        ("shape", "said"),
        [
            ("chineseLegalSimplified", "叁"),
            ("ideographDigital", "三"),
            ("ideographTraditional", "丙"),
            ("decimalEnclosedCircle", "③"),
            ("decimalFullWidth", "３"),
            ("upperLetter", "C"),
            ("lowerRoman", "iii"),
            ("unheard-of", ""),
        ],
    )
    def test_other_counts(self, shape: str, said: str) -> None:
        assert Numbering({"1": {0: Level(shape, "%1", 3)}}).label("1", 0) == said


class TestRefusals:
    def test_a_body_that_is_an_embedded_page_is_named(self) -> None:
        with pytest.raises(Unreadable) as refused:
            parse("<w:altChunk r:id='x'/>")

        assert refused.value.code == "docx.embedded_page"

    def test_broken_xml_is_damage(self) -> None:
        with pytest.raises(Unreadable) as refused:
            parse("<w:p>")

        assert refused.value.code == "docx.damaged"

    def test_a_paragraph_built_by_a_library_is_read(self) -> None:
        document = docx.Document()
        document.element.body.insert(0, parse_xml(f"<w:p xmlns:w='{W}'><w:r><w:t>首</w:t></w:r></w:p>"))
        data = io.BytesIO()
        document.save(data)

        assert shown(parser.parse(data.getvalue())) == ["首"]
