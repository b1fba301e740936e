"""Published annual reports as the public reads them: frozen versions, nothing that is being worked on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Q
from django.utils import timezone

from gongkai.platform.annual.models import Publication
from gongkai.platform.pages.paging import span, within

_LISTED = ("report_id", "organ_id", "organ__name", "organ__short_name", "organ__slug", "year", "version", "digest", "at", "title", "published", "reason")


@dataclass(frozen=True, slots=True)
class Listed:
    """The newest version of a published report, as lists show it."""

    report: int
    organ: int
    organ_name: str
    short_name: str
    slug: str
    year: int
    version: int
    digest: str
    at: datetime
    title: str
    published: str
    reason: str

    @property
    def key(self) -> str:
        """How an address names it."""
        return f"{self.slug}:{self.year}"


@dataclass(frozen=True, slots=True)
class Library:
    """A page of the organs that published reports, in their order, each with its reports by year; all years there are; how many organs."""

    rows: tuple[tuple[Listed, Mapping[int, Listed]], ...]
    years: tuple[int, ...]
    total: int
    number: int


@dataclass(frozen=True, slots=True)
class Version:
    """One published version: its exchange data, its hash, and why there is one."""

    number: int
    digest: str
    reason: str
    at: datetime
    data: dict[str, Any] | None = None

    @property
    def on(self) -> date:
        return timezone.localtime(self.at).date()


@dataclass(frozen=True, slots=True)
class PublicReport:
    """A published report: the version asked for, and all there are, the newest first."""

    listed: Listed
    shown: Version
    versions: tuple[Version, ...]
    year_before: bool = False  # 上一年度的也公布了


def listed(organs: Iterable[int] | None = None) -> tuple[Listed, ...]:
    """The newest version of every report, years descending. One statement."""
    rows = Publication.objects.order_by("report_id", "-version").distinct("report_id")
    if organs is not None:
        rows = rows.filter(organ__in=list(organs))
    found = [Listed(*row) for row in rows.values_list(*_LISTED)]
    return tuple(sorted(found, key=lambda each: (-each.year, each.organ_name)))


def library(name: str, number: int, size: int) -> Library:
    """A page of organs whose name has these words. Two statements, whatever the number of organs and years."""
    rows = Publication.objects.filter(Q(organ__name__icontains=name) | Q(organ__short_name__icontains=name)) if name else Publication.objects.all()
    said = rows.aggregate(total=Count("organ", distinct=True), years=ArrayAgg("year", distinct=True, default=[]))
    number = within(number, said["total"], size)
    organs = rows.order_by("organ__position", "organ__sort_key", "organ").values("organ", "organ__position", "organ__sort_key").distinct()[span(number, size)]
    shown = Publication.objects.filter(organ__in=organs.values("organ")).order_by("report_id", "-version").distinct("report_id")
    of: dict[int, dict[int, Listed]] = {}
    order: dict[int, tuple[int, str]] = {}
    for *told, position, sort_key in shown.values_list(*_LISTED, "organ__position", "organ__sort_key"):
        each = Listed(*told)
        of.setdefault(each.organ, {})[each.year] = each
        order[each.organ] = (position, sort_key)
    found = tuple((next(iter(of[organ].values())), of[organ]) for organ in sorted(of, key=lambda organ: (*order[organ], organ)))
    return Library(found, tuple(sorted(said["years"], reverse=True)), said["total"], number)


def one(slug: str, year: int) -> Listed | None:
    """The newest version of one report, as lists show it. One statement."""
    row = Publication.objects.filter(organ__slug=slug, year=year).order_by("-version").values_list(*_LISTED).first() if 1 < year < 10_000 else None
    return Listed(*row) if row else None


def published(slug: str, year: int, version: int | None = None) -> PublicReport | None:
    """One report; the newest version unless another is asked for. Two statements."""
    if not 1 < year < 10_000:
        return None
    both = Publication.objects.filter(organ__slug=slug, year__in=(year, year - 1)).order_by("-version")
    near = list(both.values_list(*_LISTED))
    rows, told = both.filter(year=year), [row for row in near if row[5] == year]
    if not told:
        return None
    wanted = version or told[0][6]
    found = next((Listed(*row) for row in told if row[6] == wanted), None)
    if found is None:
        return None
    data = rows.filter(version=wanted).values_list("data", flat=True).get()
    versions = tuple(Version(row[6], row[7], row[11], row[8]) for row in told)
    return PublicReport(found, Version(found.version, found.digest, found.reason, found.at, data), versions, len(near) > len(told))


def whole() -> Iterator[tuple[Listed, dict[str, Any]]]:
    """Every report's newest version with its data. One statement."""
    rows = Publication.objects.order_by("report_id", "-version").distinct("report_id")
    for *told, data in rows.values_list(*_LISTED, "data"):
        yield Listed(*told), data
