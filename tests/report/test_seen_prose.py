"""What published reports taught the audit, on reports of invented organs: no false alarm, and nothing missed."""

from __future__ import annotations

from gongkai.formats import interpret, text
from gongkai.law.findings import Finding
from gongkai.report.audit import audit

BLANK = ["", "", "", "", "", "", ""]
HEADER = ["", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]


def findings_of(*lines: str) -> list[Finding]:
    reading = interpret(text.parse("\n".join(lines)))
    return list(audit(reading.report, remarks=reading.remarks, doubts=reading.doubts).findings)


def codes_of(*lines: str) -> list[str]:
    return [finding.code for finding in findings_of(*lines)]


def table(*rows: list[str]) -> list[str]:
    """A Markdown table, all of whose columns are there."""
    width = max(map(len, rows))
    lines = ["| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in rows]
    return [lines[0], "|" + "---|" * width, *lines[1:]]


TITLE = "云溪县民政局2023年政府信息公开工作年度报告"
FIRST = ("一、总体情况", "2023年，我局按要求推进各项公开工作。")


class TestBlankTotals:
    """条例第五十条；年度报告格式表三：没有的填“0”."""

    def test_rows_left_blank_as_a_whole_are_not_each_a_blank_total(self) -> None:
        rows = [HEADER, ["一、本年新收政府信息公开申请数量", "56", "", "", "", "", "", "56"]]
        rows.append(["（一）予以公开", "18", "", "", "", "", "", ""])
        rows += [[label, *BLANK] for label in ("1.属于国家秘密", "2.其他法律行政法规禁止公开", "4.保护第三方合法权益")]
        found = findings_of(TITLE, *FIRST, "三、收到和处理政府信息公开申请情况", *table(*rows))

        assert [one.sentence() for one in found if one.code == "cells.blank_total"] == [
            "表三“（一）予以公开”的总计空白，而其他总计已填，填法不一致。"
        ]
        assert "cells.blank_should_be_zero" in [one.code for one in found]


class TestMixedColumns:
    """国办公开办函〔2021〕30号：表二的栏目."""

    OLD = (["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"], ["规章", "0", "0", "0"], ["规范性文件", "1", "1", "4"])
    NEW = (["信息内容", "本年处理决定数量"], ["行政许可", "2"], ["信息内容", "本年收费金额（单位：万元）"], ["行政事业性收费", "0"])

    def test_columns_of_both_editions_in_one_table_are_found(self) -> None:
        found = findings_of(TITLE, *FIRST, "二、主动公开政府信息情况", *table(*self.OLD, *self.NEW))
        mixed = [one for one in found if one.code == "template.mixed_columns"]

        assert [one.sentence() for one in mixed] == [
            "表二混用新旧两种格式的栏目：“规章、规范性文件”的栏目不是2021年格式（国办公开办函〔2021〕30号）的。"
        ]

    def test_columns_of_one_edition_are_not(self) -> None:
        assert "template.mixed_columns" not in codes_of(TITLE, *FIRST, "二、主动公开政府信息情况", *table(*self.OLD))
        assert "template.mixed_columns" not in codes_of(TITLE, *FIRST, "二、主动公开政府信息情况", *table(*self.NEW))


class TestPartsOfReports:
    def test_a_page_torn_out_of_a_report_does_not_lack_the_sections_before_it(self) -> None:
        page = ["四、政府信息公开行政复议、行政诉讼情况", "未发生行政复议、行政诉讼。", "五、存在的主要问题及改进情况", "更新不够及时，将按月检查。"]

        assert "section.missing" not in codes_of(*page)
        assert codes_of(TITLE, *page).count("section.missing") == 3

    def test_a_day_under_the_title_does_not_make_an_opening_a_whole_report(self) -> None:
        codes = codes_of(TITLE, "（2024年1月15日）", *FIRST, "二、主动公开政府信息情况", "全年公开信息30条。")

        assert "section.missing" not in codes
        assert "tables.missing_text" not in codes

    def test_a_day_under_the_title_of_a_whole_report_is_held_against_the_year(self) -> None:
        whole = [f"{'一二三四五六'[n]}、{name}" for n, name in enumerate(
            ("总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况", "政府信息公开行政复议、行政诉讼情况", "存在的主要问题及改进情况", "其他需要报告的事项")
        )]

        assert "report.signed_early" in codes_of(TITLE, "（2023年1月15日）", *(line for head in whole for line in (head, "按要求推进。")))
