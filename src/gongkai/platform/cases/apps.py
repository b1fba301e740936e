"""The app as Django sees it."""

from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "gongkai.platform.cases"
    label = "cases"

    def ready(self) -> None:
        from django.utils.translation import pgettext_lazy

        from gongkai.platform.journal import name_verbs

        from .states import ACTS

        name_verbs({f"cases.{act.key}": pgettext_lazy("act", act.zh) for act in ACTS})
