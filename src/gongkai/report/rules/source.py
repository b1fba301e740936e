"""Rules on source."""

from gongkai.law.findings import Rule

RULES: tuple[Rule, ...] = ()
