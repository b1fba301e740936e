"""Who may do what with an item, when, and what comes of it: one declared table. Pure; pages, actions, tests and documents use it.

先审查后公开 (条例第十七条；保守国家秘密法实施条例第四十二条): no row leads to the public but through review,
secrecy review and approval, and nobody reviews or approves what they drafted themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.platform.organs.roles import RoleKind as R

from .choices import STATES, Access, State

S = State
EDITORS = frozenset({R.EDITOR, R.DISCLOSURE_OFFICE})
READERS = frozenset({R.EDITOR, R.REVIEWER, R.SECRECY_REVIEWER, R.APPROVER, R.DISCLOSURE_OFFICE})  # 看得到本机关未公开内容的角色
WORKING = frozenset({S.DRAFT, S.RETURNED})
PUBLIC = frozenset({S.PUBLISHED, S.RECHECKED})
RESTING = PUBLIC | {S.WITHDRAWN, S.FILED}
UNDER_REVIEW = frozenset({S.IN_REVIEW, S.IN_SECRECY_REVIEW, S.REFERRED, S.IN_APPROVAL})


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
    first: bool | None = None  # 只在从未签发过（已签发过）时
    back: bool = False  # 回到修改之前的状态
    machine: bool = False  # 也可由系统按时进行
    by_machine: bool = False  # 只由系统按时进行


def _row(action: str, zh: str, en: str, sources: frozenset[State] | State, roles: frozenset[R] | R, target: State | None, **more: object) -> Transition:
    froms = frozenset({sources}) if isinstance(sources, State) else sources
    who = frozenset({roles}) if isinstance(roles, R) else roles
    return Transition(action, zh, en, froms, who, target, **more)  # type: ignore[arg-type]


_PROACTIVE = frozenset({Access.PROACTIVE})
_KEPT = frozenset({Access.ON_REQUEST, Access.WITHHELD})
_SIGNERS = frozenset({R.APPROVER})
_OFFICE = frozenset({R.APPROVER, R.DISCLOSURE_OFFICE})
_LIVE = frozenset(State) - {S.DISCARDED}
_STANDING = _LIVE - {S.WITHDRAWN, S.FILED}

CREATE = _row("create", "起草", "Draft", frozenset(), EDITORS, S.DRAFT)
TRANSITIONS: tuple[Transition, ...] = (
    _row("save", "保存", "Save", WORKING, EDITORS, None),
    _row("attach", "添加附件", "Attach", WORKING, EDITORS, None),
    _row("detach", "移除附件", "Detach", WORKING, EDITORS, None, reason=True),
    _row("submit", "提交审核", "Submit", WORKING, EDITORS, S.IN_REVIEW),
    _row("take_back", "取回", "Take back", S.IN_REVIEW, EDITORS, S.DRAFT),
    _row("discard", "作废", "Discard", WORKING, EDITORS, S.DISCARDED, reason=True, first=True),
    _row("drop_revision", "放弃修改", "Drop the revision", WORKING, EDITORS, None, reason=True, first=False, back=True),
    _row("review", "审核通过", "Pass review", S.IN_REVIEW, R.REVIEWER, S.IN_SECRECY_REVIEW, apart=True),
    _row("return_from_review", "退回修改", "Return", S.IN_REVIEW, R.REVIEWER, S.RETURNED, reason=True, apart=True),
    _row("clear", "保密审查通过", "Clear", S.IN_SECRECY_REVIEW, R.SECRECY_REVIEWER, S.IN_APPROVAL, apart=True),
    _row("return_from_secrecy", "退回修改", "Return", frozenset({S.IN_SECRECY_REVIEW, S.REFERRED}), R.SECRECY_REVIEWER, S.RETURNED, reason=True, apart=True),
    _row("refer", "报请确定", "Refer", S.IN_SECRECY_REVIEW, R.SECRECY_REVIEWER, S.REFERRED, reason=True, apart=True),
    _row("determine", "确定可以公开", "Determined publishable", S.REFERRED, R.SECRECY_REVIEWER, S.IN_APPROVAL, reason=True, apart=True),
    _row("withhold", "认定不予公开", "Withhold", frozenset({S.IN_SECRECY_REVIEW, S.REFERRED}), R.SECRECY_REVIEWER, S.IN_APPROVAL, reason=True, apart=True),
    _row("waive", "说明并放行", "Waive a finding", UNDER_REVIEW, frozenset({R.REVIEWER, R.SECRECY_REVIEWER, R.APPROVER}), None, reason=True, apart=True),
    _row("approve", "签发并发布", "Approve and publish", S.IN_APPROVAL, _SIGNERS, S.PUBLISHED, apart=True, access=_PROACTIVE),
    _row("schedule", "签发，定时发布", "Approve for a later time", S.IN_APPROVAL, _SIGNERS, S.SCHEDULED, apart=True, access=_PROACTIVE),
    _row("file", "签发，存档不公开", "Approve and file", S.IN_APPROVAL, _SIGNERS, S.FILED, apart=True, access=_KEPT),
    _row("return_from_approval", "退回修改", "Return", frozenset({S.IN_APPROVAL, S.SCHEDULED}), _SIGNERS, S.RETURNED, reason=True),
    _row("publish", "立即发布", "Publish now", S.SCHEDULED, _SIGNERS, S.PUBLISHED, apart=True, access=_PROACTIVE, machine=True),
    _row("hold", "暂缓发布", "Hold back", S.SCHEDULED, _SIGNERS, S.IN_APPROVAL, reason=True, machine=True),
    _row("recheck", "复查通过", "Recheck", S.PUBLISHED, frozenset({R.REVIEWER, R.SECRECY_REVIEWER, R.DISCLOSURE_OFFICE}), S.RECHECKED, apart=True),
    _row("revise", "修改", "Revise", RESTING, EDITORS, S.DRAFT, reason=True),
    _row("withdraw", "撤回公开", "Withdraw", _STANDING, _OFFICE, S.WITHDRAWN, reason=True, public=True),
    _row("expire", "期满下架", "Expire", _STANDING, _OFFICE, S.WITHDRAWN, reason=True, public=True, machine=True, by_machine=True),
    _row("mark_validity", "标注有效性", "Mark validity", _STANDING, _OFFICE, None, reason=True, public=True),
    _row("decision_changed", "登记处罚决定变更", "Record a changed decision", _STANDING, EDITORS | _OFFICE, None, reason=True, public=True),
    _row("review_withheld", "定期复审，继续不公开", "Review: keep withheld", S.FILED, frozenset({R.SECRECY_REVIEWER, R.DISCLOSURE_OFFICE}), None, reason=True),
    _row("release", "定期复审，转为公开", "Review: to be published", S.FILED, frozenset({R.SECRECY_REVIEWER, R.DISCLOSURE_OFFICE}), S.DRAFT, reason=True),
    _row("link", "关联", "Link", _LIVE, EDITORS | {R.APPROVER}, None),
    _row("unlink", "取消关联", "Unlink", _LIVE, EDITORS | {R.APPROVER}, None, reason=True),
    _row("record_channel", "登记发布渠道", "Record a channel", _STANDING, EDITORS, None, public=True),
)  # fmt: skip
BY_ACTION = {row.action: row for row in (CREATE, *TRANSITIONS)}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the table needs to know of an item."""

    state: State
    access: Access
    public: bool  # 有公开版本
    drafters: frozenset[int] = frozenset()  # 上一次公开以来起草、修改过的人
    first: bool = True  # 从未签发过
    reviewers: frozenset[int] = frozenset()  # 这一轮的审核人
    reviewers_apart: bool = False  # 机关设置：审核与保密审查须由两人进行


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an action may be done now; if not, why, in both languages."""

    allowed: bool
    zh: str = ""
    en: str = ""
    role: R | None = None  # 以何种角色进行
    now: bool = True  # 角色允许，只是此时不行时为假


def may(action: str, facts: Facts, kinds: frozenset[R], person: int | None, machine: bool = False) -> Verdict:
    """Whether somebody with these roles in the item's organ may do this now, and if not, why not."""
    row = BY_ACTION[action]
    held = sorted(row.roles & kinds)
    if machine:
        if not row.machine:
            return Verdict(False, f"“{row.zh}”须由人进行。", f"“{row.en}” needs a person.")
        held = [R.APPROVER]
    elif row.by_machine:
        return Verdict(False, f"“{row.zh}”由系统按时进行。", f"“{row.en}” is done by the system in time.")
    elif not held:
        names, en = "、".join(r.label for r in sorted(row.roles)), ", ".join(sorted(r.value for r in row.roles))
        return Verdict(False, f"“{row.zh}”需要本机关的角色：{names}。", f"“{row.en}” needs a role in this organ: {en}.")
    if why := _not_now(row, facts):
        return Verdict(False, *why, held[0], now=False)
    if not machine and person is not None and (why := _not_apart(row, facts, person)):
        return Verdict(False, *why, held[0])
    return Verdict(True, role=held[0])


