"""年度报告: when the annual report is due, and what it must contain (条例第四十九条、第五十条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .confidence import Confidence


class Reporter(StrEnum):
    """Who publishes an annual report."""

    DEPARTMENT = "department"  # 县级以上人民政府部门
    GOVERNMENT = "government"  # 县级以上地方人民政府（由其主管部门公布）
    TOWNSHIP = "township"  # 乡镇、街道：条例未列
    WEBSITE = "website"  # 每个政府网站：政府网站工作年度报表


@dataclass(frozen=True, slots=True)
class ReportDue:
    """The day by which a report on a year is to be published, counted in the next year."""

    reporter: Reporter
    month: int
    day: int
    basis: str
    confidence: Confidence = Confidence.VERIFIED

    def on(self, year: int) -> date:
        """The last day for the report on `year`; a calendar day, not moved by holidays."""
        return date(year + 1, self.month, self.day)


REPORTS_DUE = (
    ReportDue(Reporter.DEPARTMENT, 1, 31, "条例第四十九条第一款"),
    ReportDue(Reporter.GOVERNMENT, 3, 31, "条例第四十九条第二款"),
    ReportDue(Reporter.TOWNSHIP, 1, 31, "条例未规定；依当地要求", Confidence.INFERENCE),
    ReportDue(Reporter.WEBSITE, 1, 31, "国办函〔2018〕12号"),
)
BY_REPORTER = {due.reporter: due for due in REPORTS_DUE}


def report_due(reporter: Reporter, year: int) -> date:
    """The statutory last day for the report on `year`; an earlier local date is the organ's own setting."""
    return BY_REPORTER[reporter].on(year)


CONTENTS = (
    ("一", "主动公开政府信息的情况", "条例第五十条第一项"),
    ("二", "收到和处理政府信息公开申请的情况", "条例第五十条第二项"),
    ("三", "被申请行政复议、提起行政诉讼的情况", "条例第五十条第三项"),
    ("四", "存在的主要问题及改进情况；各级政府还有考核、评议、责任追究结果", "条例第五十条第四项"),
    ("五", "其他需要报告的事项", "条例第五十条第五项"),
)
