"""When a session was last used: kept for the list of sessions, written every five minutes at most."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from .actions.sessions import session_seen

SECONDS = 300
_KEY = "seen"


def seen(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Asks the session only where the answer has asked it already, so that public pages stay without one."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.session.accessed and request.user.is_authenticated:
            now = int(time.time())
            if now - int(request.session.get(_KEY, 0)) >= SECONDS:
                request.session[_KEY] = now
                session_seen(request)
        return response

    return answer
