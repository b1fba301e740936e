"""The addresses of what every page shares."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "pages"
urlpatterns = [path("reading/", views.switch, name="switch")]
