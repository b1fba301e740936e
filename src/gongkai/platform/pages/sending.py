"""Files on their way out: with headers that let no browser run them, under a name that breaks no header."""

from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})  # 浏览器可以直接显示的
_SAFELY = {"Content-Security-Policy": "default-src 'none'; sandbox", "X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin"}


def guard(response: HttpResponseBase, name: str, *, inline: bool = False) -> None:
    """The headers of a file, to be saved or, where `inline`, to be shown."""
    for header, value in _SAFELY.items():
        response.headers[header] = value
    response.headers["Content-Disposition"] = content_disposition_header(not inline, name) or "attachment"


def private(name: str, media_type: str, data: bytes, *, inline: bool = False) -> HttpResponse:
    """A file that nobody in between may keep."""
    response = HttpResponse(data, content_type=media_type)
    guard(response, name, inline=inline)
    response.headers["Cache-Control"] = "private, no-store"
    return response
