"""A failure as it may be kept and shown: the kind of error and where in our code, without its words."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

PACKAGE = "/gongkai/platform/"


def kind(error: BaseException) -> str:
    """`IntegrityError · catalogue/publishing.py:42`"""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if PACKAGE in frame.filename]
    name = type(error).__name__
    if not frames:
        return name
    last = frames[-1]
    return f"{name} · {last.filename.partition(PACKAGE)[2]}:{last.lineno}"[:200]


def note_failures(call_next: Callable[[], Any], context: Any, worker: Any) -> Any:
    """Around every task: what fails is noted in a transaction of its own, after the task's has been rolled back."""
    try:
        return call_next()
    except Exception as error:
        from .models import Failure

        job = context.job
        Failure.objects.create(job=job.id, task=job.task_name, attempt=job.attempts + 1, at=datetime.now(UTC), error=kind(error))
        raise
