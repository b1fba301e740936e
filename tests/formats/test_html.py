"""Web pages: what a reader sees, in order; each layout quirk of real pages once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.formats import html
from gongkai.formats.blocks import Grid, Paragraph
from gongkai.formats.drafting import number
from gongkai.formats.limits import DEFAULT, Limits
from gongkai.formats.markup import as_built, as_written
from gongkai.formats.source import Unreadable
from tests.conftest import REPORTS, needs_shared

from .shown import codes, shown


def read(page: str) -> list[object]:
    return list(shown(html.parse(page.encode())))


class TestParagraphs:
    def test_block_elements_and_line_breaks_end_a_paragraph(self) -> None:
        assert read("<div>一<p>二</p>三<br>四</div>五") == ["一", "二", "三", "四", "五"]

    def test_a_label_split_over_spans_is_one_word(self) -> None:
        assert read("<p>政府<span>信</span><b>息</b><font size=3>公</font>开</p>") == ["政府信息公开"]

    def test_a_line_break_in_the_source_between_ideographs_leaves_no_blank(self) -> None:
        assert read("<p>主动公开\n      政府信息 2023\n年 open\ndata</p>") == ["主动公开政府信息 2023 年 open data"]

    def test_blanks_of_all_kinds_collapse(self) -> None:
        assert read("<p>&nbsp;\u3000 第&nbsp;&nbsp;三\u3000条\u200b </p>") == ["第 三 条"]

    def test_scripts_styles_comments_and_templates_are_not_text(self) -> None:
        page = "<style>p{}</style>见<script>if(a<b)document.write('<p>x</p>')</script><!-- <p>注</p> --><template>模</template>"

        assert read(page) == ["见"]

    def test_what_the_page_does_not_show_is_left_out(self) -> None:
        page = (
            "<div style='DISPLAY: none'>隐<div>深</div></div>显<span style='mso-hide:all'>藏</span>示<p hidden>匿</p>"
        )

        assert read(page) == ["显示"]

    def test_an_unclosed_hidden_paragraph_hides_itself_only(self) -> None:
        assert read("<p style='display:none'>隐<p>显") == ["显"]

    def test_entities_and_stray_brackets_are_text(self) -> None:
        assert read("<p>A&amp;B &lt;C&gt; 5 < 6 > 4 &ldquo;引&rdquo;</p>") == ["A&B <C> 5 < 6 > 4 “引”"]

    def test_a_tag_sign_inside_an_attribute_does_not_leak(self) -> None:
        assert read('<p onclick="if(a>b)c()">文</p><table><tr><td title="a>b">1</td><td>2</td></tr></table>') == [
            "文",
            [["1", "2"]],
        ]

    def test_the_lines_of_preformatted_text_are_paragraphs(self) -> None:
        assert read("<pre>一、总体情况\n  正文</pre>") == ["一、总体情况", "正文"]

    def test_a_plain_text_with_tables_in_it_keeps_its_lines(self) -> None:
        page = "# 二、主动公开\n说明\n<table><tr><td>规章</td><td>0</td></tr></table>\n三、收到"

        assert read(page) == ["二、主动公开", "说明", [["规章", "0"]], "三、收到"]

    def test_paragraphs_and_tables_are_numbered_for_a_person(self) -> None:
        blocks = html.parse("<p>一</p><table><tr><td>1</td><td>2</td></tr></table><p>二</p>".encode()).blocks

        assert [block.at for block in blocks] == ["第1段", "第1个表格", "第2段"]

    def test_the_first_title_is_the_title(self) -> None:
        parsed = html.parse("<title> 年度\n报告 </title><body><title>网站</title>文".encode())

        assert parsed.title == "年度 报告"
        assert shown(parsed) == ["文"]


class TestTables:
    def test_spans_are_laid_out_and_share_one_cell(self) -> None:
        page = "<table><tr><td rowspan=2>甲</td><td colspan='2'>乙</td></tr><tr><td>1</td><td>2</td></tr></table>"
        (grid,) = html.parse(page.encode()).blocks

        assert isinstance(grid, Grid) and grid.exact
        assert [[cell.text for cell in row] for row in grid.rows] == [["甲", "乙", "乙"], ["甲", "1", "2"]]
        assert grid.rows[0][0] is grid.rows[1][0] and grid.rows[0][1] is grid.rows[0][2]

    def test_blank_cells_are_blank(self) -> None:
        page = "<table><tr><td>规章</td><td><p><o:p>&nbsp;</o:p></p></td><td>　</td><td/></tr></table>"

        assert read(page) == [[["规章", "", "", ""]]]

    def test_paragraphs_of_one_cell_are_lines(self) -> None:
        assert read("<table><tr><td><p>商业</p><p>企业</p></td><td>其他<br>处理</td></tr></table>") == [
            [["商业\n企业", "其他\n处理"]]
        ]

    def test_cells_and_rows_left_open_are_closed(self) -> None:
        assert read("<TABLE><TR><TD ROWSPAN=2>甲<TD>1<TR><TD>2</TABLE>后") == [[["甲", "1"], ["甲", "2"]], "后"]

    def test_an_absurd_span_reaches_as_far_as_the_table(self) -> None:
        page = "<table><tr><td rowspan=65000>甲</td><td>1</td></tr><tr><td>2</td></tr></table>"
        wide = "<table><tr><td colspan=1000>题</td></tr><tr><td>1</td><td>2</td></tr></table>"

        assert read(page) == [[["甲", "1"], ["甲", "2"]]]
        assert read(wide) == [[["题", "题"], ["1", "2"]]]

    def test_a_span_does_not_leave_its_row_group(self) -> None:
        page = "<table><thead><tr><td rowspan=5>头</td><td>列</td></tr></thead><tbody><tr><td>1</td><td>2</td></tr></table>"

        assert read(page) == [[["头", "列"], ["1", "2"]]]

    def test_a_rowspan_of_zero_reaches_to_the_end(self) -> None:
        page = "<table><tr><td rowspan=0>甲</td><td>1</td></tr><tr><td>2</td></tr><tr><td>3</td></tr></table>"

        assert read(page) == [[["甲", "1"], ["甲", "2"], ["甲", "3"]]]

    def test_overlapping_spans_leave_the_earlier_cell_in_place(self) -> None:
        page = "<table><tr><td>1</td><td rowspan=2>甲</td></tr><tr><td colspan=2>乙</td></tr></table>"

        assert read(page) == [[["1", "甲"], ["乙", "甲"]]]

    def test_a_row_that_only_repeats_spans_is_no_row(self) -> None:
        page = (
            "<table><tr><td rowspan=2>甲</td><td rowspan=2>1</td></tr><tr></tr><tr><td>乙</td><td>2</td></tr></table>"
        )

        assert read(page) == [[["甲", "1"], ["乙", "2"]]]

    def test_a_layout_table_becomes_its_content_in_order(self) -> None:
        page = (
            "<table><tr><td><a>首页</a></td><td><p>一、总体情况</p><table><tr><td>规章</td><td>0</td></tr></table>"
            "<p>后文</p></td></tr></table>"
        )

        assert read(page) == ["首页", "一、总体情况", [["规章", "0"]], "后文"]

    def test_a_cell_with_running_text_is_text(self) -> None:
        prose = "我局认真贯彻条例，" * 30

        assert read(f"<table><tr><td>栏目</td><td><p>{prose}</p><p>完</p></td></tr></table>") == ["栏目", prose, "完"]

    def test_a_single_column_is_text(self) -> None:
        assert read("<table><tr><td>一</td></tr><tr><td>二</td></tr></table>") == ["一", "二"]

    def test_data_rows_around_a_nested_table_stay_a_table(self) -> None:
        page = (
            "<table><tr><td>规章</td><td>1</td></tr><tr><td colspan=2><table><tr><td>许可</td><td>2</td></tr></table>"
            "</td></tr><tr><td>处罚</td><td>3</td></tr></table>"
        )

        assert read(page) == [[["规章", "1"]], [["许可", "2"]], [["处罚", "3"]]]

    def test_a_caption_stands_before_its_table(self) -> None:
        assert read("<table><caption>表一</caption><tr><td>1</td><td>2</td></tr></table>") == ["表一", [["1", "2"]]]

    def test_pictures_are_named_and_icons_dropped(self) -> None:
        assert read('<img src=t.png alt="表三"><img src=i.gif width=16 height=16><p>文</p>') == ["[图表三]", "文"]


class TestBoxes:
    @pytest.mark.parametrize(
        ("table", "row", "cell"),
        [
            ("style='display:table'", "style='display: table-row'", "style='display:table-cell;width:50%'"),
            ("role='table'", "role='row'", "role='cell'"),
            ("class='div-table'", "class='tr odd'", "class='td'"),
            ("", "class='tr'", "class='td'"),
        ],
    )
    def test_boxes_that_look_like_a_table_are_one(self, table: str, row: str, cell: str) -> None:
        rows = "".join(
            f"<div {row}><div {cell}>{a}</div> <div {cell}><p>{b}</p></div></div>\n" for a, b in ("甲1", "乙2")
        )

        assert read(f"<p>前</p><div {table}>{rows}</div><p>后</p>") == ["前", [["甲", "1"], ["乙", "2"]], "后"]

    def test_boxes_set_as_cells_to_centre_a_page_are_no_table(self) -> None:
        assert read("<div style='display:table'><div style='display:table-cell'><p>一</p><p>二</p></div></div>") == [
            "一",
            "二",
        ]

    def test_text_after_loose_rows_ends_their_table(self) -> None:
        row = "<div class='tr'><i class='td'>甲</i><i class='td'>1</i></div>"

        assert read(f"<div>{row}{row}尾<p>完</p></div>") == [[["甲", "1"], ["甲", "1"]], "尾", "完"]


REPORT = "<p>政府信息公开年度报告</p><table>" + "<tr><td>规章</td><td>0</td><td>1</td></tr>" * 9 + "</table>"


class TestEmbedded:
    @pytest.mark.parametrize(
        "page",
        [
            "<script>var c = '" + REPORT.replace("/", "\\/") + "';</script>",
            "<script>var c = " + __import__("json").dumps({"html": REPORT}) + "</script>",
            "<textarea>" + REPORT.replace("<", "&lt;") + "</textarea>",
            "<input type=hidden value='" + REPORT.replace("<", "&lt;").replace(">", "&gt;") + "'>",
            "<iframe srcdoc='" + REPORT + "'></iframe>",
        ],
        ids=["script", "json", "textarea", "hidden field", "frame"],
    )
    def test_a_report_kept_out_of_sight_is_read_and_said_so(self, page: str) -> None:
        parsed = html.parse(f"<html><body><p>栏目</p>{page}</body></html>".encode())

        assert shown(parsed)[-2:] == ["政府信息公开年度报告", [["规章", "0", "1"]] * 9]
        assert codes(parsed) == ["source.embedded"]

    def test_a_copy_of_what_the_page_shows_is_not_read_again(self) -> None:
        parsed = html.parse(f"{REPORT}<textarea>{REPORT.replace('<', '&lt;')}</textarea>".encode())

        assert len(parsed.blocks) == 2
        assert codes(parsed) == []

    def test_a_report_in_a_hidden_part_is_read_when_nothing_else_is_there(self) -> None:
        parsed = html.parse(f"<div>栏目</div><div style='display:none'>{REPORT}</div>".encode())

        assert any(isinstance(block, Grid) for block in parsed.blocks)
        assert codes(parsed) == ["source.hidden"]

    def test_a_web_archive_is_opened(self) -> None:
        page = (
            (
                b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
                b'Content-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
            )
            + "<p>镕基</p>".encode("gb18030")
            + b"\r\n--b--\r\n"
        )

        assert shown(html.parse(page)) == ["镕基"]


_WORD = st.text(st.sampled_from("政府信息公开年报0123 \n"), min_size=1, max_size=6)
_INLINE = st.one_of(
    _WORD, _WORD.map(lambda w: f"<span class=x>{w}</span>"), _WORD.map(lambda w: f"<b>{w}<o:p></o:p></b>")
)
_TEXT = st.lists(st.one_of(_INLINE, _INLINE.map(lambda w: f"<p>{w}</p>"), st.just("<br>")), max_size=4).map("".join)
_CELL = st.builds(
    lambda n, m, w: f"<td rowspan={n} colspan='{m}'>{w}</td>", st.integers(0, 3), st.integers(1, 3), _TEXT
)
_ROWS = st.lists(st.lists(_CELL, max_size=4).map(lambda cells: f"<tr>{''.join(cells)}</tr>"), max_size=4)
_TABLE = _ROWS.map(lambda rows: f"<table><tbody>{''.join(rows)}</tbody></table>")
_NESTED = _TABLE.map(lambda table: f"<table><tbody><tr><td>外</td><td>{table}</td></tr></tbody></table>")
_PAGE = st.lists(st.one_of(_TEXT, _TABLE, _NESTED, _TEXT.map(lambda w: f"<div>{w}</div>")), max_size=6).map("".join)


class TestBothRoutes:
    @given(_PAGE)
    @settings(max_examples=150, deadline=None)
    def test_a_tidy_page_reads_the_same_through_the_tree(self, page: str) -> None:
        page = f"<html><head></head><body>{page}</body></html>"
        straight = html._walk(html._Page(as_written(page), DEFAULT, tidy=True, hidden=False))
        built = html._walk(html._Page(as_built(page), DEFAULT, tidy=False, hidden=False))

        assert [
            str(b) if isinstance(b, Paragraph) else [[c.text for c in r] for r in b.rows] for b in number(straight.sink)
        ] == [str(b) if isinstance(b, Paragraph) else [[c.text for c in r] for r in b.rows] for b in number(built.sink)]

    @given(
        st.lists(
            st.sampled_from(
                [
                    "<table>",
                    "<tr>",
                    "<td>",
                    "</td>",
                    "</tr>",
                    "</table>",
                    "<p>",
                    "甲",
                    "<div hidden>",
                    "</div>",
                    "<td rowspan=9 colspan=3>",
                    "<",
                    ">",
                    "<!--",
                    "-->",
                    "<script>",
                    "</script>",
                    "&",
                ]
            ),
            max_size=40,
        )
    )
    @settings(max_examples=150, deadline=None)
    def test_any_soup_of_tags_gives_blocks(self, soup: list[str]) -> None:
        parsed = html.parse(("x" + "".join(soup)).encode())

        assert all(len({len(row) for row in block.rows}) == 1 for block in parsed.blocks if isinstance(block, Grid))


class TestBounds:
    def test_a_hundred_thousand_elements_in_one_another_are_refused(self) -> None:
        with pytest.raises(Unreadable) as refused:
            html.parse(b"<div>" * 100_000 + b"x")

        assert refused.value.code == "html.too_deep"

    @pytest.mark.parametrize("page", ["<table><tr><td>" * 10_000 + "x", "<div>" * 4_000 + "x", "<b>" * 9_000 + "<p>x"])
    def test_deep_nesting_is_read_or_refused_without_recursion(self, page: str) -> None:
        try:
            parsed = html.parse(page.encode())
        except Unreadable as refused:
            assert refused.code == "html.too_deep"
        else:
            assert shown(parsed) == ["x"]

    def test_a_table_beyond_all_bounds_is_refused(self) -> None:
        page = "<table>" + ("<tr>" + "<td>1" * 100 + "</tr>") * 10_000 + "</table>"

        with pytest.raises(Unreadable) as refused:
            html.parse(page.encode())

        assert refused.value.code == "table.too_large"

    def test_spans_that_multiply_are_refused(self) -> None:
        page = "<table>" + "<tr><td rowspan=9999 colspan=190>x</td></tr>" * 3_000 + "</table>"

        with pytest.raises(Unreadable):
            html.parse(page.encode())

    def test_inline_pictures_do_not_count_as_text(self) -> None:
        page = b"<p>\xe6\x96\x87</p><img src='data:image/png;base64," + b"A" * 3_000_000 + b"'>"

        assert shown(html.parse(page, Limits(text=100_000))) == ["文", "[图]"]


@needs_shared
def test_the_saved_page_gives_its_tables_exactly() -> None:
    parsed = html.parse((REPORTS / "r02_shuyang_fgj_2023.html").read_bytes())
    grids = [block for block in parsed.blocks if isinstance(block, Grid)]

    assert parsed.encoding == "utf-8"
    assert [(len(grid.rows), len(grid.rows[0])) for grid in grids] == [(6, 4), (14, 4), (28, 10), (4, 15)]
    assert [cell.text for cell in grids[2].rows[3]][3:] == ["26", "", "", "", "", "", "26"]
