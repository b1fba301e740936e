"""The figures of the prose held against the tables: I-7 (条例第五十条；年度报告格式表二、表三、表四)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache

from gongkai.law.editions import BY_KEY, Applicant, Edition, Remedy, Result, RowRole
from gongkai.law.findings import Finding, Place, Severity
from gongkai.report.identities import State, exact, requests_edition
from gongkai.report.model import AnnualReport, Count
from gongkai.report.rules.prose import CLAIM_CONTRADICTS_TABLE
from gongkai.report.words import Claim, Words

from .labels import figure

_ROWS = {
    "narr.received": RowRole.NEW.value,
    "narr.carried_over": RowRole.CARRIED_OVER.value,
    "narr.carried_forward": RowRole.CARRIED_FORWARD.value,
}
_REMEDIES = {
    "narr.reconsideration": (Remedy.RECONSIDERATION,),
    "narr.litigation": (Remedy.LITIGATION_DIRECT, Remedy.LITIGATION_AFTER_RECONSIDERATION),
}
_FIGURES = {
    "narr.normative_made": "normative_made",
    "narr.licensing": "licensing_decisions",
    "narr.penalty": "penalty_decisions",
    "narr.coercion": "coercion_decisions",
    "narr.fee_amount": "fee_amount",
}
_OUTCOME = "narr.outcome."


@dataclass(frozen=True, slots=True)
class Held:
    """A claim beside the table: what came of it, and what the table prints."""

    claim: Claim
    state: State
    printed: int | Decimal | None
    places: tuple[Place, ...]
    explained: bool = False  # the table's own parts say what the prose says: its total is wrong, which is told elsewhere


@cache
def _group_rows(edition: str, group: str) -> tuple[str, ...]:
    rows = BY_KEY[edition].outcome_rows
    return tuple(row.key for row in rows if row.outcome is not None and row.outcome.group.name.lower() == group)


def _cells(check: str, report: AnnualReport, requests: Edition | None) -> list[tuple[Place, Count | None]] | None:
    """The cells whose sum a check is held against; None where no table repeats it."""
    if row := _ROWS.get(check):
        return [(Place("applications", row, "total"), report.application(row, Applicant.TOTAL))]
    if blocks := _REMEDIES.get(check):
        return [(Place("remedies", block.value, "total"), report.remedy(block, Result.TOTAL)) for block in blocks]
    if key := _FIGURES.get(check):
        return [(Place("active", key), report.figure(key))]
    if check.startswith(_OUTCOME) and requests is not None:
        rows = _group_rows(requests.key, check.removeprefix(_OUTCOME))
        return [(Place("applications", key, "total"), report.application(key, Applicant.TOTAL)) for key in rows]
    return None


def hold(words: Words, report: AnnualReport, doubts: Collection[Finding] = ()) -> tuple[Held, ...]:
    """Every claim that a table repeats, held against it."""
    requests = requests_edition(report) if words.claims else None
    doubtful = {(p.part, p.row, column) for d in doubts for p in (d.where, *d.also) for column in (p.column, "total")
                if p.column in (None, column)}
    found = []
    for claim in words.claims:
        cells: list[tuple[Place, Count | None]] | None = []
        for check in claim.checks:
            more = _cells(check, report, requests)
            cells = None if cells is None or more is None else cells + more
        if cells:
            one = _held(claim, cells, doubtful)
            if claim.ambiguous and one.state is not State.HOLDS:
                continue  # 没有败诉 does not say that there were no cases: no claim
            found.append(replace(one, explained=one.state is State.FAILS and _added(cells, report) == claim.value))
    return tuple(found)


def _added(cells: list[tuple[Place, Count | None]], report: AnnualReport) -> int | Fraction | None:
    """What the totals would be if they were the sums of their own rows and blocks."""
    parts: list[Count | None] = []
    for place, value in cells:
        if place.part == "applications" and place.row is not None:
            parts += [report.application(place.row, kind) for kind in Applicant if kind is not Applicant.TOTAL]
        elif place.part == "remedies" and place.row is not None:
            parts += [report.remedy(Remedy(place.row), result) for result in Result if result is not Result.TOTAL]
        else:
            parts.append(value)
    known = [part for part in parts if part is not None]
    return exact(known) if len(known) == len(parts) else None


def _held(claim: Claim, cells: list[tuple[Place, Count | None]], doubtful: set[tuple[str, str | None, str | None]]) -> Held:
    places = tuple(place for place, _ in cells)
    values = [value for _, value in cells if value is not None]
    unread = any((p.part, p.row, p.column) in doubtful or (p.part, p.row, None) in doubtful for p in places)
    if len(values) < len(cells) or unread:
        return Held(claim, State.NOT_ASSESSABLE, None, places)
    total = exact(values)
    printed = total if isinstance(total, int) else Decimal(total.numerator) / Decimal(total.denominator)
    return Held(claim, _state(claim, Decimal(printed)), printed, places)


def _state(claim: Claim, printed: Decimal) -> State:
    low, high = claim.quantity.bounds
    if claim.value == printed or low <= printed <= high:
        return State.HOLDS
    narrow_but_possible = claim.scope_narrow and claim.value <= printed  # one channel is part of all
    if claim.ambiguous or narrow_but_possible:
        return State.NOT_ASSESSABLE
    return State.FAILS


def checks(words: Words, report: AnnualReport, doubts: Collection[Finding] = ()) -> dict[str, str]:
    """narr.* by name, only where the prose makes the claim; a claim that the prose itself contests proves nothing."""
    return named(hold(words, report, doubts), words)


def named(held: Collection[Held], words: Words) -> dict[str, str]:
    """State by name of the check."""
    states: dict[str, set[State]] = {}
    for one in held:
        states.setdefault(one.claim.check, set()).add(one.state)
    named_ = {check: _settled(found).value for check, found in states.items()}
    complete = [one.holds for one in words.sums if one.exhaustive]
    if complete:
        named_["narr.parts"] = (State.HOLDS if all(complete) else State.FAILS).value
    return named_


def _settled(states: set[State]) -> State:
    if len(states) == 1:
        return next(iter(states))
    return State.HOLDS if states == {State.HOLDS, State.NOT_ASSESSABLE} else State.NOT_ASSESSABLE


def findings(held: Collection[Held]) -> Iterator[Finding]:
    """Claims that the tables contradict; a question where the prose gives several figures or speaks of table two."""
    agreed = {one.claim.check for one in held if one.state is State.HOLDS}
    for one in held:
        claim = one.claim
        if one.state is not State.FAILS or one.explained or (claim.contested and claim.check in agreed):
            continue
        facts = {"quote": claim.quote, "claimed": figure(_plain(claim.value)), "printed": figure(one.printed)}
        soft = claim.contested or claim.check in _FIGURES
        where = Place(f"section{claim.section}" if claim.section else "document", quote=claim.quote)
        yield Finding(CLAIM_CONTRADICTS_TABLE, where, facts, one.places, Severity.QUERY if soft else None)


def _plain(value: Decimal) -> Count:
    return int(value) if value == value.to_integral_value() else value
