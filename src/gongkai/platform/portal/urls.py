"""The addresses of the portal. Permanent: an address that was given out once goes on leading where it led."""

from __future__ import annotations

from django.urls import path

from .views import asking, columns, doors, feeds, following, items, lists, opinions, paying

app_name = "portal"
urlpatterns = [
    path("", columns.home, name="home"),
    path("items/", lists.catalogue, name="catalogue"),
    path("items/<int:number>/", items.item, name="item"),
    path("items/<int:number>/files/<int:which>/<str:name>", items.file, name="file"),
    path("items/<int:number>/document.<str:ending>", items.document, name="document"),
    path("items/<int:number>/report.<str:ending>", items.report, name="report"),
    path("payments/callback/", paying.callback, name="payment_callback"),
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
    path("organs/<slug:slug>/requests/form.docx", columns.paper_form, name="paper_form"),
    path("organs/<slug:slug>/requests/new/", asking.new, name="ask"),
    path("organs/<slug:slug>/requests/new/offers/", asking.offers, name="ask_offers"),
    path("organs/<slug:slug>/requests/new/found/", asking.found, name="ask_found"),
    path("organs/<slug:slug>/requests/new/check/", asking.check, name="ask_check"),
    path("organs/<slug:slug>/requests/new/discard/", asking.discard, name="ask_discard"),
    path("organs/<slug:slug>/requests/new/<slug:step>/", asking.new, name="ask_step"),
    path("organs/<slug:slug>/catalogue/", lists.organ_catalogue, name="organ_catalogue"),
    path("organs/<slug:slug>/feed/", feeds.of_organ, name="organ_feed"),
    path("requests/", doors.door, name="door"),
    path("requests/receipt/", asking.receipt, name="receipt"),
    path("requests/mail/", doors.mail, name="mail_link"),
    path("requests/mailed/", doors.mailed, name="mailed"),
    path("requests/link/<str:token>/", doors.link, name="link"),
    path("requests/close/", doors.shut, name="shut"),
    path("requests/verify/", opinions.verify, name="verify_letter"),
    path("requests/<int:number>/", following.followed, name="followed"),
    path("requests/<int:number>/pay/", following.pay, name="pay"),
    path("requests/<int:number>/letters/<int:which>.<str:ending>", following.letter, name="own_letter"),
    path("requests/<int:number>/files/<int:which>/", following.file, name="own_file"),
    path("requests/<int:number>/<slug:act>/", following.act, name="own_act"),
    path("opinion/<str:token>/", opinions.opinion, name="opinion"),
    path("opinion/<str:token>/letter.pdf", opinions.letter, name="opinion_letter"),
    path("sitemap.xml", feeds.sitemap_index, name="sitemap_index"),
    path("sitemap-pages.xml", feeds.sitemap_pages, name="sitemap_pages"),
    path("sitemap-<int:page>.xml", feeds.sitemap, name="sitemap"),
    path("robots.txt", feeds.robots, name="robots"),
]
