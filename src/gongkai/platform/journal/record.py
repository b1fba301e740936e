"""The one door through which the journal is written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction

if TYPE_CHECKING:
    from .models import Entry

START = "0" * 64
_LOCKS = 0x676B  # 与别处的咨询锁不相混


@dataclass(frozen=True, slots=True)
class By:
    """Who acts, in which role; the machine itself has no person."""

    person: int | None
    name: str
    role: str


MACHINE = By(None, "系统", "system")


def record(
    by: By, verb: str, subject: str, *, chain: int, at: datetime, changes: Mapping[str, object] | None = None, reason: str = ""
) -> Entry:
    """Append one entry to a chain, inside the transaction of the action that it tells of.

    Locks the chain until the transaction ends, so call it last; other organs' chains go on. Raises outside a transaction.
    """
    from .models import Entry, Head

    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("journal.record belongs into the action's own transaction")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashint8(%s))", [_LOCKS, chain])
    head = Head.objects.filter(chain=chain).first()
    entry = Entry(
        chain=chain, number=head.number + 1 if head else 1, at=at, person=by.person, name=by.name, role=by.role,
        verb=verb, subject=subject, changes=dict(changes or {}), reason=reason, previous=head.digest if head else START,
    )  # fmt: skip
    entry.digest = digest(entry)
    entry.save(force_insert=True)
    return entry


def digest(entry: Entry) -> str:
    """SHA-256 over the entry's canonical form, the previous digest included."""
    told = {
        "chain": entry.chain, "number": entry.number, "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "person": entry.person, "name": entry.name, "role": entry.role, "verb": entry.verb, "subject": entry.subject,
        "changes": entry.changes, "reason": entry.reason, "previous": entry.previous,
    }  # fmt: skip
    line = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(line.encode()).hexdigest()
