"""Addresses for the tests of pages: a sample page, and pages that fail."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import NoReturn

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from django.views.decorators.csrf import csrf_protect

handler400 = "gongkai.platform.pages.errors.bad_request"
handler403 = "gongkai.platform.pages.errors.forbidden"
handler404 = "gongkai.platform.pages.errors.not_found"
handler500 = "gongkai.platform.pages.errors.broken"
FAULTS = {
    "400": SuspiciousOperation("x"), "403": PermissionDenied("您不是本机关的人员。"), "413": RequestDataTooBig("x"),
    "500": ZeroDivisionError("secret detail"), "503": OperationalError("connection refused"),
}  # fmt: skip


def sample(request: HttpRequest) -> HttpResponse:
    """Every part that pages share, on one page."""
    context = {
        "day": date(2024, 3, 5), "moment": datetime(2024, 3, 6, 2, 3, tzinfo=UTC), "page": PAGE,
        "rows": [("索引号", "11320100M/2024-00012"), ("发布机构", "澜原县人民政府办公室")],
        "crumbs": [("/", "首页"), ("", "样张")],
        "facets": [{"key": "kind", "label": "体裁", "values": [
            {"label": "规章", "count": 1203, "chosen": True, "address": "?"}, {"label": "公告", "count": 3, "chosen": False, "address": "?kind=a"}]}],
        "steps": [{"at": datetime(2024, 3, 6, 2, 3, tzinfo=UTC), "title": "退回修改", "who": "李审核", "role": "审核员", "reason": "缺签章页。", "tone": "late"},
                  {"at": datetime(2024, 3, 5, 2, 3, tzinfo=UTC), "title": "提交审核", "who": "王起草", "role": "信息员", "struck": True}],
    }  # fmt: skip
    return render(request, "sample.html", context)


class PAGE:
    number, pages, total, capped, has_next, has_previous, next, previous = 2, 3, 57, False, True, True, 3, 1


def fault(request: HttpRequest, code: str) -> NoReturn:
    raise FAULTS[code]


@csrf_protect
def guarded(request: HttpRequest) -> HttpResponse:
    return HttpResponse("done")


urlpatterns = [
    path("", include("gongkai.platform.pages.urls")),
    path("sample/", sample),
    path("fault/<str:code>/", fault),
    path("guarded/", guarded),
]
