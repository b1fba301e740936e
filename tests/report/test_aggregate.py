"""汇总：范围、年度、格式、空白、单位，以及 I-10 (条例第四十九条)."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.law.editions import EDITION_2019, EDITION_2021, Applicant, Remedy, Result
from gongkai.law.findings import Finding, Place, Severity
from gongkai.report.aggregate import CannotAdd, Moved, Part, aggregate, digest
from gongkai.report.audit import audit
from gongkai.report.exchange import from_dict
from gongkai.report.identities import State, assess
from gongkai.report.model import AnnualReport, Figure
from gongkai.report.rules import doubts, rules
from gongkai.report.rules.aggregate import RULES
from tests.report.builders import (
    BUREAU,
    COUNTY,
    cell,
    figures,
    mixed_report,
    outcome_keys,
    remedy,
    report_2019_form,
    report_2023,
    requests,
    zero_report,
)

WATER, SCHOOLS = "青禾县水利局", "青禾县教育局"


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]


def refusal(*parts: AnnualReport | Part, year: int | None = None, other_to_misc: bool = False) -> CannotAdd:
    with pytest.raises(CannotAdd) as refused:
        aggregate(parts, year=year, other_to_misc=other_to_misc)
    return refused.value


class TestWhatIsAdded:
    """汇总报告等于所辖各报告之和."""

    def test_every_cell_is_the_sum_of_the_parts(self) -> None:
        one = remedy(figures(report_2023(), rules_made=0, fee_amount=Decimal("937.08")), "reconsideration", upheld=2, total=2)
        two = remedy(figures(report_2023(WATER), fee_amount=Decimal("0.9254")), "reconsideration", pending=1, total=1)
        total = aggregate([one, two], organ=COUNTY).report

        assert total.application("new_received", Applicant.NATURAL) == 12
        assert total.application("results_total", Applicant.TOTAL) == 12
        assert total.figure("fee_amount") == Decimal("938.0054")
        assert total.remedy(Remedy.RECONSIDERATION, Result.TOTAL) == 3
        assert (total.organ, total.year, total.edition) == (COUNTY, 2023, EDITION_2021)

    def test_decimals_are_exact(self) -> None:
        parts = [figures(report_2023(f"青禾县{n}局"), fee_amount=Decimal("0.1")) for n in range(10)]

        assert aggregate(parts).report.figure("fee_amount") == 1

    def test_an_amount_of_more_digits_than_the_decimal_context_keeps_them_all(self) -> None:
        long = Decimal("12345678901234567890123456789.1234")
        parts = [figures(report_2023(), fee_amount=long), figures(report_2023(WATER), fee_amount=Decimal("0.0001"))]

        assert aggregate(parts).report.figure("fee_amount") == Decimal("12345678901234567890123456789.1235")

    def test_an_absurd_amount_is_not_added(self) -> None:
        parts = [figures(report_2023(), fee_amount=Decimal("1e99999")), figures(report_2023(WATER), fee_amount=1)]

        assert aggregate(parts).report.figure("fee_amount") is None

    def test_the_parts_are_listed_with_the_hash_of_their_content(self) -> None:
        one = report_2023()
        listed = aggregate([Part(one, file="one.html"), report_2023(WATER)]).to_dict()["parts"]

        assert isinstance(listed, list)
        assert [part["organ"] for part in listed] == [BUREAU, WATER]
        assert listed[0]["sha256"] == digest(one) != listed[1]["sha256"]
        assert listed[0]["file"] == "one.html"

    def test_the_total_is_read_back_from_its_own_json(self) -> None:
        made = aggregate([cell(report_2023(), "granted", "natural", None), report_2023(WATER)], organ=COUNTY)
        loaded = from_dict(json.loads(json.dumps(made.to_dict())))

        assert digest(loaded.report) == digest(made.report)
        assert not loaded.remarks
        assert [doubt.where for doubt in loaded.doubts] == [Place("applications", "granted", "natural")]

    def test_an_audit_of_the_total_does_not_advise_to_fill_in_zero(self) -> None:
        made = aggregate([cell(report_2023(), "granted", "natural", None), report_2023(WATER)], organ=COUNTY)
        loaded = from_dict(json.loads(json.dumps(made.to_dict())))

        assert "cells.blank_should_be_zero" not in codes(audit(loaded.report, doubts=loaded.doubts).findings)


class TestBlankIsNotZero:
    """空白不视为0：任何一份空白，汇总的该格即空缺，并指明是哪一份."""

    def test_a_blank_in_one_part_leaves_the_total_blank_and_names_the_part(self) -> None:
        made = aggregate([cell(report_2023(), "granted", "natural", None), report_2023(WATER)])
        found = next(finding for finding in made.findings if finding.code == "aggregate.cell_blank")

        assert made.report.application("granted", Applicant.NATURAL) is None
        assert made.report.application("granted", Applicant.TOTAL) == 6
        assert BUREAU in found.sentence("zh")
        assert WATER not in found.sentence("zh")
        assert found.where == Place("applications", "granted", "natural")

    def test_a_row_that_was_not_printed_is_told_apart_from_a_blank_one(self) -> None:
        one = report_2023()
        short = replace(one, applications={key: row for key, row in one.applications.items() if key != "partial"})
        made = aggregate([short, report_2023(WATER)])

        assert "aggregate.cell_absent" in codes(made.findings)
        assert {reason.value for entry in made.cannot_add for _, reason in entry.because} == {"absent"}

    def test_a_cell_in_doubt_is_not_added(self) -> None:
        doubt = Finding(doubts.CELL_TEXT, Place("applications", "granted", "natural"), {"text": "3?"})
        made = aggregate([Part(report_2023(), (doubt,)), report_2023(WATER)])

        assert made.report.application("granted", Applicant.NATURAL) is None
        assert "aggregate.cell_in_doubt" in codes(made.findings)

    def test_every_part_at_fault_is_named_however_many(self) -> None:
        parts = [figures(report_2023(f"青禾县{n}局"), fee_amount=None) for n in range(20)]
        sentence = next(f.sentence("zh") for f in aggregate(parts).findings if f.code == "aggregate.cell_blank")

        assert all(f"青禾县{n}局" in sentence for n in range(20))

    def test_zero_and_zero_are_zero(self) -> None:
        made = aggregate([report_2023(), report_2023(WATER)])

        assert made.report.application("denied_state_secret", Applicant.TOTAL) == 0
        assert made.cannot_add == ()


class TestYearsAndForms:
    """年度、格式不同的不能相加 (国办公开办函〔2019〕60号、〔2021〕30号)."""

    def test_reports_on_different_years_are_refused(self) -> None:
        refused = refusal(report_2023(), replace(report_2023(WATER), year=2022))

        assert codes(refused.findings) == ["aggregate.years_mixed"]
        assert "2022年度1份" in str(refused)

    def test_a_declared_year_that_no_report_has_is_refused(self) -> None:
        assert codes(refusal(report_2023(), year=2022).findings) == ["aggregate.years_mixed"]

    def test_without_any_year_the_year_is_asked_for(self) -> None:
        assert codes(refusal(replace(report_2023(), year=None)).findings) == ["aggregate.year_needed"]

    def test_a_report_without_a_year_is_counted_for_the_declared_year_and_told(self) -> None:
        made = aggregate([replace(report_2023(), year=None)], year=2023)

        assert made.report.year == 2023
        assert "aggregate.year_unknown" in codes(made.findings)

    def test_the_forms_of_2019_and_2021_are_not_mixed_and_the_refusal_says_why(self) -> None:
        refused = refusal(report_2023(), report_2019_form(WATER, 2023))

        assert codes(refused.findings) == ["aggregate.editions_mixed"]
        assert "无法换算" in str(refused)
        assert "cannot be converted" in refused.en

    def test_all_reasons_are_told_together(self) -> None:
        refused = refusal(report_2023(), replace(report_2019_form(WATER, 2022)), cell(report_2023(), "granted", "other", 9))

        assert codes(refused.findings) == ["aggregate.years_mixed", "aggregate.editions_mixed", "aggregate.versions_differ"]

    def test_row_six_of_2019_becomes_other_misc_only_when_that_is_chosen(self) -> None:
        old = requests(report_2019_form(WATER, 2023), {"other": {"natural": 4}})
        made = aggregate([report_2023(), old], other_to_misc=True)
        total = made.report

        assert total.application("other_misc", Applicant.TOTAL) == 4
        assert total.application("other_fee_unpaid", Applicant.TOTAL) == 0
        assert total.application("other", Applicant.TOTAL) is None
        assert "other" not in total.applications
        assert all(figure.value is None for figure in total.active.values())
        assert {"aggregate.other_to_misc", "aggregate.table_two_2019"} <= set(codes(made.findings))

    def test_a_blank_row_six_of_2019_makes_all_three_rows_blank(self) -> None:
        old = cell(report_2019_form(WATER, 2023), "other", "natural", None)
        total = aggregate([report_2023(), old], other_to_misc=True).report

        assert total.application("other_misc", Applicant.NATURAL) is None
        assert total.application("other_fee_unpaid", Applicant.NATURAL) is None

    def test_reports_of_one_form_are_added_whatever_the_year_prescribes(self) -> None:
        made = aggregate([report_2019_form(BUREAU, 2023), report_2019_form(WATER, 2023)])

        assert made.report.edition == EDITION_2019
        assert made.report.figure("procurement_items") == 0

    def test_reports_that_mix_the_forms_alike_are_added_as_they_are(self) -> None:
        made = aggregate([mixed_report(), replace(mixed_report(), organ=WATER)])

        assert made.report.edition == EDITION_2021
        assert made.report.application("other", Applicant.TOTAL) == 0

    def test_numbers_in_the_rows_of_both_forms_are_refused(self) -> None:
        both = replace(report_2023(), applications={**cell(report_2023(), "other_misc", "natural", 1).applications,
                                                    "other": (1, 0, 0, 0, 0, 0, 1)})

        assert "aggregate.rows_mixed" in codes(refusal(both, report_2023(WATER)).findings)

    def test_a_report_from_before_there_was_a_form_is_refused(self) -> None:
        old = AnnualReport(organ=WATER, year=2017)

        assert codes(refusal(old).findings) == ["aggregate.no_form"]

    def test_nothing_is_no_aggregate(self) -> None:
        assert codes(refusal().findings) == ["aggregate.no_parts"]


class TestUnits:
    """金额单位：元、万元逐一换算，不作舍入."""

    @staticmethod
    def _procurement(organ: str, value: Decimal | int, unit: str) -> AnnualReport:
        report = report_2019_form(organ, 2020)
        return replace(report, active={**report.active, "procurement_amount": Figure(value, unit)})

    def test_yuan_and_ten_thousand_yuan_are_converted_exactly(self) -> None:
        made = aggregate([
            self._procurement(BUREAU, Decimal("180.02958"), "万元"), self._procurement(WATER, Decimal("1234567.89"), "元"),
        ])

        assert made.report.active["procurement_amount"] == Figure(Decimal("303.486369"), "万元")
        assert "aggregate.unit_converted" in codes(made.findings)

    def test_where_all_say_yuan_the_total_is_in_yuan(self) -> None:
        made = aggregate([self._procurement(BUREAU, 5, "元"), self._procurement(WATER, 7, "元")])

        assert made.report.active["procurement_amount"] == Figure(12, "元")

    def test_an_unknown_unit_is_refused(self) -> None:
        made = aggregate([self._procurement(BUREAU, 5, "万元"), self._procurement(WATER, 7, "贯")])

        assert made.report.figure("procurement_amount") is None
        assert "aggregate.unit_unknown" in codes(made.findings)


class TestScope:
    """汇总范围：应报、已报、缺报、范围外、重复."""

    def test_missing_organs_are_named(self) -> None:
        made = aggregate([report_2023()], scope=[BUREAU, WATER])

        assert made.coverage.missing == (WATER,)
        assert made.count(Severity.ERROR) == 1
        assert WATER in made.findings[0].sentence("zh")

    def test_an_organ_beyond_the_scope_is_named_and_a_like_name_is_asked_about(self) -> None:
        made = aggregate([report_2023("县水利局")], scope=[WATER])

        assert (made.coverage.missing, made.coverage.beyond) == ((WATER,), ("县水利局",))
        assert "是否同一机关" in made.findings[0].sentence("zh")

    def test_other_names_of_an_organ_are_accepted_when_declared(self) -> None:
        made = aggregate([report_2023("县水利局")], scope=[(WATER, "县水利局")])

        assert made.coverage.missing == made.coverage.beyond == ()

    def test_the_width_of_brackets_does_not_part_names(self) -> None:
        made = aggregate([report_2023("青禾县委员会(青禾县民族局)")], scope=["青禾县委员会（青禾县民族局）"])

        assert made.coverage.missing == ()

    def test_without_a_scope_completeness_is_said_to_be_unchecked(self) -> None:
        assert "aggregate.scope_none" in codes(aggregate([report_2023()]).findings)

    def test_the_same_figures_of_one_organ_are_counted_once(self) -> None:
        again = replace(report_2023(), title="另一标题")
        made = aggregate([report_2023(), again, report_2023(WATER)])

        assert made.report.application("new_received", Applicant.TOTAL) == 12
        assert len(made.parts) == 2
        assert "aggregate.same_twice" in codes(made.findings)

    def test_two_versions_of_one_report_are_refused(self) -> None:
        other = cell(report_2023(), "granted", "natural", 4)

        assert codes(refusal(report_2023(), other).findings) == ["aggregate.versions_differ"]

    def test_reports_without_an_organ_are_counted_and_told(self) -> None:
        nameless = replace(report_2023(), organ=None)
        made = aggregate([Part(nameless, file="a.pdf"), Part(nameless, file="b.pdf")])

        assert len(made.parts) == 2
        assert "a.pdf、b.pdf" in next(f.sentence("zh") for f in made.findings if f.code == "aggregate.organ_unknown")

    def test_an_organ_within_another_aggregate_is_not_counted_twice(self) -> None:
        whole = Part(report_2023(COUNTY), includes=(BUREAU, WATER))

        assert codes(refusal(whole, report_2023(BUREAU)).findings) == ["aggregate.counted_twice"]

    def test_an_aggregate_covers_the_organs_that_it_includes(self) -> None:
        whole = Part(report_2023(COUNTY), includes=(BUREAU, WATER))
        made = aggregate([whole, report_2023(SCHOOLS)], scope=[BUREAU, WATER, SCHOOLS])

        assert made.coverage.missing == made.coverage.beyond == ()

    def test_the_governments_own_figures_are_one_part(self) -> None:
        made = aggregate([report_2023(COUNTY), report_2023(BUREAU), report_2023(WATER)], organ=COUNTY)

        assert "aggregate.own_part" in codes(made.findings)
        assert "aggregate.own_includes" not in codes(made.findings)

    def test_a_report_that_exceeds_all_others_together_may_be_the_aggregate(self) -> None:
        whole = aggregate([report_2023(BUREAU), report_2023(WATER)], organ=COUNTY).report
        made = aggregate([whole, report_2023(BUREAU), report_2023(WATER)], organ=COUNTY)

        assert "aggregate.own_includes" in codes(made.findings)


class TestMovedRequests:
    """移送的申请：只在申报时询问，不作扣除."""

    def test_nothing_is_said_where_nothing_was_declared(self) -> None:
        assert not {"aggregate.moved", "aggregate.moved_unseen"} & set(codes(aggregate([report_2023()]).findings))

    def test_a_declared_transfer_is_a_query_and_nothing_is_taken_off(self) -> None:
        made = aggregate([report_2023(), report_2023(WATER)], moved=[Moved(BUREAU, WATER, 2)])
        found = next(finding for finding in made.findings if finding.code == "aggregate.moved")

        assert found.severity is Severity.QUERY
        assert made.report.application("new_received", Applicant.TOTAL) == 12

    def test_a_transfer_that_the_numbers_cannot_bear_out_is_told(self) -> None:
        made = aggregate([report_2023(), report_2023(WATER)], moved=[Moved(BUREAU, WATER, 7), Moved(BUREAU, SCHOOLS, 1)])

        assert codes(made.findings).count("aggregate.moved_unseen") == 2


class TestAgainstTheGovernmentReport:
    """I-10 政府的汇总报告与各报告之和逐格核对."""

    def test_the_true_sum_holds_in_every_cell(self) -> None:
        parts = [report_2023(BUREAU), report_2023(WATER)]
        whole = aggregate(parts, organ=COUNTY).report
        made = aggregate(parts, organ=COUNTY, against=whole)
        states = {state for name, state in made.checks.items() if name.startswith("aggregate.cell.")}

        assert states == {"holds"}
        assert "aggregate.sum" not in codes(made.findings)

    def test_a_cell_that_differs_fails_by_name(self) -> None:
        parts = [report_2023(BUREAU), report_2023(WATER)]
        whole = cell(aggregate(parts).report, "granted", "natural", 7)
        made = aggregate(parts, against=whole)
        found = next(finding for finding in made.findings if finding.code == "aggregate.sum")

        assert made.checks["aggregate.cell.applications.granted.natural"] == "fails"
        assert [name for name, state in made.checks.items() if state == "fails" and name.startswith("aggregate")] == [
            "aggregate.cell.applications.granted.natural"
        ]
        assert "填7（各报告之和6）" in found.sentence("zh")

    def test_a_blank_in_a_part_makes_its_cell_not_assessable(self) -> None:
        parts = [cell(report_2023(BUREAU), "granted", "natural", None), report_2023(WATER)]
        made = aggregate(parts, against=report_2023(COUNTY))

        assert made.checks["aggregate.cell.applications.granted.natural"] == "not_assessable"

    def test_amounts_are_compared_in_one_unit(self) -> None:
        parts = [figures(report_2023(BUREAU), fee_amount=Decimal("1.5")), figures(report_2023(WATER), fee_amount=2)]
        whole = report_2023(COUNTY)
        whole = replace(whole, active={**whole.active, "fee_amount": Figure(35000, "元")})

        assert aggregate(parts, against=whole).checks["aggregate.cell.active.fee_amount"] == "holds"

    def test_a_report_on_another_year_is_not_held_against_the_total(self) -> None:
        made = aggregate([report_2023()], against=replace(report_2023(COUNTY), year=2022))

        assert "aggregate.against_other" in codes(made.findings)
        assert {state for name, state in made.checks.items() if name.startswith("aggregate.cell")} == {"not_assessable"}

    def test_only_comparable_tables_of_another_form_are_compared(self) -> None:
        made = aggregate([report_2023()], against=report_2019_form(COUNTY, 2023))

        assert made.checks["aggregate.cell.active.licensing_decisions"] == "not_assessable"
        assert made.checks["aggregate.cell.applications.other_misc.total"] == "not_assessable"
        assert made.checks["aggregate.cell.applications.denied_state_secret.total"] == "holds"


class TestIdentitiesSurvive:
    """I-1…I-4 是线性的：各部分成立，汇总也成立."""

    def test_an_unsound_part_is_named_even_where_errors_cancel_out(self) -> None:
        one = cell(report_2023(BUREAU), "new_received", "total", 7)
        two = cell(report_2023(WATER), "new_received", "total", 5)
        made = aggregate([one, two])

        assert made.checks["app.row_total.new_received"] == "holds"
        assert codes(made.findings).count("aggregate.part_identity") == 2

    @given(st.data())
    @settings(max_examples=40, deadline=None)
    def test_sound_parts_make_a_sound_total(self, data: st.DataObject) -> None:
        parts = [_sound(data, f"青禾县第{n}局") for n in range(data.draw(st.integers(1, 4)))]
        made = aggregate(parts)

        assert {check.state for check in assess(made.report)} == {State.HOLDS}
        assert codes(made.findings) == ["aggregate.scope_none"]

    @given(st.data())
    @settings(max_examples=40, deadline=None)
    def test_the_order_and_the_grouping_of_parts_make_no_difference(self, data: st.DataObject) -> None:
        parts = [_sound(data, f"青禾县第{n}局") for n in range(3)]
        left = aggregate([aggregate(parts[:2], organ="甲").report, parts[2]], organ=COUNTY).report
        right = aggregate(list(reversed(parts)), organ=COUNTY).report

        assert digest(left) == digest(right)


def _sound(data: st.DataObject, organ: str) -> AnnualReport:
    """A random report in which every identity holds, its fee an exact decimal."""
    kinds = [kind for kind in Applicant if kind is not Applicant.TOTAL]
    counts = st.integers(0, 10**6)
    leaves = {key: {kind: data.draw(counts) for kind in kinds} for key in outcome_keys(EDITION_2021)[::5]}
    done = {kind: sum(row[kind] for row in leaves.values()) for kind in kinds}
    left = {kind: data.draw(counts) for kind in kinds}
    rows = leaves | {"results_total": done, "carried_forward": left, "new_received": {k: done[k] + left[k] for k in kinds}}
    report = requests(zero_report(), {key: {str(kind): n for kind, n in row.items()} for key, row in rows.items()})
    upheld, pending = data.draw(counts), data.draw(counts)
    report = remedy(report, "litigation_direct", upheld=upheld, pending=pending, total=upheld + pending)
    fee = data.draw(st.decimals(0, 10**9, places=4, allow_nan=False, allow_infinity=False))
    return replace(figures(report, fee_amount=fee), organ=organ)


class TestRules:
    def test_every_rule_of_the_aggregate_is_among_all_rules(self) -> None:
        assert {rule.code for rule in RULES} <= rules().keys()
