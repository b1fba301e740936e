"""What somebody has typed and not yet saved: kept by person and place, and forgotten once it is saved."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from gongkai.platform.catalogue.errors import Invalid, NotAllowed
from gongkai.platform.catalogue.models import Unsaved
from gongkai.platform.organs.acting import Actor

MOST = 200  # 每人最多保留多少处
LONGEST = 6_000_000


def keep_unsaved(actor: Actor, place: str, data: Mapping[str, object], *, at: datetime) -> None:
    """Keep the form as it stands. Not journaled: nothing happened yet, and nobody else can read it."""
    if actor.person is None:
        raise NotAllowed("请先登录。", "Sign in first.")
    if not 1 <= len(place) <= 80:
        raise Invalid({"": _("表单位置不正确，请刷新页面。")})
    if len(json.dumps(data, ensure_ascii=False)) > LONGEST:
        raise Invalid({"body": _("内容过长，未能暂存；请先保存，或把附表等改为附件。")})
    Unsaved.objects.update_or_create(person_id=actor.person, place=place, defaults={"data": dict(data), "at": at})
    extra = Unsaved.objects.filter(person_id=actor.person).order_by("-at").values_list("pk", flat=True)[MOST : MOST + 50]
    if extra:
        Unsaved.objects.filter(pk__in=list(extra)).delete()


def forget_unsaved(actor: Actor, place: str) -> None:
    """Let go of what was kept for a place."""
    if actor.person is not None:
        Unsaved.objects.filter(person_id=actor.person, place=place).delete()
