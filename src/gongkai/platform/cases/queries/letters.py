"""Letters as pages see them: what a draft begins with, the letters of a case, their files, what serving would do, and whether a letter is ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from gongkai.law import letters as law_letters
from gongkai.law import replies
from gongkai.law.conduct import ViolationRule
from gongkai.platform.cases import clocks, keeping, sealing
from gongkai.platform.cases.choices import ENDED, LETTER_STATES, WAYS, LetterState, State, Way
from gongkai.platform.cases.errors import Invalid, NotFound
from gongkai.platform.cases.letters import autos, duties, effects, examining, prefilling, rendering
from gongkai.platform.cases.letters.case import case_on
from gongkai.platform.cases.letters.checkcodes import code_hash
from gongkai.platform.cases.letters.examining import Found
from gongkai.platform.cases.letters.fields import Field, Fields, Value, asked_of_officer
from gongkai.platform.cases.letters.holding import may_have
from gongkai.platform.cases.letters.letterheads import ANY_COURT, head_on
from gongkai.platform.cases.letters.series import REPLY_LETTERS
from gongkai.platform.cases.models import Consultation, Letter, Request
from gongkai.platform.cases.recording import Ticket, Who, events_of, seen_by
from gongkai.platform.organs import dated
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.roles import RoleKind

TRACKING = "cases.letter.tracking"


@dataclass(frozen=True, slots=True, repr=False)
class Drafting:
    """What a letter's form shows before anything is written."""

    key: str
    title: str
    reply: str
    reply_label: str
    fields: tuple[Field, ...]  # 由人填的
    values: Mapping[str, Value]
    autos: Mapping[str, Value]  # 由系统填的，供核对
    law: Mapping[str, Any]
    law_field: str  # 法律事项要填的一项：answer_by、workdays、amount、until；没有的为空
    missing: tuple[str, ...]
    notes: tuple[str, ...]  # 送达前应当知道的
    grounds: tuple[tuple[str, str], ...]  # 部分公开：依据的选项
    contents: tuple[str, ...]  # 法律要求写明的
    legal_review: bool
    signers: tuple[RoleKind, ...]


@dataclass(frozen=True, slots=True, repr=False)
class LetterView:
    """A letter of a case, to those who handle it."""

    id: int
    key: str
    title: str
    reply: str
    reply_label: str
    state: LetterState
    state_label: str
    number: str
    dated: date | None
    to: str
    ref: str  # 征求意见的编号
    drafted_by: str
    drafted_by_id: int | None
    drafted_at: datetime
    signed_by: str
    signed_at: datetime | None
    way: str
    way_label: str
    served_on: date | None
    delivered_on: date | None
    tracking: str
    values: Mapping[str, Value]
    law: Mapping[str, Any]
    missing: tuple[str, ...]
    legal_review: bool
    signers: tuple[RoleKind, ...]
    has_files: bool


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of letter that may be drafted for a request, or why not now."""

    key: str
    title: str
    replies: tuple[tuple[str, str], ...]
    refused: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Sent:
    """A file as it is handed out."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What serving a letter on a day would do, as the core says."""

    refused: str
    violation: ViolationRule | None
    due_on: date | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verified:
    """What anybody may learn of a letter by its check code."""

    organ: str
    title: str
    number: str
    dated: date
    void: bool


def kinds(actor: Actor, request_id: int) -> list[Kind]:
    """Every kind of letter, in the order of the law; those that cannot be drafted now say why."""
    request = seen_by(actor, request_id)
    ended = State(request.state) in ENDED
    sides = set(Consultation.objects.filter(request=request).values_list("to", flat=True))
    found = []
    for letter in law_letters.LETTERS:
        why = "本件已经办结。" if ended and letter.key in effects.EVENT else ""
        wanted = effects.ASKED.get(letter.key, effects.ASKED["third_party"] if letter.key == "third_party_decision" else None)
        if not why and wanted is not None and wanted.value not in sides:
            why = "请先登记被征求意见方。"
        labels = tuple((key, replies.BY_KEY[key].label) for key in effects.replies_for(letter.key))
        found.append(Kind(letter.key, letter.title, labels, why))
    return found


