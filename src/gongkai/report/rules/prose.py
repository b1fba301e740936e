"""Rules on prose."""

from gongkai.law.findings import Rule

RULES: tuple[Rule, ...] = ()
