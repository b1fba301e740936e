"""比对: two versions of one report, or two years of one organ, cell by cell and section by section.

Across years the identities I-6 and I-8 are held too. Tables of different forms are compared only where a cell
means the same in both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from gongkai.law.findings import Finding

from .auditing import years
from .auditing.case import Case
from .checks import named
from .comparing.cells import CellChange, Change, changes
from .comparing.prose import Mark, Run, difference
from .exchange import Plain, finding_to_dict
from .identities import assess_years
from .model import AnnualReport, Section

__all__ = ["CellChange", "Change", "Comparison", "Kind", "Mark", "Run", "TextChange", "compare"]


class Kind(StrEnum):
    """What two reports are to one another."""

    VERSIONS = "versions"  # of one report: the same organ and year
    YEARS = "years"  # of one organ
    ORGANS = "organs"  # different organs
    UNKNOWN = "unknown"  # an organ or a year was not read


@dataclass(frozen=True, slots=True)
class TextChange:
    """A text of both reports: a section's heading or prose, the title, the signature."""

    name: str  # title organ year edition published signature.organ signature.on section1.heading section1.text
    a: str | None  # None where there is none
    b: str | None
    runs: tuple[Run, ...] = ()

    @property
    def changed(self) -> bool:
        return self.a != self.b

    def as_dict(self) -> Plain:
        return {
            "where": self.name, "changed": self.changed, "a": self.a, "b": self.b,
            "runs": [[run.mark.value, run.text] for run in self.runs] if self.changed else [],
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two reports side by side. `findings` and `checks` are those across years, where the years are consecutive."""

    a: AnnualReport
    b: AnnualReport
    kind: Kind
    cells: tuple[CellChange, ...]
    about: tuple[TextChange, ...]  # title, organ, year, form, dates, signature
    sections: tuple[TextChange, ...]  # heading and prose of each
    findings: tuple[Finding, ...] = ()
    checks: Mapping[str, str] | None = None

    @property
    def same(self) -> bool:
        """Whether nothing differs at all."""
        return not self.changed_cells and not any(text.changed for text in (*self.about, *self.sections))

    @property
    def changed_cells(self) -> tuple[CellChange, ...]:
        return tuple(cell for cell in self.cells if cell.change is not Change.SAME)

    def to_dict(self) -> Plain:
        return {
            "kind": self.kind.value,
            "same": self.same,
            "a": _who(self.a),
            "b": _who(self.b),
            "cells": [cell.as_dict() for cell in self.cells if cell.change is not Change.SAME],
            "cells_same": sum(cell.change is Change.SAME for cell in self.cells),
            "about": [text.as_dict() for text in self.about if text.changed],
            "sections": [text.as_dict() for text in self.sections if text.changed],
            "findings": [finding_to_dict(finding) for finding in self.findings],
            "checks": dict(self.checks or {}),
        }


def compare(a: AnnualReport, b: AnnualReport) -> Comparison:
    """The first report beside the second; the older or earlier one comes first by custom, not by need."""
    found, checks = _across_years(a, b)
    return Comparison(a, b, _kind(a, b), changes(a, b), tuple(_about(a, b)), tuple(_sections(a, b)), found, checks)


def _kind(a: AnnualReport, b: AnnualReport) -> Kind:
    if a.organ is None or b.organ is None or a.year is None or b.year is None:
        return Kind.UNKNOWN
    if not years.same_organ(a.organ, b.organ):
        return Kind.ORGANS
    return Kind.VERSIONS if a.year == b.year else Kind.YEARS


def _across_years(a: AnnualReport, b: AnnualReport) -> tuple[tuple[Finding, ...], Mapping[str, str]]:
    """I-6 and I-8 where one report is on the year after the other's, whichever was given first."""
    if a.year is None or b.year is None or abs(a.year - b.year) != 1 or _kind(a, b) is Kind.ORGANS:
        return (), {}
    previous, report = sorted((a, b), key=lambda one: one.year or 0)
    held = assess_years(report, previous)
    return tuple(years.findings(Case(report, previous, year_checks=held))), named(held)


def _about(a: AnnualReport, b: AnnualReport) -> Iterator[TextChange]:
    for name, before, after in (
        ("title", a.title, b.title),
        ("organ", a.organ, b.organ),
        ("year", a.year, b.year),
        ("edition", a.edition and a.edition.key, b.edition and b.edition.key),
        ("published", a.published, b.published),
        ("signature.organ", a.signature.organ, b.signature.organ),
        ("signature.on", a.signature.on, b.signature.on),
    ):
        yield _text(name, *(None if value is None else str(value) for value in (before, after)))


def _text(name: str, a: str | None, b: str | None) -> TextChange:
    return TextChange(name, a, b, difference(a or "", b or ""))


def _sections(a: AnnualReport, b: AnnualReport) -> Iterator[TextChange]:
    """Sections of one number are held against one another, the first with the first."""
    before, after = _numbered(a), _numbered(b)
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key), after.get(key)
        number, again = key
        name = f"section{number}" + (f"#{again + 1}" if again else "")
        yield _text(f"{name}.heading", old.heading if old else None, new.heading if new else None)
        yield _text(f"{name}.text", old.prose.text if old else None, new.prose.text if new else None)


def _numbered(report: AnnualReport) -> dict[tuple[int, int], Section]:
    found: dict[tuple[int, int], Section] = {}
    for section in report.sections:
        again = sum(number == section.number for number, _ in found)
        found[section.number, again] = section
    return found


def _who(report: AnnualReport) -> Plain:
    return {
        "organ": report.organ, "title": report.title, "year": report.year,
        "format": report.edition.key if report.edition else None,
    }
