"""The government's report is the sum of its own and the accepted ones, cell by cell; a blank anywhere stays blank; every cell opens what was added."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.editions import EDITION_2021
from gongkai.platform.annual.actions import reporting
from gongkai.platform.annual.models import Received
from gongkai.platform.annual.queries import opening, summing
from gongkai.platform.annual.queries.compiling import compile_year
from gongkai.platform.annual.stored import key_of
from gongkai.report import exchange
from gongkai.report.identities import State, assess
from gongkai.report.model import AnnualReport, Figure
from gongkai.report.tables import Presence, places, printed
from gongkai.report.tally import KINDS, Counted, tally
from tests.platform.cases.factories import Office

from .drawing import CELLS, NOW, TODAY, YEAR, Year, few, live, undone, years

pytestmark = pytest.mark.django_db
PLACES = tuple(places(EDITION_2021, EDITION_2021))
OUTCOMES = [row.key for row in EDITION_2021.outcome_rows]


@st.composite
def reports(draw: st.DrawFn) -> AnnualReport:
    """Another organ's report: counted tables, figures of which some are blank or lack their unit's usual size."""
    rows = [
        Counted(number, draw(st.sampled_from(KINDS)), date(YEAR, 3, 1), date(YEAR, 4, 1) if draw(st.booleans()) else None, "", draw(st.sampled_from(OUTCOMES)))
        for number in range(draw(st.integers(0, 8)))
    ]  # fmt: skip
    made = tally(rows, [], YEAR, EDITION_2021).report()
    units = {cell.key: cell.unit for cell in EDITION_2021.active_cells()}
    values = {key: draw(st.none() | st.integers(0, 10**6)) for key in CELLS["2021"]}
    if values["fee_amount"] is not None:
        values["fee_amount"] = draw(st.none() | st.decimals(0, 10**6, places=4, allow_nan=False))  # type: ignore[assignment]
    return replace(made, year=YEAR, active=MappingProxyType({key: Figure(value, units[key]) for key, value in values.items()}))


STATES = st.sampled_from(["accepted", "accepted", "accepted", "received", "returned", "dropped"])


def came(place: Office, number: int, report: AnnualReport, state: str) -> Received:
    name = f"某县第{number}局"
    data = exchange.to_dict(replace(report, organ=name))
    return Received.objects.create(superior=place.organ, name=name, year=YEAR, data=data, state=state, by_id=place.head.person, at=NOW, moved_at=NOW)


@few
@given(years("2021"), st.lists(st.tuples(reports(), STATES), max_size=4))
def test_every_cell_is_the_sum_of_what_was_accepted_and_opens_it(place: Office, own: Year, others: list[tuple[AnnualReport, str]]) -> None:
    with undone():
        live(place, own)
        mine = compile_year(place.head, place.organ.pk, YEAR, EDITION_2021).report
        rows = [came(place, number, report, state) for number, (report, state) in enumerate(others)]
        found = summing.summed(place.head, place.organ.pk, YEAR, EDITION_2021)
        parts = {0: mine} | {row.pk: exchange.from_dict(row.data).report for row in rows if row.state == "accepted"}
        plain = found.plain
        for cell in PLACES:
            said = {pk: printed(part, cell) for pk, part in parts.items()}
            blank = [pk for pk, each in said.items() if each.presence is not Presence.NUMBER]
            total = printed(found.total.report, cell).value

            assert total == (None if blank else sum(Decimal(each.value or 0) for each in said.values())), cell
            behind = plain.get(key_of(cell), {})
            given_values = {pk: str(each.value) for pk, each in said.items() if each.value}
            assert dict(zip(behind.get("ids", ()), behind.get("values", ()), strict=True)) == given_values
        if all(check.state is State.HOLDS for part in parts.values() for check in assess(part)):
            assert all(check.state is State.HOLDS for check in assess(found.total.report))
        report = reporting.open_report(place.head, place.organ.pk, YEAR, edition="2021", at=NOW, summed=True)
        for key in sorted(plain)[:: max(1, len(plain) // 5)]:
            opened = opening.cell(place.head, report.pk, key, TODAY)
            added = [Decimal(each.value) for each in opened.rests.organs if each.value]

            assert opened.value is None or sum(added, Decimal(0)) == opened.value
            assert opened.value is not None or len(added) < len(parts)
