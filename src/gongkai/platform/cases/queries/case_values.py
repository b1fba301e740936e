"""What the case page hands out: plain frozen values, with everything personal opened, for those who handle the request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gongkai.platform.cases.charges import Computed
from gongkai.platform.cases.choices import LetterState, State
from gongkai.platform.cases.values import Applicant, Asked
from gongkai.platform.organs.queries import OrganView

from .clock import Reckoning


@dataclass(frozen=True, slots=True)
class ActChoice:
    """One act of the table: whether it may be done now; if not, why."""

    key: str
    zh: str
    en: str
    allowed: bool
    why_zh: str = ""
    why_en: str = ""
    role: bool = True  # 角色允许，只是此时不行时为真
    warns_zh: str = ""  # 可以办理，但是违反程序
    warns_en: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class EventView:
    """One event, as it was entered; what was rectified since stands beside it, struck through."""

    number: int
    kind: str
    zh: str
    en: str
    on: date
    at: datetime
    who: str
    role_zh: str
    law: Mapping[str, Any]
    facts: Mapping[str, Any]
    text: str = ""
    letter: int | None = None
    rectified_by: int | None = None  # 更正它的事项
    cancelled: bool = False
    now_on: date | None = None  # 更正后的日期
    target: int | None = None  # 更正的是哪一项
    moves_clock: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class LetterView:
    """A letter of the case, where it stands, and what may be done with it."""

    id: int
    key: str
    title: str
    reply: str
    reply_zh: str
    state: LetterState
    state_zh: str
    state_en: str
    number: str
    dated: date | None
    drafted_by: str
    drafted_at: datetime
    signed_by: str
    signed_at: datetime | None
    way_zh: str
    served_on: date | None
    delivered_on: date | None
    tracking: str
    consultation: str  # 征求意见的编号
    files: tuple[str, ...]  # docx、pdf
    acts: tuple[ActChoice, ...] = ()

    def may(self, key: str) -> bool:
        return any(act.key == key and act.allowed for act in self.acts)


@dataclass(frozen=True, slots=True, repr=False)
class ConsultationView:
    """Somebody whose opinion is asked: who, what about, and what became of it."""

    id: int
    ref: str
    to: str
    to_zh: str
    party: Mapping[str, str]
    asks: str
    sent: date | None
    delivered: date | None
    term: date | None
    answered: date | None
    answer_zh: str
    silent: bool
    opened_at: datetime | None

    @property
    def letter_key(self) -> str:
        """The letter in which this side is asked (gongkai.law.letters)."""
        return {"third_party": "third_party", "co_maker": "co_maker"}.get(self.to, "co_ordination")

    @property
    def waits(self) -> bool:
        return self.sent is not None and self.answered is None


@dataclass(frozen=True, slots=True, repr=False)
class TaskView:
    id: int
    ref: str
    organ: str
    office: str
    person: str
    what: str
    due_on: date
    state: str
    state_zh: str
    state_en: str
    answered_on: date | None
    overdue: bool


@dataclass(frozen=True, slots=True, repr=False)
class FileView:
    number: int
    kind: str
    kind_zh: str
    name: str
    size: int
    at: datetime
    shown: bool
    removed_at: datetime | None
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class FeeView:
    """The fee: what was computed, notified, paid."""

    computed: Computed | None
    yuan: str
    noticed_on: date | None
    pay_by: date | None
    paid_on: date | None


@dataclass(frozen=True, slots=True)
class RemedyView:
    id: int
    number: str
    kind_zh: str
    kind_en: str
    body: str
    filed_on: date
    result: str
    judgment: str
    ended_on: date | None
    next_on: date | None


@dataclass(frozen=True, slots=True)
class Relative:
    """A request that this one comes from or leads to."""

    id: int
    number: str
    relation: str  # parent、unit、leading、joined、came_from、went_to
    state_zh: str
    organ_name: str
    readable: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How often the same applicant has asked: by identity number, else by name."""

    same_applicant: int
    this_month: int
    frequent: bool


@dataclass(frozen=True, slots=True, repr=False)
class CaseView:
    """Everything on the page of a request."""

    id: int
    organ: OrganView
    number: str
    state: State
    state_zh: str
    state_en: str
    channel: str
    channel_zh: str
    channel_en: str
    applicant_kind: str
    kind_zh: str
    kind_en: str
    applicant: Applicant
    asked: Asked
    oral: bool
    needs_help: bool
    imported: bool
    officer: str
    officer_id: int | None
    registered_by: str
    registered_at: datetime
    submitted_on: date
    received_on: date | None
    ended_on: date | None
    reply: str
    reply_zh: str
    outcome: str
    outcome_zh: str
    late_days: int
    archived: bool
    seen: int  # events_taken
    clock: Reckoning
    events: tuple[EventView, ...]
    letters: tuple[LetterView, ...]
    consultations: tuple[ConsultationView, ...]
    tasks: tuple[TaskView, ...]
    files: tuple[FileView, ...]
    fee: FeeView | None
    remedies: tuple[RemedyView, ...]
    relatives: tuple[Relative, ...]
    counts: Counts
    acts: tuple[ActChoice, ...]

    def act(self, key: str) -> ActChoice | None:
        return next((act for act in self.acts if act.key == key), None)

    def may(self, key: str) -> bool:
        found = self.act(key)
        return found is not None and found.allowed

    def letter(self, letter_id: int) -> LetterView | None:
        return next((letter for letter in self.letters if letter.id == letter_id), None)

    def consultation(self, ref: str) -> ConsultationView | None:
        return next((each for each in self.consultations if each.ref == ref), None)
