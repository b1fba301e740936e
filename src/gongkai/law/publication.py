"""主动公开: what must be published, when, and when withheld information is looked at again (条例第十七条至第二十六条)."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from . import periods
from .calendar import Calendar
from .errors import NotUnderstood


@dataclass(frozen=True, slots=True)
class Category:
    """One item of what must be published."""

    key: str
    item: int
    label: str
    basis: str
    who: str = "行政机关"


_ITEMS = (
    ("normative", "行政法规、规章和规范性文件"),
    ("functions", "机关职能、机构、联系方式"),
    ("plans", "规划及相关政策"),
    ("statistics", "统计信息"),
    ("licensing", "行政许可和其他对外管理服务事项"),
    ("penalties", "行政处罚、行政强制"),
    ("budgets", "财政预算、决算"),
    ("fees", "行政事业性收费"),
    ("procurement", "政府集中采购"),
    ("projects", "重大建设项目"),
    ("livelihood", "扶贫、教育、医疗、社会保障、促进就业"),
    ("emergencies", "突发公共事件应对"),
    ("inspections", "环保、公共卫生、安全生产、食品药品、产品质量监督检查"),
    ("recruitment", "公务员招考"),
    ("other", "法律、法规、规章和国家规定的其他信息"),
)
_CHINESE = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五"]
CATEGORIES = tuple(
    Category(key, item, label, f"条例第二十条第{_CHINESE[item - 1]}项") for item, (key, label) in enumerate(_ITEMS, start=1)
)
_COUNTY = ("市政建设", "公共服务", "公益事业", "土地征收", "房屋征收", "治安管理", "社会救助")
_TOWNSHIP = (
    "农业农村政策", "农田水利工程", "土地承包经营权流转", "宅基地使用审核", "土地征收", "房屋征收", "筹资筹劳", "社会救助",
)  # fmt: skip
LOCAL_CATEGORIES = (
    *(Category(f"county_{n}", n, label, "条例第二十一条", "设区的市级、县级人民政府及其部门") for n, label in enumerate(_COUNTY, 1)),
    *(Category(f"township_{n}", n, label, "条例第二十一条", "乡（镇）人民政府") for n, label in enumerate(_TOWNSHIP, 1)),
)


class Access(StrEnum):
    """公开属性: decided when a document is drafted."""

    PROACTIVE = "主动公开"
    ON_REQUEST = "依申请公开"
    WITHHELD = "不予公开"


class Outlet(StrEnum):
    """Where information is published (条例第二十三条)."""

    GAZETTE = "政府公报"
    WEBSITE = "政府网站"
    INTERNET_MEDIA = "其他互联网政务媒体"
    PRESS_CONFERENCE = "新闻发布会"
    PRESS = "报刊"
    BROADCAST = "广播、电视"


class Screening(StrEnum):
    """公开审查: how a review before publication ends (条例第十七条)."""

    PUBLISHABLE = "可以公开"
    WITHHELD = "不予公开"
    REFERRED = "报有关主管部门或者保密行政管理部门确定"
    WORK_SECRET = "工作秘密"  # 保守国家秘密法第六十四条


def publish_by(formed_or_changed: date, days: Calendar) -> date:
    """The last day for publishing (条例第二十六条); another law or regulation may set another."""
    return days.add_workdays(formed_or_changed, periods.PUBLICATION.length)


def withdraw_by(changed: date, days: Calendar) -> date:
    """The last day for taking down a published penalty decision that was changed (行政处罚法第四十八条、第八十五条)."""
    return days.add_workdays(changed, periods.PENALTY_WITHDRAWAL.length)


@dataclass(frozen=True, slots=True)
class ReviewCycle:
    """How often withheld information is looked at again: the Regulation fixes no period (条例第十八条)."""

    months: int = 12

    def next_review(self, last: date) -> date:
        return add_months(last, self.months)


def add_months(day: date, months: int) -> date:
    """The same day some months later; the month's last day where there is no such day (民法典第二百零二条)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= date.max.year:
        raise NotUnderstood(f"{day} 加 {months} 个月超出公历范围。", f"{day} and {months} months is past the calendar.")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
