"""The form of an entry that is hashed: the same before it is stored and after it is read back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Protocol

START = "0" * 64


class Told(Protocol):
    """What an entry says, whichever way it was read."""

    chain: int
    number: int
    at: datetime
    person: int | None
    name: str
    role: str
    verb: str
    subject: str
    changes: object
    reason: str
    previous: str


def plain(words: str) -> str:
    """Text as PostgreSQL gives it back: without NUL and without halves of surrogate pairs."""
    return words.replace("\x00", "").encode("utf-8", "replace").decode()


def settled(value: object) -> object:
    """A value as JSON keeps it without loss. Numbers other than whole ones are told as text, since databases round them."""
    match value:
        case None | bool():
            return value
        case int():
            return int(value)
        case str():
            return plain(str.__str__(value))
        case datetime():
            return value.isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case float() | Decimal():
            return str(value)
        case Mapping():
            return {plain(str(key)): settled(each) for key, each in value.items()}
        case list() | tuple():
            return [settled(each) for each in value]
        case set() | frozenset():
            return sorted((settled(each) for each in value), key=str)
    raise TypeError(f"the journal keeps plain values, not {type(value).__qualname__}: {value!r}")


def digest(entry: Told) -> str:
    """SHA-256 over the entry's canonical form, the previous digest included."""
    told = {
        "chain": entry.chain, "number": entry.number, "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "person": entry.person, "name": entry.name, "role": entry.role, "verb": entry.verb, "subject": entry.subject,
        "changes": entry.changes, "reason": entry.reason, "previous": entry.previous,
    }  # fmt: skip
    line = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(line.encode()).hexdigest()
