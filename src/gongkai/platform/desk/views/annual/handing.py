"""Handing an approved report in to the disclosure authority."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.platform.annual.actions import handing
from gongkai.platform.annual.errors import NotAllowed, NotFound, Refused
from gongkai.platform.annual.queries import working
from gongkai.platform.desk import annual_showing as showing
from gongkai.platform.desk.forms.annual.writing import ActForm
from gongkai.platform.desk.holding import ticket
from gongkai.platform.desk.showing import said
from gongkai.platform.desk.views.door import desk, page, words
from gongkai.platform.organs.requests import current_actor

from .writing import crumbs


@desk
def hand_in(request: HttpRequest, report_id: int) -> HttpResponse:
    """The report as it was frozen, to the authority; nothing is typed."""
    actor, today = current_actor(request), timezone.localdate()
    report = working.kept(actor, report_id)
    view = working.head_of(actor, report, today)
    choice = next(each for each in view.choices if each.key == "hand_in")
    form, status = ActForm(request.POST if request.method == "POST" else None, required=False), 200
    if request.method == "POST" and form.is_valid():
        try:
            handing.hand_in(actor, report_id, at=timezone.now())
        except NotFound:
            raise
        except Refused as refused:
            form.add_error(None, words(refused))
            status = 403 if isinstance(refused, NotAllowed) else 409
        else:
            messages.success(request, _("已报送。主管部门接收或者退回以后，这里会有记录。"))
            return HttpResponseRedirect(reverse("desk:annual", args=[report_id]))
    label = said(choice.zh, choice.en)
    context = showing.head(view, today) | {
        "act": "hand_in", "label": label, "form": form, "follows": _("按签发时的定稿报送给主管部门；退回以后可以修改，再报送。"), "ticket": ticket(request.user.pk or 0),
        "refused": "" if choice.allowed else said(choice.why_zh, choice.why_en), "with_reason": False, "seen": view.steps_taken,
    }  # fmt: skip
    if status == 200 and not choice.allowed:
        status = 409 if choice.role else 403
    return page(request, "annual/act", context, crumbs(view.organ, label, view=view), status)
