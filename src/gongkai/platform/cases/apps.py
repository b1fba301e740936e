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
        texts = {"upload_template": "上传文书模板", "end_template": "停用文书模板", "set_letterhead": "更改文书设置"}
        name_verbs({f"cases.{key}": pgettext_lazy("act", zh) for key, zh in texts.items()})
