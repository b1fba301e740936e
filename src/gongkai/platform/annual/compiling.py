"""汇编: a year's three tables from the records, and what stands behind every cell. Pure: given what was counted and entered.

Table two: what was entered holds; beside it stands what gongkai itself counted. Tables three and four: counted (report.tally).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from gongkai.law.editions import Edition, Remedy, Result
from gongkai.report.identities import ACTIVE, At
from gongkai.report.model import AnnualReport, Count, Figure, Row
from gongkai.report.tables import whole
from gongkai.report.tally import Tables

from .ledger import Place, YearFigure


@dataclass(frozen=True, slots=True)
class Behind:
    """What a cell rests on: entries of the ledger, or records, by their ids; and what else is known of it."""

    source: str  # figures、items、requests、remedies、nothing
    ids: tuple[int, ...] = ()
    counted: int | None = None  # 平台自己数到的
    entered: Decimal | None = None  # 登记的

    @property
    def differs(self) -> bool:
        """Whether what was entered is not what was counted."""
        return self.counted is not None and self.entered is not None and self.entered != self.counted


@dataclass(frozen=True, slots=True)
class CountedCell:
    """A cell of table two that gongkai counts from its own catalogue: the ids are the figure."""

    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Compiled:
    """The three tables as a report without prose, and what is behind each cell."""

    report: AnnualReport
    behind: Mapping[At, Behind] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def differing(self) -> tuple[At, ...]:
        return tuple(at for at, found in self.behind.items() if found.differs)


def compiled(
    organ: str, year: int, edition: Edition, figures: Mapping[Place, YearFigure], items: Mapping[str, CountedCell], tables: Tables,
    ids: Mapping[At, tuple[int, ...]], title: str | None = None,
) -> Compiled:  # fmt: skip
    """The tables of a year. `items`: cells of table two that the catalogue counts; `ids`: what is behind tables three and four."""
    active, behind = {}, dict[At, Behind]()
    for cell in edition.active_cells():
        entered, counted = figures.get((cell.key, "")), items.get(cell.key)
        at = At(ACTIVE, cell.key)
        behind[at] = _behind(entered, counted)
        active[cell.key] = Figure(_value(entered, counted), cell.unit)
    for at, found in ids.items():
        behind[at] = Behind("requests" if at.part == "applications" else "remedies", found, len(found))
    applications: Mapping[str, Row] = tables.applications
    remedies: Mapping[Remedy, Mapping[Result, Count | None]] = tables.remedies
    report = AnnualReport(organ, title, year, edition, MappingProxyType(active), applications, remedies)
    return Compiled(report, MappingProxyType(behind))


def _value(entered: YearFigure | None, counted: CountedCell | None) -> Count | None:
    if entered is not None:
        return whole(entered.value)
    return len(counted.ids) if counted is not None else None


def _behind(entered: YearFigure | None, counted: CountedCell | None) -> Behind:
    number = len(counted.ids) if counted is not None else None
    if entered is not None:
        return Behind("figures", entered.entries, number, entered.value)
    return Behind("items", counted.ids, number) if counted is not None else Behind("nothing")
