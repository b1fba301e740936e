"""Rules on the document: sections, words left behind, dates, names. Each fires, and keeps still beside it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongkai.law.findings import Finding, Rule, Severity
from gongkai.report.audit import Level, Scope, audit
from gongkai.report.auditing.naming import title_organ, within
from gongkai.report.auditing.organs import level_of, of_county
from gongkai.report.exchange import from_dict
from gongkai.report.model import AnnualReport, Section, Signature
from gongkai.report.prose import Prose
from gongkai.report.rules import rules
from tests.conftest import REPORTS, needs_shared
from tests.report.builders import BUREAU, HEADINGS, SECTION_1, remedy, report_2019_form, report_2023


def found(report: AnnualReport, code: str, **known: Any) -> Sequence[Finding]:
    """The findings of one rule; every sentence can be said in both languages."""
    findings = audit(report, **known).findings
    assert all(finding.sentence("zh") and finding.sentence("en") for finding in findings)
    return [finding for finding in findings if finding.code == code]


def codes(report: AnnualReport, **known: Any) -> set[str]:
    return {finding.code for finding in audit(report, **known).findings}


def without(report: AnnualReport, *numbers: int) -> AnnualReport:
    """The report without some of its sections."""
    return replace(report, sections=tuple(section for section in report.sections if section.number not in numbers))


def headed(report: AnnualReport, number: int, heading: str) -> AnnualReport:
    """The report with another heading over one section."""
    return replace(report, sections=tuple(
        replace(section, heading=heading) if section.number == number else section for section in report.sections
    ))


class TestSections:
    """条例第五十条: six sections."""

    def test_a_section_between_others_is_missing(self) -> None:
        (finding,) = found(without(report_2023(), 5), "section.missing")

        assert "存在的主要问题及改进情况" in finding.sentence()

    def test_the_last_section_is_missing_from_a_signed_report(self) -> None:
        assert found(without(report_2023(), 6), "section.missing")

    def test_nothing_is_missing_from_the_beginning_of_a_report(self) -> None:
        report = replace(without(report_2023(), 4, 5, 6), signature=Signature())

        assert not found(report, "section.missing")

    def test_nothing_is_missing_from_a_source_that_was_cut_off(self) -> None:
        cut = Rule("source.cut_off", Severity.QUERY, "", {"zh": "断", "en": "cut"})
        report = without(report_2023(), 5, 6)

        assert not found(report, "section.missing", remarks=[Finding(cut, report_place())])
        assert not found(report, "section.missing", scope=Scope(complete=False))

    def test_a_table_stands_for_its_section(self) -> None:
        assert not found(without(report_2023(), 3), "section.missing")

    def test_older_reports_had_other_sections(self) -> None:
        assert not found(replace(without(report_2023(), 5), year=2015), "section.missing")

    def test_a_report_without_any_section_is_not_judged(self) -> None:
        report = replace(report_2023(), sections=(Section(0, "", Prose.of("2023年,工作顺利。")),))

        assert not {"section.missing", "narrative.structure", "section6.fee_missing"} & codes(report)

    def test_sections_out_of_order(self) -> None:
        report = report_2023()
        mixed = replace(report, sections=(*report.sections[1:], report.sections[0]))

        (finding,) = found(mixed, "section.order")
        assert finding.severity is Severity.INFO

    def test_a_wrong_number(self) -> None:
        (finding,) = found(headed(report_2023(), 6, "七、其他需要报告的事项"), "section.renumbered")

        assert "应为“六”" in finding.sentence()

    @pytest.mark.parametrize("heading", ["六、其他需要报告的事项", "六、 其他需要报告的事项", "（六）其他需要报告的事项", "其他需要报告的事项", "六.其他需要报告的事项：", ""])
    def test_headings_of_the_form(self, heading: str) -> None:
        assert not {"section.renumbered", "heading.variant"} & codes(headed(report_2023(), 6, heading))

    def test_a_heading_in_other_words(self) -> None:
        (finding,) = found(headed(report_2023(), 5, "五、存在的主要问题及整改措施"), "heading.variant")

        assert finding.severity is Severity.INFO
        assert str(finding.where) == "section5"

    @pytest.mark.parametrize("heading", ["四、政府信息公开行政复议和行政诉讼情况", "四、 政府信息公开行政复议，行政诉讼情况"])
    def test_signs_between_words_make_no_variant(self, heading: str) -> None:
        assert not found(headed(report_2023(), 4, heading), "heading.variant")

    def test_headings_in_traditional_characters_are_not_compared(self) -> None:
        traditional = rules()["layout.traditional_chars"]
        report = headed(report_2023(), 1, "一、總體情況")

        assert not found(report, "heading.variant", remarks=[Finding(traditional, report_place())])

    def test_a_title_in_other_words(self) -> None:
        report = replace(report_2023(), title=f"{BUREAU}2023年政府信息公开年度报告")

        assert [str(finding.where) for finding in found(report, "heading.variant")] == ["title"]


def report_place() -> Any:
    from gongkai.law.findings import Place

    return Place()


class TestSectionOne:
    """国办公开办函〔2021〕30号: 主动公开、依申请公开、政府信息管理、平台建设、监督保障."""

    def test_two_aspects_are_missing(self) -> None:
        text = "(一)加强组织领导。专人负责。\n(二)推进政务公开。公开信息115条,未收到依申请公开。\n(三)加强平台建设。门户网站。"

        (finding,) = found(report_2023(s1=text), "narrative.structure")

        assert "“政府信息管理”、“监督保障”" in finding.sentence()
        assert "“主动公开”" not in finding.sentence().partition("；")[0]

    def test_running_a_platform_is_not_managing_information(self) -> None:
        text = (
            "(一)组织领导与工作保障情况。有力。\n(二)主动公开情况。8900条。\n(三)依申请公开情况。6件。\n"
            "(四)政务公开平台建设与管理情况。统一。"
        )

        (finding,) = found(report_2023(s1=text), "narrative.structure")

        assert "政府信息管理" in finding.sentence() and "缺“政府信息管理”；" in finding.sentence()

    @pytest.mark.parametrize(
        "text",
        [
            SECTION_1,
            "(一)主动公开政府信息情况。249条。\n(二)依申请公开政府信息情况。26件。\n(三)完善公开制度规范,加强政府信息管理。三级审核。\n"
            "(四)加强平台建设,扩展公开渠道。自查。\n(五)及时回应关切,自觉接受监督。建议提案。",
            "（一）主动公开方面\n全年。\n（二）依申请公开方面\n受理。\n（三）政府信息管理方面\n审查。\n（四）平台建设方面\n门户。\n（五）监督保障方面\n培训。",
            "2023年,我局认真做好政府信息公开工作,全年公开信息20条。",
            "(一)总体。做好主动公开、依申请公开、政府信息管理、平台建设、监督保障等工作。\n(二)其他。无。",
        ],
    )
    def test_aspects_in_other_words_or_without_subheadings(self, text: str) -> None:
        assert not found(report_2023(s1=text), "narrative.structure")

    def test_a_section_that_was_cut_off_is_not_judged(self) -> None:
        report = report_2023(s1="(一)主动公开。120条。\n(二)依申请公开。6件。")
        report = replace(without(report, 2, 3, 4, 5, 6), signature=Signature())

        assert not found(report, "narrative.structure")

    def test_the_form_of_2019_did_not_ask_for_it(self) -> None:
        assert not found(report_2019_form(s1="(一)主动公开。120条。\n(二)依申请公开。0件。"), "narrative.structure")


class TestFees:
    """第六部分: 收取信息处理费情况, since the report on 2021."""

    @pytest.mark.parametrize("text", ["无", "无其他需要报告的事项。", "本年度召开会议2次。"])
    def test_nothing_said_about_fees(self, text: str) -> None:
        (finding,) = found(report_2023(s6=text), "section6.fee_missing")

        assert finding.severity is Severity.WARNING

    @pytest.mark.parametrize(
        "text",
        ["本年度未收取政府信息公开信息处理费。", "全年收取政府信息公开信息处理费0元。", "本年度没有产生信息公开处理费。",
         "2023年度,县林业局政府信息公开未发生收费情况。", "2023年收取信息处理费300元。"],
    )
    def test_every_way_of_saying_it(self, text: str) -> None:
        assert not found(report_2023(s6=text), "section6.fee_missing")

    def test_a_report_on_2020_need_not(self) -> None:
        assert not found(report_2019_form(s6="无"), "section6.fee_missing")

    def test_a_report_without_section_six_is_told_that_instead(self) -> None:
        assert not found(without(report_2023(), 6), "section6.fee_missing")

    def test_a_heading_where_the_source_ends_proves_nothing(self) -> None:
        report = report_2023(s6="")

        assert not found(report, "section6.fee_missing", scope=Scope(complete=False))


class TestTables:
    """Headings 二 to 四 without a table."""

    def test_tables_that_were_not_obtained(self) -> None:
        (finding,) = found(replace(report_2023(), active={}, applications={}, remedies={}), "tables.missing_text")

        assert finding.severity is Severity.WARNING
        assert "表二、表三、表四" in finding.sentence()

    def test_where_the_source_ends_before_the_table(self) -> None:
        report = replace(without(report_2023(), 3, 4, 5, 6), active={}, applications={}, remedies={}, signature=Signature())

        assert not found(report, "tables.missing_text")

    def test_tables_that_are_there(self) -> None:
        assert not found(report_2023(), "tables.missing_text")


class TestWords:
    """What is easily left in a text."""

    def test_the_old_notice(self) -> None:
        (finding,) = found(report_2023(s0="根据国办公开办函〔2019〕60号的要求编制。"), "narrative.basis_outdated")

        assert finding.where.quote == "〔2019〕60号"

    @pytest.mark.parametrize("text", ["根据国办公开办函〔2021〕30号编制。", "依据〔2019〕60号、〔2021〕30号编制。", "县发〔2019〕60号文件。国办公开办函〔2021〕30号。"])
    def test_the_notice_in_force(self, text: str) -> None:
        assert not found(report_2023(s0=text), "narrative.basis_outdated")

    def test_the_old_notice_in_its_own_time(self) -> None:
        assert not found(report_2019_form(s0="根据国办公开办函〔2019〕60号的要求编制。"), "narrative.basis_outdated")

    @pytest.mark.parametrize("text", ["根据《中华人民共和国政府信息公开条例》(国务院令第492号)编制。", "依照国令492号。"])
    def test_the_repealed_regulation(self, text: str) -> None:
        assert found(report_2023(s0=text), "law.repealed")

    @pytest.mark.parametrize(
        "text", ["条例(国令第711号)", "2007年国务院令第492号公布,2019年国务院令第711号修订", "收到咨询492件。", "第492号建议已办理。"]
    )
    def test_the_regulation_in_force(self, text: str) -> None:
        assert not found(report_2023(s0=text), "law.repealed")

    def test_the_repealed_regulation_in_its_own_time(self) -> None:
        assert not found(replace(report_2023(s0="国务院令第492号"), year=2018), "law.repealed")

    @pytest.mark.parametrize(
        "text", ["共收到XX件", "{{organ}}", "×××局", "(此处填写数字)", "落款\n 年 月 日\n", "lorem ipsum"]
    )
    def test_residue_of_an_editor(self, text: str) -> None:
        (finding,) = found(report_2023(s6=f"本年度未收取信息处理费。{text}"), "text.residue")

        assert finding.severity is Severity.INFO

    @pytest.mark.parametrize("text", ["[bookmark: _GoBack]本年度", "错误!未找到引用源。", "MERGEFIELD 机关"])
    def test_marks_of_a_word_processor(self, text: str) -> None:
        assert found(report_2023(s6=f"本年度未收取信息处理费。{text}"), "layout.bookmark_residue")

    @pytest.mark.parametrize("text", ["2024年1月20日", "电子邮箱a_b_c@example.org", "数据1×2", "新年月度计划", "办理了错误信息更正3件", "Q&A问答"])
    def test_ordinary_signs(self, text: str) -> None:
        assert not {"text.residue", "layout.bookmark_residue"} & codes(report_2023(s6=f"本年度未收取信息处理费。{text}"))

    @pytest.mark.parametrize("text", ["自20231月1日起至202312月31日止", "202311日至20231231日"])
    def test_digits_lost_from_dates(self, text: str) -> None:
        report = report_2023(s0=f"数据统计期限{text}。")

        (finding,) = found(report, "layout.characters_lost")
        assert finding.severity is Severity.INFO
        assert not {"text.stale_year", "report.no_period"} & codes(report)

    @pytest.mark.parametrize("text", ["2023年1月1日至2023年12月31日", "编号2023111号", "2023年12月31日"])
    def test_dates_that_are_whole(self, text: str) -> None:
        assert not found(report_2023(s0=text), "layout.characters_lost")

    def test_no_period(self) -> None:
        report = report_2023(s1=SECTION_1.replace("本报告数据统计期限自2023年1月1日至2023年12月31日。", ""))

        (finding,) = found(report, "report.no_period")
        assert finding.severity is Severity.INFO

    def test_a_period_in_section_six(self) -> None:
        report = report_2023(s1=SECTION_1.replace("本报告数据统计期限自2023年1月1日至2023年12月31日。", ""),
                             s6="未收取信息处理费。数据自2023年1月1日始,至12月31日止。")

        assert not found(report, "report.no_period")


class TestStaleYears:
    """Another year's text, kept."""

    @pytest.mark.parametrize(
        ("section", "text"),
        [
            ("s5", "(一)问题。意识松懈。\n(二)整改措施。为进一步加大政府信息公开工作,2023年我局加大贯彻落实新《条例》的工作力度,一是完善机制。"),
            ("s5", "存在问题:不够。下一步,2023年我局将继续加强公开。"),
            ("s0", "本报告数据统计期限自2022年1月1日至2022年12月31日。"),
            ("s0", "统计期限自2023年1月1日起至2022年12月31日止。"),
            ("s0", "截至2022年12月31日,本报告所列数据均已核对。"),
            ("s1", "2022年,我局认真做好政府信息公开工作。全年公开120条。"),
        ],
    )
    def test_a_year_that_cannot_be_meant(self, section: str, text: str) -> None:
        (finding,) = found(report_2023(**{section: text}), "text.stale_year")

        assert finding.severity is Severity.WARNING
        assert finding.where.part == {"s5": "section5", "s0": "title", "s1": "section1"}[section]

    @pytest.mark.parametrize(
        ("section", "text"),
        [
            ("s5", "2023年,我局信息公开工作取得了一定成效,但仍存在不足。下一步,将继续加强。"),
            ("s5", "存在问题:2023年以来,我县工作虽然取得成绩,仍有差距。改进措施:按时完成2024年各项任务。"),
            ("s5", "(一)2022年工作中存在问题的改进情况。加强培训。(二)2023年工作中存在的主要问题。不够。2024年,将进一步改进。"),
            ("s5", "改进情况:针对上年问题,2023年我局开展了培训。下一步将继续。"),
            ("s5", "下一步,落实《2023年政务公开工作要点》未完成事项,将继续加强公开。"),
            ("s1", SECTION_1 + "比2022年增加20条,较2022年上升5%。公布《2022年度政府信息公开工作年度报告》。"),
            ("s1", SECTION_1 + "截至2022年底累计300条,2023年新增120条。"),
            ("s0", "统计期限为2023年1月1日至12月31日。"),
            ("s0", "本报告所列数据的统计期限自 2023 年 1 月 1 日起至 2023 年 12 月 31 日止。"),
        ],
    )
    def test_years_that_are_meant(self, section: str, text: str) -> None:
        assert not found(report_2023(**{section: text}), "text.stale_year")


