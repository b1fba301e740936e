"""The addresses of the forms of websites on the desk."""

from __future__ import annotations

from django.urls import path

from .views.website import acting, filling, lists, opening, sites

_ONE = "website/<int:form_id>/"
urlpatterns = [
    path("organs/<slug:slug>/websites/", lists.forms, name="website_forms"),
    path("organs/<slug:slug>/websites/new/", sites.new, name="website_new"),
    path("organs/<slug:slug>/websites/<int:site_id>/", sites.change, name="website_site"),
    path(_ONE, filling.form, name="website_form"),
    path(f"{_ONE}keep/", filling.keep, name="website_keep"),
    path(f"{_ONE}known/<slug:key>/<int:which>/", opening.known, name="website_known"),
    path(f"{_ONE}preview/", opening.preview, name="website_preview"),
    path(f"{_ONE}versions/", opening.versions, name="website_versions"),
    path(f"{_ONE}form.<str:ending>", opening.file, name="website_file"),
    path(f"{_ONE}do/<slug:act>/", acting.act, name="website_act"),
]
