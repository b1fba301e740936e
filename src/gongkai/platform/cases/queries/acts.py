"""What may be done with a request now, and why not: the table of acts, the law's clock, the setting of the organ, what lies in the file.

The actions decide; this says beforehand what they would say, so that a page need not let anybody run into it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from gongkai.law import conduct
from gongkai.law import events as law
from gongkai.law.calendar import Calendar
from gongkai.law.clock import Clock
from gongkai.law.errors import NotUnderstood
from gongkai.law.letters import BY_KEY as LETTERS
from gongkai.platform.cases import states
from gongkai.platform.cases.choices import LetterState, State
from gongkai.platform.cases.letters.duties import reviewed, signers
from gongkai.platform.organs import dated
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.models import Organ

from .case_values import ActChoice

NOT_HERE = frozenset({"register", "file", "import", "take_over", "recompute", "judge"})  # 不是对已有的一件做的，或者不由工作人员做
OF_LETTERS = ("change_letter", "discard_letter", "review_letter", "return_letter", "sign_letter", "void_letter", "serve_letter", "record_delivery")
OF_PARTS = frozenset({*OF_LETTERS, "answer_task", "cancel_task", "deliver_consultation", "answer_consultation", "renew_link", "end_remedy", "remove_file", "rectify"})
S = LetterState
_LETTER_STATES: Mapping[str, frozenset[LetterState]] = {
    "change_letter": frozenset({S.DRAFTED, S.RETURNED, S.REVIEWED}),
    "discard_letter": frozenset({S.DRAFTED, S.RETURNED, S.REVIEWED}),
    "review_letter": frozenset({S.DRAFTED}),
    "return_letter": frozenset({S.DRAFTED, S.REVIEWED}),
    "sign_letter": frozenset({S.DRAFTED, S.REVIEWED}),
    "void_letter": frozenset({S.SIGNED}),
    "serve_letter": frozenset({S.SIGNED}),
    "record_delivery": frozenset({S.SERVED}),
}
_OPEN_LETTERS = frozenset({S.DRAFTED, S.REVIEWED, S.RETURNED, S.SIGNED})
_NAMED = re.compile(r"^(?:第\d+项 [^：]+：|Event \d+, [^:]+: )")


@dataclass(frozen=True, slots=True)
class Held:
    """What lies in the file, as far as an act depends on it."""

    state: State
    archived: bool
    clock: Clock
    letters: Collection[LetterState]
    open_tasks: int
    joined: bool
    units: int


def choices(actor: Actor, organ: Organ, held: Held, days: Calendar, today: date) -> tuple[ActChoice, ...]:
    """Every act on the request itself, allowed or with the reason why not."""
    kinds = actor.kinds(organ.pk)
    offered = []
    for act in states.ACTS:
        if act.key in NOT_HERE:
            continue
        verdict = states.may(act.key, states.Facts(held.state, held.archived), kinds)
        choice = ActChoice(act.key, act.zh, act.en, verdict.allowed, verdict.zh, verdict.en, verdict.allowed or not verdict.now)
        if choice.allowed and (why := _why_not(act, organ, held, days, today)) is not None:
            choice = replace(choice, allowed=False, why_zh=why[0], why_en=why[1])
        offered.append(choice)
    return tuple(offered)


def _why_not(act: states.Act, organ: Organ, held: Held, days: Calendar, today: date) -> tuple[str, str] | None:
    """What stands against an act that role and state allow."""
    if act.applies and not dated.value_on(organ.settings, act.applies, today):
        return f"本机关的设置没有打开“{dated.BY_KEY[act.applies].zh}”。", f"The organ has not switched on: {dated.BY_KEY[act.applies].zh}."
    match act.key:
        case "correct":
            return refusal(held.clock, law.Corrected(today), days)
        case "give_reasons":
            return refusal(held.clock, law.ReasonsGiven(today), days)
        case "deliver_consultation" | "answer_consultation" | "renew_link" if not any(each.answered is None for each in held.clock.consultations):
            return "没有尚未答复的征求意见书。", "No consultation is waiting for an answer."
        case "answer_task" | "cancel_task" if not held.open_tasks:
            return "没有办理中的交办。", "No search task is open."
        case "part" if not held.joined:
            return "本件没有与其他申请合并答复。", "The request is not joined with another."
        case "archive":
            return _unfinished(held)
    return None


def _unfinished(held: Held) -> tuple[str, str] | None:
    letters = sum(state in _OPEN_LETTERS for state in held.letters)
    if letters:
        return f"还有 {letters} 份文书没有送达。", f"{letters} letters are not yet served."
    return (f"还有 {held.open_tasks} 项交办的检索没有回复。", f"{held.open_tasks} search tasks are open.") if held.open_tasks else None


def refusal(clock: Clock, event: law.Event, days: Calendar) -> tuple[str, str] | None:
    """Why the law does not let this happen now; nothing where it does."""
    try:
        conduct.admit(clock, event, 0, days)
    except NotUnderstood as refused:
        return _sentence(refused.zh), _sentence(refused.en)
    return None


def warning(clock: Clock, event: law.Event, days: Calendar) -> tuple[str, str] | None:
    """The rule that this would break, if it happened now."""
    broken = conduct.violation(clock, event, days)
    return (f"{broken.zh}（条例第{broken.article}条）。", f"{broken.en} (Art {broken.article}).") if broken else None


def letter_choices(actor: Actor, organ: Organ, held: Held, days: Calendar, today: date) -> tuple[ActChoice, ...]:
    """Which letters may be drafted now, and which would break a rule if they were served today. Keys are those of gongkai.law.letters."""
    verdict = states.may("draft_letter", states.Facts(held.state, held.archived), actor.kinds(organ.pk))
    offered = []
    for letter in LETTERS.values():
        event = served_as(letter.key, today, held.clock)
        why = warn = None
        if verdict.allowed and event is not None:
            why, warn = refusal(held.clock, event, days), warning(held.clock, event, days)
        if verdict.allowed and why is None and letter.key == "fee" and not dated.value_on(organ.settings, "charges", today):
            why = "本机关不收取信息处理费。", "The organ charges no fee."
        allowed = verdict.allowed and why is None
        said = ("", "") if allowed else why or (verdict.zh, verdict.en)
        offered.append(ActChoice(letter.key, letter.title, letter.key, allowed, *said, verdict.allowed or not verdict.now, *(warn or ("", ""))))
    return tuple(offered)


def served_as(key: str, today: date, clock: Clock) -> law.Event | None:
    """The event of the law that serving this letter today would be; nothing for letters that make none."""
    tomorrow = today + timedelta(days=1)
    match key:
        case "correction":
            return law.CorrectionRequested(today, tomorrow)
        case "extension":
            return law.Extended(today, 1)
        case "fee":
            return law.FeeNoticed(today, Decimal(1))
        case "reasons":
            return law.ReasonsRequested(today)
        case "delayed":
            return law.Delayed(today, tomorrow)
        case "third_party" | "co_maker" | "co_ordination":
            to = {"third_party": law.Asked.THIRD_PARTY, "co_maker": law.Asked.CO_MAKER, "co_ordination": law.Asked.OTHER_ORGAN}[key]
            return law.ConsultationSent(today, "（新）", to)
        case "lapse":
            waits_for_fee = clock.state is not None and clock.state.value == State.AWAITING_FEE.value
            return law.Closed(today, law.Lapse.FEE_UNPAID if waits_for_fee else law.Lapse.NO_CORRECTION)
        case _ if reviewed(key):
            return law.Replied(today, "granted")
    return None


def letter_acts(
    actor: Actor, organ: Organ, held: Held, today: date, *, key: str, state: LetterState, delivered: bool,
    authors: Collection[int], reviewers: Collection[int],
) -> tuple[ActChoice, ...]:  # fmt: skip
    """What may be done with one letter: the table, where the letter stands, and who wrote and reviewed it (谁拟稿谁不签发、不审核)."""
    kinds, demanded = actor.kinds(organ.pk), reviewed(key) and bool(dated.value_on(organ.settings, "legal_review", today))
    offered = []
    for act in OF_LETTERS:
        row = states.BY_KEY[act]
        if state not in _LETTER_STATES[act] or (act == "record_delivery" and delivered) or (act == "review_letter" and not demanded):
            continue
        verdict = states.may(act, states.Facts(held.state, held.archived), kinds)
        choice = ActChoice(act, row.zh, row.en, verdict.allowed, verdict.zh, verdict.en, verdict.allowed or not verdict.now)
        if choice.allowed and (why := _apart(act, kinds, key, state, demanded, actor.person in authors, actor.person in reviewers)) is not None:
            choice = replace(choice, allowed=False, why_zh=why[0], why_en=why[1])
        offered.append(choice)
    return tuple(offered)


def _apart(
    act: str, kinds: Collection[object], key: str, state: LetterState, demanded: bool, wrote: bool, passed: bool
) -> tuple[str, str] | None:
    if act in ("review_letter", "sign_letter") and wrote:
        return "自己拟稿、修改的文书，由他人审核、签发。", "Nobody reviews or signs what they wrote."
    if act == "sign_letter" and passed:
        return "法制审核的人不签发同一文书。", "Whoever reviewed the letter does not sign it."
    if act == "sign_letter" and not signers(key) & set(kinds):
        names, en = "、".join(role.label for role in sorted(signers(key))), ", ".join(sorted(role.value for role in signers(key)))
        return f"这份文书由{names}签发。", f"This letter is signed by: {en}."
    if act == "sign_letter" and demanded and state is not S.REVIEWED:
        return "本机关的设置要求先经法制审核。", "The organ wants legal review first."
    return None


def _sentence(said: str) -> str:
    return _NAMED.sub("", said)

