"""答复期限: the reply period of one request, folded from its events (条例第三十条、第三十三条、第三十五条、第四十二条).

The fold is facts; only the questions (`due`, `counted`, `pay_by`) need a calendar.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from . import periods
from .calendar import Calendar
from .consultation import Consultation, Pause
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
    ReasonsGiven,
    ReasonsRequested,
    Replied,
    Submitted,
    Withdrawn,
)
from .receipt import receipt_date


class State(StrEnum):
    """Where a request stands."""

    AWAITING_CONFIRMATION = "awaiting_confirmation"
    OPEN = "open"
    AWAITING_CORRECTION = "awaiting_correction"
    AWAITING_FEE = "awaiting_fee"
    REPLIED = "replied"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def ended(self) -> bool:
        return self in (State.REPLIED, State.WITHDRAWN, State.CLOSED)


_LABELS = dict(
    zip(State, ("等待双方确认", "办理中", "等待补正", "等待缴费", "已答复", "已撤回", "不再处理"), strict=True)
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the law leaves open and an organ may set; see docs/decisions."""

    fee_restarts_clock: bool = True  # 国办函〔2020〕109号：缴费后答复期限重新计算（未核原文）


@dataclass(frozen=True, slots=True)
class Clock:
    """The reply period of one request: the day it runs from, its length, and the pauses in it."""

    state: State | None = None  # None before anything is submitted
    submitted: Submitted | None = None
    start: date | None = None  # the receipt from which the clock now counts
    limit: int = periods.REPLY.length
    consultations: tuple[Consultation, ...] = ()  # since the last fresh start
    cleared: tuple[Consultation, ...] = ()  # before it: they pause nothing any more
    waits: tuple[Pause, ...] = ()  # from fee notice to payment, where payment does not restart the clock
    extended: bool = False
    delayed: date | None = None
    notices: tuple[CorrectionRequested, ...] = ()  # every correction notice, lawful or not
    unanswered: bool = False  # a notice has been given, and no correction has come since
    correction: CorrectionRequested | None = None  # the one that is waited for
    fee: FeeNoticed | None = None  # the one that is waited for
    asked_reasons: bool = False
    charged: bool = False
    ended: date | None = None
    outcome: str | None = None

    @property
    def running(self) -> bool:
        """Whether a reply period runs, or ran until the reply."""
        waiting = self.correction is not None or self.fee is not None
        return self.state is State.OPEN or (self.state is State.REPLIED and not waiting)

    def due(self, days: Calendar) -> date | None:
        """The last day for the reply (期限届满日)."""
        if not self.running or self.start is None:
            return None
        return self.delayed or self._counted_out(self.start, days)

    def counted(self, days: Calendar, until: date) -> int:
        """How many working days are counted after the receipt, up to and including `until`."""
        if self.start is None or until <= self.start:
            return 0
        inside = (Pause(max(p.after, self.start), min(p.until, until)) for p in self.pauses(days) if p.after < until)
        return days.count(self.start, until) - sum(days.count(p.after, p.until) for p in inside if p.after < p.until)

    def pauses(self, days: Calendar) -> tuple[Pause, ...]:
        """The days that are not counted, overlaps counted once."""
        return tuple(_merged([*self.waits, *(consultation.pause(days) for consultation in self.consultations)]))

    def pay_by(self, days: Calendar) -> date | None:
        """The last day for paying the fee, while it is waited for."""
        waiting = self.state is State.AWAITING_FEE and self.fee is not None
        return days.add_workdays(self.fee.on, periods.FEE_PAYMENT.length) if waiting and self.fee else None

    def correct_by(self) -> date | None:
        """The last day for the correction, while it is waited for."""
        return self.correction.answer_by if self.state is State.AWAITING_CORRECTION and self.correction else None

    def consultation(self, ref: str) -> Consultation | None:
        return next((c for c in (*self.consultations, *self.cleared) if c.ref == ref), None)

    def _counted_out(self, start: date, days: Calendar) -> date:
        day, left = start, self.limit
        for pause in self.pauses(days):
            here = days.count(day, pause.after) if pause.after > day else 0
            if here >= left:
                break
            day, left = max(day, pause.until), left - here
        return days.add_workdays(day, left)


