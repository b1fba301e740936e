"""Import a year's register: preview line by line, then all of it or nothing (docs/decisions/cases-intake.md).

One entry of the journal tells of the whole import, with one digest over every event's digest in their order: queries.registers proves it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongkai.law.clock import Settings
from gongkai.platform import journal
from gongkai.platform.cases import clocks, keeping, registers, sealing, serials, sheets, states
from gongkai.platform.cases.errors import Invalid, NotAllowed, NotFound, NotNow
from gongkai.platform.cases.models import Batch, Event, Request
from gongkai.platform.cases.recording import Doing, Pending, check_moment, event_of, settle
from gongkai.platform.cases.registers import Plan
from gongkai.platform.cases.sheets import SheetRow
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.calendars import local
from gongkai.platform.organs.models import Organ
from gongkai.platform.organs.roles import RoleKind

_OURS = re.compile(r"(\d{4})-(\d{4,9})")  # 与登记时编的同一格式：续编时不得再用


def preview(actor: Actor, organ_id: int, name: str, data: bytes, *, at: datetime) -> Batch:
    """Read a register and say row by row what would be entered and what is wrong; nothing is entered yet. Rows are kept sealed."""
    check_moment(at)
    may_import(actor, organ_id)
    organ, person = _organ(organ_id), actor.person or 0
    digest = keeping.fingerprint(data)
    done = Batch.objects.filter(organ=organ, digest=digest, state="done").order_by("-done_at").first()
    if done is not None and done.done_at is not None:
        when = local(done.done_at)
        raise NotNow(f"这个文件已于 {when:%Y-%m-%d %H:%M} 导入，不能再导入一次。", "This file was imported already.")
    rows = sheets.read(name, data)
    plans = plans_of(organ, rows, clocks.local_day(at))
    fields: dict[str, Any] = {"name": _safe(name), "rows": sealed(rows, plans), "at": at, "summary": registers.summary(plans)}
    with transaction.atomic():
        held = Batch.objects.select_for_update().filter(organ=organ, digest=digest, state="open", by_id=person).first()
        if held is None:
            return Batch.objects.create(organ=organ, digest=digest, by_id=person, **fields)
        Batch.objects.filter(pk=held.pk).update(**fields)
    return Batch.objects.get(pk=held.pk)


def confirm_import(actor: Actor, batch_id: int, *, at: datetime) -> Batch:
    """Enter every row, in one transaction; refused while any row is wrong. Everything is checked anew: meanwhile may have been registered."""
    check_moment(at)
    try:
        with transaction.atomic():
            batch = _held(actor, batch_id)
            role = may_import(actor, batch.organ_id)
            plans = plans_of(batch.organ, unsealed(batch), clocks.local_day(at))
            if wrong := sum(bool(plan.errors) for plan in plans):
                raise Invalid({"file": _("有 %(n)s 行不能导入，什么也没有写入。请按说明改好表格，重新上传。") % {"n": wrong}})
            _keep_numbers(batch.organ_id, plans)
            written = _write(actor, role, batch, plans, at)
            batch.rows, batch.state, batch.done_at, batch.summary = None, "done", at, registers.summary(plans)
            batch.save(update_fields=["rows", "state", "done_at", "summary"])
            changes = {"requests": len(plans), "events": len(written), "register": batch.digest, "digest": registers.digest_of((each.request_id, each.number, each.digest) for each in written)}
            journal.record(actor.by(role), "cases.import", f"cases.batch:{batch.pk}", chain=batch.organ_id, at=at, changes=changes)
    except IntegrityError as problem:
        raise Invalid({"file": _("导入期间有人登记了表中的编号，什么也没有写入。请重新上传，看是哪一行。")}) from problem
    return batch


def drop(actor: Actor, batch_id: int, *, at: datetime) -> None:
    """Forget an upload that was not entered."""
    check_moment(at)
    with transaction.atomic():
        batch = _held(actor, batch_id)
        may_import(actor, batch.organ_id)
        Batch.objects.filter(pk=batch.pk).update(rows=None, state="dropped", done_at=at)


def may_import(actor: Actor, organ_id: int) -> RoleKind:
    """The role in which somebody imports; NotAllowed for others."""
    wanted = states.BY_KEY["import"].roles
    held = sorted(wanted & actor.kinds(organ_id))
    if held and actor.person is not None:
        return held[0]
    raise NotAllowed(f"“导入登记簿”需要本机关的角色：{'、'.join(sorted(role.label for role in wanted))}。", "To import a register needs the disclosure office's role.")


def plans_of(organ: Organ, rows: Sequence[SheetRow], today: date) -> list[Plan]:
    """Every line as it would be entered now."""
    taken = frozenset(Request.objects.filter(organ=organ, number__in={registers.number_of(row) for row in rows}).values_list("number", flat=True))

    @cache
    def settings(on: date) -> Settings:
        return clocks.settings_of(organ, on)

    return registers.planned(rows, clocks.days_of(organ), settings, today, taken)


def sealed(rows: Sequence[SheetRow], plans: Sequence[Plan]) -> bytes:
    """The lines, and what was said of each, kept until the import is confirmed or dropped."""
    told = [{"number": row.number, "cells": dict(row.cells), "unread": dict(row.unread)} for row in rows]
    return sealing.seal({"rows": told, "results": [_result(plan) for plan in plans]}, registers.ROWS)


def _result(plan: Plan) -> dict[str, object]:
    now = plan.standing
    told = {"state": now.state.value, "due": now.due_on, "ended": now.ended_on, "outcome": now.outcome, "reply": now.reply} if now else {}
    return {
        "row": plan.row, "number": plan.number, "applicant": plan.applicant.masked, "errors": plan.errors, "warnings": plan.warnings,
        **{key: str(value) if isinstance(value, date) else value for key, value in told.items()},
    }  # fmt: skip


def unsealed(batch: Batch) -> list[SheetRow]:
    if batch.rows is None:
        return []
    return [SheetRow(row["number"], row["cells"], row["unread"]) for row in sealing.unseal(batch.rows, registers.ROWS)["rows"]]


def _organ(organ_id: int) -> Organ:
    organ = Organ.objects.filter(pk=organ_id).first()
    if organ is None:
        raise NotFound
    return organ


def _held(actor: Actor, batch_id: int) -> Batch:
    batch = Batch.objects.select_for_update(of=("self",)).select_related("organ").filter(pk=batch_id).first()
    if batch is None or not states.BY_KEY["import"].roles & actor.kinds(batch.organ_id):
        raise NotFound
    if batch.state != "open":
        raise NotNow("这次上传已经导入或者弃用，请重新上传。", "This upload was imported or dropped; upload it again.")
    return batch


def _keep_numbers(organ_id: int, plans: Iterable[Plan]) -> None:
    """Numbers in our own form: the series of their year goes on after them. Taken in one order, as every lock."""
    last: dict[int, int] = {}
    for plan in plans:
        if found := _OURS.fullmatch(plan.number):
            year, serial = int(found[1]), int(found[2])
            last[year] = max(last.get(year, 0), serial)
    for year in sorted(last):
        serials.at_least(organ_id, "request", year, last[year])


def _write(actor: Actor, role: RoleKind, batch: Batch, plans: Sequence[Plan], at: datetime) -> list[Event]:
    requests = [_request(actor, batch.organ, plan, at) for plan in plans]
    Request.objects.bulk_create(requests, batch_size=200)
    days = clocks.days_of(batch.organ)
    events: list[Event] = []
    for request, plan in zip(requests, plans, strict=True):
        doing = Doing(actor, request, "import", role, at, "", days, [])
        for place, happened in enumerate(plan.happened()):
            told = plan.told[place]
            facts = {**told.facts, "batch": batch.pk, "row": plan.row, "events": len(plan.told)} if place == 0 else told.facts
            pending = Pending(told.kind, told.on, told.law, facts, told.text, None)
            events.append(event_of(doing, replace(happened, facts=facts), pending))
    Event.objects.bulk_create(events, batch_size=500)
    return events


def _request(actor: Actor, organ: Organ, plan: Plan, at: datetime) -> Request:
    assert plan.standing is not None
    request = Request(
        organ=organ, number=plan.number, channel=plan.channel, applicant_kind=plan.applicant_kind, oral=plan.oral, registered_by_id=actor.person,
        registered_at=at, moved_at=at, imported=True, applicant=plan.applicant.sealed(), content=plan.asked.sealed(), marks=plan.asked.marks,
        events_taken=len(plan.told), **plan.applicant.hashes,
    )  # fmt: skip
    settle(request, plan.standing, clocks.days_of(organ))
    return request


def _safe(name: str) -> str:
    return "".join(sign for sign in re.split(r"[/\\]", name)[-1] if sign.isprintable())[:200]
