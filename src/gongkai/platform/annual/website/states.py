"""Filling in, review, approval, publication: who may do what with a website's form, in which state. The declared table; pure."""

from __future__ import annotations

from gongkai.platform.annual.states import READING as REPORT_READING
from gongkai.platform.annual.states import WRITING, Act, State, Table
from gongkai.platform.organs.roles import RoleKind as R

STATES: dict[State, tuple[str, str]] = {
    State.DRAFT: ("填报中", "Being filled in"),
    State.IN_REVIEW: ("审核中", "In review"),
    State.APPROVED: ("已审定", "Approved"),
    State.PUBLISHED: ("已公布", "Published"),
}
FILLING = WRITING | {R.EDITOR}
REVIEWING = frozenset({R.REVIEWER, R.LEGAL_REVIEWER, R.APPROVER})
READING = REPORT_READING | FILLING
STANDING = frozenset({State.IN_REVIEW, State.APPROVED, State.PUBLISHED})  # 定稿

ACTS = (
    Act("write", "填报", "Fill in", frozenset({State.DRAFT}), FILLING),
    Act("submit", "提交审核", "Submit", frozenset({State.DRAFT}), WRITING, State.IN_REVIEW),
    Act("return", "退回修改", "Return", frozenset({State.IN_REVIEW, State.APPROVED}), REVIEWING, State.DRAFT, reason=True),
    Act("approve", "审核通过", "Approve", frozenset({State.IN_REVIEW}), REVIEWING, State.APPROVED, apart=True),
    Act("publish", "公布", "Publish", frozenset({State.APPROVED}), WRITING | {R.APPROVER}, State.PUBLISHED),
    Act("correct", "更正已公布的报表", "Correct a published form", frozenset({State.PUBLISHED}), WRITING, State.DRAFT, reason=True),
)
BY_KEY = {act.key: act for act in ACTS}
FORM = Table(BY_KEY, STATES, "报表", "form")
