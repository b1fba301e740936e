"""Rules on the document as a whole: its form, its sections, its dates, what was left in its text."""

from __future__ import annotations

from gongkai.law.findings import Rule, Severity

UNKNOWN_KEY = Rule(
    "exchange.unknown_key", Severity.INFO, "本项目的交换格式",
    {"zh": "数据中的键“{key}”不在键表内，已略过。", "en": "The key “{key}” is not a published key and was passed over."},
    {"zh": "核对键名是否写错。", "en": "Check the key for a slip."},
)

RULES: tuple[Rule, ...] = (UNKNOWN_KEY,)
