"""检索: the search tasks of whoever was asked, with nothing of who applied; and calling one off."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.platform.cases.errors import Invalid, NotFound, Refused
from gongkai.platform.cases.queries import viewing, waiting
from gongkai.platform.cases.queries.desk_values import TaskRow
from gongkai.platform.desk import holding
from gongkai.platform.desk.forms.requests.acts import PARTS, AnswerTask
from gongkai.platform.desk.request_doing import do
from gongkai.platform.desk.request_showing import light_words
from gongkai.platform.desk.showing import said
from gongkai.platform.desk.views.door import desk, kept_when_signed_out, page, words
from gongkai.platform.organs.requests import current_actor
from gongkai.platform.pages import bounds

from .acting import add_errors, label, show


@require_safe
@desk
def tasks(request: HttpRequest) -> HttpResponse:
    """我的检索."""
    done = request.GET.get("done") == "1"
    found = waiting.tasks(current_actor(request), timezone.localdate(), done=done, page=bounds.page(request))
    tabs = [{"value": "", "label": _("待回复"), "current": not done}, {"value": "1", "label": _("已回复、已取消"), "current": done}]
    context: dict[str, object] = {"page": found, "rows": [_row(each) for each in found.rows], "tabs": tabs, "done": done}
    return page(request, "requests/tasks", context, [(reverse("desk:home"), _("工作台")), ("", _("我的检索"))])


@kept_when_signed_out
@desk
def task(request: HttpRequest, task_id: int) -> HttpResponse:
    """One task: what to look for, and the answer."""
    actor, today = current_actor(request), timezone.localdate()
    found = waiting.task(actor, task_id, today)
    if found is None:
        raise NotFound
    typed = request.POST if request.method == "POST" else holding.held(request)
    first = {"on": today}
    form = AnswerTask(typed, request.FILES if request.method == "POST" else None, initial=first) if typed is not None else AnswerTask(initial=first)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            do(actor, 0, "answer_task", form.cleaned_data, {"at": timezone.now(), "once": request.POST.get("once", "")[:64] or None}, part=task_id)
        except NotFound:
            raise
        except Invalid as refused:
            add_errors(form, refused)
            status = 422
        except Refused as refused:
            form.add_error(None, words(refused))
            status = 409
        else:
            messages.success(request, _("已回复。"))
            return HttpResponseRedirect(reverse("desk:tasks"))
    elif form.is_bound and form.errors:
        status = 422
    context: dict[str, object] = {
        "task": _row(found), "form": form, "once": get_random_string(20), "ticket": holding.ticket(request.user.pk or 0), "open": found.state == "open",
        "case_address": reverse("desk:request", args=[found.request_id]) if found.readable else "",
    }  # fmt: skip
    crumbs = [(reverse("desk:home"), _("工作台")), (reverse("desk:tasks"), _("我的检索")), ("", found.ref)]
    return page(request, "requests/task", context, crumbs, status)


@desk
def cancel(request: HttpRequest, task_id: int) -> HttpResponse:
    """取消交办, by those who handle the request."""
    actor, shown = current_actor(request), PARTS["cancel_task"]
    found = waiting.task(actor, task_id, timezone.localdate())
    if found is None or not found.readable:
        raise NotFound
    view = viewing.case(actor, found.request_id, timezone.localdate())
    form = shown.form(request.POST) if request.method == "POST" else shown.form()
    if request.method == "POST" and form.is_valid():
        try:
            do(actor, view.id, "cancel_task", form.cleaned_data, {"at": timezone.now(), "once": request.POST.get("once", "")[:64] or None}, part=task_id)
        except NotFound:
            raise
        except Refused as refused:
            form.add_error(None, words(refused))
            return show(request, view, "cancel_task", shown, form, 409)
        messages.success(request, _("已办理：%(what)s。") % {"what": label("cancel_task")})
        return HttpResponseRedirect(reverse("desk:request", args=[view.id]))
    return show(request, view, "cancel_task", shown, form, 422 if form.errors else 200)


def _row(each: TaskRow) -> dict[str, object]:
    return {
        "it": each, "state": said(each.state_zh, each.state_en), "tone": {"open": "late" if each.left < 0 else "action", "answered": "done"}.get(each.state, "quiet"),
        "light": light_words(each.light, each.left) if each.state == "open" else "", "light_tone": "late" if each.left < 0 else "soon" if each.left <= 2 else "done",
    }  # fmt: skip
