"""The annual reports of the demo: the figures of four published reports as they were printed, and series invented for a department."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from gongkai.formats.writing import write
from gongkai.law.editions import BY_KEY, SECTIONS, Remedy, Result
from gongkai.report.exchange import from_dict
from gongkai.report.model import AnnualReport

from .entries import Entry

Number = int | float | None
COLUMNS = ("natural", "business", "research", "public_welfare", "legal_service", "other")


@dataclass(frozen=True, slots=True)
class Printed:
    """The tables of one report: cells of section 二, rows of section 三 that are not zero, results of section 四."""

    edition: str
    active: Mapping[str, Number]
    requests: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    remedies: Mapping[tuple[str, str], int] = field(default_factory=dict)
    blank: bool = False  # 原件中申请人各列空白
    blank_totals: frozenset[str] = frozenset()


NONE_2021: Mapping[str, Number] = {cell.key: 0 for cell in BY_KEY["2021"].active_cells()}
FACTS: Mapping[tuple[str, int], Printed] = {  # 公开发布的年度报告所载
    ("shule", 2023): Printed(
        "2021",
        {**NONE_2021, "normative_made": 1, "normative_in_force": 6, "licensing_decisions": 15160, "penalty_decisions": 1071, "coercion_decisions": 52, "fee_amount": 937.08},
        {"new_received": {"natural": 6}, "granted": {"natural": 3}, "partial": {"natural": 2}, "unable_not_held": {"natural": 1}},
        {("reconsideration", "other"): 1},
    ),
    ("hotan-affairs", 2023): Printed("2021", NONE_2021),
    ("xinkailing", 2021): Printed("2021", NONE_2021),
    ("division-11", 2023): Printed(
        "2019",
        {
            "rules_new_made": 0, "rules_new_published": 0, "rules_total_published": 0,
            "normative_new_made": 4, "normative_new_published": 2, "normative_total_published": 4,
            "licensing_prev_items": 37, "licensing_delta": 37, "licensing_decisions": 50,
            "other_services_prev_items": 0, "other_services_delta": 16, "other_services_decisions": 0,
            "penalty_prev_items": 18, "penalty_delta": 165, "penalty_decisions": 0,
            "coercion_prev_items": 1, "coercion_delta": 1, "coercion_decisions": 0,
            "fee_prev_items": 0, "fee_delta": 0, "procurement_items": 42, "procurement_amount": 180.02958,
        },
        blank=True, blank_totals=frozenset({"litigation_direct"}),
    ),
}  # fmt: skip
OUTCOMES_OFTEN = ("granted", "granted", "granted", "partial", "denied_third_party", "denied_internal_affairs", "unable_not_held", "unable_needs_making", "rejected_petition")
PROBLEMS = (
    "公开的及时性有待提高，部分信息临近时限才发布。已建立台账按周提醒。",
    "答复文书说理不够充分。已修订模板，由法制人员逐件审核。",
    "栏目设置与条例所列事项对应不够清楚。已按第二十条逐项调整。",
    "政策解读形式单一。将增加图解和问答。",
    "基层站所公开意识不强。将开展轮训并纳入考核。",
)


@cache
def printed(slug: str, year: int) -> Printed:
    """The tables of one report; what is not a fact is invented so that every identity holds, year after year."""
    if known := FACTS.get((slug, year)):
        return known
    rng = random.Random(f"annual|{slug}|{year}")
    carried = forward(slug, year - 1)
    new = {"natural": rng.randrange(2, 9), "business": rng.randrange(0, 4)}
    onward = forward(slug, year)
    done = {column: new[column] + carried[column] - onward[column] for column in new}
    rows: dict[str, dict[str, int]] = {"new_received": new, "carried_over": carried, "carried_forward": onward}
    for column, count in done.items():
        for _ in range(count):
            row = rows.setdefault(rng.choice(OUTCOMES_OFTEN), {})
            row[column] = row.get(column, 0) + 1
    market = slug == "shule-market"
    active = {
        **NONE_2021, "normative_in_force": 2, "licensing_decisions": rng.randrange(2600, 3400) if market else rng.randrange(20, 60),
        "penalty_decisions": rng.randrange(120, 240) if market else rng.randrange(0, 6), "coercion_decisions": rng.randrange(4, 16) if market else 0,
        "fee_amount": round(rng.uniform(6, 18), 2) if market else 0,
    }  # fmt: skip
    return Printed("2021", active, rows)


@cache
def forward(slug: str, year: int) -> dict[str, int]:
    """What is carried into the next year: at most what can have come in."""
    rng = random.Random(f"forward|{slug}|{year}")
    return {"natural": rng.randrange(0, 2) if year > 2020 else 0, "business": 0}


@cache
def report(slug: str, organ: str, title: str, year: int, signed_on: date, markdown: str) -> AnnualReport:
    """The report as the core's value: tables, sections, signature."""
    tables = printed(slug, year)
    edition = BY_KEY[tables.edition]
    units = {cell.key: cell.unit for cell in edition.active_cells()}
    told = {
        "organ": organ, "title": title, "year": year, "format": tables.edition,
        "active": {key: {"value": value, "unit": units[key]} for key, value in tables.active.items()},
        "applications": {row.key: _row(tables, row.key) for row in edition.requests},
        "remedies": {block.value: _block(tables, block.value) for block in Remedy},
        "sections": [{"number": n, "heading": f"{'一二三四五六'[n - 1]}、{SECTIONS[n - 1]}", "text": text} for n, text in _sections(markdown)],
        "signature": {"organ": organ, "on": signed_on.isoformat()}, "published": None,
    }  # fmt: skip
    return from_dict(told).report


