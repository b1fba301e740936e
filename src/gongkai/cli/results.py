"""What the command keeps of one audited file: small, so that a thousand files fit where fifty do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from sys import intern

from gongkai.law.findings import Finding, Language, Rule, Severity
from gongkai.report.rules import rules


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file gave no report: one line, in Chinese and in English."""

    code: str
    zh: str
    en: str
    skipped: bool = False  # met in a directory and no report at all: a note, no failure

    def line(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class AuditedFile:
    """One file's audit, or why there is none."""

    name: str  # the path as it was given, safe to print
    organ: str | None = None
    title: str | None = None
    year: int | None = None
    edition: str | None = None  # "2019", "2021"
    kind: str | None = None  # the kind of file: "html", "pdf"
    findings: tuple[Finding, ...] = ()  # gravest first
    checks: Mapping[str, str] = field(default_factory=dict)
    refusal: Refusal | None = None

    def count(self, severity: Severity) -> int:
        return sum(finding.severity is severity for finding in self.findings)


@cache
def _rules() -> Mapping[str, Rule]:
    return rules()


Sent = tuple[str, object] | Finding


def packed(file: AuditedFile) -> tuple[AuditedFile, list[Sent]]:
    """The file for another process: rules are sent by their code, not with every finding."""
    known = _rules()
    sent: list[Sent] = []
    for finding in file.findings:
        rule = finding.rule
        rest = (finding.where, dict(finding.facts), finding.also, finding.severity_as)
        sent.append((rule.code, rest) if known.get(rule.code) is rule else replace(finding, facts=dict(finding.facts)))
    return replace(file, findings=()), sent


def unpacked(file: AuditedFile, sent: list[Sent]) -> AuditedFile:
    """The file as it was packed, its findings on the rules of this process."""
    known = _rules()
    findings = (item if isinstance(item, Finding) else Finding(known[item[0]], *item[1]) for item in sent)  # type: ignore[misc]
    checks = {intern(name): intern(state) for name, state in file.checks.items()}  # the same names in every file
    return replace(file, findings=tuple(findings), checks=checks)