def _not_now(row: Transition, facts: Facts) -> tuple[str, str] | None:
    zh, en = STATES[facts.state]
    if facts.state not in row.sources:
        return f"现在的状态是“{zh}”，不能“{row.zh}”。", f"The state is “{en}”: no “{row.en}” now."
    if facts.access not in row.access:
        if row.access == _PROACTIVE:
            return "公开属性不是“主动公开”，不能发布；可以存档，或退回修改属性。", "The item is not for proactive disclosure: file it or return it."
        return "公开属性是“主动公开”，应当发布，不能存档不公开。", "The item is for proactive disclosure: publish it or return it."
    if row.public is not None and row.public != facts.public:
        return ("没有公开的版本。", "Nothing is public.") if row.public else ("已有公开的版本。", "A version is public.")
    if row.first is not None and row.first != facts.first:
        return ("已经签发过，不能作废；可以放弃这次修改。", "It was approved before: drop the revision instead.") if row.first else ("还没有签发过，没有可以退回的版本；可以作废。", "It was never approved: discard it instead.")
    return None


def _not_apart(row: Transition, facts: Facts, person: int) -> tuple[str, str] | None:
    if row.apart and person in facts.drafters:
        return "起草、修改过这一版的人不能审查、签发或复查它。", "Nobody reviews, approves or rechecks what they drafted."
    secrecy = row.roles == {R.SECRECY_REVIEWER}
    if secrecy and facts.reviewers_apart and person in facts.reviewers:
        return "本机关规定：审核过的人不再做同一信息的保密审查。", "In this organ the reviewer does not do the secrecy review too."
    return None
