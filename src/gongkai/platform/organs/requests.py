"""From a request to who acts. Views take their actor here; whoever must do something first is sent there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from .acting import PUBLIC, Actor, with_organs
from .queries import OrganView
from .queries.organs import seen
from .roles import RoleKind

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
_KEPT = "_gongkai_actor"
_PRIVILEGED = frozenset({RoleKind.APPROVER, RoleKind.ADMINISTRATOR})


def current_actor(request: HttpRequest) -> Actor:
    """Who is signed in, with the posts that hold today; the public otherwise. One query, once a request."""
    return _known(request)[0]


def current_organs(request: HttpRequest) -> tuple[OrganView, ...]:
    """The organs in which whoever is signed in holds a role over content. The same query."""
    return _known(request)[1]


def _known(request: HttpRequest) -> tuple[Actor, tuple[OrganView, ...]]:
    kept: tuple[Actor, tuple[OrganView, ...]] | None = getattr(request, _KEPT, None)
    if kept is None:
        actor, organs = with_organs(request.user, timezone.localdate()) if request.user.is_authenticated else (PUBLIC, ())
        kept = actor, tuple(seen(organ) for organ in organs)
        setattr(request, _KEPT, kept)
    return kept


def signed_in(view: View[P]) -> View[P]:
    """Only for people who are signed in, have replaced their first password, and have the second factor that is required."""

    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        person = request.user
        if not person.is_authenticated:
            return _to(request, settings.LOGIN_URL)
        if person.must_change_password:
            messages.warning(request, _("这是首次登录的密码，请先换成您自己的密码。"))
            return _to(request, "account_change_password")
        if lacks_second_factor(request):
            messages.warning(request, _("您的角色必须使用两步验证，请先启用。"))
            return _to(request, "mfa_activate_totp")
        return view(request, *args, **kwargs)

    return cast(View[P], wraps(view)(guarded))


def lacks_second_factor(request: HttpRequest) -> bool:
    """Whether this person must have a second factor and has none. A session opened with one is not asked again."""
    if not second_factor_required(current_actor(request)):
        return False
    if any(each.get("method") == "mfa" for each in request.session.get("account_authentication_methods", ())):
        return False
    from allauth.mfa.utils import is_mfa_enabled

    return not is_mfa_enabled(request.user)


def second_factor_required(actor: Actor) -> bool:
    """As GONGKAI_SECOND_FACTOR says: everybody, those who sign or administer, or nobody."""
    if settings.SECOND_FACTOR == "all":
        return actor.person is not None
    return settings.SECOND_FACTOR == "privileged" and any(post.kind in _PRIVILEGED for post in actor.posts)


def _to(request: HttpRequest, name: str) -> HttpResponseRedirect:
    """There first; then back to the page that was asked for, where it can be asked for again."""
    address = reverse(name)
    if request.method in ("GET", "HEAD"):
        address += "?" + urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(address)
