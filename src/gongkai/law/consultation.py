"""征求意见: how long asking others pauses the clock, and what silence means (条例第三十二条至第三十四条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from . import periods
from .calendar import Calendar
from .events import Answer, Asked

PERIOD = {
    Asked.THIRD_PARTY: periods.THIRD_PARTY,
    Asked.CO_MAKER: periods.CO_MAKER,
    Asked.OTHER_ORGAN: periods.OTHER_ORGAN,
}
LABEL = {Asked.THIRD_PARTY: "第三方", Asked.CO_MAKER: "共同制作机关", Asked.OTHER_ORGAN: "其他机关"}


class Silence(StrEnum):
    """What follows when no opinion comes in time."""

    ORGAN_DECIDES = "organ_decides"  # 第三十二条：由行政机关依照条例决定是否公开；既非同意也非反对
    DEEMED_CONSENT = "deemed_consent"  # 第三十四条：视为同意公开


SILENCE = {
    Asked.THIRD_PARTY: Silence.ORGAN_DECIDES,
    Asked.CO_MAKER: Silence.DEEMED_CONSENT,
    Asked.OTHER_ORGAN: Silence.ORGAN_DECIDES,  # 条文未定
}


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that are not counted: after < d <= until."""

    after: date
    until: date

    def __contains__(self, day: date) -> bool:
        return self.after < day <= self.until


@dataclass(frozen=True, slots=True)
class Consultation:
    """One letter asking for an opinion, and what became of it."""

    ref: str
    to: Asked
    sent: date
    delivered: date | None = None
    answered: date | None = None
    answer: Answer | None = None

    def term(self, days: Calendar) -> date:
        """The last day for an answer: the 15th working day after delivery, or after sending while that is unknown."""
        return days.add_workdays(self.delivered or self.sent, PERIOD[self.to].length)

    def end(self, days: Calendar) -> date:
        """The day on which the pause ends; a late answer does not lengthen it."""
        term = self.term(days)
        return term if self.answered is None else min(self.answered, term)

    def pause(self, days: Calendar) -> Pause:
        return Pause(self.sent, self.end(days))

    def silent(self, days: Calendar, on: date) -> bool:
        """Whether the term has run out on this day without an answer in time."""
        term = self.term(days)
        return on > term and (self.answered is None or self.answered > term)


class ThirdPartyDecision(StrEnum):
    """What the organ does after asking a third party (条例第十五条、第三十二条)."""

    DISCLOSE = "disclose"
    WITHHOLD = "withhold"
    ORGAN_DECIDES = "organ_decides"
    DISCLOSE_AND_TELL = "disclose_and_tell"  # tell the third party the content and the reasons, in writing


def decide(answer: Answer | None, *, reasonable: bool | None = None, public_interest: bool = False) -> ThirdPartyDecision:
    """第三十二条: consent, a reasonable objection, silence; a major effect on the public interest overrides."""
    if answer is Answer.CONSENTS:
        return ThirdPartyDecision.DISCLOSE
    if public_interest:
        return ThirdPartyDecision.DISCLOSE_AND_TELL
    if answer is Answer.OBJECTS and reasonable:
        return ThirdPartyDecision.WITHHOLD
    return ThirdPartyDecision.ORGAN_DECIDES
