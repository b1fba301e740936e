"""Which letters may be drafted for a request now; what the core would say if they were served today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from gongkai.platform.cases import clocks, standing
from gongkai.platform.cases.choices import LetterState, State
from gongkai.platform.cases.models import Consultation, Letter
from gongkai.platform.cases.recording import events_of, seen_by
from gongkai.platform.organs.acting import Actor

from .acts import Held, letter_choices
from .case_values import ActChoice

_SIDES = {"third_party": "third_party", "third_party_decision": "third_party", "co_maker": "co_maker", "co_ordination": "other_organ"}
_FIRST = "请先登记被征求意见方。", "Enter the side to consult first."


def letter_kinds(actor: Actor, request_id: int, today: date) -> tuple[ActChoice, ...]:
    """Every kind of letter, allowed or with the reason why not. Four statements."""
    request = seen_by(actor, request_id)
    events = events_of(request)
    days = clocks.days_of(request.organ)
    clock = standing.clock_of(standing.steps(events, days, clocks.settings_of(request.organ, request.submitted_on)))
    states = [LetterState(state) for state in Letter.objects.filter(request=request).values_list("state", flat=True)]
    archived = any(each.kind == "archived" for each in standing.effective(events))
    held = Held(State(request.state), archived, clock, states, 0, request.leading_id is not None, 0)
    sides = set(Consultation.objects.filter(request=request).values_list("to", flat=True))
    return tuple(
        replace(choice, allowed=False, why_zh=_FIRST[0], why_en=_FIRST[1]) if choice.allowed and _SIDES.get(choice.key, choice.key) not in sides and choice.key in _SIDES else choice
        for choice in letter_choices(actor, request.organ, held, days, today)
    )
