"""Register, file, confirm: how a request comes in by each channel, and from which day it counts (条例第二十九条至第三十一条)."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongkai.law.events import Channel
from gongkai.law.receipt import BY_CHANNEL
from gongkai.platform.cases import keeping, sealing, states, uploading
from gongkai.platform.cases.choices import CHANNELS, Labels
from gongkai.platform.cases.clocks import local_day
from gongkai.platform.cases.creating import create
from gongkai.platform.cases.errors import Conflict, Invalid, NotAllowed, NotFound, NotNow
from gongkai.platform.cases.models import Filed, Request
from gongkai.platform.cases.recording import Doing, Pending, Ticket, Who, act, check_moment, post_once
from gongkai.platform.cases.states import Party
from gongkai.platform.cases.uploading import Taken, Upload
from gongkai.platform.cases.validating import EARLIEST, Checked, checked
from gongkai.platform.cases.values import Applicant, Asked
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.models import Organ
from gongkai.platform.organs.roles import RoleKind

from . import noticing

__all__ = ["CONFIRMED_BY", "Registered", "Upload", "confirm", "file", "register"]

ANSWER = "cases.filed.answer"
CONFIRMED_BY: Labels = {
    "phone": ("电话确认", "By telephone"),
    "online": ("网上确认", "On line"),
    "email": ("电子邮件确认", "By e-mail"),
    "sms": ("短信确认", "By text message"),
    "fax": ("传真确认", "By fax"),
    "post": ("信函确认", "By letter"),
    "in_person": ("当面确认", "In person"),
}
_APPLICANT = Ticket(0, Party.APPLICANT)  # 提交之前没有查询码可凭；打不开任何一件
_FROM_APPLICANT = frozenset({"application", "identity", "other"})


@dataclass(frozen=True, slots=True, repr=False)
class Registered:
    """What came of it: the request, its query code (told once), and what Article 29 demands and is lacking."""

    request: Request
    code: str
    lacking: tuple[str, ...] = field(default=())


def register(
    actor: Actor, organ_id: int, applicant: Applicant, asked: Asked, *, channel: str, applicant_kind: str, on: date, at: datetime,
    oral: bool = False, needs_help: bool = False, files: Sequence[Upload] = (), once: str | None = None, as_received: bool = False, text: str = "",
) -> Registered:  # fmt: skip
    """Enter what came by any channel. `as_received`: register what is lacking as lacking; correction is asked for afterwards (第三十条)."""
    check_moment(at)
    role = _registrar(actor, organ_id)
    organ = _receiving(organ_id)
    told = checked(applicant, asked, applicant_kind, as_received=as_received)
    _check_arrival(channel, on, oral, at)

    def made() -> tuple[Request, str]:
        taken = uploading.take(files)
        facts: dict[str, object] = {"lacking": sorted(told.lacking)} if told.lacking else {}
        first = Pending("submitted", on, {"channel": channel}, facts, text, None)
        officer = actor.person if role is RoleKind.CASE_OFFICER else None
        return create(
            actor, organ, "register", told.applicant, told.asked, [first, *_files(taken, on)], channel=channel, applicant_kind=applicant_kind, at=at,
            role=role, oral=oral, needs_help=needs_help, officer_id=officer, then=[_named(taken), _told],
        )  # fmt: skip

    return _once(actor, "register", once, _said(told, applicant_kind, files), told, made, at)


def file(
    organ_id: int, applicant: Applicant, asked: Asked, *, applicant_kind: str, at: datetime, files: Sequence[Upload] = (), needs_help: bool = False,
    once: str,
) -> Registered:  # fmt: skip
    """File the public form: one request however often the form is posted, and every post gets its number and code."""
    check_moment(at)
    organ = _receiving(organ_id)
    told = checked(applicant, asked, applicant_kind)
    on = local_day(at)

    def made() -> tuple[Request, str]:
        taken = uploading.take(files, kinds=_FROM_APPLICANT, shown=True)
        first = Pending("submitted", on, {"channel": Channel.ONLINE.value}, {}, "", None)
        return create(
            _APPLICANT, organ, "file", told.applicant, told.asked, [first, *_files(taken, on)], channel=Channel.ONLINE.value,
            applicant_kind=applicant_kind, at=at, needs_help=needs_help, then=[_named(taken), _told],
        )  # fmt: skip

    return _once(_APPLICANT, "file", once, _said(told, applicant_kind, files), told, made, at)


def confirm(
    who: Who, request_id: int, *, on: date, at: datetime, how: str = "", text: str = "", once: str | None = None, seen: int | None = None
) -> Request:
    """Both sides have confirmed: from this day it counts as received (第三十一条). The applicant does so on line, today."""

    def work(doing: Doing) -> None:
        if isinstance(who, Ticket):
            doing.happen("confirmed", doing.day, facts={"how": "online"})
            doing.then.append(lambda: noticing.tell(doing, "applicant_acted", to="officer", facts={"what": "申请人在网上确认"}))
            return
        if how and how not in CONFIRMED_BY:
            raise Invalid({"how": _("请从所列确认方式中选择。")})
        if on < doing.request.submitted_on:
            raise Invalid({"on": _("确认之日不能早于提交之日 %(on)s。") % {"on": doing.request.submitted_on}})
        doing.happen("confirmed", on, facts={"how": how} if how else {}, text=text)
        doing.then.append(lambda: noticing.tell(doing, "confirmed", facts={"on": on}))

    return act(who, request_id, "confirm", work, at=at, once=once, seen=seen)


def _registrar(actor: Actor, organ_id: int) -> RoleKind:
    held = sorted(states.BY_KEY["register"].roles & actor.kinds(organ_id))
    if held:
        return held[0]
    wanted = sorted(states.BY_KEY["register"].roles)
    raise NotAllowed(
        f"“登记申请”需要本机关的角色：{'、'.join(role.label for role in wanted)}。", f"To register needs a role in this organ: {', '.join(wanted)}."
    )


def _receiving(organ_id: int) -> Organ:
    """The organ, if it takes requests; one that is closed names the organ that has taken over its functions."""
    organ = Organ.objects.select_related("successor").filter(pk=organ_id).first()
    if organ is None:
        raise NotFound
    if not organ.active:
        to = organ.successor.name if organ.successor else "承继其职能的机关"
        raise NotNow(f"{organ.name}已经撤销，不再受理申请；请向{to}提出。", "This organ is closed; apply to the one that has taken over its functions.")
    return organ


def _check_arrival(channel: str, on: date, oral: bool, at: datetime) -> None:
    wrong: dict[str, str] = {}
    today = local_day(at)
    if channel not in CHANNELS:
        wrong["channel"] = _("请选择申请是怎样来的。")
    elif oral and channel != Channel.IN_PERSON:
        wrong["oral"] = _("口头申请是当面提出的，由工作机构代为填写（条例第二十九条第一款），渠道应选“%(zh)s”。") % {"zh": CHANNELS[Channel.IN_PERSON][0]}
    if on > today:
        wrong["on"] = _("日期 %(on)s 在今天之后；只登记已经收到的申请。") % {"on": on}
    elif on < EARLIEST:
        wrong["on"] = _("现行条例自 %(since)s 起施行，此前收到的申请适用原来的期限，不在本平台登记。") % {"since": EARLIEST}
    if wrong:
        raise Invalid(wrong)


def counts_at_once(channel: str) -> bool:
    """Whether the day of handing in or signing is the day of receipt; else both sides must confirm."""
    return not BY_CHANNEL[Channel(channel)].confirmed


def _files(taken: Sequence[Taken], on: date) -> list[Pending]:
    return [Pending("file_added", on, {}, each.facts(number), "", None) for number, each in enumerate(taken, start=1)]


def _named(taken: Sequence[Taken]) -> Callable[[Doing], None]:
    def name(doing: Doing) -> None:
        for each in taken:
            uploading.name(doing.request, each, at=doing.at, person=doing.person)

    return name


def _told(doing: Doing) -> None:
    """The applicant learns the number; where both sides must confirm, that too; and the office that something came on line."""
    noticing.tell(doing, "received" if counts_at_once(doing.request.channel) else "confirm")
    if doing.act == "file":
        noticing.tell(doing, "new_request", to="officer")


def _once(who: Who, action: str, once: str | None, said: str, told: Checked, made: Callable[[], tuple[Request, str]], at: datetime) -> Registered:
    """Make it, or give the answer that the first post of the same form got. Only the form's own row is held while files are written."""
    with transaction.atomic():
        posted = post_once(who, once, action, at)
        if posted is not None and posted.request_id is not None:
            return _before(posted, posted.request_id, said)
        request, code = made()
        if posted is not None:
            answer = sealing.seal({"code": code, "said": said, "lacking": [*told.lacking]}, ANSWER)
            Filed.objects.filter(pk=posted.pk).update(request=request, answer=answer)
    return Registered(request, code, tuple(told.lacking))


def _before(posted: Filed, request_id: int, said: str) -> Registered:
    answer = sealing.unseal(posted.answer or b"", ANSWER)
    request = Request.objects.select_related("organ").get(pk=request_id)
    if answer["said"] != said:
        raise Conflict(
            f"这张表单已经提交，登记编号为 {request.number}；您后来改的内容没有写入。要另提一件申请，请重新打开表单。",
            f"This form was filed already, as {request.number}; what was changed since is not in it. Open a new form for a further request.",
        )
    return Registered(request, answer["code"], tuple(answer["lacking"]))


def _said(told: Checked, applicant_kind: str, files: Sequence[Upload]) -> str:
    """Whether two posts say the same; keyed, for it is kept."""
    sent = [(each.kind, each.name, keeping.fingerprint(each.data)) for each in files]
    parts = [asdict(told.applicant), asdict(told.asked), applicant_kind, sent]
    return sealing.secret_hash("cases.filed", json.dumps(parts, ensure_ascii=False, sort_keys=True))
