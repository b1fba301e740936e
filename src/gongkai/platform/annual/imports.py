"""Uploads of figures as their pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gongkai.platform.annual.actions import importing
from gongkai.platform.annual.actions.plans import Plan
from gongkai.platform.annual.errors import NotFound
from gongkai.platform.annual.models import FigureBatch
from gongkai.platform.organs.acting import Actor

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Upload:
    """An upload in a list."""

    id: int
    name: str
    at: datetime
    state: str
    by: str


@dataclass(frozen=True, slots=True)
class Preview:
    """An upload with what it would enter; without a plan once it is done or dropped."""

    id: int
    organ: int
    name: str
    state: str
    year: int | None
    mapping: dict[str, str]
    plan: Plan | None


def preview(actor: Actor, batch_id: int, *, at: datetime) -> Preview:
    batch = FigureBatch.objects.filter(pk=batch_id).first()
    if batch is None:
        raise NotFound
    importing.may_import(actor, batch.organ_id)
    still = batch.state == "open"
    year = importing.year_of(batch) if still else None
    return Preview(batch.pk, batch.organ_id, batch.name, batch.state, year, importing.mapping_of(batch), importing.plan_of(batch, at) if still else None)


def uploads(actor: Actor, organ_id: int) -> tuple[Upload, ...]:
    """The latest, newest first."""
    importing.may_import(actor, organ_id)
    rows = FigureBatch.objects.filter(organ=organ_id).order_by("-at", "-pk")[:SHOWN]
    return tuple(Upload(*row) for row in rows.values_list("pk", "name", "at", "state", "by__name"))
