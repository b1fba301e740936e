"""A bare Django view without any middleware: twenty rows of one indexed query, in one small template."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.platform.bare_settings")

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

django.setup()
settings.MIDDLEWARE = []  # 连中间件也没有
application = WSGIHandler()

from gongkai.platform.catalogue.models import Publication  # noqa: E402

PAGE = """<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>列表</title></head><body><h1>列表</h1><ul>
{% for row in rows %}<li><a href="/items/{{ row.item_id }}/">{{ row.title }}</a> {{ row.document_number }} {{ row.published_at|date:"Y-m-d" }}</li>
{% endfor %}</ul></body></html>"""
_template = engines["django"].from_string(PAGE)


def rows(request: HttpRequest) -> HttpResponse:
    found = Publication.objects.filter(withdrawn_at__isnull=True).order_by("-published_at", "-item")
    page = _template.render({"rows": found.values("item_id", "title", "document_number", "published_at")[:20]}, request).encode()
    return HttpResponse(page, headers={"Content-Length": str(len(page))})


urlpatterns = [path("", rows)]
