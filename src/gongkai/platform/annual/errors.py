"""What an action on annual reports may answer instead of doing it (see organs.errors)."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.platform.organs.errors import Conflict, Invalid, NotAllowed, NotNow, Refused
from gongkai.platform.organs.errors import NotFound as OrganNotFound

from .merging import Merged

__all__ = ["Clashing", "Conflict", "Invalid", "NotAllowed", "NotFound", "NotNow", "Refused"]


class NotFound(OrganNotFound):
    """No such report as far as the actor may know."""

    def __init__(self) -> None:
        super().__init__("没有找到这份年度报告，或者它不在您的机关。", "There is no such annual report, or it is not your organ's.")


class Clashing(NotNow):
    """Somebody else saved meanwhile and changed the same sentences: the sections put together, in which a person must decide."""

    def __init__(self, sections: Sequence[Merged], number: int) -> None:
        super().__init__(
            "别人已经保存了新的正文，有几句两边都改了；您的文字没有写入，也没有丢失，请选定以后再保存。",
            "Somebody saved the prose meanwhile, and both of you changed the same sentences: choose, and save again.",
        )
        self.sections = tuple(sections)
        self.number = number  # 对方保存的版次
