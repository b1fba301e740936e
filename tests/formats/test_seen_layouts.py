"""Shapes that published reports were seen in, on reports of invented organs: read right, or in doubt, never wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from gongkai.formats import interpret, text
from gongkai.formats.reading import Reading

from .layouts import Draft, _document, active_rows, draft, header_rows, remedy_rows, request_rows
from .test_layouts import cells_of, cells_read, wrong

Rows = Sequence[Sequence[str]]


def reading_of(page: str) -> Reading:
    return interpret(text.parse(page))


def codes(reading: Reading) -> list[str]:
    return [doubt.code for doubt in reading.doubts]


def tables(d: Draft) -> list[list[list[str]]]:
    """The three tables as rows of the cells that are printed: merged areas left out."""
    header = [[cell for cell in row if cell] for row in header_rows()]
    requests = [[*filter(None, labels), *values] for labels, values in request_rows(d)]
    remedies = [[cell for cell in row if cell] for row in remedy_rows(d)[:3]]
    return [active_rows(d), [*header, *requests], [*remedies, d.remedies]]


def widths(rows: Rows) -> int:
    return max(map(len, rows))


# ── the ways in which converters were seen to set a cell, a blank cell and a merged area ─────────────────


def bar_behind(rows: Rows) -> list[str]:
    """A cell a line with a bar behind it; merged areas as bars at the row's end."""
    width = widths(rows)
    lines: list[str] = []
    for row in rows:
        lines += [f"{cell} |" if cell else "|" for cell in row[:-1]]
        pad = "|" * (width - len(row))
        lines.append(f"{row[-1]} |{' ' * bool(pad)}{pad}" if row[-1] or not pad else f"| {pad}")
    return lines


def bar_behind_bars_apart(rows: Rows) -> list[str]:
    """The same, the bars of merged areas on a line of their own."""
    width = widths(rows)
    lines: list[str] = []
    for row in rows:
        lines += [f"{cell} |" if cell else "|" for cell in row]
        lines += ["|" * (width - len(row))] if len(row) < width else []
    return lines


def bar_before_rows(rows: Rows) -> list[str]:
    """A lone bar opens each row, a bar stands behind each cell."""
    width = widths(rows)
    lines: list[str] = []
    for row in rows:
        lines.append("|")
        lines += [f"{cell} |" if cell else "|" for cell in row[:-1]]
        pad = "|" * (width - len(row))
        lines.append(f"{row[-1]} |" + (f" {pad}" if pad else ""))
    return lines


def bars_and_indented_cells(rows: Rows) -> list[str]:
    """A bar, the cell on the next line with blanks around it."""
    width = widths(rows)
    lines: list[str] = []
    for row in rows:
        body = "".join(f"| \n {cell}  " for cell in row)
        lines += (body + "|" + "|" * (width - len(row))).split("\n")
    return lines


def lone_bars_padded(rows: Rows) -> list[str]:
    """A cell a line, a bar a line, merged areas as several bars on one line."""
    width = widths(rows)
    lines: list[str] = []
    for row in rows:
        for cell in row:
            lines += [cell, "|"] if cell else ["|"]
        if len(row) < width:
            lines.append("|" * (width - len(row)))
    return lines


def one_bar_at_the_end(rows: Rows) -> list[str]:
    """Cells parted by bars, one bar at the end, merged areas gone."""
    return [" | ".join(row) + " |" for row in rows]


SET: dict[str, Callable[[Rows], list[str]]] = {
    "bar_behind": bar_behind,
    "bar_behind_bars_apart": bar_behind_bars_apart,
    "bar_before_rows": bar_before_rows,
    "bars_and_indented_cells": bars_and_indented_cells,
    "lone_bars_padded": lone_bars_padded,
    "one_bar_at_the_end": one_bar_at_the_end,
}


