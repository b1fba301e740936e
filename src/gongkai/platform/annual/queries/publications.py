"""What is behind a figure that gongkai counts for the ledger: the publications, or the documents of table two."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gongkai.platform.annual import counting, ledger
from gongkai.platform.annual.errors import NotFound
from gongkai.platform.annual.indicators import BY_KEY, Indicator
from gongkai.platform.annual.ledger import Place, YearFigure
from gongkai.platform.annual.queries.figures import entered
from gongkai.platform.annual.queries.sheet import may_read
from gongkai.platform.catalogue.queries import published
from gongkai.platform.catalogue.queries.counting import behind, documents
from gongkai.platform.organs.acting import Actor

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One publication, or one document, behind a figure."""

    item: int
    title: str
    index_number: str
    kind: str
    channel: str
    at: datetime | None
    reads: int | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A figure that gongkai counts, with one page of what it counts, beside what was entered."""

    indicator: Indicator
    channel: str
    year: int
    month: int  # 0：全年
    counted: int
    number: int  # 列出的有几条
    figure: YearFigure | None
    rows: tuple[Row, ...]
    page: int
    reads: bool

    @property
    def differs(self) -> bool:
        return self.month == 0 and self.figure is not None and self.figure.value != self.counted


def listed(actor: Actor, organ_id: int, year: int, place: str, *, month: int = 0, page: int = 1) -> Listed:
    """The list behind a count of the ledger's page. At most four statements."""
    may_read(actor, organ_id)
    key, _dot, channel = place.partition(".")
    where: Place = (key, channel)
    if key not in BY_KEY or (month and where not in counting.SOURCES):
        raise NotFound
    figure = ledger.year(entered(organ_id, year, [key])).get(where)
    first = (max(1, page) - 1) * SHOWN
    source = counting.SOURCES.get(where)
    if source is None:
        ids = documents(organ_id, year).get(key) if not channel else None
        if ids is None:
            raise NotFound
        found = behind(organ_id, ids)[first : first + SHOWN]
        rows = tuple(Row(each.id, each.title, each.index_number, "", "site", each.first_published_at) for each in found)
        return Listed(BY_KEY[key], channel, year, month, len(ids), len(ids), figure, rows, page, False)
    number, publications = published.listed(
        organ_id, year, site=source.site, channels=source.channels, kinds=source.kinds, without=source.without, month=month, first=first, most=SHOWN, read=source.reads,
    )  # fmt: skip
    counted = number
    if source.reads:
        months = counting.by_month(published.by_month(organ_id, year)).get(where, {})
        counted = months.get(month, 0) if month else sum(months.values())
    rows = tuple(Row(each.item, each.title, each.index_number, each.kind, each.channel, each.at, each.reads) for each in publications)
    return Listed(BY_KEY[key], channel, year, month, counted, number, figure, rows, page, source.reads)
