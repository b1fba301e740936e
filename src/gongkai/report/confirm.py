"""Confirmation of what OCR saw: a number stays where the 勾稽关系 prove it; else it is blank, with a doubt that shows it.

No identity of its cell may fail (年度报告格式表三、表四). A zero is proved by one that holds: to be misread, two cells would
have to be misread alike. Another number needs all to hold, for a digit misread the same way everywhere adds up along its row.
Rows of table three prove nothing unless all of them are there, in the order of the form: their labels were recognised too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from gongkai.law.editions import Applicant
from gongkai.law.findings import Finding, Place

from .auditing.labels import column_label, figure, place_label, row_label
from .identities import ACTIVE, REMEDIES, REQUESTS, At, Check, State, assess, requests_edition
from .model import AnnualReport, Count, Figure, Row
from .rules.ocr import UNCONFIRMED

Confirmed = tuple[AnnualReport, tuple[Finding, ...]]
_Seen = Mapping[At, Count]

NO_IDENTITY = ("没有勾稽关系可以印证", "which no identity can confirm")
FAILS = ("勾稽关系不成立", "with which an identity does not hold")
UNKNOWN = ("勾稽关系中另有未识别的数", "and another figure of its identities is missing")
INCOMPLETE = ("表三各行没有识别齐全，行次不能确定", "and not all rows of table three were recognised, so that its row is uncertain")
ALONE = ("别处没有可以印证的文字", "with nothing elsewhere that says the same")


def confirm(report: AnnualReport, doubts: Collection[Finding] = ()) -> Confirmed:
    """The report with what is proved, and a doubt for each row of the tables with something that is not."""
    seen = dict(_seen(report))
    states = _states(assess(report, doubts))
    whole = _whole(report)
    wanting = {at: why for at, value in seen.items() if (why := _wanting(at, value, states.get(at, ()), whole))}
    kept = replace(
        report,
        active=MappingProxyType({
            key: Figure(None, one.unit) if At(ACTIVE, key) in wanting else one for key, one in report.active.items()
        }),
        applications=MappingProxyType({key: _row(key, row, wanting) for key, row in report.applications.items()}),
        remedies=MappingProxyType({
            block: MappingProxyType({
                result: None if At(REMEDIES, block.value, result.value) in wanting else value
                for result, value in results.items()
            })
            for block, results in report.remedies.items()
        }),
    )
    named, more = _named(kept)
    return named, (*_doubts(seen, wanting), *more)


def _seen(report: AnnualReport) -> Iterator[tuple[At, Count]]:
    for key, one in report.active.items():
        if one.value is not None:
            yield At(ACTIVE, key), one.value
    for key, row in report.applications.items():
        yield from ((At(REQUESTS, key, kind.value), value) for kind, value in zip(Applicant, row, strict=True) if value is not None)
    for block, results in report.remedies.items():
        yield from ((At(REMEDIES, block.value, result.value), value) for result, value in results.items() if value is not None)


def _states(checks: Collection[Check]) -> Mapping[At, list[State]]:
    """Each cell with the states of its identities."""
    states: dict[At, list[State]] = {}
    for check in checks:
        for at in (*check.identity.left, *check.identity.right):
            states.setdefault(at, []).append(check.state)
    return states


def _whole(report: AnnualReport) -> bool:
    """Whether table three has all rows of its edition, in their order."""
    edition = requests_edition(report)
    return edition is not None and [row.key for row in edition.requests] == list(report.applications)


def _wanting(at: At, value: Count, states: Collection[State], whole: bool) -> tuple[str, str] | None:
    """Why a number is not proved; None where it is."""
    if not states:
        return NO_IDENTITY
    if at.part == REQUESTS and not whole:
        return INCOMPLETE
    if State.FAILS in states:
        return FAILS
    if State.NOT_ASSESSABLE in states and (value or State.HOLDS not in states):
        return UNKNOWN
    return None


def _row(key: str, row: Row, wanting: Mapping[At, object]) -> Row:
    return tuple(None if At(REQUESTS, key, kind.value) in wanting else value for kind, value in zip(Applicant, row, strict=True))


def _doubts(seen: _Seen, wanting: Mapping[At, tuple[str, str]]) -> Iterator[Finding]:
    """One doubt for the cells of a row that want confirmation for the same reason."""
    groups: dict[tuple[str, str, tuple[str, str]], list[At]] = {}
    for at, why in wanting.items():
        groups.setdefault((at.part, "" if at.part == ACTIVE else at.row, why), []).append(at)
    for (part, row, why), ats in groups.items():
        shown = [f"{_column(at)}{figure(seen[at])}" for at in ats]
        shown_en = [f"{at.column or at.row} {figure(seen[at])}" for at in ats]
        facts = {
            "cell": place_label(Place(part, row or None)), "cell_en": str(Place(part, row or None)),
            "seen": "、".join(shown), "seen_en": ", ".join(shown_en), "why": why[0], "why_en": why[1],
        }
        first, *further = (Place(at.part, at.row, at.column) for at in ats)
        yield Finding(UNCONFIRMED, first, facts, tuple(further))


def _column(at: At) -> str:
    if at.column is None:
        return f"{row_label(at.row)} "
    return place_label(Place(at.part, at.row, at.column)).rpartition("·")[2] if at.part == REMEDIES else column_label(at.column)


def _named(report: AnnualReport) -> Confirmed:
    """Organ and year: the title and the signature must say the same (落款: the organ; the year after)."""
    signed, on = report.signature.organ, report.signature.on
    found: list[Finding] = []
    for part, value, agrees in (
        ("organ", report.organ, signed is not None and signed == report.organ),
        ("year", report.year, on is not None and on.year - 1 == report.year),
    ):
        if value is not None and not agrees:
            label = ("编制机关", "the organ") if part == "organ" else ("报告年度", "the year")
            facts = {"cell": label[0], "cell_en": label[1], "seen": value, "seen_en": value, "why": ALONE[0], "why_en": ALONE[1]}
            found.append(Finding(UNCONFIRMED, Place("title"), facts))
            report = replace(report, organ=None) if part == "organ" else replace(report, year=None)
    return report, tuple(found)


