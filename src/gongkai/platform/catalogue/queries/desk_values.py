"""What the desk side hands out: plain frozen values, never models."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from gongkai.platform.catalogue.choices import Access, Kind, State
from gongkai.platform.catalogue.clocks import Clock, Light
from gongkai.platform.catalogue.values import Draft
from gongkai.platform.documents.gate import GateFinding
from gongkai.platform.organs.queries import OrganView

PAGE = 20


@dataclass(frozen=True, slots=True)
class ItemFilter:
    """By what a list is narrowed; nothing set means everything."""

    state: str = ""
    kind: str = ""
    category: str = ""
    access: str = ""
    validity: str = ""
    year: int | None = None  # 生成日期所在年
    q: str = ""  # 标题、文号、索引号
    author: int | None = None
    light: str = ""
    mine: bool = False  # 我起草、修改过的


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One line of a list on the desk."""

    id: int
    organ_id: int
    organ_name: str
    title: str
    state: State
    state_zh: str
    state_en: str
    kind: Kind
    kind_zh: str
    category: str
    access: Access
    access_zh: str
    index_number: str
    document_number: str
    author: str
    formed_on: date
    due_on: date | None
    light: Light | None  # 期限未满足时
    left: int | None  # 还有几个工作日
    provisional: bool
    public: bool
    validity: str
    revision: int
    publish_at: datetime | None
    first_published_at: datetime | None
    next_review_on: date | None
    withdraw_by: date | None
    moved_at: datetime
    last_action: str = ""  # 最近一步：做了什么、谁、理由
    last_by: str = ""
    last_reason: str = ""


@dataclass(frozen=True, slots=True)
class WaitingGroup:
    """One duty: how many items wait, and the first of them."""

    key: str
    zh: str
    en: str
    total: int
    rows: tuple[ItemRow, ...]
    state: str = ""  # 列表页的筛选


@dataclass(frozen=True, slots=True)
class StaleColumn:
    """A column into which nothing came for too long."""

    organ_name: str
    organ_slug: str
    kind: Kind
    kind_zh: str
    kind_en: str
    last: date


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for somebody on the desk."""

    groups: tuple[WaitingGroup, ...]  # 没有的不列
    warnings: tuple[ItemRow, ...]  # 第二十六条：逾期与将到期的，先到先列
    overdue: int
    soon: int
    organs: tuple[OrganView, ...] = ()  # 其中涉及的机关
    stale: tuple[StaleColumn, ...] = ()  # 久未更新的栏目

    @property
    def total(self) -> int:
        return sum(group.total for group in self.groups)

    def group(self, key: str) -> WaitingGroup | None:
        return next((each for each in self.groups if each.key == key), None)


@dataclass(frozen=True, slots=True)
class RevisionView:
    """One revision: what it says, who saved it when."""

    number: int
    draft: Draft
    by: str
    by_id: int
    at: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class StepView:
    """One step of the timeline."""

    number: int
    action: str
    zh: str
    en: str
    before: str
    after: State
    after_zh: str
    after_en: str
    moved: bool  # 改变了状态
    revision: int
    person: str
    role: str
    role_zh: str
    at: datetime
    reason: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """A file of a revision."""

    number: int
    name: str
    size: int
    media_type: str
    digest: str
    inline: bool
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link of the item, in the words of this side. `item` is None for what is not in the catalogue or may not be named."""

    id: int
    kind: str
    zh: str
    en: str
    outgoing: bool
    item: int | None
    title: str
    state_zh: str
    public: bool  # 两头都公开，公众看得到
    readable: bool  # 在工作台上看得到那一件


@dataclass(frozen=True, slots=True)
class ChannelView:
    """Where else the item was published."""

    id: int
    channel: str
    zh: str
    en: str
    published_at: datetime
    address: str
    note: str
    reads: int | None
    evidence: str  # 凭据的校验值；没有为空
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class WaiverView:
    """Who answered for a finding, and why."""

    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding of the gate on the item's page."""

    finding: GateFinding
    waived: WaiverView | None
    stops: bool  # 未处理，不能发布

    @property
    def fingerprint(self) -> str:
        return self.finding.fingerprint


@dataclass(frozen=True, slots=True)
class ActionChoice:
    """An action as the item's page offers it: allowed, or why not."""

    action: str
    zh: str
    en: str
    allowed: bool
    why_zh: str
    why_en: str
    reason: bool  # 须写理由
    role: bool  # 角色允许；只是此时不行，或须回避


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item's page on the desk."""

    id: int
    organ: OrganView
    title: str
    state: State
    state_zh: str
    state_en: str
    access: Access
    access_zh: str
    ground: str
    ground_zh: str
    ground_basis: str
    ground_note: str
    kind: Kind
    kind_zh: str
    category: str
    category_zh: str
    category_basis: str
    index_number: str
    author: str
    author_id: int
    office: str
    created_at: datetime
    moved_at: datetime
    revision: RevisionView
    published: int | None  # 公开的是第几版
    first_published_at: datetime | None
    publish_at: datetime | None
    next_review_on: date | None
    withdraw_by: date | None
    validity: str
    validity_zh: str
    validity_on: date | None
    validity_note: str
    drafters: frozenset[int]
    mine: bool  # 看的人起草、修改过这一版
    clock: Clock | None
    steps: tuple[StepView, ...]
    attachments: tuple[AttachmentView, ...]
    links: tuple[LinkView, ...]
    channels: tuple[ChannelView, ...]
    findings: tuple[FindingView, ...]
    actions: tuple[ActionChoice, ...]

    def may(self, action: str) -> bool:
        return any(choice.action == action and choice.allowed for choice in self.actions)


@dataclass(frozen=True, slots=True)
class UnsavedView:
    """What somebody had typed and not saved."""

    place: str
    data: Mapping[str, object]
    at: datetime


@dataclass(frozen=True, slots=True)
class StoredBytes:
    """A file as it is handed out."""

    name: str
    media_type: str
    data: bytes
    digest: str


@dataclass(frozen=True, slots=True)
class OrganNumbers:
    """One organ in the supervisor's table: counts only, no titles."""

    organ_id: int
    organ_name: str
    organ_slug: str
    area_path: str
    published: int
    published_this_year: int
    withdrawn: int
    in_progress: int
    by_state: Mapping[str, int]
    overdue: int  # 到期未公开
    soon: int
    late: int  # 公开时已逾期
    late_this_year: int
    withdrawals_overdue: int  # 行政处罚法第四十八条
    reviews_overdue: int  # 第十八条


@dataclass(frozen=True, slots=True)
class LateRow:
    """An item of another organ that is late, as its superior sees it: a number and dates, never a title."""

    id: int
    organ_id: int
    organ_name: str
    kind_zh: str
    formed_on: date
    due_on: date
    days_late: int  # 工作日


@dataclass(frozen=True, slots=True)
class Overview:
    """What a supervising authority sees of its area or system."""

    organs: tuple[OrganNumbers, ...]
    late: tuple[LateRow, ...]
    total: OrganNumbers
