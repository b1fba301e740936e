"""The addresses of the desk."""

from __future__ import annotations

from django.urls import path

from . import annual_urls, figure_urls, remedy_urls, request_urls, website_urls
from .views import acting, editing, files, home, importing, item, lists, request_statistics, supervising, wordlist, work

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("supervision/", supervising.supervision, name="supervision"),
    path("work/", work.work, name="work"),
    path("unsaved/", editing.keep, name="keep"),
    path("clean/", editing.clean, name="clean"),
    path("organs/<slug:slug>/items/", lists.items, name="items"),
    path("organs/<slug:slug>/items/export.<str:form>", lists.export, name="export"),
    path("organs/<slug:slug>/items/together/", acting.together, name="together"),
    path("organs/<slug:slug>/items/new/", editing.new, name="new"),
    path("organs/<slug:slug>/items/import/", importing.importing, name="import"),
    path("organs/<slug:slug>/items/import/template.xlsx", importing.template, name="import_template"),
    path("organs/<slug:slug>/words/", wordlist.words, name="words"),
    path("organs/<slug:slug>/items/warnings/", lists.warnings, name="warnings"),
    path("organs/<slug:slug>/requests/statistics/", request_statistics.year, name="request_statistics"),
    path("organs/<slug:slug>/requests/statistics/<int:number>/", request_statistics.year, name="request_year"),
    path("organs/<slug:slug>/requests/statistics/<int:number>.<str:form>", request_statistics.tables, name="request_tables"),
    path("organs/<slug:slug>/requests/statistics/<int:number>/<slug:part>/<slug:row>/<slug:column>/", request_statistics.behind, name="request_figure"),
    path("items/<int:item_id>/", item.item, name="item"),
    path("items/<int:item_id>/edit/", editing.edit, name="edit"),
    path("items/<int:item_id>/preview/", item.preview, name="preview"),
    path("items/<int:item_id>/revisions/<int:number>/", item.revision, name="revision"),
    path("items/<int:item_id>/difference/", item.difference, name="difference"),
    path("items/<int:item_id>/files/", files.attach, name="attach"),
    path("items/<int:item_id>/files/<int:number>/", files.file, name="file"),
    path("files/<int:item_id>/<int:number>", files.file, name="picture"),
    path("items/<int:item_id>/do/<slug:action>/", acting.act, name="act"),
    *request_urls.urlpatterns,
    *annual_urls.urlpatterns,
    *figure_urls.urlpatterns,
    *remedy_urls.urlpatterns,
    *website_urls.urlpatterns,
]