def drafting(
    actor: Actor, request_id: int, key: str, reply: str = "", *, consultation_ref: str | None = None, law: Mapping[str, Any] | None = None, today: date,
) -> Drafting:  # fmt: skip
    """What a draft begins with, what is missing, and what to know before it goes out."""
    if key not in law_letters.BY_KEY:
        raise NotFound
    request = seen_by(actor, request_id)
    chosen = effects.check_reply(key, reply)
    consultation = Consultation.objects.filter(request=request, ref=consultation_ref).first() if consultation_ref else None
    events = events_of(request)
    told = prefilling.prefilled(request, key, chosen, today, events=events, consultation=consultation, law=law)
    case = case_on(request, today, events, consultation)
    shown = rendering.shown(key, chosen, told.values)
    return Drafting(
        key=key, title=law_letters.BY_KEY[key].title, reply=chosen, reply_label=replies.BY_KEY[chosen].label if chosen else "",
        fields=asked_of_officer(key, chosen), values=told.values, autos=autos.filled(case, key, chosen, told.law, shown), law=told.law,
        law_field=effects.LAW_FIELDS.get(key, ""), missing=tuple(prefilling.lacking(key, chosen, told.values)),
        notes=tuple(_notes(request, key, chosen, told.law, today)), grounds=autos.GROUNDS if key == "partial" else (),
        contents=law_letters.BY_KEY[key].contents, legal_review=_reviewed(request, key, today), signers=tuple(sorted(duties.signers(key))),
    )  # fmt: skip


def letters(actor: Actor, request_id: int) -> list[LetterView]:
    """The letters of a case, newest first. Two statements."""
    request = seen_by(actor, request_id)
    rows = Letter.objects.filter(request=request).select_related("consultation", "drafted_by", "signed_by").order_by("-pk")
    return [_view(request, row) for row in rows]


def letter(actor: Actor, request_id: int, letter_id: int) -> LetterView:
    request = seen_by(actor, request_id)
    return _view(request, _of(request, letter_id))


def file(who: Who, request_id: int, letter_id: int, ending: str) -> Sent:
    """A letter's file: to officers once it is signed, to whom it is for once it is served."""
    request = seen_by(who, request_id)
    row = _of(request, letter_id)
    if isinstance(who, Ticket) and (not may_have(who, row) or row.state != LetterState.SERVED):
        raise NotFound
    held = {"pdf": row.pdf, "docx": row.docx}.get(ending)
    if held is None:
        raise NotFound
    return Sent(keeping.name_of(held), held.media_type, keeping.read(held))


def preview(actor: Actor, request_id: int, letter_id: int, ending: str = "pdf", *, today: date) -> Sent:
    """A draft as it would look if it were signed today: no number, no code. A signed letter is itself."""
    request = seen_by(actor, request_id)
    row = _of(request, letter_id)
    if row.pdf is not None:
        return file(actor, request_id, letter_id, ending)
    if ending not in rendering.MEDIA:
        raise NotFound
    made = rendering.render(request, row, events=events_of(request), on=today)
    return Sent(f"{rendering.title_of(row.key)}（草稿）.{ending}", rendering.MEDIA[ending], made.pdf if ending == "pdf" else made.docx)


def findings(actor: Actor, request_id: int, letter_id: int) -> list[Found]:
    """What the check found in the letter and the records that go out with it; what stops it first."""
    request = seen_by(actor, request_id)
    return examining.findings(_of(request, letter_id))


def consequence(actor: Actor, request_id: int, letter_id: int, *, way: str, on: date) -> Foreseen:
    """What the core says of serving this letter on this day, asked before it is done."""
    request = seen_by(actor, request_id)
    row = _of(request, letter_id)
    if way not in WAYS:
        raise Invalid({"way": _("请选择送达方式。")})
    told = effects.event_of(row.key, row.reply, row.law, row.consultation.ref if row.consultation else "")
    notes = tuple(_served_notes(request, row, Way(way)))
    if told is None:
        return Foreseen("", None, request.due_on, notes)
    seen = effects.foreseen(events_of(request), told[0], told[1], on, clocks.exact_days_of(request.organ), clocks.settings_of(request.organ, request.submitted_on))
    return Foreseen(seen.refused, seen.violation, seen.due_on, notes)


