"""PDF: ruled tables cell by cell, frames left open by page breaks, text lines, page numbers, scans."""

from __future__ import annotations

from typing import cast

import pytest
import typst

from gongkai.formats import pdf
from gongkai.formats.blocks import Grid
from gongkai.formats.limits import Limits
from gongkai.formats.source import Parsed, Unreadable
from gongkai.formats.typeset import Glyph, Line, columns, lines, segments, write
from tests.conftest import REPORTS, needs_shared

from .shown import codes, shown


def printed(body: str, page: str = "width: 420pt, height: 595pt, margin: 50pt") -> bytes:
    """A PDF from typst's own markup."""
    return cast(bytes, typst.compile(f"#set page({page})\n#set text(size: 9pt)\n{body}".encode(), format="pdf"))


def parse(body: str, page: str = "width: 420pt, height: 595pt, margin: 50pt") -> Parsed:
    return pdf.parse(printed(body, page))


def grids(parsed: Parsed) -> list[list[list[str]]]:
    return [[[cell.text for cell in row] for row in b.rows] for b in parsed.blocks if isinstance(b, Grid)]


class TestRuledTables:
    def test_cells_and_spans_are_found_by_their_rules(self) -> None:
        body = "Before\n#table(columns: 3, table.cell(colspan: 3)[Head], table.cell(rowspan: 2)[Rules], [0], [1], [2], [3])\nAfter"
        parsed = parse(body)

        assert shown(parsed) == [
            "Before",
            [["Head", "Head", "Head"], ["Rules", "0", "1"], ["Rules", "2", "3"]],
            "After",
        ]
        assert [block.at for block in parsed.blocks] == ["第1页", "第1页第1个表格", "第1页"]
        assert all(block.exact for block in parsed.blocks if isinstance(block, Grid))

    def test_lines_of_one_cell_stay_lines(self) -> None:
        assert grids(parse("#table(columns: 2, [first \\ second], [third])")) == [[["first\nsecond", "third"]]]

    def test_a_table_over_pages_gives_a_grid_a_page(self) -> None:
        rows = ", ".join(f"[Row {n}], [{n}]" for n in range(40))
        found = grids(parse(f"#table(columns: 2, {rows})"))

        assert len(found) == 2
        assert [row for grid in found for row in grid] == [[f"Row {n}", str(n)] for n in range(40)]

    def test_a_frame_open_at_all_sides_is_closed(self) -> None:
        body = "#table(columns: 3, stroke: (x, y) => (left: if x > 0 {1pt}, top: if y > 0 {1pt}), [a], [b], [c], [d], [5], [6], [g], [8], [9])"

        assert grids(parse(body)) == [[["a", "b", "c"], ["d", "5", "6"], ["g", "8", "9"]]]

    def test_shading_behind_text_is_no_table(self) -> None:
        body = "#block(fill: luma(240), width: 100%)[First line]\n#block(fill: white, width: 100%)[Second line]"

        assert shown(parse(body)) == ["First line", "Second line"]

    def test_a_box_around_text_is_no_table(self) -> None:
        assert shown(parse("#rect(width: 100%)[Framed text]\n\nAfter")) == ["Framed text", "After"]

    def test_a_shaded_table_keeps_its_rows(self) -> None:
        body = "#table(columns: 2, fill: (_, y) => if calc.odd(y) {luma(220)}, [a], [1], [b], [2], [c], [3])"

        assert grids(parse(body)) == [[["a", "1"], ["b", "2"], ["c", "3"]]]


class TestText:
    def test_page_numbers_and_running_heads_are_left_out(self) -> None:
        page = 'width: 420pt, height: 595pt, margin: 60pt, numbering: "— 1 —", header: [Report 2023]'
        body = "#pagebreak()\n".join(f"Text of page {n}\n" for n in "abc")

        assert shown(parse(body, page)) == ["Text of page a", "Text of page b", "Text of page c"]

    def test_a_table_without_rules_is_inferred_and_said_so(self) -> None:
        parsed = parse(
            "#table(columns: (120pt, 60pt, 60pt), stroke: none, [Rules], [0], [11], [Files], [2], [], [Sum], [2], [11])"
        )
        grid = next(block for block in parsed.blocks if isinstance(block, Grid))

        assert [[cell.text for cell in row] for row in grid.rows] == [
            ["Rules", "0", "11"],
            ["Files", "2", ""],
            ["Sum", "2", "11"],
        ]
        assert not grid.exact
        assert codes(parsed) == ["source.inferred_columns"]

    def test_a_big_picture_is_marked(self) -> None:
        picture = '#image(bytes(range(200 * 200).map(i => calc.rem(i, 251))), format: (encoding: "luma8", width: 200, height: 200), width: 300pt)'

        assert shown(parse(f"Words enough for a page of text\n\n{picture}")) == [
            "Words enough for a page of text",
            "[图]",
        ]


