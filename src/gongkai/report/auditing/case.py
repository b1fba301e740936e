"""Case: one report laid before the audit, with what its auditor knows beyond it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from gongkai.law.findings import Finding, Place
from gongkai.report.identities import Check
from gongkai.report.model import AnnualReport

from .organs import Level, level_of


@dataclass(frozen=True, slots=True)
class Scope:
    """What the caller knows beyond the report. Local deadlines may be earlier than those of 条例第四十九条."""

    level: Level | None = None  # where the organ's name does not tell it
    complete: bool | None = None  # False: the source is only a part of the report; None: not known
    department_by: tuple[int, int] = (1, 31)  # 条例第四十九条：1月31日前
    government_by: tuple[int, int] = (3, 31)  # 条例第四十九条：3月31日前


@dataclass(frozen=True)
class Case:
    """What the topics of the audit look at. Derived things are made once."""

    report: AnnualReport
    previous: AnnualReport | None = None
    published: date | None = None
    doubts: tuple[Finding, ...] = ()
    scope: Scope = field(default_factory=Scope)
    traditional: bool = False  # matched in simplified form: headings are not compared sign by sign
    published_given: bool = False  # the caller says when it was published
    checks: tuple[Check, ...] = ()
    year_checks: tuple[Check, ...] = ()

    @cached_property
    def level(self) -> Level:
        return self.scope.level or level_of(self.report.signature.organ or self.report.organ)

    @cached_property
    def plain(self) -> Mapping[int, str]:
        """The plain prose of each section by number; parts of a number that occurs twice follow one another."""
        texts: dict[int, str] = {}
        for section in self.report.sections:
            before = texts.get(section.number)
            texts[section.number] = f"{before}\n{section.prose.plain}" if before else section.prose.plain
        return texts

    @cached_property
    def text(self) -> str:
        """All the plain prose, section after section."""
        return "\n".join(self.plain.values())

    @cached_property
    def doubtful(self) -> frozenset[tuple[str, str | None, str | None]]:
        """The cells and rows in doubt."""
        places = (place for doubt in self.doubts for place in (doubt.where, *doubt.also))
        return frozenset((place.part, place.row, place.column) for place in places)

    def in_doubt(self, part: str, row: str, column: str | None = None) -> bool:
        return bool(self.doubtful) and bool(self.doubtful & {(part, row, column), (part, row, None)})

    @cached_property
    def complete(self) -> bool:
        """Whether the source goes to the report's end: somebody says so, or it is signed behind section six."""
        if self.scope.complete is not None:
            return self.scope.complete
        return self.report.signature.on is not None or self.report.section(6) is not None

    @property
    def tables_read(self) -> bool:
        return bool(self.report.active or self.report.applications or self.report.remedies)


def section_place(number: int, quote: str | None = None) -> Place:
    """A place in a section; 0 is what stands before the first."""
    return Place(f"section{number}" if number else "title", quote=quote)
