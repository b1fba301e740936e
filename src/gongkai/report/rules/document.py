"""Rules on document."""

from gongkai.law.findings import Rule

RULES: tuple[Rule, ...] = ()
