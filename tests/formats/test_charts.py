"""图：零和空白分得清，轴从零起，文字可读，表格在后."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.formats.charts import BLANK, PARTIAL, Chart, charts, figure, png
from gongkai.report.model import AnnualReport
from tests.report.builders import (
    BUREAU,
    blank_report,
    cell,
    remedy,
    report_2019_form,
    report_2023,
    requests,
    zero_report,
)

SVG = "{http://www.w3.org/2000/svg}"
FULL = remedy(
    requests(report_2023(), {"new_received": {"natural": 9, "business": 1}, "denied_internal_affairs": {"natural": 2}}),
    "reconsideration", upheld=2, corrected=1, total=3,
)


def chart(key: str, report: AnnualReport = FULL, previous: tuple[AnnualReport, ...] = ()) -> Chart:
    return next(one for one in charts(report, previous) if one.key == key)


def tree(one: Chart) -> ElementTree.Element:
    return ElementTree.fromstring(one.svg)


def bars(one: Chart) -> list[float]:
    return [float(rect.get("width", "0")) for rect in tree(one).iter(f"{SVG}rect") if str(rect.get("class")).startswith("gk-bar")]


class TestWhatIsShown:
    def test_a_full_report_has_four_charts(self) -> None:
        assert [one.key for one in charts(FULL)] == ["received", "outcomes", "grounds", "remedies"]

    def test_what_is_all_zero_or_all_blank_has_none(self) -> None:
        assert charts(zero_report()) == ()
        assert charts(blank_report()) == ()
        assert charts(AnnualReport()) == ()

    def test_a_number_beyond_all_counts_has_no_chart(self) -> None:
        assert charts(cell(zero_report(), "new_received", "total", 10**400)) == ()

    def test_the_same_report_gives_the_same_picture(self) -> None:
        assert [one.svg for one in charts(FULL)] == [one.svg for one in charts(FULL)]

    def test_outcomes_carry_their_share_of_the_total(self) -> None:
        assert "予以公开3（50.0%）" in chart("outcomes").alt

    def test_a_fraction_and_a_negative_number_are_told_as_printed(self) -> None:
        odd = cell(cell(FULL, "new_received", "total", Decimal("2.5")), "carried_over", "total", -3)

        assert "2.5" in chart("received", odd).alt
        assert "−3" in chart("received", odd).svg or "-3（负数，未画）" in chart("received", odd).svg


class TestNothingMisleads:
    def test_bars_are_in_proportion_from_zero(self) -> None:
        new, done = bars(chart("received"))

        assert new / done == pytest.approx(10 / 6, abs=0.01)

    def test_zero_has_no_bar_and_a_blank_has_an_empty_box_and_a_word(self) -> None:
        blank = cell(FULL, "denied_state_secret", "total", None)
        one, other = chart("grounds"), chart("grounds", blank)

        assert BLANK not in one.svg
        assert 'class="gk-empty"' not in one.svg
        assert f">{BLANK}<" in other.svg
        assert other.svg.count('class="gk-empty"') == 1
        assert len(bars(one)) == len(bars(other)) == 1

    def test_a_group_with_a_blank_row_is_not_added_up(self) -> None:
        assert f"不予公开{PARTIAL}" in chart("outcomes", cell(FULL, "denied_state_secret", "total", None)).alt

    def test_every_bar_has_its_number_beside_it(self) -> None:
        one = chart("remedies")
        texts = [text.text for text in tree(one).iter(f"{SVG}text")]

        assert {"2", "1", "0"} <= set(texts)


class TestAccessible:
    @pytest.mark.parametrize("key", ["received", "outcomes", "grounds", "remedies"])
    def test_the_picture_has_a_role_a_title_and_a_description(self, key: str) -> None:
        one = chart(key)
        root = tree(one)
        title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")

        assert root.get("role") == "img"
        assert title is not None and desc is not None
        assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
        assert (title.text, desc.text) == (one.title, one.alt)

    def test_it_asks_for_nothing_and_runs_nothing(self) -> None:
        for one in charts(FULL):
            assert not re.search(r"<script|href=|url\(|@import|<image|<foreignObject", one.svg)

    def test_the_table_behind_has_every_number(self) -> None:
        head, *rows = chart("received").table

        assert head == ("项目", "件数")
        assert rows[0] == ("本年新收", "10")
        assert "<details>" in figure(chart("received"))
        assert '<th scope="row">本年新收</th><td>10</td>' in figure(chart("received"))

    def test_two_pictures_of_one_page_do_not_share_ids(self) -> None:
        ids = [found for one in (*charts(FULL), *charts(replace(FULL, organ="青禾县水利局"))) for found in re.findall(r' id="([^"]+)"', one.svg)]

        assert len(ids) == len(set(ids)) == 16


class TestSeveralYears:
    EARLIER = tuple(replace(FULL, year=year) for year in (2022, 2019, 2021, 2020, 2018))

    def test_years_stand_in_order_and_no_more_than_five(self) -> None:
        assert chart("received", FULL, self.EARLIER).table[0] == ("项目", "2019年", "2020年", "2021年", "2022年", "2023年")

    def test_forms_of_2019_and_2021_stand_beside_one_another_by_group(self) -> None:
        old = requests(report_2019_form(BUREAU, 2020), {"other": {"natural": 4}})
        rows = {row[0]: row[1:] for row in chart("outcomes", FULL, (old,)).table}

        assert rows["其他处理"] == ("4", "0")

    def test_a_later_year_among_the_earlier_is_an_error(self) -> None:
        with pytest.raises(ValueError, match="2024"):
            charts(FULL, [replace(FULL, year=2024)])

    def test_remedies_of_several_years_are_totals_with_the_corrected_named(self) -> None:
        assert "（纠正1）" in chart("remedies", FULL, self.EARLIER).svg


class TestPicture:
    def test_png_is_a_picture_of_that_size(self) -> None:
        data = png(chart("received").svg)
        width = int.from_bytes(data[16:20], "big")

        assert data.startswith(b"\x89PNG")
        assert width == pytest.approx(2 * 540 * 0.75, abs=2)


@given(st.text(max_size=30), st.lists(st.none() | st.integers(-5, 10**11), min_size=7, max_size=7), st.integers(1900, 2999))
@settings(max_examples=60, deadline=None)
def test_any_name_and_any_numbers_make_well_formed_pictures(organ: str, numbers: list[int | None], year: int) -> None:
    report = replace(FULL, organ=organ, year=year, applications={
        **FULL.applications, **{key: (*numbers[:6], number) for key, number in zip(
            ("new_received", "carried_over", "granted", "denied_state_secret", "results_total", "partial", "other_misc"), numbers, strict=True,
        )},
    })

    for one in charts(report):
        root = tree(one)
        right = max((float(str(rect.get("x", 0))) + float(rect.get("width", "0"))
                     for rect in root.iter(f"{SVG}rect") if str(rect.get("class")).startswith("gk-bar")), default=0)
        assert right <= 540
        ElementTree.fromstring(figure(one).replace("&nbsp;", " "))
