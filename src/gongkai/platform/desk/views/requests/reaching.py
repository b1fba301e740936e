"""What went out to the applicant and to the sides consulted, and what did not: sent again, or a new link for answering on line."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongkai.platform.cases.actions import consulting
from gongkai.platform.cases.actions import messages as actions
from gongkai.platform.cases.errors import NotAllowed, NotFound, Refused
from gongkai.platform.cases.letters import places
from gongkai.platform.cases.queries import notices
from gongkai.platform.cases.queries.notices import Outgoing
from gongkai.platform.cases.states import HANDLING
from gongkai.platform.desk.showing import said
from gongkai.platform.desk.views.door import desk, page, words
from gongkai.platform.organs.requests import current_actor
from gongkai.platform.pages import bounds

from .case import case_crumbs, frame, opened

_TONES = {"sent": "done", "failed": "late", "none": "late", "waiting": "quiet"}


@require_safe
@desk
def outgoing(request: HttpRequest, request_id: int) -> HttpResponse:
    """发出的通知: to whom, by what, and what became of it."""
    actor, view = current_actor(request), opened(request, request_id)
    may = bool(actor.kinds(view.organ.id) & HANDLING)
    rows = [_row(each, may) for each in notices.of_case(actor, view.id)]
    return page(request, "requests/outgoing", frame(view) | {"rows": rows}, case_crumbs(view, _("发出的通知")))


def _row(each: Outgoing, may: bool) -> dict[str, object]:
    return {"it": each, "state": said(*notices.STATES[each.state]), "tone": _TONES.get(each.state, "quiet"), "may": may and each.can_resend}


@require_POST
@desk
def resend(request: HttpRequest, request_id: int, notice_id: int) -> HttpResponse:
    """A message that did not go out is tried again, to the same address."""
    actor = current_actor(request)
    if not any(each.id == notice_id for each in notices.of_case(actor, request_id)):
        raise NotFound
    try:
        actions.resend(actor, notice_id, at=timezone.now())
    except (NotFound, NotAllowed):
        raise
    except Refused as refused:
        messages.error(request, words(refused))
    else:
        messages.success(request, _("已放回发送队列，马上会再发一次。"))
    return HttpResponseRedirect(reverse("desk:request_messages", args=[request_id]))


@desk
def renew(request: HttpRequest, request_id: int, ref: str) -> HttpResponse:
    """A new link for a side that lost its own. It is shown this once, for telling it on the telephone."""
    view = opened(request, request_id)
    asked = next((each for each in view.consultations if each.ref == ref), None)
    if asked is None:
        raise NotFound
    choice, link, wrong, status = view.act("renew_link"), "", "", 200
    if request.method == "POST":
        try:
            token = consulting.renew_link(
                current_actor(request), view.id, ref, at=timezone.now(), once=request.POST.get("once", "")[:64] or None, seen=bounds.number(request.POST.get("seen"))
            )
        except NotFound:
            raise
        except Refused as refused:
            wrong, status = words(refused), 403 if isinstance(refused, NotAllowed) else 409
        else:
            if not token:
                messages.info(request, _("这份链接已经换发过；新链接只显示一次。"))
                return HttpResponseRedirect(reverse("desk:request", args=[view.id]) + "#consultations")
            link = places.opinion_link(token)
    refused_ = said(choice.why_zh, choice.why_en) if choice is not None and not choice.allowed else ""
    context = frame(view) | {
        "asked": asked, "link": link, "wrong": wrong, "refused": refused_ if request.method != "POST" else "", "once": get_random_string(20),
        "sends": bool(asked.party.get("email") or asked.party.get("phone")),
    }  # fmt: skip
    if context["refused"] and choice is not None:
        status = 409 if choice.role else 403
    return page(request, "requests/link", context, case_crumbs(view, _("换发网上答复的链接")), status)
