"""Public pages may be kept by browsers and proxies, and are asked for again each time: what is withdrawn is gone at once."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

P = ParamSpec("P")
REVALIDATED = "public, max-age=0, must-revalidate"
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def public_page(view: View[P]) -> View[P]:
    """GET and HEAD only; an entity tag over what is sent and how it is read, and 304 where the reader has it."""

    @functools.wraps(view)
    def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD"}:
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and isinstance(response, HttpResponse):
            return revalidated(request, response)
        response.headers.setdefault("Cache-Control", "no-cache")
        return response

    return answered


def revalidated(request: HttpRequest, response: HttpResponse, tag: str = "") -> HttpResponse:
    """The response with its tag, or 304. The tag knows the language and type in which the page will be sent."""
    reading = getattr(request, "preferences", None)
    if not tag:
        tag = hashlib.sha256(response.content + (reading.dump() if reading else "").encode()).hexdigest()[:32]
    etag = f'W/"{tag}"'
    response.headers.setdefault("Cache-Control", REVALIDATED)
    response.headers["ETag"] = etag
    patch_vary_headers(response, ["Cookie"])
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        unchanged = HttpResponseNotModified()
        for name in ("Cache-Control", "ETag", "Vary", "Last-Modified"):
            if name in response.headers:
                unchanged.headers[name] = response.headers[name]
        return unchanged
    return response
