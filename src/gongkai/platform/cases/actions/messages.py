"""What an officer does with messages: read one's own, have a failed one sent again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.platform import journal
from gongkai.platform.cases import notices
from gongkai.platform.cases.errors import NotAllowed, NotFound, NotNow
from gongkai.platform.cases.models import Notice
from gongkai.platform.cases.states import HANDLING, READING
from gongkai.platform.organs.acting import Actor

from . import noticing


def read(actor: Actor, notice_id: int, *, at: datetime) -> Notice:
    """One's own message is read; read again, the same."""
    notice = Notice.objects.filter(pk=notice_id, person_id=actor.person, channel="desk").first() if actor.person else None
    if notice is None:
        raise NotFound
    Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=at)
    return notice


def read_all(actor: Actor, *, up_to: int, at: datetime) -> int:
    """All one's own messages up to the newest one that was shown; what came since stays unread."""
    if actor.person is None:
        return 0
    mine = Notice.objects.filter(person_id=actor.person, channel="desk", read_at__isnull=True, pk__lte=up_to)
    return mine.update(read_at=at)


def resend(actor: Actor, notice_id: int, *, at: datetime) -> Notice:
    """Try a message again that was given up, to the same address."""
    with transaction.atomic():
        notice = Notice.objects.select_for_update().filter(pk=notice_id, person__isnull=True).first()
        if notice is None or notice.organ_id is None or not actor.kinds(notice.organ_id) & READING:
            raise NotFound
        role = sorted(actor.kinds(notice.organ_id) & HANDLING)
        if not role:
            raise NotAllowed("重新发送通知需要本机关的角色：依申请公开经办人、政府信息公开工作机构。", "Sending again needs a role in this organ: case_officer, disclosure_office.")
        if notice.state != "failed" or notices.BY_KEY[notice.key].link:
            raise NotNow("只有没有发出的通知可以重新发送；带链接的，请重新生成链接。", "Only a message that was not sent can be sent again; one with a link needs a new link.")
        notice.state, notice.attempts, notice.failed = "waiting", 0, ""
        notice.save(update_fields=["state", "attempts", "failed"])
        noticing.defer(notice.pk)
        journal.record(
            actor.by(role[0]), "cases.resend", _subject(notice), chain=notice.organ_id, at=at, changes={"notice": notice.pk, "key": notice.key}
        )
    return notice


def _subject(notice: Notice) -> str:
    return f"cases.remedy:{notice.remedy_id}" if notice.remedy_id else f"cases.request:{notice.request_id}"
