"""The jobs of the case desk. Each can be done again without harm; arguments are ids, or sealed."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from procrastinate import RetryStrategy

from gongkai.platform.queue.declaring import task

from . import sending, sweeping
from .actions import doorkeeping, recomputing, remedy_terms, reminding
from .notices import QUEUE, SEND
from .sending import ATTEMPTS, Unsent

_RETRY = RetryStrategy(max_attempts=ATTEMPTS, exponential_wait=4, retry_exceptions={Unsent})


@task(_("发送一则通知"), name=SEND, queue=QUEUE, retry=_RETRY)
def send_notice(notice_id: int) -> bool:
    """Send one message; nothing where it was sent already."""
    return sending.send(notice_id, timezone.now())


@task(_("发送查询申请的链接"), name=doorkeeping.MAIL_LINK, queue=QUEUE)
def mail_link(asked: str) -> None:
    """A link for whoever has lost the query code, where a request names the address that they typed."""
    doorkeeping.send_link(doorkeeping.asked(asked), at=timezone.now())


@task(_("清理一次性链接的通知"), cron="27 19 * * *", name="cases.forget_notices", queue=QUEUE, queueing_lock="cases.forget_notices", pass_context=False)
def forget_notices(timestamp: int) -> int:
    """Every night (03:27 at Beijing; the queue counts by UTC): rows of one-time links sent long ago."""
    return sending.forget(timezone.now())


@task(_("期限催办"), cron="7 23,1,4 * * *", name="cases.remind", queue=QUEUE, queueing_lock="cases.remind", lock="cases.remind", pass_context=False)
def remind(timestamp: int) -> int:
    """In the morning (07:07, and again for a worker that was down then: 09:07, 12:07 at Beijing): remind of the terms, each once."""
    now = timezone.now()
    return reminding.remind(now) + remedy_terms.remind(now)


@task(_("按新的放假通知重新计算期限"), cron="* * * * *", name="cases.recompute", queue=QUEUE, queueing_lock="cases.recompute", lock="cases.recompute", pass_context=False)
def recompute(timestamp: int) -> int:
    """Every minute: count again what was counted by another calendar."""
    return recomputing.recompute(timezone.now())


@task(_("清理草稿、旧表单和会话"), cron="37 19 * * *", name="cases.clear", queue=QUEUE, queueing_lock="cases.clear", pass_context=False)
def clear(timestamp: int) -> int:
    """Every night: what was not filed, and what is over."""
    return sweeping.clear(timezone.now())
