"""The texts of the demo, read from `texts/*.md` and filled in: figures that add up, days that are working days.

A text is its fields in TOML and its body in a little Markdown, between a line `=== name` and the next. Everything that
varies is drawn from a generator seeded by the text's name, the organ and the year: the same call gives the same document.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files

from gongkai.law.calendar import calendar

BASE_YEAR = 2019  # 趋势数列由此起
QUARTERS = ("第一季度", "上半年", "前三季度", "全年")
FOOTER = "演示数据：本文由演示程序生成，所列事项、人员、文号和数字均为虚构，与任何机关的实际公文无关。"


@dataclass(frozen=True, slots=True)
class Text:
    """One text as written: its fields, what varies in it, its body, and the body of its interpretation."""

    name: str
    told: Mapping[str, object]
    body: str
    interpretation: str = ""

    def table(self, key: str) -> dict[str, list]:
        return dict(self.told.get(key, {}))  # type: ignore[call-overload]


@dataclass(frozen=True, slots=True)
class Filled:
    """A text for one organ and one day, ready to be drafted."""

    text: Text
    title: str
    summary: str
    markdown: str
    interpretation: str
    number: str
    values: Mapping[str, str] = field(repr=False, default_factory=dict)


@cache
def library() -> Mapping[str, Text]:
    """Every text by its name."""
    found: dict[str, Text] = {}
    folder = files(__package__) / "texts"
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        if entry.name.endswith(".md"):
            for piece in entry.read_text("utf-8").split("=== ")[1:]:
                text = _read(piece)
                found[text.name] = text
    return found


def _read(piece: str) -> Text:
    name, _, rest = piece.partition("\n")
    told, _, body = rest.partition("\n+++\n")
    body, _, interpretation = body.partition("\n+++ 解读\n")
    return Text(name.strip(), tomllib.loads(told), body.strip(), interpretation.strip())


def fill(
    name: str, words: Mapping[str, str], formed_on: date, *, serial: int = 0, salt: str = "", quarter: int = 0, turn: int = 0,
    given: Mapping[str, str] | None = None,
) -> Filled:  # fmt: skip
    """The text of that name for an organ (its `words`) on a day. `salt` tells two apart in one year; `turn` goes through what can be picked."""
    text = library()[name]
    seed = f"{text.told.get('seed', name)}|{words['organ']}|{formed_on.year}|{salt}"
    values: dict[str, str] = dict(words) | _dated(formed_on) | {"no": str(serial), "quarter": QUARTERS[quarter]}
    for key, offered in text.table("pick").items():
        first = random.Random(f"{text.told.get('seed', name)}|{words['organ']}|{key}").randrange(len(offered))
        values[key] = offered[(first + turn) % len(offered)]
    values |= given or {}
    values |= _figures(text, seed, formed_on.year, words["organ"])
    for key, days in text.table("day").items():
        values[key] = chinese(formed_on + timedelta(days=int(days)))  # type: ignore[call-overload]
    if "effective" in text.told:
        values["effective"] = chinese(effective_on(text, formed_on) or formed_on)
    said = [str(text.told.get(key, "")).format_map(values) for key in ("title", "summary", "number")]
    return Filled(text, said[0], said[1], text.body.format_map(values), text.interpretation.format_map(values), said[2], values)


def effective_on(text: Text, formed_on: date) -> date | None:
    """The day from which the document holds, where it names one."""
    days = text.told.get("effective")
    return formed_on + timedelta(days=int(str(days))) if days is not None else None


def chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def workday(day: date) -> date:
    """The day itself, or the next one worked."""
    return calendar("cn").next_workday(day)


def _dated(day: date) -> dict[str, str]:
    return {"year": str(day.year), "last": str(day.year - 1), "next": str(day.year + 1), "month": str(day.month), "day": str(day.day), "date": chinese(day)}


def _figures(text: Text, seed: str, year: int, organ: str) -> dict[str, str]:
    now: dict[str, Decimal] = {}
    before: dict[str, Decimal] = {}
    earlier: dict[str, Decimal] = {}
    for key, (low, high, *places) in text.table("range").items():
        now[key] = _rounded(random.Random(f"{seed}|{key}").uniform(low, high), places[0] if places else 0)
    for key, (start, growth, places) in text.table("trend").items():
        scale = 1.0 if "{place}" not in str(text.told["title"]) else _scale(organ)
        earlier[key], before[key], now[key] = (_trend(f"{organ}|{key}|{start}", start * scale, growth, places, year - back) for back in (2, 1, 0))
    for key, parts in text.table("sum").items():
        for held in (earlier, before, now):
            if all(part in held for part in parts):
                held[key] = sum((held[part] for part in parts), Decimal(0))
    told = {key: str(value) for key, value in now.items()}
    for key, value in before.items():
        told[f"{key}_last"] = str(value)
        told[f"{key}_up"] = _growth(now[key], value)
        told[f"{key}_last_up"] = _growth(value, earlier[key])
    return told


@cache
def _trend(seed: str, start: float, growth: float, places: int, year: int) -> Decimal:
    """The figure of one year in a series; every document that names it names the same."""
    value = start
    for each in range(BASE_YEAR - 2, year):
        value *= 1 + growth + random.Random(f"{seed}|{each}").uniform(-0.012, 0.012)
    return _rounded(value, places)


def _scale(organ: str) -> float:
    return {"疏勒县人民政府": 1.0, "新疆生产建设兵团第十一师": 0.8}.get(organ, 0.35)


def _rounded(value: float, places: int) -> Decimal:
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _growth(now: Decimal, before: Decimal) -> str:
    return "—" if not before else str(((now / before - 1) * 100).quantize(Decimal("0.1"), ROUND_HALF_UP))
