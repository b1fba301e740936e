"""Published forms of websites as the public reads them: frozen versions, nothing that is being worked on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from gongkai.platform.annual.models import WebsitePublication

from .layout import named

_LISTED = (
    "website__organ_id", "website__organ__name", "website__organ__short_name", "website__organ__slug", "website__slug", "data__values__site_name",
    "year", "version", "digest", "at", "reason", "data__published",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Listed:
    """A version of a website's form, as lists show it."""

    organ: int
    organ_name: str
    short_name: str
    slug: str
    site: str
    site_name: str
    year: int
    version: int
    digest: str
    at: datetime
    reason: str
    published: str

    @property
    def title(self) -> str:
        return named(self.site_name, self.year)

    @property
    def on(self) -> date:
        return timezone.localtime(self.at).date()


@dataclass(frozen=True, slots=True)
class PublicForm:
    """A published form: the version asked for with its data, and all there are, the newest first."""

    shown: Listed
    data: dict[str, Any]
    versions: tuple[Listed, ...]


def listed(organs: Iterable[int] | None = None) -> tuple[Listed, ...]:
    """The newest version of every form, years descending. One statement."""
    rows = WebsitePublication.objects.order_by("form_id", "-version").distinct("form_id")
    if organs is not None:
        rows = rows.filter(website__organ__in=list(organs))
    return tuple(sorted((Listed(*row) for row in rows.values_list(*_LISTED)), key=lambda each: (-each.year, each.organ_name, each.site_name)))


def published(slug: str, site: str, year: int, version: int | None = None) -> PublicForm | None:
    """One form; the newest version unless another is asked for. Two statements."""
    rows = WebsitePublication.objects.filter(website__organ__slug=slug, website__slug=site, year=year).order_by("-version")
    told = tuple(Listed(*row) for row in rows.values_list(*_LISTED))
    found = next((each for each in told if version in (None, each.version)), None)
    if found is None:
        return None
    return PublicForm(found, rows.filter(version=found.version).values_list("data", flat=True).get(), told)