def advance(clock: Clock, event: Event, settings: Settings) -> Clock:
    """The clock after an event that counts. (What may happen, and what counts, is for `conduct`.)"""
    match event:
        case Submitted(channel=channel):
            start = receipt_date(channel, event.on)
            state = State.AWAITING_CONFIRMATION if start is None else State.OPEN
            return replace(clock, submitted=event, start=start, state=state)
        case Confirmed():
            return replace(clock, start=event.on, state=State.OPEN)
        case CorrectionRequested():
            return replace(noted(clock, event), correction=event, state=State.AWAITING_CORRECTION)
        case Corrected():  # 第三十条：答复期限自收到补正的申请之日起计算；告知无效的，补正不影响期限
            return replace(clock, unanswered=False) if clock.correction is None else _afresh(clock, event.on)
        case ConsultationSent(ref=ref, to=to):
            return replace(clock, consultations=(*clock.consultations, Consultation(ref, to, event.on)))
        case ConsultationDelivered() | ConsultationAnswered():
            return replace(
                clock,
                consultations=tuple(_updated(clock.consultations, event)),
                cleared=tuple(_updated(clock.cleared, event)),
            )
        case Extended(workdays=workdays):  # 第三十三条第二款
            return replace(clock, limit=clock.limit + workdays, extended=True)
        case ReasonsRequested():
            return replace(clock, asked_reasons=True)
        case ReasonsGiven():
            return clock
        case Delayed(until=until):  # 第三十五条
            return replace(clock, delayed=until)
        case FeeNoticed():
            return replace(clock, fee=event, charged=True, state=State.AWAITING_FEE)
        case FeePaid():
            return _paid(clock, event, settings)
        case Replied(outcome=outcome):
            return replace(clock, state=State.REPLIED, ended=event.on, outcome=outcome)
        case Withdrawn():
            return replace(clock, state=State.WITHDRAWN, ended=event.on)
        case Closed(outcome=lapse):
            return replace(clock, state=State.CLOSED, ended=event.on, outcome=lapse.value)


def noted(clock: Clock, event: Event) -> Clock:
    """The clock with a fact kept that does not move it: a correction notice given in breach of the law was given all the same."""
    if isinstance(event, CorrectionRequested):
        return replace(clock, notices=(*clock.notices, event), unanswered=True)
    return clock


def _afresh(clock: Clock, on: date) -> Clock:
    """A fresh start clears pauses and resets the limit; an extension already used stays used."""
    return Clock(
        state=State.OPEN,
        submitted=clock.submitted,
        start=on,
        cleared=(*clock.cleared, *clock.consultations),
        extended=clock.extended,
        notices=clock.notices,
        asked_reasons=clock.asked_reasons,
        charged=clock.charged,
    )


def _paid(clock: Clock, event: FeePaid, settings: Settings) -> Clock:
    if settings.fee_restarts_clock:
        return _afresh(clock, event.on)
    noticed = clock.fee.on if clock.fee is not None else event.on
    return replace(clock, fee=None, state=State.OPEN, waits=(*clock.waits, Pause(noticed, event.on)))


def _updated(
    consultations: Iterable[Consultation], event: ConsultationDelivered | ConsultationAnswered
) -> Iterator[Consultation]:
    for consultation in consultations:
        if consultation.ref != event.ref:
            yield consultation
        elif isinstance(event, ConsultationDelivered):
            yield replace(consultation, delivered=event.on)
        else:
            yield replace(consultation, answered=event.on, answer=event.answer)


def _merged(pauses: Iterable[Pause]) -> Iterator[Pause]:
    current: Pause | None = None
    for pause in sorted(pauses, key=lambda pause: pause.after):
        if current is None or pause.after > current.until:
            if current is not None:
                yield current
            current = pause
        elif pause.until > current.until:
            current = Pause(current.after, pause.until)
    if current is not None:
        yield current
