"""The addresses of remedies on the desk."""

from __future__ import annotations

from django.urls import path

from .views import remedies

urlpatterns = [
    path("organs/<slug:slug>/remedies/", remedies.listed, name="remedies"),
    path("organs/<slug:slug>/remedies/new/", remedies.new, name="remedy_new"),
    path("remedies/<int:remedy_id>/", remedies.remedy, name="remedy"),
    path("remedies/<int:remedy_id>/files/<int:number>/", remedies.file, name="remedy_file"),
    path("remedies/<int:remedy_id>/<slug:act>/", remedies.act, name="remedy_act"),
]
