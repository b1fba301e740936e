"""The addresses of the annual report on the desk."""

from __future__ import annotations

from django.urls import path

from .views.annual import (
    acting,
    board,
    commenting,
    handing,
    lists,
    opening,
    printing,
    received,
    sentences,
    summing,
    versions,
    writing,
)

_ONE = "annual/<int:report_id>/"
urlpatterns = [
    path("organs/<slug:slug>/annual/", lists.reports, name="annual_reports"),
    path(_ONE, writing.workspace, name="annual"),
    path(f"{_ONE}live/", writing.live, name="annual_live"),
    path(f"{_ONE}comments/", commenting.comments, name="annual_comments"),
    path("organs/<slug:slug>/annual/sentences/", sentences.sentences, name="annual_sentences"),
    path(f"{_ONE}keep/", writing.keep, name="annual_keep"),
    path(f"{_ONE}cell/<str:key>/", opening.cell, name="annual_cell"),
    path(f"{_ONE}changed/", opening.changed, name="annual_changed"),
    path(f"{_ONE}versions/", versions.versions, name="annual_versions"),
    path(f"{_ONE}versions/difference/", versions.difference, name="annual_difference"),
    path(f"{_ONE}preview/", printing.preview, name="annual_preview"),
    path(f"{_ONE}report.<str:form>", printing.file, name="annual_file"),
    path(f"{_ONE}charts/<slug:key>.svg", printing.chart, name="annual_chart"),
    path(f"{_ONE}do/<slug:act>/", acting.act, name="annual_act"),
    path(f"{_ONE}hand-in/", handing.hand_in, name="annual_hand_in"),
    path("organs/<slug:slug>/annual/board/", board.latest, name="annual_boards"),
    path("organs/<slug:slug>/annual/board/<int:year>/", board.board, name="annual_board"),
    path("organs/<slug:slug>/annual/board/<int:year>/sum/", summing.begin, name="annual_sum"),
    path(f"{_ONE}scope/", summing.scope, name="annual_scope"),
    path("annual/received/<int:received_id>/", received.received, name="annual_received"),
    path("annual/received/<int:received_id>/cell/<str:key>/", opening.received_cell, name="annual_received_cell"),
    path("annual/received/<int:received_id>/source/", received.source, name="annual_source"),
    path("annual/received/<int:received_id>/source/<int:number>.png", received.source_page, name="annual_source_page"),
]
