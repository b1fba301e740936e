"""Reminders of the terms of remedies: at the organ's two marks before a term, and once it is past; each once, as events of the remedy."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from gongkai.platform import journal
from gongkai.platform.cases import clocks, remedying
from gongkai.platform.cases.choices import REMEDIES
from gongkai.platform.cases.models import Remedy
from gongkai.platform.cases.remedying import Term
from gongkai.platform.organs import dated
from gongkai.platform.organs.acting import MACHINE

from . import noticing, remedies

LATE = -1  # 已过
_LONGEST = 60  # 日历日；两次提醒最长十五个工作日


def remind(now: datetime) -> int:
    """Every open term of ours that has come to a mark: told to the officer and the head. How many."""
    today = clocks.local_day(now)
    near = date.fromordinal(today.toordinal() + _LONGEST)
    ids = Remedy.objects.filter(next_on__lte=near).order_by("pk").values_list("pk", flat=True)
    return sum(_remind(pk, today, now) for pk in ids)


def _remind(remedy_id: int, today: date, now: datetime) -> int:
    with transaction.atomic():
        remedy = remedies.lock(MACHINE, remedy_id)
        events = remedies.happened(remedy)
        days = clocks.days_of(remedy.organ)
        standing = remedying.standing_of_remedy(remedy.kind, events, days)
        if changed := remedying.settle(remedy, standing):  # 放假安排变动后，期限随之变动
            remedy.save(update_fields=changed)
        told = {(each.facts["term"], each.facts["by"], each.facts["step"]) for each in events if each.kind == "reminded"}
        doing = remedies.Recording(MACHINE, remedy, None, now, events)
        for term in standing.terms:
            left = days.count(today, term.by) if term.by >= today else LATE
            step = _step(remedy, left, today)
            if term.ours and step is not None and (term.key, term.by.isoformat(), step) not in told:
                doing.happen("reminded", today, {"term": term.key, "by": term.by, "step": step})
                _tell(remedy, term, left, now)
        if doing.new:
            remedies.finish(doing)
            changes = {"events": [f"{each.number} {each.kind} {each.facts['term']} {each.facts['by']}" for each in doing.new]}
            journal.record(journal.MACHINE, "cases.remind_remedy", f"cases.remedy:{remedy.pk}", chain=remedy.organ_id, at=now, changes=changes)
    return len(doing.new)


def _step(remedy: Remedy, left: int, today: date) -> int | None:
    """The mark that a term has come to: working days before it, LATE once it is past; None before the first."""
    if left == LATE:
        return LATE
    marks = sorted(int(dated.value_on(remedy.organ.settings, key, today)) for key in ("first_reminder", "second_reminder"))
    return next((mark for mark in marks if left <= mark), None)


def _tell(remedy: Remedy, term: Term, left: int, now: datetime) -> None:
    words = dict(zip(("zh", "en"), REMEDIES[remedy.kind], strict=True))
    facts: dict[str, object] = {"remedy": remedy.number, "kind": words, "term": {"zh": term.zh, "en": term.en}, "by": term.by}
    if left == LATE:
        noticing.tell(remedy, "remedy_late", to="both", facts=facts, at=now)
    else:
        noticing.tell(remedy, "remedy_due", to="both", facts=facts | {"days": left}, at=now)
