"""Rules on tables."""

from gongkai.law.findings import Rule

RULES: tuple[Rule, ...] = ()
