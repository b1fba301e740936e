"""Requests counted into the tables: the identities hold by construction, and every figure is as long as its list."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.editions import EDITION_2019, EDITION_2021, EDITIONS, Applicant, Edition, Remedy, Result, RowRole
from gongkai.law.outcomes import OUTCOMES
from gongkai.law.replies import REPLIES
from gongkai.report.identities import REMEDIES, REQUESTS, At, State, assess, assess_years
from gongkai.report.tally import KINDS, RESULTS, Bunch, Counted, CountedRemedy, RemedyBunch, leaf, tally, total

YEARS = range(2019, 2024)
days = st.dates(date(2018, 11, 1), date(2024, 2, 28))
ending = st.one_of(
    st.tuples(st.sampled_from([reply.key for reply in REPLIES]), st.just("")), st.tuples(st.just(""), st.sampled_from([outcome.key for outcome in OUTCOMES]))
)


@st.composite
def counted(draw: st.DrawFn, number: int) -> Counted:
    received = draw(days)
    if draw(st.booleans()):
        return Counted(number, draw(st.sampled_from(KINDS)), received)
    ended = received + timedelta(days=draw(st.integers(0, 500)))
    return Counted(number, draw(st.sampled_from(KINDS)), received, ended, *draw(ending))


@st.composite
def sought(draw: st.DrawFn, number: int) -> CountedRemedy:
    filed = draw(days)
    if draw(st.booleans()):
        return CountedRemedy(number, draw(st.sampled_from(Remedy)), filed)
    return CountedRemedy(number, draw(st.sampled_from(Remedy)), filed, filed + timedelta(days=draw(st.integers(0, 700))), draw(st.sampled_from(RESULTS)))


@st.composite
def years(draw: st.DrawFn) -> tuple[list[Counted], list[CountedRemedy]]:
    requests = [draw(counted(number)) for number in range(draw(st.integers(0, 12)))]
    return requests, [draw(sought(number)) for number in range(draw(st.integers(0, 6)))]


def cells(edition: Edition) -> list[At]:
    found = [At(REQUESTS, row.key, kind.value) for row in edition.requests for kind in Applicant]
    return found + [At(REMEDIES, block.value, result.value) for block in Remedy for result in Result]


@given(years(), st.sampled_from(YEARS), st.sampled_from(EDITIONS))
def test_every_identity_of_a_report_holds(told: tuple[list[Counted], list[CountedRemedy]], year: int, edition: Edition) -> None:
    checks = assess(tally(*told, year, edition).report())

    assert len(checks) > 30
    assert all(check.state is State.HOLDS for check in checks)


@given(years(), st.sampled_from(YEARS), st.sampled_from(EDITIONS))
def test_what_is_carried_forward_is_carried_over(told: tuple[list[Counted], list[CountedRemedy]], year: int, edition: Edition) -> None:
    this, last = tally(*told, year, edition), tally(*told, year - 1, edition)
    carried = [check for check in assess_years(this.report(), last.report()) if check.identity.name.startswith("year.carried_over")]

    assert len(carried) == len(Applicant) and all(check.state is State.HOLDS for check in carried)
    for kind in Applicant:
        over = this.ids(At(REQUESTS, RowRole.CARRIED_OVER.value, kind.value))
        assert over == last.ids(At(REQUESTS, RowRole.CARRIED_FORWARD.value, kind.value))


@given(years(), st.sampled_from(YEARS), st.sampled_from(EDITIONS))
def test_every_list_has_the_figures_length_and_names_nothing_twice(told: tuple[list[Counted], list[CountedRemedy]], year: int, edition: Edition) -> None:
    tables = tally(*told, year, edition)
    report = tables.report()
    for at in cells(edition):
        figure = report.application(at.row, Applicant(str(at.column))) if at.part == REQUESTS else report.remedy(Remedy(at.row), Result(str(at.column)))

        assert len(tables.ids(at)) == len(set(tables.ids(at))) == figure
    assert set(tables.behind) <= set(cells(edition))


@given(years(), st.sampled_from(YEARS), st.sampled_from(EDITIONS))
def test_every_request_stands_in_one_row_of_what_came_and_in_one_of_what_became_of_it(
    told: tuple[list[Counted], list[CountedRemedy]], year: int, edition: Edition
) -> None:
    tables = tally(*told, year, edition)
    came, became = Counter[int](), Counter[int]()
    for row in edition.requests:
        for one in tables.ids(At(REQUESTS, row.key, Applicant.TOTAL.value)):
            if row.role in (RowRole.NEW, RowRole.CARRIED_OVER):
                came[one] += 1
            elif row.role in (RowRole.OUTCOME, RowRole.CARRIED_FORWARD):
                became[one] += 1

    assert came == became and set(came.values()) <= {1}


@given(years(), st.sampled_from(EDITIONS))
def test_over_the_years_every_request_is_new_once_and_ends_at_most_once(told: tuple[list[Counted], list[CountedRemedy]], edition: Edition) -> None:
    new, done = Counter[int](), Counter[int]()
    for year in range(2018, 2027):
        tables = tally(*told, year, edition)
        new.update(tables.ids(At(REQUESTS, RowRole.NEW.value, Applicant.TOTAL.value)))
        done.update(tables.ids(At(REQUESTS, RowRole.TOTAL.value, Applicant.TOTAL.value)))

    assert new == Counter(each.id for each in told[0])
    assert done == Counter(each.id for each in told[0] if each.ended_on)


@given(years(), st.sampled_from(YEARS), st.sampled_from(EDITIONS))
def test_grouped_numbers_make_the_same_tables(told: tuple[list[Counted], list[CountedRemedy]], year: int, edition: Edition) -> None:
    requests, remedies = told
    bunches = Counter((r.applicant, r.received_on.year, r.ended_on.year if r.ended_on else None, r.reply, r.outcome) for r in requests)
    cases = Counter((r.remedy, r.filed_on.year, r.ended_on.year if r.ended_on else None, r.result) for r in remedies)
    grouped = total((Bunch(*key, count) for key, count in bunches.items()), (RemedyBunch(*key, count) for key, count in cases.items()), year, edition)
    listed = tally(requests, remedies, year, edition)

    assert (grouped.applications, grouped.remedies) == (listed.applications, listed.remedies)


@given(years(), st.sampled_from(YEARS), st.sampled_from(EDITIONS))
def test_grouped_ids_stand_behind_the_same_figures(told: tuple[list[Counted], list[CountedRemedy]], year: int, edition: Edition) -> None:
    requests, remedies = told
    bunches, cases = dict[tuple[Any, ...], list[int]](), dict[tuple[Any, ...], list[int]]()
    for r in requests:
        bunches.setdefault((r.applicant, r.received_on.year, r.ended_on.year if r.ended_on else None, r.reply, r.outcome), []).append(r.id)
    for each in remedies:
        cases.setdefault((each.remedy, each.filed_on.year, each.ended_on.year if each.ended_on else None, each.result), []).append(each.id)
    grouped = total(
        (Bunch(*key, len(ids), tuple(ids)) for key, ids in bunches.items()), (RemedyBunch(*key, len(ids), tuple(ids)) for key, ids in cases.items()), year, edition
    )
    listed = tally(requests, remedies, year, edition)

    assert (grouped.applications, grouped.remedies) == (listed.applications, listed.remedies)
    assert grouped.behind == {at: tuple(sorted(ids)) for at, ids in listed.behind.items()}


def test_every_reply_has_its_leaf_in_either_edition() -> None:
    for edition in EDITIONS:
        rows = {row.key for row in edition.outcome_rows}

        assert {leaf(edition, reply.key) for reply in REPLIES} <= rows
        assert {leaf(edition, outcome=outcome.key) for outcome in OUTCOMES} == rows
        assert all(leaf(edition, reply.key) == leaf(edition, outcome=reply.outcome) for reply in REPLIES)


def test_what_one_edition_lacks_goes_to_the_others_row_for_others() -> None:
    assert leaf(EDITION_2019, "fee_unpaid") == leaf(EDITION_2019, "withdrawn") == "other"
    assert leaf(EDITION_2021, outcome="other") == "other_misc"


def test_a_request_received_on_the_last_day_and_answered_after_the_new_year() -> None:
    request = Counted(7, Applicant.BUSINESS, date(2022, 12, 31), date(2023, 1, 31), "partial")
    before, after = (tally([request], [], year, EDITION_2021) for year in (2022, 2023))

    assert before.applications["new_received"] == (0, 1, 0, 0, 0, 0, 1) == before.applications["carried_forward"]
    assert before.applications["results_total"] == (0,) * 7
    assert after.applications["carried_over"] == (0, 1, 0, 0, 0, 0, 1) == after.applications["partial"]
    assert after.ids(At(REQUESTS, "partial", "total")) == (7,)


def test_a_lawsuit_over_two_years_is_pending_in_the_first_and_ended_in_the_second() -> None:
    suit = CountedRemedy(3, Remedy.LITIGATION_DIRECT, date(2022, 11, 1), date(2023, 5, 1), Result.CORRECTED)
    found = {year: tally([], [suit], year, EDITION_2021).remedies[Remedy.LITIGATION_DIRECT] for year in (2021, 2022, 2023, 2024)}

    assert found[2022][Result.PENDING] == found[2022][Result.TOTAL] == 1
    assert found[2023][Result.CORRECTED] == found[2023][Result.TOTAL] == 1 and found[2023][Result.PENDING] == 0
    assert found[2021][Result.TOTAL] == found[2024][Result.TOTAL] == 0


def test_a_request_cannot_end_before_it_was_received() -> None:
    with pytest.raises(ValueError, match="cannot have ended"):
        tally([Counted(1, Applicant.NATURAL, date(2023, 1, 1), date(2022, 1, 1), "provided")], [], 2023, EDITION_2021)
