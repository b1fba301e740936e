"""办理事项: what can happen to a request, as dated facts (条例第二十九条至第三十六条、第四十二条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar


class Channel(StrEnum):
    """How an application comes in (条例第三十一条)."""

    IN_PERSON = "in_person"
    REGISTERED_POST = "registered_post"
    ORDINARY_POST = "ordinary_post"
    ONLINE = "online"
    FAX = "fax"
    EMAIL = "email"


class Asked(StrEnum):
    """Whose opinion is asked (条例第三十二条、第三十三条第三款、第三十四条)."""

    THIRD_PARTY = "third_party"
    CO_MAKER = "co_maker"
    OTHER_ORGAN = "other_organ"


class Answer(StrEnum):
    """What the asked side says."""

    CONSENTS = "consents"
    OBJECTS = "objects"


class Lapse(StrEnum):
    """Why a request is no longer processed (不再处理): the two lapses of the form."""

    NO_CORRECTION = "other_no_correction"
    FEE_UNPAID = "other_fee_unpaid"


@dataclass(frozen=True, slots=True)
class Submitted:
    """提交申请: handed in, signed for, or arrived."""

    kind: ClassVar[str] = "submitted"
    on: date
    channel: Channel


@dataclass(frozen=True, slots=True)
class Confirmed:
    """双方确认."""

    kind: ClassVar[str] = "confirmed"
    on: date


@dataclass(frozen=True, slots=True)
class CorrectionRequested:
    """补正告知."""

    kind: ClassVar[str] = "correction_requested"
    on: date
    answer_by: date


@dataclass(frozen=True, slots=True)
class Corrected:
    """收到补正的申请."""

    kind: ClassVar[str] = "corrected"
    on: date


@dataclass(frozen=True, slots=True)
class ConsultationSent:
    """发出征求意见书."""

    kind: ClassVar[str] = "consultation_sent"
    on: date
    ref: str
    to: Asked


@dataclass(frozen=True, slots=True)
class ConsultationDelivered:
    """被征求意见方收到征求意见书."""

    kind: ClassVar[str] = "consultation_delivered"
    on: date
    ref: str


@dataclass(frozen=True, slots=True)
class ConsultationAnswered:
    """被征求意见方提出意见."""

    kind: ClassVar[str] = "consultation_answered"
    on: date
    ref: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Extended:
    """延长答复期限: approved by the head of the disclosure office, and notified."""

    kind: ClassVar[str] = "extended"
    on: date
    workdays: int


@dataclass(frozen=True, slots=True)
class ReasonsRequested:
    """要求说明理由 (条例第三十五条)."""

    kind: ClassVar[str] = "reasons_requested"
    on: date


@dataclass(frozen=True, slots=True)
class ReasonsGiven:
    """申请人说明理由."""

    kind: ClassVar[str] = "reasons_given"
    on: date


@dataclass(frozen=True, slots=True)
class Delayed:
    """延迟答复: a reasonable date, fixed and notified (条例第三十五条)."""

    kind: ClassVar[str] = "delayed"
    on: date
    until: date


@dataclass(frozen=True, slots=True)
class FeeNoticed:
    """收费通知 served on the applicant."""

    kind: ClassVar[str] = "fee_noticed"
    on: date
    amount: Decimal  # yuan


@dataclass(frozen=True, slots=True)
class FeePaid:
    """缴纳信息处理费."""

    kind: ClassVar[str] = "fee_paid"
    on: date


@dataclass(frozen=True, slots=True)
class Replied:
    """答复 served: signed for, or given to the post."""

    kind: ClassVar[str] = "replied"
    on: date
    outcome: str  # leaf key of table three


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """申请人撤回申请."""

    kind: ClassVar[str] = "withdrawn"
    on: date


@dataclass(frozen=True, slots=True)
class Closed:
    """不再处理 after a lapse."""

    kind: ClassVar[str] = "closed"
    on: date
    outcome: Lapse


Event = (
    Submitted | Confirmed | CorrectionRequested | Corrected
    | ConsultationSent | ConsultationDelivered | ConsultationAnswered
    | Extended | ReasonsRequested | ReasonsGiven | Delayed
    | FeeNoticed | FeePaid | Replied | Withdrawn | Closed
)  # fmt: skip
EVENTS: tuple[type[Event], ...] = (
    Submitted, Confirmed, CorrectionRequested, Corrected,
    ConsultationSent, ConsultationDelivered, ConsultationAnswered,
    Extended, ReasonsRequested, ReasonsGiven, Delayed,
    FeeNoticed, FeePaid, Replied, Withdrawn, Closed,
)  # fmt: skip
BY_KIND: dict[str, type[Event]] = {event.kind: event for event in EVENTS}