class TestTypeset:
    @staticmethod
    def glyphs(text: str, x: float = 0, y: float = 0, step: float = 10) -> list[Glyph]:
        return [Glyph(c, x + n * step, x + n * step + 10, y, y + 10) for n, c in enumerate(text)]

    def test_a_character_printed_twice_for_boldness_counts_once(self) -> None:
        twice = sorted(self.glyphs("审结") + self.glyphs("审结", 0.4), key=lambda g: g.x0)

        assert write(twice) == "审结"

    def test_two_equal_digits_side_by_side_stay_two(self) -> None:
        assert write(self.glyphs("11", step=5)) == "11"

    def test_a_gap_is_a_blank_but_not_between_ideographs(self) -> None:
        assert write(self.glyphs("1136") + self.glyphs("12", 60)) == "1136 12"
        assert write(self.glyphs("总") + self.glyphs("计", 30)) == "总计"

    def test_characters_slightly_raised_stay_on_their_line(self) -> None:
        (line,) = lines([*self.glyphs("第一项"), Glyph("2", 30, 35, -2, 4)])

        assert line.text == "第一项2"

    def test_columns_come_from_the_strips_that_text_fills(self) -> None:
        first = Line(tuple(self.glyphs("规章") + self.glyphs("0", 100) + self.glyphs("5", 160)))
        second = Line(tuple(self.glyphs("文件") + self.glyphs("12", 155)))
        rows = columns([segments(first), segments(second)])

        assert [[cell.text for cell in row] for row in rows] == [["规章", "0", "5"], ["文件", "", "12"]]


class TestRefusals:
    def test_a_file_without_text_needs_ocr(self) -> None:
        with pytest.raises(Unreadable) as refused:
            parse("#rect(width: 100%, height: 200pt, fill: black)")

        assert refused.value.code == "pdf.needs_ocr"
        assert "OCR" in refused.value.zh and "OCR" in refused.value.en

    def test_too_many_pages_are_refused(self) -> None:
        with pytest.raises(Unreadable) as refused:
            pdf.parse(printed("#pagebreak()".join(["Text enough for one page"] * 4)), Limits(pages=3))

        assert refused.value.code == "pdf.too_many_pages"

    def test_a_file_with_junk_before_it_is_read(self) -> None:
        data = b"HTTP/1.1 200 OK\r\n\r\n" + printed("Text enough for one page")

        assert shown(pdf.parse(data)) == ["Text enough for one page"]

    def test_streams_that_unpack_to_too_much_are_refused(self) -> None:
        with pytest.raises(Unreadable) as refused:
            pdf.parse(printed("Text enough for one page"), Limits(unpacked=1_000))

        assert refused.value.code == "pdf.bomb"

    def test_time_runs_out(self) -> None:
        with pytest.raises(Unreadable) as refused:
            pdf.parse(printed("Text enough for one page"), Limits(seconds=-1))

        assert refused.value.code == "file.too_slow"


@needs_shared
def test_the_real_file_gives_every_row_with_its_label_and_seven_values() -> None:
    parsed = pdf.parse((REPORTS / "r01_hongze_2023.pdf").read_bytes())
    found = [block for block in parsed.blocks if isinstance(block, Grid)]
    rows = [[cell.text.replace("\n", "") for cell in row] for grid in found[2:4] for row in grid.rows][3:]

    assert [(len(grid.rows), len(grid.rows[0])) for grid in found] == [(8, 4), (6, 2), (17, 10), (9, 10), (4, 15)]
    assert len(rows) == 23
    assert all(row[2] or row[1] or row[0] for row in rows) and all(all(v.isdigit() for v in row[3:]) for row in rows)
    assert rows[2][0] == "三、本年度办理结果"
    assert rows[13][2:] == ["2.没有现成信息需要另行制作", "3", "0", "0", "0", "0", "0", "3"]
    assert not any("- 1 -" in str(block) for block in shown(parsed))
