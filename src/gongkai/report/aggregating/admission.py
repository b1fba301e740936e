"""Which reports may be added up at all: one year, one form, each organ once (条例第四十九条)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.law.editions import EDITION_2019, EDITION_2021, Edition
from gongkai.law.findings import Finding, Place
from gongkai.report.rules import aggregate as rules

from .parts import Part, files, same_name

NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Admitted:
    """The parts that are added up, each content once, with the year and the forms of the total."""

    parts: tuple[Part, ...]
    year: int
    active: Edition
    requests: Edition
    findings: tuple[Finding, ...] = ()


class CannotAdd(ValueError):
    """Reports that cannot be added up. `findings` say why, all reasons together; `en` is the message in English."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("\n".join(finding.sentence("zh") for finding in findings))
        self.findings = tuple(findings)
        self.en = "\n".join(finding.sentence("en") for finding in findings)


def admit(parts: Sequence[Part], year: int | None = None, *, other_to_misc: bool = False) -> Admitted:
    """The parts that may be added up; raises `CannotAdd` with every reason where they may not."""
    once, repeated = _once(parts)
    refused = [*_refusals(once, year, other_to_misc)]
    if refused:
        raise CannotAdd(refused)
    of = year or next(part.report.year for part in once if part.report.year)
    assert of is not None
    return Admitted(once, of, *_editions(once), (*repeated, *_unknown(once, of)))


def _once(parts: Sequence[Part]) -> tuple[tuple[Part, ...], list[Finding]]:
    """The same organ's same figures once; a report given twice is told."""
    by_content: dict[str, list[Part]] = {}
    for part in parts:
        by_content.setdefault(part.figures if part.organ else f"{id(part)}", []).append(part)
    found = []
    for same in by_content.values():
        if len(same) > 1:
            facts = {"organ": same[0].name, "count": len(same), "files": files(same)}
            found.append(Finding(rules.SAME_TWICE, NOWHERE, facts))
    return tuple(same[0] for same in by_content.values()), found


def _refusals(parts: Sequence[Part], year: int | None, other_to_misc: bool) -> Iterator[Finding]:
    if not parts:
        yield Finding(rules.NO_PARTS, NOWHERE)
        return
    yield from _years(parts, year)
    yield from _forms(parts, other_to_misc)
    yield from _organs(parts)


def _years(parts: Sequence[Part], year: int | None) -> Iterator[Finding]:
    by_year: dict[int, list[Part]] = {}
    for part in parts:
        if part.report.year is not None:
            by_year.setdefault(part.report.year, []).append(part)
    if not by_year and year is None:
        yield Finding(rules.YEAR_NEEDED, NOWHERE)
    if len(by_year) > 1 or (year is not None and by_year.keys() - {year}):
        declared = [f"所定汇总年度为{year}年"] if year is not None else []
        declared_en = [f"the total is declared for {year}"] if year is not None else []
        zh = [f"{each}年度{len(of)}份（{files(of)}）" for each, of in sorted(by_year.items())]
        en = [f"{each}: {files(of)}" for each, of in sorted(by_year.items())]
        facts = {"years": "；".join(declared + zh), "years_en": "; ".join(declared_en + en)}
        yield Finding(rules.YEARS_MIXED, NOWHERE, facts)


def _forms(parts: Sequence[Part], other_to_misc: bool) -> Iterator[Finding]:
    by_forms: dict[tuple[str, str], list[Part]] = {}
    for part in parts:
        active, requests = part.active_edition, part.requests_edition
        if active is None or requests is None:
            yield Finding(rules.NO_FORM, NOWHERE, {"part": part.name})
            continue
        if _rows_of_both(part):
            yield Finding(rules.ROWS_MIXED, Place("applications"), {"part": part.name})
        by_forms.setdefault((active.key, requests.key), []).append(part)
    if len(by_forms) > 1 and not other_to_misc:
        names = {forms: f"{_form(*forms)}{len(of)}份（{files(of)}）" for forms, of in sorted(by_forms.items())}
        names_en = {forms: f"{_form_en(*forms)}: {files(of)}" for forms, of in sorted(by_forms.items())}
        facts = {"editions": "；".join(names.values()), "editions_en": "; ".join(names_en.values())}
        yield Finding(rules.EDITIONS_MIXED, NOWHERE, facts)


def _form(active: str, requests: str) -> str:
    return f"{active}年格式" if active == requests else f"表二{active}年格式、表三{requests}年格式"


def _form_en(active: str, requests: str) -> str:
    return f"form of {active}" if active == requests else f"table two of {active}, table three of {requests}"


def _rows_of_both(part: Part) -> bool:
    """Numbers in the single row （六） of 2019 and in the rows of 2021 at once."""
    keys = {edition.key: {row.key for row in edition.outcome_rows} for edition in (EDITION_2019, EDITION_2021)}
    old, new = keys["2019"] - keys["2021"], keys["2021"] - keys["2019"]
    filled = {key for key, row in part.report.applications.items() if any(row)}
    return bool(filled & old and filled & new)


def _organs(parts: Sequence[Part]) -> Iterator[Finding]:
    by_organ: dict[str, list[Part]] = {}
    for part in parts:
        if part.organ:
            by_organ.setdefault(part.organ, []).append(part)
    for same in by_organ.values():
        if len(same) > 1 and len({part.report.year for part in same}) == 1:
            facts = {"organ": same[0].name, "count": len(same), "files": files(same)}
            yield Finding(rules.VERSIONS_DIFFER, NOWHERE, facts)
    for part in parts:
        for organ in part.includes:
            others = [one for one in by_organ.get(same_name(organ), []) if one is not part]
            others += [one for one in parts if one is not part and same_name(organ) in map(same_name, one.includes)]
            if others and (others[0].organ == same_name(organ) or parts.index(others[0]) > parts.index(part)):
                yield Finding(rules.COUNTED_TWICE, NOWHERE, {"organ": organ, "part": part.name})


def _editions(parts: Sequence[Part]) -> tuple[Edition, Edition]:
    """The forms of the total: the newest among the parts (they differ only where that was chosen)."""
    active = {edition.key: edition for part in parts if (edition := part.active_edition)}
    requests = {edition.key: edition for part in parts if (edition := part.requests_edition)}
    return active[max(active)], requests[max(requests)]


def _unknown(parts: Sequence[Part], year: int) -> Iterator[Finding]:
    nameless = [part for part in parts if part.organ is None]
    if nameless:
        yield Finding(rules.ORGAN_UNKNOWN, NOWHERE, {"count": len(nameless), "files": files(nameless)})
    undated = [part for part in parts if part.report.year is None]
    if undated:
        yield Finding(rules.YEAR_UNKNOWN, NOWHERE, {"count": len(undated), "files": files(undated), "year": year})


