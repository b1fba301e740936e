"""办理程序: which events may happen, which count, and which are violations.

An event that the state does not allow is wrong input, and is refused by name. An event that happened against the law
is a violation: it is recorded, and where it is void it never reaches the clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NoReturn

from . import periods
from .calendar import Calendar
from .clock import Clock, State
from .errors import NotUnderstood
from .events import (
    Closed,
    Confirmed,
    ConsultationAnswered,
    ConsultationDelivered,
    ConsultationSent,
    Corrected,
    CorrectionRequested,
    Delayed,
    Event,
    Extended,
    FeeNoticed,
    FeePaid,
    Lapse,
    ReasonsGiven,
    ReasonsRequested,
    Replied,
    Submitted,
    Withdrawn,
)


@dataclass(frozen=True, slots=True)
class ViolationRule:
    """One way of breaking the procedure."""

    key: str
    article: str
    void: bool  # the event has no effect on the clock
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule broken by one event."""

    rule: str
    on: date
    article: str


CORRECTION_LATE = ViolationRule(
    "correction_late", "30", True, "补正告知超过收到申请之日起7个工作日", "the correction notice came after seven working days"
)
CORRECTION_TWICE = ViolationRule(
    "correction_twice", "30", True, "补正应当一次性告知，不得再次告知", "correction may be asked for only once"
)
EXTENSION_LATE = ViolationRule(
    "extension_late", "33", True, "延长答复期限未在期限届满前告知", "the extension was notified after the due date"
)
EXTENSION_TWICE = ViolationRule(
    "extension_twice", "33", True, "答复期限已经延长过一次", "the reply period had already been extended"
)
EXTENSION_TOO_LONG = ViolationRule(
    "extension_too_long", "33", True, "延长的期限超过20个工作日", "the extension is longer than twenty working days"
)
FEE_NOTICE_LATE = ViolationRule(
    "fee_notice_late", "42", False, "收费通知未在答复期限内送达", "the fee notice came after the due date"
)
DELAY_NOTICE_LATE = ViolationRule(
    "delay_notice_late", "35", True, "延迟答复未在期限届满前告知", "the delay was notified after the due date"
)
REPLY_LATE = ViolationRule("reply_late", "33", False, "答复超过法定期限", "the reply came after the due date")
VIOLATIONS = (
    CORRECTION_LATE, CORRECTION_TWICE, EXTENSION_LATE, EXTENSION_TWICE, EXTENSION_TOO_LONG,
    FEE_NOTICE_LATE, DELAY_NOTICE_LATE, REPLY_LATE,
)  # fmt: skip
BY_KEY = {rule.key: rule for rule in VIOLATIONS}

_RECEIVED: tuple[type[Event], ...] = (
    ConsultationSent, ConsultationDelivered, ConsultationAnswered, ReasonsRequested, ReasonsGiven, Replied, Withdrawn,
)  # fmt: skip
ALLOWED: dict[State | None, tuple[type[Event], ...]] = {
    None: (Submitted,),
    State.AWAITING_CONFIRMATION: (Confirmed, Withdrawn),
    State.OPEN: (*_RECEIVED, CorrectionRequested, Corrected, Extended, Delayed, FeeNoticed),
    State.AWAITING_CORRECTION: (*_RECEIVED, CorrectionRequested, Corrected, Closed),
    State.AWAITING_FEE: (*_RECEIVED, FeePaid, Closed),
    State.REPLIED: (),
    State.WITHDRAWN: (),
    State.CLOSED: (),
}


def name(number: int, event: Event) -> str:
    """How a message names an event."""
    return f"第{number}项 {event.kind}（{event.on}）"


