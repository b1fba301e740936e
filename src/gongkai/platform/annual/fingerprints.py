"""A finding in short: the same finding keeps its explanation; another place or another figure does not."""

from __future__ import annotations

import hashlib

from gongkai.law.findings import Finding


def fingerprint(finding: Finding) -> str:
    told = f"{finding.code}|{finding.where}|{finding.sentence('zh')}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]
