"""一事一申请: one application split into units; several of one applicant replied to by one letter; one moved to the organ it belongs to.

What is split or moved is counted nowhere: its units, or the request at the other organ, are. The applicant's query code opens them all.
Locks: several requests are always held in the order of their ids; a leading request is older than those joined to it, a parent than its units.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from gongkai.platform import journal
from gongkai.platform.cases import charges, clocks, recording, sealing, serials, standing, states
from gongkai.platform.cases.choices import LIVE
from gongkai.platform.cases.creating import create
from gongkai.platform.cases.errors import Invalid, NotNow, Refused
from gongkai.platform.cases.happenings import BY_KEY
from gongkai.platform.cases.models import CaseFile, Consultation, Event, Letter, Request
from gongkai.platform.cases.recording import TEXT, Doing, Pending, act
from gongkai.platform.cases.validating import ASKED_FIELDS, faults, tidy_asked
from gongkai.platform.cases.values import Applicant, Asked
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.models import Organ, Role

from . import consulting, noticing, tasks

MOST_UNITS = 50
_KEPT = ("kind", "name", "size", "media_type", "digest", "fingerprint", "shown", "person_id", "at", "number", "removed_at")


def split(
    actor: Actor, request_id: int, parts: Sequence[Asked], *, reason: str, at: datetime, once: str | None = None, seen: int | None = None
) -> list[Request]:
    """Split into units, the smallest that are reasonable: each a request of its own, with everything that has happened so far."""

    def work(doing: Doing) -> None:
        if not 2 <= len(parts) <= MOST_UNITS:
            raise Invalid({"parts": _("拆分应有 2 至 %(most)s 件，现有 %(n)s 件。") % {"most": MOST_UNITS, "n": len(parts)}})
        applicant = Applicant.opened(doing.request.applicant)
        asked = [_asked(doing, applicant, part, place) for place, part in enumerate(parts, start=1)]
        _leave(doing)
        numbers = [f"{doing.request.number}-{place}" for place in range(1, len(parts) + 1)]
        doing.happen("split", facts={"units": numbers}, text=doing.reason)
        first = [*_copied(doing), Pending("split_off", doing.day, {}, {"from": doing.request.number}, "", None)]
        for number, part in zip(numbers, asked, strict=True):
            _made(doing, doing.request.organ, "split", applicant, part, first, number=number, parent=doing.request, officer_id=doing.request.officer_id)

    request = act(actor, request_id, "split", work, at=at, reason=reason, once=once, seen=seen)
    return list(request.units.order_by("pk"))


def move(
    actor: Actor, request_id: int, to_organ_id: int, *, reason: str, at: datetime, once: str | None = None, seen: int | None = None
) -> Request:
    """Hand over to the organ of this installation that it belongs to. The clock runs on: the applicant loses no day by it."""

    def work(doing: Doing) -> None:
        organ = _receiver(doing, to_organ_id)
        applicant, asked = Applicant.opened(doing.request.applicant), Asked.opened(doing.request.content)
        _leave(doing)
        doing.happen("moved", facts={"to": organ.pk}, text=doing.reason)
        facts = {"from": doing.request.organ_id, "number": doing.request.number}
        first = [*_copied(doing), Pending("taken_over", doing.day, {}, facts, doing.reason, None)]
        number = serials.request_number(organ.pk, doing.request.submitted_on.year)
        journal.hold(organ.pk, doing.request.organ_id)  # 两条链：总按同一次序锁
        made = _made(doing, organ, "take_over", applicant, asked, first, number=number, came_from=doing.request)
        for kind in ("case_officer", "disclosure_office"):
            noticing.tell(made, "moved_in", to=kind, facts={"from": doing.request.organ.name}, at=doing.at)
        noticing.tell(doing, "moved", facts={"to": organ.name})

    request = act(actor, request_id, "move", work, at=at, reason=reason, once=once, seen=seen)
    return request.went_to.order_by("-pk")[0]


def join(actor: Actor, request_id: int, leading_id: int, *, at: datetime, once: str | None = None, seen: int | None = None) -> Request:
    """Reply to this request by the letter of another of the same applicant; each is counted for itself."""

    def work(doing: Doing) -> None:
        leading = Request.objects.filter(pk=leading_id, organ_id=doing.request.organ_id).first()
        if leading is None:
            raise Invalid({"leading": _("没有找到主件，或者它不在本机关。")})
        _joinable(doing.request, leading)
        doing.request.leading = leading
        doing.changed.add("leading")
        doing.happen("joined", facts={"leading": leading.number})

    with transaction.atomic():
        hold([request_id, leading_id])
        return act(actor, request_id, "join", work, at=at, once=once, seen=seen)


def part(actor: Actor, request_id: int, *, reason: str, at: datetime, once: str | None = None, seen: int | None = None) -> Request:
    """Reply to it on its own again."""

    def work(doing: Doing) -> None:
        if doing.request.leading_id is None:
            raise NotNow("本件没有与其他申请合并答复。", "This request is not joined to another.")
        _part(doing, doing.reason)

    return act(actor, request_id, "part", work, at=at, reason=reason, once=once, seen=seen)


def joined_of(request: Request) -> list[Request]:
    """The requests that the reply to this one replies to as well."""
    return list(request.joined.filter(state__in=[state.value for state in LIVE]).select_related("organ").order_by("pk"))


def reply_joined(doing: Doing, letter: Letter | None = None, on: date | None = None) -> list[Request]:
    """Inside the service of a reply, once it is decided: the same reply to those that are joined to the leading request."""
    reply = next((each for each in reversed(doing.pending) if each.kind == "replied"), None)
    if reply is None:
        return []
    following = _following(doing)
    for each in following:
        facts = {**reply.facts, "leading": doing.request.number}
        each.happen(reply.kind, reply.on, law=reply.law, facts=facts, text=reply.text, letter=reply.letter)
        tasks.call_off(each)
        _finished(each)
    return [each.request for each in following]


def release(doing: Doing) -> None:
    """Inside an act that ends the request otherwise than by a reply: those joined to it go on by themselves, and it leaves its own leader."""
    following = _following(doing)
    for each in following:
        _part(each, "")
        _finished(each)
    if doing.request.leading_id is not None:
        _part(doing, "")


def hold(ids: Iterable[int]) -> None:
    """Lock several requests until the transaction ends, by id."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM cases_request WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE", [sorted(set(ids))])


