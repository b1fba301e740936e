"""The ledger page of a year: every place with its months, what was corrected, what the year comes to, and what gongkai counts itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery

from gongkai.law.editions import BY_KEY as EDITION
from gongkai.law.editions import EDITIONS, Edition, Remedy, edition_for
from gongkai.platform.annual import counting, ledger
from gongkai.platform.annual.counting import Months
from gongkai.platform.annual.errors import NotFound
from gongkai.platform.annual.indicators import CHANNELS, INDICATORS, Indicator, Topic
from gongkai.platform.annual.ledger import Differs, Entered, Place, YearFigure
from gongkai.platform.annual.models import FigureEntry, Report
from gongkai.platform.annual.states import ENTERING, READING
from gongkai.platform.cases.choices import UNCOUNTED
from gongkai.platform.cases.models import Remedy as RemedyRow
from gongkai.platform.cases.models import Request
from gongkai.platform.catalogue.queries import published
from gongkai.platform.catalogue.queries.counting import documents
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.models import Organ

COUNTED_TOPICS = frozenset({Topic.PUBLICATION, Topic.POLICY})


@dataclass(frozen=True, slots=True)
class Record:
    """One entry as it was made; `holds` where nothing later was entered for its place."""

    id: int
    indicator: str
    channel: str
    month: int
    value: Decimal | None
    about: bool
    evidence: str
    reason: str
    by: str
    at: datetime
    source: str  # 导入的文件名；手工登记的为空
    holds: bool = False

    @property
    def entered(self) -> Entered:
        return Entered(self.id, self.indicator, self.channel, self.month, self.value, self.about, self.evidence)


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator in one channel: its entries by month in the order made, the year's figure, and what gongkai counts."""

    indicator: Indicator
    channel: str
    months: Mapping[int, tuple[Record, ...]]
    figure: YearFigure | None
    counted: int | None
    differs: Differs | None
    counted_months: Months = field(default_factory=dict)

    @property
    def miscounted(self) -> bool:
        """Entered and counted, and not the same."""
        return self.figure is not None and self.counted is not None and self.figure.value != self.counted

    def holding(self, month: int) -> Record | None:
        last = self.months.get(month, ())[-1:]
        return last[0] if last and last[0].value is not None else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A year of an organ."""

    year: int
    edition: Edition
    lines: tuple[Line, ...]
    records: tuple[Record, ...]
    requests_received: int
    remedies: int
    may_enter: bool

    def of(self, topic: Topic) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.indicator.topic is topic)


def sheet(actor: Actor, organ_id: int, year: int, edition: str = "") -> Sheet:
    """The year's ledger for its page. Four statements."""
    may_read(actor, organ_id)
    found = records(organ_id, year)
    begun, received, remedies = _counted(organ_id, year)
    chosen = EDITION.get(edition) or EDITION.get(begun) or edition_of(year)
    cells = {key: len(ids) for key, ids in documents(organ_id, year).items() if ids}
    figures = ledger.year(each.entered for each in found)
    lines = tuple(_lines(found, chosen, figures, cells, counting.by_month(published.by_month(organ_id, year))))
    return Sheet(year, chosen, lines, tuple(found), received, remedies, bool(actor.kinds(organ_id) & ENTERING))


def form_lines(actor: Actor, organ_id: int, year: int, topic: Topic, edition: str = "") -> tuple[Line, ...]:
    """The lines of one topic, to enter figures into, with what is counted of its months. At most three statements."""
    may_read(actor, organ_id)
    found = records(organ_id, year)
    chosen = EDITION.get(edition) or _edition(organ_id, year)
    months = counting.by_month(published.by_month(organ_id, year)) if topic in COUNTED_TOPICS else {}
    return tuple(line for line in _lines(found, chosen, ledger.year(each.entered for each in found), {}, months) if line.indicator.topic is topic)


def may_read(actor: Actor, organ_id: int) -> None:
    if not actor.machine and not actor.kinds(organ_id) & (ENTERING | READING):
        raise NotFound


def records(organ_id: int, year: int) -> list[Record]:
    """Every entry of a year in the order made, with who made it."""
    rows = FigureEntry.objects.filter(organ=organ_id, year=year).order_by("id")
    told = rows.values_list("id", "indicator", "channel", "month", "value", "about", "evidence", "reason", "by__name", "at", "batch__name")
    last: dict[tuple[str, str, int], int] = {(row[1], row[2], row[3]): row[0] for row in told}
    return [Record(*row[:10], row[10] or "", last[row[1], row[2], row[3]] == row[0]) for row in told]


def places(edition: Edition, used: Iterable[Place] = ()) -> list[Place]:
    """The places of an edition's ledger in their order, and whatever else was entered."""
    held, found = set(used), list[Place]()
    for each in INDICATORS:
        for channel in CHANNELS if each.by_channel else ("",):
            place = (each.key, channel)
            if place in held or each.topic is not Topic.ACTIVE or edition.key in each.editions:
                found.append(place)
    return found


def edition_of(year: int) -> Edition:
    """The edition for a year; before there was any, the first."""
    return edition_for(year) or EDITIONS[0]


def _edition(organ_id: int, year: int) -> Edition:
    begun = Report.objects.filter(organ=organ_id, year=year).values_list("edition", flat=True).first()
    return EDITION.get(begun or "") or edition_of(year)


def _counted(organ_id: int, year: int) -> tuple[str, int, int]:
    """The edition of the report that is begun, requests received and remedies filed in the year. One statement."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    out = [state.value for state in UNCOUNTED]
    asked = Request.objects.filter(organ=OuterRef("pk"), received_on__range=(first, last)).exclude(state__in=out)
    filed = RemedyRow.objects.filter(organ=OuterRef("pk"), filed_on__range=(first, last), kind__in=[each.value for each in Remedy])
    report = Report.objects.filter(organ=OuterRef("pk"), year=year).values("edition")[:1]
    row = Organ.objects.filter(pk=organ_id).values_list(Subquery(report), _number(asked), _number(filed)).first()
    return (row[0] or "", row[1] or 0, row[2] or 0) if row else ("", 0, 0)


def _number(of: QuerySet[Any]) -> Subquery:
    return Subquery(of.order_by().values("organ").annotate(n=Count("pk")).values("n"))


def _lines(
    found: Iterable[Record], edition: Edition, figures: Mapping[Place, YearFigure], cells: Mapping[str, int], months: Mapping[Place, Months],
) -> Iterable[Line]:  # fmt: skip
    by_key = {each.key: each for each in INDICATORS}
    of: dict[Place, dict[int, tuple[Record, ...]]] = {}
    for each in found:
        entries = of.setdefault((each.indicator, each.channel), {})
        entries[each.month] = (*entries.get(each.month, ()), each)
    differing = {each.place: each for each in ledger.differing(figures)}
    year = counting.by_year(months)
    for place in places(edition, of):
        counted = year.get(place) if place in counting.SOURCES else cells.get(place[0]) if not place[1] else None
        yield Line(by_key[place[0]], place[1], of.get(place, {}), figures.get(place), counted, differing.get(place), months.get(place, {}))
