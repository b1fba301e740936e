"""复议、诉讼、投诉 (条例第五十一条): entered with their request, followed by dated events, ended with the result that the report counts.

Locks, as everywhere in one order: the posted form, the request, the remedy, serials, the journal last.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from gongkai.law.errors import NotUnderstood
from gongkai.law.proceedings import Procedure
from gongkai.platform import journal
from gongkai.platform.cases import clocks, keeping, recording, remedying, sealing, serials, states
from gongkai.platform.cases.choices import APPLICANTS, REMEDIES
from gongkai.platform.cases.claims import TEXT, Claim
from gongkai.platform.cases.errors import Conflict, Invalid, NotAllowed, NotFound, by_law
from gongkai.platform.cases.models import CaseFile, Filed, Remedy, RemedyEvent, Request
from gongkai.platform.cases.recording import Doing
from gongkai.platform.cases.remedying import JUDGMENTS, Kind, RemedyHappened, RemedyStanding
from gongkai.platform.cases.uploading import Taken, Upload, take
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.models import Organ
from gongkai.platform.organs.roles import RoleKind

from . import noticing

__all__ = ["Claim", "Recording", "end", "finish", "happened", "lock", "open", "record", "rectify"]

POSTED = "cases.filed.remedy"  # sealing 的用途：Filed.answer
LONGEST_TEXT, LONGEST_BODY = 4000, 200
FACTS: Mapping[str, frozenset[str]] = {  # 各种事项可以带的事实；都不含个人信息
    "accepted": frozenset({"procedure"}), "hearing_set": frozenset({"held_on"}), "prolonged": frozenset({"until"}),
    "appealed": frozenset({"by"}), "document": frozenset({"way"}), "complied": frozenset({"letter"}),
}  # fmt: skip


@dataclass(slots=True)
class Recording:
    """A remedy being recorded: its events so far, and those decided."""

    actor: Actor
    remedy: Remedy
    role: RoleKind | None
    at: datetime
    events: list[RemedyHappened]
    texts: dict[int, str] = field(default_factory=dict)
    files: dict[int, CaseFile] = field(default_factory=dict)
    new: list[RemedyHappened] = field(default_factory=list)

    @property
    def day(self) -> date:
        return clocks.local_day(self.at)

    def happen(self, kind: str, on: date, facts: Mapping[str, Any] | None = None, text: str = "", file: CaseFile | None = None) -> None:
        if on > self.day:
            raise Invalid({"on": _("日期 %(on)s 在今天之后；只登记已经发生的事。") % {"on": on}})
        number = self.remedy.events_taken + len(self.new) + 1
        self.new.append(RemedyHappened(number, kind, on, {key: _plain(value) for key, value in (facts or {}).items()}))
        if text.strip():
            self.texts[number] = text.strip()
        if file is not None:
            self.files[number] = file


def open(
    actor: Actor, organ_id: int, *, kind: str, body: str, claimant: Claim | str, filed_on: date, at: datetime, request_id: int | None = None,
    after_id: int | None = None, claimant_kind: str = "", procedure: str = "", accepted_on: date | None = None, answer_by: date | None = None,
    text: str = "", upload: Upload | None = None, once: str | None = None,
) -> Remedy:  # fmt: skip
    """Enter a reconsideration, a lawsuit or a complaint on the day its notice came (`filed_on`): our own term runs from then."""
    claim = Claim(claimant) if isinstance(claimant, str) else claimant
    _check_open(kind, body, claim, claimant_kind, procedure, filed_on, accepted_on, answer_by, at)
    role = _role(actor, organ_id, "open_remedy")
    _check_text(text)
    taken = take([upload], kinds={"remedy"})[0] if upload else None
    facts = {"procedure": procedure or None, "answer_by": answer_by}

    def make(request: Request | None) -> Remedy:
        after = _after(organ_id, kind, after_id, request, filed_on)
        remedy = Remedy.objects.create(
            organ_id=organ_id, request=request, after=after, number=serials.remedy_number(organ_id, filed_on.year), kind=kind, body=body.strip(),
            claimant_kind=claimant_kind, sealed=claim.sealed(), filed_on=filed_on, registered_by_id=actor.person, registered_at=at,
        )  # fmt: skip
        doing = Recording(actor, remedy, role, at, [])
        doing.happen("filed", filed_on, {key: value for key, value in facts.items() if value}, text, _file(remedy, taken, actor, at))
        if accepted_on is not None:
            doing.happen("accepted", accepted_on)
        now = finish(doing)
        _told_of_opening(remedy, now, at)
        return remedy

    with transaction.atomic():
        posted = recording.post_once(actor, once, "open_remedy", at)
        if posted is not None and posted.answer is not None:
            return Remedy.objects.get(pk=sealing.unseal(posted.answer, POSTED))
        remedy = _with_request(actor, request_id, organ_id, make, kind, filed_on, at) if request_id is not None else make(None)
        journal_opened = {"kind": kind, "number": remedy.number, "request": remedy.request_id, "after": remedy.after_id, "filed_on": filed_on}
        _journal(actor, role, "open_remedy", remedy, at, journal_opened)
        if posted is not None:
            Filed.objects.filter(pk=posted.pk).update(request_id=request_id, answer=sealing.seal(remedy.pk, POSTED))
    return remedy


def record(
    actor: Actor, remedy_id: int, kind: str, on: date, *, facts: Mapping[str, Any] | None = None, text: str = "", upload: Upload | None = None,
    at: datetime, seen: int | None = None,
) -> Remedy:  # fmt: skip
    """Record what happened in a remedy: accepted, answered, hearing set, heard, prolonged, suspended, document, appealed, complied, note."""
    known = remedying.BY_KEY.get(kind)
    if known is None or not known.entered:
        raise Invalid({"kind": _("请从所列事项中选择。")})
    told = _checked_facts(kind, facts or {})
    _check_text(text)
    taken = take([upload], kinds={"remedy"})[0] if upload else None

    def work(doing: Recording) -> None:
        doing.happen(kind, on, told, text, _file(doing.remedy, taken, actor, at))

    return _act(actor, remedy_id, "record_remedy", work, at, seen)


def end(
    actor: Actor, remedy_id: int, judgment: str, on: date, *, text: str = "", upload: Upload | None = None, act_by: date | None = None,
    act_anew: bool | None = None, at: datetime, seen: int | None = None,
) -> Remedy:  # fmt: skip
    """Record the decision or judgment, by the kinds of gongkai.law.remedies.JUDGMENTS, on the day it was given."""
    if judgment not in JUDGMENTS or judgment == "pending":
        raise Invalid({"judgment": _("请从所列结果中选择。")})
    if act_by is not None and act_by < on:
        raise Invalid({"act_by": _("履行期限不能早于决定、判决之日。")})
    _check_text(text)
    taken = take([upload], kinds={"remedy"})[0] if upload else None
    facts: dict[str, Any] = {"judgment": judgment}
    if act_by is not None:
        facts["act_by"] = act_by
    if act_anew is not None:
        facts["act_anew"] = act_anew

    def work(doing: Recording) -> None:
        doing.happen("ended", on, facts, text, _file(doing.remedy, taken, actor, at))

    return _act(actor, remedy_id, "end_remedy", work, at, seen, then=_consequences)


def rectify(
    actor: Actor, remedy_id: int, number: int, *, reason: str, cancelled: bool = False, on: date | None = None,
    facts: Mapping[str, Any] | None = None, at: datetime, seen: int | None = None,
) -> Remedy:  # fmt: skip
    """Correct an event by a further one, with a reason; both stay visible."""
    words = recording.checked_reason(reason)

    def work(doing: Recording) -> None:
        target = next((each for each in doing.events if each.number == number), None)
        if target is None or target.kind in ("rectified", "reminded"):
            raise NotFound
        if cancelled and target.kind == "filed":
            raise Invalid({"number": _("收到通知不能撤销，只能更正日期。")})
        day = on or target.on
        if day > doing.day:
            raise Invalid({"on": _("日期 %(on)s 在今天之后；只登记已经发生的事。") % {"on": day}})
        told: dict[str, Any] = {"target": number, "cancelled": True} if cancelled else {"target": number, "on": day}
        if facts and not cancelled:
            told["facts"] = {key: _plain(value) for key, value in facts.items()}
        doing.happen("rectified", doing.day, told, words)

    return _act(actor, remedy_id, "rectify_remedy", work, at, seen)


Work = Callable[[Recording], None]
Then = Callable[[Recording, RemedyStanding], None]


def _act(actor: Actor, remedy_id: int, verb: str, work: Work, at: datetime, seen: int | None, then: Then | None = None) -> Remedy:
    """Lock the request, then the remedy; check; append; fold; journal. One transaction."""
    recording.check_moment(at)
    with transaction.atomic():
        remedy = lock(actor, remedy_id)
        role = _role(actor, remedy.organ_id, "end_remedy" if verb == "end_remedy" else "open_remedy")
        if seen is not None and seen != remedy.events_taken:
            raise Conflict("您打开页面之后，本件又有新的登记；您填的内容没有写入，请核对后再办理。", "Something was entered after you opened the page: check, and do it again.")
        doing = Recording(actor, remedy, role, at, happened(remedy))
        work(doing)
        now = finish(doing)
        if then is not None:
            then(doing, now)
        events = [f"{each.number} {each.kind} {each.on}" for each in doing.new]
        _journal(actor, role, verb, remedy, at, {"events": events, "result": remedy.result})
    return remedy


def lock(actor: Actor, remedy_id: int) -> Remedy:
    """The remedy, held with its request until the transaction ends; not found by whoever may not know of it."""
    found = Remedy.objects.filter(pk=remedy_id).values_list("organ_id", "request_id").first()
    if found is None or not (actor.machine or actor.kinds(found[0]) & states.READING):
        raise NotFound
    with connection.cursor() as cursor:
        if found[1] is not None:
            cursor.execute("SELECT 1 FROM cases_request WHERE id = %s FOR NO KEY UPDATE", [found[1]])
        cursor.execute("SELECT 1 FROM cases_remedy WHERE id = %s FOR NO KEY UPDATE", [remedy_id])
    return Remedy.objects.select_related("organ", "request").get(pk=remedy_id)


def happened(remedy: Remedy) -> list[RemedyHappened]:
    rows = RemedyEvent.objects.filter(remedy=remedy).order_by("number").values_list("number", "kind", "on", "facts")
    return [RemedyHappened(*row) for row in rows]


def finish(doing: Recording) -> RemedyStanding:
    """Fold, then write the events and the cache."""
    remedy = doing.remedy
    try:
        now = remedying.standing_of_remedy(remedy.kind, [*doing.events, *doing.new], clocks.exact_days_of(remedy.organ))
    except NotUnderstood as refused:
        raise by_law(refused) from None
    RemedyEvent.objects.bulk_create(_row(doing, each) for each in doing.new)
    remedying.settle(remedy, now)
    remedy.events_taken += len(doing.new)
    remedy.save(update_fields=[*remedying.CACHED, "events_taken"])
    return now


def _row(doing: Recording, each: RemedyHappened) -> RemedyEvent:
    text = doing.texts.get(each.number)
    sealed = sealing.seal(text, TEXT) if text else None
    told = {"remedy": doing.remedy.pk, "number": each.number, "kind": each.kind, "on": each.on.isoformat(), "facts": each.facts}
    digest = hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode() + (sealed or b"")).hexdigest()
    return RemedyEvent(
        remedy=doing.remedy, number=each.number, kind=each.kind, on=each.on, facts=dict(each.facts), sealed=sealed, file=doing.files.get(each.number),
        person_id=doing.actor.person, role="system" if doing.actor.machine else doing.role.value if doing.role else "", at=doing.at, digest=digest,
    )  # fmt: skip


def _with_request(
    actor: Actor, request_id: int, organ_id: int, make: Callable[[Request | None], Remedy], kind: str, filed_on: date, at: datetime
) -> Remedy:
    made: list[Remedy] = []

    def work(doing: Doing) -> None:
        if doing.request.organ_id != organ_id:
            raise NotFound
        if filed_on < doing.request.submitted_on:
            raise Invalid({"filed_on": _("收到通知之日不能早于提出申请之日（%(on)s）。") % {"on": doing.request.submitted_on}})
        remedy = make(doing.request)
        made.append(remedy)
        doing.happen("remedy_opened", filed_on, facts={"remedy": remedy.number, "kind": kind})

    recording.act(actor, request_id, "open_remedy", work, at=at)
    return made[0]


def _consequences(doing: Recording, now: RemedyStanding) -> None:
    """The request's own record tells the result; where it was corrected, somebody must act anew, and learns it."""
    remedy, judgment = doing.remedy, JUDGMENTS[now.judgment]
    if remedy.request is not None:
        def work(on_request: Doing) -> None:
            on_request.happen("remedy_ended", now.ended_on, facts={"remedy": remedy.number, "judgment": judgment.key, "result": now.result})

        recording.act(doing.actor, remedy.request.pk, "end_remedy", work, at=doing.at)
    if now.must_act:
        facts = _named(remedy) | {"judgment": judgment.label}
        noticing.tell(remedy, "act_anew" if remedy.request else "act_anew_apart", to="both", facts=facts, at=doing.at)


