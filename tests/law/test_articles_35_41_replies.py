"""答复情形和文书 (条例第三十条、第三十五条至第四十二条)."""

from __future__ import annotations

import pytest

from gongkai.law import letters, outcomes, periods, replies
from gongkai.law.editions import EDITIONS
from gongkai.law.exemptions import EXEMPTIONS
from gongkai.law.letters import LETTERS
from gongkai.law.outcomes import OUTCOMES, Group
from gongkai.law.replies import REPLIES, Redress


class TestMapping:
    """年度报告格式表三: one reply, one leaf in each edition."""

    def test_every_leaf_of_2021_is_reached_by_a_reply(self) -> None:
        reached = {reply.leaf("2021").key for reply in REPLIES}

        assert reached == {outcome.key for outcome in OUTCOMES if "2021" in outcome.editions}

    @pytest.mark.parametrize("edition", [edition.key for edition in EDITIONS])
    def test_every_reply_has_a_leaf_of_the_edition(self, edition: str) -> None:
        for reply in REPLIES:
            assert edition in reply.leaf(edition).editions

    @pytest.mark.parametrize("key", ["no_correction", "fee_unpaid", "withdrawn"])
    def test_the_form_of_2019_has_one_row_for_all_other_ways(self, key: str) -> None:
        assert replies.BY_KEY[key].leaf("2019").key == "other"

    def test_already_public_and_provided_are_two_replies_of_one_row(self) -> None:
        two = [replies.BY_KEY[key].leaf("2021").key for key in ("already_public", "provided", "provided_other_form")]

        assert two == ["granted"] * 3

    @pytest.mark.parametrize(
        ("key", "leaf", "article"),
        [
            ("partial", "partial", "第三十七条"),
            ("not_existing", "unable_not_held", "第三十六条第四项"),
            ("not_this_organ", "unable_not_held", "第三十六条第五项"),
            ("repeat", "rejected_repeat", "第三十六条第六项"),
            ("admin_query", "denied_admin_query", "第三十六条第七项"),
            ("needs_making", "unable_needs_making", "第三十八条"),
            ("petition", "rejected_petition", "第三十九条第一款"),
            ("publication", "rejected_publication", "第三十九条第二款"),
            ("mass_repeat", "rejected_mass_repeat", "第三十五条"),
            ("provided_other_form", "granted", "第四十条"),
            ("no_correction", "other_no_correction", "第三十条"),
            ("fee_unpaid", "other_fee_unpaid", "第四十二条"),
        ],
    )
    def test_a_reply_has_its_article_and_its_row(self, key: str, leaf: str, article: str) -> None:
        reply = replies.BY_KEY[key]

        assert reply.leaf("2021").key == leaf
        assert article in reply.basis

    def test_keys_are_their_own(self) -> None:
        assert len(replies.BY_KEY) == len(REPLIES)


class TestGrounds:
    """第三十六条第三项: 依据本条例第十四条至第十六条不予公开的."""

    def test_every_exemption_has_its_reply(self) -> None:
        assert [reply.exemption for reply in REPLIES if reply.exemption is not None] == list(EXEMPTIONS)

    def test_only_refusals_under_articles_14_to_16_go_to_reconsideration_first(self) -> None:
        first = {reply.key for reply in REPLIES if reply.redress is Redress.RECONSIDERATION_FIRST}

        assert first == {"partial", *(f"denied_{exemption.key}" for exemption in EXEMPTIONS)}

    def test_administrative_queries_stand_among_the_denied_but_rest_on_no_exemption(self) -> None:
        reply = replies.BY_KEY["admin_query"]

        assert reply.leaf("2021").group is Group.DENIED
        assert (reply.exemption, reply.redress) == (None, Redress.EITHER)


class TestLetters:
    """Which letter a reply calls for, by when, and what it must say."""

    def test_every_reply_of_the_organ_has_its_letter(self) -> None:
        assert [reply.key for reply in REPLIES if reply.letter is None] == ["withdrawn", "ended_otherwise"]

    def test_every_letter_says_what_it_contains_and_by_when(self) -> None:
        for letter in LETTERS:
            assert letter.contents
            assert letter.period is not None or letter.deadline
            assert "条例" in letter.basis or "年度报告" in letter.basis

    def test_the_correction_notice_is_given_once_within_seven_working_days(self) -> None:
        letter = letters.BY_KEY["correction"]

        assert letter.period is periods.CORRECTION_NOTICE
        assert "一次性告知" in letter.contents

    def test_a_refusal_tells_that_reconsideration_comes_first(self) -> None:
        assert "应当先申请行政复议的告知" in letters.BY_KEY["denied"].contents

    def test_the_fee_notice_gives_twenty_working_days(self) -> None:
        assert letters.BY_KEY["fee"].period is periods.FEE_PAYMENT
        assert len(letters.BY_KEY["fee"].contents) == 6

    def test_keys_are_their_own(self) -> None:
        assert len(letters.BY_KEY) == len(LETTERS)
        assert len(outcomes.BY_KEY) == len(OUTCOMES)
