"""What the case desk looks after by itself: every minute what is cheap (SWEEPS), every night what is cleared away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.core.management import call_command

from . import limits, sending
from .actions import doorkeeping, unfiled
from .models import Batch, Filed

FORMS_KEPT = timedelta(days=30)
BATCHES_KEPT = timedelta(days=7)
SWEEPS: Mapping[str, Callable[[datetime], int]] = {"limits": limits.sweep, "links": doorkeeping.sweep, "notices": sending.resume}


def clear(now: datetime) -> int:
    """Every night: drafts of the public form, numbers of posted forms, registers that nobody confirmed, sessions that are over."""
    cleared = unfiled.sweep(now)
    cleared += Filed.objects.filter(at__lt=now - FORMS_KEPT).delete()[0]
    cleared += Batch.objects.filter(state="open", at__lt=now - BATCHES_KEPT).update(state="dropped", rows=None, done_at=now)
    call_command("clearsessions")
    return cleared
