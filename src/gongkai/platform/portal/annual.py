"""Published annual reports ready to print, to compare and to take along; kept by the digest of their data."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from gongkai.formats import writing
from gongkai.law.findings import Finding, Place, Severity
from gongkai.platform.annual.queries.public import Listed
from gongkai.report import exchange
from gongkai.report.auditing.labels import place_label
from gongkai.report.compare import CellChange, Change, Comparison, TextChange, compare
from gongkai.report.model import AnnualReport
from gongkai.report.tables import Cell, Presence, cells

from . import reports
from .reports import Shown

KEPT = 96
T = TypeVar("T")
SEVERITIES = {Severity.ERROR: "late", Severity.WARNING: "soon", Severity.QUERY: "plain", Severity.INFO: "plain"}


@dataclass(frozen=True, slots=True)
class Line:
    """A cell of two reports side by side."""

    where: str
    a: str
    b: str
    difference: str
    changed: bool


def report_of(digest: str, data: Mapping[str, Any]) -> AnnualReport:
    return _once(("report", digest), lambda: exchange.from_dict(data).report)


def shown(digest: str, data: Mapping[str, Any]) -> Shown:
    """The six sections, the tables and the charts."""
    return _once(("shown", digest), lambda: reports.page_of(report_of(digest, data)))


def written(digest: str, data: Mapping[str, Any], ending: str) -> bytes:
    """The report in one of the formats people use; reads back to the same value."""
    return _once((ending, digest), lambda: writing.write(report_of(digest, data), ending, charts=ending in {"html", "docx", "pdf"}))


_kept: OrderedDict[tuple[str, str], Any] = OrderedDict()


def _once(key: tuple[str, str], make: Callable[[], T]) -> T:
    found: T | None = _kept.get(key)  # 别的线程可能正在取走
    if found is None:
        found = _kept[key] = make()
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return found


def side_by_side(a: AnnualReport, b: AnnualReport) -> tuple[Comparison, list[Line], list[TextChange]]:
    """The comparison, its cells as lines, and the texts that differ."""
    found = compare(a, b)
    return found, [_line(each) for each in found.cells if _says(each)], [each for each in (*found.about, *found.sections) if each.changed]


def _says(cell: CellChange) -> bool:
    """Whether the line is worth its place: something differs, or one of the two is a number other than zero."""
    return cell.change is not Change.SAME or bool(cell.a.value) or bool(cell.b.value)


def _line(cell: CellChange) -> Line:
    gap = "" if cell.difference is None or cell.change is Change.SAME else f"{cell.difference:+f}" if not isinstance(cell.difference, int) else f"{cell.difference:+d}"
    return Line(place_label(Place(cell.at.part, cell.at.row, cell.at.column)), _number(cell.a), _number(cell.b), gap, cell.change is not Change.SAME)


def _number(said: Any) -> str:
    if said.presence is Presence.NUMBER:
        return f"{said.value}"
    return "空白" if said.presence is Presence.BLANK else "—"


def findings(found: Comparison) -> list[tuple[str, Finding]]:
    return [(SEVERITIES[each.severity], each) for each in found.findings]


def long_table(rows: Iterator[tuple[Listed, Mapping[str, Any]]]) -> Iterator[Cell]:
    """Every cell of every report, one after another: open data."""
    for each, data in rows:
        yield from cells(report_of(each.digest, data))
