"""AnnualReport: six sections and three tables as one immutable value (条例第五十条).

A blank cell is `None`, never zero; a row that was not found is not in its mapping.
Values are as printed, errors included: what is wrong with them is for the audit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from gongkai.law.editions import Applicant, Edition, Remedy, Result

from .prose import EMPTY, Prose

Count = int | Decimal  # Decimal only where a fraction was printed; an audit finds it
Row = tuple[Count | None, ...]  # seven cells, in the order of `Applicant`

NOTHING: Mapping[str, object] = MappingProxyType({})
BLANK_ROW: Row = (None,) * len(Applicant)
COLUMN = {applicant: index for index, applicant in enumerate(Applicant)}


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell of the table of section 二: the number, its unit, and the cell's text where it says more."""

    value: Count | None
    unit: str
    raw: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One of the six sections: its number (0 = what stands before the first), heading and prose, tables left out."""

    number: int
    heading: str
    prose: Prose = EMPTY


@dataclass(frozen=True, slots=True)
class Signature:
    """落款: the organ that signs, and the day."""

    organ: str | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class AnnualReport:
    """The annual report of one organ on one year.

    `active`: keys of `Edition.active_cells()`. `applications`: row key → seven cells.
    `remedies`: block → result → number. `edition` follows the printed tables, not the year;
    `outcome rows` may mix editions, as real reports do.
    """

    organ: str | None = None
    title: str | None = None
    year: int | None = None
    edition: Edition | None = None
    active: Mapping[str, Figure] = field(default_factory=lambda: MappingProxyType({}))
    applications: Mapping[str, Row] = field(default_factory=lambda: MappingProxyType({}))
    remedies: Mapping[Remedy, Mapping[Result, Count | None]] = field(default_factory=lambda: MappingProxyType({}))
    sections: tuple[Section, ...] = ()
    signature: Signature = Signature()
    published: date | None = None

    def application(self, row: str, column: Applicant) -> Count | None:
        """One cell of the table of section 三; None where it is blank or absent."""
        return self.applications.get(row, BLANK_ROW)[COLUMN[column]]

    def remedy(self, block: Remedy, result: Result) -> Count | None:
        """One cell of the table of section 四; None where it is blank or absent."""
        return self.remedies.get(block, {}).get(result)

    def figure(self, key: str) -> Count | None:
        """One cell of the table of section 二; None where it is blank or absent."""
        found = self.active.get(key)
        return found.value if found else None

    def section(self, number: int) -> Section | None:
        """The section with that number (0–6), or None where the report has none."""
        return next((section for section in self.sections if section.number == number), None)
