"""What a letter needs to know of its case on a day: the request, its applicant, the clock, the organ's letterhead. Read once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.law.calendar import Calendar
from gongkai.law.clock import Clock, Settings
from gongkai.law.explanation import day_zh
from gongkai.law.request import Step
from gongkai.platform.cases import clocks, standing
from gongkai.platform.cases.models import Consultation, Request
from gongkai.platform.cases.standing import Happened
from gongkai.platform.cases.values import Applicant, Asked, Consulted
from gongkai.platform.organs.models import Organ

from .letterheads import Head, head_on

NATURAL = "natural"


@dataclass(frozen=True, slots=True, repr=False)
class Case:
    """A request as its letters see it."""

    request: Request
    on: date
    head: Head
    applicant: Applicant
    asked: Asked
    events: tuple[Happened, ...]
    steps: tuple[Step, ...]
    days: Calendar
    settings: Settings
    consultation: Consultation | None = None

    @property
    def organ(self) -> Organ:
        return self.request.organ

    @property
    def clock(self) -> Clock:
        return standing.clock_of(self.steps)

    @property
    def party(self) -> Consulted | None:
        return Consulted.opened(self.consultation.party) if self.consultation is not None else None

    @property
    def held(self) -> list[Happened]:
        return standing.effective(self.events)

    @property
    def you(self) -> str:
        """称呼: a person is 您, everybody else 你单位."""
        return "您" if self.request.applicant_kind == NATURAL else "你单位"

    @property
    def wanted(self) -> str:
        """What is asked, as it was written."""
        return "\n".join(each for each in (self.asked.title, self.asked.description) if each)


def case_on(request: Request, on: date, events: Sequence[Happened], consultation: Consultation | None = None) -> Case:
    """Everything, for a letter of a day."""
    days, settings = clocks.exact_days_of(request.organ), clocks.settings_of(request.organ, request.submitted_on)
    return Case(
        request, on, head_on(request.organ, on), Applicant.opened(request.applicant), Asked.opened(request.content), tuple(events),
        standing.steps(events, days, settings), days, settings, consultation,
    )  # fmt: skip


def zh(on: date | str | None) -> str:
    """2026年3月2日; nothing for nothing."""
    if not on:
        return ""
    return day_zh(date.fromisoformat(on) if isinstance(on, str) else on)
