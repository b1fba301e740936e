"""The app as Django sees it."""

from __future__ import annotations

from django.apps import AppConfig


class AnnualConfig(AppConfig):
    name = "gongkai.platform.annual"
    label = "annual"

    def ready(self) -> None:
        from gongkai.platform.journal import name_verbs

        from .verbs import VERBS

        name_verbs(VERBS)
