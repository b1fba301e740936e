"""What an action on annual reports may answer instead of doing it (see organs.errors)."""

from __future__ import annotations

from gongkai.platform.organs.errors import Conflict, Invalid, NotAllowed, NotNow, Refused
from gongkai.platform.organs.errors import NotFound as OrganNotFound

__all__ = ["Conflict", "Invalid", "NotAllowed", "NotFound", "NotNow", "Refused"]


class NotFound(OrganNotFound):
    """No such report as far as the actor may know."""

    def __init__(self) -> None:
        super().__init__("没有找到这份年度报告，或者它不在您的机关。", "There is no such annual report, or it is not your organ's.")