def _following(doing: Doing) -> list[Doing]:
    """The joined requests, all held before any of them is written."""
    hold(doing.request.joined.values_list("pk", flat=True))
    return [
        Doing(doing.who, each, doing.act, doing.role, doing.at, doing.reason, clocks.exact_days_of(each.organ), recording.events_of(each))
        for each in joined_of(doing.request)
    ]


def _finished(doing: Doing) -> None:
    try:
        recording.finish(doing)
    except NotNow as refused:
        number = doing.request.number
        raise NotNow(f"与本件合并的{number}：{refused.zh}", f"{number}, joined to this one: {refused.en}") from None


def _part(doing: Doing, reason: str) -> None:
    leading = doing.request.leading
    doing.request.leading = None
    doing.changed.add("leading")
    doing.happen("parted", facts={"leading": leading.number if leading else ""}, text=reason)


def _joinable(request: Request, leading: Request) -> None:
    if leading.pk >= request.pk:
        raise Invalid({"leading": _("请以登记在先的一件为主件，把后来的并入它。")})
    if leading.state not in {state.value for state in LIVE} or leading.leading_id is not None:
        raise Invalid({"leading": _("主件应当尚在办理，而且自己没有并入别的申请。")})
    if request.leading_id is not None or request.joined.exists():
        raise NotNow("本件已经合并；请先取消合并。", "This request is joined already: part it first.")
    if not Request.objects.filter(charges.same_applicant(leading), pk=request.pk).exists():
        raise Invalid({"leading": _("合并答复只适用于同一申请人的申请。")})


def _leave(doing: Doing) -> None:
    """What must be settled before a request leaves these hands; open searches are called off, joined requests go on."""
    if waiting := consulting.under_way(doing):
        refs = "、".join(waiting)
        raise NotNow(f"征求意见（{refs}）还没有结果，请等收到意见或者期限届满以后再办理。", f"An opinion is still waited for ({refs}): do this afterwards.")
    if signed := consulting.unserved(doing.request):
        raise NotNow(f"已签发的文书（{'、'.join(signed)}）还没有送达，请先送达或者作废。", "A signed letter has not been served: serve or void it first.")
    release(doing)
    tasks.call_off(doing)


def _asked(doing: Doing, applicant: Applicant, part: Asked, place: int) -> Asked:
    """A unit's content, checked as at registration; Invalid names the unit."""
    asked = tidy_asked(part)
    wrong = [said for key, said in faults(applicant, asked, doing.request.applicant_kind).items() if key in ASKED_FIELDS]
    if wrong:
        raise Invalid({f"part{place}": _("第 %(n)s 件：%(said)s") % {"n": place, "said": "；".join(wrong)}})
    return asked


def _receiver(doing: Doing, organ_id: int) -> Organ:
    organ = Organ.objects.filter(pk=organ_id, active=True).first()
    if organ is None or organ.pk == doing.request.organ_id:
        raise Invalid({"organ": _("请选择本平台上另一个在用的机关。")})
    roles = Role.objects.filter(organ=organ, kind__in=[kind.value for kind in states.HANDLING], person__is_active=True)
    if not any(role.holds_on(doing.day) for role in roles):
        raise Invalid({"organ": _("该机关还没有依申请公开的经办人，请先由系统管理员设置。")})
    return organ


def _copied(doing: Doing) -> list[Pending]:
    """The law's events as they now hold, for a request that goes on from here."""
    told = [each for each in standing.effective(doing.events) if BY_KEY[each.kind].law]
    sealed = dict(Event.objects.filter(request=doing.request, sealed__isnull=False).values_list("number", "sealed"))
    texts = {number: str(sealing.unseal(text, TEXT)) for number, text in sealed.items() if text is not None}
    return [Pending(each.kind, each.on, each.law, {**each.facts, "copied": each.number}, texts.get(each.number, ""), None) for each in told]


def _made(doing: Doing, organ: Organ, act_key: str, applicant: Applicant, asked: Asked, first: Sequence[Pending], **more: Any) -> Request:
    """A request that goes on from another: its code, files and consultations with it."""
    source = doing.request
    role = doing.role
    try:
        made, _code = create(
            doing.who, organ, act_key, applicant, asked, first, channel=source.channel, applicant_kind=source.applicant_kind, at=doing.at, role=role,
            reason="", told={"from": source.pk}, oral=source.oral, needs_help=source.needs_help, **more,
        )  # fmt: skip
    except Refused as refused:
        raise NotNow(refused.zh, refused.en) from None
    Request.objects.filter(pk=made.pk).update(code_hash=source.code_hash)
    made.code_hash = source.code_hash
    files = CaseFile.objects.filter(request=source).exclude(kind="letter")
    CaseFile.objects.bulk_create(CaseFile(request=made, **{name: getattr(each, name) for name in _KEPT}) for each in files)
    asked_sides = Consultation.objects.filter(request=source)
    Consultation.objects.bulk_create(
        Consultation(request=made, ref=each.ref, to=each.to, organ_id=each.organ_id, party=bytes(each.party), asks=bytes(each.asks)) for each in asked_sides
    )
    return made