def _row(tables: Printed, key: str) -> list[Number]:
    cells = dict(tables.requests.get(key, {}))
    if key == "results_total":
        for row, counts in tables.requests.items():
            if row not in ("new_received", "carried_over", "carried_forward"):
                for column, count in counts.items():
                    cells[column] = cells.get(column, 0) + count
    total = sum(cells.values())
    return [*(None if tables.blank else cells.get(column, 0) for column in COLUMNS), total]


def _block(tables: Printed, block: str) -> dict[str, Number]:
    empty: Number = None if tables.blank else 0
    found: dict[str, Number] = {result.value: tables.remedies.get((block, result.value), empty) for result in Result}
    counted = [count for (name, _), count in tables.remedies.items() if name == block]
    found["total"] = None if block in tables.blank_totals else sum(counted)
    return found


def _sections(markdown: str) -> list[tuple[int, str]]:
    parts = re.split(r"^## .*$", markdown, flags=re.M)[1:]
    return [(n, text.strip()) for n, text in enumerate(parts, 1) if text.strip() not in ("", "见表。")]


def words(slug: str, year: int) -> dict[str, str]:
    """What the prose of an invented report says, in accord with its tables."""
    if (slug, year) in FACTS:
        return {}
    rng = random.Random(f"prose|{slug}|{year}")
    got, over = _row(printed(slug, year), "new_received")[-1], _row(printed(slug, year), "carried_over")[-1]
    done, left = _row(printed(slug, year), "results_total")[-1], _row(printed(slug, year), "carried_forward")[-1]
    before = f"，上年结转{over}件" if over else ""
    after = f"，结转下年度继续办理{left}件" if left else ""
    said = f"本年新收政府信息公开申请{got}件{before}，办结{done}件{after}，均在法定期限内答复。"
    return {"year": str(year), "received": said, "site": str(rng.randrange(60, 240)), "media": str(rng.randrange(80, 320)),
            "train": str(rng.randrange(1, 4)), "problem": PROBLEMS[year % len(PROBLEMS)]}  # fmt: skip


def data(entry: Entry, organ: str, title: str, markdown: str, kind: str) -> bytes:
    """The report as a file: `json` is the exchange format of the core."""
    return write(report(entry.organ, organ, title, entry.year, entry.formed, markdown), kind)
