"""What is taken out of the case desk by officers: lists, and the bundle of a case. Written into the journal, never what was in it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.platform import journal
from gongkai.platform.cases.errors import NotFound
from gongkai.platform.cases.recording import check_moment, seen_by
from gongkai.platform.cases.states import READING
from gongkai.platform.organs.acting import Actor

LIST, BUNDLE = "cases.export_list", "cases.export_bundle"


def list_exported(actor: Actor, organ_id: int, *, rows: int, form: str, at: datetime) -> None:
    """A list was taken out: how many rows, as what."""
    check_moment(at)
    held = sorted(READING & actor.kinds(organ_id))
    if not held:
        raise NotFound
    with transaction.atomic():
        journal.record(actor.by(held[0]), LIST, f"organs.organ:{organ_id}", chain=organ_id, at=at, changes={"rows": rows, "form": form})


def bundle_exported(actor: Actor, request_id: int, *, files: int, size: int, digest: str, at: datetime) -> None:
    """The bundle of a case was taken out: how many files, how large, and its digest."""
    check_moment(at)
    with transaction.atomic():
        request = seen_by(actor, request_id)
        held = sorted(READING & actor.kinds(request.organ_id))
        changes: dict[str, object] = {"files": files, "size": size, "sha256": digest}
        journal.record(actor.by(held[0]), BUNDLE, f"cases.request:{request.pk}", chain=request.organ_id, at=at, changes=changes)
