"""All rules, by code. The rule pages of the documentation are printed from these."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

from gongkai.law.findings import Rule

TOPICS: tuple[str, ...] = ("doubts", "layout", "source", "tables", "prose", "document", "aggregate", "ocr")


def _collect() -> Mapping[str, Rule]:
    rules: dict[str, Rule] = {}
    for topic in TOPICS:
        for rule in import_module(f"{__name__}.{topic}").RULES:
            if rule.code in rules:
                raise ValueError(f"rule code defined twice: {rule.code}")
            rules[rule.code] = rule
    return MappingProxyType(rules)


def rules() -> Mapping[str, Rule]:
    """Every rule of the audit and of the reading, by code, in the order of the topics."""
    return _collect()