@pytest.mark.parametrize("edition", ["2021", "2019"])
@pytest.mark.parametrize("name", SET)
class TestBarsAreReadByWhatTheyPart:
    def test_full_tables_are_read_cell_by_cell(self, name: str, edition: str) -> None:
        d = draft(23, edition)
        reading = reading_of(_document(d, [SET[name](rows) for rows in tables(d)]))

        assert [doubt.sentence() for doubt in reading.doubts] == []
        assert cells_read(reading) == cells_of(d)

    def test_blank_cells_stay_blank(self, name: str, edition: str) -> None:
        d = draft(29, edition, blanks=0.5)
        reading = reading_of(_document(d, [SET[name](rows) for rows in tables(d)]))

        assert wrong(d, reading) == {}
        assert [doubt.sentence() for doubt in reading.doubts] == []
        assert cells_read(reading) == cells_of(d)

    @pytest.mark.parametrize("seed", range(10))
    def test_a_dropped_line_gives_no_other_number(self, name: str, edition: str, seed: int) -> None:
        d = draft(seed, edition, blanks=0.3)
        lines = _document(d, [SET[name](rows) for rows in tables(d)]).split("\n")
        gone = (seed * 37) % len(lines)
        reading = reading_of("\n".join(lines[:gone] + lines[gone + 1 :]))

        assert wrong(d, reading) == {}


HEADS_2019 = ["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"]


def only_active(rows: Rows) -> Reading:
    """A report of 2020 with nothing but the table of section two, its rows set with bars."""
    lines = [" | ".join(row) + " |" for row in rows]
    page = ["云溪县民政局2020年政府信息公开工作年度报告", "一、总体情况", "2020年，推进公开。", "二、主动公开政府信息情况", *lines]
    return reading_of("\n".join(page))


def values_of(reading: Reading) -> dict[str, object]:
    return {name: figure.value for name, figure in reading.report.active.items()}


class TestHeadersOfTableTwo:
    def test_a_header_of_another_item_is_not_read_as_the_rows_own(self) -> None:
        reading = only_active([
            ["第二十条第（八）项"], ["信息内容", "上一年项目数量", "本年增/减"], ["行政事业性收费", "5", "1"],
            ["第二十条第（九）项"], ["信息内容", "上一年项目数量", "本年增/减"], ["政府集中采购", "3", "4"],
        ])

        assert values_of(reading) == {"fee_prev_items": 5, "fee_delta": 1}
        assert codes(reading) == ["doubt.header_foreign"]
        assert "“政府集中采购”一行的表头印作“上一年项目数量、本年增/减”" in reading.doubts[0].sentence()

    def test_remarks_behind_columns_and_rows_change_nothing(self) -> None:
        reading = only_active([
            ["第二十条第（一）项"], [*HEADS_2019[:3], "对外公开总数量（历史累计）"],
            ["规章（设区的市应提供相关数据）", "1", "2", "3"],
            ["规范性文件（标题采用“办法”“细则”等字样的，一般属于规范性文件）", "4", "5", "6"],
        ])

        assert [*values_of(reading).values()] == [1, 2, 3, 4, 5, 6]
        assert codes(reading) == []

    def test_a_row_that_the_form_does_not_have_is_told_and_left_out(self) -> None:
        reading = only_active([
            ["第二十条第（一）项"], HEADS_2019, ["规章", "0", "0", "0"], ["规范性文件", "4", "5", "6"],
            ["其他主动公开文件（含以本单位名义签发的文件）", "7", "8", "9"],
        ])

        assert [*values_of(reading).values()] == [0, 0, 0, 4, 5, 6]
        assert codes(reading) == []
        assert [remark.code for remark in reading.remarks] == ["layout.extra_row"]

    def test_columns_that_lost_their_ends_are_those_of_the_one_header_that_begins_so(self) -> None:
        reading = only_active([
            ["第二十条第（一）项"], ["信息内容", "本年新", "本年新", "对外公开总数量"], ["规章", "1", "2", "3"], ["规范性文件", "4", "5", "6"],
        ])

        assert values_of(reading)["rules_new_published"] == 2
        assert codes(reading) == []

    def test_the_year_may_be_written_out(self) -> None:
        reading = only_active([
            ["第二十条第（一）项"], ["信息内容", "本年度制发数", "本年废止数", "现行有效数"], ["规章", "0", "0", "0"], ["行政规范性文件", "4", "1", "9"],
        ])

        assert values_of(reading)["normative_in_force"] == 9
        assert codes(reading) == []

    def test_a_header_that_lost_a_column_gives_no_number(self) -> None:
        reading = only_active([
            ["第二十条第（六）项"], ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"], ["行政强制", "1", "0", "0"],
            ["第二十条第（八）项"], ["信息内容", "本年增/减"], ["行政事业性收费", "58", ""],
        ])

        assert values_of(reading) == {"coercion_prev_items": 1, "coercion_delta": 0, "coercion_decisions": 0}
        assert codes(reading) == ["doubt.column_unknown"]

    def test_remarks_behind_labels_one_cell_a_line(self) -> None:
        cells = [
            "第二十条第（一）项", "信息内容", "本年新", "制作数量", "本年新", "公开数量", "对外公开总数量",
            "规章（设区的市、自治州人民政府应提供相关数据）", "0", "0", "0",
            "规范性文件（行政机关制定发布的决定、公告、通告、意见，以及标题采用“规定”“办法”字样的公文）", "34", "4", "47",
            "其他主动公开文件（含以本单位名义正式签发的、除规范性文件以外的主动公开文件）", "7", "8", "9",
            "第二十条第（五）项", "信息内容", "上一年项目数量（指2019年事项数）", "本年增/减（减用负值表示，如-8）", "处理决定数量（指2020年办件量）",
            "行政许可", "6", "-5", "93",
        ]
        page = ["云溪县民政局2020年政府信息公开工作年度报告", "一、总体情况", "2020年，推进公开。", "二、行政机关主动公开政府信息情况", *cells]
        reading = reading_of("\n\n".join(page))

        assert [*values_of(reading).values()] == [0, 0, 0, 34, 4, 47, 6, -5, 93]
        assert codes(reading) == []
        assert [section.number for section in reading.report.sections] == [1, 2]


