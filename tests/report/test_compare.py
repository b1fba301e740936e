"""比对：两个版本、两个年度，逐格、逐段."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.report.compare import CellChange, Change, Comparison, Kind, Mark, Run, compare
from gongkai.report.comparing.prose import difference
from gongkai.report.identities import At
from gongkai.report.model import AnnualReport, Figure, Section, Signature
from gongkai.report.prose import Prose
from gongkai.report.tables import Presence
from tests.report.builders import BUREAU, cell, figures, report_2019_form, report_2023, requests


def at(found: Comparison, part: str, row: str, column: str | None = None) -> CellChange:
    return next(change for change in found.cells if change.at == At(part, row, column))


def changed(found: Comparison) -> list[tuple[str, ...]]:
    return [tuple(filter(None, change.at[:3])) for change in found.changed_cells]


class TestCells:
    """空白、未印、0，是三回事."""

    def test_a_report_is_the_same_as_itself(self) -> None:
        found = compare(report_2023(), report_2023())

        assert found.same
        assert found.kind is Kind.VERSIONS
        assert found.to_dict()["cells"] == []

    def test_a_changed_number_has_its_difference_and_percentage(self) -> None:
        found = compare(report_2023(), cell(report_2023(), "granted", "natural", 4))
        change = at(found, "applications", "granted", "natural")

        assert changed(found) == [("applications", "granted", "natural")]
        assert (change.difference, change.percent) == (1, Fraction(100, 3))
        assert change.as_dict()["percent"] == 33.33

    def test_from_zero_there_is_a_difference_but_no_percentage(self) -> None:
        change = at(compare(report_2023(), figures(report_2023(), penalty_decisions=5)), "active", "penalty_decisions")

        assert (change.difference, change.percent) == (5, None)

    def test_blank_is_neither_zero_nor_absent(self) -> None:
        zero = report_2023()
        blank = cell(zero, "granted", "other", None)
        absent = replace(zero, applications={key: row for key, row in zero.applications.items() if key != "granted"})
        found = [at(compare(a, b), "applications", "granted", "other") for a, b in (
            (zero, blank), (blank, zero), (zero, absent), (absent, blank), (blank, blank),
        )]

        assert [change.change for change in found] == [
            Change.BLANKED, Change.FILLED, Change.REMOVED, Change.ADDED, Change.SAME,
        ]
        assert all(change.difference is None and change.percent is None for change in found)
        assert found[1].a.presence is Presence.BLANK

    def test_decimals_differ_exactly(self) -> None:
        a, b = figures(report_2023(), fee_amount=Decimal("0.3")), figures(report_2023(), fee_amount=Decimal("0.1"))

        assert at(compare(a, b), "active", "fee_amount").difference == Decimal("-0.2")

    def test_amounts_in_different_units_are_compared_by_value(self) -> None:
        a = replace(report_2023(), active={**report_2023().active, "fee_amount": Figure(35000, "元")})
        b = figures(report_2023(), fee_amount=Decimal("3.5"))
        unknown = replace(a, active={**a.active, "fee_amount": Figure(35000, "贯")})

        assert at(compare(a, b), "active", "fee_amount").change is Change.SAME
        assert at(compare(unknown, b), "active", "fee_amount").change is Change.UNIT


class TestForms:
    """两版格式：表二无法换算，表三只比相同的行."""

    def test_table_two_of_the_two_forms_is_not_compared(self) -> None:
        found = compare(report_2019_form(BUREAU, 2020), replace(report_2023(), year=2021))
        active = [change for change in found.cells if change.at.part == "active"]

        assert {change.change for change in active} == {Change.EDITION}

    def test_rows_in_common_are_compared_and_row_six_by_its_sum(self) -> None:
        old = requests(report_2019_form(BUREAU, 2020), {"other": {"natural": 3}, "denied_state_secret": {"natural": 2}})
        new = requests(replace(report_2023(), year=2021), {"other_misc": {"natural": 1}, "other_fee_unpaid": {"natural": 1}})
        found = compare(old, new)

        assert at(found, "applications", "denied_state_secret", "total").difference == -2
        assert at(found, "applications", "other", "total").change is Change.EDITION
        assert at(found, "applications", "other_misc", "total").change is Change.EDITION
        assert at(found, "applications", "group.other", "total").difference == -1

    def test_a_blank_in_row_six_leaves_its_sum_uncompared(self) -> None:
        old = report_2019_form(BUREAU, 2020)
        new = cell(replace(report_2023(), year=2021), "other_misc", "total", None)

        assert not [change for change in compare(old, new).cells if change.at.row == "group.other"]


class TestYears:
    """I-6 上年结转；I-8 现行有效."""

    def test_consecutive_years_are_held_against_one_another(self) -> None:
        before = requests(replace(report_2023(), year=2022), {"carried_forward": {"natural": 2}})
        found = compare(before, report_2023())

        assert found.kind is Kind.YEARS
        assert found.checks is not None
        assert found.checks["year.carried_over.natural"] == "fails"
        assert "cross_year.carried_over" in [finding.code for finding in found.findings]

    def test_the_order_given_does_not_matter_to_the_checks(self) -> None:
        before = replace(report_2023(), year=2022)

        assert compare(before, report_2023()).checks == compare(report_2023(), before).checks

    def test_the_years_2020_and_2021_are_checked_where_the_forms_allow(self) -> None:
        found = compare(report_2019_form(BUREAU, 2020), replace(report_2023(), year=2021))

        assert found.checks is not None
        assert found.checks["year.carried_over.total"] == "holds"
        assert found.checks["year.in_force.rules"] == "not_assessable"

    @pytest.mark.parametrize("other", [replace(report_2023(), year=2020), report_2023("青禾县水利局"), AnnualReport()])
    def test_nothing_is_checked_across_other_pairs(self, other: AnnualReport) -> None:
        found = compare(other, report_2023())

        assert not found.checks
        assert found.findings == ()


class TestAboutAndSections:
    def test_title_and_signature_are_compared(self) -> None:
        other = replace(report_2023(), title="另一标题", signature=Signature(BUREAU))
        found = compare(report_2023(), other)

        assert [text.name for text in found.about if text.changed] == ["title", "signature.on"]
        assert next(text for text in found.about if text.name == "signature.on").b is None

    def test_a_heading_that_changed_is_told_apart_from_its_prose(self) -> None:
        report = report_2023()
        sections = tuple(
            replace(section, heading="五、存在的问题") if section.number == 5 else section for section in report.sections
        )

        assert [text.name for text in compare(report, replace(report, sections=sections)).sections if text.changed] == [
            "section5.heading"
        ]

    def test_a_section_that_is_missing_is_not_an_empty_one(self) -> None:
        report = report_2023()
        found = compare(report, replace(report, sections=report.sections[:-1]))
        gone = next(text for text in found.sections if text.name == "section6.text")

        assert gone.b is None
        assert [run.mark for run in gone.runs] == [Mark.GONE]

    def test_a_section_printed_twice_is_compared_twice(self) -> None:
        report = report_2023()
        twice = replace(report, sections=(*report.sections, Section(6, "六、其他需要报告的事项", Prose.of("另有一事。"))))

        assert "section6#2.text" in [text.name for text in compare(report, twice).sections if text.changed]


class TestProse:
    """先按句，再按字；数字不拆开."""

    def test_a_number_changes_as_a_whole(self) -> None:
        runs = difference("全年主动公开政府信息120条。培训2次。", "全年主动公开政府信息130条。培训2次。")

        assert runs == (
            Run(Mark.SAME, "全年主动公开政府信息"), Run(Mark.GONE, "120"), Run(Mark.NEW, "130"), Run(Mark.SAME, "条。培训2次。"),
        )

    def test_a_sentence_put_in_leaves_its_neighbours_alone(self) -> None:
        assert difference("甲事已办。丙事已办。", "甲事已办。新增乙项内容。丙事已办。") == (
            Run(Mark.SAME, "甲事已办。"), Run(Mark.NEW, "新增乙项内容。"), Run(Mark.SAME, "丙事已办。"),
        )

    def test_sentences_that_are_not_alike_are_not_mingled(self) -> None:
        runs = difference("开展业务培训两次。", "未收取信息处理费用。")

        assert [run.mark for run in runs] == [Mark.GONE, Mark.NEW]

    @given(st.text("一二三。；县局1 2\n收到申请", max_size=60), st.text("一二三。；县局1 2\n收到申请", max_size=60))
    @settings(max_examples=300, deadline=None)
    def test_the_runs_make_both_texts_again(self, before: str, after: str) -> None:
        runs = difference(before, after)

        assert "".join(run.text for run in runs if run.mark is not Mark.NEW) == before
        assert "".join(run.text for run in runs if run.mark is not Mark.GONE) == after
        assert all(run.text for run in runs)
        assert not [pair for pair in pairwise(runs) if pair[0].mark is pair[1].mark]

    def test_long_texts_are_compared_in_bearable_time(self) -> None:
        before = "".join(f"第{n}项工作已经完成，共办理{n * 7}件。" for n in range(600))
        after = "".join(f"第{n}项工作基本完成，共办理{n * 9}件。" for n in range(600))
        one = "字" * 20_000
        started = perf_counter()
        difference(before, after)
        difference("甲乙" * 20_000, "乙丙" * 20_000)
        trimmed = difference(one, one + "末")

        assert perf_counter() - started < 20
        assert trimmed == (Run(Mark.SAME, one), Run(Mark.NEW, "末"))
