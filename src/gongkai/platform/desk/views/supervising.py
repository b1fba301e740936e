"""What a supervising authority sees of the organs under it: numbers, never titles of what is not public."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.platform.catalogue import queries
from gongkai.platform.catalogue.queries import OrganNumbers
from gongkai.platform.organs.requests import current_actor

from .door import desk, page


@require_safe
@desk
def supervision(request: HttpRequest) -> HttpResponse:
    found = queries.overview(current_actor(request), timezone.now())
    context: dict[str, object] = {
        "columns": [_("公开总数"), _("今年公开"), _("办理中"), _("逾期未公开"), _("即将到期"), _("今年逾期公开"), _("处罚决定逾期未撤"), _("逾期未复审")],
        "rows": [{"organ": each.organ_name, "address": _column(each.organ_slug), "cells": _cells(each)} for each in found.organs],
        "total": [cell["words"] for cell in _cells(found.total)], "late": found.late,
    }  # fmt: skip
    return page(request, "supervision", context, [(reverse("desk:home"), _("工作台")), ("", _("本地区、本系统"))])


def _cells(each: OrganNumbers) -> list[dict[str, object]]:
    numbers = (
        (each.published, False), (each.published_this_year, False), (each.in_progress, False), (each.overdue, True), (each.soon, False),
        (each.late_this_year, True), (each.withdrawals_overdue, True), (each.reviews_overdue, True),
    )  # fmt: skip
    return [{"words": f"{number:,}", "late": bad and number > 0} for number, bad in numbers]


def _column(slug: str) -> str:
    """The organ's public column, where the portal is installed."""
    try:
        return reverse("portal:organ", args=[slug])
    except NoReverseMatch:
        return ""