class TestHeadingsInOtherWords:
    @pytest.mark.parametrize(
        ("line", "number"),
        [
            ("一、工作基本情况", 1), ("一、基本工作情况", 1), ("一、2023年政务公开总体情况", 1), ("????一,、总体情况", 1),
            ("二、行政机关主动公开政府信息情况", 2), ("三、收到的处理政府信息公开申请情况", 3), ("三、行政机关收到和处理政府信息公开申请情况", 3),
            ("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", 4), ("五、存在的主要问題及改进情況", 5),
        ],
    )
    def test_the_section_is_recognised(self, line: str, number: int) -> None:
        reading = reading_of(f"云溪县民政局2023年政府信息公开工作年度报告\n{line}\n本年度各项工作按要求推进，未收到申请。")

        assert [section.number for section in reading.report.sections if section.number] == [number]

    @pytest.mark.parametrize(
        "line", ["二、上年结转政府信息公开申请数量", "四、结转下年度继续办理", "三、本年度办理结果", "一、持续推进主动公开情况", "二、下一步打算"]
    )
    def test_other_numbered_lines_are_no_headings(self, line: str) -> None:
        reading = reading_of(f"云溪县民政局2023年政府信息公开工作年度报告\n{line}\n本年度各项工作按要求推进，未收到申请。")

        assert [section.number for section in reading.report.sections if section.number] == []


def page_of(*opening: str) -> Reading:
    return reading_of("\n".join(opening))


FIRST = ("一、总体情况", "2023年，各项公开工作按要求推进，更新及时。")


