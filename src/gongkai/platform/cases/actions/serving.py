"""Serving: the letter goes out, and only this moves the clock (国办公开办函〔2016〕235号). Then the proof that it arrived."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.utils.translation import gettext as _

from gongkai.law import consultation as law_consultation
from gongkai.law import letters as law_letters
from gongkai.law.events import Asked as Side
from gongkai.law.letters import Recipient
from gongkai.platform.cases import sealing, uploading
from gongkai.platform.cases.choices import WAYS, LetterState, Way
from gongkai.platform.cases.errors import Invalid, NotFound, NotNow
from gongkai.platform.cases.letters import effects, examining, places
from gongkai.platform.cases.letters.holding import may_have
from gongkai.platform.cases.letters.series import REPLY_LETTERS
from gongkai.platform.cases.models import CaseFile, Consultation, Event, Letter, Request
from gongkai.platform.cases.recording import Doing, Ticket, Who, act, check_moment, events_of, seen_by, verdict_on
from gongkai.platform.cases.uploading import Upload
from gongkai.platform.cases.values import Consulted
from gongkai.platform.organs.acting import Actor

from . import consulting, dividing, noticing, tasks
from .letters import held

TRACKING = "cases.letter.tracking"
HOW = {"signed": "letter_delivered", "opened": "letter_opened", "downloaded": "letter_downloaded"}
_SIGNED_FOR = frozenset({Way.IN_PERSON, Way.ENTRUSTED})  # 签收之日即送达之日
_NOTICES = frozenset({"correction", "reasons", "extension", "delayed", "consulting", "fee", "lapse"})


def serve(
    actor: Actor, request_id: int, letter_id: int, *, way: str, on: date, tracking: str = "", proof: Upload | None = None, passed: Collection[str] = (),
    at: datetime, once: str | None = None, seen: int | None = None,
) -> Request:  # fmt: skip
    """Serve a signed letter: post on the day of posting, in person on the day of signing for it, on line today.

    `passed`: the fingerprints of blocking findings (queries.letters.findings) that the officer has looked at and lets pass.
    """
    check_moment(at)
    chosen = _way(way)
    _check_findings(actor, request_id, letter_id, passed)
    taken = uploading.take([Upload("proof", proof.name, proof.data)]) if proof is not None else ()

    def work(doing: Doing) -> None:
        letter = held(doing.request, letter_id, frozenset({LetterState.SIGNED}), "送达")
        _check_day(doing, letter, chosen, on, tracking)
        letter.way, letter.served_on, letter.state = chosen.value, on, LetterState.SERVED.value
        letter.delivered_on = on if chosen in _SIGNED_FOR else None
        letter.tracking = sealing.seal(tracking.strip(), TRACKING) if tracking.strip() else None
        letter.save(update_fields=["way", "served_on", "state", "delivered_on", "tracking"])
        for each in taken:
            added = uploading.name(doing.request, each, at=doing.at, person=doing.person)
            doing.happen("file_added", facts=each.facts(added.number))
        doing.told |= {"letter": letter.pk, "letter_number": letter.number}
        doing.happen("letter_served", on, facts={"letter": letter.pk, "key": letter.key, "way": chosen.value, "passed": sorted(passed)}, letter=letter)
        _in_law(doing, letter, on)
        _show(doing, letter)
        doing.then.append(lambda: _notify(doing, letter))

    return act(actor, request_id, "serve_letter", work, at=at, once=once, seen=seen)


def record_delivery(
    who: Who, request_id: int, letter_id: int, *, on: date | None = None, how: str = "signed", proof: Upload | None = None, at: datetime,
    once: str | None = None, seen: int | None = None,
) -> Request:  # fmt: skip
    """The letter arrived: signed for (entered by the officer), opened or downloaded by the applicant. Each is kept once."""
    check_moment(at)
    if how not in HOW or (isinstance(who, Ticket) and how == "signed"):
        raise Invalid({"how": _("请选择签收、查看或者下载。")})
    if Event.objects.filter(request_id=request_id, letter_id=letter_id, kind=HOW[how]).exists():
        return seen_by(who, request_id)
    if isinstance(who, Ticket) and not _recordable(who, request_id):
        return seen_by(who, request_id)
    taken = uploading.take([Upload("proof", proof.name, proof.data)]) if proof is not None and isinstance(who, Actor) else ()

    def work(doing: Doing) -> None:
        letter = Letter.objects.filter(request=doing.request, pk=letter_id).first()
        if letter is None or (isinstance(who, Ticket) and not may_have(who, letter)):
            raise NotFound
        if any(each.kind == HOW[how] and each.facts.get("letter") == letter.pk for each in doing.events):
            raise _Kept
        if letter.state != LetterState.SERVED or letter.served_on is None:
            raise NotNow("文书还没有送达。", "The letter has not been served.")
        day = doing.day if isinstance(who, Ticket) or on is None else on
        if day < letter.served_on:
            raise Invalid({"on": _("签收、查看之日不能早于发出之日 %(on)s。") % {"on": letter.served_on}})
        if letter.delivered_on is None or day < letter.delivered_on:
            letter.delivered_on = day
            letter.save(update_fields=["delivered_on"])
        for each in taken:
            added = uploading.name(doing.request, each, at=doing.at, person=doing.person)
            doing.happen("file_added", facts=each.facts(added.number))
        doing.happen(HOW[how], day, facts={"letter": letter.pk}, letter=letter)

    try:
        return act(who, request_id, "record_delivery", work, at=at, once=once, seen=seen)
    except _Kept:  # 同时打开的另一次已经登记
        return seen_by(who, request_id)


class _Kept(Exception):
    """It was recorded while this one waited for the request."""


def _recordable(ticket: Ticket, request_id: int) -> bool:
    """Whether the act is still open: whoever may have a letter may have it after the case was archived or moved, too."""
    request = seen_by(ticket, request_id)
    return verdict_on(ticket, request, "record_delivery", events_of(request)).allowed


def _way(way: str) -> Way:
    if way not in WAYS:
        raise Invalid({"way": _("请选择送达方式。")})
    return Way(way)


def _check_findings(actor: Actor, request_id: int, letter_id: int, passed: Collection[str]) -> None:
    """What the gate stops must be mended, or let pass one by one, before the letter and its records leave the house."""
    request = seen_by(actor, request_id)
    letter = Letter.objects.filter(request=request, pk=letter_id, state=LetterState.SIGNED.value).first()
    if letter is None:
        return
    left = [each for each in examining.stopping(letter) if each.finding.fingerprint not in passed]
    if left:
        named = "；".join(f"{each.name}：{each.finding.message.zh}（{each.finding.where.place.zh}）" for each in left[:5])
        raise NotNow(f"送达前检查发现 {len(left)} 处须处理或者逐项放行：{named}。", f"{len(left)} findings must be mended or let pass one by one before serving.")


def _check_day(doing: Doing, letter: Letter, way: Way, on: date, tracking: str) -> None:
    if letter.dated is not None and on < letter.dated:
        raise Invalid({"on": _("送达之日不能早于文书的日期 %(on)s。") % {"on": letter.dated}})
    if way is Way.ONLINE and on != doing.day:
        raise Invalid({"on": _("网上送达以提供给申请人之日为准，只能是今天。")})
    if len(tracking) > 60:
        raise Invalid({"tracking": _("邮件号最长 60 个字符。")})
    if way is Way.ONLINE and law_letters.BY_KEY[letter.key].to is not Recipient.APPLICANT and letter.consultation_id is None:
        raise Invalid({"way": _("这份文书不是给申请人的，不能网上送达。")})


def _in_law(doing: Doing, letter: Letter, on: date) -> None:
    """The event of the law that this service makes; the core refuses what cannot be."""
    if letter.key in effects.ASKED and letter.consultation is not None:
        _ask(doing, letter, letter.consultation, on)
        return
    told = effects.event_of(letter.key, letter.reply, letter.law)
    if told is None:
        return
    kind, law, facts = told
    doing.happen(kind, on, law=law, facts=facts, letter=letter)
    if kind == "replied":
        dividing.reply_joined(doing, letter, on)
        tasks.call_off(doing)
    if kind == "closed":
        dividing.release(doing)
        tasks.call_off(doing)


def _ask(doing: Doing, letter: Letter, consultation: Consultation, on: date) -> None:
    """The consultation is sent; a side that can be reached gets the link for answering on line."""
    link = places.opinion_link(consulting.on_served(doing, consultation, on, letter=letter))
    party = Consulted.opened(consultation.party)
    if not (party.email or party.phone):
        return
    term = law_consultation.Consultation(consultation.ref, Side(consultation.to), on).term(doing.days)
    to = noticing.Address(party.email, party.phone)
    doing.then.append(lambda: noticing.tell(doing, "opinion_wanted", to=to, facts={"by": term}, link=link))


def _show(doing: Doing, letter: Letter) -> None:
    """What the applicant may now have: the letter, and with a reply the records released with it."""
    if letter.consultation_id is not None:
        return
    CaseFile.objects.filter(pk__in=[pk for pk in (letter.docx_id, letter.pdf_id) if pk]).update(shown=True)
    if letter.key in REPLY_LETTERS:
        CaseFile.objects.filter(request=doing.request, kind="released", removed_at__isnull=True).update(shown=True)


def _notify(doing: Doing, letter: Letter) -> None:
    """A message to whom the letter is for, where it is not a link of its own (cases.actions.consulting)."""
    request = doing.request
    if letter.key == "third_party_decision" and letter.consultation is not None:
        party = Consulted.opened(letter.consultation.party)
        noticing.tell(doing, "decision_told", to=noticing.Address(party.email, party.phone))
        return
    if letter.consultation_id is not None or law_letters.BY_KEY[letter.key].to is not Recipient.APPLICANT:
        return
    key = letter.key if letter.key in _NOTICES else "reply" if letter.key in REPLY_LETTERS else "letter"
    days = {"correction": ("by", request.correct_by), "fee": ("by", request.pay_by), "extension": ("until", request.due_on), "delayed": ("until", request.due_on)}
    name, day = days.get(key, ("", None))
    if name and day is None:  # 违反程序的告知不发生效力，没有期限可写
        key, name = "letter", ""
    noticing.tell(doing, key, facts={name: day} if name else {})
