"""Import a table of figures: read, look over cell by cell, then all of it or nothing. How columns were mapped is remembered for the organ."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongkai.platform.annual import sheets
from gongkai.platform.annual.actions import entering
from gongkai.platform.annual.actions.plans import SKIPPED, Plan, planned
from gongkai.platform.annual.errors import Invalid, NotAllowed, NotFound, NotNow
from gongkai.platform.annual.ledger import Entered, held
from gongkai.platform.annual.models import FigureBatch, FigureEntry
from gongkai.platform.annual.queries.figures import entered
from gongkai.platform.annual.sheets import Row
from gongkai.platform.annual.states import ENTERING
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.calendars import local, local_day


def preview(actor: Actor, organ_id: int, year: int, name: str, data: bytes, *, at: datetime) -> FigureBatch:
    """Read a table and keep its lines; nothing is entered yet. A file that was imported already is refused."""
    may_import(actor, organ_id)
    if not entering.FIRST_YEAR <= year <= local_day(at).year:
        raise NotFound
    digest, person = hashlib.sha256(data).hexdigest(), actor.person or 0
    done = FigureBatch.objects.filter(organ=organ_id, digest=digest, state="done").order_by("-done_at").first()
    if done is not None and done.done_at is not None:
        when = local(done.done_at)
        raise NotNow(f"这个文件已于 {when:%Y-%m-%d %H:%M} 导入，不能再导入一次。", "This file was imported already.")
    table = sheets.read(name, data)
    remembered = remembered_mapping(organ_id)
    mapping = {each: sheets.guessed(each) or remembered.get(each, "") for each in table.headings}
    kept: dict[str, Any] = {"name": _safe(name), "mapping": mapping, "rows": {"year": year, "order": table.headings, "lines": [asdict(row) for row in table.rows]}, "at": at}
    with transaction.atomic():
        open_one = FigureBatch.objects.select_for_update().filter(organ=organ_id, digest=digest, state="open", by_id=person).first()
        if open_one is None:
            return FigureBatch.objects.create(organ_id=organ_id, digest=digest, by_id=person, **kept)
        FigureBatch.objects.filter(pk=open_one.pk).update(**kept)
    return FigureBatch.objects.get(pk=open_one.pk)


def assign(actor: Actor, batch_id: int, mapping: Mapping[str, str], *, at: datetime) -> FigureBatch:
    """Say which indicator each column is; SKIPPED leaves it out. Columns not named stay as they are."""
    with transaction.atomic():
        batch = _open(actor, batch_id)
        able = {".".join(place) for place in sheets.every_place()} | {SKIPPED, ""}
        if any(place not in able for place in mapping.values()):
            raise Invalid({"mapping": _("请从列出的指标中选择。")})
        batch.mapping = {name: mapping.get(name, place) for name, place in batch.mapping.items()}
        batch.save(update_fields=["mapping"])
    return batch


def confirm(actor: Actor, batch_id: int, *, reason: str = "", at: datetime) -> int:
    """Enter every cell in one transaction; refused while anything is wrong. Everything is checked anew: meanwhile others may have entered."""
    with transaction.atomic():
        batch = _open(actor, batch_id)
        plan = plan_of(batch, at)
        if plan.unmapped:
            raise Invalid({"file": _("还有 %(n)s 列没有说明是什么指标，什么也没有写入。") % {"n": len(plan.unmapped)}})
        if plan.wrong:
            raise Invalid({"file": _("有 %(n)s 处不能导入，什么也没有写入。请按说明改好表格，重新上传。") % {"n": len(plan.wrong)}})
        if plan.unexplained and not reason.strip():
            raise Invalid({"reason": _("有 %(n)s 个数与已登记的不同，请写明更正的理由。") % {"n": len(plan.changed)}})
        if len(reason) > 400:
            raise Invalid({"reason": _("依据、理由不超过 400 个字。")})
        told = [replace(each.told, reason=each.told.reason or reason) if each.what == "changed" else each.told for each in plan.cells]
        made: list[FigureEntry] = entering.enter(actor, batch.organ_id, year_of(batch), told, at=at, batch=batch)
        if not made:
            raise Invalid({"file": _("表中的数都已登记，没有可写入的。")})
        batch.rows, batch.state, batch.done_at = [], "done", at
        batch.save(update_fields=["rows", "state", "done_at"])
    return len(made)


def drop(actor: Actor, batch_id: int, *, at: datetime) -> None:
    """Forget an upload that was not entered."""
    with transaction.atomic():
        batch = _open(actor, batch_id)
        FigureBatch.objects.filter(pk=batch.pk).update(rows=[], state="dropped", done_at=at)


def may_import(actor: Actor, organ_id: int) -> None:
    if not (kinds := actor.kinds(organ_id)):
        raise NotFound
    if not kinds & ENTERING or actor.person is None:
        raise NotAllowed("登记数据需要本机关的角色：" + "、".join(role.label for role in sorted(ENTERING)) + "。", "Your roles do not let you enter figures.")


def plan_of(batch: FigureBatch, at: datetime) -> Plan:
    """The batch as it would be entered now."""
    year = year_of(batch)
    holding: dict[tuple[str, str, int], Entered] = {(each.indicator, each.channel, each.month): each for each in held(entered(batch.organ_id, year))}
    order = batch.rows["order"]  # 数据库不保存键的先后
    lines = [Row(**line | {"formulas": tuple(line["formulas"]), "cells": {name: line["cells"][name] for name in order}}) for line in batch.rows["lines"]]
    return planned(lines, mapping_of(batch), year, holding, at)


def mapping_of(batch: FigureBatch) -> dict[str, str]:
    """Its columns as they stand in the table."""
    order = batch.rows["order"] if batch.rows else sorted(batch.mapping)
    return {name: batch.mapping[name] for name in order}


def year_of(batch: FigureBatch) -> int:
    return int(batch.rows["year"])


def remembered_mapping(organ_id: int) -> dict[str, str]:
    """How the organ's last import that was entered mapped its columns."""
    found: dict[str, str] | None = FigureBatch.objects.filter(organ=organ_id, state="done").order_by("-done_at", "-pk").values_list("mapping", flat=True).first()
    return found or {}


def _open(actor: Actor, batch_id: int) -> FigureBatch:
    batch = FigureBatch.objects.select_for_update().filter(pk=batch_id).first()
    if batch is None:
        raise NotFound
    may_import(actor, batch.organ_id)
    if batch.state != "open":
        raise NotNow("这次上传已经导入或者弃用，请重新上传。", "This upload was imported or dropped; upload it again.")
    return batch


def _safe(name: str) -> str:
    return "".join(sign for sign in re.split(r"[/\\]", name)[-1] if sign.isprintable())[:200]
