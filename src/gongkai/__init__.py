"""gongkai 公开: government information disclosure (政府信息公开) as code.

The annual report (政府信息公开工作年度报告) read from any file, audited, written, added up and compared:

>>> import gongkai
>>> reading = gongkai.read("samples/reports/lanyuan_education_2023.docx")
>>> reading.report.organ, reading.report.year
('澜原县教育局', 2023)
>>> reading.report.application("new_received", gongkai.Applicant.TOTAL)
6

Nothing here knows the day or the network, and a blank cell is `None`, never 0. What was not read with certainty is
not in the report but in `reading.doubts`. The exceptions, each with a line in Chinese as its message and the same
in English as `en`:

    Exception
    ├── Unreadable      a file from which nothing can be read; `code` says why
    ├── Unwritable      a report that cannot be written so; `code` says why
    └── ValueError
        ├── Malformed   data that is no report of ours; `key` says where
        └── CannotAdd   reports that must not be added up; `findings` say why

Everything is imported when it is used first, so `import gongkai` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from .formats import Limits, Reading, Unreadable
    from .formats.charts import Chart, charts
    from .formats.writing import Unwritable
    from .law.editions import Applicant, Edition, Remedy, Result
    from .law.findings import Finding, Place, Rule, Severity
    from .report.aggregate import Aggregate, CannotAdd, Moved, Part, aggregate
    from .report.audit import Audit
    from .report.compare import Comparison, compare
    from .report.exchange import Malformed, from_dict, to_dict
    from .report.model import AnnualReport, Figure, Section, Signature
    from .report.tables import Cell

__version__ = "0.1.0"

_HOMES = {
    "gongkai.formats": ("Limits", "Reading", "Unreadable"),
    "gongkai.formats.charts": ("Chart", "charts"),
    "gongkai.formats.writing": ("Unwritable",),
    "gongkai.law.editions": ("Applicant", "Edition", "Remedy", "Result"),
    "gongkai.law.findings": ("Finding", "Place", "Rule", "Severity"),
    "gongkai.report.aggregate": ("Aggregate", "CannotAdd", "Moved", "Part", "aggregate"),
    "gongkai.report.audit": ("Audit",),
    "gongkai.report.compare": ("Comparison", "compare"),
    "gongkai.report.exchange": ("Malformed", "from_dict", "to_dict"),
    "gongkai.report.model": ("AnnualReport", "Figure", "Section", "Signature"),
    "gongkai.report.tables": ("Cell",),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Aggregate", "AnnualReport", "Applicant", "Audit", "CannotAdd", "Cell", "Chart", "Comparison", "Edition", "Figure",
    "Finding", "Limits", "Malformed", "Moved", "Part", "Place", "Reading", "Remedy", "Result", "Rule", "Section",
    "Severity", "Signature", "Unreadable", "Unwritable", "aggregate", "audit", "cells", "charts", "compare",
    "from_dict", "read", "to_dict", "write",
]


def read(source: str | Path | bytes, name: str | None = None, limits: Limits | None = None) -> Reading:
    """What a file says: its report, the doubts met on the way, how each table was found.

    `source` is a path, or the bytes themselves; `name` then is a hint for files that their content does not tell
    apart. Raises `Unreadable` where nothing can be read; a file that is no annual report gives a reading whose
    `is_report` is false.

    >>> read("samples/reports/songyin_2022.pdf").report.year
    2022
    >>> read(b"no report at all", "note.txt").is_report
    False
    """
    from pathlib import Path

    from . import formats

    bounds = limits or formats.DEFAULT
    if isinstance(source, bytes):
        return formats.read(name or "", source, bounds)
    with Path(source).open("rb") as opened:
        return formats.read(name or Path(source).name, opened.read(bounds.size + 1), bounds)


def audit(
    report: Reading | AnnualReport, previous: Reading | AnnualReport | None = None, published: date | None = None
) -> Audit:
    """All rules over one report, gravest finding first; across the years too where last year's is given.

    A reading brings its doubts and remarks along: cells in doubt are left out of every check.

    >>> found = audit(read("samples/reports/songyin_2022.pdf"))
    >>> found.findings[0].severity.value, found.findings[0].code
    ('error', 'remedies.total_wrong')
    >>> found.checks["rem.total.reconsideration"]
    'fails'
    """
    from .report.audit import audit as audited
    from .report.model import AnnualReport

    before = previous if isinstance(previous, AnnualReport) or previous is None else previous.report
    if isinstance(report, AnnualReport):
        return audited(report, previous=before, published=published)
    return audited(
        report.report, previous=before, published=published, remarks=report.remarks, doubts=report.doubts
    )


def write(report: Reading | AnnualReport, to: str | Path) -> bytes:
    """The report as a file of the format named (json, html, docx, pdf, xlsx, markdown); a `Path` is written, too.

    Reading it back gives the same report. Raises `Unwritable` for a format that is not known.

    >>> report = read("samples/reports/lanyuan_health_2023.md").report
    >>> read(write(report, "html")).report.active == report.active
    True
    """
    from pathlib import Path

    from .formats import writing
    from .report.model import AnnualReport

    value = report if isinstance(report, AnnualReport) else report.report
    if not isinstance(to, Path):
        return writing.write(value, to)
    made = writing.write(value, to.suffix)
    to.write_bytes(made)
    return made


def cells(report: Reading | AnnualReport) -> Iterator[Cell]:
    """The three tables as rows of one long table, ready for CSV or a data frame; a blank has no value.

    `presence` tells number, blank, absent and doubt apart.

    >>> first = next(cells(read("samples/reports/lanyuan_health_2023.md")))
    >>> first.organ, first.year, first.table, first.row, first.value, first.presence
    ('澜原县卫生健康局', 2023, 'active', 'rules_made', 0, 'number')
    """
    from .report.model import AnnualReport
    from .report.tables import cells as listed

    return listed(report) if isinstance(report, AnnualReport) else listed(report.report, report.doubts)


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'gongkai' has no attribute {name!r}")
    found = getattr(import_module(_HOME[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
