"""Uploaded registers: what a preview says of each line, what was imported, and that the journal's entry still fits its events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gongkai.law import outcomes, replies
from gongkai.platform.cases import sealing, sheets, states
from gongkai.platform.cases.choices import STATES, State
from gongkai.platform.cases.errors import NotFound
from gongkai.platform.cases.models import Batch, Event
from gongkai.platform.cases.registers import ROWS, digest_of
from gongkai.platform.organs.acting import Actor


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    """What would become of one line, or why it cannot be entered."""

    row: int
    number: str
    applicant: str  # 掩去一部分
    state: tuple[str, str]
    due: date | None
    ended: date | None
    result: str
    errors: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Preview:
    """An upload as it stands."""

    id: int
    organ: int
    name: str
    state: str  # open、done、dropped
    at: datetime
    done_at: datetime | None
    summary: Mapping[str, Any]
    lines: tuple[Line, ...] = ()

    @property
    def wrong(self) -> int:
        return int(self.summary.get("wrong", 0))

    @property
    def ready(self) -> bool:
        return self.state == "open" and not self.wrong


def template() -> bytes:
    """The XLSX to fill in."""
    return sheets.template()


def preview(actor: Actor, batch_id: int) -> Preview:
    """An upload with its lines; those that are wrong first, then those with remarks."""
    batch = Batch.objects.filter(pk=batch_id).first()
    if batch is None or not _may(actor, batch.organ_id):
        raise NotFound
    told = sealing.unseal(batch.rows, ROWS)["results"] if batch.rows is not None else []
    lines = sorted((_line(each) for each in told), key=lambda line: (not line.errors, not line.warnings, line.row))
    return _shown(batch, tuple(lines))


def uploads(actor: Actor, organ_id: int, most: int = 20) -> tuple[Preview, ...]:
    """The latest uploads of an organ, without their lines."""
    if not _may(actor, organ_id):
        raise NotFound
    return tuple(_shown(batch) for batch in Batch.objects.filter(organ_id=organ_id).defer("rows").order_by("-at")[:most])


def digest(batch_id: int) -> str:
    """The digest of what was imported, from the events as they are now: equal to the one in the journal's entry while nothing was changed."""
    organ = Batch.objects.filter(pk=batch_id).values("organ_id")
    first = Event.objects.filter(request__organ_id__in=organ, request__imported=True, number=1, kind="submitted", facts__batch=batch_id)
    counts = dict(first.values_list("request_id", "facts__events"))
    events = Event.objects.filter(request_id__in=counts).values_list("request_id", "number", "digest")
    return digest_of(each for each in events if each[1] <= counts[each[0]])


def _may(actor: Actor, organ_id: int) -> bool:
    return bool(states.BY_KEY["import"].roles & actor.kinds(organ_id))


def _shown(batch: Batch, lines: tuple[Line, ...] = ()) -> Preview:
    return Preview(batch.pk, batch.organ_id, batch.name, batch.state, batch.at, batch.done_at, batch.summary, lines)


def _line(told: Mapping[str, Any]) -> Line:
    reply, outcome = replies.BY_KEY.get(told.get("reply") or ""), outcomes.BY_KEY.get(told.get("outcome") or "")
    return Line(
        told["row"], told["number"], told["applicant"], STATES[State(told["state"])] if told.get("state") else ("", ""), _day(told.get("due")),
        _day(told.get("ended")), reply.label if reply else outcome.label if outcome else "", tuple(told["errors"]), tuple(told["warnings"]),
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