class TestDates:
    """条例第四十九条: departments before 31 January, governments before 31 March."""

    def signed(self, organ: str, on: date) -> AnnualReport:
        return replace(report_2023(organ), signature=Signature(organ, on))

    @pytest.mark.parametrize(
        ("organ", "on", "severity"),
        [
            ("青禾县林业局", date(2024, 2, 1), Severity.WARNING),
            ("青禾县人民政府", date(2024, 4, 1), Severity.WARNING),
            ("青禾县柳树镇人民政府", date(2024, 6, 1), Severity.QUERY),
            ("青禾县人民政府办公室", date(2024, 2, 20), Severity.QUERY),
            ("青禾县人民政府办公室", date(2024, 4, 20), Severity.WARNING),
            ("青禾县融媒体", date(2024, 2, 20), Severity.QUERY),
        ],
    )
    def test_after_the_deadline(self, organ: str, on: date, severity: Severity) -> None:
        (finding,) = found(self.signed(organ, on), "report.late_publication")

        assert finding.severity is severity
        assert on.isoformat() in finding.sentence()

    @pytest.mark.parametrize(
        ("organ", "on"),
        [
            ("青禾县林业局", date(2024, 1, 31)), ("青禾县人民政府", date(2024, 3, 31)), ("青禾县柳树镇人民政府", date(2024, 2, 20)),
            ("青禾县人民政府办公室", date(2024, 1, 31)),
        ],
    )
    def test_in_time(self, organ: str, on: date) -> None:
        assert not found(self.signed(organ, on), "report.late_publication")

    def test_a_page_dated_later_than_a_timely_signature_is_a_question(self) -> None:
        (finding,) = found(replace(report_2023(), published=date(2024, 6, 15)), "report.late_publication")

        assert finding.severity is Severity.QUERY

    def test_a_day_that_the_caller_gives_is_certain(self) -> None:
        (finding,) = found(report_2023(), "report.late_publication", published=date(2024, 6, 15))

        assert finding.severity is Severity.WARNING

    def test_a_day_before_the_years_end_is_the_pages_own(self) -> None:
        assert not found(replace(report_2023(), published=date(2019, 12, 3)), "report.late_publication")

    def test_local_deadlines_may_be_earlier(self) -> None:
        assert found(self.signed("青禾县林业局", date(2024, 1, 20)), "report.late_publication", scope=Scope(department_by=(1, 15)))

    def test_the_caller_may_know_the_level(self) -> None:
        report = self.signed("青禾县人民政府办公室", date(2024, 2, 20))

        assert not found(report, "report.late_publication", scope=Scope(level=Level.GOVERNMENT))

    def test_reports_of_the_old_regulation_are_not_judged(self) -> None:
        assert not found(replace(self.signed("青禾县林业局", date(2019, 3, 1)), year=2018), "report.late_publication")

    def test_signed_before_the_year_was_over(self) -> None:
        (finding,) = found(self.signed("青禾县林业局", date(2023, 1, 16)), "report.signed_early")

        assert finding.severity is Severity.WARNING
        assert not found(report_2023(), "report.signed_early")


