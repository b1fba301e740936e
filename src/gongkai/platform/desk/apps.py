"""The app as Django sees it."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "gongkai.platform.desk"
    label = "desk"
