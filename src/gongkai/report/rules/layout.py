"""Rules on layout."""

from gongkai.law.findings import Rule

RULES: tuple[Rule, ...] = ()
