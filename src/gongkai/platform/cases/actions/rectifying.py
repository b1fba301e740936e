"""更正登记: a mistaken record is corrected by a further one, with its reason. Both stay; what cannot have happened, the core refuses.

Who may: the officers, for what they entered; the head of the office, for what a letter did (a reply, a notice served) and for an end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from gongkai.law import events as law_events
from gongkai.law.errors import NotUnderstood
from gongkai.platform.cases import derived, recording, standing, states
from gongkai.platform.cases.choices import UNCOUNTED
from gongkai.platform.cases.errors import Invalid, NotAllowed, NotFound, NotNow
from gongkai.platform.cases.happenings import BY_KEY
from gongkai.platform.cases.models import Consultation, Event, Letter, Request
from gongkai.platform.cases.recording import Doing, act
from gongkai.platform.cases.standing import Happened
from gongkai.platform.organs.acting import Actor

from . import dividing

ENDS = frozenset({law_events.Replied.kind, law_events.Withdrawn.kind, law_events.Closed.kind})
KEPT = ("ref", "to")  # 征求意见的编号、对象不能改：征求别人的，另行登记


def rectify(
    actor: Actor, request_id: int, event_number: int, *, reason: str, cancelled: bool = False, on: date | None = None,
    law: Mapping[str, Any] | None = None, at: datetime, once: str | None = None, seen: int | None = None,
) -> Request:  # fmt: skip
    """Correct the day or the fields of an event, or cancel it. The last correction of an event holds."""

    def work(doing: Doing) -> None:
        target = _target(doing, event_number)
        _allowed(doing, target)
        if cancelled and target.kind == law_events.Submitted.kind:
            raise NotNow("提交申请不能撤销；登记错了的，请更正日期、渠道，申请人不再要的，请登记撤回。", "The submission cannot be cancelled: correct its day or channel, or record a withdrawal.")
        if cancelled:
            facts: dict[str, object] = {"target": target.number, "cancelled": True}
            changed: Mapping[str, Any] = {}
        else:
            when, changed = on or target.on, {**target.law, **(law or {})}
            if (when, changed) == (target.on, dict(target.law)):
                raise Invalid({"": _("没有改动：日期和内容都与登记的相同。")})
            if when > doing.day:
                raise Invalid({"on": _("日期 %(on)s 在今天之后；只登记已经发生的事。") % {"on": when}})
            facts = {"target": target.number, "on": when.isoformat()}
        _understood(target, changed, cancelled)
        doing.happen("rectified", law=dict(changed), facts=facts, text=doing.reason)
        _follow(doing, target, cancelled, on, changed)

    return act(actor, request_id, "rectify", work, at=at, reason=reason, once=once, seen=seen)


def rectifiable(each: Happened) -> bool:
    """Whether a record is of a kind that can be corrected: what the clock knows, and when a letter was delivered."""
    return BY_KEY[each.kind].law or each.kind == "letter_delivered"


def needs_head(each: Happened, of_letter: bool) -> bool:
    """Whether only the head of the office (or who signs) may correct it."""
    return of_letter or each.kind in ENDS


def _target(doing: Doing, number: int) -> Happened:
    """The event as it now holds."""
    if doing.request.state in {state.value for state in UNCOUNTED}:
        raise NotNow("本件已经拆分或者移送，请在办理中的各件上更正。", "This request was split or moved: rectify it where it is handled now.")
    if not any(each.number == number for each in doing.events):
        raise NotFound
    found = next((each for each in standing.effective(doing.events) if each.number == number), None)
    if found is None or not rectifiable(found):
        raise NotNow("这一项已经撤销，或者不是可以更正的登记。", "This record was cancelled already, or is not one that can be corrected.")
    return found


def _allowed(doing: Doing, target: Happened) -> None:
    of_letter = Event.objects.filter(request=doing.request, number=target.number, letter__isnull=False).exists()
    kinds = doing.who.kinds(doing.request.organ_id) if isinstance(doing.who, Actor) else frozenset()
    if needs_head(target, of_letter) and not kinds & (states.HEADING | states.SIGNING):
        zh = "更正文书的送达、答复和办结，须由政府信息公开工作机构负责人进行。"
        raise NotAllowed(zh, "Only the head of the disclosure office corrects what a letter did, or an end.")


def _understood(target: Happened, changed: Mapping[str, Any], cancelled: bool) -> None:
    """The fields must be those of the law's event, and what names the side consulted stays."""
    if cancelled or not BY_KEY[target.kind].law:
        return
    if any(changed.get(key) != target.law.get(key) for key in KEPT):
        raise Invalid({"law": _("征求意见的编号和对象不能更正；请撤销这一项，另行登记。")})
    try:
        standing.law_event(Happened(target.number, target.kind, target.on, changed, target.facts))
    except NotUnderstood as wrong:
        raise Invalid({"law": wrong.zh}) from None


def _follow(doing: Doing, target: Happened, cancelled: bool, on: date | None, changed: Mapping[str, Any]) -> None:
    """What is kept beside the events and says the same."""
    if target.kind == law_events.Submitted.kind and "channel" in changed:
        doing.request.channel = str(changed["channel"])
        doing.changed.add("channel")
    if target.kind == law_events.ConsultationSent.kind and cancelled:
        Consultation.objects.filter(request=doing.request, ref=target.law["ref"]).update(token_hash="", token_until=None)
    letters = dict(Event.objects.filter(request=doing.request, letter__isnull=False).values_list("number", "letter_id"))
    if (letter_id := letters.get(target.number)) is None:
        return
    facts: dict[str, object] = {"cancelled": True} if cancelled else {"on": (on or target.on).isoformat()}
    if BY_KEY[target.kind].law:  # 送达文书与其所生的法律事项是同一件事，一并更正
        for each in standing.effective(doing.events):
            if each.kind == "letter_served" and letters.get(each.number) == letter_id:
                doing.happen("rectified", facts=facts | {"target": each.number})
        _follow_joined(doing, letter_id, facts)
    doing.then.append(lambda: _letter(doing, letter_id))


def _follow_joined(doing: Doing, letter_id: int, facts: dict[str, object]) -> None:
    """The same letter replied to the requests that are joined to this one: their record is corrected with it."""
    of_letter = Event.objects.filter(kind=law_events.Replied.kind, letter_id=letter_id, letter__request=doing.request).exclude(request=doing.request)
    numbers = dict(of_letter.values_list("request_id", "number"))
    dividing.hold(numbers)
    for each in Request.objects.filter(pk__in=numbers).select_related("organ").order_by("pk"):
        events = recording.events_of(each)
        if any(held.number == numbers[each.pk] for held in standing.effective(events)):
            joined = Doing(doing.who, each, doing.act, doing.role, doing.at, doing.reason, doing.days, events)
            joined.happen("rectified", facts=facts | {"target": numbers[each.pk], "leading": doing.request.number}, text=doing.reason)
            recording.finish(joined)


def _letter(doing: Doing, letter_id: int) -> None:
    """The letter's own standing, as it follows now."""
    letter = Letter.objects.get(pk=letter_id)
    if letter.request_id != doing.request.pk:
        return
    numbers = set(Event.objects.filter(request=doing.request, letter=letter).values_list("number", flat=True))
    held = (each for each in standing.effective(recording.events_of(doing.request)) if each.number in numbers)
    stands = derived.letter_standing(held)
    assert stands is not None
    for each in fields(stands):
        setattr(letter, each.name, getattr(stands, each.name))
    letter.save(update_fields=[each.name for each in fields(stands)])
