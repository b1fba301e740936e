"""核查发现: a rule, the place where it did not hold, and the facts that show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

Language = Literal["zh", "en"]


class Severity(StrEnum):
    """How certain a finding is, and what should follow from it."""

    ERROR = "error"  # certain: it contradicts itself, or the law
    WARNING = "warning"  # should be corrected
    QUERY = "query"  # ask the organ; also what could not be read with certainty
    INFO = "info"  # a remark


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that is checked. The rule pages of the documentation are printed from these."""

    code: str  # stable, dotted, snake_case: "remedies.total_wrong"
    severity: Severity
    basis: str  # the provision or form section, in Chinese
    says: Mapping[Language, str]  # sentences with {gaps}, which a finding's facts fill
    advice: Mapping[Language, str] = field(default_factory=dict)  # what to do about it


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is: a part of the report, a cell of it, quoted words, a line of the source."""

    part: str = "document"  # document title section1…section6 active applications remedies
    row: str | None = None  # row key of a table
    column: str | None = None  # column key
    quote: str | None = None  # words of the source, verbatim
    source: str | None = None  # "第3页", "第120行", "表2第5行": where in the source file

    def __str__(self) -> str:
        return ".".join(name for name in (self.part, self.row, self.column) if name)


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that did not hold at one place, with the facts that show it."""

    rule: Rule
    where: Place
    facts: Mapping[str, object] = field(default_factory=dict)
    also: tuple[Place, ...] = ()  # further places of the same finding
    severity_as: Severity | None = None  # where the facts soften or sharpen the rule's own severity

    @property
    def code(self) -> str:
        return self.rule.code

    @property
    def severity(self) -> Severity:
        return self.severity_as or self.rule.severity

    def sentence(self, language: Language = "zh") -> str:
        """The rule's sentence with the facts filled in."""
        return self.rule.says[language].format_map(self.facts)
