"""Language and reading preferences of each request; traditional characters are made on the way out."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers

from . import preferences, traditional

Answer = Callable[[HttpRequest], HttpResponseBase]


def reading(get_response: Answer) -> Answer:
    """Sets `request.preferences`, activates the language, converts the answer where traditional characters are wished.

    The browser's own language list is not asked: the site speaks Chinese until somebody chooses otherwise.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        wished = preferences.read(request.COOKIES)
        request.preferences = wished  # type: ignore[attr-defined]
        request.LANGUAGE_CODE = wished.rendered
        with translation.override(wished.rendered):
            response = get_response(request)
        if "html" not in response.headers.get("Content-Type", ""):
            return response
        patch_vary_headers(response, ["Cookie"])
        response.headers.setdefault("Content-Language", wished.tag)
        if wished.language == "zh-hant" and isinstance(response, HttpResponse):
            _convert(response)
        return response

    return answer


def _convert(response: HttpResponse) -> None:
    if response.headers.get("Content-Encoding") or "attachment" in response.headers.get("Content-Disposition", ""):
        return
    charset = response.charset or "utf-8"
    response.content = traditional.page(response.content.decode(charset)).encode(charset)
    if "Content-Length" in response.headers:
        response.headers["Content-Length"] = str(len(response.content))
