"""The ledgers of figures of the four organs, as their published reports tell them: numbers are facts, nothing else is taken.

And one year that is invented altogether, entered and not yet reported on: with it the writing of a report is practised.
"""

from __future__ import annotations

from decimal import Decimal

from gongkai.platform.annual.actions.entering import Told

Year = tuple[str, int]
EDITION: dict[Year, str] = {("division-11", 2023): "2019", ("xinkailing", 2021): "2021", ("shule", 2023): "2021", ("hotan-affairs", 2023): "2021"}  # 第十一师 2023 年仍用 2019 版

_NOTHING_2021 = (
    "rules_made", "rules_repealed", "rules_in_force", "normative_made", "normative_repealed", "normative_in_force",
    "licensing_decisions", "penalty_decisions", "coercion_decisions", "fee_amount",
)  # fmt: skip
_NOTHING: dict[str, int | str] = dict.fromkeys(_NOTHING_2021, 0)
_DIVISION: dict[str, int | str] = {
    "rules_new_made": 0, "rules_new_published": 0, "rules_total_published": 0,
    "normative_new_made": 4, "normative_new_published": 2, "normative_total_published": 4,
    "licensing_prev_items": 37, "licensing_delta": 37, "licensing_decisions": 50,
    "other_services_prev_items": 0, "other_services_delta": 16, "other_services_decisions": 0,
    "penalty_prev_items": 18, "penalty_delta": 165, "penalty_decisions": 0,
    "coercion_prev_items": 1, "coercion_delta": 1, "coercion_decisions": 0,
    "fee_prev_items": 0, "fee_delta": 0, "procurement_items": 42, "procurement_amount": "180.02958",
    "published.site": 2194, "published.new_media": 3804, "policies": 51, "interpretations": 57,
}  # fmt: skip
_SHULE: dict[str, int | str] = {
    **_NOTHING,
    "normative_made": 1, "normative_in_force": 6, "coercion_decisions": 52, "fee_amount": "937.08",
    "published": "8900+", "published.site": "1800+", "published.site_news": "800+", "published.site_information": "1000+",
    "published.new_media": "1700+", "published.broadcast": "1900+", "published.board": "3500+",
    "messages_pushed": 94, "mailbox_received": 48, "mailbox_done": 48,
    "hotline_report": 847, "hotline_complaint": 925, "hotline_enquiry": 511, "hotline_suggestion": 107, "hotline_praise": 118,
    "hotline_other": 12, "hotline_received": 12102, "hotline_signed": 12102, "hotline_done": 12102,
}  # fmt: skip
PRACTICE: Year = ("shule", 2024)
_PRACTICE: dict[str, int | str] = {  # 虚构
    **_NOTHING,
    "normative_made": 2, "normative_repealed": 1, "normative_in_force": 7, "coercion_decisions": 47, "fee_amount": "902.36",
    "published": 9214, "published.site": 2036, "published.site_news": 911, "published.site_information": 1125,
    "published.new_media": 1862, "published.broadcast": 1874, "published.board": 3442,
    "messages_pushed": 87, "mailbox_received": 61, "mailbox_done": 61,
    "hotline_report": 802, "hotline_complaint": 961, "hotline_enquiry": 574, "hotline_suggestion": 121, "hotline_praise": 133,
    "hotline_other": 16, "hotline_received": 11850, "hotline_signed": 11850, "hotline_done": 11838, "trainings": 4, "trained": 326,
}  # fmt: skip
_MONTHLY: dict[Year, dict[str, int]] = {  # 逐月登记的：各月之和是公布的数；分月是虚构的
    ("shule", 2023): {"licensing_decisions": 15160, "penalty_decisions": 1071, "hotline_help": 9582},
    PRACTICE: {"licensing_decisions": 14872, "penalty_decisions": 1103, "hotline_help": 9243},
}
FIGURES: dict[Year, dict[str, int | str]] = {
    ("division-11", 2023): _DIVISION,
    ("xinkailing", 2021): {**_NOTHING, "published.site": 115, "published.wechat": 2104, "reads.wechat": 420000},
    ("shule", 2023): _SHULE,
    ("hotan-affairs", 2023): {**_NOTHING, "published": 2},
}


def told(slug: str, year: int) -> list[Told]:
    """What the organ's disclosure office enters: most of it for the whole year, some month by month."""
    entered = _PRACTICE if (slug, year) == PRACTICE else FIGURES[slug, year]
    whole = {key: value for key, value in entered.items() if key not in _MONTHLY.get((slug, year), {})}
    evidence = "演示数据，虚构" if (slug, year) == PRACTICE else "年度报告所列"
    found = [_one(key, value, 0, evidence) for key, value in whole.items()]
    for key, total in _MONTHLY.get((slug, year), {}).items():
        found += [_one(key, part, month, "演示数据，虚构" if (slug, year) == PRACTICE else "业务系统月报") for month, part in enumerate(_months(total, len(key)), start=1)]
    return found


def _one(key: str, value: int | str, month: int, evidence: str) -> Told:
    indicator, _, channel = key.partition(".")
    text = str(value)
    return Told(indicator, month, Decimal(text.rstrip("+")), channel, text.endswith("+"), evidence)


def _months(total: int, salt: int) -> list[int]:
    """Twelve numbers that add up: uneven, the same every time."""
    weights = [7 + (month * 5 + salt) % 6 for month in range(12)]
    parts = [total * weight // sum(weights) for weight in weights]
    return [*parts[:-1], total - sum(parts[:-1])]
