"""The door of every page of the desk: who comes in, and what a refusal looks like."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import cast

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from gongkai.platform.catalogue.errors import Conflict, NotAllowed, NotFound, NotNow, Refused, StorageFailed
from gongkai.platform.desk.holding import hold
from gongkai.platform.organs.errors import NotFound as NoOrgan
from gongkai.platform.organs.requests import signed_in
from gongkai.platform.pages import errors

View = Callable[..., HttpResponse]


def words(refused: Refused) -> str:
    """A refusal in the reader's language."""
    return refused.said


def desk(view: View) -> View:
    """Signed in, never cached; what is not theirs is not there, and what cannot be done now says why."""

    @wraps(view)
    def opened(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (NotFound, NoOrgan, Http404):
            return errors.page(request, 404)
        except NotAllowed as refused:
            return errors.page(request, 403, what=words(refused))
        except PermissionDenied as denied:
            return errors.page(request, 403, what=str(denied))
        except (Conflict, NotNow) as refused:
            return errors.page(request, 409, what=words(refused))
        except StorageFailed as refused:
            return errors.page(request, 503, what=words(refused))
        except Refused as refused:  # 没有表单可以写在旁边的
            return errors.page(request, 400, what=words(refused))

    return never_cache(signed_in(cast("View", opened)))


def kept_when_signed_out(view: View) -> View:
    """What is posted after the session ended is held until the same person has signed in again."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method == "POST" and not request.user.is_authenticated:
            return hold(request, settings.LOGIN_URL)
        return view(request, *args, **kwargs)

    return guarded


Crumbs = Sequence[tuple[str, object]]


def page(
    request: HttpRequest, template: str, context: dict[str, object], crumbs: Crumbs = (), status: int = 200
) -> HttpResponse:
    return render(request, f"desk/{template}.html", context | {"crumbs": crumbs}, status=status)
