"""The app as Django sees it."""

from __future__ import annotations

from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "gongkai.platform.journal"
    label = "journal"
