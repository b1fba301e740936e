"""年度报告的期限和内容 (条例第四十九条、第五十条)."""

from __future__ import annotations

from datetime import date

from gongkai.law.confidence import Confidence
from gongkai.law.reporting import BY_REPORTER, CONTENTS, Reporter, report_due


class TestArticle49:
    """每年1月31日前、3月31日前."""

    def test_departments_report_by_the_end_of_january(self) -> None:
        assert report_due(Reporter.DEPARTMENT, 2024) == date(2025, 1, 31)

    def test_governments_report_by_the_end_of_march(self) -> None:
        assert report_due(Reporter.GOVERNMENT, 2024) == date(2025, 3, 31)

    def test_townships_are_not_named_by_the_regulation(self) -> None:
        assert BY_REPORTER[Reporter.TOWNSHIP].confidence is Confidence.INFERENCE


class TestArticle50:
    """报告的内容."""

    def test_there_are_five_contents(self) -> None:
        assert len(CONTENTS) == 5
