"""What is behind a cell of a report: the entries of the ledger, the documents, the requests, the remedies that its figure counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from gongkai.law.editions import Applicant, Remedy, Result
from gongkai.platform.annual.errors import NotFound
from gongkai.platform.annual.indicators import BY_KEY, Summing
from gongkai.platform.annual.models import FigureEntry, Received, Report
from gongkai.platform.annual.queries import auditing
from gongkai.platform.annual.queries.working import Head, head_of, kept
from gongkai.platform.annual.stored import at_of, key_of
from gongkai.platform.cases.queries import counted
from gongkai.platform.cases.queries.statistics import BehindRow
from gongkai.platform.catalogue.queries import counting
from gongkai.platform.catalogue.queries.counting import CountedItem
from gongkai.platform.organs.acting import Actor
from gongkai.report.auditing.labels import cell_label
from gongkai.report.identities import ACTIVE, REMEDIES, REQUESTS, At
from gongkai.report.model import AnnualReport, Count
from gongkai.report.tables import places

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the ledger at the cell's place. `held`: counted in the figure; others were corrected, taken back, or came after compiling."""

    id: int
    month: int
    value: Decimal | None
    about: bool
    evidence: str
    reason: str
    by: str
    at: datetime
    held: bool
    later: bool

    @property
    def shown(self) -> str:
        """The number without needless zeros: 937.08, 15160."""
        return "" if self.value is None else f"{self.value.normalize():f}"


@dataclass(frozen=True, slots=True)
class Added:
    """What one organ's report gave to a cell of the government's; 0 is the organ's own year."""

    received: int
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A cell with everything that it counts; of long lists one page."""

    head: Head
    at: At
    key: str
    label: str
    value: Count | None
    unit: str
    source: str  # figures、items、requests、remedies、nothing
    total: int  # 后面有几件
    counted: int | None
    entered: Decimal | None
    number: int
    last: bool  # 以最后登记的为准
    entries: tuple[Entry, ...] = ()
    items: tuple[CountedItem, ...] = ()
    rows: tuple[BehindRow, ...] = ()
    organs: tuple[Added, ...] = ()

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // SHOWN))

    @property
    def differs(self) -> bool:
        return self.counted is not None and self.entered is not None and self.entered != self.counted


def cell(actor: Actor, report_id: int, key: str, today: date, page: int = 1) -> Opened:
    """The cell and what is behind it, as it was compiled. Two statements."""
    report = kept(actor, report_id)
    head = head_of(actor, report, today)
    at = _at(key, head)
    compiled = auditing.tables_of(report)
    behind = (report.behind or {}).get(key, {})
    source = str(behind.get("source") or ("nothing" if at.part == ACTIVE else at.part.replace(REQUESTS, "requests")))
    ids = tuple(behind.get("ids", ()))
    entered = behind.get("entered")
    number = max(1, min(page, -(-len(ids) // SHOWN) or 1))
    part = ids[(number - 1) * SHOWN : number * SHOWN]
    told: dict[str, Any] = {}
    if source in ("figures", "nothing"):
        told["entries"] = _entries(report.organ_id, report.year, at.row, frozenset(ids), report.compiled_at)
    elif source == "items":
        told["items"] = counting.behind(report.organ_id, part)
    elif source in ("requests", "remedies"):
        told["rows"] = counted.behind(actor, report.organ_id, at.part, part) if part else ()
    else:
        told["organs"] = _added(report, ids, tuple(behind.get("values", ())))
    value, unit = _value(compiled, at)
    indicator = BY_KEY.get(at.row)
    return Opened(
        head, at, key, cell_label(at).strip("“”").replace("”的“", "，"), value, unit, source, len(ids), behind.get("counted"), None if entered is None else Decimal(entered),
        number, indicator is not None and indicator.summing is Summing.LAST, **told,
    )  # fmt: skip


def _added(report: Report, ids: tuple[int, ...], values: tuple[str, ...]) -> tuple[Added, ...]:
    """The reports that were added up, each with its figure."""
    names = dict(Received.objects.filter(superior=report.organ_id, pk__in=ids).values_list("pk", "name"))
    return tuple(Added(pk, report.organ.name if pk == 0 else names.get(pk, ""), value) for pk, value in zip(ids, values, strict=False))


def _at(key: str, head: Head) -> At:
    """The cell of a key, where this edition of the form has it."""
    known = {key_of(at): at for at in places(head.edition, head.edition)}
    if key not in known:
        raise NotFound
    return at_of(key)


def _value(report: AnnualReport, at: At) -> tuple[Count | None, str]:
    if at.part == REMEDIES:
        return report.remedy(Remedy(at.row), Result(str(at.column))), "件"
    if at.part == REQUESTS:
        return report.application(at.row, Applicant(str(at.column))), "件"
    figure = report.active.get(at.row)
    return (figure.value, figure.unit) if figure else (None, "")


def _entries(organ_id: int, year: int, indicator: str, held: frozenset[int], compiled_at: datetime | None) -> tuple[Entry, ...]:
    """Everything ever entered at a place, by month and then by time."""
    rows = FigureEntry.objects.filter(organ=organ_id, year=year, indicator=indicator, channel="").order_by("month", "id")
    told = rows.values_list("id", "month", "value", "about", "evidence", "reason", "by__name", "at")
    return tuple(Entry(*row, row[0] in held, compiled_at is not None and row[-1] > compiled_at) for row in told)
