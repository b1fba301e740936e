"""The queue's own tasks: the minute's sweep, the revival of stalled jobs, the clearing of old receipts."""

from __future__ import annotations

from datetime import UTC, datetime

from django.utils.translation import gettext_lazy as _

from .declaring import task
from .reviving import forget as forget_old
from .reviving import revive as revive_stalled
from .sweeping import sweep as sweep_all

KEPT_DAYS = 30


@task(_("定时巡检"), cron="* * * * *", retry=None, queueing_lock="sweep", lock="sweep")
def sweep(timestamp: int) -> None:
    """The moment is now, not the tick's: a late sweep does what is due by now."""
    sweep_all(datetime.now(UTC))


@task(_("恢复中断的任务"), cron="* * * * *", retry=None, queueing_lock="revive", lock="revive")
def revive(timestamp: int) -> None:
    revive_stalled(datetime.now(UTC))


@task(_("清理旧的任务记录"), cron="40 19 * * *", retry=None, queueing_lock="forget", lock="forget")
def forget(timestamp: int) -> None:
    """Every night: 03:40 at Beijing; the queue counts by UTC."""
    forget_old(KEPT_DAYS)
