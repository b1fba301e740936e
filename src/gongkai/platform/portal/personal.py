"""Pages that are for one person only: never kept by a browser or a proxy, never in a search engine, never named to another site.

A session keeps which requests were opened in it, and until when; nothing else of them.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.platform.cases import limits
from gongkai.platform.cases.errors import NotFound
from gongkai.platform.cases.queries import doors
from gongkai.platform.cases.recording import Ticket
from gongkai.platform.organs.signing_forms import counted_address
from gongkai.platform.pages import errors

P = ParamSpec("P")
OPENED = "requests_opened"
HEADERS = {"Cache-Control": "no-store, private", "X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "same-origin"}


def personal(*methods: str) -> Callable[[Callable[Concatenate[HttpRequest, P], HttpResponseBase]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]]:
    """A page for one person, by these methods only; what may not be known of is not found, in the same words."""
    allowed = {*methods, "HEAD"} if "GET" in methods else {*methods}

    def wrap(view: Callable[Concatenate[HttpRequest, P], HttpResponseBase]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @functools.wraps(view)
        def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.method not in allowed:
                response: HttpResponseBase = HttpResponse(status=405, headers={"Allow": ", ".join(sorted(allowed))})
            else:
                try:
                    response = view(request, *args, **kwargs)
                except NotFound:
                    response = unknown(request)
            for name, value in HEADERS.items():
                response.headers[name] = value
            response._has_been_logged = True  # type: ignore[attr-defined]  # 网址里可能有令牌，不进日志
            return response

        return answered

    return wrap


def unknown(request: HttpRequest, kept: bool = False) -> HttpResponse:
    """What is not there, what is somebody else's, and what was open too long ago: the same page."""
    words = errors.Words(
        _("没有找到这件申请"),
        _("没有这件申请，或者它没有在这个浏览器里打开，或者打开的时间已过。"),
        _("您填写的内容已经保留：重新打开这件申请后，会回到页面上。") if kept else errors.UNCHANGED,
        _("请凭登记编号和查询码重新打开；查询码遗失的，可以用申请时留的电子邮箱取得链接。"),
    )
    return errors.page(request, 404, words, back="/requests/")


def opened(request: HttpRequest, number: int) -> Ticket:
    """The ticket of a request that was opened in this session; NotFound otherwise."""
    ticket = doors.by_grant(request.session.get(OPENED, {}), number, timezone.now())
    if ticket is None:
        raise NotFound
    return ticket


def open_in(request: HttpRequest, numbers: Iterable[int]) -> None:
    """Let this session open these requests for a while. The session gets a new key, so that nobody else's goes with it."""
    held = request.session.get(OPENED, {})
    if "_auth_user_id" not in request.session:
        request.session.cycle_key()
    request.session[OPENED] = doors.grants(held, list(numbers), timezone.now())


def all_opened(request: HttpRequest) -> list[int]:
    return doors.granted(request.session.get(OPENED, {}), timezone.now())


def close(request: HttpRequest) -> None:
    """Forget every request that was opened here: somebody may be at a shared computer."""
    names = list(request.session.keys())
    for name in names:
        if name.startswith("requests_"):
            del request.session[name]


def place(request: HttpRequest) -> str:
    """Where a try comes from, for counting."""
    return limits.network(counted_address(request))


def refused_page(request: HttpRequest, template: str, context: dict[str, Any], often: limits.TooOften) -> HttpResponse:
    """The same page with what was typed still in it, and how long to wait."""
    response = render(request, template, context | {"often": limits.words(often)}, status=429)
    response.headers["Retry-After"] = str(often.seconds)
    return response
