"""What the words of a report alone show to be wrong or unclear; the tables are not needed, but heard where given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from gongkai.law.editions import Remedy, Result
from gongkai.law.findings import Finding, Place, Rule, Severity
from gongkai.report.model import AnnualReport
from gongkai.report.rules import prose as rules

from .addition import NEARLY, Sum
from .claims import Claim
from .ratios import Ratio
from .scope import foreign

if TYPE_CHECKING:
    from . import Words

REMEDIES = {
    "narr.reconsideration": (Remedy.RECONSIDERATION,),
    "narr.litigation": (Remedy.LITIGATION_DIRECT, Remedy.LITIGATION_AFTER_RECONSIDERATION),
}
NONE: Mapping[str, object] = {}
UNITS = {"percent": "%", "growth": "%", "times": "倍"}


def findings(words: Words, report: AnnualReport | None = None) -> tuple[Finding, ...]:
    """Sums, ratios, sections claimed, scope copied or too narrow, remedies half denied."""
    return tuple(_findings(words, report))


def _findings(words: Words, report: AnnualReport | None) -> Iterator[Finding]:
    for one in words.sums:
        yield from _sum(one)
    for ratio in words.ratios:
        yield from _ratio(ratio)
    for growth in words.growths:
        shown = {"printed": f"{growth.printed}%", "base": growth.base, "computed": f"{growth.computed}%"}
        yield _finding(rules.GROWTH_ROUNDING, growth.section, growth.quote, shown)
    for contents in words.contents:
        if not contents.holds:
            yield _finding(
                rules.SECTIONS_CLAIMED, contents.section, contents.quote,
                {"claimed": contents.claimed, "named": contents.fewest if contents.claimed < contents.fewest else contents.most},
            )
    organ = (report.organ or report.signature.organ or report.title) if report else None
    for scope in words.scopes:
        if foreign(scope, organ):
            yield _finding(rules.COPIED_SCOPE, scope.section, scope.quote, {"organ": organ, "addressed": scope.addressed})
    yield from _claims(words.claims, report)


def _sum(one: Sum) -> Iterator[Finding]:
    if one.holds:
        return
    total, sum_ = one.total, one.sum_of_parts
    facts: dict[str, object] = {"total": plain(total.value), "sum": plain(sum_), "gap": plain(abs(total.value - sum_))}
    first = one.parts[0]
    if one.exhaustive is not True and first.value > total.bounds[1] and first.unit == total.unit and _within(one):
        yield _finding(
            rules.PART_EXCEEDS_TOTAL, one.section, one.quote, {"part": plain(first.value), "total": plain(total.value)}
        )
    elif one.exhaustive:
        yield _finding(rules.SUM_WRONG, one.section, one.quote, facts)
    elif sum_ > total.bounds[1] and all(part.unit == total.unit for part in one.parts):
        yield _finding(rules.PARTS_EXCEED_TOTAL, one.section, one.quote, facts)
    elif one.exhaustive is None and not one.approx and sum_ >= total.value * NEARLY:
        yield _finding(rules.SUM_WRONG, one.section, one.quote, facts, Severity.WARNING)


def _within(one: Sum) -> bool:
    """Whether the first part is said to be in the total, not counted over other years."""
    return not any(word in one.parts[0].about for word in ("累计", "历年", "以来", "子项"))


def _ratio(ratio: Ratio) -> Iterator[Finding]:
    if ratio.holds:
        return
    unit = UNITS[ratio.kind]
    shown = ratio.computed.quantize(min(ratio.digits, Decimal("0.01")), ROUND_HALF_UP)
    rule = rules.PERCENT_ROUNDING if ratio.truncated else rules.RATIO_WRONG
    yield _finding(rule, ratio.section, ratio.quote, {"computed": f"{shown}{unit}", "printed": f"{ratio.printed}{unit}"})


def _claims(claims: tuple[Claim, ...], report: AnnualReport | None) -> Iterator[Finding]:
    told: set[str] = set()
    for claim in claims:
        if claim.scope_narrow and not claim.value and claim.quantity.implicit:
            yield _finding(rules.SCOPE_NARROW, claim.section, claim.quote)
        if claim.ambiguous and claim.quote not in told and not _answered(claim, claims, report):
            told.add(claim.quote)
            yield _finding(rules.AMBIGUOUS_REMEDY, claim.section, claim.quote)


def _answered(claim: Claim, claims: tuple[Claim, ...], report: AnnualReport | None) -> bool:
    """Whether the prose or table 四 says how many cases there were."""
    if any(other.check in REMEDIES and not other.ambiguous for other in claims):
        return True
    totals = [report.remedy(block, Result.TOTAL) for block in Remedy] if report else []
    return any(total for total in totals)


def _finding(
    rule: Rule, section: int, quote: str, facts: Mapping[str, object] = NONE, severity: Severity | None = None
) -> Finding:
    place = Place(f"section{section}" if section else "document", quote=quote)
    return Finding(rule, place, {"quote": quote, **facts}, severity_as=severity)


def plain(value: Decimal) -> str:
    """A number without an exponent or trailing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
