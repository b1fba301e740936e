"""Letters: drafted from the case, changed, legally reviewed, returned, signed with a number, void. Nobody signs or reviews what they wrote."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from gongkai.law import letters as law_letters
from gongkai.law.letters import Recipient
from gongkai.platform.cases import keeping, sealing, serials
from gongkai.platform.cases.choices import ENDED, LETTER_STATES, LetterState, State
from gongkai.platform.cases.creating import new_code
from gongkai.platform.cases.enclosing import unnamed
from gongkai.platform.cases.errors import Conflict, Invalid, NotAllowed, NotFound, NotNow
from gongkai.platform.cases.letters import duties, effects, given, prefilling, rendering, series
from gongkai.platform.cases.letters.checkcodes import code_hash
from gongkai.platform.cases.letters.fields import Fields, Value
from gongkai.platform.cases.models import CaseFile, Consultation, Event, Letter, LetterNumber, Request, Serial
from gongkai.platform.cases.recording import Doing, act, begin, check_moment, seen_by
from gongkai.platform.organs import dated
from gongkai.platform.organs.acting import Actor

from . import noticing

UNSIGNED = frozenset({LetterState.DRAFTED, LetterState.REVIEWED, LetterState.RETURNED})
_GUESSES = 3  # 签发时先按下一个文号排版；被他人先取走的，重排


def draft(
    actor: Actor, request_id: int, key: str, fields: Mapping[str, Any], *, reply: str = "", law: Mapping[str, Any] | None = None,
    consultation_ref: str | None = None, at: datetime, once: str | None = None, seen: int | None = None,
) -> Letter:  # fmt: skip
    """Draft a letter. Fields that are left out are filled from the case; what is still missing may be added until it is signed."""
    made: list[Letter] = []

    def work(doing: Doing) -> None:
        chosen = _kind(doing, key, reply)
        consultation = _consultation(doing, key, consultation_ref)
        typed = given.checked(key, chosen, fields)
        _discreet(doing.request, key, typed)
        told = prefilling.prefilled(doing.request, key, chosen, doing.day, events=doing.events, consultation=consultation, law=law)
        values = Fields({**told.values, **typed})
        letter = Letter(request=doing.request, key=key, reply=chosen, consultation=consultation, fields=values.sealed(), law=_law(doing, key, chosen, law, told.law))
        letter.drafted_by_id, letter.drafted_at = doing.person, doing.at
        letter.save(force_insert=True)
        made.append(letter)
        doing.told["letter"] = letter.pk
        doing.happen("letter_drafted", facts={"key": key, "reply": chosen, "digest": _digest(letter)}, letter=letter)
        _tell_next(doing, letter)

    request = act(actor, request_id, "draft_letter", work, at=at, once=once, seen=seen)
    return made[0] if made else Letter.objects.filter(request=request, key=key, drafted_by=actor.person).latest("pk")


def change(
    actor: Actor, request_id: int, letter_id: int, fields: Mapping[str, Any], *, law: Mapping[str, Any] | None = None, at: datetime,
    once: str | None = None, seen: int | None = None,
) -> Letter:  # fmt: skip
    """Change a draft; a review that it had passed lapses."""

    def work(doing: Doing) -> None:
        letter = held(doing.request, letter_id, UNSIGNED, "修改")
        typed = given.checked(letter.key, letter.reply, fields)
        _discreet(doing.request, letter.key, typed)
        letter.fields = Fields({**Fields.opened(letter.fields).values, **typed}).sealed()
        if law is not None:
            letter.law = _law(doing, letter.key, letter.reply, law, letter.law)
        letter.state = LetterState.DRAFTED.value
        letter.save(update_fields=["fields", "law", "state"])
        doing.told["letter"] = letter.pk
        doing.happen("letter_changed", facts={"digest": _digest(letter)}, letter=letter)
        _tell_next(doing, letter)

    act(actor, request_id, "change_letter", work, at=at, once=once, seen=seen)
    return Letter.objects.get(pk=letter_id)


def discard(actor: Actor, request_id: int, letter_id: int, *, reason: str, at: datetime, once: str | None = None, seen: int | None = None) -> Letter:
    """Give up a draft: it has no number yet, and stays in the record."""

    def work(doing: Doing) -> None:
        letter = held(doing.request, letter_id, UNSIGNED, "弃用")
        _move(doing, letter, LetterState.DISCARDED, "letter_discarded", doing.reason)

    act(actor, request_id, "discard_letter", work, at=at, reason=reason, once=once, seen=seen)
    return Letter.objects.get(pk=letter_id)


def review(actor: Actor, request_id: int, letter_id: int, *, opinion: str = "", at: datetime, once: str | None = None, seen: int | None = None) -> Letter:
    """法制审核通过: by a legal reviewer who did not write it."""

    def work(doing: Doing) -> None:
        letter = held(doing.request, letter_id, frozenset({LetterState.DRAFTED}), "审核")
        _refuse_author(doing, letter, "审核")
        if missing := lacking(doing.request, letter):
            raise NotNow(f"文书还没有写完：{'、'.join(missing)}。请退回补写。", f"The letter lacks: {', '.join(missing)}.")
        doing.then.append(lambda: noticing.tell(doing, "letter_to_sign", to=_signing_role(letter)))
        _move(doing, letter, LetterState.REVIEWED, "letter_reviewed", opinion.strip(), digest=_digest(letter))

    act(actor, request_id, "review_letter", work, at=at, once=once, seen=seen)
    return Letter.objects.get(pk=letter_id)


def return_(actor: Actor, request_id: int, letter_id: int, *, reason: str, at: datetime, once: str | None = None, seen: int | None = None) -> Letter:
    """Send a draft back to whoever wrote it, with the reason."""

    def work(doing: Doing) -> None:
        letter = held(doing.request, letter_id, frozenset({LetterState.DRAFTED, LetterState.REVIEWED}), "退回")
        doing.then.append(lambda: noticing.tell(doing, "letter_returned", to=letter.drafted_by_id or "officer"))
        _move(doing, letter, LetterState.RETURNED, "letter_returned", doing.reason)

    act(actor, request_id, "return_letter", work, at=at, reason=reason, once=once, seen=seen)
    return Letter.objects.get(pk=letter_id)


class _Moved(Exception):
    """The number that was guessed has been taken by somebody else."""


def sign(actor: Actor, request_id: int, letter_id: int, *, at: datetime, once: str | None = None, seen: int | None = None) -> Letter:
    """Sign: number, set in type, seal the files. Typeset before anything is locked, with the number that should come next."""
    check_moment(at)
    for guess in range(_GUESSES + 1):
        made = None if guess == _GUESSES else _typeset(actor, request_id, letter_id, at, seen)
        try:
            act(actor, request_id, "sign_letter", lambda doing, made=made: _sign(doing, letter_id, made), at=at, once=once, seen=seen)  # type: ignore[misc]
            break
        except _Moved:
            continue
    return Letter.objects.get(pk=letter_id)


def void(actor: Actor, request_id: int, letter_id: int, *, reason: str, at: datetime, once: str | None = None, seen: int | None = None) -> Letter:
    """作废: a signed letter that was not served. Its number is kept and never given again."""

    def work(doing: Doing) -> None:
        letter = held(doing.request, letter_id, frozenset({LetterState.SIGNED}), "作废")
        _refuse_role(doing, letter, "作废")
        _move(doing, letter, LetterState.VOID, "letter_voided", doing.reason, number=letter.number)

    act(actor, request_id, "void_letter", work, at=at, reason=reason, once=once, seen=seen)
    return Letter.objects.get(pk=letter_id)


def held(request: Request, letter_id: int, states_: frozenset[LetterState], verb: str) -> Letter:
    """The letter of this request, in one of these states; or why not."""
    letter = Letter.objects.filter(request=request, pk=letter_id).select_related("consultation", "template").first()
    if letter is None:
        raise NotFound
    now = LetterState(letter.state)
    if now not in states_:
        zh, en = LETTER_STATES[now]
        raise NotNow(f"文书现在“{zh}”，不能{verb}。", f"The letter is “{en}” now.")
    return letter


def lacking(request: Request, letter: Letter) -> list[str]:
    """The names of what is missing before the letter can be signed."""
    return prefilling.lacking(letter.key, letter.reply, Fields.opened(letter.fields).values)


def _kind(doing: Doing, key: str, reply: str) -> str:
    """Whether this letter makes sense for this request now; its reply."""
    if key not in law_letters.BY_KEY:
        raise Invalid({"key": _("没有这种文书。")})
    if key in effects.EVENT and State(doing.request.state) in ENDED:
        raise NotNow("本件已经办结，不能再拟写这种文书。", "The request has ended: no such letter now.")
    return effects.check_reply(key, reply)


def _discreet(request: Request, key: str, typed: Mapping[str, Value]) -> None:
    """A letter to anybody but the applicant does not tell who the applicant is."""
    if law_letters.BY_KEY[key].to is Recipient.APPLICANT:
        return
    for name, value in typed.items():
        for text in [value] if isinstance(value, str) else [cell for row in value for cell in row.values()]:
            unnamed(request, text, name)


def _law(doing: Doing, key: str, reply: str, given: Mapping[str, Any] | None, told: Mapping[str, Any]) -> dict[str, Any]:
    return effects.checked_law(key, reply, {**told, **(given or {})}, doing.day)


def _consultation(doing: Doing, key: str, ref: str | None) -> Consultation | None:
    """The side a letter goes to; letters to the applicant name none."""
    if key not in effects.ASKED and key != "third_party_decision":
        return None
    wanted = effects.ASKED.get(key, effects.ASKED["third_party"])
    found = Consultation.objects.filter(request=doing.request, ref=ref or "").first()
    if found is None or found.to != wanted.value:
        raise Invalid({"consultation_ref": _("请先登记被征求意见方，再选择发给哪一方。")})
    if key in effects.ASKED and doing.clock.consultation(found.ref) is not None:
        raise NotNow(f"{found.ref}的征求意见书已经发出。", "This consultation was sent already.")
    return found


def _digest(letter: Letter) -> str:
    """What was in the letter, as a keyed hash: a review holds for exactly this."""
    return sealing.secret_hash("cases.letter", repr((sorted(Fields.opened(letter.fields).values.items()), sorted(letter.law.items()))))


def _move(doing: Doing, letter: Letter, to: LetterState, kind: str, text: str = "", **facts: object) -> None:
    letter.state = to.value
    letter.save(update_fields=["state"])
    doing.told["letter"] = letter.pk
    doing.happen(kind, facts=facts, text=text, letter=letter)


def _tell_next(doing: Doing, letter: Letter) -> None:
    """Whoever has to look at it now: nobody while something is missing."""
    if lacking(doing.request, letter):
        return
    if _wants_review(doing, letter):
        doing.then.append(lambda: noticing.tell(doing, "letter_to_review", to="legal_reviewer"))
    else:
        doing.then.append(lambda: noticing.tell(doing, "letter_to_sign", to=_signing_role(letter)))


def _signing_role(letter: Letter) -> str:
    return "disclosure_office" if letter.key in duties.BY_HEAD else "approver"


def _wants_review(doing: Doing, letter: Letter) -> bool:
    return duties.reviewed(letter.key) and bool(dated.value_on(doing.request.organ.settings, "legal_review", doing.day))


def _authors(letter: Letter) -> set[int | None]:
    """Everybody who wrote in it."""
    return set(Event.objects.filter(letter=letter, kind__in=("letter_drafted", "letter_changed")).values_list("person_id", flat=True))


def _refuse_author(doing: Doing, letter: Letter, verb: str) -> None:
    if doing.person in _authors(letter):
        raise NotAllowed(f"拟稿、修改的人不能{verb}同一文书，请由他人{verb}。", "Whoever wrote the letter cannot do this; somebody else must.")


def _refuse_role(doing: Doing, letter: Letter, verb: str) -> None:
    """Which of the roles in this organ may sign (and void) this kind of letter."""
    wanted = duties.signers(letter.key)
    kinds = doing.who.kinds(doing.request.organ_id) if isinstance(doing.who, Actor) else frozenset()
    if not wanted & kinds:
        names = "、".join(role.label for role in sorted(wanted))
        raise NotAllowed(f"{law_letters.BY_KEY[letter.key].title}由{names}{verb}。", f"This letter is for: {', '.join(sorted(wanted))}.")
    doing.role = sorted(wanted & kinds)[0]


def _check_signing(doing: Doing, letter: Letter) -> None:
    """Roles, duties kept apart, review passed, nothing missing, terms still in the future."""
    _refuse_role(doing, letter, "签发")
    _refuse_author(doing, letter, "签发")
    reviewers = set(Event.objects.filter(letter=letter, kind="letter_reviewed").values_list("person_id", flat=True))
    if doing.person in reviewers:
        raise NotAllowed("法制审核的人不能签发同一文书。", "Whoever reviewed the letter cannot sign it.")
    if letter.key in effects.EVENT and State(doing.request.state) in ENDED:
        raise NotNow("本件已经办结，这份文书不能再签发；请弃用。", "The request has ended: discard this letter.")
    if _wants_review(doing, letter) and letter.state != LetterState.REVIEWED:
        raise NotNow("这份文书须先经法制审核（机关设置）。", "This letter must pass legal review first.")
    if missing := lacking(doing.request, letter):
        raise NotNow(f"文书还没有写完：{'、'.join(missing)}。", f"The letter lacks: {', '.join(missing)}.")
    effects.checked_law(letter.key, letter.reply, letter.law, doing.day)
    other = Letter.objects.filter(request=doing.request, state=LetterState.SIGNED.value, key__in=series.REPLY_LETTERS).exclude(pk=letter.pk)
    if letter.key in series.REPLY_LETTERS and other.exists():
        raise NotNow("本件已有签发而未送达的答复；请先送达，或者作废。", "Another reply is signed and not served: serve it, or void it.")


def _typeset(actor: Actor, request_id: int, letter_id: int, at: datetime, seen: int | None) -> rendering.Made | None:
    """The letter in type with the number that should come next, sealed on the disk; nothing is locked. None where it is signed already."""
    request = seen_by(actor, request_id)
    letter = Letter.objects.filter(request=request, pk=letter_id).select_related("consultation").first()
    if letter is None:
        raise NotFound
    if LetterState(letter.state) not in UNSIGNED:
        return None
    doing = begin(actor, request, "sign_letter", at, "", seen)
    _check_signing(doing, letter)
    kind, year = series.SERIES[letter.key], doing.day.year
    last = Serial.objects.filter(organ=request.organ_id, series=kind, year=year).values_list("last", flat=True).first() or 0
    return _made(doing, letter, last + 1)


def _made(doing: Doing, letter: Letter, serial: int) -> rendering.Made:
    code = new_code()
    number = rendering.number_of(doing.request, letter.key, doing.day, serial)
    rendered = rendering.render(doing.request, letter, events=doing.events, on=doing.day, number=number, code=code)
    return rendering.Made(serial, number, code, _digest(letter), rendered, keeping.write(rendered.docx), keeping.write(rendered.pdf))


def _sign(doing: Doing, letter_id: int, made: rendering.Made | None) -> None:
    letter = held(doing.request, letter_id, frozenset({LetterState.DRAFTED, LetterState.REVIEWED}), "签发")
    _check_signing(doing, letter)
    if made is not None and made.digest != _digest(letter):
        raise Conflict("签发的同时文书被修改，请核对后再签发。", "The letter was changed meanwhile: check it, and sign again.")
    kind = series.SERIES[letter.key]
    serial = serials.following(doing.request.organ_id, kind, doing.day.year)
    if made is None:
        made = _made(doing, letter, serial)
    if made.serial != serial:
        raise _Moved
    if made.rendered.template != rendering.template_id(doing.request, letter.key, doing.day):
        raise _Moved
    letter.number, letter.dated, letter.check_code = made.number, doing.day, code_hash(made.code)
    letter.signed_by_id, letter.signed_at, letter.state, letter.template_id = doing.person, doing.at, LetterState.SIGNED.value, made.rendered.template
    letter.docx, letter.pdf = (_file(doing, letter, kept, ending) for kept, ending in ((made.docx, "docx"), (made.pdf, "pdf")))
    letter.save()
    LetterNumber.objects.create(organ_id=doing.request.organ_id, series=kind, year=doing.day.year, serial=serial, number=made.number, letter=letter)
    doing.told |= {"letter": letter.pk, "letter_number": made.number, "files": [made.docx.digest, made.pdf.digest]}
    doing.happen("letter_signed", facts={"number": made.number, "digest": made.digest}, letter=letter)
    doing.then.append(lambda: noticing.tell(doing, "letter_signed", to=letter.drafted_by_id or "officer"))


def _file(doing: Doing, letter: Letter, kept: keeping.Kept, ending: str) -> CaseFile:
    name = f"{rendering.title_of(letter.key)}（{letter.number}）.{ending}"
    return keeping.name(doing.request, kept, name, "letter", rendering.MEDIA[ending], at=doing.at, person=doing.person)


