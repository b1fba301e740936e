"""前次答复: the letter by which the same applicant was answered about the same thing before (条例第三十六条第六项)."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.platform.cases import charges, sealing
from gongkai.platform.cases.choices import LetterState, State
from gongkai.platform.cases.models import Letter, Request

from .case import Case
from .series import REPLY_LETTERS

_ALIKE = 0.5
_MOST = 200


@dataclass(frozen=True, slots=True)
class Earlier:
    """The day and number of an earlier reply; empty where none was found."""

    on: str = ""
    number: str = ""


def earlier_reply(case: Case) -> Earlier:
    """The latest reply to a request of the same applicant that asks about the same."""
    rows = Request.objects.filter(charges.same_applicant(case.request), organ_id=case.request.organ_id, state=State.REPLIED.value).exclude(pk=case.request.pk)
    alike = [pk for pk, marks in rows.order_by("-pk").values_list("pk", "marks")[:_MOST] if sealing.alike(marks, case.request.marks) >= _ALIKE]
    letter = Letter.objects.filter(request__in=alike, state=LetterState.SERVED.value, key__in=REPLY_LETTERS).order_by("-served_on", "-pk").first()
    return Earlier(letter.dated.isoformat() if letter.dated else "", letter.number) if letter is not None else Earlier()
