"""The app as Django sees it."""

from __future__ import annotations

from django.apps import AppConfig


class OrgansConfig(AppConfig):
    name = "gongkai.platform.organs"
    label = "organs"

    def ready(self) -> None:
        from gongkai.platform.journal import name_fields, name_verbs

        from . import signals  # noqa: F401
        from .verbs import FIELDS, VERBS

        name_verbs(VERBS)
        name_fields(FIELDS)