class TestNames:
    """The organ of the title, of the signature, of the text."""

    def test_the_titles_year_is_another(self) -> None:
        (finding,) = found(replace(report_2023(), title=f"{BUREAU}2022年政府信息公开工作年度报告"), "title.year_mismatch")

        assert finding.severity is Severity.ERROR

    @pytest.mark.parametrize("title", [f"{BUREAU}二〇二三年政府信息公开工作年度报告", f"{BUREAU}政府信息公开工作年度报告", None])
    def test_the_titles_year_is_the_same_or_not_said(self, title: str | None) -> None:
        assert not found(replace(report_2023(), title=title), "title.year_mismatch")

    @pytest.mark.parametrize(
        ("title", "organ"), [("2023年地区林业管理局", "青禾地区林业管理局"), ("2023年第九师", "云岭兵团第九师"), ("县林业局2023年", "青禾县林业局")]
    )
    def test_a_short_name_in_the_title(self, title: str, organ: str) -> None:
        report = replace(report_2023(organ), title=f"{title}政府信息公开工作年度报告")

        (finding,) = found(report, "title.organ_short")
        assert finding.severity is Severity.INFO
        assert organ in finding.sentence()

    @pytest.mark.parametrize(("title", "organ"), [("城东区人民政府2023年", "青禾市城东区人民政府"), ("2023年花园街道", "青禾市城东区花园街道办事处"), ("青禾县2023年", "青禾县人民政府")])
    def test_a_name_with_its_place_is_full_enough(self, title: str, organ: str) -> None:
        report = replace(report_2023(organ), title=f"{title}政府信息公开工作年度报告")

        assert not found(report, "title.organ_short")

    def test_another_organ_signs(self) -> None:
        report = replace(report_2023(), signature=Signature("青禾县水利局", date(2024, 1, 20)))

        (finding,) = found(report, "text.other_organ")
        assert finding.severity is Severity.WARNING

    @pytest.mark.parametrize("signed", ["县林业局", "云岭省青禾县林业局", "青禾县人民政府", "青禾县林业局办公室", "青禾县林业和草原局"])
    def test_its_own_name_signs(self, signed: str) -> None:
        report = replace(report_2023(), signature=Signature(signed, date(2024, 1, 20)))

        assert not found(report, "text.other_organ")

    def test_a_bureau_that_calls_itself_a_town(self) -> None:
        (finding,) = found(report_2023(s5="问题：我镇公开内容不够丰富。"), "text.other_organ")

        assert finding.severity is Severity.QUERY

    @pytest.mark.parametrize("text", ["我县公开工作仍有不足。", "我市、我区、我省。", "县人民政府、市政府要求。", "我局、我单位。", "自我委托"])
    def test_superiors_and_areas_may_be_named(self, text: str) -> None:
        assert not found(report_2023(s5=text), "text.other_organ")

    @pytest.mark.parametrize(
        ("name", "level"),
        [
            ("疏林县人民政府", Level.GOVERNMENT), ("青禾市", Level.GOVERNMENT), ("云岭自治区人民政府", Level.GOVERNMENT), ("青禾地区行政公署", Level.GOVERNMENT),
            ("青禾县林业局", Level.DEPARTMENT), ("云岭省林业厅", Level.DEPARTMENT), ("国家林业总局", Level.DEPARTMENT), ("青禾市城市管理委员会", Level.DEPARTMENT),
            ("柳树镇人民政府", Level.TOWNSHIP), ("青禾市城东区人民政府花园街道办事处", Level.TOWNSHIP), ("花园街道", Level.TOWNSHIP), ("第一师十六团新岭镇", Level.TOWNSHIP),
            ("景镇市人民政府", Level.GOVERNMENT), ("青禾县城镇管理局", Level.DEPARTMENT), ("青禾县人民政府办公室", Level.UNKNOWN),
            ("青禾经济开发区管理委员会", Level.UNKNOWN), ("云岭兵团第九师", Level.UNKNOWN), (None, Level.UNKNOWN),
        ],
    )
    def test_the_kind_of_organ(self, name: str | None, level: Level) -> None:
        assert level_of(name) is level

    @pytest.mark.parametrize(("name", "county"), [("青禾县林业局", True), ("青禾市城东区人民政府", True), ("红山旗人民政府", True), ("青禾地区林业局", False), ("云岭自治区林业厅", False), ("青禾市人民政府", False)])
    def test_who_belongs_to_a_county(self, name: str, county: bool) -> None:
        assert of_county(name) is county

    def test_the_organ_of_a_title(self) -> None:
        assert title_organ("2023年青禾县林业局政府信息公开工作年度报告") == "青禾县林业局"
        assert title_organ("青禾县林业局二〇二三年度政务公开工作年度报告") == "青禾县林业局"
        assert within("县发改局", "青禾县发展和改革局") and not within("水利局", "林业局")


