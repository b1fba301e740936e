"""Findings on the table of section 四 beside the requests and the prose (条例第五十条第一款第三项)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.law.editions import REMEDY_LABELS, Applicant, Remedy, RowRole
from gongkai.law.findings import Finding, Place
from gongkai.report.rules.tables import REMEDIES_IMPLAUSIBLE, REMEDIES_NOT_IN_TEXT

from .case import Case
from .cells import cases_of
from .labels import figure

MENTION = re.compile(r"复议|诉讼|应诉|败诉|起诉|被诉")
# the name of section 四, as introductions list it
SECTION_NAME = re.compile(r"行政复议[、,，和与及以\s]*(?:被?提起)?行政诉讼的?(?:情况|数量)")
_AROUND = 16
_MANY_CASES = 10


def findings(case: Case) -> Iterator[Finding]:
    """Cases that nobody mentions, and more cases than requests can explain."""
    cases = {block: cases_of(case, block) for block in Remedy}
    total = sum(cases.values())
    if not total:
        return
    yield from _not_in_text(case, {block: number for block, number in cases.items() if number})
    requests = [case.report.application(row.value, Applicant.TOTAL) for row in (RowRole.NEW, RowRole.CARRIED_OVER)]
    received = sum(number for number in requests if number is not None)
    if requests[0] is None or case.in_doubt("applications", RowRole.NEW.value, Applicant.TOTAL.value):
        return
    if total > received or (total >= _MANY_CASES and total * 2 > received):
        facts = {"cases": figure(total), "requests": figure(received)}
        yield Finding(REMEDIES_IMPLAUSIBLE, Place("remedies"), facts)


def mentioned(text: str) -> bool:
    """Whether reconsideration or litigation is spoken of, names of sections apart."""
    for mention in MENTION.finditer(text):
        start, end = max(mention.start() - _AROUND, 0), mention.end() + _AROUND
        if not any(found.start() <= mention.start() < found.end() for found in SECTION_NAME.finditer(text, start, end)):
            return True
    return False


def _not_in_text(case: Case, cases: dict[Remedy, object]) -> Iterator[Finding]:
    prose = {number: text for number, text in case.plain.items() if text.strip()}
    if 1 not in prose or any(mentioned(_sentences(number, text)) for number, text in prose.items()):
        return
    zh = "、".join(f"{REMEDY_LABELS[block]}{number}件" for block, number in cases.items())
    en = ", ".join(f"{block.value} {number}" for block, number in cases.items())
    first, *further = (Place("remedies", block.value) for block in cases)
    yield Finding(REMEDIES_NOT_IN_TEXT, first, {"cases": zh, "cases_en": en}, tuple(further))


def _sentences(number: int, text: str) -> str:
    """The prose of a section; in section 四, words of the table's head that stand alone are no prose."""
    if number != 4:
        return text
    return "\n".join(line for line in text.splitlines() if len(line.strip()) > 12)
