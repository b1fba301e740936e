"""依申请公开 of the organs below: numbers and lateness, no applicant."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.platform.cases.queries.desk_values import OrganCases
from gongkai.platform.cases.queries.supervising import supervision as numbers
from gongkai.platform.desk.views.door import desk, page
from gongkai.platform.organs.requests import current_actor


@require_safe
@desk
def supervision(request: HttpRequest) -> HttpResponse:
    rows, total = numbers(current_actor(request), timezone.localdate())
    context: dict[str, object] = {
        "columns": [_("未办结"), _("逾期未答复"), _("即将届满"), _("今年收到"), _("今年办结"), _("今年逾期答复"), _("今年有违反程序"), _("最久逾期（工作日）")],
        "rows": [{"organ": each.organ_name, "cells": _cells(each)} for each in rows], "total": [cell["words"] for cell in _cells(total)],
    }  # fmt: skip
    crumbs = [(reverse("desk:home"), _("工作台")), (reverse("desk:supervision"), _("本地区、本系统")), ("", _("依申请公开"))]
    return page(request, "requests/supervision", context, crumbs)


def _cells(each: OrganCases) -> list[dict[str, object]]:
    told = (
        (each.live, False), (each.overdue, True), (each.soon, False), (each.received_this_year, False), (each.replied_this_year, False), (each.late_this_year, True),
        (each.violations_this_year, True), (each.most_late, True),
    )  # fmt: skip
    return [{"words": f"{number:,}", "late": bad and number > 0} for number, bad in told]
