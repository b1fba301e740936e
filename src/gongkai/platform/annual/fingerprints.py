"""A finding in short: the same finding keeps its explanation; another place or another figure does not. And what a report says, in short."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from gongkai.law.findings import Finding


def fingerprint(finding: Finding) -> str:
    told = f"{finding.code}|{finding.where}|{finding.sentence('zh')}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def digest(data: Mapping[str, Any] | Sequence[str]) -> str:
    """SHA-256 over a canonical form: the same before it is stored and after it is read back, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str).encode()).hexdigest()
