"""The app as Django sees it."""

from __future__ import annotations

from django.apps import AppConfig


class OrgansConfig(AppConfig):
    name = "gongkai.platform.organs"
    label = "organs"
