"""Messages sent by the worker. A message is marked in the transaction that holds its row: at least once, and never again once it is marked.

Should the machine die between the server's receipt and the mark, it goes out twice, under the same Message-ID or reference.
"""

from __future__ import annotations

import smtplib
from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction

from . import adapters, sealing, writing
from .actions import noticing
from .models import Notice
from .notices import LINK, SEND, TO
from .signing import Unanswered

ATTEMPTS = 9  # 4 秒起，每次四倍：前后约一天
LOST = timedelta(minutes=30)
_WHOLE = Notice.objects.select_related("request", "organ")


class Unsent(Exception):
    """Not sent this time; the job is tried again. Names the kind of failure, never an address."""


class Undeliverable(Exception):
    """Not sent, and trying again does not help."""


class _Failed(Exception):
    def __init__(self, kind: str, final: bool = False) -> None:
        super().__init__(kind)
        self.kind = kind[:100]
        self.final = final


def send(notice_id: int, at: datetime) -> bool:
    """Send one message, unless it is sent. Raises Unsent to be called again, Undeliverable when it gave up."""
    with transaction.atomic():
        notice = _WHOLE.select_for_update(of=("self",)).filter(pk=notice_id).first()
        if notice is None or notice.state not in ("waiting", "failed") or notice.to is None:
            return False
        failed = _try(notice)
        _mark(notice, failed, at)
    if failed is None:
        return True
    raise Undeliverable(failed.kind) if notice.state == "failed" else Unsent(failed.kind)


def _try(notice: Notice) -> _Failed | None:
    if noticing.wiped(notice):
        return _Failed("LinkWiped", final=True)
    link = str(sealing.unseal(notice.link, LINK)) if notice.link else ""
    to = str(sealing.unseal(notice.to or b"", TO))
    try:
        _mail(notice, to, link) if notice.channel == "email" else _text(notice, to, link)
    except _Failed as failed:
        return failed
    return None


def _mark(notice: Notice, failed: _Failed | None, at: datetime) -> None:
    notice.attempts += 1
    if failed is None:
        notice.state, notice.sent_at, notice.failed, notice.link = "sent", at, "", None
    else:
        gave_up = failed.final or notice.attempts >= ATTEMPTS
        already = notice.state == "failed"
        notice.failed, notice.state = failed.kind, "failed" if gave_up else "waiting"
        if gave_up:
            notice.link = None
        if gave_up and not already:
            noticing.gave_up(notice, at)
    notice.save(update_fields=["attempts", "state", "sent_at", "failed", "link"])


def _mail(notice: Notice, to: str, link: str) -> None:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    told = sealing.secret_hash("cases.notice.message", str(notice.pk))[:24]  # 重发时相同，收件方据以去重
    headers = {"Message-ID": f"<notice.{told}@{domain}>", "Auto-Submitted": "auto-generated"}
    message = EmailMessage(writing.subject(notice), writing.letter(notice, link), to=[to], headers=headers)
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as refused:
        code = next(iter(refused.recipients.values()))[0]
        raise _Failed(f"SMTPRecipientsRefused {code}", final=code >= 500) from None
    except smtplib.SMTPDataError as refused:
        raise _Failed(f"SMTPDataError {refused.smtp_code}", final=refused.smtp_code >= 500) from None
    except (smtplib.SMTPException, OSError) as failed:
        raise _Failed(type(failed).__name__) from None


def _text(notice: Notice, to: str, link: str) -> None:
    try:
        adapters.sms().send(f"notice-{notice.pk}", to, writing.sms(notice, link))
    except Unanswered as failed:
        raise _Failed(failed.kind, failed.final) from None
    except OSError as failed:
        raise _Failed(type(failed).__name__) from None


def resume(now: datetime) -> int:
    """Messages that wait without a job (it was lost, or the administrator removed it): queued again. How many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM cases_notice notice WHERE state = 'waiting' AND at < %s AND NOT EXISTS (SELECT FROM procrastinate_jobs job"
            " WHERE job.task_name = %s AND job.status IN ('todo', 'doing') AND job.args->>'notice_id' = notice.id::text) ORDER BY id LIMIT 200",
            [now - LOST, SEND],
        )
        lost = [row[0] for row in cursor.fetchall()]
    for notice_id in lost:
        noticing.defer(notice_id)
    return len(lost)


def forget(now: datetime, days: int = 30) -> int:
    """One-time links to somebody's requests, which belong to no case: their rows go after a while."""
    return Notice.objects.filter(request=None, remedy=None, person=None, at__lt=now - timedelta(days=days)).delete()[0]
