"""Rules on the tables: each fires where it must, and keeps still beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from gongkai.law.editions import EDITION_2019, EDITION_2021
from gongkai.law.findings import Finding, Place, Severity
from gongkai.report.audit import audit
from gongkai.report.model import AnnualReport
from gongkai.report.rules.doubts import CELL_TEXT
from tests.report.builders import (
    blank_report,
    cell,
    figures,
    mixed_report,
    remedy,
    report_2019_form,
    report_2023,
    requests,
    zero_report,
)


def found(report: AnnualReport, code: str, **known: Any) -> Sequence[Finding]:
    """The findings of one rule; every sentence can be said in both languages."""
    findings = audit(report, **known).findings
    assert all(finding.sentence("zh") and finding.sentence("en") for finding in findings)
    return [finding for finding in findings if finding.code == code]


def codes(report: AnnualReport, **known: Any) -> set[str]:
    return {finding.code for finding in audit(report, **known).findings}


def test_a_sound_report_has_no_findings() -> None:
    assert codes(report_2023()) == set()
    assert codes(report_2019_form()) == set()


def test_findings_come_gravest_first() -> None:
    report = cell(remedy(mixed_report(), "reconsideration", upheld=1), "granted", "business", None)

    severities = [list(Severity).index(finding.severity) for finding in audit(report).findings]

    assert severities == sorted(severities)
    assert len(set(severities)) > 1


class TestTheForm:
    """国办公开办函〔2019〕60号 for 2019 and 2020, 〔2021〕30号 since."""

    def test_the_form_of_2019_is_outdated_for_a_report_on_2023(self) -> None:
        (finding,) = found(report_2019_form(year=2023), "template.outdated")

        assert finding.severity is Severity.ERROR
        assert "2019年格式" in finding.sentence() and "2021〕30号" in finding.sentence()

    @pytest.mark.parametrize("year", [2019, 2020])
    def test_it_is_right_for_its_own_years(self, year: int) -> None:
        assert "template.outdated" not in codes(report_2019_form(year=year))

    def test_the_form_of_2021_cannot_have_been_used_for_2020(self) -> None:
        (finding,) = found(replace(zero_report(), year=2020), "template.too_new")

        assert finding.severity is Severity.QUERY

    def test_table_two_of_one_form_and_table_three_of_another_are_mixed(self) -> None:
        (finding,) = found(mixed_report(), "template.mixed")

        assert str(finding.where) == "applications.other"
        assert "template.outdated" not in codes(mixed_report())

    def test_a_table_that_ends_before_its_sixth_group_is_not_mixed(self) -> None:
        report = report_2023()
        rows = {key: row for key, row in report.applications.items() if not key.startswith("other")}

        assert "template.mixed" not in codes(replace(report, applications=rows))

    def test_before_2019_there_was_no_form(self) -> None:
        report = AnnualReport(year=2015, edition=None)

        assert codes(report) == {"template.none"}

    def test_an_edition_that_only_the_year_tells_is_no_finding(self) -> None:
        assert "template.outdated" not in codes(AnnualReport(year=2023, edition=EDITION_2019))


class TestBlankCells:
    """没有的应填“0”；空白不是0."""

    def test_blank_columns_are_one_finding_that_names_them(self) -> None:
        report = report_2023()
        for key in report.applications:
            for column in ("business", "research", "public_welfare", "legal_service", "other"):
                report = cell(report, key, column, None)

        (finding,) = found(report, "cells.blank_should_be_zero")

        assert finding.severity is Severity.WARNING
        assert finding.facts["count"] == 125
        assert "商业企业" in finding.sentence() and "自然人" not in finding.sentence()

    def test_each_table_has_its_own(self) -> None:
        report = remedy(figures(report_2023(), fee_amount=None), "reconsideration", upheld=None)

        assert [str(one.where) for one in found(report, "cells.blank_should_be_zero")] == ["active.fee_amount", "remedies.reconsideration.upheld"]

    def test_a_cell_with_words_is_not_blank(self) -> None:
        report = figures(report_2023(), fee_amount=None)
        active = {**report.active, "fee_amount": replace(report.active["fee_amount"], raw="见附件")}

        assert "cells.blank_should_be_zero" not in codes(replace(report, active=active))

    def test_a_cell_in_doubt_is_not_called_blank(self) -> None:
        doubt = Finding(CELL_TEXT, Place("applications", "granted", "business"), {"text": "若干"})

        assert codes(cell(report_2023(), "granted", "business", None), doubts=[doubt]) == {"doubt.cell_text"}

    def test_a_total_left_blank_beside_others_is_told_by_itself(self) -> None:
        (finding,) = found(remedy(report_2023(), "litigation_direct", total=None), "cells.blank_total")

        assert str(finding.where) == "remedies.litigation_direct.total"
        assert "未经复议直接起诉" in finding.sentence()

    def test_blank_totals_everywhere_are_blank_cells(self) -> None:
        report = blank_report()

        assert "cells.blank_total" not in codes(report)
        assert len(found(report, "cells.blank_should_be_zero")) == 3
        assert all("整表空白" in finding.sentence() for finding in found(report, "cells.blank_should_be_zero"))

    def test_a_table_of_which_little_was_read_is_not_called_blank_as_a_whole(self) -> None:
        report = blank_report()
        report = replace(report, active={key: figure for key, figure in report.active.items() if key.startswith("rules")})

        first = found(report, "cells.blank_should_be_zero")[0]

        assert first.facts["count"] == 3 and "整表" not in first.sentence()

    def test_a_table_that_was_not_found_has_no_blank_cells(self) -> None:
        assert "cells.blank_should_be_zero" not in codes(replace(report_2023(), applications={}, remedies={}))


class TestImpossibleNumbers:
    """件数为不小于0的整数；收费金额可以有小数."""

    def test_negative_counts(self) -> None:
        (finding,) = found(figures(report_2023(), penalty_decisions=-3), "cells.negative")

        assert finding.severity is Severity.ERROR
        assert "-3" in finding.sentence()

    def test_a_change_may_be_negative(self) -> None:
        assert "cells.negative" not in codes(figures(report_2019_form(), licensing_prev_items=9, licensing_delta=-8))

    def test_fractional_counts(self) -> None:
        (finding,) = found(figures(report_2023(), licensing_decisions=Decimal("12.5")), "cells.fraction")

        assert "12.5" in finding.sentence()

    @pytest.mark.parametrize("value", [Decimal("937.08"), Decimal("59237.2449")])
    def test_an_amount_may_be_fractional(self, value: Decimal) -> None:
        assert "cells.fraction" not in codes(figures(report_2023(), fee_amount=value))

    def test_a_whole_number_printed_with_a_point_is_whole(self) -> None:
        assert "cells.fraction" not in codes(figures(report_2023(), licensing_decisions=Decimal("12.0")))

    def test_many_cells_are_one_finding(self) -> None:
        report = cell(cell(report_2023(), "granted", "natural", -3), "granted", "total", -3)

        (finding,) = found(report, "cells.negative")

        assert len(finding.also) == 1


class TestSums:
    """勾稽关系 in sentences with their numbers."""

    def test_a_table_out_of_balance(self) -> None:
        report = requests(report_2023(), {"new_received": {"natural": 8}})

        (finding,) = found(report, "applications.balance")

        assert finding.sentence().startswith("表三“自然人、总计”列不平：本年新收8＋上年结转0＝8，办理结果总计6＋结转下年度0＝6，相差2")

    def test_columns_that_differ_are_told_apart(self) -> None:
        report = cell(cell(report_2023(), "new_received", "natural", 8), "new_received", "business", 1)

        assert len(found(report, "applications.balance")) == 2

    def test_outcomes_that_do_not_reach_their_total(self) -> None:
        report = requests(report_2023(), {"unable_not_held": {"natural": 0}})

        (finding,) = found(report, "applications.results_sum")

        assert "3＋2＝5" in finding.sentence() and "总计填6" in finding.sentence()

    def test_a_row_that_does_not_reach_its_total(self) -> None:
        (finding,) = found(cell(report_2023(), "carried_over", "business", 4), "applications.total_wrong")

        assert str(finding.where) == "applications.carried_over.total"
        assert "“二、上年结转政府信息公开申请数量”行" in finding.sentence()

    def test_wrong_totals_of_remedies_are_one_finding_with_its_places(self) -> None:
        report = remedy(remedy(report_2023(), "reconsideration", upheld=10, corrected=1), "litigation_after_reconsideration", upheld=5)

        (finding,) = found(report, "remedies.total_wrong")

        assert [str(place) for place in (finding.where, *finding.also)] == [
            "remedies.reconsideration.total", "remedies.litigation_after_reconsideration.total",
        ]
        assert "10＋1＋0＋0＝11，总计填0" in finding.sentence()

    def test_blank_cells_never_make_a_wrong_sum(self) -> None:
        report = cell(requests(report_2023(), {"new_received": {"natural": 8}}), "carried_over", "natural", None)
        report = cell(report, "carried_over", "total", None)

        assert not found(report, "applications.balance")

    def test_a_cell_in_doubt_never_makes_a_wrong_sum(self) -> None:
        report = cell(report_2023(), "granted", "natural", 30)
        doubts = [Finding(CELL_TEXT, Place("applications", "granted", "natural"), {"text": "30"})]

        assert codes(report, doubts=doubts) == {"doubt.cell_text"}


class TestRemedies:
    """表四 beside the requests and the prose."""

    silent = report_2023(s1="(一)主动公开。全年公开120条。\n(二)依申请公开。收到申请6件。\n(三)政府信息管理。规范。\n(四)平台建设。网站。\n(五)监督保障。培训。本报告数据自2023年1月1日起。")

    def test_a_case_that_nobody_mentions(self) -> None:
        (finding,) = found(remedy(self.silent, "reconsideration", other=1, total=1), "remedies.not_in_text")

        assert finding.severity is Severity.WARNING
        assert "行政复议1件" in finding.sentence()

    def test_a_list_of_the_sections_is_no_mention(self) -> None:
        intro = "全文包括总体情况,主动公开政府信息情况,收到和处理政府信息公开申请情况,政府信息公开行政复议、行政诉讼情况,存在的主要问题及改进情况等六部分。"
        report = replace(self.silent, sections=(replace(self.silent.sections[0], number=0, prose=report_2023(s0=intro).sections[0].prose), *self.silent.sections))

        assert found(remedy(report, "reconsideration", other=1, total=1), "remedies.not_in_text")

    @pytest.mark.parametrize("words", ["发生行政复议1件,结果为其他。", "因信息公开被提起行政诉讼1件。", "全年未发生败诉情形。"])
    def test_a_word_about_it_is_enough(self, words: str) -> None:
        report = report_2023(s1="(一)主动公开。\n(二)依申请公开。" + words)

        assert not found(remedy(report, "litigation_direct", upheld=1, total=1), "remedies.not_in_text")

    def test_words_of_section_four_count(self) -> None:
        report = replace(self.silent, sections=tuple(
            replace(section, prose=report_2023(s1="本年发生行政复议1件,已审结。").sections[0].prose) if section.number == 4 else section
            for section in self.silent.sections
        ))

        assert not found(remedy(report, "reconsideration", other=1, total=1), "remedies.not_in_text")

    def test_without_cases_nothing_need_be_said(self) -> None:
        assert not found(self.silent, "remedies.not_in_text")

    def test_without_prose_nothing_is_concluded(self) -> None:
        report = replace(remedy(self.silent, "reconsideration", other=1, total=1), sections=())

        assert not found(report, "remedies.not_in_text")

    def test_more_cases_than_requests(self) -> None:
        (finding,) = found(remedy(report_2023(), "reconsideration", upheld=7, total=7), "remedies.implausible")

        assert finding.severity is Severity.QUERY

    def test_a_few_cases_are_plausible(self) -> None:
        assert not found(remedy(report_2023(), "reconsideration", upheld=5, total=5), "remedies.implausible")

    def test_without_the_number_of_requests_nothing_is_concluded(self) -> None:
        report = cell(remedy(report_2023(), "reconsideration", upheld=7, total=7), "new_received", "total", None)

        assert not found(report, "remedies.implausible")


class TestTableTwo:
    """第二十条第（一）（五）（六）（八）（九）项."""

    def test_a_change_that_equals_the_stock(self) -> None:
        report = figures(report_2019_form(), licensing_prev_items=37, licensing_delta=37, licensing_decisions=50)

        (finding,) = found(report, "active.delta_equals_stock")

        assert str(finding.where) == "active.licensing_delta"

    def test_nothing_added_to_nothing_is_no_question(self) -> None:
        assert not found(report_2019_form(), "active.delta_equals_stock")

    def test_decisions_in_the_column_of_changes(self) -> None:
        report = figures(report_2019_form(), penalty_prev_items=18, penalty_delta=165)

        (finding,) = found(report, "active.column_shift")

        assert "165" in finding.sentence()

    @pytest.mark.parametrize("values", [{"penalty_delta": 3}, {"penalty_delta": 165, "penalty_decisions": 40}, {"penalty_prev_items": 900, "penalty_delta": 20}])
    def test_ordinary_changes_are_no_question(self, values: dict[str, int]) -> None:
        report = figures(report_2019_form(), penalty_prev_items=18)

        assert not found(figures(report, **values), "active.column_shift")

    def test_documents_made_and_not_published(self) -> None:
        (finding,) = found(
            figures(report_2019_form(), normative_new_made=4, normative_new_published=2, normative_total_published=4), "active.made_gt_published"
        )

        assert finding.severity is Severity.QUERY

    def test_all_documents_published(self) -> None:
        report = figures(report_2019_form(), normative_new_made=4, normative_new_published=4, normative_total_published=4)

        assert not {"active.made_gt_published", "active.published_gt_total"} & codes(report)

    def test_more_published_this_year_than_in_all(self) -> None:
        assert found(figures(report_2019_form(), normative_new_published=4, normative_total_published=3), "active.published_gt_total")

    def test_fewer_in_force_than_were_made(self) -> None:
        assert found(figures(report_2023(), normative_made=5, normative_repealed=1, normative_in_force=3), "active.in_force_lt_made")
        assert not found(figures(report_2023(), normative_made=5, normative_repealed=2, normative_in_force=3), "active.in_force_lt_made")

    @pytest.mark.parametrize("organ", ["青禾县柳树镇人民政府", "青禾县白杨乡人民政府", "青禾市城东区人民政府花园街道办事处", "第九师一六五团", "柳树镇"])
    def test_a_township_makes_no_rules(self, organ: str) -> None:
        (finding,) = found(figures(report_2023(organ), rules_made=2, rules_in_force=2), "active.rules_by_township")

        assert finding.severity is Severity.ERROR

    @pytest.mark.parametrize("organ", ["青禾县林业局", "青禾县人民政府", "青禾市城东区人民政府"])
    def test_rules_of_a_county_are_a_question(self, organ: str) -> None:
        (finding,) = found(figures(report_2023(organ), rules_in_force=2), "active.rules_by_township")

        assert finding.severity is Severity.QUERY

    @pytest.mark.parametrize("organ", ["青禾市人民政府", "云岭省人民政府", "云岭自治区人民政府", "云岭省林业厅", "景镇市人民政府", "国家林业总局"])
    def test_rules_of_those_who_may_make_them(self, organ: str) -> None:
        assert not found(figures(report_2023(organ), rules_made=2, rules_in_force=2), "active.rules_by_township")

    def test_a_township_without_rules(self) -> None:
        assert not found(report_2023("柳树镇人民政府"), "active.rules_by_township")

    def test_a_department_that_decides_every_day_and_reports_nothing(self) -> None:
        (finding,) = found(report_2023("青禾县市场监督管理局"), "active.zero_query")

        assert finding.severity is Severity.QUERY

    @pytest.mark.parametrize("organ", ["青禾县档案局", "青禾县人民政府", "青禾县统计局"])
    def test_zero_is_ordinary_elsewhere(self, organ: str) -> None:
        assert not found(report_2023(organ), "active.zero_query")

    def test_one_kind_of_decision_is_enough(self) -> None:
        assert not found(figures(report_2023("青禾县市场监督管理局"), penalty_decisions=4), "active.zero_query")

    def test_an_amount_that_must_be_in_yuan(self) -> None:
        assert found(figures(report_2023(), fee_amount=23_456_789), "active.amount_unit")
        assert not found(figures(report_2023("青禾市人民政府"), fee_amount=Decimal("96171.6")), "active.amount_unit")

    def test_a_purchase_of_a_few_yuan(self) -> None:
        report = figures(report_2019_form(), procurement_items=8, procurement_amount=Decimal("160.59"))
        yuan = {**report.active, "procurement_amount": replace(report.active["procurement_amount"], unit="元")}

        assert found(replace(report, active=yuan), "active.amount_unit")
        assert not found(report, "active.amount_unit")


class TestTwoYears:
    """This year's report beside last year's."""

    previous = replace(zero_report(year=2022), organ="青禾县林业局")

    def test_carried_over_differs(self) -> None:
        before = requests(self.previous, {"carried_forward": {"natural": 3}})

        (finding,) = found(report_2023(), "cross_year.carried_over", previous=before)

        assert finding.severity is Severity.WARNING
        assert "上年结转0、上年报告结转下年度3" in finding.sentence()
        assert len(finding.also) == 1

    def test_documents_in_force_do_not_follow(self) -> None:
        before = figures(self.previous, rules_in_force=2, normative_in_force=2)
        report = figures(report_2023(), normative_made=2, normative_in_force=2)

        (rules,) = found(report, "cross_year.rules", previous=before)
        (normative,) = found(report, "cross_year.normative", previous=before)

        assert rules.severity is normative.severity is Severity.QUERY
        assert "应为4件，现填2件" in normative.sentence()

    def test_years_that_agree(self) -> None:
        assert codes(report_2023(), previous=self.previous) == set()

    def test_another_organs_report(self) -> None:
        assert codes(report_2023(), previous=replace(self.previous, organ="青禾县水利局")) == {"cross_year.organ"}

    @pytest.mark.parametrize("name", ["县林业局", "云岭省青禾县林业局", None])
    def test_short_and_full_names_are_one_organ(self, name: str | None) -> None:
        assert codes(report_2023(), previous=replace(self.previous, organ=name)) == set()

    def test_years_that_do_not_follow_one_another_are_not_compared(self) -> None:
        before = requests(replace(self.previous, year=2021), {"carried_forward": {"natural": 3}})
        result = audit(report_2023(), previous=before)

        assert [finding.code for finding in result.findings] == ["cross_year.not_consecutive"]
        assert not any(name.startswith("year.") for name in result.checks)

    def test_two_forms_are_remarked(self) -> None:
        report = replace(zero_report(year=2021), organ="青禾县林业局")

        assert "cross_year.edition" in codes(report, previous=report_2019_form(year=2020))

    def test_what_strikes_the_eye_is_remarked(self) -> None:
        before = figures(self.previous, penalty_decisions=40, licensing_decisions=1000)
        report = figures(report_2023(), penalty_decisions=4000, licensing_decisions=2400)

        (finding,) = found(report, "cross_year.growth", previous=before)

        assert finding.severity is Severity.INFO
        assert "行政处罚" in finding.sentence()


def test_a_published_day_may_be_given() -> None:
    assert codes(report_2023(), published=date(2024, 2, 20)) == {"report.late_publication"}


def test_editions_do_not_hide_one_another() -> None:
    assert EDITION_2021.active != EDITION_2019.active
