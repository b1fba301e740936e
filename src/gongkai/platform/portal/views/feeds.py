"""Feeds, sitemaps and what robots are told."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.platform.catalogue.queries import public
from gongkai.platform.catalogue.queries.public import Filter
from gongkai.platform.portal import addresses, asked, feeds, words
from gongkai.platform.portal.caching import public_page

ENTRIES = 40


def _feed(title: str, request: HttpRequest, page: str, wanted: Filter) -> HttpResponse:
    today = timezone.localdate()
    page_of = public.search(wanted, today, size=ENTRIES)[0] if wanted.query else public.listing(wanted, today, size=ENTRIES)
    return HttpResponse(feeds.atom(title, request.get_full_path(), page, page_of.rows, public.newest_change()), content_type=feeds.ATOM)


@public_page
def newest(request: HttpRequest) -> HttpResponse:
    """Everything, newest first."""
    return _feed(settings.SITE_NAME, request, "/items/", asked.filter_of(request))


@public_page
def of_kind(request: HttpRequest, kind: str) -> HttpResponse:
    """One kind: policies, interpretations, announcements …"""
    if (known := asked.kind_named(kind)) is None:
        raise Http404
    return _feed(f"{words.kind(known)} · {settings.SITE_NAME}", request, f"/items/?kind={known}", Filter(kinds=(known,)))


@public_page
def of_organ(request: HttpRequest, slug: str) -> HttpResponse:
    """One organ's, narrowed as its catalogue is."""
    organ = public.organ(slug)
    if organ is None:
        raise Http404
    return _feed(f"{organ.name} · {_('政府信息公开')}", request, addresses.organ(slug, "catalogue"), asked.filter_of(request, [organ]))


@public_page
def of_search(request: HttpRequest) -> HttpResponse:
    """What a search finds from now on."""
    wanted = asked.asked_for(request, asked.filter_of(request))
    if not wanted.query:
        raise Http404
    query = request.GET.urlencode()
    return _feed(f"{_('检索')}：{wanted.query.text} · {settings.SITE_NAME}", request, f"/search/?{query}", wanted)


@public_page
def sitemap_index(request: HttpRequest) -> HttpResponse:
    paths = ["/sitemap-pages.xml", *(f"/sitemap-{page}.xml" for page in range(1, public.sitemap_pages() + 1))]
    return HttpResponse(feeds.sitemap_index(paths), content_type="application/xml")


@public_page
def sitemap_pages(request: HttpRequest) -> HttpResponse:
    """The columns."""
    paths = ["/", "/items/", *(addresses.organ(organ.slug, column) for organ in public.organs() for column in ("", *addresses.COLUMNS))]
    return HttpResponse(feeds.sitemap((path, None) for path in paths), content_type="application/xml")


@public_page
def sitemap(request: HttpRequest, page: int) -> HttpResponse:
    """One stretch of the items."""
    if not 1 <= page <= public.sitemap_pages():
        raise Http404
    entries = public.sitemap(page, timezone.localdate())
    return HttpResponse(feeds.sitemap((addresses.item(number), changed) for number, changed in entries), content_type="application/xml")


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /desk/", "Disallow: /account/", "Disallow: /search/", "Disallow: /requests/", "Disallow: /opinion/", f"Sitemap: {addresses.absolute('/sitemap.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
