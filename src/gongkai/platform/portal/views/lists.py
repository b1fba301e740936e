"""Lists and search: the whole catalogue, and an organ's."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.platform.catalogue.queries import public
from gongkai.platform.catalogue.queries.public import Filter, PublicOrgan
from gongkai.platform.portal import addresses, asked, columns, drawing, listing, words
from gongkai.platform.portal.caching import public_page


def _shown(request: HttpRequest, wanted: Filter, without: tuple[str, ...]) -> dict[str, object]:
    """What every list page has: rows, facets, how many, where it goes on."""
    today = timezone.localdate()
    place = asked.place_of(request)
    if wanted.query is not None:
        page, tally = public.search(wanted, today, place)
    else:
        page, tally = public.listing(wanted, today, place), public.tally(wanted, today)
    return {
        "lines": listing.lines(page.rows, wanted.query),
        "turning": listing.turning(request, page, tally),
        "facets": drawing.facets(asked.facets(request, tally, wanted, without)),
        "said": listing.said(tally),
        "tally": tally,
        "wanted": wanted,
        "narrowed": any(request.GET.get(name) for name in public.FACETS),
        "unfiltered": request.path,
    }


@public_page
def catalogue(request: HttpRequest) -> HttpResponse:
    """Everything that is public, newest first."""
    shown = _shown(request, asked.filter_of(request), ())
    crumbs = [("/", _("首页")), ("", _("政府信息公开目录"))]
    return render(request, "portal/catalogue.html", shown | {"crumbs": crumbs, "heading": _("政府信息公开目录"), "feed": "/feed/"})


@public_page
def organ_catalogue(request: HttpRequest, slug: str) -> HttpResponse:
    """An organ's catalogue; a government's with that of its organs on demand."""
    organ = public.organ(slug)
    if organ is None:
        raise Http404
    family = public.family(organ)
    below = [one for one in family if one.path.startswith(organ.path)]
    gathered = request.GET.get("all") == "1" and len(below) > 1
    wanted = asked.filter_of(request, below if gathered else [organ])
    shown = _shown(request, wanted, () if gathered else ("organ",))
    heading = words.category(wanted.category) if wanted.category else _("政府信息公开目录")
    crumbs = [*trail(family, organ), ("", heading)]
    more = {"organ": organ, "crumbs": crumbs, "heading": heading, "gathered": gathered, "gathers": len(below) > 1, "entries": columns.navigation(organ), "feed": addresses.organ(slug, "feed")}
    more |= {"toggled": addresses.changed(request, all=None if gathered else 1, organ=None)}
    return render(request, "portal/catalogue.html", shown | more)


@public_page
def search(request: HttpRequest) -> HttpResponse:
    """Search over everything that is public."""
    wanted = asked.asked_for(request, asked.filter_of(request))
    typed = request.GET.get("q", "").replace("\x00", "")[:400]
    context: dict[str, object] = {"crumbs": [("/", _("首页")), ("", _("检索"))], "typed": typed}
    if wanted.query:
        context |= _shown(request, wanted, ()) | {"query": wanted.query}
        context |= {"by_newest": addresses.changed(request, sort=None), "by_relevance": addresses.changed(request, sort="relevance")}
        context |= {"feed": "/search/feed/?" + request.GET.urlencode()}
    return render(request, "portal/search.html", context)


def trail(family: tuple[PublicOrgan, ...], organ: PublicOrgan) -> list[tuple[str, str]]:
    """Home, the governments above, the organ."""
    above = sorted((one for one in family if one.id != organ.id and organ.path.startswith(one.path) and one.active), key=lambda one: len(one.path))
    return [("/", _("首页")), *((addresses.organ(one.slug), one.short_name) for one in above), (addresses.organ(organ.slug), organ.short_name)]
