"""Review before publication (条例第十七条): review, secrecy review, return, refer, determine, withhold, waive; recheck after it."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError
from django.utils.translation import gettext as _

from gongkai.platform.catalogue.choices import State
from gongkai.platform.catalogue.errors import Invalid, NotNow
from gongkai.platform.catalogue.gatekeeping import find
from gongkai.platform.catalogue.models import Item, Waiver
from gongkai.platform.catalogue.recording import Doing, act
from gongkai.platform.catalogue.states import BY_ACTION
from gongkai.platform.catalogue.validating import GROUNDS
from gongkai.platform.organs.acting import Actor

RETURNS = {
    State.IN_REVIEW: "return_from_review",
    State.IN_SECRECY_REVIEW: "return_from_secrecy",
    State.REFERRED: "return_from_secrecy",
    State.IN_APPROVAL: "return_from_approval",
    State.SCHEDULED: "return_from_approval",
}


def review(actor: Actor, item_id: int, *, at: datetime, reason: str = "", once: str | None = None, seen: int | None = None) -> Item:
    """Pass the review."""
    return act(actor, item_id, "review", at=at, reason=reason, once=once, seen=seen)


def clear(actor: Actor, item_id: int, *, at: datetime, reason: str = "", once: str | None = None, seen: int | None = None) -> Item:
    """Pass the secrecy review, item by item (保守国家秘密法实施条例第四十二条)."""
    return act(actor, item_id, "clear", at=at, reason=reason, once=once, seen=seen)


def return_(actor: Actor, item_id: int, *, reason: str, at: datetime, once: str | None = None, seen: int | None = None) -> Item:
    """Send it back to its drafters with a reason, from wherever it is."""
    return act(actor, item_id, lambda item: _returning(actor, item), at=at, reason=reason, once=once, seen=seen)


def _returning(actor: Actor, item: Item) -> str:
    """The row for the state that it is in; where that is another's duty, the actor's own, which then says who was first."""
    kinds = actor.kinds(item.organ_id)
    here = RETURNS.get(State(item.state), "return_from_review")
    return next((name for name in (here, *RETURNS.values()) if BY_ACTION[name].roles & kinds), here)


def refer(actor: Actor, item_id: int, *, reason: str, at: datetime, once: str | None = None, seen: int | None = None) -> Item:
    """Not sure: refer it to the competent department or the secrecy authority (条例第十七条第三款)."""
    return act(actor, item_id, "refer", at=at, reason=reason, once=once, seen=seen)


def determine(actor: Actor, item_id: int, *, at: datetime, reason: str = "", once: str | None = None, seen: int | None = None) -> Item:
    """The authority has determined that it can be published; the reason names its answer."""
    return act(actor, item_id, "determine", at=at, reason=reason, once=once, seen=seen)


def withhold(
    actor: Actor, item_id: int, *, ground: str, reason: str, at: datetime, note: str = "", once: str | None = None, seen: int | None = None
) -> Item:
    """Find that it must not or need not be public, on a ground of Arts 14 to 16 or as a work secret; the approver decides."""

    def work(doing: Doing) -> None:
        if ground not in GROUNDS:
            raise Invalid({"ground": _("请选定依据条例第十四条、第十五条、第十六条的哪一种情形。")})
        doing.facts |= {"ground": ground, "ground_note": note.strip()[:2000]}

    return act(actor, item_id, "withhold", work, at=at, reason=reason, once=once, seen=seen)


def waive(actor: Actor, item_id: int, *, fingerprint: str, reason: str, at: datetime, once: str | None = None) -> Item:
    """Answer for a finding of the gate, by name and with a reason; never for one's own draft."""

    def work(doing: Doing) -> None:
        found = next((finding for finding in find(doing.item, at) if finding.fingerprint == fingerprint), None)
        if found is None:
            raise NotNow("这条检查发现已经不在了：内容可能已改。请刷新页面查看。", "This finding is gone: the content may have changed.")
        try:
            Waiver.objects.create(item=doing.item, fingerprint=fingerprint, code=found.code, reason=doing.reason, by_id=doing.person, at=at)
        except IntegrityError:
            raise NotNow("这条检查发现已经有人说明并放行。", "This finding is waived already.") from None
        doing.facts |= {"fingerprint": fingerprint, "code": found.code}

    return act(actor, item_id, "waive", work, at=at, reason=reason, once=once)


def recheck(actor: Actor, item_id: int, *, at: datetime, reason: str = "", once: str | None = None, seen: int | None = None) -> Item:
    """Somebody else has read the page as the public sees it."""
    return act(actor, item_id, "recheck", at=at, reason=reason, once=once, seen=seen)
