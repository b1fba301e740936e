"""The declared scope of an aggregate: which organs are in, which are missing, which are beyond it (条例第四十九条)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.law.editions import Applicant, RowRole
from gongkai.law.findings import Finding, Place, Rule
from gongkai.report.auditing.labels import figure
from gongkai.report.exchange import Plain
from gongkai.report.identities import ACTIVE, REQUESTS
from gongkai.report.rules import aggregate as rules
from gongkai.report.tables import places, printed

from .admission import Admitted
from .parts import Part, same_name

Names = str | Sequence[str]  # an organ's name, or its name and the other names it goes by
NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Moved:
    """Requests declared as handed from one organ to another (条例第三十六条第五项)."""

    giver: str
    taker: str
    count: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """The declared organs, and what the reports given make of them. `expected` is None where none were declared."""

    expected: tuple[str, ...] | None
    present: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()

    def as_dict(self) -> Plain:
        return {
            "declared": self.expected is not None,
            "expected": list(self.expected or ()),
            "present": list(self.present),
            "missing": list(self.missing),
            "beyond": list(self.beyond),
        }


def cover(parts: Sequence[Part], scope: Sequence[Names] | None) -> Coverage:
    """The parts held against the declared organs. Names agree exactly or not at all; nothing is guessed."""
    present = {part.organ: part.report.organ or "" for part in parts if part.organ}
    for part in parts:
        present |= {same_name(organ): organ for organ in part.includes}
    if scope is None:
        return Coverage(None, tuple(present.values()))
    declared = [(names,) if isinstance(names, str) else tuple(names) for names in scope]
    known = {same_name(name) for names in declared for name in names}
    missing = [names[0] for names in declared if not {same_name(name) for name in names} & present.keys()]
    aggregates = {part.organ for part in parts if part.includes}  # an aggregate stands for its organs
    beyond = [organ for key, organ in present.items() if key not in known and key not in aggregates]
    return Coverage(tuple(names[0] for names in declared), tuple(present.values()), tuple(missing), tuple(beyond))


def findings(admitted: Admitted, coverage: Coverage, organ: str | None, moved: Sequence[Moved]) -> Iterator[Finding]:
    """What is to be said about the scope."""
    if coverage.expected is None:
        yield Finding(rules.SCOPE_NONE, NOWHERE, {"count": len(admitted.parts)})
    if coverage.missing:
        yield _named(rules.MISSING, coverage.missing, coverage.beyond)
    if coverage.beyond:
        yield _named(rules.BEYOND_SCOPE, coverage.beyond, coverage.missing)
    if organ is not None:
        yield from _own(admitted, same_name(organ))
    for each in moved:
        yield _moved(admitted.parts, each)


def _named(rule: Rule, organs: Sequence[str], others: Sequence[str]) -> Finding:
    """The organs by name; where a name on the other list contains it, or is contained, both are shown."""
    texts = []
    for organ in organs:
        like = [other for other in others if organ in other or other in organ]
        texts.append(organ + (f"（与“{like[0]}”是否同一机关？）" if like else ""))
    return Finding(rule, NOWHERE, {"count": len(organs), "organs": "、".join(texts)})


def _own(admitted: Admitted, organ: str) -> Iterator[Finding]:
    """The government's own figures are one part; a report that exceeds all others may be the aggregate."""
    own = next((part for part in admitted.parts if part.organ == organ), None)
    if own is None:
        return
    yield Finding(rules.OWN_PART, NOWHERE, {"organ": own.name})
    others = [part for part in admitted.parts if part is not own]
    if len(others) > 1 and _exceeds(own, others, admitted):
        row, column = RowRole.NEW.value, Applicant.TOTAL
        facts = {
            "organ": own.name, "count": len(others), "own": figure(own.report.application(row, column)),
            "others": figure(sum(part.report.application(row, column) or 0 for part in others)),
        }
        yield Finding(rules.OWN_INCLUDES, NOWHERE, facts)


def _exceeds(own: Part, others: Sequence[Part], admitted: Admitted) -> bool:
    """Whether no count of the report is below the sum of the others, and the others count something."""
    positive = 0
    for at in places(admitted.active, admitted.requests):
        if at.part == ACTIVE and not at.row.endswith("_decisions"):
            continue
        value = printed(own.report, at).value
        added = sum(printed(part.report, at).value or 0 for part in others)
        if value is None or value < added:
            return False
        positive += added > 0 and at.part == REQUESTS
    return positive > 0


def _moved(parts: Sequence[Part], moved: Moved) -> Finding:
    """A declared transfer is a question to both organs; nothing is taken off the total."""
    by_organ = {part.organ: part for part in parts if part.organ}
    giver, taker = by_organ.get(same_name(moved.giver)), by_organ.get(same_name(moved.taker))
    facts: dict[str, object] = {"giver": moved.giver, "taker": moved.taker, "count": moved.count}
    if giver is None or taker is None:
        absent = [name for name, part in ((moved.giver, giver), (moved.taker, taker)) if part is None]
        why, why_en = f"没有{'、'.join(absent)}的报告", f"no report of {', '.join(absent)}"
        return Finding(rules.MOVED_UNSEEN, NOWHERE, facts | {"why": why, "why_en": why_en})
    given, taken = _handled(giver), _handled(taker)
    short = [(part.name, number) for part, number in ((giver, given), (taker, taken)) if number is not None and number < moved.count]
    if short:
        why = "、".join(f"{name}新收与结转共{figure(number)}件" for name, number in short)
        why_en = ", ".join(f"{name} received or carried over {figure(number)}" for name, number in short)
        return Finding(rules.MOVED_UNSEEN, NOWHERE, facts | {"why": why, "why_en": why_en})
    where = Place(REQUESTS, RowRole.NEW.value, Applicant.TOTAL.value)
    return Finding(rules.MOVED, where, facts | {"given": figure(given), "taken": figure(taken)})


def _handled(part: Part) -> int | None:
    """Requests received and carried over; None where one is blank."""
    new, over = (part.report.application(role.value, Applicant.TOTAL) for role in (RowRole.NEW, RowRole.CARRIED_OVER))
    return None if new is None or over is None else int(new + over)
