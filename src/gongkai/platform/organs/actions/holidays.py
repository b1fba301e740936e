"""放假通知 entered on this installation: read from a table, looked at, confirmed whole; withdrawn whole, with a reason.

What it moves is not decided here: whoever counts by a calendar asks organs.calendars, and counts again.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongkai.law.calendar import Calendar
from gongkai.law.errors import NotUnderstood
from gongkai.law.notices import NATIONAL, Entry, Kind, parse
from gongkai.platform.journal import record
from gongkai.platform.journal.models import PLATFORM_CHAIN
from gongkai.platform.organs import calendars
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.errors import Invalid, NotAllowed, NotFound, NotNow
from gongkai.platform.organs.models import Batch, Holiday

from .importing import KEPT, drop_import
from .permission import administering, hold

HOLIDAYS = 3  # 咨询锁：一次只录入一份
KIND = "holidays"
BYTES, DAYS = 100_000, 400
FIRST, LAST = 2008, 2100  # 现行放假办法以来
_NAME = re.compile(r"cn(-[a-z0-9]+)*")
_LONGEST = {"name": 60, "calendar": 40, "notice": 200}

drop_notice = drop_import


@dataclass(frozen=True, slots=True)
class DayChange:
    """What a notice says of one day, and what this installation holds of it now."""

    entry: Entry
    was: str  # holiday、workday（调休上班）、weekend、weekday
    was_name: str
    changes: bool  # 工作日与否因此改变


@dataclass(frozen=True, slots=True)
class Preview:
    """A notice that is not confirmed yet, day by day; the years that it makes known, and those that it leaves provisional."""

    days: tuple[DayChange, ...]
    known: tuple[int, ...]
    provisional: tuple[int, ...]


def prepare_notice(actor: Actor, name: str, data: bytes, *, calendar: str = NATIONAL, source: str = "", at: datetime) -> Batch:
    """Take in a notice (CSV: date,kind,name; also calendar, notice). Nothing holds yet; Invalid tells every line that is wrong."""
    administering(actor)
    if actor.person is None:
        raise NotAllowed("放假通知须由系统管理员本人录入。", "Holiday notices are entered by a person.")
    if not _NAME.fullmatch(calendar) or len(calendar) > _LONGEST["calendar"]:
        raise Invalid({"calendar": _("日历的代号应形如 cn 或者 cn-xinjiang。")})
    entries = _read(data, calendar)
    told = [_sourced(entry, source.strip()) for entry in entries]
    with transaction.atomic():
        Batch.objects.filter(kind=KIND, state="open", at__lt=at - KEPT).update(state="dropped", rows=[])
        return Batch.objects.create(
            kind=KIND, name=name[-200:], digest=hashlib.sha256(data).hexdigest(), by_id=actor.person, at=at,
            rows=[[each.calendar, each.on.isoformat(), each.kind.value, each.name, each.notice] for each in told],
        )  # fmt: skip


def preview_notice(actor: Actor, batch_id: int) -> Preview:
    """What confirming would change."""
    administering(actor)
    entries = _entries(_mine(actor, batch_id))
    before = {each.calendar: calendars.exact(each.calendar) for each in entries}
    after = {name: held.with_entries(entries) for name, held in before.items()}
    years = sorted({(each.calendar, each.on.year) for each in entries if each.calendar == NATIONAL})
    known = tuple(year for name, year in years if before[name].provisional(year) and not after[name].provisional(year))
    still = tuple(year for name, year in years if after[name].provisional(year))
    return Preview(tuple(_changed(each, before[each.calendar], after[each.calendar]) for each in entries), known, still)


def confirm_notice(actor: Actor, batch_id: int, *, at: datetime) -> Batch:
    """Let a notice hold from now on; a second confirmation finds that it is done."""
    by = administering(actor)
    with transaction.atomic():
        hold(HOLIDAYS)
        batch = Batch.objects.select_for_update().get(pk=_mine(actor, batch_id).pk)
        if batch.state != "open":
            raise NotNow("这份通知已经处理过了，没有再做一次。", "This notice was dealt with already; nothing was done again.")
        entries = _entries(batch)
        Holiday.objects.bulk_create(
            Holiday(batch=batch, calendar=each.calendar, on=each.on, kind=each.kind.value, name=each.name, source=each.notice, by_id=actor.person, at=at)
            for each in entries
        )
        names, sources = sorted({each.calendar for each in entries}), sorted({each.notice for each in entries})
        batch.state, batch.done_at, batch.rows = "done", at, []
        batch.summary = {"rows": len(entries), "calendars": names, "source": "、".join(sources), "first": _first(entries), "last": _last(entries)}
        batch.save()
        changes = {"calendars": names, "source": sources, "days": len(entries), "digest": batch.digest}
        record(by, "organs.enter_holidays", f"organs.batch:{batch.pk}", chain=PLATFORM_CHAIN, at=at, changes=changes)
    return batch


def withdraw_notice(actor: Actor, batch_id: int, *, reason: str, at: datetime) -> Batch:
    """Take a notice back that was entered by mistake: its days hold no longer, and stay in the record."""
    by = administering(actor)
    if not (words := reason.strip()):
        raise Invalid({"reason": _("请写明理由。")})
    with transaction.atomic():
        hold(HOLIDAYS)
        batch = Batch.objects.select_for_update().filter(pk=batch_id, kind=KIND, state="done").first()
        if batch is None:
            raise NotFound("没有这份放假通知。", "There is no such notice.")
        days = Holiday.objects.filter(batch=batch, withdrawn_at__isnull=True).update(withdrawn_at=at)
        if not days:
            raise NotNow("这份通知已经撤回。", "This notice was withdrawn already.")
        changes = {"days": days, "source": batch.summary.get("source", ""), "digest": batch.digest}
        record(by, "organs.withdraw_holidays", f"organs.batch:{batch.pk}", chain=PLATFORM_CHAIN, at=at, changes=changes, reason=words[:400])
    return batch


def _read(data: bytes, calendar: str) -> tuple[Entry, ...]:
    """The days of a table; Invalid with every line that is wrong."""
    if len(data) > BYTES:
        raise Invalid({"file": _("文件不得超过 %(most)s KB。") % {"most": BYTES // 1000}})
    text = _text(data)
    try:
        entries = parse(text, _("文件"), calendar)
    except NotUnderstood as wrong:
        raise Invalid({"file": "\n".join(_lines(text, calendar)) or wrong.zh}) from None
    if not entries:
        raise Invalid({"file": _("文件里没有一天。表头之后每行一天：date,kind,name。")})
    if len(entries) > DAYS:
        raise Invalid({"file": _("一份通知最多 %(most)s 天，文件里有 %(n)s 天。") % {"most": DAYS, "n": len(entries)}})
    if wrong_days := [said for entry in entries for said in _unlikely(entry)]:
        raise Invalid({"file": "\n".join(wrong_days)})
    return entries


def _lines(text: str, calendar: str) -> Iterator[str]:
    """Line by line, so that all mistakes are told at once: each line under the same header, at its own place."""
    lines = text.splitlines()
    head = next((n for n, line in enumerate(lines) if line.strip(" ,\ufeff")), None)
    if head is None:
        return
    for n in range(head + 1, len(lines)):
        try:
            parse("\n" * head + lines[head] + "\n" * (n - head) + lines[n] + "\n", _("文件"), calendar)
        except NotUnderstood as wrong:
            yield wrong.zh


def _unlikely(entry: Entry) -> Iterator[str]:
    """What no notice says."""
    if not FIRST <= entry.on.year <= LAST:
        yield _("%(on)s：年份应在 %(first)s 至 %(last)s 之间。") % {"on": entry.on, "first": FIRST, "last": LAST}
    if not entry.name or any(len(getattr(entry, key)) > most for key, most in _LONGEST.items()):
        yield _("%(on)s：请写明节日名称（如春节），名称、文号不要过长。") % {"on": entry.on}


def _text(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):  # 表格软件另存的 CSV 常为 GB 18030
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Invalid({"file": _("文件不是文本。请用 UTF-8 编码的 CSV。")})


def _sourced(entry: Entry, source: str) -> Entry:
    notice = entry.notice or source
    if not notice or len(notice) > _LONGEST["notice"]:
        raise Invalid({"source": _("请写明通知的文号，例如“国办发明电〔2025〕7号”。")})
    return Entry(entry.on, entry.kind, entry.name, entry.calendar, notice)


def _entries(batch: Batch) -> tuple[Entry, ...]:
    return tuple(Entry(date.fromisoformat(on), Kind(kind), name, calendar, notice) for calendar, on, kind, name, notice in batch.rows)


def _mine(actor: Actor, batch_id: int) -> Batch:
    if (found := Batch.objects.filter(pk=batch_id, kind=KIND, by_id=actor.person).first()) is None:
        raise NotFound("没有这份待确认的通知，或者它是别的管理员的。", "There is no such notice of yours.")
    return found


def _changed(entry: Entry, before: Calendar, after: Calendar) -> DayChange:
    holiday, make_up = before.holiday(entry.on), before.make_up(entry.on)
    was = "holiday" if holiday is not None else "workday" if make_up is not None else "weekend" if entry.on.weekday() >= 5 else "weekday"
    return DayChange(entry, was, holiday or make_up or "", before.is_workday(entry.on) != after.is_workday(entry.on))


def _first(entries: tuple[Entry, ...]) -> str:
    return min(each.on for each in entries).isoformat()


def _last(entries: tuple[Entry, ...]) -> str:
    return max(each.on for each in entries).isoformat()
