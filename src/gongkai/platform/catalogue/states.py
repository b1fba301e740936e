"""Who may do what with an item, when, and what comes of it: one declared table. Pure; pages, actions, tests and documents use it.

先审查后公开 (条例第十七条；保守国家秘密法实施条例第四十二条): no row leads to the public but through review,
secrecy review and approval, and nobody reviews or approves what they drafted themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.platform.organs.roles import RoleKind as R

from .choices import Access, State

S = State
EDITORS = frozenset({R.EDITOR, R.DISCLOSURE_OFFICE})
WORKING = frozenset({S.DRAFT, S.RETURNED})
PUBLIC = frozenset({S.PUBLISHED, S.RECHECKED})


@dataclass(frozen=True, slots=True)
class Transition:
    """One row: the action, from which states, by which roles, to which state; the same state where `target` is None."""

    action: str
    zh: str
    en: str
    sources: frozenset[State]
    roles: frozenset[R]
    target: State | None
    reason: bool = False  # 必须写明理由
    apart: bool = False  # 不得由起草人本人进行
    access: frozenset[Access] = frozenset(Access)
    public: bool | None = None  # 只在已有（未有）公开版本时
    machine: bool = False  # 也可由系统按时进行


def _row(action: str, zh: str, en: str, sources: frozenset[State] | State, roles: frozenset[R] | R, target: State | None, **more: object) -> Transition:
    froms = frozenset({sources}) if isinstance(sources, State) else sources
    who = frozenset({roles}) if isinstance(roles, R) else roles
    return Transition(action, zh, en, froms, who, target, **more)  # type: ignore[arg-type]


_PROACTIVE = frozenset({Access.PROACTIVE})
_KEPT = frozenset({Access.ON_REQUEST, Access.WITHHELD})
_SIGNERS = frozenset({R.APPROVER})
_OFFICE = frozenset({R.APPROVER, R.DISCLOSURE_OFFICE})
_LIVE = frozenset(State) - {S.DISCARDED}

TRANSITIONS: tuple[Transition, ...] = (
    _row("save", "保存", "Save", WORKING, EDITORS, None),
    _row("submit", "提交审核", "Submit", WORKING, EDITORS, S.IN_REVIEW),
    _row("take_back", "取回", "Take back", S.IN_REVIEW, EDITORS, S.DRAFT),
    _row("discard", "作废", "Discard", WORKING, EDITORS, S.DISCARDED, reason=True, public=False),
    _row("drop_revision", "放弃修改", "Drop the revision", WORKING, EDITORS, S.PUBLISHED, reason=True, public=True),
    _row("review", "审核通过", "Pass review", S.IN_REVIEW, R.REVIEWER, S.IN_SECRECY_REVIEW, apart=True),
    _row("return_from_review", "退回修改", "Return", S.IN_REVIEW, R.REVIEWER, S.RETURNED, reason=True, apart=True),
    _row("clear", "保密审查通过", "Clear", S.IN_SECRECY_REVIEW, R.SECRECY_REVIEWER, S.IN_APPROVAL, apart=True),
    _row("return_from_secrecy", "退回修改", "Return", frozenset({S.IN_SECRECY_REVIEW, S.REFERRED}), R.SECRECY_REVIEWER, S.RETURNED, reason=True, apart=True),
    _row("refer", "报请确定", "Refer", S.IN_SECRECY_REVIEW, R.SECRECY_REVIEWER, S.REFERRED, reason=True, apart=True),
    _row("determine", "确定可以公开", "Determined publishable", S.REFERRED, R.SECRECY_REVIEWER, S.IN_APPROVAL, reason=True, apart=True),
    _row("withhold", "认定不予公开", "Withhold", frozenset({S.IN_SECRECY_REVIEW, S.REFERRED}), R.SECRECY_REVIEWER, S.IN_APPROVAL, reason=True, apart=True),
    _row("approve", "签发并发布", "Approve and publish", S.IN_APPROVAL, _SIGNERS, S.PUBLISHED, apart=True, access=_PROACTIVE),
    _row("schedule", "签发，定时发布", "Approve for a later time", S.IN_APPROVAL, _SIGNERS, S.SCHEDULED, apart=True, access=_PROACTIVE),
    _row("file", "签发，存档不公开", "Approve and file", S.IN_APPROVAL, _SIGNERS, S.FILED, apart=True, access=_KEPT, public=False),
    _row("return_from_approval", "退回修改", "Return", frozenset({S.IN_APPROVAL, S.SCHEDULED}), _SIGNERS, S.RETURNED, reason=True),
    _row("publish", "立即发布", "Publish now", S.SCHEDULED, _SIGNERS, S.PUBLISHED, apart=True, access=_PROACTIVE, machine=True),
    _row("recheck", "复查通过", "Recheck", S.PUBLISHED, frozenset({R.REVIEWER, R.SECRECY_REVIEWER, R.DISCLOSURE_OFFICE}), S.RECHECKED, apart=True),
    _row("revise", "修改", "Revise", PUBLIC | {S.WITHDRAWN, S.FILED}, EDITORS, S.DRAFT, reason=True),
    _row("mark_validity", "标注有效性", "Mark validity", PUBLIC | WORKING, _OFFICE, None, reason=True, public=True),
    _row("withdraw", "撤回公开", "Withdraw", _LIVE - {S.WITHDRAWN, S.FILED}, _OFFICE, S.WITHDRAWN, reason=True, public=True),
    _row("review_withheld", "定期复审", "Review withheld information", S.FILED, frozenset({R.SECRECY_REVIEWER, R.DISCLOSURE_OFFICE}), None, reason=True),
    _row("link", "关联", "Link", _LIVE, EDITORS | {R.APPROVER}, None),
    _row("unlink", "取消关联", "Unlink", _LIVE, EDITORS | {R.APPROVER}, None, reason=True),
    _row("attach", "添加附件", "Attach", WORKING, EDITORS, None),
    _row("detach", "移除附件", "Detach", WORKING, EDITORS, None),
    _row("waive", "说明并放行", "Waive a finding", WORKING | {S.IN_REVIEW, S.IN_SECRECY_REVIEW, S.IN_APPROVAL}, frozenset({R.REVIEWER, R.SECRECY_REVIEWER, R.APPROVER}), None, reason=True, apart=True),
    _row("record_channel", "登记发布渠道", "Record a channel", PUBLIC, EDITORS, None, public=True),
)  # fmt: skip
BY_ACTION = {row.action: row for row in TRANSITIONS}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the table needs to know of an item."""

    state: State
    access: Access
    public: bool  # 有公开版本
    drafters: frozenset[int] = frozenset()  # 当前这一版的起草人


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an action may be done now; if not, why, in both languages."""

    allowed: bool
    zh: str = ""
    en: str = ""
    role: R | None = None  # 以何种角色进行


def may(action: str, facts: Facts, kinds: frozenset[R], person: int | None, machine: bool = False) -> Verdict:
    """Whether somebody with these roles in the item's organ may do this now, and if not, why not."""
    from .choices import STATES

    row = BY_ACTION[action]
    held = sorted(row.roles & kinds)
    if machine and row.machine:
        held = held or [R.APPROVER]
    elif not held:
        names, en = "、".join(r.label for r in sorted(row.roles)), ", ".join(sorted(r.value for r in row.roles))
        return Verdict(False, f"需要本机关的角色：{names}。", f"Needs a role in this organ: {en}.")
    if facts.state not in row.sources:
        return Verdict(False, f"当前状态是“{STATES[facts.state][0]}”，不能{row.zh}。", f"The state is “{STATES[facts.state][1]}”.", held[0])
    if facts.access not in row.access:
        return Verdict(False, "公开属性不符。", "The disclosure attribute does not allow it.", held[0])
    if row.public is not None and row.public != facts.public:
        said = ("没有公开版本。", "Nothing is public.") if row.public else ("已有公开版本。", "A version is public already.")
        return Verdict(False, *said, held[0])
    if row.apart and not machine and person in facts.drafters:
        return Verdict(False, "起草人不能审查、签发自己起草的内容。", "Nobody reviews or approves their own draft.", held[0])
    return Verdict(True, role=held[0])
