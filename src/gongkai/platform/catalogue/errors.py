"""What an action of the catalogue may answer instead of doing it; each says why in both languages, and what to do.

Refused (organs.errors)
├── NotAllowed   the roles, or the separation of duties, forbid it
├── NotFound     there is no such item, or the actor may not know of it
├── NotNow       allowed in itself, but not in this state; says who did what when
├── Conflict     somebody saved meanwhile; carries what they saved
└── Invalid      what was filled in cannot be right; `fields` says where
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from gongkai.platform.organs.errors import Conflict as OrganConflict
from gongkai.platform.organs.errors import Invalid, NotAllowed, NotNow, Refused
from gongkai.platform.organs.errors import NotFound as OrganNotFound

if TYPE_CHECKING:
    from .values import Draft

__all__ = ["Conflict", "Invalid", "NotAllowed", "NotFound", "NotNow", "Refused", "StorageFailed"]


class NotFound(OrganNotFound):
    """No such item as far as the actor may know: the same words for what is not there and for what is not theirs."""

    def __init__(self) -> None:
        super().__init__("没有找到这条信息，或者它不在您的机关。", "There is no such item, or it is not your organ's.")


class Conflict(OrganConflict):
    """Somebody saved after the actor had opened the page: what they saved, as which revision, who, when."""

    def __init__(self, zh: str, en: str, *, saved: Draft | None, revision: int, by: str, at: datetime) -> None:
        super().__init__(zh, en)
        self.saved = saved
        self.revision = revision
        self.by = by
        self.at = at


class StorageFailed(Refused):
    """The file could not be kept: the disk is full or out of order; nothing was changed."""
