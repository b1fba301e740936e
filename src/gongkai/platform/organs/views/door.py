"""Who may open the administrator's pages: for everybody else they are not there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from gongkai.platform.organs.errors import NotAllowed, NotFound
from gongkai.platform.organs.requests import current_actor, signed_in
from gongkai.platform.pages import errors

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
Crumbs = tuple[tuple[str, object], ...]


def administrators(view: View[P]) -> View[P]:
    """Signed in, and an administrator today; a refusal that comes up gets its page."""

    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not current_actor(request).administers:
            raise Http404
        return answered(request, view, *args, **kwargs)

    return never_cache(signed_in(guarded))


def members(view: View[P]) -> View[P]:
    """Signed in; what one may see there, queries and actions decide."""

    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return answered(request, view, *args, **kwargs)

    return never_cache(signed_in(guarded))


def answered(request: HttpRequest, view: View[P], *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
    try:
        return view(request, *args, **kwargs)
    except NotFound:
        raise Http404 from None
    except NotAllowed as refused:
        return errors.page(request, 403, what=refused.said)


def page(request: HttpRequest, template: str, title: str, crumbs: Crumbs = (), status: int = 200, **context: object) -> HttpResponse:
    told = {"title": title, "crumbs": (("/desk/", _("工作台")), *crumbs, ("", title))} | context
    return render(request, f"organs/{template}.html", told, status=status)
