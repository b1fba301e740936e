"""One's own account: who one is, one's sessions; what to do when the password is forgotten; the way to the unified identity."""

from __future__ import annotations

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.providers.openid_connect import views as openid
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from requests import RequestException

from gongkai.platform.organs import actions, queries
from gongkai.platform.organs.errors import NotFound
from gongkai.platform.organs.requests import current_actor, second_factor_required, signed_in
from gongkai.platform.organs.signing_in import CANCELLED, UNREACHABLE, refused
from gongkai.platform.pages import bounds, errors


@never_cache
@require_GET
@signed_in
def me(request: HttpRequest) -> HttpResponse:
    """我的账号."""
    actor = current_actor(request)
    person = queries.own(actor)
    return render(request, "account/me.html", {"person": person, "required": second_factor_required(actor)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def sessions(request: HttpRequest) -> HttpResponse:
    """登录中的会话: listed, ended one by one or all but this one."""
    actor = current_actor(request)
    key = request.session.session_key or ""
    if request.method == "POST":
        try:
            ended = actions.end_own_sessions(actor, at=timezone.now(), keep=key, only=bounds.number(request.POST.get("session")))
            messages.success(request, _("已结束 %(n)s 个会话。") % {"n": ended} if ended else _("没有别的会话。"))
        except NotFound as gone:
            messages.info(request, gone.said)
        return HttpResponseRedirect(reverse("organs:sessions"))
    return render(request, "account/sessions.html", {"sessions": queries.own_sessions(actor, key)})


@require_GET
def forgotten(request: HttpRequest) -> HttpResponse:
    """忘记密码: there are no letters with links; the administrator issues a new first password."""
    return render(request, "account/forgotten.html")


@require_GET
def without_password(request: HttpRequest) -> HttpResponse:
    """没有本平台的密码: whoever signs in by the unified identity alone."""
    return render(request, "account/without_password.html")


def too_often(request: HttpRequest) -> HttpResponse:
    """handler429, which allauth asks for."""
    return errors.page(request, 429, do=_("请过一分钟再试。"))


def not_offered(request: HttpRequest, **_more: str) -> HttpResponse:
    """What allauth could do and this platform does not: registering, confirming addresses."""
    raise Http404


@never_cache
@require_POST
def to_identity(request: HttpRequest, provider_id: str) -> HttpResponse:
    """On to the unified identity. A page with a link, since a form may not lead to another host (form-action)."""
    try:
        answer = openid.login(request, provider_id)
    except ImmediateHttpResponse as said:
        return said.response
    except (RequestException, KeyError, ValueError):
        return refused(request, *UNREACHABLE)
    if "Location" not in answer:
        return answer
    return render(request, "account/to_identity.html", {"address": answer["Location"]})


@never_cache
@require_GET
def from_identity(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the unified identity. Some providers leave out the state when somebody cancels."""
    if request.GET.get("error") == "access_denied":
        return refused(request, *CANCELLED)
    try:
        return openid.callback(request, provider_id)
    except ImmediateHttpResponse as said:
        return said.response
    except (RequestException, KeyError, ValueError):
        return refused(request, *UNREACHABLE)
