"""送达的法律后果: which event of the law a letter's service makes, and what the core says of it beforehand. Decides nothing itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from gongkai.law import periods, replies
from gongkai.law.calendar import Calendar
from gongkai.law.clock import Settings
from gongkai.law.conduct import BY_KEY as RULES
from gongkai.law.conduct import ViolationRule
from gongkai.law.errors import NotUnderstood
from gongkai.law.events import Asked, Lapse
from gongkai.law.replies import Redress
from gongkai.law.request import Step
from gongkai.platform.cases import standing
from gongkai.platform.cases.errors import Invalid
from gongkai.platform.cases.standing import Happened

from .series import REPLY_LETTERS

EVENT: Mapping[str, str] = {
    "correction": "correction_requested", "extension": "extended", "fee": "fee_noticed", "reasons": "reasons_requested", "delayed": "delayed",
    "third_party": "consultation_sent", "co_maker": "consultation_sent", "co_ordination": "consultation_sent", "lapse": "closed",
} | {key: "replied" for key in REPLY_LETTERS if key != "lapse"}  # fmt: skip
ASKED = {"third_party": Asked.THIRD_PARTY, "co_maker": Asked.CO_MAKER, "co_ordination": Asked.OTHER_ORGAN}
LAPSES = {"no_correction": Lapse.NO_CORRECTION, "fee_unpaid": Lapse.FEE_UNPAID}
LAW_FIELDS: Mapping[str, str] = {"correction": "answer_by", "extension": "workdays", "fee": "amount", "delayed": "until"}
_MOST_YUAN = Decimal(10) ** 9


def replies_for(key: str) -> tuple[str, ...]:
    """The replies that end with this letter; empty for letters that do not end a request."""
    return tuple(reply.key for reply in replies.REPLIES if reply.letter_key == key)


def check_reply(key: str, reply: str) -> str:
    """The reply of a letter: the only one, or the one chosen among them."""
    held = replies_for(key)
    if not held:
        return ""
    chosen = reply or (held[0] if len(held) == 1 else "")
    if chosen not in held:
        raise Invalid({"reply": _("请选择答复的情形。")})
    return chosen


def checked_law(key: str, reply: str, law: Mapping[str, Any], day: date) -> dict[str, Any]:
    """The law's fields of a letter as they are kept; Invalid where the core could not take them."""
    match key:
        case "correction":
            return {"answer_by": _later(law, "answer_by", day)}
        case "delayed":
            return {"until": _later(law, "until", day)}
        case "extension":
            return {"workdays": _workdays(law)}
        case "fee":
            yuan = _yuan(law)
            return {"amount": int(yuan) if yuan == yuan.to_integral() else float(yuan)}  # 事项的字段是数
        case _ if key in REPLY_LETTERS:
            return {"outcome": LAPSES[reply].value if key == "lapse" else replies.BY_KEY[reply].outcome}
    return {}


def _later(law: Mapping[str, Any], name: str, day: date) -> str:
    given = law.get(name)
    try:
        on = given if isinstance(given, date) else date.fromisoformat(str(given or ""))
    except ValueError:
        raise Invalid({name: _("请填写日期，如 2026-03-31。")}) from None
    if on <= day:
        raise Invalid({name: _("期限应在 %(day)s 之后，填写的是 %(on)s。") % {"day": day, "on": on}})
    return on.isoformat()


def _workdays(law: Mapping[str, Any]) -> int:
    given = law.get("workdays")
    number = given if isinstance(given, int) else int(given) if isinstance(given, str) and given.isascii() and given.isdigit() else 0
    most = periods.EXTENSION.length
    if not 1 <= number <= most:
        raise Invalid({"workdays": _("延长的期限为 1 至 %(most)s 个工作日（条例第三十三条第二款），填写的是 %(given)s。") % {"most": most, "given": given}})
    return number


def _yuan(law: Mapping[str, Any]) -> Decimal:
    try:
        amount = Decimal(str(law.get("amount", "")))
    except InvalidOperation:
        amount = Decimal(0)
    if not amount.is_finite() or not 0 < amount < _MOST_YUAN:
        raise Invalid({"amount": _("请先核算信息处理费；数额应大于 0 元。")})
    return amount.normalize() if amount != amount.to_integral() else amount.quantize(Decimal(1))


def event_of(key: str, reply: str, law: Mapping[str, Any], ref: str = "") -> tuple[str, dict[str, Any], dict[str, Any]] | None:
    """The event's kind, the law's fields, and our facts; None where the law knows no event."""
    if (kind := EVENT.get(key)) is None:
        return None
    if key in ASKED:
        return kind, {"ref": ref, "to": ASKED[key].value}, {}
    return kind, dict(law), {"reply": reply} if reply else {}


def reconsideration_first(reply: str) -> bool:
    """Whether the letter must say that reconsideration comes before suing (行政复议法第二十三条第二款)."""
    return bool(reply) and replies.BY_KEY[reply].redress is Redress.RECONSIDERATION_FIRST


@dataclass(frozen=True, slots=True)
class Consequence:
    """What the core says of a service on a day: refused with its words, or the rule it would break, and the last day for the reply after it."""

    refused: str = ""
    violation: ViolationRule | None = None
    due_on: date | None = None
    state: str = ""


def foreseen(events: Sequence[Happened], kind: str, law: Mapping[str, Any], on: date, days: Calendar, settings: Settings) -> Consequence:
    """The core asked beforehand, without writing anything."""
    number = max((each.number for each in events), default=0) + 1
    try:
        taken = standing.steps([*events, Happened(number, kind, on, law, {})], days, settings)
    except NotUnderstood as refused:
        return Consequence(refused=refused.zh)
    step = _step_of(taken, kind, on)
    broken = RULES[step.violation.rule] if step is not None and step.violation is not None else None
    after = taken[-1].after
    return Consequence("", broken, after.due(days), after.state.value if after.state else "")


def _step_of(taken: Sequence[Step], kind: str, on: date) -> Step | None:
    return next((step for step in reversed(taken) if step.event.kind == kind and step.event.on == on), None)
