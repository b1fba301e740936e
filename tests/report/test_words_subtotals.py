"""Subtotals inside a list, and lists of parts that are left open: no false alarm."""

from __future__ import annotations

import pytest

from gongkai.report.model import Section
from gongkai.report.prose import Prose
from gongkai.report.words import findings, words


def codes(text: str) -> list[str]:
    return [finding.code for finding in findings(words([Section(1, "一、总体情况", Prose.of(text))]))]


class TestSubtotals:
    @pytest.mark.parametrize("mark", [";", "；"])
    def test_a_total_of_subtotals_holds(self, mark: str) -> None:
        text = f"全年公开188条。其中目录公开甲类100条、乙类2条,共102条{mark}专栏公开丙类80条、丁类6条,共86条。"
        (whole,) = [one for one in words([Section(1, "", Prose.of(text))]).sums if one.total.value == 188]

        assert [part.value for part in whole.parts] == [102, 86]
        assert whole.holds and whole.exhaustive
        assert codes(text) == []

    def test_a_total_that_misses_its_subtotals_counts_no_part_twice(self) -> None:
        text = "全年公开288条。其中目录公开甲类100条、乙类2条,共102条;专栏公开丙类80条、丁类6条,共86条。"
        (whole,) = [one for one in words([Section(1, "", Prose.of(text))]).sums if one.total.value == 288]

        assert whole.sum_of_parts == 188
        assert "narrative.part_exceeds_total" not in codes(text)
        assert "narrative.parts_exceed_total" not in codes(text)


class TestOpenLists:
    FEW = "总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况"

    def test_a_list_left_open_may_name_fewer_parts_than_there_are(self) -> None:
        assert codes(f"本报告包括{self.FEW}等六部分。") == []

    def test_a_closed_list_may_not(self) -> None:
        assert codes(f"本报告包括{self.FEW}六部分。") == ["narrative.sections_claimed"]
