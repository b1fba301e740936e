"""The cells of the three tables in the order of the form: where each stands, and what it says."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Context, Decimal, DecimalException, Inexact, InvalidOperation, Overflow
from enum import StrEnum
from typing import NamedTuple

from gongkai.law.editions import Applicant, Edition, Remedy, Result
from gongkai.law.findings import Finding
from gongkai.law.outcomes import Group

from .identities import ACTIVE, REMEDIES, REQUESTS, At, requests_edition
from .model import COLUMN, AnnualReport, Count

AMOUNTS = frozenset(("fee_amount", "procurement_amount"))
_UNITS = {"元": 0, "千元": 3, "万元": 4, "百万元": 6, "亿元": 8}  # powers of ten
_EXACT = Context(prec=1_000, Emax=1_000, Emin=-1_000, traps=[Inexact, InvalidOperation, Overflow])  # refuses to round


class Presence(StrEnum):
    """What stands in a cell. A blank cell is not zero, and a cell that the table lacks is not blank."""

    NUMBER = "number"
    BLANK = "blank"
    ABSENT = "absent"
    DOUBT = "doubt"  # something stands there that was not read with certainty


class Cell(NamedTuple):
    """A cell as one row of a long table: whose, of which year and form, where, and what it says."""

    organ: str | None
    year: int | None
    form: str | None
    table: str
    row: str
    column: str | None
    value: Count | None
    unit: str
    presence: str


class Printed(NamedTuple):
    """A cell as a report prints it."""

    presence: Presence
    value: Count | None = None
    unit: str = ""
    raw: str | None = None


ABSENT = Printed(Presence.ABSENT)


def places(active: Edition | None, requests: Edition | None) -> Iterator[At]:
    """Every cell of the three tables in those editions."""
    yield from (At(ACTIVE, cell.key) for cell in (active.active_cells() if active else ()))
    for row in requests.requests if requests else ():
        yield from (At(REQUESTS, row.key, kind.value) for kind in Applicant)
    for block in Remedy:
        yield from (At(REMEDIES, block.value, result.value) for result in Result)


def printed(report: AnnualReport, at: At) -> Printed:
    """What the report says at that cell."""
    if at.part == ACTIVE:
        figure = report.active.get(at.row)
        return _said(figure.value, figure.unit, figure.raw) if figure else ABSENT
    if at.part == REQUESTS:
        row = report.applications.get(at.row)
        return _said(row[COLUMN[Applicant(at.column)]], "件") if row and at.column else ABSENT
    block = report.remedies.get(Remedy(at.row), {})
    return _said(block[Result(str(at.column))], "件") if at.column in block else ABSENT


def line(report: AnnualReport, active: Edition, requests: Edition) -> list[Printed]:
    """What the report says at every place of those editions, in the order of `places`."""
    found = [_said(figure.value, figure.unit, figure.raw) if (figure := report.active.get(cell.key)) else ABSENT for cell in active.active_cells()]
    for row in requests.requests:
        values = report.applications.get(row.key)
        found += [_said(value, "件") for value in values] if values else [ABSENT] * len(COLUMN)
    for block in Remedy:
        held = report.remedies.get(block, {})
        found += [_said(held[result], "件") if result in held else ABSENT for result in Result]
    return found


def _said(value: Count | None, unit: str, raw: str | None = None) -> Printed:
    return Printed(Presence.BLANK if value is None else Presence.NUMBER, value, unit, raw)


def cells(report: AnnualReport, doubts: Collection[Finding] = ()) -> Iterator[Cell]:
    """Every cell of the form that the report uses, one after another; those in doubt are marked and have no value."""
    requests = requests_edition(report) if report.edition or report.applications else None
    active = report.edition or requests
    doubtful = {(place.part, place.row, place.column) for doubt in doubts for place in (doubt.where, *doubt.also)}
    for at in places(active, requests):
        said = printed(report, at)
        if {(at.part, at.row, at.column), (at.part, at.row, None)} & doubtful:
            said = Printed(Presence.DOUBT, None, said.unit)
        form = (requests if at.part == REQUESTS else active) if at.part != REMEDIES else None
        yield Cell(
            report.organ, report.year, form.key if form else None, *at[:3], said.value, said.unit, said.presence.value,
        )


def in_unit(value: Count, unit: str, wanted: str) -> Count | None:
    """The amount in another unit of money, exact; None where a unit is unknown or it cannot be told exactly."""
    if unit == wanted and unit in _UNITS:
        return value
    if unit not in _UNITS or wanted not in _UNITS:
        return None
    try:
        return whole(Decimal(value).scaleb(_UNITS[unit] - _UNITS[wanted], _EXACT))
    except DecimalException:
        return None


def total(values: list[Count]) -> Count | None:
    """The exact sum; None where it cannot be told without rounding."""
    if all(isinstance(value, int) for value in values):
        return sum(values)
    found = Decimal(0)
    try:
        for value in values:
            found = _EXACT.add(found, Decimal(value))
    except DecimalException:
        return None
    return whole(found)


def negative(value: Count) -> Count:
    """The value with its sign turned, without the rounding of a decimal context."""
    return -value if isinstance(value, int) else value.copy_negate()


def whole(value: Decimal) -> Count:
    """An integer where the amount is one; else the decimal without needless zeros."""
    if value == value.to_integral_value():
        return int(value)
    return value.normalize(_EXACT)


def group_total(report: AnnualReport, edition: Edition, group: Group, kind: Applicant = Applicant.TOTAL) -> Count | None:
    """The requests that ended in one group of outcomes; None where a row of it is blank or absent."""
    values = [
        report.application(row.key, kind) for row in edition.outcome_rows if row.outcome and row.outcome.group is group
    ]
    known = [value for value in values if value is not None]
    return total(known) if values and len(known) == len(values) else None