def _told_of_opening(remedy: Remedy, now: RemedyStanding, at: datetime) -> None:
    by = {"by": now.answer_by} if now.answer_by else {}
    noticing.tell(remedy, "remedy_opened" if by else "remedy_entered", to="both", facts=_named(remedy) | by, at=at)


def _named(remedy: Remedy) -> dict[str, object]:
    return {"remedy": remedy.number, "kind": dict(zip(("zh", "en"), REMEDIES[remedy.kind], strict=True))}


def _after(organ_id: int, kind: str, after_id: int | None, request: Request | None, filed_on: date) -> Remedy | None:
    """复议后起诉: the reconsideration that it follows."""
    if kind != Kind.LITIGATION_AFTER:
        return None
    found = Remedy.objects.filter(pk=after_id, organ_id=organ_id, kind=Kind.RECONSIDERATION.value).first() if after_id else None
    if found is None:
        raise Invalid({"after_id": _("复议后起诉的，请选择它所对的行政复议；没有登记的，先登记。")})
    if found.request_id != (request.pk if request else None):
        raise Invalid({"after_id": _("所选行政复议不是同一件申请的。")})
    if filed_on < found.filed_on:
        raise Invalid({"filed_on": _("收到应诉通知不能早于收到复议通知之日（%(on)s）。") % {"on": found.filed_on}})
    return found


