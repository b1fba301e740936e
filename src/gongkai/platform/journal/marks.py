"""Marks: entries of the platform's own chain that say something of the whole installation."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from django.db.utils import Error


@dataclass(frozen=True, slots=True)
class Mark:
    """Where such an entry stands."""

    verb: str
    subject: str
    chain: int = 0


DEMONSTRATION = Mark("demo.build", "platform:demonstration")


def demonstration() -> dict[str, object] | None:
    """What the demo told when it was built; None where this is no demonstration. Pages show “演示数据” by it."""
    from .models import Entry

    found = Entry.objects.filter(subject=DEMONSTRATION.subject, verb=DEMONSTRATION.verb, chain=DEMONSTRATION.chain).values_list("changes", flat=True).first()
    return dict(found) if found is not None else None


_shown: list[bool] = []


def look() -> None:
    """Asked once, when a web process starts: a database does not become a demonstration, or cease to be one, while it is served."""
    with suppress(Error):
        _shown[:] = [demonstration() is not None]


def is_demonstration() -> bool:
    """What was found when the process started."""
    return bool(_shown and _shown[0])
