"""Addresses of public pages, made by hand: a list of twenty rows asks for forty of them."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from django.conf import settings
from django.http import HttpRequest

COLUMNS = ("guide", "rules", "statutory", "reports", "requests", "catalogue", "website-forms")


def item(number: int) -> str:
    return f"/items/{number}/"


def file(number: int, which: int, name: str) -> str:
    return f"/items/{number}/files/{which}/{quote(name, safe='')}"


def organ(slug: str, column: str = "") -> str:
    return f"/organs/{slug}/{column}/" if column else f"/organs/{slug}/"


def absolute(path: str) -> str:
    """The permanent address, under the public name of the site."""
    return f"{settings.PUBLIC_URL}{path}"


def changed(request: HttpRequest, **changes: object) -> str:
    """This page with these parameters set; None takes one away. Every change goes back to the first page."""
    asked = {key: values for key, values in request.GET.lists() if key not in {"page", "before", "after", *changes}}
    asked |= {key: [str(value)] for key, value in changes.items() if value not in (None, "")}
    return f"{request.path}?{urlencode(asked, doseq=True)}" if asked else request.path


def changer(request: HttpRequest, name: str) -> str:
    """The beginning of the address that sets this one parameter: its value, quoted, goes at the end."""
    address = changed(request, **{name: None})
    return f"{address}{'&' if '?' in address else '?'}{name}="
