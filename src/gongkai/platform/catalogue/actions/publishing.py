"""Publishing: approve, schedule, publish, hold back, withdraw, and what the system does in time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongkai.platform.catalogue import index_numbers, publishing
from gongkai.platform.catalogue.choices import State
from gongkai.platform.catalogue.clocks import local_day
from gongkai.platform.catalogue.deferring import publish_later
from gongkai.platform.catalogue.errors import Invalid, Refused
from gongkai.platform.catalogue.gatekeeping import require_clear
from gongkai.platform.catalogue.models import Item
from gongkai.platform.catalogue.recording import Doing, act
from gongkai.platform.organs.acting import MACHINE, Actor


def approve(actor: Actor, item_id: int, *, at: datetime, reason: str = "", once: str | None = None, seen: int | None = None) -> Item:
    """Sign and publish."""
    return act(actor, item_id, "approve", _publish, at=at, reason=reason, once=once, seen=seen)


def schedule(
    actor: Actor, item_id: int, *, publish_at: datetime, at: datetime, reason: str = "", once: str | None = None, seen: int | None = None
) -> Item:
    """Sign now; the system publishes in time. The job is queued in this transaction."""

    def work(doing: Doing) -> None:
        if publish_at.tzinfo is None or publish_at <= at:
            raise Invalid({"publish_at": _("定时发布的时间应在现在之后；要马上公开，请用“签发并发布”。")})
        if (publish_at - at).days > 366:
            raise Invalid({"publish_at": _("定时发布的时间不应超过一年，请核对年份。")})
        _check_publishable(doing, publish_at)
        doing.facts["publish_at"] = publish_at.isoformat()
        doing.then.append(lambda: publish_later(item_id, publish_at))

    return act(actor, item_id, "schedule", work, at=at, reason=reason, once=once, seen=seen)


def publish(actor: Actor, item_id: int, *, at: datetime, reason: str = "", once: str | None = None, seen: int | None = None) -> Item:
    """Publish what was signed for a later time."""
    return act(actor, item_id, "publish", _publish, at=at, reason=reason, once=once, seen=seen)


def hold(actor: Actor, item_id: int, *, reason: str, at: datetime, once: str | None = None) -> Item:
    """Not at the time that was set: back to the approver."""
    return act(actor, item_id, "hold", at=at, reason=reason, once=once)


def withdraw(actor: Actor, item_id: int, *, reason: str, at: datetime, once: str | None = None) -> Item:
    """Take it off the public side at once. The reason is public; title and text are gone from there, the address stays."""
    return act(actor, item_id, "withdraw", _take_down, at=at, reason=reason, once=once)


def publish_due(at: datetime) -> list[int]:
    """Publish everything whose time has come, each in its own transaction; doing it again does nothing. The ids published."""
    due = Item.objects.filter(state=State.SCHEDULED.value, publish_at__lte=at).order_by("publish_at", "pk").values_list("pk", flat=True)
    return [item_id for item_id in due if publish_scheduled(item_id, at)]


def publish_scheduled(item_id: int, at: datetime) -> bool:
    """Publish one item if it is still scheduled and its time has come; what cannot be published goes back to the approver."""
    item = Item.objects.filter(pk=item_id, state=State.SCHEDULED.value, publish_at__lte=at).first()
    if item is None:
        return False
    try:
        act(MACHINE, item_id, "publish", lambda doing: _publish(doing, only_due=True), at=at, reason="定时发布")
    except _NotDue:
        return False
    except Invalid as problem:
        with transaction.atomic():
            act(MACHINE, item_id, "hold", _if_due, at=at, reason=f"定时发布没有成功：{problem}")
        return False
    except Refused:
        return False  # 已有人先处理
    return True


def expire_due(at: datetime) -> list[int]:
    """Take down what was public for a time that is over; a revision that is being worked on goes on."""
    today = local_day(at)
    ended = Item.objects.filter(published_expires_on__lt=today).order_by("pk").values_list("pk", flat=True)
    done = []
    for item_id in ended:
        try:
            act(MACHINE, item_id, "expire", _expire, at=at, reason="公开期限届满")
        except (_NotDue, Refused):
            continue
        done.append(item_id)
    return done


class _NotDue(Exception):
    """Somebody has moved it meanwhile."""


def _if_due(doing: Doing) -> None:
    if doing.item.publish_at is None or doing.item.publish_at > doing.at:
        raise _NotDue


def _publish(doing: Doing, only_due: bool = False) -> None:
    if only_due:
        _if_due(doing)
    _check_publishable(doing, doing.at)
    item, revision = doing.item, doing.current
    if not item.index_number:
        doing.facts["index_number"] = index_numbers.give(item, item.organ, doing.day)
    doing.facts["published"] = revision.number
    doing.then.append(lambda: publishing.publish(item, revision, item.organ, doing.at))


def _check_publishable(doing: Doing, when: datetime) -> None:
    revision = doing.current
    if revision.expires_on is not None and revision.expires_on < local_day(when):
        raise Invalid({"expires_on": _("公开期限的最后一日（%(expires_on)s）在发布之前，请退回修改。") % {"expires_on": revision.expires_on}})
    require_clear(doing)


def _take_down(doing: Doing) -> None:
    item = doing.item
    doing.then.append(lambda: publishing.take_down(item, item.organ, doing.at, doing.reason))


def _expire(doing: Doing) -> None:
    item = doing.item
    if item.published_expires_on is None or item.published_expires_on >= doing.day:
        raise _NotDue
    if State(item.state) not in (State.PUBLISHED, State.RECHECKED):
        doing.after = State(item.state)
    _take_down(doing)
