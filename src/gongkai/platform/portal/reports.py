"""An annual report that was published with its data: the JSON of the core among the files, shown and handed out in every format."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from gongkai.formats import charts as drawing
from gongkai.formats import json as exchange
from gongkai.formats import writing
from gongkai.formats.source import Unreadable
from gongkai.platform.catalogue import storage
from gongkai.platform.catalogue.queries.public import PublicFile, PublicItem
from gongkai.report.model import AnnualReport

MEDIA_TYPES = {
    "html": "text/html; charset=utf-8", "pdf": "application/pdf", "json": "application/json",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
LARGEST = 2_000_000
_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
_STYLED = re.compile(r' style="[^"]*"')
_TITLE = re.compile(r"<h1[^>]*>.*?</h1>\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as the page takes it: the drawing without styles of its own, its words, its table."""

    title: str
    svg: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A report ready to print."""

    year: int | None
    html: str
    charts: tuple[Chart, ...]


def data_of(item: PublicItem) -> PublicFile | None:
    """The file that holds the report's data."""
    if item.kind != "report":
        return None
    return next((file for file in item.files if file.media_type == "application/json" and file.size <= LARGEST), None)


@lru_cache(maxsize=64)
def load(digest: str) -> AnnualReport | None:
    """The report of a stored file; None where the file is no report of ours."""
    try:
        return exchange.load(storage.read(digest)).report
    except Unreadable:
        return None


@lru_cache(maxsize=64)
def shown(digest: str) -> Shown | None:
    """The six sections, the tables and the charts. The same bytes give the same page, so it is kept."""
    report = load(digest)
    return None if report is None else page_of(report)


def page_of(report: AnnualReport) -> Shown:
    """A report as a page has it: no styles of its own, its title left to the page."""
    page = writing.write(report, "html").decode()
    body = page[page.index("<main>") + 6 : page.index("</main>")]
    drawn = tuple(_chart(chart) for chart in drawing.charts(report))
    return Shown(report.year, _STYLED.sub("", _TITLE.sub("", body)), drawn)


def _chart(chart: drawing.Chart) -> Chart:
    return Chart(chart.title, _STYLED.sub("", _STYLE.sub("", chart.svg)), chart.table[0], tuple(chart.table[1:]))


@lru_cache(maxsize=128)
def written(digest: str, ending: str) -> bytes | None:
    """The report in one of the formats people use. Kept by the digest of its data."""
    report = load(digest)
    return None if report is None else writing.write(report, ending, charts=ending in {"html", "docx", "pdf"})


def endings() -> Sequence[str]:
    return tuple(MEDIA_TYPES)
