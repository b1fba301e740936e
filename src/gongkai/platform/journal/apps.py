"""The app as Django sees it."""

from __future__ import annotations

from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "gongkai.platform.journal"
    label = "journal"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from .marks import DEMONSTRATION
        from .verbs import name_verbs

        name_verbs({DEMONSTRATION.verb: _("建立演示数据")})
