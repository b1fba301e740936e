"""What follows from the events of a remedy: where it stands, its terms, its column in table four. Pure; the terms are gongkai.law's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from gongkai.law import remedies as law
from gongkai.law.calendar import Calendar
from gongkai.law.errors import NotUnderstood
from gongkai.law.proceedings import Procedure, Proceeding, answer_by, decide_by

from .choices import REMEDIES


class Kind(StrEnum):
    """The kinds of remedies (choices.REMEDIES)."""

    RECONSIDERATION = "reconsideration"
    LITIGATION_DIRECT = "litigation_direct"
    LITIGATION_AFTER = "litigation_after_reconsideration"
    COMPLAINT = "complaint"

    @property
    def label(self) -> str:
        return REMEDIES[self][0]

    @property
    def proceeding(self) -> Proceeding | None:
        """None: a complaint has no terms of the law's."""
        if self is Kind.COMPLAINT:
            return None
        return Proceeding.RECONSIDERATION if self is Kind.RECONSIDERATION else Proceeding.LITIGATION


@dataclass(frozen=True, slots=True)
class EventKind:
    """What can happen in a remedy: its words, in which kinds, and whether it can happen once it has ended."""

    key: str
    zh: str
    en: str
    kinds: frozenset[Kind] = frozenset(Kind)
    needs_open: bool | None = True  # True：办结前；False：办结后；None：随时
    entered: bool = True  # 由经办人登记（False：由系统写入）


_LITIGATION = frozenset({Kind.LITIGATION_DIRECT, Kind.LITIGATION_AFTER})
_LEGAL = _LITIGATION | {Kind.RECONSIDERATION}
EVENTS: tuple[EventKind, ...] = (
    EventKind("filed", "收到通知", "Notice received", entered=False),
    EventKind("accepted", "受理、立案", "Accepted by the body", _LEGAL),
    EventKind("procedure_changed", "转为普通程序", "Turned to ordinary procedure", _LEGAL),
    EventKind("answered", "提交答复（答辩）和证据", "Answer and evidence handed in"),
    EventKind("hearing_set", "通知听证、开庭、询问", "Hearing set"),
    EventKind("heard", "听证、开庭、询问", "Heard"),
    EventKind("prolonged", "办理期限延长", "Prolonged", frozenset({Kind.RECONSIDERATION})),
    EventKind("suspended", "中止", "Suspended", _LEGAL),
    EventKind("resumed", "恢复", "Resumed", _LEGAL),
    EventKind("document", "收到、提交材料", "Document"),
    EventKind("ended", "收到决定、判决、裁定、处理结果", "Decision received", entered=False),
    EventKind("appealed", "一方上诉", "Appealed", _LITIGATION, False),
    EventKind("complied", "已按决定、判决履行", "Complied with", needs_open=False),
    EventKind("noted", "备注", "Note", needs_open=None),
    EventKind("reminded", "提醒", "Reminded", needs_open=None, entered=False),
    EventKind("rectified", "更正登记", "Record rectified", needs_open=None, entered=False),
)
BY_KEY = {kind.key: kind for kind in EVENTS}
JUDGMENTS = {judgment.key: judgment for judgment in law.JUDGMENTS}


@dataclass(frozen=True, slots=True)
class RemedyHappened:
    """One event of a remedy as it is kept, without what is sealed."""

    number: int
    kind: str
    on: date
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Term:
    """A day by which something is to be done: by us, or by the body that hears it."""

    key: str
    by: date
    zh: str
    en: str
    ours: bool = True


@dataclass(frozen=True, slots=True)
class RemedyStanding:
    """Where a remedy stands. The first fields are cached in models.Remedy under the same names."""

    filed_on: date
    judgment: str = "pending"
    result: str = "pending"
    answer_by: date | None = None
    next_on: date | None = None
    ended_on: date | None = None
    procedure: Procedure = Procedure.ORDINARY
    accepted_on: date | None = None
    answered_on: date | None = None
    answered_late: bool = False
    hearing_on: date | None = None
    decide_by: date | None = None
    suspended: bool = False
    appealed: bool = False
    act_by: date | None = None
    must_act: bool = False  # 须重新处理，尚未登记已履行
    terms: tuple[Term, ...] = ()


CACHED = ("filed_on", "judgment", "result", "answer_by", "next_on", "ended_on")


def effective(events: Iterable[RemedyHappened]) -> list[RemedyHappened]:
    """The events as they now hold: rectified ones replaced, cancelled ones left out; the notice first, then by day, then as entered."""
    told = list(events)
    changes = {int(each.facts["target"]): each for each in told if each.kind == "rectified"}
    held = []
    for each in told:
        change = changes.get(each.number)
        if each.kind == "rectified":
            continue
        if change is None:
            held.append(each)
        elif not change.facts.get("cancelled"):
            held.append(replace(each, on=date.fromisoformat(str(change.facts["on"])), facts={**each.facts, **change.facts.get("facts", {})}))
    return sorted(held, key=lambda each: (each.kind != "filed", each.on, each.number))


def standing_of_remedy(kind: str, events: Sequence[RemedyHappened], days: Calendar) -> RemedyStanding:
    """The standing that follows from the events; raises NotUnderstood where one cannot have happened then."""
    what, held = Kind(kind), effective(events)
    if not held or held[0].kind != "filed":
        raise NotUnderstood("救济案件应以收到通知开始。", "A remedy begins with its notice.")
    now = RemedyStanding(held[0].on, procedure=_procedure(held[0].facts))
    for each in held[1:]:
        now = _advance(what, now, each)
    return _with_terms(what, now, held[0].facts, days)


