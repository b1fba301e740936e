"""Switching the language and the reading aids."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from . import preferences


@csrf_exempt  # 只改显示方式：公开页面不必为此给每位来访者一个令牌
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Keep what was wished, and go back to the page where the switch was pressed."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    wished = preferences.change(preferences.read(request.COOKIES), request.POST.dict())
    answer = HttpResponseRedirect(back)
    answer.status_code = 303
    answer.set_cookie(
        preferences.COOKIE, wished.dump(), preferences.AGE, secure=settings.HTTPS, httponly=True, samesite="Lax"
    )
    return answer
