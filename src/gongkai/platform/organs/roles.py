"""The roles that a person holds in an organ. Pure data: the tables of who may do what are built on it."""

from __future__ import annotations

from enum import StrEnum


class RoleKind(StrEnum):
    """A role; stored by its key."""

    EDITOR = "editor"
    REVIEWER = "reviewer"
    SECRECY_REVIEWER = "secrecy_reviewer"
    APPROVER = "approver"
    CASE_OFFICER = "case_officer"
    LEGAL_REVIEWER = "legal_reviewer"
    DISCLOSURE_OFFICE = "disclosure_office"
    SUPERVISOR = "supervisor"
    MAILBOX = "mailbox"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        return LABELS[self][0]


LABELS: dict[RoleKind, tuple[str, str]] = {
    RoleKind.EDITOR: ("信息员", "Editor"),
    RoleKind.REVIEWER: ("审核员", "Reviewer"),
    RoleKind.SECRECY_REVIEWER: ("保密审查员", "Secrecy reviewer"),
    RoleKind.APPROVER: ("签发人", "Approver"),
    RoleKind.CASE_OFFICER: ("依申请公开经办人", "Case officer"),
    RoleKind.LEGAL_REVIEWER: ("法制审核员", "Legal reviewer"),
    RoleKind.DISCLOSURE_OFFICE: ("政府信息公开工作机构", "Disclosure office"),
    RoleKind.SUPERVISOR: ("主管部门", "Supervising authority"),
    RoleKind.MAILBOX: ("信箱与热线", "Mailbox and hotline desk"),
    RoleKind.ADMINISTRATOR: ("系统管理员", "Administrator"),
}
CONTENT = frozenset(RoleKind) - {RoleKind.ADMINISTRATOR}  # 系统管理员不得同时担任的角色