def _procedure(facts: Mapping[str, Any]) -> Procedure:
    return Procedure(str(facts.get("procedure") or Procedure.ORDINARY))


def _advance(what: Kind, now: RemedyStanding, event: RemedyHappened) -> RemedyStanding:
    kind = BY_KEY[event.kind]
    if event.on < now.filed_on and event.kind != "accepted":  # 受理、立案在先，通知在后
        raise NotUnderstood(f"“{kind.zh}”不能早于收到通知之日（{now.filed_on}）。", f"No “{kind.en}” before the notice ({now.filed_on}).")
    possible = what in kind.kinds and kind.key != "filed" and kind.needs_open in (None, now.ended_on is None)
    if not possible:
        raise NotUnderstood(f"本件（{what.label}）此时不能登记“{kind.zh}”。", f"No “{kind.en}” in this case at this point.")
    facts = event.facts
    match event.kind:
        case "accepted":
            return replace(now, accepted_on=event.on, procedure=_procedure(facts) if facts.get("procedure") else now.procedure)
        case "procedure_changed":
            return replace(now, procedure=Procedure.ORDINARY)
        case "answered":
            return replace(now, answered_on=now.answered_on or event.on)
        case "hearing_set":
            return replace(now, hearing_on=date.fromisoformat(str(facts["held_on"])))
        case "heard":
            return replace(now, hearing_on=None)
        case "prolonged":
            return replace(now, decide_by=date.fromisoformat(str(facts["until"])))
        case "suspended" | "resumed":
            if now.suspended == (event.kind == "suspended"):
                raise NotUnderstood("中止、恢复应当交替登记。", "A case is suspended, then resumed.")
            return replace(now, suspended=event.kind == "suspended", decide_by=None)
        case "ended":
            return _ended(now, event)
        case "appealed":
            return replace(now, judgment="pending", result="pending", ended_on=None, appealed=True, accepted_on=event.on, must_act=False, act_by=None,
                           decide_by=None, hearing_on=None)  # fmt: skip
        case "complied":
            return replace(now, must_act=False, act_by=None)
    return now


def _ended(now: RemedyStanding, event: RemedyHappened) -> RemedyStanding:
    judgment = JUDGMENTS[str(event.facts["judgment"])]
    if judgment.result is law.Result.PENDING:
        raise NotUnderstood("办结应选定一种结果。", "An ended case has a result.")
    told = event.facts.get("act_by")
    anew = bool(event.facts.get("act_anew", judgment.key == "ordered"))
    must = judgment.result is law.Result.CORRECTED and (anew or told is not None)
    return replace(
        now, judgment=judgment.key, result=judgment.result.value, ended_on=event.on, hearing_on=None, suspended=False, must_act=must,
        act_by=date.fromisoformat(str(told)) if must and told else None,
    )  # fmt: skip


def _with_terms(what: Kind, now: RemedyStanding, first: Mapping[str, Any], days: Calendar) -> RemedyStanding:
    answer = _answer_by(what, now, first, days)
    decide = _decide_by(what, now, days)
    late = now.answered_on is not None and answer is not None and now.answered_on > answer
    now = replace(now, answer_by=answer, decide_by=decide, answered_late=late)
    found = tuple(_terms(what, now))
    mine = [term.by for term in found if term.ours]
    return replace(now, terms=found, next_on=min(mine) if mine else None)


def _answer_by(what: Kind, now: RemedyStanding, first: Mapping[str, Any], days: Calendar) -> date | None:
    """By the law; where the body set a day of its own (a complaint, a court's longer term), that day."""
    if told := first.get("answer_by"):
        return date.fromisoformat(str(told))
    return answer_by(what.proceeding, now.procedure, now.filed_on, days) if what.proceeding else None


def _decide_by(what: Kind, now: RemedyStanding, days: Calendar) -> date | None:
    if now.decide_by is not None or what.proceeding is None or now.accepted_on is None or now.suspended:
        return now.decide_by
    return decide_by(what.proceeding, now.procedure, now.accepted_on, days, appealed=now.appealed)


def _terms(what: Kind, now: RemedyStanding) -> Iterable[Term]:
    if now.must_act and now.act_by is not None:
        yield Term("act", now.act_by, "履行决定、判决", "Comply")
    if now.ended_on is not None:
        return
    if now.answered_on is None and now.answer_by is not None:
        zh = "提交答辩状和证据" if what.proceeding is Proceeding.LITIGATION else "提交书面答复和证据" if what.proceeding else "答复受理机关"
        yield Term("answer", now.answer_by, zh, "Answer")
    if now.hearing_on is not None:
        yield Term("hearing", now.hearing_on, "听证、开庭", "Hearing")
    if now.decide_by is not None:
        yield Term("decide", now.decide_by, "复议机关、法院作出决定、判决", "Decision of the body", ours=False)


def settle(row: object, now: RemedyStanding) -> tuple[str, ...]:
    """Write a standing into a row's cached fields (not yet into the database); the names of those that differed."""
    changed = []
    for name in CACHED:
        if getattr(row, name) != getattr(now, name):
            changed.append(name)
            setattr(row, name, getattr(now, name))
    return tuple(changed)


def terms(now: RemedyStanding) -> tuple[Term, ...]:
    """The days of a remedy that still lie open, ours and the body's."""
    return now.terms
