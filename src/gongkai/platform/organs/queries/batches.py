"""Imports, as their own administrator sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gongkai.platform.organs import sheets
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.errors import NotAllowed, NotFound
from gongkai.platform.organs.models import Batch


@dataclass(frozen=True, slots=True)
class BatchView:
    """An uploaded table and what became of it."""

    id: int
    kind: str
    name: str
    at: datetime
    state: str
    done_at: datetime | None
    with_passwords: bool
    rows: int
    passwords: int


def batch(actor: Actor, batch_id: int) -> BatchView:
    _administering(actor)
    if (found := Batch.objects.filter(pk=batch_id, by_id=actor.person, kind__in=sheets.TABLES).first()) is None:  # 放假通知也在这张表里
        raise NotFound("没有这一批导入，或者它是别的管理员的。", "There is no such import of yours.")
    return _seen(found)


def batches(actor: Actor, kind: str) -> tuple[BatchView, ...]:
    """One's own last imports of a kind."""
    _administering(actor)
    return tuple(_seen(found) for found in Batch.objects.filter(kind=kind, by_id=actor.person).order_by("-at")[:10])


def _administering(actor: Actor) -> None:
    if not actor.administers:
        raise NotAllowed("只有系统管理员可以导入。", "Only an administrator imports.")


def _seen(found: Batch) -> BatchView:
    rows = len(found.rows) or int(found.summary.get("rows", 0))
    return BatchView(found.pk, found.kind, found.name, found.at, found.state, found.done_at, found.with_passwords, rows, int(found.summary.get("passwords", 0)))
