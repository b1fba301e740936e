"""政府网站工作年度报表 for everybody: one form with its versions and files, those of an organ and of the organs under it, all of them; open data."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.platform.annual.website import layout, paper, public
from gongkai.platform.annual.website.public import Listed, PublicForm
from gongkai.platform.pages import bounds
from gongkai.platform.portal import addresses
from gongkai.platform.portal.caching import public_page

from .columns import framed
from .items import sent


def _published(request: HttpRequest, slug: str, site: str, year: int) -> PublicForm:
    asked = request.GET.get("version", "")
    found = public.published(slug, site, year, bounds.number(asked, bounds.MOST))
    if found is None or (asked and str(found.shown.version) != asked):
        raise Http404
    return found


@public_page
def form(request: HttpRequest, slug: str, site: str, year: int) -> HttpResponse:
    """One published form. Four statements."""
    found = _published(request, slug, site, year)
    organ, _family, context = framed(slug, "reports", found.shown.title)
    above, here = context["crumbs"][:-1], _("%(site)s %(year)s年") % {"site": found.shown.site_name, "year": year}  # type: ignore[index]
    trail = [*above, (reverse("portal:website_forms", args=[organ.slug]), layout.TITLE), ("", here)]
    context |= {
        "found": found, "rows": [*layout.rows(found.data["values"])], "titles": layout.title(year), "endings": [*paper.MEDIA_TYPES], "newest": found.shown is found.versions[0],
        "address": addresses.absolute(reverse("portal:website_form", args=[slug, site, year])), "version": request.GET.get("version", ""), "crumbs": trail,
    }  # fmt: skip
    return render(request, "portal/websites/form.html", context)


def file(request: HttpRequest, slug: str, site: str, year: int, ending: str) -> HttpResponse:
    """A published form as a file."""
    if ending not in paper.MEDIA_TYPES:
        raise Http404
    found = _published(request, slug, site, year)
    return sent(request, f"{paper.name(found.data)}.{ending}", paper.MEDIA_TYPES[ending], f"{found.shown.digest[:24]}-{ending}", lambda: paper.write(found.data, ending))


@public_page
def organ(request: HttpRequest, slug: str) -> HttpResponse:
    """An organ's forms, and those of the organs that belong to it: a government gathers them in one column. Three statements."""
    found, _family, context = framed(slug, "reports", layout.TITLE)
    below = [one.id for one in context["below"]]  # type: ignore[attr-defined]
    published = public.listed([found.id, *below])
    context |= {"own": _years(each for each in published if each.organ == found.id), "under": _years(each for each in published if each.organ != found.id)}
    return render(request, "portal/websites/organ.html", context)


@public_page
def library(request: HttpRequest) -> HttpResponse:
    """Every website's forms by year. One statement."""
    crumbs = [(reverse("portal:home"), _("首页")), (reverse("portal:annual_library"), _("年度报告库")), ("", layout.TITLE)]
    return render(request, "portal/websites/library.html", {"heading": layout.TITLE, "years": _years(public.listed()), "crumbs": crumbs})


def _years(listed: Iterable[Listed]) -> list[tuple[int, list[Listed]]]:
    """By year, the newest first."""
    of: dict[int, list[Listed]] = {}
    for each in listed:
        of.setdefault(each.year, []).append(each)
    return list(of.items())


@public_page
def listing(request: HttpRequest) -> HttpResponse:
    """Open data: every published form with its addresses and its hash. One statement."""
    rows = [
        {
            "organ": each.organ_name, "website": each.site_name, "year": each.year, "published": each.published, "version": each.version, "sha256": each.digest,
            "page": addresses.absolute(reverse("portal:website_form", args=[each.slug, each.site, each.year])),
            "files": {ending: addresses.absolute(reverse("portal:website_file", args=[each.slug, each.site, each.year, ending])) for ending in paper.MEDIA_TYPES},
        }
        for each in public.listed()
    ]  # fmt: skip
    return JsonResponse({"forms": rows}, json_dumps_params={"ensure_ascii": False, "indent": 1})
