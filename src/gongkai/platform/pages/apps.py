"""The app as Django sees it."""

from __future__ import annotations

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "gongkai.platform.pages"
    label = "pages"
