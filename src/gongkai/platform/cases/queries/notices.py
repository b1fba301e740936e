"""Messages as the desk sees them: an officer's own, and those of a case with what became of them. Never an address in full."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gongkai.platform.cases import sealing, writing
from gongkai.platform.cases.choices import Labels
from gongkai.platform.cases.errors import KeyMissing, NotFound
from gongkai.platform.cases.models import Notice, Remedy, Request
from gongkai.platform.cases.notices import BY_KEY, TO, Audience
from gongkai.platform.cases.recording import seen_by
from gongkai.platform.cases.states import READING
from gongkai.platform.cases.values import masked_number
from gongkai.platform.organs.acting import Actor

PAGE = 50
STATES: Labels = {
    "waiting": ("待发送", "Waiting"),
    "sent": ("已发出", "Sent"),
    "failed": ("没有发出", "Not sent"),
    "desk": ("工作台", "Desk"),
    "none": ("没有可用的联系方式", "No address"),
}
CHANNELS = {"email": _("电子邮件"), "sms": _("短信"), "desk": _("工作台"), "none": _("—")}


@dataclass(frozen=True, slots=True)
class Message:
    """A message to an officer."""

    id: int
    title: str
    text: str
    at: datetime
    read: bool
    address: str
    urgent: bool


@dataclass(frozen=True, slots=True)
class Unread:
    """An officer's unread messages: how many, and the newest."""

    count: int
    newest: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message of a case to somebody outside, and what became of it."""

    id: int
    key: str
    title: str
    to: str  # 申请人、被征求意见方
    channel: object
    where: str  # 掩去大部分的地址
    state: str
    at: datetime
    sent_at: datetime | None
    attempts: int
    failed: str
    can_resend: bool


URGENT = frozenset({"overdue", "remedy_late", "act_anew", "act_anew_apart", "payment_unmatched", "notice_failed", "pressed"})
_WHOLE = Notice.objects.select_related("request", "organ")


def unread(actor: Actor, newest: int = 5) -> Unread:
    """For the desk's home and its navigation. Two statements."""
    if actor.person is None:
        return Unread(0, ())
    mine = Notice.objects.filter(person_id=actor.person, channel="desk", read_at__isnull=True)
    shown = tuple(_message(each) for each in _mine(actor).filter(read_at__isnull=True)[:newest])
    return Unread(mine.count() if len(shown) == newest else len(shown), shown)


def messages(actor: Actor, page: int = 1) -> tuple[tuple[Message, ...], bool]:
    """All of an officer's messages, newest first, and whether there are more."""
    if actor.person is None:
        return (), False
    rows = list(_mine(actor)[(page - 1) * PAGE : page * PAGE + 1])
    return tuple(_message(each) for each in rows[:PAGE]), len(rows) > PAGE


def _mine(actor: Actor) -> QuerySet[Notice]:
    assert actor.person is not None
    return _WHOLE.filter(person_id=actor.person, channel="desk").order_by("-at", "-pk")


def _message(notice: Notice) -> Message:
    words = writing.worded(notice, language())
    return Message(
        notice.pk, words.title, words.text, notice.at, notice.read_at is not None, writing.desk_address(notice), notice.key in URGENT
    )


def language() -> str:
    return "zh" if (get_language() or "zh").startswith("zh") else "en"


def of_case(actor: Actor, request_id: int) -> tuple[Outgoing, ...]:
    """The messages of a case to the applicant and to the sides consulted, newest first. Two statements."""
    request = seen_by(actor, request_id)
    return _outgoing(Notice.objects.filter(request=request))


def of_remedy(actor: Actor, remedy_id: int) -> tuple[Outgoing, ...]:
    remedy = Remedy.objects.filter(pk=remedy_id).first()
    if remedy is None or not actor.kinds(remedy.organ_id) & READING:
        raise NotFound
    return _outgoing(Notice.objects.filter(remedy=remedy))


def _outgoing(chosen: QuerySet[Notice]) -> tuple[Outgoing, ...]:
    rows = chosen.filter(person__isnull=True).select_related("request", "organ").order_by("-at", "-pk")[:200]
    return tuple(_sent(each) for each in rows)


def _sent(notice: Notice) -> Outgoing:
    kind = BY_KEY[notice.key]
    to = _("被征求意见方") if kind.audience is Audience.ASKED else _("申请人")
    return Outgoing(
        notice.pk, notice.key, writing.worded(notice, language()).title, str(to), CHANNELS[notice.channel], masked(notice), notice.state, notice.at,
        notice.sent_at, notice.attempts, notice.failed, notice.state == "failed" and not kind.link,
    )  # fmt: skip


def masked(notice: Notice) -> str:
    """Enough of the address to tell two apart: l***@mail.example, 139******01."""
    if notice.to is None:
        return ""
    try:
        told = str(sealing.unseal(notice.to, TO))
    except KeyMissing:
        return "***"
    name, at, domain = told.partition("@")
    return f"{name[:1]}***@{domain}" if at else masked_number(told)


def unreached(request: Request) -> bool:
    """Whether the applicant of this request has no address at all, so that every message must go on paper."""
    return Notice.objects.filter(request=request, state="none").exists()
