"""What is behind a cell of a report: the entries of the ledger, the documents, the requests, the remedies that its figure counts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from gongkai.law.editions import BY_KEY as BY_EDITION
from gongkai.law.editions import Applicant, Edition, Remedy, Result
from gongkai.platform.annual import receiving
from gongkai.platform.annual.errors import NotFound
from gongkai.platform.annual.indicators import BY_KEY, Summing
from gongkai.platform.annual.models import FigureEntry, Received, Report
from gongkai.platform.annual.queries import auditing
from gongkai.platform.annual.queries.board import SEEING
from gongkai.platform.annual.queries.working import Head, head_of, kept
from gongkai.platform.annual.stored import at_of, key_of
from gongkai.platform.cases.queries import counted
from gongkai.platform.cases.queries.statistics import BehindRow
from gongkai.platform.catalogue.queries import counting
from gongkai.platform.catalogue.queries.counting import CountedItem
from gongkai.platform.organs.acting import Actor
from gongkai.platform.pages.paging import span, within
from gongkai.report.auditing.labels import cell_label
from gongkai.report.identities import ACTIVE, REMEDIES, REQUESTS, At
from gongkai.report.model import AnnualReport, Count
from gongkai.report.tables import places, whole

SHOWN = 50
_KEY = re.compile(r"[a-z][a-z0-9_.]{0,79}")  # 全是数字的，数据库会当作序号


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
    """What one organ's report gave to a cell of the government's; 0 is the organ's own year, and no value a blank."""

    received: int
    name: str
    value: str
    opens: bool = False  # 后面的记录在本平台上


@dataclass(frozen=True, slots=True)
class Rests:
    """What a figure rests on; of long lists one page."""

    source: str  # figures、items、requests、remedies、organs、nothing
    total: int  # 后面有几件
    counted: int | None
    entered: Decimal | None
    number: int
    last: bool  # 以最后登记的为准
    entries: tuple[Entry, ...] = ()
    items: tuple[CountedItem, ...] = ()
    rows: tuple[BehindRow, ...] = ()
    organs: tuple[Added, ...] = ()
    blanks: int = 0  # 汇总里这一格空白的报告

    @property
    def differs(self) -> bool:
        return self.counted is not None and self.entered is not None and self.entered != self.counted


@dataclass(frozen=True, slots=True)
class Opened:
    """A cell with everything that it counts."""

    head: Head
    at: At
    key: str
    label: str
    value: Count | None
    unit: str
    rests: Rests
    own: bool = False  # 政府的报告里，本机关的一份


@dataclass(frozen=True, slots=True)
class OpenedReceived:
    """The same cell of a report that was handed in here, with the records of its organ."""

    received: int
    superior: int
    organ: int
    name: str
    year: int
    key: str
    at: At
    label: str
    value: Count | None
    unit: str
    rests: Rests
    compiled_at: datetime | None
    later: bool  # 报送以后又汇编过


def cell(actor: Actor, report_id: int, key: str, today: date, page: int = 1, own: bool = False) -> Opened:
    """The cell and what is behind it, as it was compiled; `own`: of a sum, the organ's own part. Two statements, three of a sum."""
    if not _KEY.fullmatch(key):
        raise NotFound
    report = kept(actor, report_id, cell=key)
    head = head_of(actor, report, today)
    at = _at(key, head.edition)
    behind = getattr(report, "under", None) or {}
    value, unit = _value(auditing.tables_of(report), at)
    if own:
        if not report.summed:
            raise NotFound
        value = _own_value(behind)
        behind = behind.get("own", {})
    return Opened(head, at, key, _label(at), value, unit, _rests(actor, report, at, behind, page, own), own)


def received_cell(actor: Actor, received_id: int, key: str, page: int = 1) -> OpenedReceived:
    """A cell of a received report with the records behind it, where its organ writes it on the platform. Three statements."""
    row = Received.objects.filter(pk=received_id).select_related("report__organ").first()
    if row is None or row.report is None or not actor.kinds(row.superior_id) & SEEING:
        raise NotFound
    report = row.report
    at = _at(key, BY_EDITION[report.edition])
    value, unit = _value(receiving.read(row.data, row.settled).report, at)
    later = report.compiled_at is not None and report.compiled_at > row.at
    rests = _rests(actor, report, at, (report.behind or {}).get(key, {}), page)
    return OpenedReceived(
        row.pk, row.superior_id, report.organ_id, row.name, row.year, key, at, _label(at), value, unit, rests, report.compiled_at, later
    )  # fmt: skip


def _rests(actor: Actor, report: Report, at: At, behind: Mapping[str, Any], page: int, own: bool = False) -> Rests:
    bare = "organs" if report.summed and not own else "nothing" if at.part == ACTIVE else at.part.replace(REQUESTS, "requests")
    source = str(behind.get("source") or bare)
    ids = tuple(behind.get("ids", ()))
    entered = behind.get("entered")
    total = len(ids) + (len(behind.get("blank", ())) if source == "organs" else 0)
    number = within(page, total, SHOWN)
    part = ids[span(number, SHOWN)]
    told: dict[str, Any] = {}
    if source in ("figures", "nothing"):
        told["entries"] = _entries(report.organ_id, report.year, at.row, frozenset(ids), report.compiled_at)
    elif source == "items":
        told["items"] = counting.behind(report.organ_id, part)
    elif source in ("requests", "remedies"):
        told["rows"] = counted.behind(actor, report.organ_id, at.part, part) if part else ()
    else:
        told |= {"organs": _added(report, behind, number), "blanks": len(behind.get("blank", ()))}
    indicator = BY_KEY.get(at.row)
    return Rests(
        source, total, behind.get("counted"), None if entered is None else Decimal(entered), number, indicator is not None and indicator.summing is Summing.LAST, **told
    )  # fmt: skip


def _label(at: At) -> str:
    return cell_label(at).strip("“”").replace("”的“", "，")


def _own_value(behind: Mapping[str, Any]) -> Count | None:
    """The organ's own part of a sum: blank where it is blank, else 0 where it gave nothing."""
    given = dict(zip(behind.get("ids", ()), behind.get("values", ()), strict=False))
    return None if 0 in behind.get("blank", ()) else whole(Decimal(given.get(0, "0")))


def _added(report: Report, behind: Mapping[str, Any], number: int) -> tuple[Added, ...]:
    """A page of the reports that were added up, each with its figure; those that are blank there come last."""
    given = [*zip(behind.get("ids", ()), behind.get("values", ()), strict=False), *((pk, "") for pk in behind.get("blank", ()))]
    given = given[span(number, SHOWN)]
    rows = Received.objects.filter(superior=report.organ_id, pk__in=[pk for pk, _ in given]).values_list("pk", "name", "report_id")
    names = {pk: (name, written is not None) for pk, name, written in rows}
    own = (report.organ.name, True)
    return tuple(Added(pk, *(told[0], value, told[1])) for pk, value in given if (told := own if pk == 0 else names.get(pk, ("", False))))


def _at(key: str, edition: Edition) -> At:
    """The cell of a key, where this edition of the form has it."""
    known = {key_of(at): at for at in places(edition, edition)}
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
