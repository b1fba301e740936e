"""The one door through which the journal is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, cast

from django.db import connection

from .canonical import START, digest, plain, settled

if TYPE_CHECKING:
    from .models import Entry

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
    from .models import Entry

    if at.tzinfo is None:
        raise ValueError("journal.record wants a moment with its time zone")
    hold(chain)
    number, previous = _end(chain)
    entry = Entry(
        chain=chain, number=number + 1, at=at, person=by.person, name=plain(by.name), role=by.role, verb=verb,
        subject=subject, changes=cast("dict[str, object]", settled(changes or {})), reason=plain(reason), previous=previous,
    )  # fmt: skip
    entry.digest = digest(entry)
    entry.save(force_insert=True)
    return entry


def hold(*chains: int) -> None:
    """Lock chains until the transaction ends, always in the same order: for an action that writes into several."""
    if not connection.in_atomic_block:
        raise RuntimeError("journal.record belongs into the action's own transaction")
    with connection.cursor() as cursor:
        for chain in sorted(set(chains)):
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashint8(%s))", [_LOCKS, chain])


def _end(chain: int) -> tuple[int, str]:
    """The last entry's number and digest. Plain SQL: every action in the whole platform asks this."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, digest FROM journal_head WHERE chain = %s", [chain])
        return cursor.fetchone() or (0, START)
