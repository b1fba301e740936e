"""The app as Django sees it."""

from __future__ import annotations

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "gongkai.platform.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        from gongkai.platform.journal import name_verbs

        from .states import TRANSITIONS

        name_verbs({f"catalogue.{row.action}": row.zh for row in TRANSITIONS})
        name_verbs({"catalogue.create": "起草", "catalogue.add_word": "增加检查词", "catalogue.remove_word": "删去检查词", "queue.retry": "重试后台任务"})
