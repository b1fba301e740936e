"""Cell by cell: the exact sum, or why there is none. A blank in any part leaves the total blank; it is never 0."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from gongkai.law.editions import Applicant, Edition, Remedy, Result
from gongkai.law.findings import Finding, Place, Rule
from gongkai.report.auditing.labels import TABLES, TABLES_EN, listed, row_label
from gongkai.report.exchange import Plain
from gongkai.report.identities import ACTIVE, REQUESTS, At
from gongkai.report.model import AnnualReport, Count, Figure
from gongkai.report.rules import aggregate as rules
from gongkai.report.tables import AMOUNTS, Presence, Printed, in_unit, line, places, printed, total

from .admission import Admitted
from .parts import Part, named, named_en

_OTHER, _MISC = "other", "other_misc"  # 2019年格式“（六）其他处理”；2021年格式“3.其他”


class Reason(StrEnum):
    """Why a part's cell cannot be added."""

    BLANK = "blank"
    ABSENT = "absent"
    DOUBT = "doubt"
    UNIT = "unit"
    EDITION = "edition"


RULES: Mapping[Reason, Rule] = {
    Reason.BLANK: rules.CELL_BLANK,
    Reason.ABSENT: rules.CELL_ABSENT,
    Reason.DOUBT: rules.CELL_IN_DOUBT,
    Reason.UNIT: rules.UNIT_UNKNOWN,
    Reason.EDITION: rules.TABLE_TWO_2019,
}


@dataclass(frozen=True, slots=True)
class Unadded:
    """A cell of the total that stays blank, and the parts because of which it does."""

    at: At
    because: tuple[tuple[Part, Reason], ...]

    def as_dict(self) -> Plain:
        return {
            "where": ".".join(filter(None, self.at[:3])),
            "parts": [
                {"organ": part.report.organ, "file": part.file, "reason": reason.value} for part, reason in self.because
            ],
        }


@dataclass(frozen=True, slots=True)
class Sum:
    """One cell of the total: its value and unit, or why it has none."""

    at: At
    value: Count | None
    unit: str
    units: tuple[str, ...] = ()  # those of the parts, where they differ
    because: tuple[tuple[Part, Reason], ...] = ()


def add(admitted: Admitted) -> tuple[Sum, ...]:
    """Every cell of the total."""
    edition, requests = admitted.active, admitted.requests
    units = {cell.key: cell.unit for cell in edition.active_cells()}
    wanted = tuple(places(edition, requests))
    columns = zip(*(_line(part, wanted, admitted) for part in admitted.parts), strict=True)
    return tuple(_sum(at, said, admitted, units.get(at.row, "件")) for at, said in zip(wanted, columns, strict=True))


def _line(part: Part, wanted: Sequence[At], admitted: Admitted) -> list[Printed | Reason]:
    """A part's cells in the order of the total's places; read in one go where the part is in its forms and nothing is in doubt."""
    of, requests = part.active_edition, part.requests_edition
    alike = of is not None and requests is not None and (of.key, requests.key) == (admitted.active.key, admitted.requests.key)
    if alike and not part.doubts:
        return [_added(said) for said in line(part.report, admitted.active, admitted.requests)]
    return [cell(part, at, admitted) for at in wanted]


def _sum(at: At, column: Sequence[Printed | Reason], admitted: Admitted, unit: str) -> Sum:
    if at.row not in AMOUNTS:
        counts = [said.value for said in column if isinstance(said, Printed) and said.value is not None]
        if len(counts) == len(column) and (added_up := total(counts)) is not None:
            return Sum(at, added_up, unit)
    found = list(zip(admitted.parts, column, strict=True))
    because = [(part, said) for part, said in found if isinstance(said, Reason)]
    values = [said for _, said in found if isinstance(said, Printed)]
    units = tuple(dict.fromkeys(said.unit for said in values)) if at.row in AMOUNTS else ()
    if len(units) == 1:
        unit = units[0]
    added: list[Count] = []
    for part, said in found:
        if isinstance(said, Printed) and said.value is not None:
            value = in_unit(said.value, said.unit, unit) if at.row in AMOUNTS else said.value
            if value is None:
                because.append((part, Reason.UNIT))
            else:
                added.append(value)
    result = None if because else total(added)
    if result is None and not because:  # digits beyond all reason
        because = [(part, Reason.UNIT) for part, _ in found]
    return Sum(at, result, unit, units if len(units) > 1 else (), tuple(because))


