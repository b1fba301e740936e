"""Finding: one thing that the check before publication met, with its place, masked words, and what to do."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Literal

from gongkai.platform.documents.sentence import Sentence

NOWHERE: Final = Sentence("", "")


class Severity(StrEnum):
    """Whether a finding stops publication until it is mended or waived by name, or only warns."""

    BLOCK = "block"
    WARN = "warn"


Part = Literal["title", "metadata", "body", "attachment"]


@dataclass(frozen=True, slots=True)
class Where:
    """A place: in the body by characters of `cleaning.plain(body)`, in an attachment by page, paragraph or cell."""

    part: Part
    place: Sentence = NOWHERE
    attachment: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that is checked."""

    code: str
    severity: Severity
    says: Sentence  # with gaps that a finding's facts fill
    advice: Sentence


@dataclass(frozen=True, slots=True)
class GateFinding:
    """A rule that did not hold at one place."""

    code: str
    severity: Severity
    where: Where
    excerpt: str  # the words around it; numbers of persons masked
    message: Sentence
    advice: Sentence
    fingerprint: str  # the same for the same finding in the same text or file: a waiver holds to it


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that did not hold, before its place is known as a whole."""

    rule: Rule
    place: Sentence = NOWHERE
    start: int | None = None  # in the text that was looked at
    end: int | None = None
    excerpt: str = ""
    key: str = ""  # what tells this finding from others of its rule; never a person's whole number
    facts: Mapping[str, object] = field(default_factory=dict)


_AROUND: Final = 14  # characters before and after
MASK: Final = "*"


def masked(number: str) -> str:
    """A number with its first three and last two signs only."""
    return (
        number[:3] + MASK * max(len(number) - 5, 1) + number[-2:]
        if len(number) > 6
        else number[:1] + MASK * (len(number) - 1)
    )


def masked_name(name: str) -> str:
    return name[:1] + MASK * max(len(name) - 1, 1)


def excerpt(text: str, start: int, end: int) -> str:
    """The words around a place, on one line, with dots where they were cut."""
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    words = " ".join(text[first:last].split())
    return f"{'…' if first else ''}{words}{'…' if last < len(text) else ''}"


def findings(part: Part, hits: Iterable[Hit], attachment: str = "", content: bytes = b"") -> Sequence[GateFinding]:
    """The hits as findings, each with a fingerprint of its own. An attachment's hold to its content, too."""
    counts: Counter[str] = Counter()
    made = []
    for hit in hits:
        digest = hashlib.sha256(content).hexdigest() if content else ""
        key = "|".join((hit.rule.code, part, attachment, digest, hit.key))
        counts[key] += 1
        fingerprint = hashlib.sha256(f"{key}|{counts[key]}".encode()).hexdigest()[:32]
        body = part in ("body", "title")
        where = Where(part, hit.place, attachment, hit.start if body else None, hit.end if body else None)
        message = Sentence(hit.rule.says.zh.format_map(hit.facts), hit.rule.says.en.format_map(hit.facts))
        advice = Sentence(hit.rule.advice.zh.format_map(hit.facts), hit.rule.advice.en.format_map(hit.facts))
        made.append(GateFinding(hit.rule.code, hit.rule.severity, where, hit.excerpt, message, advice, fingerprint))
    return made
