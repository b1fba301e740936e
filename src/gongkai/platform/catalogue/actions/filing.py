"""What is not for proactive disclosure: filed after the same reviews, looked at again in time (条例第十八条)."""

from __future__ import annotations

from datetime import datetime

from gongkai.platform.catalogue import publishing
from gongkai.platform.catalogue.choices import Access
from gongkai.platform.catalogue.clocks import next_review
from gongkai.platform.catalogue.models import Item
from gongkai.platform.catalogue.recording import Doing, act
from gongkai.platform.organs.acting import Actor

from .drafting import open_revision


def file(actor: Actor, item_id: int, *, at: datetime, reason: str = "", once: str | None = None, seen: int | None = None) -> Item:
    """Sign and file. What was public until now is taken down: its attribute was changed through the reviews."""

    def work(doing: Doing) -> None:
        item = doing.item
        if item.access == Access.WITHHELD:
            doing.facts["next_review_on"] = next_review(item.organ.settings, doing.day).isoformat()
        if item.published_id is not None:
            words = doing.reason or "经审查，不再主动公开。"
            doing.then.append(lambda: publishing.take_down(item, item.organ, at, words))

    return act(actor, item_id, "file", work, at=at, reason=reason, once=once, seen=seen)


def review_withheld(actor: Actor, item_id: int, *, keep: bool, reason: str, at: datetime, once: str | None = None) -> Item:
    """Look again at withheld information: keep it withheld until the next time, or bring it on its way to the public."""

    def again(doing: Doing) -> None:
        if doing.item.access == Access.WITHHELD:
            doing.facts["next_review_on"] = next_review(doing.item.organ.settings, doing.day).isoformat()

    def opened(doing: Doing) -> None:
        open_revision(doing, access=Access.PROACTIVE, ground="", ground_note="", changed_on=doing.day)

    if keep:
        return act(actor, item_id, "review_withheld", again, at=at, reason=reason, once=once)
    return act(actor, item_id, "release", opened, at=at, reason=reason, once=once)
