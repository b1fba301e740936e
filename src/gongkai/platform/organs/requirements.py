"""What every action wants to be told: a moment with its zone, a person where only a person may act, a reason where one is needed."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from .acting import Actor
from .errors import Invalid, NotAllowed

LONGEST_REASON = 2000


def check_moment(at: datetime) -> None:
    if timezone.is_naive(at):
        raise ValueError("`at` must be an aware datetime")


def person_of(actor: Actor) -> int:
    """The person who acts, where only a person may."""
    if actor.person is None:
        raise NotAllowed("这项操作须由人进行。", "This needs a person.")
    return actor.person


def checked_reason(reason: str, needed: bool = True) -> str:
    """The reason as it is kept."""
    words = reason.strip()
    if needed and not words:
        raise Invalid({"reason": _("请写明理由。")})
    if len(words) > LONGEST_REASON:
        raise Invalid({"reason": _("理由不得超过 %(most)s 个字，现有 %(n)s 个。") % {"most": LONGEST_REASON, "n": len(words)}})
    return words
