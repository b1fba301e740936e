"""What the administrator may do with background work: try a failed job once more."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from gongkai.platform.journal import record
from gongkai.platform.journal.models import PLATFORM_CHAIN
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.errors import NotFound, NotNow
from gongkai.platform.organs.roles import RoleKind

from .queries import must_administer


def retry(actor: Actor, number: int, at: datetime) -> None:
    """Put a failed job back into the queue."""
    must_administer(actor)
    with transaction.atomic():
        job = ProcrastinateJob.objects.select_for_update().filter(pk=number).first()
        if job is None:
            raise NotFound
        if job.status != "failed":
            raise NotNow("只有失败的任务可以重试；这项任务可能刚被别人重试过。", "Only failed jobs can be retried; somebody may just have done so.")
        app.job_manager.retry_job_by_id(number, at)
        record(actor.by(RoleKind.ADMINISTRATOR), "queue.retry", f"queue.job:{number}", chain=PLATFORM_CHAIN, at=at, changes={"task": job.task_name})
