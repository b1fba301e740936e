"""Gate: the check before publication (发布前检查) of title, facts, text and attachments.

Each finding has a place, masked words, what to do, and a fingerprint that stays the same as long as the text or the
file does, so that a waiver by name with a reason holds through further checks. Nothing is decided here: whoever
publishes mends or waives.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gongkai.formats.limits import DEFAULT, Limits
from gongkai.platform.documents.cleaning import plain
from gongkai.platform.documents.sentence import Sentence

from . import rules
from .attachment import inspect, located, texts
from .finding import GateFinding, Hit, Rule, Severity, Where, excerpt, findings
from .heading import Facts, fact_hits, title_hits
from .personal import personal, veiled
from .rules import RULES
from .secrecy import secrecy
from .wording import STANDARD, Word, Wordlist, wording


def check(
    body_html: str, title: str, attachments: Sequence[tuple[str, bytes]] = (), words: Wordlist | None = None,
    facts: Facts | None = None, limits: Limits = DEFAULT,
) -> tuple[GateFinding, ...]:  # fmt: skip
    """Everything that should be looked at before this is published, what stops it first."""
    words = words or Wordlist()
    text = plain(body_html)
    found: list[GateFinding] = [
        *findings("title", (*title_hits(title), *_hits(title.strip(), words))),
        *findings("metadata", fact_hits(facts or Facts())),
        *findings("body", (_in_paragraph(hit, text) for hit in _hits(text, words))),
    ]
    if not text.strip() and not attachments and "<img" not in body_html:
        found.extend(findings("body", [Hit(rules.NO_TEXT)]))
    for name, data in attachments:
        found.extend(check_attachment(name, data, words, limits))
    return tuple(sorted(found, key=lambda finding: finding.severity is not Severity.BLOCK))


def check_attachment(
    name: str, data: bytes, words: Wordlist | None = None, limits: Limits = DEFAULT
) -> tuple[GateFinding, ...]:
    """The findings of one attachment alone; they do not depend on anything else, and can be kept beside the file."""
    inspected = inspect(name, data, limits)
    hits = [*inspected.hits]
    for said in texts(inspected):
        hits.extend(replace(hit, place=located(hit, said)) for hit in _hits(said.text, words or Wordlist()))
    return tuple(findings("attachment", hits, name, data))


def _hits(text: str, words: Wordlist) -> Iterator[Hit]:
    """What stands in a text that should not, each with the words around it, numbers of persons masked in them."""
    hits = [*personal(text), *secrecy(text), *wording(text, words)]
    shown = veiled(text, hits)
    for hit in sorted(hits, key=lambda one: one.start or 0):
        yield replace(hit, excerpt=excerpt(shown, hit.start or 0, hit.end or 0))


def _in_paragraph(hit: Hit, text: str) -> Hit:
    number = text.count("\n", 0, hit.start or 0) + 1
    return replace(hit, place=Sentence(f"正文第 {number} 段", f"text, paragraph {number}"))


__all__ = [
    "RULES", "STANDARD", "Facts", "GateFinding", "Rule", "Severity", "Where", "Word", "Wordlist", "check", "check_attachment",
]  # fmt: skip
