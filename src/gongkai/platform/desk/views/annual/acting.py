"""Acts on a report: each on a page of its own, with what will follow, what stands in the way, and what changed meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gongkai.platform.annual.actions import reporting
from gongkai.platform.annual.errors import Invalid, NotAllowed, NotFound, Refused
from gongkai.platform.annual.queries import alongside, working
from gongkai.platform.annual.queries.working import Choice, Head
from gongkai.platform.annual.states import BY_KEY
from gongkai.platform.desk import annual_showing as showing
from gongkai.platform.desk import scope_showing
from gongkai.platform.desk.forms.annual.writing import ActForm, AdoptForm
from gongkai.platform.desk.holding import held, ticket
from gongkai.platform.desk.showing import said
from gongkai.platform.desk.views.door import desk, kept_when_signed_out, page, words
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.requests import current_actor
from gongkai.platform.pages import bounds

from .opening import change
from .writing import crumbs

Told = Mapping[str, Any]
Verb = Callable[[Actor, int, Told, datetime], Any]
VERBS: dict[str, Verb] = {
    "compile": lambda actor, report, told, at: reporting.compile_(actor, report, at=at, seen=told["seen"]),
    "submit": lambda actor, report, told, at: reporting.submit(actor, report, at=at, seen=told["seen"]),
    "pass_review": lambda actor, report, told, at: reporting.pass_review(actor, report, at=at, reason=told["reason"], seen=told["seen"]),
    "return": lambda actor, report, told, at: reporting.return_(actor, report, reason=told["reason"], at=at, seen=told["seen"]),
    "approve": lambda actor, report, told, at: reporting.approve(actor, report, at=at, seen=told["seen"]),
    "publish": lambda actor, report, told, at: reporting.publish(actor, report, at=at, reason=told["reason"], seen=told["seen"]),
    "adopt": lambda actor, report, told, at: reporting.adopt(
        actor, report, published_on=told["published_on"], reason=told["reason"], at=at, seen=told["seen"]
    ),
    "correct": lambda actor, report, told, at: reporting.correct(actor, report, reason=told["reason"], at=at, seen=told["seen"]),
}
FOLLOWS: dict[str, Any] = {
    "compile": lazy("三张表按现在的记录重新汇编，正文不变。"),
    "submit": lazy("交法制审核。审核期间不能再改；退回以后可以改。"),
    "pass_review": lazy("交签发人签发。"),
    "return": lazy("退回编制，理由会让编制的人看到。"),
    "approve": lazy("定稿：表格和正文里的数字按现在的样子固定下来，以后台账再变，报告不变。"),
    "publish": lazy("向社会公布，公众立即可以看到和下载。"),
    "adopt": lazy("登记使用本平台以前已经公布的报告：照当时的样子定稿并公布，核查发现只记不拦。"),
    "correct": lazy("重新编制。已公布的版本仍在公布，直到公布更正后的版本。"),
}
COMPARING = frozenset({"compile", "approve", "pass_review"})  # 先看汇编以后的变化
OPINION = frozenset({"pass_review", "publish"})  # 可以附意见
_DANGER = frozenset({"return", "correct", "adopt"})


@kept_when_signed_out
@desk
def act(request: HttpRequest, report_id: int, act: str) -> HttpResponse:
    """One act on a report."""
    if act not in VERBS:
        raise Http404
    actor, today = current_actor(request), timezone.localdate()
    report = working.kept(actor, report_id, beside=True, adding=act in COMPARING)
    view = working.head_of(actor, report, today)
    choice = next(each for each in view.choices if each.key == act)
    again = act == "publish" and view.published_on is not None
    form = (AdoptForm if act == "adopt" else ActForm)(request.POST if request.method == "POST" else held(request), required=BY_KEY[act].reason or again)
    if request.method == "POST" and form.is_valid():
        return _done(request, actor, report, view, choice, form)
    return _shown(request, report, view, choice, form, 422 if request.method == "POST" else 200)


def _done(request: HttpRequest, actor: Actor, report: Any, view: Head, choice: Choice, form: ActForm) -> HttpResponse:
    told = form.cleaned_data | {"seen": bounds.number(request.POST.get("seen"))}
    try:
        VERBS[choice.key](actor, view.id, told, timezone.now())
    except NotFound:
        raise
    except Invalid as refused:
        for name, why in refused.fields.items():
            form.add_error(name if name in form.fields else None, why)
        return _shown(request, report, view, choice, form, 422)
    except Refused as refused:
        form.add_error(None, words(refused))
        return _shown(request, report, view, choice, form, 403 if isinstance(refused, NotAllowed) else 409)
    messages.success(request, _("已办理：%(what)s。") % {"what": said(choice.zh, choice.en)})
    return HttpResponseRedirect(reverse("desk:annual", args=[view.id]))


def _shown(request: HttpRequest, report: Any, view: Head, choice: Choice, form: ActForm, status: int) -> HttpResponse:
    actor, today = current_actor(request), timezone.localdate()
    label = said(choice.zh, choice.en)
    context = showing.head(view, today) | {
        "act": choice.key, "label": label, "form": form, "follows": FOLLOWS[choice.key], "danger": choice.key in _DANGER, "ticket": ticket(request.user.pk or 0),
        "refused": "" if choice.allowed else said(choice.why_zh, choice.why_en), "with_reason": form.fields["reason"].required or choice.key in OPINION,
        "seen": view.steps_taken, "open_comments": sum(each.open for each in alongside.comments(report)) if choice.key in ("submit", "pass_review", "approve") else 0,
    }  # fmt: skip
    if choice.allowed and choice.key == "submit":
        work = working.workspace(actor, report, today)
        context |= {"stopping": [showing.finding(each, view) for each in work.findings if each.stops], "unknown": work.unknown, "explained": sum(bool(each.reason) for each in work.findings)}
    if choice.allowed and view.summed and choice.key in ("submit", "approve"):
        context["scope"] = scope_showing.told(report)
    if choice.allowed and choice.key in COMPARING:
        context["changed"] = [change(each, view.id) for each in working.changed_of(report)]
    if status == 200 and context["refused"]:
        status = 409 if choice.role else 403
    return page(request, "annual/act", context, crumbs(view.organ, label, view=view), status)
