"""The jobs of the case desk. Each can be done again without harm; arguments are ids."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from procrastinate import RetryStrategy

from gongkai.platform.queue.declaring import task

from . import sending
from .notices import QUEUE, SEND
from .sending import ATTEMPTS, Unsent

_RETRY = RetryStrategy(max_attempts=ATTEMPTS, exponential_wait=4, retry_exceptions={Unsent})


@task(_("发送一则通知"), name=SEND, queue=QUEUE, retry=_RETRY)
def send_notice(notice_id: int) -> bool:
    """Send one message; nothing where it was sent already."""
    return sending.send(notice_id, timezone.now())


@task(_("清理一次性链接的通知"), cron="27 3 * * *", name="cases.forget_notices", queue=QUEUE, queueing_lock="cases.forget_notices", pass_context=False)
def forget_notices(timestamp: int) -> int:
    """Every night: rows of one-time links sent long ago."""
    return sending.forget(timezone.now())
