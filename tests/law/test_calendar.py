"""工作日: the national notices, the overlays, the years without a notice."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.resources import files

import chinese_calendar
import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.calendar import Calendar, calendar
from gongkai.law.errors import NotUnderstood
from gongkai.law.notices import Entry, Kind, packaged, packaged_names, parse
from tests.conftest import SHARED

CN = calendar()
ONE = timedelta(days=1)
DAYS = st.dates(date(2018, 6, 1), date(2027, 6, 1))


def every_day(first: date, last: date) -> Iterator[date]:
    return (date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1))


VECTORS = [
    ("2019-05-15", "2019-05-24", "2019-06-05", "2019-06-13", "2019-07-11"),
    ("2020-01-20", "2020-02-06", "2020-02-18", "2020-02-25", "2020-03-24"),
    ("2021-02-08", "2021-02-23", "2021-03-05", "2021-03-12", "2021-04-12"),
    ("2022-09-29", "2022-10-13", "2022-10-25", "2022-11-01", "2022-11-29"),
    ("2023-01-17", "2023-01-31", "2023-02-10", "2023-02-17", "2023-03-17"),
    ("2024-02-08", "2024-02-23", "2024-03-06", "2024-03-13", "2024-04-11"),
    ("2024-09-12", "2024-09-24", "2024-10-10", "2024-10-16", "2024-11-13"),
    ("2025-01-24", "2025-02-10", "2025-02-20", "2025-02-27", "2025-03-27"),
    ("2025-09-26", "2025-10-13", "2025-10-23", "2025-10-30", "2025-11-27"),
    ("2026-02-13", "2026-03-02", "2026-03-12", "2026-03-19", "2026-04-17"),
    ("2026-09-18", "2026-09-29", "2026-10-15", "2026-10-22", "2026-11-19"),
]


class TestNationalCalendar:
    """全国年节及纪念日放假办法；国务院办公厅每年的放假通知."""

    @pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector[0])
    def test_the_vectors_of_the_counting_rules(self, vector: tuple[str, ...]) -> None:
        start = date.fromisoformat(vector[0])
        found = [str(CN.add_workdays(start, n)) for n in (7, 15, 20, 40)]

        assert found == list(vector[1:])

    def test_every_day_agrees_with_chinesecalendar(self) -> None:
        differ = [d for d in every_day(date(2019, 1, 1), date(2026, 12, 31)) if chinese_calendar.is_workday(d) != CN.is_workday(d)]

        assert differ == []

    def test_every_day_agrees_with_holidays(self) -> None:
        other = holidays.country_holidays("CN", years=range(2019, 2027))
        differ = [d for d in every_day(date(2019, 1, 1), date(2026, 12, 31)) if other.is_working_day(d) != CN.is_workday(d)]

        assert differ == []

    @pytest.mark.parametrize(
        ("year", "number"),
        [(2019, 250), (2020, 249), (2021, 250), (2022, 249), (2023, 249), (2024, 251), (2025, 248), (2026, 248)],
    )
    def test_the_working_days_of_each_year(self, year: int, number: int) -> None:
        assert CN.count(date(year - 1, 12, 31), date(year, 12, 31)) == number

    def test_a_shifted_sunday_is_a_working_day(self) -> None:
        sunday = date(2024, 2, 18)

        assert CN.is_workday(sunday)
        assert CN.make_up(sunday) == "春节"
        assert CN.holiday(sunday) is None

    def test_a_monday_that_a_notice_names_as_worked_is_no_shifted_day(self) -> None:
        assert CN.is_workday(date(2020, 2, 3))
        assert CN.make_up(date(2020, 2, 3)) is None

    def test_a_holiday_has_its_name(self) -> None:
        assert CN.holiday(date(2024, 10, 1)) == "国庆节"

    @pytest.mark.skipif(not (SHARED / "law").is_dir(), reason="缺少 ../shared/law，已略过 (notes not present)")
    def test_every_entry_agrees_with_the_notes(self) -> None:
        rows = csv.DictReader((SHARED / "law" / "holidays.csv").read_text("utf-8").splitlines())
        noted = {(row["date"], row["kind"], row["name"]) for row in rows}

        assert {(str(e.on), e.kind.value, e.name) for e in packaged("cn")} == noted

    def test_every_entry_names_its_notice_and_the_day_it_was_checked(self) -> None:
        for name in packaged_names():
            for entry in packaged(name):
                assert entry.notice
                assert date.fromisoformat(entry.checked)


class TestProvisionalYears:
    """A year is known when a national notice names its 1 January and its 1 October."""

    def test_the_years_with_a_notice(self) -> None:
        assert CN.known == frozenset(range(2019, 2027))
        assert CN.provisional(2018)
        assert CN.provisional(2027)

    def test_a_span_into_an_unknown_year_is_provisional(self) -> None:
        assert CN.provisional_between(date(2026, 12, 20), date(2027, 1, 1))
        assert not CN.provisional_between(date(2026, 12, 20), date(2026, 12, 31))

    def test_the_first_day_itself_is_not_depended_on(self) -> None:
        assert not CN.provisional_between(date(2018, 12, 31), date(2019, 1, 4))

    def test_a_further_notice_makes_its_year_known(self) -> None:
        table = "date,kind,name\n2027-01-01,holiday,元旦\n2027-10-01,holiday,国庆节\n2027-01-03,workday,元旦\n"
        more = CN.with_entries(parse(table, "2027.csv"))

        assert not more.provisional(2027)
        assert not more.is_workday(date(2027, 1, 1))
        assert more.is_workday(date(2027, 1, 3))

    def test_a_partial_table_leaves_its_year_unknown(self) -> None:
        more = CN.with_entries(parse("date,kind,name\n2027-05-03,holiday,劳动节\n", "may.csv"))

        assert more.provisional(2027)
        assert not more.is_workday(date(2027, 5, 3))

    def test_an_overlay_makes_no_year_known(self) -> None:
        table = "date,kind,name,calendar\n2027-01-01,holiday,甲,cn-x\n2027-10-01,holiday,乙,cn-x\n"
        more = calendar("cn-x", parse(table, "x.csv"))

        assert more.provisional(2027)


class TestRegionalOverlay:
    """全国年节及纪念日放假办法第四条: minority festivals are fixed by the place."""

    XJ = calendar("cn-xinjiang")

    def test_xinjiang_rests_on_its_festivals_of_2025(self) -> None:
        rests = [d for d in every_day(date(2025, 1, 1), date(2025, 12, 31)) if self.XJ.is_workday(d) != CN.is_workday(d)]

        assert [str(d) for d in rests] == ["2025-03-31", "2025-06-06", "2025-06-09", "2025-06-10"]
        assert self.XJ.holiday(date(2025, 3, 30)) == "肉孜节"

    def test_the_national_days_hold_there_too(self) -> None:
        assert self.XJ.holiday(date(2025, 5, 1)) == "劳动节"
        assert self.XJ.known == CN.known

    def test_the_overlay_wins_over_a_national_entry(self) -> None:
        local = Entry(date(2025, 10, 11), Kind.HOLIDAY, "某节", "cn-x")
        there = calendar("cn-x", [local, Entry(date(2025, 10, 11), Kind.WORKDAY, "国庆节")])

        assert not there.is_workday(date(2025, 10, 11))

    def test_another_place_keeps_the_national_days(self) -> None:
        assert CN.is_workday(date(2025, 3, 31))

    def test_an_unknown_calendar_is_refused_by_name(self) -> None:
        with pytest.raises(NotUnderstood, match="cn-mars"):
            calendar("cn-mars")


class TestTables:
    """放假安排表: what a CSV file may say, and what it is told when it is wrong."""

    @pytest.mark.parametrize(
        ("table", "says"),
        [
            ("", "空的"),
            ("date,kind\n", "第1行.*name"),
            ("date,kind,name\n2027-13-01,holiday,x\n", "第2行.*2027-13-01"),
            ("date,kind,name\n2027-01-01,holiday,x\n20270102,holiday,x\n", "第3行.*20270102"),
            ("date,kind,name\n2027-01-01,rest,x\n", "第2行.*rest"),
            ("date,kind,name\n2027-01-01\n", "第2行.*kind"),
            ("date,kind,name,calendar\n2027-01-01,holiday,x,../etc\n", "第2行.*calendar"),
            ("date,kind,name\n2027-01-01,holiday,x\n2027-01-01,workday,x\n", "第3行.*矛盾"),
            ('date,kind,name\n2027-01-01,holiday,"x\n', "CSV"),
        ],
    )
    def test_a_malformed_table_is_refused_with_its_line(self, table: str, says: str) -> None:
        with pytest.raises(NotUnderstood, match=says) as refused:
            parse(table, "h.csv")

        assert "h.csv" in refused.value.zh
        assert "h.csv" in refused.value.en

    def test_blank_lines_and_a_byte_order_mark_do_no_harm(self) -> None:
        entries = parse("\ufeffdate,kind,name\n\n2027-01-01 , holiday , 元旦\n", "h.csv")

        assert [(str(e.on), e.kind, e.name) for e in entries] == [("2027-01-01", Kind.HOLIDAY, "元旦")]

    def test_the_tables_travel_with_the_package(self) -> None:
        assert files("gongkai.law.notices").joinpath("cn", "2026.csv").is_file()


class TestCountingProperties:
    """当日不计，自次日起算."""

    @given(DAYS, st.integers(1, 60))
    def test_it_is_the_nth_working_day_after(self, start: date, n: int) -> None:
        walk = [d for d in every_day(start + ONE, start + 120 * ONE) if CN.is_workday(d)]

        assert CN.add_workdays(start, n) == walk[n - 1]

    @given(DAYS, st.integers(1, 300))
    def test_counting_undoes_adding(self, start: date, n: int) -> None:
        assert CN.count(start, CN.add_workdays(start, n)) == n

    @given(DAYS, DAYS, st.integers(1, 60))
    def test_adding_is_monotone(self, one: date, other: date, n: int) -> None:
        first, second = sorted((one, other))

        assert CN.add_workdays(first, n) <= CN.add_workdays(second, n)
        assert CN.add_workdays(first, n) < CN.add_workdays(first, n + 1)

    @given(DAYS, st.integers(1, 40), st.integers(1, 40))
    def test_adding_twice_is_adding_the_sum(self, start: date, a: int, b: int) -> None:
        assert CN.add_workdays(CN.add_workdays(start, a), b) == CN.add_workdays(start, a + b)

    @given(DAYS, DAYS)
    def test_counts_are_those_of_a_walk(self, one: date, other: date) -> None:
        first, last = sorted((one, other))
        walked = sum(map(CN.is_workday, every_day(first + ONE, last)))

        assert CN.count(first, last) == walked
        assert CN.count(last, first) == -walked

    @given(DAYS)
    def test_the_days_after_are_working_days_in_order(self, start: date) -> None:
        days = CN.after(start)
        first, second = next(days), next(days)

        assert start < first < second
        assert first == CN.add_workdays(start, 1)
        assert CN.next_workday(first) == first

    @given(st.sets(st.dates(date(2027, 1, 1), date(2027, 12, 31)), max_size=30), DAYS, st.integers(1, 60))
    def test_further_holidays_never_bring_a_day_forward(self, off: set[date], start: date, n: int) -> None:
        more = CN.with_entries(Entry(on, Kind.HOLIDAY, "假") for on in off)

        assert more.add_workdays(start, n) >= CN.add_workdays(start, n)

    @pytest.mark.parametrize("n", [0, -1, 10**9])
    def test_a_number_out_of_range_is_refused(self, n: int) -> None:
        with pytest.raises(NotUnderstood):
            CN.add_workdays(date(2024, 1, 1), n)

    def test_an_empty_calendar_knows_weekends_only(self) -> None:
        bare = Calendar("cn-bare")

        assert bare.add_workdays(date(2024, 2, 9), 1) == date(2024, 2, 12)
        assert bare.known == frozenset()
