"""Whose term an organ's report has (条例第四十九条); townships as the project's reading has it."""

from __future__ import annotations

from gongkai.law.reporting import Reporter
from gongkai.platform.organs.models import Level, OrganKind


def reporter_of(kind: str, level: str) -> Reporter:
    """An organ's kind and level among those for whom the statute sets a day."""
    if kind != OrganKind.GOVERNMENT:
        return Reporter.DEPARTMENT
    return Reporter.TOWNSHIP if level == Level.TOWNSHIP else Reporter.GOVERNMENT
