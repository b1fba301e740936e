"""What an action on cases may answer instead of doing it; each says why in both languages, and what to do (see organs.errors)."""

from __future__ import annotations

from gongkai.law.errors import NotUnderstood
from gongkai.platform.organs.errors import Conflict, Invalid, NotAllowed, NotNow, Refused
from gongkai.platform.organs.errors import NotFound as OrganNotFound

__all__ = ["Conflict", "Invalid", "KeyMissing", "NotAllowed", "NotFound", "NotNow", "Refused", "StorageFailed", "by_law"]


class NotFound(OrganNotFound):
    """No such case as far as the actor may know: the same words for what is not there and for what is not theirs."""

    def __init__(self) -> None:
        super().__init__("没有找到这件申请，或者它不在您的机关。", "There is no such request, or it is not your organ's.")


class StorageFailed(Refused):
    """The file could not be kept or read; nothing was changed."""


class KeyMissing(Refused):
    """What is sealed cannot be opened with the keys of this installation."""

    def __init__(self) -> None:
        super().__init__(
            "个人信息的密钥与数据不符，暂时不能显示。请告知系统管理员核对 GONGKAI_CASE_KEY。",
            "The key of personal data does not fit these data; tell the administrator to check GONGKAI_CASE_KEY.",
        )


def by_law(refused: NotUnderstood) -> NotNow:
    """What the core refuses, as the platform's refusal."""
    return NotNow(refused.zh, refused.en)
