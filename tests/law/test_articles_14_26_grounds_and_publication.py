"""不予公开的情形、主动公开 (条例第十四条至第二十六条)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law import exemptions, outcomes, publication
from gongkai.law.calendar import calendar
from gongkai.law.errors import NotUnderstood
from gongkai.law.exemptions import EXEMPTIONS, Nature
from gongkai.law.outcomes import Group
from gongkai.law.publication import CATEGORIES, LOCAL_CATEGORIES, ReviewCycle, add_months, publish_by, withdraw_by

CN = calendar()


class TestArticles14To16:
    """不予公开、不得公开、可以不予公开."""

    def test_every_ground_has_its_own_row_among_the_denied(self) -> None:
        rows = [outcomes.BY_KEY[exemption.outcome] for exemption in EXEMPTIONS]

        assert len({row.key for row in rows}) == len(EXEMPTIONS) == 7
        assert {row.group for row in rows} == {Group.DENIED}

    @pytest.mark.parametrize("key", ["state_secret", "law_forbids", "three_safety"])
    def test_article_14_must_withhold_and_nothing_overrides(self, key: str) -> None:
        ground = exemptions.BY_KEY[key]

        assert (ground.nature, ground.unless, ground.discretionary) == (Nature.MUST, (), False)

    def test_article_15_yields_to_consent_and_to_the_public_interest(self) -> None:
        ground = exemptions.BY_KEY["third_party"]

        assert ground.nature is Nature.MUST_UNLESS
        assert len(ground.unless) == 2

    @pytest.mark.parametrize("key", ["internal_affairs", "process_info", "enforcement_file"])
    def test_article_16_may_withhold(self, key: str) -> None:
        assert exemptions.BY_KEY[key].discretionary

    def test_article_16_names_three_kinds_of_internal_affairs_and_four_of_process_information(self) -> None:
        assert len(exemptions.BY_KEY["internal_affairs"].examples) == 3
        assert len(exemptions.BY_KEY["process_info"].examples) == 4

    def test_only_article_16_paragraph_2_yields_to_rules(self) -> None:
        yielding = [ground.key for ground in EXEMPTIONS if ground.nature is Nature.MAY_UNLESS]

        assert yielding == ["process_info", "enforcement_file"]


class TestArticle17:
    """公开审查."""

    def test_a_doubt_is_referred_and_work_secrets_have_their_value(self) -> None:
        assert {"REFERRED", "WORK_SECRET"} <= set(publication.Screening.__members__)


class TestArticle18:
    """动态调整: 定期评估审查，条例未定期限."""

    def test_the_next_review_is_a_setting(self) -> None:
        assert ReviewCycle().next_review(date(2024, 2, 29)) == date(2025, 2, 28)
        assert ReviewCycle(months=6).next_review(date(2024, 8, 31)) == date(2025, 2, 28)

    @given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
    def test_months_later_is_the_same_day_or_the_last_of_the_month(self, day: date, months: int) -> None:
        later = add_months(day, months)

        assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
        assert later.day == day.day or (later.day < day.day and date.fromordinal(later.toordinal() + 1).day == 1)

    def test_months_past_the_calendar_are_refused(self) -> None:
        with pytest.raises(NotUnderstood):
            add_months(date(9999, 12, 1), 1)


class TestArticles20And21:
    """主动公开的内容."""

    def test_there_are_fifteen_items(self) -> None:
        assert [category.item for category in CATEGORIES] == list(range(1, 16))
        assert CATEGORIES[8].basis == "条例第二十条第九项"
        assert CATEGORIES[14].basis == "条例第二十条第十五项"

    def test_counties_have_seven_more_and_townships_eight(self) -> None:
        assert [c.key.split("_")[0] for c in LOCAL_CATEGORIES].count("county") == 7
        assert [c.key.split("_")[0] for c in LOCAL_CATEGORIES].count("township") == 8

    def test_every_category_has_a_key_of_its_own(self) -> None:
        keys = [category.key for category in (*CATEGORIES, *LOCAL_CATEGORIES)]

        assert len(keys) == len(set(keys))


class TestArticle23:
    """公开的途径."""

    def test_the_outlets(self) -> None:
        assert len(publication.Outlet) == 6
        assert len(publication.Access) == 3


class TestArticle26:
    """自形成或者变更之日起20个工作日内."""

    def test_publication_is_due_in_twenty_working_days(self) -> None:
        assert publish_by(date(2024, 2, 8), CN) == date(2024, 3, 13)

    def test_a_changed_penalty_decision_is_withdrawn_in_three_working_days(self) -> None:
        assert withdraw_by(date(2024, 2, 8), CN) == date(2024, 2, 19)
