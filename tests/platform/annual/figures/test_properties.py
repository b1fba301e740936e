"""Whatever is entered in whatever order: the year's figure is the sum of what holds, or the last, or the whole year's."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gongkai.platform.annual import ledger, sheets, written
from gongkai.platform.annual.indicators import BY_KEY, Summing
from gongkai.platform.annual.ledger import Entered

PLACES = [("trainings", ""), ("trained", ""), ("published", "site"), ("published", ""), ("assessment", ""), ("normative_in_force", "")]
VALUES = st.none() | st.integers(0, 10**9).map(Decimal)
ENTRIES = st.lists(st.tuples(st.sampled_from(PLACES), st.integers(0, 12), VALUES), max_size=60)


@given(ENTRIES)
def test_the_years_figure_is_the_sum_or_the_last_of_what_holds(told: list[tuple[tuple[str, str], int, Decimal | None]]) -> None:
    made = [Entered(n, place[0], place[1], month, value) for n, (place, month, value) in enumerate(told)]
    figures = ledger.year(made)
    for place in PLACES:
        months: dict[int, Decimal | None] = {}
        for at, month, value in told:
            if at == place:
                months[month] = value
        holds = {month: value for month, value in months.items() if value is not None}
        expected = holds.get(0)
        if expected is None and holds:
            expected = holds[max(holds)] if BY_KEY[place[0]].summing is Summing.LAST else sum(holds.values(), Decimal(0))

        assert (figures[place].value if place in figures else None) == expected


@given(st.decimals(-(10**12), 10**12, places=6, allow_nan=False), st.booleans())
def test_a_figure_reads_back_as_it_is_written(value: Decimal, about: bool) -> None:
    assert written.figure(f"{value:f}{'余' if about else ''}") == (value, about)
    assert written.figure(f" {value:,.6f} ") == (value, False)


@given(st.text(max_size=30))
def test_any_text_is_a_figure_or_says_why_not(text: str) -> None:
    for read in (written.figure, lambda told: written.month(told, 2023)):
        try:
            read(text)
        except written.Unread as unread:
            assert str(unread)


@given(st.floats(-1e11, 1e11).map(lambda value: round(value, 3)))
def test_a_number_of_a_table_is_read_to_the_digits_that_it_shows(value: float) -> None:
    assert Decimal(sheets.said(value)) == Decimal(f"{value:.15g}")
    assert "E" not in sheets.said(value).upper()
