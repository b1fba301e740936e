"""征求意见 (条例第三十二条、第三十三条第三款、第三十四条): whom to ask, the letter served, its delivery, the opinion. Several at once.

The letter is drafted, signed and served like every other (actions.letters, actions.serving); its service calls `on_served`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from gongkai.law import consultation as law
from gongkai.law.events import Answer, Asked
from gongkai.platform.cases import sealing, uploading
from gongkai.platform.cases.choices import LetterState
from gongkai.platform.cases.enclosing import enclose, unnamed, words
from gongkai.platform.cases.errors import Invalid, NotFound, NotNow
from gongkai.platform.cases.letters import places
from gongkai.platform.cases.models import Consultation, Letter, Request
from gongkai.platform.cases.queries import doors
from gongkai.platform.cases.recording import Doing, Ticket, Who, act
from gongkai.platform.cases.uploading import Upload
from gongkai.platform.cases.values import Applicant, Consulted
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.models import Organ

from . import noticing

ASKS = "cases.consultation.asks"
GRACE = timedelta(days=30)  # 期限届满以后链接还能用多久：逾期的意见也收，但不延长停止计算的时间
LONGEST_NAME = 200


def consult(
    actor: Actor, request_id: int, to: Asked | str, party: Consulted, asks: str, *, organ_id: int | None = None, at: datetime,
    once: str | None = None, seen: int | None = None,
) -> Consultation:  # fmt: skip
    """Enter a side to consult, under the next ref. Nothing pauses until its letter is served."""
    made: list[Consultation] = []

    def work(doing: Doing) -> None:
        asked = _asked(to)
        organ = _organ(organ_id, asked)
        whom = _party(doing.request, party, organ)
        content = unnamed(doing.request, words(asks, "asks", needed=_("请写明征求意见的内容。")), "asks")
        ref = f"征{Consultation.objects.filter(request=doing.request).count() + 1}"
        made.append(
            Consultation.objects.create(
                request=doing.request, ref=ref, to=asked.value, organ=organ, party=whom.sealed(), asks=sealing.seal(content, ASKS)
            )
        )
        doing.happen("consultation_opened", facts={"ref": ref, "to": asked.value, **({"organ": organ.pk} if organ else {})})

    request = act(actor, request_id, "consult", work, at=at, once=once, seen=seen)
    return made[0] if made else Consultation.objects.filter(request=request).order_by("-pk")[0]


def on_served(doing: Doing, consultation: Consultation, on: date | None = None, *, letter: Letter | None = None) -> str:
    """Inside the service of its letter: the law's event, and the token of the link for answering on line (told once, kept hashed)."""
    if consultation.request_id != doing.request.pk:
        raise NotFound
    told = next((each for each in doing.pending if each.kind == "consultation_sent" and each.law["ref"] == consultation.ref), None)
    sent = told.on if told is not None else on or doing.day
    if told is None:
        doing.happen("consultation_sent", sent, law={"ref": consultation.ref, "to": consultation.to}, letter=letter)
    return _link(doing, consultation, law.Consultation(consultation.ref, Asked(consultation.to), sent))


def renew_link(actor: Actor, request_id: int, ref: str, *, at: datetime, once: str | None = None, seen: int | None = None) -> str:
    """A new token for a side that has lost its link; the old one opens nothing any more. Empty where the form was posted before: a token is told once."""
    made: list[str] = []

    def work(doing: Doing) -> None:
        consultation = _found(doing, ref)
        known = doing.clock.consultation(ref)
        if known is None:
            raise NotNow("征求意见书还没有送达，没有链接。", "The letter has not been served: there is no link yet.")
        if known.answered is not None:
            raise NotNow("该方已经提出意见。", "This side has answered.")
        if known.term(doing.days) + GRACE < doing.day:
            raise NotNow("网上答复的时间已过，不能再发链接；迟到的意见，收到后请直接登记。", "The time for answering on line is over; record a late opinion when it comes in.")
        token = _link(doing, consultation, known)
        made.append(token)
        doing.told["link"] = ref
        party = Consulted.opened(consultation.party)
        if party.email or party.phone:
            to, facts = noticing.Address(party.email, party.phone), {"by": known.term(doing.days)}
            doing.then.append(lambda: noticing.tell(doing, "opinion_wanted", to=to, facts=facts, link=places.opinion_link(token)))

    act(actor, request_id, "renew_link", work, at=at, once=once, seen=seen)
    return made[0] if made else ""


