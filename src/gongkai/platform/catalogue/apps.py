"""The app as Django sees it."""

from __future__ import annotations

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "gongkai.platform.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _
        from django.utils.translation import pgettext_lazy

        from gongkai.platform.journal import name_verbs

        from .states import CREATE, TRANSITIONS

        name_verbs({f"catalogue.{row.action}": pgettext_lazy("act", row.zh) for row in (CREATE, *TRANSITIONS)})
        name_verbs({"catalogue.add_word": _("增加检查词"), "catalogue.remove_word": _("删去检查词"), "queue.retry": _("重试后台任务")})
