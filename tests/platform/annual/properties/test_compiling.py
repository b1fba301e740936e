"""Whatever an organ's year was like, its tables are what the records say: no identity fails, every list is as long as its figure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given

from gongkai.law.editions import BY_KEY, Applicant, Remedy, Result
from gongkai.law.findings import Severity
from gongkai.platform.annual.actions import reporting
from gongkai.platform.annual.compiling import Compiled
from gongkai.platform.annual.indicators import BY_KEY as INDICATORS
from gongkai.platform.annual.indicators import Summing
from gongkai.platform.annual.models import FigureEntry
from gongkai.platform.annual.queries import opening, working
from gongkai.platform.annual.queries.compiling import compile_year
from gongkai.platform.annual.stored import behind_to_plain, key_of
from gongkai.platform.catalogue.models import Item
from gongkai.report.audit import audit
from gongkai.report.identities import ACTIVE, REMEDIES, REQUESTS, At, State, assess, assess_years
from gongkai.report.model import AnnualReport, Count
from gongkai.report.tally import tally
from tests.platform.cases.factories import Office, at
from tests.platform.cases.statistics.test_statistics import by_hand

from .drawing import CELLS, NOW, TODAY, YEAR, Year, few, live, undone, years

pytestmark = pytest.mark.django_db
OF_TABLES = frozenset({ACTIVE, REQUESTS, REMEDIES})
NOT_OF_FIGURES = frozenset({"active.rules_by_township", "template.outdated"})  # 谁能制定规章、用哪一版格式，不是数的错
FIRST, LAST = date(YEAR, 1, 1), date(YEAR, 12, 31)


def compiled(place: Office, year: Year, of: int = YEAR) -> Compiled:
    return compile_year(place.head, place.organ.pk, of, BY_KEY[year.edition])


def figure(report: AnnualReport, at_cell: At) -> Count | None:
    if at_cell.part == ACTIVE:
        return report.figure(at_cell.row)
    if at_cell.part == REQUESTS:
        return report.application(at_cell.row, Applicant(str(at_cell.column)))
    return report.remedy(Remedy(at_cell.row), Result(str(at_cell.column)))


@few
@given(years())
def test_the_tables_are_what_the_records_say_and_no_identity_fails(place: Office, year: Year) -> None:
    with undone():
        live(place, year)
        found, before = compiled(place, year), compiled(place, year, YEAR - 1).report
        report, expected = found.report, tally(*by_hand(place), YEAR, BY_KEY[year.edition])
        errors = {each.code for each in audit(report).findings if each.severity is Severity.ERROR and each.where.part in OF_TABLES}

        assert all(check.state is not State.FAILS for check in assess(report))
        assert all(check.state is not State.FAILS for check in assess_years(report, before) if check.identity.name.startswith("year.carried"))
        assert errors <= NOT_OF_FIGURES
        assert (report.applications, report.remedies) == (expected.applications, expected.remedies)
        assert {cell: behind.ids for cell, behind in found.behind.items() if cell.part != ACTIVE and behind.ids} == {cell: tuple(sorted(ids)) for cell, ids in expected.behind.items()}
        for key in CELLS[year.edition]:
            assert_cell_of_table_two(place, year, found, key)


def assert_cell_of_table_two(place: Office, year: Year, found: Compiled, key: str) -> None:
    """What was entered last, or else what the catalogue holds; both are told where they differ."""
    entered, counted, behind = by_the_ledger(year, key), by_the_catalogue(place, key), found.behind[At(ACTIVE, key)]

    assert found.report.figure(key) == (entered if entered is not None else len(counted) if counted else None), key
    assert behind.counted == (len(counted) if counted else None)
    assert behind.differs == (bool(counted) and entered is not None and entered != len(counted))
    if behind.source == "items":
        assert behind.ids == tuple(counted)


def by_the_ledger(year: Year, key: str) -> Decimal | None:
    """The figure of a cell by the batches, as a person would work it out."""
    held: dict[int, Decimal | None] = {}
    for batch in year.figures:
        held |= {each.month: each.value for each in batch if each.indicator == key}
    known = {month: value for month, value in held.items() if value is not None}
    if not known:
        return None
    if 0 in known:
        return known[0]
    return known[max(known)] if INDICATORS[key].summing is Summing.LAST else sum(known.values(), Decimal(0))


def by_the_catalogue(place: Office, key: str) -> list[int]:
    """The documents of a cell, one by one."""
    kind, _, column = key.partition("_")
    return [it.pk for it in Item.objects.filter(organ=place.organ, kind=kind).order_by("pk") if _counts(it, column)] if kind in ("rules", "normative") else []


def _counts(it: Item, column: str) -> bool:
    if it.state == "withdrawn" or it.formed_on > LAST or it.first_published_at is None or it.first_published_at >= at(f"{YEAR + 1}-01-01", 0):
        return False
    gone = it.validity_on if it.validity in ("repealed", "lapsed") else None
    return {
        "made": it.formed_on >= FIRST, "new_made": it.formed_on >= FIRST, "repealed": gone is not None and FIRST <= gone <= LAST, "in_force": gone is None or gone > LAST,
        "new_published": it.first_published_at >= at(f"{YEAR}-01-01", 0), "total_published": True,
    }[column]  # fmt: skip


@few
@given(years())
def test_every_figure_opens_a_list_as_long_as_it_is_or_that_adds_up_to_it(place: Office, year: Year) -> None:
    with undone():
        live(place, year)
        report = reporting.open_report(place.head, place.organ.pk, YEAR, edition=year.edition, at=NOW)
        tables = compiled(place, year)
        for cell, behind in tables.behind.items():
            value = figure(tables.report, cell)
            if behind.source in ("requests", "remedies", "items"):
                assert value == len(behind.ids) == len(set(behind.ids)), cell
            elif behind.source == "figures":
                assert value == sum(FigureEntry.objects.filter(pk__in=behind.ids).values_list("value", flat=True), Decimal(0)), cell
            else:
                assert value is None, cell
        filled = [cell for cell, behind in tables.behind.items() if behind.ids]
        for cell in filled[:: max(1, len(filled) // 6)]:
            opened = opening.cell(place.head, report.pk, key_of(cell), TODAY)
            listed = opened.rests.rows or opened.rests.items or [each for each in opened.rests.entries if each.held]

            assert opened.value == figure(tables.report, cell) and len(listed) == opened.rests.total == len(tables.behind[cell].ids)
        assert behind_to_plain(tables.behind).keys() == {key_of(cell) for cell, behind in tables.behind.items() if behind.ids or behind.entered is not None}
        assert not working.changed_of(report)