def deliver(who: Who, request_id: int, ref: str, *, on: date, at: datetime, once: str | None = None, seen: int | None = None) -> Request:
    """The asked side received the letter: its term counts from this day."""

    def work(doing: Doing) -> None:
        consultation = _found(doing, ref)
        when = _day(doing, on)
        doing.happen("consultation_delivered", when, law={"ref": ref})
        known = doing.clock.consultation(ref)
        if known is not None:
            until = law.Consultation(ref, known.to, known.sent, when).term(doing.days) + GRACE
            consultation.token_until = max(until, consultation.token_until or until)
            consultation.save(update_fields=["token_until"])

    return act(who, request_id, "deliver_consultation", work, at=at, once=once, seen=seen)


def answer(
    who: Who, request_id: int, ref: str, answer: Answer | str, *, on: date, text: str = "", files: Sequence[Upload] = (), at: datetime,
    once: str | None = None, seen: int | None = None,
) -> Request:  # fmt: skip
    """The opinion. A late one is recorded and lengthens nothing."""
    if answer not in tuple(Answer):
        raise Invalid({"answer": _("请选择同意公开或者不同意公开。")})
    said = words(text)
    taken = uploading.take(files, kinds={"opinion"}, shown=False)

    def work(doing: Doing) -> None:
        _found(doing, ref)
        doing.happen("consultation_answered", _day(doing, on), law={"ref": ref, "answer": Answer(answer).value}, text=said)
        enclose(doing, taken)
        if isinstance(who, Ticket):
            doing.then.append(lambda: noticing.tell(doing, "opinion_received", to="officer", facts={"ref": ref}))

    return act(who, request_id, "answer_consultation", work, at=at, once=once, seen=seen)


def note_opened(ticket: Ticket, *, at: datetime) -> None:
    """The asked side opened its link, for the first time. (That it received the letter is another thing.)"""
    if ticket.consultation is None:
        raise NotFound
    Consultation.objects.filter(pk=ticket.consultation, opened_at__isnull=True).update(opened_at=at)


def asks_of(consultation: Consultation) -> str:
    """What is asked."""
    return str(sealing.unseal(consultation.asks, ASKS))


def under_way(doing: Doing) -> list[str]:
    """The refs of letters that are out, not answered, and whose term has not run out."""
    return [each.ref for each in doing.clock.consultations if each.answered is None and not each.silent(doing.days, doing.day)]


def _link(doing: Doing, consultation: Consultation, known: law.Consultation) -> str:
    token = doors.new_token()
    consultation.token_hash, consultation.token_until = doors.token_hash(token), known.term(doing.days) + GRACE
    consultation.save(update_fields=["token_hash", "token_until"])
    return token


def _found(doing: Doing, ref: str) -> Consultation:
    """The consultation of this request; to somebody with a link, only their own."""
    found = Consultation.objects.filter(request=doing.request, ref=ref).first()
    if found is None or (isinstance(doing.who, Ticket) and doing.who.consultation != found.pk):
        raise NotFound
    return found


def _day(doing: Doing, on: date) -> date:
    return doing.day if isinstance(doing.who, Ticket) else on


def _asked(to: Asked | str) -> Asked:
    if to not in tuple(Asked):
        raise Invalid({"to": _("请选择征求谁的意见：第三方、共同制作机关或者其他机关。")})
    return Asked(to)


def _organ(organ_id: int | None, to: Asked) -> Organ | None:
    if organ_id is None:
        return None
    if to is Asked.THIRD_PARTY:
        raise Invalid({"organ": _("第三方不是本平台上的机关；征求机关意见的，请选共同制作机关或者其他机关。")})
    organ = Organ.objects.filter(pk=organ_id, active=True).first()
    if organ is None:
        raise Invalid({"organ": _("没有这个机关，或者它已经停用。")})
    return organ


def _party(request: Request, party: Consulted, organ: Organ | None) -> Consulted:
    told = {each.name: " ".join(str(getattr(party, each.name)).split()) for each in fields(Consulted)}
    told["name"] = told["name"] or (organ.name if organ else "")
    if not told["name"]:
        raise Invalid({"name": _("请填写被征求意见方的姓名或者名称。")})
    for key, value in told.items():
        if len(value) > LONGEST_NAME:
            raise Invalid({key: _("至多 %(most)s 个字，现有 %(n)s 个。") % {"most": LONGEST_NAME, "n": len(value)}})
    if told["name"] == Applicant.opened(request.applicant).name:
        raise Invalid({"name": _("被征求意见方不能是申请人自己。")})
    return Consulted(**told)


def unserved(request: Request) -> list[str]:
    """The numbers of letters that are signed and have not gone out."""
    return list(Letter.objects.filter(request=request, state=LetterState.SIGNED.value).order_by("pk").values_list("number", flat=True))