def _check_open(
    kind: str, body: str, claim: Claim, claimant_kind: str, procedure: str, filed_on: date, accepted_on: date | None, answer_by: date | None, at: datetime
) -> None:
    recording.check_moment(at)
    wrong: dict[str, str] = {}
    if kind not in REMEDIES:
        wrong["kind"] = _("请选择复议、诉讼或者投诉。")
    if not body.strip() or len(body.strip()) > LONGEST_BODY:
        wrong["body"] = _("请写明复议机关、人民法院或者受理投诉的机关的全称（200 字以内）。")
    if not claim.claimant.strip():
        wrong["claimant"] = _("请写明申请人（原告、投诉人）。")
    if any(len(value) > LONGEST_TEXT for value in asdict(claim).values()):
        wrong["claim"] = _("每项不得超过 %(most)s 个字。") % {"most": LONGEST_TEXT}
    if claimant_kind and claimant_kind not in APPLICANTS:
        wrong["claimant_kind"] = _("请从所列类别中选择。")
    if procedure and procedure not in set(Procedure):
        wrong["procedure"] = _("请选择普通程序或者简易程序。")
    if filed_on > clocks.local_day(at):
        wrong["filed_on"] = _("日期 %(on)s 在今天之后；只登记已经发生的事。") % {"on": filed_on}
    if accepted_on is not None and accepted_on > filed_on:
        wrong["accepted_on"] = _("受理、立案之日不会晚于收到通知之日；之后才受理的，请另行登记“受理、立案”。")
    if answer_by is not None and answer_by < filed_on:
        wrong["answer_by"] = _("答复期限不能早于收到通知之日。")
    if wrong:
        raise Invalid(wrong)


