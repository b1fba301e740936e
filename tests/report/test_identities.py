"""勾稽关系: each identity holds exactly where its cells agree, and is never assessed over a blank."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.editions import EDITION_2019, EDITION_2021, EDITIONS, Applicant, Edition, Remedy, Result, RowRole
from gongkai.law.findings import Finding, Place, Rule, Severity
from gongkai.report.checks import checks, named
from gongkai.report.identities import State, assess, assess_years, requests_edition, within_report
from gongkai.report.model import AnnualReport
from tests.report.builders import (
    blank_report,
    cell,
    figures,
    mixed_report,
    outcome_keys,
    remedy,
    report_2023,
    requests,
    zero_report,
)

SINGLE = [kind for kind in Applicant if kind is not Applicant.TOTAL]
counts = st.integers(min_value=0, max_value=10**7)
DOUBT = Rule("doubt.test", Severity.QUERY, "", {"zh": "疑", "en": "doubt"})


@st.composite
def consistent(draw: st.DrawFn, edition: Edition | None = None) -> AnnualReport:
    """A report whose every identity holds."""
    edition = edition or draw(st.sampled_from(EDITIONS))
    report = zero_report(edition)
    cells = st.dictionaries(st.sampled_from(SINGLE), counts, max_size=3)
    rows: dict[str, dict[str, int]] = dict(draw(st.dictionaries(st.sampled_from(outcome_keys(edition)), cells, max_size=4)))
    total = {kind: sum(row.get(kind, 0) for row in rows.values()) for kind in SINGLE}
    forward = dict.fromkeys(SINGLE, 0) | draw(cells)
    over = {kind: draw(st.integers(0, total[kind] + forward[kind])) for kind in SINGLE}
    new = {kind: total[kind] + forward[kind] - over[kind] for kind in SINGLE}
    report = requests(
        report, rows | {"results_total": total, "carried_forward": forward, "carried_over": over, "new_received": new}
    )
    for block in Remedy:
        parts = dict(zip(("upheld", "corrected", "other", "pending"), draw(st.tuples(*[counts] * 4)), strict=True))
        report = remedy(report, block, **parts, total=sum(parts.values()))
    return report


def containing(edition: Edition, row: str, column: str) -> set[str]:
    """The names of the identities that a cell of table three takes part in."""
    return {
        identity.name
        for identity in within_report(edition)
        if any((at.part, at.row, at.column) == ("applications", row, column) for at in (*identity.left, *identity.right))
    }


def states(report: AnnualReport, **known: Any) -> dict[str, str]:
    return named(assess(report, **known))


class TestWithinAReport:
    """本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和."""

    @pytest.mark.parametrize(("edition", "rows"), [(EDITION_2019, 23), (EDITION_2021, 25)])
    def test_the_identities_follow_from_the_edition(self, edition: Edition, rows: int) -> None:
        names = [identity.name for identity in within_report(edition)]

        assert len(names) == len(set(names)) == 7 + 7 + rows + 3
        assert {"app.identity.natural", "app.results_sum.total", "app.row_total.granted", "rem.total.reconsideration"} < set(names)

    @given(consistent())
    def test_consistent_tables_hold(self, report: AnnualReport) -> None:
        found = states(report)

        assert set(found.values()) == {"holds"}
        assert len(found) == 17 + len(report.applications)

    @given(consistent(), st.data())
    def test_a_changed_cell_fails_exactly_the_identities_that_contain_it(self, report: AnnualReport, data: st.DataObject) -> None:
        assert report.edition is not None
        row = data.draw(st.sampled_from([row.key for row in report.edition.requests]))
        column = data.draw(st.sampled_from(list(Applicant)))
        value = report.application(row, column)
        changed = cell(report, row, column, (value or 0) + data.draw(st.integers(1, 1000)))

        found = states(changed)

        assert {name for name, state in found.items() if state == "fails"} == containing(report.edition, row, column)

    @given(consistent(), st.data())
    def test_a_blank_cell_makes_exactly_its_identities_not_assessable(self, report: AnnualReport, data: st.DataObject) -> None:
        assert report.edition is not None
        row = data.draw(st.sampled_from([row.key for row in report.edition.requests]))
        column = data.draw(st.sampled_from(list(Applicant)))

        found = states(cell(report, row, column, None))

        assert {name for name, state in found.items() if state == "not_assessable"} == containing(report.edition, row, column)
        assert "fails" not in found.values()

    def test_a_total_does_not_follow_from_blank_columns(self) -> None:
        report = report_2023()
        for key in report.applications:
            for column in SINGLE[1:]:
                report = cell(report, key, column, None)

        found = states(report)

        assert found["app.row_total.new_received"] == "not_assessable"
        assert found["app.identity.natural"] == found["app.results_sum.natural"] == "holds"
        assert found["app.identity.business"] == "not_assessable"

    def test_a_report_may_print_the_outcome_rows_of_the_older_form(self) -> None:
        report = mixed_report()

        assert requests_edition(report) == EDITION_2019
        assert states(report)["app.results_sum.natural"] == "holds"
        assert "app.row_total.other" in states(report)
        assert "app.row_total.other_misc" not in states(report)

    def test_rows_that_were_not_found_are_not_taken_for_the_other_edition(self) -> None:
        report = report_2023()
        rows = {key: row for key, row in report.applications.items() if key not in ("other_misc", "partial")}

        found = states(replace(report, applications=rows))

        assert found["app.results_sum.natural"] == "not_assessable"
        assert found["app.row_total.other_misc"] == "not_assessable"

    def test_fractions_are_added_exactly(self) -> None:
        report = cell(cell(report_2023(), "granted", "natural", Decimal("0.1")), "partial", "natural", Decimal("0.2"))
        report = cell(cell(report, "unable_not_held", "natural", 0), "results_total", "natural", Decimal("0.3"))

        assert states(report)["app.results_sum.natural"] == "holds"

    def test_numbers_beyond_the_decimal_context_are_added_exactly(self) -> None:
        huge = Decimal("9" * 40 + ".5")
        report = cell(cell(report_2023(), "granted", "natural", huge), "granted", "total", huge)

        assert states(report)["app.row_total.granted"] == "holds"

    def test_the_gap_is_left_less_right(self) -> None:
        report = cell(report_2023(), "new_received", "natural", 9)

        check = next(check for check in assess(report) if check.identity.name == "app.identity.natural")

        assert (check.state, check.left, check.right, check.gap) == (State.FAILS, 9, 6, 3)

    def test_remedies_are_summed_block_by_block(self) -> None:
        report = remedy(remedy(report_2023(), "reconsideration", upheld=10, corrected=1), "litigation_direct", pending=None)

        found = states(report)

        assert found["rem.total.reconsideration"] == "fails"
        assert found["rem.total.litigation_direct"] == "not_assessable"
        assert found["rem.total.litigation_after_reconsideration"] == "holds"

    def test_nothing_is_assessed_before_there_was_a_form(self) -> None:
        assert assess(AnnualReport(year=2015)) == ()

    def test_a_report_without_tables_has_checks_that_nobody_can_make(self) -> None:
        assert set(states(AnnualReport(year=2023)).values()) == {"not_assessable"}


class TestDoubts:
    """A value in doubt is no value."""

    def test_a_doubtful_cell_makes_its_identities_not_assessable(self) -> None:
        doubt = Finding(DOUBT, Place("applications", "granted", "natural"))

        found = states(report_2023(), doubts=[doubt])

        assert {name for name, state in found.items() if state == "not_assessable"} == containing(EDITION_2021, "granted", "natural")

    def test_a_doubtful_row_is_doubtful_in_every_cell(self) -> None:
        doubt = Finding(DOUBT, Place("applications", "granted"))

        found = states(report_2023(), doubts=[doubt])

        assert found["app.row_total.granted"] == "not_assessable"
        assert all(found[f"app.results_sum.{kind}"] == "not_assessable" for kind in Applicant)
        assert found["app.row_total.partial"] == "holds"

    def test_a_doubt_about_something_else_leaves_the_sums_alone(self) -> None:
        assert set(states(report_2023(), doubts=[Finding(DOUBT, Place("title"))]).values()) == {"holds"}


class TestAcrossYears:
    """上年结转等于上年度报告的结转下年度；现行有效等于上年现行有效加制发减废止."""

    def test_carried_over_is_last_years_carried_forward_column_by_column(self) -> None:
        previous = requests(zero_report(year=2022), {"carried_forward": {"natural": 3, "business": 1}})
        report = requests(report_2023(), {"carried_over": {"natural": 3, "business": 2}})

        found = checks(report, previous)

        assert found["year.carried_over.natural"] == "holds"
        assert found["year.carried_over.business"] == found["year.carried_over.total"] == "fails"

    def test_documents_in_force_follow_from_those_made_and_repealed(self) -> None:
        previous = figures(zero_report(year=2022), normative_in_force=597, rules_in_force=11)
        report = figures(
            report_2023(), normative_made=50, normative_repealed=227, normative_in_force=420,
            rules_made=2, rules_repealed=1, rules_in_force=13,
        )

        found = checks(report, previous)

        assert found["year.in_force.normative"] == "holds"
        assert found["year.in_force.rules"] == "fails"

    def test_documents_are_not_compared_with_a_form_that_counts_otherwise(self) -> None:
        found = checks(report_2023(), zero_report(EDITION_2019, 2020))

        assert found["year.in_force.normative"] == "not_assessable"
        assert found["year.carried_over.total"] == "holds"

    def test_the_form_of_2019_has_no_documents_in_force(self) -> None:
        found = checks(zero_report(EDITION_2019, 2020), zero_report(EDITION_2019, 2019))

        assert "year.in_force.normative" not in found

    def test_last_years_blank_is_not_zero(self) -> None:
        assert {state.state for state in assess_years(report_2023(), blank_report(year=2022))} == {State.NOT_ASSESSABLE}

    def test_without_last_years_report_there_are_no_such_checks(self) -> None:
        assert not any(name.startswith("year.") for name in checks(report_2023()))


class TestAggregates:
    """What holds in every part holds in their sum (I-1 to I-5 are linear)."""

    @given(st.lists(consistent(EDITION_2021), min_size=1, max_size=3))
    def test_identities_survive_addition(self, parts: list[AnnualReport]) -> None:
        rows = {
            row: tuple(sum(part.applications[row][index] or 0 for part in parts) for index in range(7))
            for row in parts[0].applications
        }
        blocks = {block: {r: sum(part.remedy(block, r) or 0 for part in parts) for r in Result} for block in Remedy}
        total = replace(parts[0], applications=rows, remedies=blocks)

        assert set(states(total).values()) == {"holds"}


def test_roles_name_the_rows_of_the_balance() -> None:
    balance = next(identity for identity in within_report(EDITION_2021) if identity.name == "app.identity.total")

    assert [at.row for at in (*balance.left, *balance.right)] == [
        RowRole.NEW, RowRole.CARRIED_OVER, RowRole.TOTAL, RowRole.CARRIED_FORWARD,
    ]