class TestClaims:
    """I-7: the figures of the prose against the tables."""

    def test_the_prose_says_more_than_the_table(self) -> None:
        text = SECTION_1.replace("政府信息公开申请6件", "政府信息公开申请9件")

        (finding,) = found(report_2023(s1=text), "narrative.claim_contradicts_table")

        assert finding.severity is Severity.WARNING
        assert "9" in finding.sentence() and "6" in finding.sentence()
        assert audit(report_2023(s1=text)).checks["narr.received"] == "fails"

    def test_the_prose_agrees_with_the_table(self) -> None:
        result = audit(report_2023())

        assert result.checks["narr.received"] == "holds"
        assert not found(report_2023(), "narrative.claim_contradicts_table")

    def test_without_a_table_the_claim_cannot_be_held_against_anything(self) -> None:
        result = audit(replace(report_2023(), applications={}, remedies={}, active={}))

        assert result.checks["narr.received"] == "not_assessable"
        assert "narrative.claim_contradicts_table" not in {finding.code for finding in result.findings}

    def test_a_wrong_total_is_told_once(self) -> None:
        text = SECTION_1.replace("未发生行政复议和行政诉讼", "发生行政复议3件")
        report = remedy(report_2023(s1=text), "reconsideration", upheld=3)

        assert codes(report) == {"remedies.total_wrong"}

    def test_a_check_is_there_only_where_the_claim_is(self) -> None:
        assert not any(name.startswith("narr.outcome") for name in audit(report_2023()).checks)

    def test_parts_that_the_prose_adds_up(self) -> None:
        text = SECTION_1.replace("120条", "120条,其中网站100条,公众号20条")

        assert audit(report_2023(s1=text)).checks.get("narr.parts") in (None, "holds")


class TestRules:
    """Every rule can be said, in both languages."""

    def test_codes_are_stable_names(self) -> None:
        for code, rule in rules().items():
            assert code == rule.code
            assert code.replace(".", "").replace("_", "").isalnum() and code == code.lower() and "." in code

    def test_every_rule_speaks_both_languages_with_the_same_facts(self) -> None:
        for rule in rules().values():
            assert set(rule.says) == {"zh", "en"}
            assert rule.advice == {} or set(rule.advice) == {"zh", "en"}


@needs_shared
@pytest.mark.parametrize("path", sorted((REPORTS / "truth").glob("[0r]*.json")) if REPORTS.is_dir() else [], ids=lambda p: p.stem)
def test_errors_and_warnings_of_the_tables_are_those_that_a_careful_auditor_reports(path: Path) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    tables = ("template.", "cells.", "applications.", "active.", "remedies.total", "remedies.implausible")
    told = {one["code"] for one in data["findings"] if one["code"].startswith(tables)}

    assert {code for code in codes(from_dict(data).report) if code.startswith(tables)} == told


def test_headings_of_the_builder_are_those_of_the_form() -> None:
    assert not found(report_2023(), "heading.variant") and len(HEADINGS) == 6
