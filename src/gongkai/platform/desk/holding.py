"""What was posted after the session had ended: kept until the same person has signed in again, then back in the form.

Only forms that we gave to a signed-in person are kept (a signed ticket says whose), and only for them. Sealed: forms of requests name people.
"""

from __future__ import annotations

from urllib.parse import urlencode

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import resolve_url

from gongkai.platform.cases import sealing

_SALT = "desk.holding"
_KEY = "desk_held"
_LARGEST = 2_000_000
_AGE = 24 * 3600


def ticket(person: int) -> str:
    """Goes into the form: whose it is."""
    return signing.dumps(person, salt=_SALT, compress=True)


def hold(request: HttpRequest, login: str) -> HttpResponse:
    """Keep what was typed and lead to the sign-in, then back to the form."""
    try:
        person = signing.loads(request.POST.get("ticket", ""), salt=_SALT, max_age=_AGE)
    except signing.BadSignature:
        person = None
    post = request.POST.copy()
    for name in ("csrfmiddlewaretoken", "ticket", "once"):
        post.pop(name, None)
    typed = post.urlencode()
    if person is not None and len(typed) <= _LARGEST:
        request.session[_KEY] = {"person": person, "path": request.path, "typed": closed(typed)}
    return HttpResponseRedirect(resolve_url(login) + "?" + urlencode({"next": request.path}))


def held(request: HttpRequest) -> QueryDict | None:
    """What this person had posted to this address before signing in again; given out once."""
    kept = request.session.get(_KEY)
    if not kept or kept.get("path") != request.path or kept.get("person") != request.user.pk:
        return None
    del request.session[_KEY]
    return QueryDict(opened(kept["typed"]))


def closed(text: str) -> str:
    """A secret that waits in the session for one more page, sealed."""
    return sealing.seal(text, _SALT).hex()


def opened(told: str) -> str:
    return str(sealing.unseal(bytes.fromhex(told), _SALT))
