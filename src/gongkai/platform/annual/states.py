"""Draft, legal check, approval, publication, hand-in: who may do what with an annual report, in which state. The declared table; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from gongkai.platform.organs.roles import RoleKind as R


class State(StrEnum):
    """Where a report stands."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"  # 法制审核
    IN_APPROVAL = "in_approval"
    APPROVED = "approved"
    PUBLISHED = "published"
    SUBMITTED = "submitted"  # 已报送
    RETURNED = "returned"  # 上级退回
    ACCEPTED = "accepted"


STATES: dict[State, tuple[str, str]] = {
    State.DRAFT: ("编制中", "Draft"),
    State.IN_REVIEW: ("法制审核中", "In legal review"),
    State.IN_APPROVAL: ("待签发", "In approval"),
    State.APPROVED: ("已签发", "Approved"),
    State.PUBLISHED: ("已公布", "Published"),
    State.SUBMITTED: ("已报送", "Handed in"),
    State.RETURNED: ("被退回", "Sent back"),
    State.ACCEPTED: ("已接收", "Accepted"),
}
WRITING = frozenset({R.DISCLOSURE_OFFICE})
READING = frozenset({R.DISCLOSURE_OFFICE, R.APPROVER, R.LEGAL_REVIEWER, R.REVIEWER, R.SUPERVISOR})
ENTERING = frozenset({R.DISCLOSURE_OFFICE, R.EDITOR, R.MAILBOX, R.CASE_OFFICER})
_WORKING = frozenset({State.DRAFT, State.RETURNED})


@dataclass(frozen=True, slots=True)
class Act:
    """One act with a report."""

    key: str
    zh: str
    en: str
    states: frozenset[State]
    roles: frozenset[R]
    target: State | None = None
    reason: bool = False
    apart: bool = False  # 不得由编写人本人进行


ACTS = (
    Act("compile", "汇编表格", "Compile the tables", _WORKING, WRITING),
    Act("scope", "确定汇总范围", "Declare the scope", _WORKING, WRITING),
    Act("write", "编写正文", "Write", _WORKING, WRITING),
    Act("explain", "说明核查发现", "Explain a finding", _WORKING, WRITING, reason=True),
    Act("submit", "提交审核", "Submit", _WORKING, WRITING, State.IN_REVIEW),
    Act("pass_review", "法制审核通过", "Pass legal review", frozenset({State.IN_REVIEW}), frozenset({R.LEGAL_REVIEWER, R.REVIEWER}), State.IN_APPROVAL, apart=True),
    Act("return", "退回修改", "Return", frozenset({State.IN_REVIEW, State.IN_APPROVAL}), frozenset({R.LEGAL_REVIEWER, R.REVIEWER, R.APPROVER}), State.DRAFT, reason=True),
    Act("approve", "签发", "Approve", frozenset({State.IN_APPROVAL}), frozenset({R.APPROVER}), State.APPROVED, apart=True),
    Act("publish", "公布", "Publish", frozenset({State.APPROVED, State.SUBMITTED, State.ACCEPTED}), WRITING | {R.APPROVER}, State.PUBLISHED),
    Act("correct", "更正已公布的报告", "Correct a published report", frozenset({State.PUBLISHED, State.SUBMITTED, State.ACCEPTED}), WRITING, State.DRAFT, reason=True),
    Act("adopt", "登记此前已公布的报告", "Enter a report published before", _WORKING, WRITING, State.PUBLISHED, reason=True),
    Act("hand_in", "报送", "Hand in", frozenset({State.APPROVED, State.PUBLISHED}), WRITING, State.SUBMITTED),
    Act("send_back", "退回下级", "Send back", frozenset({State.SUBMITTED}), frozenset({R.SUPERVISOR}), State.RETURNED, reason=True),
    Act("accept", "接收", "Accept", frozenset({State.SUBMITTED}), frozenset({R.SUPERVISOR}), State.ACCEPTED),
)  # fmt: skip
BY_SUPERIOR = frozenset({"send_back", "accept"})  # 以上级机关的角色进行
BY_KEY = {act.key: act for act in ACTS}


@dataclass(frozen=True, slots=True)
class Table:
    """Acts, the words for the states, and what the thing is called."""

    acts: Mapping[str, Act]
    states: Mapping[State, tuple[str, str]]
    zh: str
    en: str


REPORT = Table(BY_KEY, STATES, "报告", "report")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an act may be done now; if not, why, in both languages."""

    allowed: bool
    zh: str = ""
    en: str = ""
    role: R | None = None
    now: bool = True


def may(key: str, state: State, kinds: frozenset[R], person: int | None, drafters: frozenset[int], table: Table = REPORT) -> Verdict:
    """Whether somebody with these roles in the organ may do this now."""
    act = table.acts[key]
    held = sorted(act.roles & kinds)
    if not held:
        names, en = "、".join(role.label for role in sorted(act.roles)), ", ".join(sorted(role.value for role in act.roles))
        return Verdict(False, f"“{act.zh}”需要本机关的角色：{names}。", f"“{act.en}” needs a role in this organ: {en}.")
    if state not in act.states:
        zh, en = table.states[state]
        return Verdict(False, f"{table.zh}现在“{zh}”，不能“{act.zh}”。", f"The {table.en} is “{en}”: no “{act.en}” now.", held[0], now=False)
    if act.apart and person in drafters:
        return Verdict(False, f"编写过这份{table.zh}的人不能审核、签发它。", "Nobody reviews or approves what they wrote.", held[0])
    return Verdict(True, role=held[0])