def cell(part: Part, at: At, admitted: Admitted) -> Printed | Reason:
    """What a part says at a cell of the total, or why that cannot be added."""
    of, requests = part.active_edition, part.requests_edition
    if at.part == ACTIVE and of is not None and of.key != admitted.active.key:
        return Reason.EDITION
    if at.part == REQUESTS and requests is not None and requests.key != admitted.requests.key:
        own = {row.key for row in admitted.requests.outcome_rows} - {row.key for row in requests.outcome_rows}
        if at.row in own:  # 2019年格式只有一行：全部计入“3.其他”，其余按0
            whole = _plain(part, at._replace(row=_OTHER))
            return whole if at.row == _MISC or isinstance(whole, Reason) else whole._replace(value=0)
    return _plain(part, at)


def _plain(part: Part, at: At) -> Printed | Reason:
    if part.doubtful(at):
        return Reason.DOUBT
    return _added(printed(part.report, at))


def _added(said: Printed) -> Printed | Reason:
    if said.presence is Presence.NUMBER:
        return said
    return Reason.BLANK if said.presence is Presence.BLANK else Reason.ABSENT


def report_of(sums: Sequence[Sum], organ: str | None, year: int, edition: Edition) -> AnnualReport:
    """The total as a report: three tables, no prose."""
    figures: dict[str, Figure] = {}
    rows: dict[str, list[Count | None]] = {}
    blocks: dict[Remedy, dict[Result, Count | None]] = {}
    for one in sums:
        part, row, column, _ = one.at
        if part == ACTIVE:
            figures[row] = Figure(one.value, one.unit)
        elif part == REQUESTS:
            rows.setdefault(row, [None] * len(Applicant))[list(Applicant).index(Applicant(str(column)))] = one.value
        else:
            blocks.setdefault(Remedy(row), {})[Result(str(column))] = one.value
    return AnnualReport(
        organ=organ, title=f"{organ}{year}年政府信息公开工作年度报告" if organ else None, year=year, edition=edition,
        active=MappingProxyType(figures),
        applications=MappingProxyType({key: tuple(row) for key, row in rows.items()}),
        remedies=MappingProxyType({block: MappingProxyType(results) for block, results in blocks.items()}),
    )


def unadded(sums: Iterable[Sum]) -> tuple[Unadded, ...]:
    """The cells that stay blank."""
    return tuple(Unadded(one.at, one.because) for one in sums if one.because)


def findings(sums: Sequence[Sum], admitted: Admitted) -> Iterator[Finding]:
    """One finding for each table and reason, naming every part concerned; and what was converted."""
    grouped: dict[tuple[str, Reason], tuple[list[At], dict[int, Part]]] = {}
    for one in sums:
        for part, reason in one.because:
            ats, parts = grouped.setdefault((one.at.part, reason), ([], {}))
            parts[id(part)] = part
            if not ats or ats[-1] != one.at:
                ats.append(one.at)
    for (table, reason), (ats, parts) in grouped.items():
        yield _blank(RULES[reason], table, ats, tuple(parts.values()))
    for one in sums:
        if one.units and not one.because:
            facts = {"row": row_label(one.at.row), "row_en": one.at.row, "units": "、".join(one.units), "unit": one.unit}
            yield Finding(rules.UNIT_CONVERTED, Place(ACTIVE, one.at.row), facts)
    converted = [part for part in admitted.parts if part.requests_edition and part.requests_edition.key != admitted.requests.key]
    if converted:
        facts = {"parts": named(converted), "parts_en": named_en(converted)}
        yield Finding(rules.OTHER_TO_MISC, Place(REQUESTS, _MISC), facts)


def _blank(rule: Rule, table: str, ats: Sequence[At], parts: Sequence[Part]) -> Finding:
    facts = {
        "table": TABLES[table], "table_en": TABLES_EN[table], "count": len(ats),
        "parts": named(parts), "parts_en": named_en(parts), "cells": listed(row_label(at.row) for at in ats),
    }
    first, *further = (Place(at.part, at.row, at.column) for at in ats)
    return Finding(rule, first, facts, tuple(further))
