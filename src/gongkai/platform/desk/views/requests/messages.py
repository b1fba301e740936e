"""通知: an officer's own messages; opening one marks it read and leads to what it is about."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongkai.platform.cases.actions import messages as actions
from gongkai.platform.cases.queries import notices
from gongkai.platform.desk.views.door import desk, page
from gongkai.platform.organs.requests import current_actor
from gongkai.platform.pages import bounds


@require_safe
@desk
def messages(request: HttpRequest) -> HttpResponse:
    """我的通知."""
    number = bounds.page(request)
    found, more = notices.messages(current_actor(request), number)
    context: dict[str, object] = {
        "found": found, "newest": max((each.id for each in found), default=0), "unread": any(not each.read for each in found),
        "page": {"number": number, "has_next": more, "has_previous": number > 1, "next": number + 1, "previous": number - 1, "pages": None, "capped": True},
    }  # fmt: skip
    return page(request, "requests/messages", context, [(reverse("desk:home"), _("工作台")), ("", _("我的通知"))])


@require_POST
@desk
def read(request: HttpRequest) -> HttpResponse:
    """One message is read, or all that were shown."""
    actor, now, chosen = current_actor(request), timezone.now(), bounds.number(request.POST.get("message"))
    if chosen is not None:
        held = next((each for each in notices.messages(actor)[0] if each.id == chosen), None)
        actions.read(actor, chosen, at=now)
        return HttpResponseRedirect(held.address if held is not None and held.address else reverse("desk:messages"))
    if (newest := bounds.number(request.POST.get("up_to"))) is not None:
        actions.read_all(actor, up_to=newest, at=now)
    return HttpResponseRedirect(reverse("desk:messages"))
