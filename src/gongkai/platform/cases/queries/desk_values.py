"""What the case desk's lists hand out: plain frozen values, never models. An applicant's name is masked in every one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from gongkai.platform.cases.choices import State

from .clock import Light

PAGE = 20


@dataclass(frozen=True, slots=True, repr=False)
class RequestFilter:
    """By what a list is narrowed; nothing set means everything."""

    text: str = ""  # 登记编号、申请人姓名或名称、证件号、电话、电子邮箱，或所申请内容中的词
    state: str = ""  # State 的值，或 live、ended
    channel: str = ""
    kind: str = ""  # 申请人类别
    officer: int | None = None
    light: str = ""  # overdue、lapsed、soon
    outcome: str = ""
    year: int | None = None  # 提交之年
    marked: str = ""  # extended、violated、late、oral、help、imported


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One line of a list."""

    id: int
    organ_id: int
    organ_name: str
    number: str
    applicant: str  # 已遮盖
    title: str
    kind_zh: str
    kind_en: str
    channel_zh: str
    channel_en: str
    state: State
    state_zh: str
    state_en: str
    light: Light
    left: int | None  # 还有几个工作日；负为已过
    until: date | None  # 最近的一个期限
    provisional: bool
    extended: bool
    officer: str
    submitted_on: date
    received_on: date | None
    ended_on: date | None
    reply_zh: str
    outcome_zh: str
    late_days: int
    violations: int
    needs_help: bool
    moved_at: datetime


@dataclass(frozen=True, slots=True)
class Summary:
    """What a list offers beside its rows: how many are open in each state, how many are late, which years, which officers."""

    organ_id: int
    live: Mapping[State, int]
    overdue: int
    soon: int
    lapsed: int
    years: tuple[int, ...]
    officers: tuple[tuple[int, str], ...]
    warned: date  # 期限在这一天以前的，即将届满

    @property
    def all_live(self) -> int:
        return sum(self.live.values())


@dataclass(frozen=True, slots=True)
class Waits:
    """One thing that waits for somebody: a request, a letter of it, a task, a message."""

    request_id: int
    organ_id: int
    number: str
    applicant: str  # 已遮盖；任务、通知没有
    title: str
    state: State
    until: date | None
    left: int | None
    light: Light
    officer: str
    key: str = ""  # 文书的键、通知的键
    part: int | None = None  # 文书、任务、通知的编号


@dataclass(frozen=True, slots=True)
class Duty:
    """One kind of waiting: how many, and the first of them."""

    key: str
    zh: str
    en: str
    total: int
    rows: tuple[Waits, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for somebody in all their organs; what is overdue stands first, and is never left out."""

    duties: tuple[Duty, ...]

    def duty(self, key: str) -> Duty | None:
        return next((duty for duty in self.duties if duty.key == key), None)


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A search task as its receiver sees it: what to look for and by when; nothing of the applicant."""

    id: int
    ref: str
    organ_id: int
    organ_name: str
    asked_by: str  # 交办的机关
    number: str  # 登记编号
    office: str
    person: str
    what: str
    due_on: date
    left: int
    state: str
    state_zh: str
    state_en: str
    answered_on: date | None
    mine: bool
    request_id: int
    readable: bool  # 可以看到整件申请

    @property
    def light(self) -> Light:
        return Light.OVERDUE if self.left < 0 else Light.FINE


@dataclass(frozen=True, slots=True)
class OrganCases:
    """How one organ stands with its requests, for its superior: numbers only."""

    organ_id: int
    organ_name: str
    organ_slug: str
    live: int
    overdue: int
    soon: int
    received_this_year: int
    replied_this_year: int
    late_this_year: int
    violations_this_year: int
    most_late: int  # 最久的一件逾期几个工作日