class TestCovers:
    @pytest.mark.parametrize(
        ("opening", "organ"),
        [
            (["东桥街街道办事处2023年政府信息公开工作年度报告", *FIRST, "如有疑问，请与泽安市东桥街街道办事处办公室联系。"], "泽安市东桥街街道办事处"),
            (["青禾海关关区2023年政府信息公开工作年度报告", *FIRST], "青禾海关"),
            (["云溪旗白音苏木2023年政府信息公开工作年度报告", *FIRST], "云溪旗白音苏木人民政府"),
            (["云溪县金桥社区2023年政府信息公开工作年度报告", *FIRST], "云溪县金桥社区"),
            (["泽安港区2023年政府信息公开工作年度报告", *FIRST], "泽安港区"),
            (["云溪县政府2023年政府信息公开工作年度报告", *FIRST], "云溪县人民政府"),
            (["本报告由泽安市统计局围绕2023年度政府信息公开工作情况编制而成。", *FIRST], "泽安市统计局"),
            (["本报告由泽安市外事办公室根据《条例》《格式》（国办公开办函〔2021〕30号）要求编制。", *FIRST], "泽安市外事办公室"),
            (["本报告由柳林镇人民政府党政综合办公室编制。", *FIRST], "柳林镇人民政府"),
            (["根据条例要求，柳林镇政府编制2023年政府信息公开年度报告。", *FIRST], "柳林镇人民政府"),
            (["一、总体情况", "2023年，泽安市柳林区司法局认真贯彻落实条例，公开及时。"], "泽安市柳林区司法局"),
            (["发布单位：柳林乡 发布日期：2024-01-10", "现向社会公布云溪县柳林乡人民政府2023年政府信息公开工作年度报告。", *FIRST], "云溪县柳林乡人民政府"),
            (["发布机构：市政府办", "现公布泽安市人民政府2023年政府信息公开工作年度报告。", *FIRST], "泽安市人民政府"),
        ],
    )
    def test_the_organ_is_found_as_the_text_names_it(self, opening: list[str], organ: str) -> None:
        assert page_of(*opening).report.organ == organ

    @pytest.mark.parametrize(
        "opening",
        [
            ["现公布我局2023年政府信息公开工作年度报告。", *FIRST],
            ["一、总体情况", "2023年，市统计局认真贯彻落实条例。"],
            ["一、总体情况", "2023年，全市各单位坚持公开为常态。"],
            ["一、总体情况", "2023年，在县委、县政府的领导下，我局持续推进公开。"],
            ["本报告由泽安市人民政府信息公开工作领导小组办公室根据条例编制。", *FIRST],
        ],
    )
    def test_what_could_be_anybodys_is_no_name(self, opening: list[str]) -> None:
        assert page_of(*opening).report.organ is None

    @pytest.mark.parametrize(
        ("title", "organ"),
        [
            ("云溪县司法局政府信息公开2023年度报告", "云溪县司法局"),
            ("云溪县司法局2023年政府信息公开工作年度报告.docx", "云溪县司法局"),
        ],
    )
    def test_titles_in_other_forms(self, title: str, organ: str) -> None:
        report = page_of(title, *FIRST).report

        assert (report.organ, report.year, report.title) == (organ, 2023, title.removesuffix(".docx"))

    @pytest.mark.parametrize("line", ["日期：2024-01-29 10:20", "时间: 2024-01-29 来源：办公室", "发表时间：2024年1月29日"])
    def test_the_day_of_publication(self, line: str) -> None:
        assert str(page_of("云溪县司法局2023年政府信息公开工作年度报告", line, *FIRST).report.published) == "2024-01-29"

    @pytest.mark.parametrize("line", ["（统计时间：2023年1月1日至12月31日）", "成文日期：2024-01-29"])
    def test_other_days_are_not_that_of_publication(self, line: str) -> None:
        assert page_of("云溪县司法局2023年政府信息公开工作年度报告", line, *FIRST).report.published is None

    def test_a_day_under_the_title_stands_for_the_signature_of_a_whole_report(self) -> None:
        top = ["云溪县司法局2023年政府信息公开工作年度报告", "（2024年1月25日）", *FIRST]

        assert str(page_of(*top, "六、其他需要报告的事项", "未收取信息处理费。").report.signature.on) == "2024-01-25"
        assert page_of(*top).report.signature.on is None

    def test_the_year_without_a_title(self) -> None:
        assert page_of("一、总体情况", "现从六个方面汇报我镇2023年政府信息公开工作。").report.year == 2023


class TestCellsAndRowsOfTableTwo:
    HEAD = (["第二十条第（五）项"], ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"])

    @pytest.mark.parametrize(("printed", "delta"), [("增10", 10), ("减 8", -8), ("+19", 19), ("减少3项", -3)])
    def test_an_increase_or_a_decrease_said_in_words(self, printed: str, delta: int) -> None:
        reading = only_active([*self.HEAD, ["行政许可", "20", printed, "18"]])

        assert [*values_of(reading).values()] == [20, delta, 18]
        assert codes(reading) == []

    def test_a_cell_with_two_signs_is_in_doubt_and_its_row_is_read(self) -> None:
        reading = only_active([*self.HEAD, ["行政许可", "43", "+(0) -(0)", "66"]])

        assert [*values_of(reading).values()] == [43, None, 66]
        assert codes(reading) == ["doubt.cell_text"]

    def test_an_explanation_behind_a_colon_does_not_hide_the_row(self) -> None:
        reading = only_active([
            ["第二十条第（一）项"], HEADS_2019, ["规章：指设区的市以上人民政府依法制定的规章，不得称“条例”。", "1", "1", "3"], ["规范性文件", "4", "5", "6"],
        ])

        assert [*values_of(reading).values()] == [1, 1, 3, 4, 5, 6]

    def test_a_row_whose_label_nobody_knows_is_in_doubt(self) -> None:
        reading = only_active([*self.HEAD, ["行政许可", "1", "0", "2"], ["证明事项办理", "7", "0", "9"]])

        assert [*values_of(reading).values()] == [1, 0, 2]
        assert codes(reading) == ["doubt.row_label"]
        assert "“证明事项办理”" in reading.doubts[0].sentence()
