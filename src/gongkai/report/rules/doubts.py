"""Rules on doubts."""

from gongkai.law.findings import Rule

RULES: tuple[Rule, ...] = ()