def verify(code: str) -> Verified | None:
    """Whether a letter with this check code was signed here: organ, number, day; nothing of whom it concerns."""
    if not 8 <= len("".join(sign for sign in code if sign.isalnum())) <= 40:
        return None
    row = Letter.objects.filter(check_code=code_hash(code)).select_related("request__organ").first()
    if row is None or row.dated is None:
        return None
    return Verified(row.request.organ.name, rendering.title_of(row.key), row.number, row.dated, row.state == LetterState.VOID)


def _of(request: Request, letter_id: int) -> Letter:
    row = Letter.objects.filter(request=request, pk=letter_id).select_related("consultation", "drafted_by", "signed_by", "docx", "pdf").first()
    if row is None:
        raise NotFound
    return row


def _view(request: Request, row: Letter) -> LetterView:
    state = LetterState(row.state)
    values = Fields.opened(row.fields).values
    return LetterView(
        id=row.pk, key=row.key, title=law_letters.BY_KEY[row.key].title, reply=row.reply, reply_label=replies.BY_KEY[row.reply].label if row.reply else "",
        state=state, state_label=LETTER_STATES[state][0], number=row.number, dated=row.dated, to=law_letters.BY_KEY[row.key].to.value,
        ref=row.consultation.ref if row.consultation else "", drafted_by=row.drafted_by.name if row.drafted_by else "", drafted_by_id=row.drafted_by_id,
        drafted_at=row.drafted_at, signed_by=row.signed_by.name if row.signed_by else "", signed_at=row.signed_at, way=row.way,
        way_label=WAYS[Way(row.way)][0] if row.way else "", served_on=row.served_on, delivered_on=row.delivered_on,
        tracking=str(sealing.unseal(row.tracking, TRACKING)) if row.tracking is not None else "", values=values, law=row.law,
        missing=tuple(prefilling.lacking(row.key, row.reply, values)), legal_review=_reviewed(request, row.key, row.dated or clocks.local_day(row.drafted_at)),
        signers=tuple(sorted(duties.signers(row.key))), has_files=row.pdf_id is not None,
    )  # fmt: skip


def _reviewed(request: Request, key: str, on: date) -> bool:
    return duties.reviewed(key) and bool(dated.value_on(request.organ.settings, "legal_review", on))


def _notes(request: Request, key: str, reply: str, law: Mapping[str, Any], today: date) -> list[str]:
    """What the officer should know while drafting."""
    said = []
    known = effects.LAW_FIELDS.get(key, "") in ("", *law) and key not in effects.ASKED
    if known and (told := effects.event_of(key, reply, _complete(key, reply, law))) is not None:
        seen = effects.foreseen(events_of(request), told[0], told[1], today, clocks.exact_days_of(request.organ), clocks.settings_of(request.organ, request.submitted_on))
        if seen.refused:
            said.append(f"今天送达将不被接受：{seen.refused}")
        if seen.violation is not None:
            said.append(f"今天送达将违反程序：{seen.violation.zh}（条例第{seen.violation.article}条）。")
    if reply and (head := head_on(request.organ, today)):
        if not head.body:
            said.append("尚未设置行政复议机关，请填写。")
        if head.court == ANY_COURT:
            said.append("尚未设置有管辖权的人民法院，建议写明名称。")
    return said


def _complete(key: str, reply: str, law: Mapping[str, Any]) -> dict[str, Any]:
    return dict(law) if key not in REPLY_LETTERS else effects.checked_law(key, reply, law, date.min)


def _served_notes(request: Request, row: Letter, way: Way) -> list[str]:
    head = head_on(request.organ, row.dated or clocks.local_day(row.drafted_at))
    on_line = way in (Way.ONLINE, Way.EMAIL)
    if on_line and row.reply and not head.channel:
        return ["网上送达的决定应当同时告知网上申请行政复议的途径（行政复议法第二十二条第二款）；本机关的文书设置中没有填写。"]
    return []
