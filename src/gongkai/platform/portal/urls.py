"""The addresses of the portal. Permanent: an address that was given out once goes on leading where it led."""

from __future__ import annotations

from django.urls import path

from .views import columns, feeds, items, lists

app_name = "portal"
urlpatterns = [
    path("", columns.home, name="home"),
    path("items/", lists.catalogue, name="catalogue"),
    path("items/<int:number>/", items.item, name="item"),
    path("items/<int:number>/files/<int:which>/<str:name>", items.file, name="file"),
    path("items/<int:number>/document.<str:ending>", items.document, name="document"),
    path("items/<int:number>/report.<str:ending>", items.report, name="report"),
    path("search/", lists.search, name="search"),
    path("search/feed/", feeds.of_search, name="search_feed"),
    path("feed/", feeds.newest, name="feed"),
    path("feed/<slug:kind>/", feeds.of_kind, name="kind_feed"),
    path("organs/<slug:slug>/", columns.organ, name="organ"),
    path("organs/<slug:slug>/guide/", columns.guide, name="guide"),
    path("organs/<slug:slug>/rules/", columns.rules, name="rules"),
    path("organs/<slug:slug>/statutory/", columns.statutory, name="statutory"),
    path("organs/<slug:slug>/reports/", columns.reports, name="reports"),
    path("organs/<slug:slug>/requests/", columns.requests, name="requests"),
    path("organs/<slug:slug>/catalogue/", lists.organ_catalogue, name="organ_catalogue"),
    path("organs/<slug:slug>/feed/", feeds.of_organ, name="organ_feed"),
    path("sitemap.xml", feeds.sitemap_index, name="sitemap_index"),
    path("sitemap-pages.xml", feeds.sitemap_pages, name="sitemap_pages"),
    path("sitemap-<int:page>.xml", feeds.sitemap, name="sitemap"),
    path("robots.txt", feeds.robots, name="robots"),
]
