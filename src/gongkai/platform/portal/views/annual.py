"""Annual reports for everybody: one with its tables, charts, versions and downloads; all of them; two side by side; open data."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.law.editions import BY_KEY
from gongkai.platform.annual.queries import public
from gongkai.platform.annual.queries.public import Listed, PublicReport
from gongkai.platform.documents import tables
from gongkai.platform.pages import bounds
from gongkai.platform.pages.paging import Page
from gongkai.platform.pages.templatetags.pages import query_of
from gongkai.platform.portal import addresses, annual, drawing, reports
from gongkai.platform.portal.caching import public_page
from gongkai.report.tables import Cell

from .columns import framed
from .items import sent

ORGANS = 20  # 报告库一页的机关


def _published(request: HttpRequest, slug: str, year: int) -> PublicReport:
    wanted = request.GET.get("version", "")
    found = public.published(slug, year, bounds.number(wanted))
    if found is None or (wanted and str(found.shown.number) != wanted):
        raise Http404
    return found


@public_page
def report(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """One published report. Four statements."""
    found = _published(request, slug, year)
    _organ, _family, context = framed(slug, "reports", found.listed.title)
    data = found.shown.data or {}
    edition = BY_KEY.get(str(data.get("format")))
    context |= {
        "found": found, "shown": annual.shown(found.shown.digest, data), "endings": reports.endings(), "edition": edition,
        "address": addresses.absolute(reverse("portal:annual_report", args=[slug, year])),
        "scope": source if (source := data.get("source") or {}).get("kind") == "aggregate" else None, "before": year - 1, "newest": found.shown.number == found.versions[0].number, "version": request.GET.get("version", ""),
    }  # fmt: skip
    return render(request, "portal/annual/report.html", context)


def file(request: HttpRequest, slug: str, year: int, ending: str) -> HttpResponse:
    """A published report in one of its formats."""
    if ending not in reports.MEDIA_TYPES:
        raise Http404
    found = _published(request, slug, year)
    data, digest = found.shown.data or {}, found.shown.digest
    return sent(request, f"{found.listed.title[:80]}.{ending}", reports.MEDIA_TYPES[ending], f"{digest[:24]}-{ending}", lambda: annual.written(digest, data, ending))


@public_page
def library(request: HttpRequest) -> HttpResponse:
    """Organs and years, page by page, found by name; a report that was chosen here stays chosen until the other is. Three statements."""
    name = " ".join(request.GET.get("name", "").split())[:100]
    found = public.library(name, bounds.page(request), ORGANS)
    chosen = _listed(request.GET.get("a", ""))
    links = _links(request, chosen)
    turning = Page(found.rows, found.total, found.number, ORGANS)
    context: dict[str, object] = {
        "heading": _("年度报告库"), "name": name, "chosen": chosen, "years": found.years, "page": turning, "any": found.total or name,
        "rows": drawing.library(found.years, ((reverse("portal:reports", args=[one.slug]), one.organ_name, {year: links(each) for year, each in reports.items()}) for one, reports in found.rows), chosen is not None),
        "crumbs": [(reverse("portal:home"), _("首页")), ("", _("年度报告库"))],
    }  # fmt: skip
    return render(request, "portal/annual/library.html", context)


def _links(request: HttpRequest, chosen: Listed | None) -> Callable[[Listed], drawing.Report]:
    """A report in the grid: where it is read, and where it is chosen, or held against the one that was."""
    compare, turned = reverse("portal:annual_comparison"), request.GET.get("page")

    def links(each: Listed) -> drawing.Report:
        address = reverse("portal:annual_report", args=[each.slug, each.year])
        if chosen is None:
            return drawing.Report(address, query_of(request, a=each.key, page=turned), each.title, each.version)
        pair = (each, chosen) if each.organ == chosen.organ and each.year < chosen.year else (chosen, each)
        return drawing.Report(address, "" if each.key == chosen.key else f"{compare}?a={pair[0].key}&b={pair[1].key}", each.title, each.version)

    return links


def _listed(said: str) -> Listed | None:
    slug, year, *_more = [*said.split(":"), ""]
    return public.one(slug, bounds.number(year) or 0)


@public_page
def comparison(request: HttpRequest) -> HttpResponse:
    """Two reports side by side: any organs, any years; consecutive years of one organ are held against one another. Four statements."""
    sides = [_side(request.GET.get(name, "")) for name in ("a", "b")]
    context: dict[str, object] = {
        "heading": _("对照两份年度报告"),
        "crumbs": [(reverse("portal:home"), _("首页")), (reverse("portal:annual_library"), _("年度报告库")), ("", _("对照"))],
    }  # fmt: skip
    if all(sides):
        one, other = (side for side in sides if side is not None)
        told, lines, texts = annual.side_by_side(*(annual.report_of(each.shown.digest, each.shown.data or {}) for each in (one, other)))
        sides_told = [each.listed.year if one.listed.year != other.listed.year else each.listed.short_name for each in (one, other)]
        sides_told = sides_told if sides_told[0] != sides_told[1] else [_("第 %(n)s 版") % {"n": each.shown.number} for each in (one, other)]
        context |= {"sides": sides_told, "one": one, "other": other, "lines": lines, "texts": texts, "same": told.same, "findings": annual.findings(told)}
    else:
        asked = [bool(request.GET.get(name)) for name in ("a", "b")]
        context["chosen"] = next((side.listed for side in sides if side is not None), None)
        context["lacking"] = any(named and side is None for named, side in zip(asked, sides, strict=True))
    return render(request, "portal/annual/comparison.html", context)


def _side(said: str) -> PublicReport | None:
    """`shule:2023`, or `shule:2023:1` for a version."""
    slug, year, version = [*said.split(":"), "", ""][:3]
    number = bounds.number(version)
    return public.published(slug, bounds.number(year) or 0, number) if number is not None or not version else None


@public_page
def listing(request: HttpRequest) -> HttpResponse:
    """Open data: every published report with its addresses and its hash. One statement."""
    rows = [
        {
            "organ": each.organ_name, "year": each.year, "title": each.title, "published": each.published, "version": each.version, "sha256": each.digest,
            "page": addresses.absolute(reverse("portal:annual_report", args=[each.slug, each.year])),
            "files": {ending: addresses.absolute(reverse("portal:annual_file", args=[each.slug, each.year, ending])) for ending in reports.endings()},
        }
        for each in public.listed()
    ]  # fmt: skip
    return JsonResponse({"reports": rows}, json_dumps_params={"ensure_ascii": False, "indent": 1})


@public_page
def table(request: HttpRequest) -> HttpResponse:
    """Open data: every cell of every report as a long table; a blank is empty, never 0. Two statements."""
    response = HttpResponse(tables.written("csv", "", Cell._fields, annual.long_table(public.whole())), content_type=tables.MEDIA_TYPES["csv"])
    response.headers["Content-Disposition"] = 'attachment; filename="annual-report-cells.csv"'
    return response
