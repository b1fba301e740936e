"""Part: one report of an aggregate, told apart by its organ and by the hash of what it says."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256

from gongkai.law.editions import Edition
from gongkai.law.findings import Finding
from gongkai.report.exchange import Plain, to_dict
from gongkai.report.identities import At, requests_edition
from gongkai.report.model import AnnualReport, Signature

NOT_CONTENT = ("doubts", "source", "checks")  # what is about a reading, not in the report


def digest(report: AnnualReport) -> str:
    """SHA-256 of what the report says, whatever the format it came in."""
    plain = {key: value for key, value in to_dict(report).items() if key not in NOT_CONTENT}
    return sha256(json.dumps(plain, sort_keys=True, separators=(",", ":")).encode("ascii")).hexdigest()


def same_name(organ: str) -> str:
    """An organ's name for comparison: blanks and the width of signs make no difference."""
    return "".join(unicodedata.normalize("NFKC", organ).split())


@dataclass(frozen=True)
class Part:
    """One report to be added up, with the doubts of its reading and the file it came from.

    `includes` names the organs that it adds up already, where it is itself an aggregate.
    """

    report: AnnualReport
    doubts: tuple[Finding, ...] = ()
    file: str | None = None
    file_sha256: str | None = None
    includes: tuple[str, ...] = ()

    @cached_property
    def sha256(self) -> str:
        return digest(self.report)

    @cached_property
    def figures(self) -> str:
        """The hash of the organ, the year and the tables: what an addition depends on."""
        tables = replace(self.report, organ=self.organ, title=None, sections=(), signature=Signature(), published=None)
        return digest(tables)

    @cached_property
    def requests_edition(self) -> Edition | None:
        return requests_edition(self.report) if self.report.edition or self.report.applications else None

    @property
    def active_edition(self) -> Edition | None:
        return self.report.edition or self.requests_edition

    @property
    def name(self) -> str:
        """What a finding calls it."""
        return self.report.organ or self.file or "机关不详"

    @property
    def organ(self) -> str | None:
        """The organ's name for comparison."""
        return same_name(self.report.organ) if self.report.organ else None

    def doubtful(self, at: At) -> bool:
        """Whether the reading left that cell in doubt."""
        return bool(self._doubtful) and bool(self._doubtful & {(at.part, at.row, at.column), (at.part, at.row, None)})

    @cached_property
    def _doubtful(self) -> frozenset[tuple[str, str | None, str | None]]:
        places = (place for doubt in self.doubts for place in (doubt.where, *doubt.also))
        return frozenset((place.part, place.row, place.column) for place in places)

    def as_dict(self) -> Plain:
        """The part as it is listed in the aggregate."""
        edition = self.active_edition
        return {
            "organ": self.report.organ,
            "year": self.report.year,
            "format": edition.key if edition else None,
            "sha256": self.sha256,
            "file": self.file,
            "file_sha256": self.file_sha256,
            "includes": list(self.includes),
        }


def parts_of(given: Iterable[AnnualReport | Part]) -> tuple[Part, ...]:
    """Reports and parts alike as parts."""
    return tuple(one if isinstance(one, Part) else Part(one) for one in given)


def named(parts: Sequence[Part]) -> str:
    """Every part by name: a list of what is missing is never cut."""
    return "、".join(f"“{part.name}”" for part in parts)


def named_en(parts: Sequence[Part]) -> str:
    return ", ".join(f"“{part.name}”" for part in parts)


def files(parts: Sequence[Part]) -> str:
    """The files of the parts; the place in the list where there is no file."""
    return "、".join(part.file or part.name for part in parts)
