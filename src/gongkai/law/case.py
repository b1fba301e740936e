"""一件申请的书面记录: calendar, today and events, as plain JSON values, read strictly.

Nothing is guessed: an unknown kind, a missing or further field, a date in another form is refused by name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum

from . import outcomes
from .errors import NotUnderstood
from .events import BY_KIND, Answer, Asked, Channel, Event, Lapse
from .notices import parse_day

_KEYS = ("calendar", "today", "events")
_CHOICES: Mapping[tuple[str, str], type[StrEnum]] = {
    ("submitted", "channel"): Channel,
    ("consultation_sent", "to"): Asked,
    ("consultation_answered", "answer"): Answer,
    ("closed", "outcome"): Lapse,
}
_CENT = Decimal("0.01")
_MOST_YUAN = Decimal(10) ** 12
_DATES = ("on", "answer_by", "until")


@dataclass(frozen=True, slots=True)
class Case:
    """What the command is given: the calendar's name, the day of the question, the events."""

    calendar: str
    today: date
    events: tuple[Event, ...]


def parse_case(data: object) -> Case:
    """A case from decoded JSON."""
    table = _fields(data, _KEYS, "申请记录", "the case")
    name, today, events = (table[key] for key in _KEYS)
    if not isinstance(name, str):
        raise _wrong("申请记录", "the case", "calendar", "日历名称（如 cn）", "the name of a calendar (such as cn)", name)
    if not isinstance(events, list):
        raise _wrong("申请记录", "the case", "events", "数组", "an array", events)
    on = _day(today, "申请记录", "the case", "today")
    return Case(name, on, tuple(parse_event(event, number) for number, event in enumerate(events, start=1)))


def parse_event(data: object, number: int = 1) -> Event:
    """One event from decoded JSON; `number` names it in the message when it is wrong."""
    where = f"第{number}项", f"Event {number}"
    if not isinstance(data, dict):
        raise NotUnderstood(f"{where[0]}：应为对象，收到 {_shown(data)}。", f"{where[1]}: expected an object, got {_shown(data)}.")
    kind = data.get("kind")
    event = BY_KIND.get(kind) if isinstance(kind, str) else None
    if event is None:
        raise _wrong(*where, "kind", "、".join(BY_KIND), "one of " + ", ".join(BY_KIND), kind)
    where = f"第{number}项 {kind}", f"Event {number}, {kind}"
    names = tuple(field.name for field in fields(event))
    table = _fields(data, ("kind", *names), *where)
    make: Callable[..., Event] = event
    return make(**{name: _value(str(kind), name, table[name], where) for name in names})


def _fields(data: object, expected: tuple[str, ...], zh: str, en: str) -> Mapping[str, object]:
    if not isinstance(data, dict):
        raise NotUnderstood(f"{zh}应为对象，收到 {_shown(data)}。", f"Expected an object for {en}, got {_shown(data)}.")
    if missing := [key for key in expected if key not in data]:
        raise NotUnderstood(f"{zh}：缺少 {'、'.join(missing)}。", f"{en}: missing {', '.join(missing)}.")
    if further := [str(key)[:40] for key in data if key not in expected]:
        raise NotUnderstood(
            f"{zh}：多出不认识的 {'、'.join(further)}（应有 {'、'.join(expected)}）。",
            f"{en}: unknown {', '.join(further)} (expected {', '.join(expected)}).",
        )
    return data


def _value(kind: str, name: str, value: object, where: tuple[str, str]) -> object:
    if name in _DATES:
        return _day(value, *where, name)
    if (choice := _CHOICES.get((kind, name))) is not None:
        if not isinstance(value, str) or value not in tuple(choice):
            raise _wrong(*where, name, "、".join(choice), "one of " + ", ".join(choice), value)
        return choice(value)
    if name == "outcome":
        if not isinstance(value, str) or value not in outcomes.BY_KEY:
            raise _wrong(*where, name, "表三的结果项（如 granted）", "a leaf key of table three (such as granted)", value)
        return value
    if name == "workdays":
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise _wrong(*where, name, "1 以上的整数", "a whole number from 1", value)
        return value
    if name == "amount":
        return _yuan(value, where)
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise _wrong(*where, name, "一行非空的文字", "a text of one line, not empty", value)
    return value


def _yuan(value: object, where: tuple[str, str]) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise _wrong(*where, "amount", "元为单位的数", "a number of yuan", value)
    amount = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    if not amount.is_finite() or not 0 <= amount < _MOST_YUAN or amount != amount.quantize(_CENT):
        raise _wrong(*where, "amount", "不小于 0、至多两位小数的元数", "yuan, not below 0, with at most two decimals", value)
    return amount


def _day(value: object, zh: str, en: str, name: str) -> date:
    day = parse_day(value) if isinstance(value, str) else None
    if day is None:
        raise _wrong(zh, en, name, "YYYY-MM-DD 的日期", "a date YYYY-MM-DD", value)
    return day


def _wrong(zh: str, en: str, name: str, expected_zh: str, expected_en: str, came: object) -> NotUnderstood:
    return NotUnderstood(
        f"{zh}：{name} 应为{expected_zh}，收到 {_shown(came)}。", f"{en}: {name} must be {expected_en}, got {_shown(came)}."
    )


def _shown(value: object) -> str:
    """A value as a message shows it: short, on one line."""
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    text = repr(value) if isinstance(value, str) else "null" if value is None else str(value)[:60]
    return text if len(text) <= 60 else text[:57] + "…"
