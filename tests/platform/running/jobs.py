"""Tasks for the tests of the queue: one that counts, one that is slow, one that fails, one that is killed in mid-job."""

from __future__ import annotations

import time
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from gongkai.platform.queue import task
from gongkai.platform.queue.models import Sweep


def _once(key: str) -> None:
    """The effect of the tests' jobs, as a task should be written: asks first whether it is done. `did` says how often it was."""
    with transaction.atomic():
        row, _ = Sweep.objects.select_for_update().get_or_create(name=key, defaults={"at": timezone.now()})
        if row.succeeded_at is None:
            row.did, row.succeeded_at = row.did + 1, timezone.now()
            row.save()


@task("计数的任务")
def count(key: str) -> None:
    _once(key)


@task("转手的任务")
def hand_on(key: str, fail: bool) -> None:
    with transaction.atomic():
        count.defer(key=key)
        if fail:
            raise ValueError


@task("慢的任务")
def slow(key: str, sign: str) -> None:
    Path(sign).touch()
    time.sleep(2)
    _once(key)


@task("会失败的任务")
def failing(secret: str) -> None:
    raise ValueError("身份证 " + secret)


@task("中途被杀的任务")
def killed_once(key: str, moment: str, sign: str) -> None:
    again = Path(sign).exists()
    if moment == "before" and not again:
        Path(sign).touch()
        time.sleep(60)
    _once(key)
    if moment == "after" and not again:
        Path(sign).touch()
        time.sleep(60)