def admit(clock: Clock, event: Event, number: int, days: Calendar) -> None:
    """Refuse an event that the state does not allow, naming it."""

    def refuse(zh: str, en: str) -> NoReturn:
        raise NotUnderstood(f"{name(number, event)}：{zh}。", f"Event {number}, {event.kind} on {event.on}: {en}.")

    if clock.state is None and not isinstance(event, Submitted):
        refuse("第一项应为 submitted（提交申请）", "the first event must be `submitted`")
    if clock.state is not None and clock.state.ended:
        refuse(f"本件已于{clock.ended}办结（{clock.state.label}），其后不能再有事项", f"the request ended on {clock.ended}")
    if clock.state is not None and not isinstance(event, ALLOWED[clock.state]):
        hint_zh, hint_en = _hint(clock.state, event)
        refuse(f"“{clock.state.label}”状态下不能有此事项{hint_zh}", f"not possible in the state {clock.state.value}{hint_en}")
    match event:
        case Corrected() if not clock.unanswered:
            refuse("此前没有待补正的告知（条例第三十条）", "no correction is asked for")
        case CorrectionRequested(answer_by=answer_by) if answer_by < event.on:
            refuse(f"补正期限 answer_by {answer_by} 早于告知之日", f"answer_by {answer_by} is before the notice")
        case Delayed(until=until) if until < event.on:
            refuse(f"延迟答复之日 until {until} 早于告知之日", f"until {until} is before the notice")
        case ReasonsGiven() if not clock.asked_reasons:
            refuse("此前未要求说明理由（条例第三十五条）", "no reasons were asked for")
        case ConsultationSent(ref=ref) if clock.consultation(ref) is not None:
            refuse(f"征求意见编号“{ref}”已经用过", f"the ref {ref!r} is already used")
        case ConsultationDelivered(ref=ref) | ConsultationAnswered(ref=ref):
            if (problem := _letter(clock, event, ref)) is not None:
                refuse(*problem)
        case Closed():
            if (problem := _lapse(clock, event, days)) is not None:
                refuse(*problem)
        case _:
            return


def _hint(state: State, event: Event) -> tuple[str, str]:
    if state is State.AWAITING_CONFIRMATION:
        return "，请先补录双方确认 confirmed（条例第三十一条）", "; record `confirmed` first"
    if isinstance(event, FeePaid):
        return "，此前应有收费通知 fee_noticed", "; a `fee_noticed` must come before"
    if isinstance(event, Closed):
        return "，不再处理只适用于逾期不补正、逾期不缴费", "; only an unanswered correction or an unpaid fee lets a request lapse"
    return "", ""


def _letter(clock: Clock, event: ConsultationDelivered | ConsultationAnswered, ref: str) -> tuple[str, str] | None:
    letter = clock.consultation(ref)
    if letter is None:
        return f"没有编号为“{ref}”的征求意见书", f"no consultation {ref!r} was sent"
    if letter.answered is not None:
        return f"编号“{ref}”已于{letter.answered}提出意见", f"consultation {ref!r} was answered on {letter.answered}"
    if isinstance(event, ConsultationDelivered) and letter.delivered is not None:
        return f"编号“{ref}”已于{letter.delivered}收到", f"consultation {ref!r} was delivered on {letter.delivered}"
    return None


def _lapse(clock: Clock, event: Closed, days: Calendar) -> tuple[str, str] | None:
    expected = Lapse.NO_CORRECTION if clock.state is State.AWAITING_CORRECTION else Lapse.FEE_UNPAID
    if event.outcome is not expected:
        return f"此状态下 outcome 应为 {expected.value}", f"the outcome here must be {expected.value}"
    term = clock.correct_by() or clock.pay_by(days)
    if term is not None and event.on <= term:
        return f"期限至{term}，次日起方可不再处理", f"the term runs until {term}; it may be closed from the next day"
    return None


def violation(clock: Clock, event: Event, days: Calendar) -> ViolationRule | None:
    """The rule that this event breaks, if any; at most one, the gravest first."""
    match event:
        case CorrectionRequested():
            return _correction(clock, event, days)
        case Extended():
            return _extension(clock, event, days)
        case FeeNoticed():
            return FEE_NOTICE_LATE if _late(clock, event, days) else None
        case Delayed():
            return DELAY_NOTICE_LATE if _late(clock, event, days) else None
        case Replied():
            return REPLY_LATE if _late(clock, event, days) else None
        case _:
            return None


def _late(clock: Clock, event: Event, days: Calendar) -> bool:
    due = clock.due(days)
    return due is not None and event.on > due


def _correction(clock: Clock, event: CorrectionRequested, days: Calendar) -> ViolationRule | None:
    if clock.notices:  # 第三十条：一次性告知
        return CORRECTION_TWICE
    late = clock.start is not None and event.on > days.add_workdays(clock.start, periods.CORRECTION_NOTICE.length)
    return CORRECTION_LATE if late else None


def _extension(clock: Clock, event: Extended, days: Calendar) -> ViolationRule | None:
    if clock.extended:
        return EXTENSION_TWICE
    if _late(clock, event, days):
        return EXTENSION_LATE
    return EXTENSION_TOO_LONG if event.workdays > periods.EXTENSION.length else None  # 第三十三条第二款
