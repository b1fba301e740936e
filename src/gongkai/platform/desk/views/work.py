"""后台任务: what the queue is doing, for the administrator: numbers, jobs, what failed, and one more try."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.platform.organs.errors import NotAllowed, NotNow
from gongkai.platform.organs.requests import current_actor
from gongkai.platform.pages import bounds, errors
from gongkai.platform.queue import actions, queries
from gongkai.platform.queue.queries import State

from .door import desk, page


@desk
def work(request: HttpRequest) -> HttpResponse:
    actor = current_actor(request)
    state = next((state for state in State if state.value == request.GET.get("state")), None)
    at = bounds.page(request)
    try:
        if request.method == "POST":
            return _retry(request)
        found = queries.work(actor, state, at)
    except NotAllowed:
        return errors.page(request, 404)
    tabs = [{"state": each.value, "label": each.label, "count": found.counts.get(each, 0), "current": each is state} for each in State]
    context: dict[str, object] = {"work": found, "tabs": tabs, "state": state, "number": at, "failed": found.counts.get(State.FAILED, 0)}
    return page(request, "work", context, [(reverse("desk:home"), _("工作台")), ("", _("后台任务"))])


def _retry(request: HttpRequest) -> HttpResponse:
    if (number := bounds.number(request.POST.get("retry"))) is not None:
        try:
            actions.retry(current_actor(request), number, timezone.now())
            messages.success(request, _("已放回队列，马上会再执行一次。"))
        except NotNow as refused:
            messages.warning(request, refused.said)
    return HttpResponseRedirect(request.get_full_path())
