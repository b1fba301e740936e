"""What every request goes through: signs that nobody types taken out; language and reading preferences; traditional characters made on the way out."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers

from . import preferences, traditional

Answer = Callable[[HttpRequest], HttpResponseBase]


_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def plain(get_response: Answer) -> Answer:
    """Takes NUL out of what is asked and posted, before any view reads it: nobody types it, and no database keeps it."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if "%00" in request.META.get("QUERY_STRING", ""):
            request.GET = _without_nul(request.GET)  # type: ignore[assignment]
        if request.method == "POST" and request.content_type in _FORMS and any("\0" in name or any("\0" in told for told in many) for name, many in request.POST.lists()):
            request.POST = _without_nul(request.POST)  # type: ignore[assignment]
        return get_response(request)

    return answer


def _without_nul(given: QueryDict) -> QueryDict:
    told = QueryDict(mutable=True, encoding=given.encoding)
    for name, many in given.lists():
        told.setlist(name.replace("\0", ""), [str(text).replace("\0", "") for text in many])
    told._mutable = False
    return told


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