def _checked_facts(kind: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    allowed = FACTS.get(kind, frozenset())
    told = {key: value for key, value in facts.items() if value not in (None, "")}
    if unknown := told.keys() - allowed:
        raise Invalid({name: _("这一事项没有此项。") for name in unknown})
    wanted = {"hearing_set": "held_on", "prolonged": "until"}.get(kind)
    if wanted and not isinstance(told.get(wanted), date):
        raise Invalid({wanted: _("请填写日期。")})
    if told.get("procedure") and told["procedure"] not in set(Procedure):
        raise Invalid({"procedure": _("请选择普通程序或者简易程序。")})
    return told


def _check_text(text: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise Invalid({"text": _("说明不得超过 %(most)s 个字，现有 %(n)s 个。") % {"most": LONGEST_TEXT, "n": len(text)}})


def _role(actor: Actor, organ_id: int, key: str) -> RoleKind | None:
    """The organ's own people who handle requests; others of the organ are told which role it needs."""
    if actor.machine:
        return None
    held = actor.kinds(organ_id)
    if not held & states.READING or not Organ.objects.filter(pk=organ_id).exists():
        raise NotFound
    act = states.BY_KEY[key]
    mine = sorted(held & act.roles)
    if not mine:
        names, en = "、".join(role.label for role in sorted(act.roles)), ", ".join(sorted(role.value for role in act.roles))
        raise NotAllowed(f"“{act.zh}”需要本机关的角色：{names}。", f"“{act.en}” needs a role in this organ: {en}.")
    return mine[0]


def _file(remedy: Remedy, taken: Taken | None, actor: Actor, at: datetime) -> CaseFile | None:
    if taken is None:
        return None
    return keeping.name(remedy.request, taken.kept, taken.name, "remedy", taken.media_type, at=at, person=actor.person)


def _journal(actor: Actor, role: RoleKind | None, verb: str, remedy: Remedy, at: datetime, changes: Mapping[str, object]) -> None:
    digests = RemedyEvent.objects.filter(remedy=remedy).order_by("-number").values_list("digest", flat=True)[:1]
    told = {**changes, "digest": digests[0]}
    journal.record(actor.by(role), f"cases.{verb}", f"cases.remedy:{remedy.pk}", chain=remedy.organ_id, at=at, changes=told)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


