"""What an action of organs and people may answer instead of doing it; each says why, in both languages.

Refused
├── NotAllowed   the roles, or the separation of duties, forbid it
├── NotFound     there is no such thing, or the actor may not know of it
├── NotNow       it cannot be done in this state of things
├── Conflict     somebody else saved meanwhile
└── Invalid      what was filled in cannot be right; `fields` says where
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import get_language


class Refused(Exception):
    """Why not: in Chinese for the page, in English beside it."""

    def __init__(self, zh: str, en: str = "") -> None:
        super().__init__(zh)
        self.zh = zh
        self.en = en or zh

    @property
    def said(self) -> str:
        """In the reader's language."""
        return self.zh if (get_language() or "zh").startswith("zh") else self.en


class NotAllowed(Refused):
    """The actor's roles do not allow it, or duties must be kept apart."""


class NotFound(Refused):
    """No such organ, person or role, as far as the actor may know."""

    def __init__(self, zh: str = "没有这一项，或您无权查看。", en: str = "There is no such thing, or you may not see it.") -> None:
        super().__init__(zh, en)


class NotNow(Refused):
    """Allowed in itself, but not as things stand."""


class Conflict(Refused):
    """Somebody else saved after the actor had opened the form."""


class Invalid(Refused):
    """Fields that cannot be right, each with its sentence; "" stands for the whole form."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__("；".join(fields.values()))
        self.fields = dict(fields)
