"""工作日历: the years that are known, the notices entered here; a notice uploaded, looked at day by day, confirmed, withdrawn."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.platform.organs import actions, queries
from gongkai.platform.organs.errors import NotNow, Refused
from gongkai.platform.organs.forms import NoticeForm, ReasonForm, blame
from gongkai.platform.organs.requests import current_actor

from .door import administrators, page

_SAMPLE = "date,kind,name,notice\r\n2026-01-01,holiday,元旦,国办发明电〔2025〕7号\r\n2026-01-04,workday,元旦,国办发明电〔2025〕7号\r\n"


@require_http_methods(["GET", "HEAD", "POST"])
@administrators
def holidays(request: HttpRequest) -> HttpResponse:
    """Every calendar and every notice; a new one uploaded."""
    actor = current_actor(request)
    form = NoticeForm(request.POST, request.FILES) if request.method == "POST" else NoticeForm()
    wrong: list[str] = []
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            batch = actions.prepare_notice(actor, told["file"].name, told["file"].read(), calendar=told["calendar"], source=told["source"], at=timezone.now())
            return HttpResponseRedirect(reverse("organs:notice", args=[batch.pk]))
        except Refused as refused:
            wrong = getattr(refused, "fields", {}).get("file", "").splitlines()
            if len(wrong) > 1:
                form.add_error("file", _("文件有 %(n)s 处要改正，见下表。") % {"n": len(wrong)})
            else:
                blame(form, refused)
    return page(
        request, "holidays", _("工作日历"), form=form, wrong=wrong if len(wrong) > 1 else [], calendars=queries.working_calendars(actor), notices=queries.notices(actor)
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@administrators
def notice(request: HttpRequest, batch_id: int) -> HttpResponse:
    """One notice: before it holds, what it would change; after, its days, and how to withdraw it."""
    actor = current_actor(request)
    it = queries.notice(actor, batch_id)
    if it is None:
        raise Http404
    form, said = ReasonForm(request.POST if request.POST.get("do") == "withdraw" else None), ""
    if request.method == "POST":
        try:
            if (answer := _done(request, it, form)) is not None:
                return answer
        except NotNow as refused:
            said = refused.said
        except Refused as refused:
            blame(form, refused)
    preview = actions.preview_notice(actor, it.id) if it.state == "open" else None
    crumbs = ((reverse("organs:holidays"), _("工作日历")),)
    return page(request, "notice", it.source or it.name, crumbs, 409 if said else 200, notice=it, preview=preview, form=form, said=said)


def _done(request: HttpRequest, it: queries.NoticeView, form: ReasonForm) -> HttpResponse | None:
    actor, what = current_actor(request), request.POST.get("do")
    if what == "drop":
        actions.drop_notice(actor, it.id)
        messages.info(request, _("已放弃这份通知，没有录入任何内容。"))
    elif what == "confirm":
        actions.confirm_notice(actor, it.id, at=timezone.now())
        messages.success(request, _("已录入。各机关办理中的申请会在一两分钟内重新计算期限，变动的逐件记入操作日志并通知承办人。"))
    elif what == "withdraw" and form.is_valid():
        actions.withdraw_notice(actor, it.id, reason=form.cleaned_data["reason"], at=timezone.now())
        messages.success(request, _("已撤回。期限会重新计算。"))
    else:
        return None
    return HttpResponseRedirect(reverse("organs:holidays"))


@require_safe
@administrators
def sample(request: HttpRequest) -> HttpResponse:
    """What a table looks like."""
    answer = HttpResponse("\ufeff" + _SAMPLE, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="holidays.csv"'
    return answer
