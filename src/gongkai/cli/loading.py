"""Whole reports brought into this process, each read in a worker, so that one that hangs costs only itself."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from gongkai.law.findings import Finding
from gongkai.report.aggregate import Part
from gongkai.report.model import AnnualReport

from .files import File, lost, read_file
from .language import say
from .progress import progress
from .results import Refusal
from .show import complain, refused
from .workers import Lost, Workers

SECONDS = 120.0  # for one file


def load(files: Sequence[File], seconds: float, spoken: str) -> Iterator[Part | Refusal]:
    """Every file with its report, or the reason why it gave none, which is told on standard error."""
    with progress(len(files), say("读取", "reading")) as bar:
        for file, given in Workers(answer, seconds).run(files):
            result = lost(given) if isinstance(given, Lost) else given
            if isinstance(result, Refusal):
                bar.clear()
                complain(refused(file.name, result, "en" if spoken == "en" else "zh"))
            yield result
            bar.advance()


def answer(file: File) -> Part | Refusal:
    """One file read, in a worker; what is sent back is plain."""
    reading = read_file(file)
    if isinstance(reading, Refusal):
        return reading
    data = Path(file.path).read_bytes()
    includes = _includes(data) if reading.format == "json" else ()
    doubts = tuple(_plain_finding(doubt) for doubt in reading.doubts)
    return Part(_plain(reading.report), doubts, file.name, sha256(data).hexdigest(), includes)


def _plain(report: AnnualReport) -> AnnualReport:
    """The report with mappings that another process can be sent."""
    return replace(
        report, active=dict(report.active), applications=dict(report.applications),
        remedies={block: dict(results) for block, results in report.remedies.items()},
    )


def _plain_finding(finding: Finding) -> Finding:
    rule = finding.rule
    return replace(
        finding, rule=replace(rule, says=dict(rule.says), advice=dict(rule.advice)), facts=dict(finding.facts),
    )


def _includes(data: bytes) -> tuple[str, ...]:
    """The organs that an aggregate of ours adds up already."""
    with suppress(ValueError, AttributeError, RecursionError):
        parts = json.loads(data).get("parts") or ()
        return tuple(
            name for part in parts if isinstance(part, dict)
            for name in (part.get("organ"), *(part.get("includes") or ())) if isinstance(name, str)
        )
    return ()
