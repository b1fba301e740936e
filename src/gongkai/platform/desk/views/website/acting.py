"""Acts on a website's form: each on a page of its own, with what will follow and what is worth a look first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gongkai.platform.annual.errors import Invalid, NotAllowed, NotFound, Refused
from gongkai.platform.annual.website import actions, queries
from gongkai.platform.annual.website.queries import Sheet
from gongkai.platform.annual.website.states import BY_KEY
from gongkai.platform.desk import website_showing as showing
from gongkai.platform.desk.forms.annual.writing import ActForm
from gongkai.platform.desk.holding import held, ticket
from gongkai.platform.desk.showing import said
from gongkai.platform.desk.views.door import desk, kept_when_signed_out, page, words
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.requests import current_actor
from gongkai.platform.pages import bounds

VERBS: dict[str, Callable[[Actor, int, str, datetime, int | None], Any]] = {
    "submit": lambda actor, form, _reason, at, seen: actions.submit(actor, form, at=at, seen=seen),
    "return": lambda actor, form, reason, at, seen: actions.return_(actor, form, reason=reason, at=at, seen=seen),
    "approve": lambda actor, form, _reason, at, seen: actions.approve(actor, form, at=at, seen=seen),
    "publish": lambda actor, form, reason, at, seen: actions.publish(actor, form, at=at, reason=reason, seen=seen),
    "correct": lambda actor, form, reason, at, seen: actions.correct(actor, form, reason=reason, at=at, seen=seen),
}
FOLLOWS: dict[str, Any] = {
    "submit": lazy("各格按现在的样子定稿，交审核。填报人、填报日期由平台填上；审核期间不能再改，退回以后可以改。"),
    "return": lazy("退回填报，理由会让填报的人看到。"),
    "approve": lazy("审核人由平台填上。审核的就是将要公布的，公布以前台账再变，报表不变。"),
    "publish": lazy("向社会公布，公众立即可以看到和下载。"),
    "correct": lazy("重新填报。已公布的版本仍在公布，直到公布更正后的版本。"),
}


@kept_when_signed_out
@desk
def act(request: HttpRequest, form_id: int, act: str) -> HttpResponse:
    """One act on a form."""
    if act not in VERBS:
        raise Http404
    actor, today = current_actor(request), timezone.localdate()
    found = queries.sheet(actor, queries.kept(actor, form_id), today)
    choice = next(each for each in found.head.choices if each.key == act)
    form = ActForm(request.POST if request.method == "POST" else held(request), required=BY_KEY[act].reason)
    if request.method != "POST" or not form.is_valid():
        return _shown(request, found, act, form, 422 if request.method == "POST" else 200)
    try:
        VERBS[act](actor, form_id, form.cleaned_data["reason"], timezone.now(), bounds.number(request.POST.get("seen")))
    except NotFound:
        raise
    except Invalid as refused:
        for name, why in refused.fields.items():
            form.add_error(name if name in form.fields else None, why)
        return _shown(request, found, act, form, 422)
    except Refused as refused:
        form.add_error(None, words(refused))
        return _shown(request, found, act, form, 403 if isinstance(refused, NotAllowed) else 409)
    messages.success(request, _("已办理：%(what)s。") % {"what": said(choice.zh, choice.en)})
    return HttpResponseRedirect(reverse("desk:website_form", args=[form_id]))


def _shown(request: HttpRequest, found: Sheet, act: str, form: ActForm, status: int) -> HttpResponse:
    view, today = found.head, timezone.localdate()
    choice = next(each for each in view.choices if each.key == act)
    label = said(choice.zh, choice.en)
    again = act == "publish" and view.published_on is not None
    context = showing.head(view, today) | {
        "act": act, "label": label, "form": form, "follows": FOLLOWS[act], "danger": act in showing.QUIET, "ticket": ticket(request.user.pk or 0),
        "refused": "" if choice.allowed else said(choice.why_zh, choice.why_en), "with_reason": BY_KEY[act].reason or again, "seen": view.steps_taken,
        "warnings": showing.warnings(found.warned), "blanks": found.blanks, "moved": _moved(found) if view.standing else [],
        "looks": act in ("submit", "approve", "publish"),
    }  # fmt: skip
    if status == 200 and context["refused"]:
        status = 409 if choice.role else 403
    return page(request, "website/act", context, showing.crumbs(view.organ, label, view=view), status)


def _moved(found: Sheet) -> list[dict[str, str]]:
    """Boxes of which the platform knows something else since the form was frozen."""
    boxes = (box for group in showing.groups(found) for part in group["parts"] for box in part["boxes"])
    return [{"label": box["label"], "printed": box["printed"], "now": box["now"]} for box in boxes if box["now"]]
