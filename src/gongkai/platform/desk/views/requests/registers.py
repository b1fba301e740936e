"""导入登记簿: upload, look over line by line, then all of it or nothing."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.law import outcomes
from gongkai.platform.cases.actions import importing
from gongkai.platform.cases.choices import STATES, State
from gongkai.platform.cases.errors import Invalid, NotNow
from gongkai.platform.cases.queries import registers
from gongkai.platform.cases.queries.registers import Line, Preview
from gongkai.platform.desk.forms.requests.registers import RegisterUploadForm
from gongkai.platform.desk.navigation import own_organ
from gongkai.platform.desk.showing import said
from gongkai.platform.desk.views.door import desk, page, words
from gongkai.platform.organs.queries import OrganView
from gongkai.platform.organs.requests import current_actor

from .lists import crumbs

MOST_SHOWN = 300  # 有错误和提示的在前，其余只报数


@desk
def uploading(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose a file; it is read, and what was found is shown on its own page."""
    organ, actor = own_organ(request, slug), current_actor(request)
    importing.may_import(actor, organ.id)
    if request.method != "POST":
        return _chosen(request, organ, RegisterUploadForm())
    form = RegisterUploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _chosen(request, organ, form, 422)
    given = form.cleaned_data["file"]
    try:
        batch = importing.preview(actor, organ.id, given.name or "", given.read(), at=timezone.now())
    except Invalid as refused:
        for name, why in refused.fields.items():
            form.add_error(name if name in form.fields else None, why)
        return _chosen(request, organ, form, 422)
    except NotNow as refused:
        form.add_error("file", words(refused))
        return _chosen(request, organ, form, 409)
    return HttpResponseRedirect(reverse("desk:register_upload", args=[organ.slug, batch.pk]))


@desk
def upload(request: HttpRequest, slug: str, batch_id: int) -> HttpResponse:
    """What would be entered, or why not; entered or dropped from here."""
    organ, actor = own_organ(request, slug), current_actor(request)
    shown = registers.preview(actor, batch_id)
    if shown.organ != organ.id:
        raise Http404
    if request.method == "POST":
        if request.POST.get("do") == "drop":
            importing.drop(actor, batch_id, at=timezone.now())
            messages.success(request, _("已弃用，什么也没有登记。"))
            return HttpResponseRedirect(reverse("desk:register_import", args=[organ.slug]))
        try:
            done = importing.confirm_import(actor, batch_id, at=timezone.now())
        except Invalid as refused:
            return _looked_at(request, organ, registers.preview(actor, batch_id), "".join(refused.fields.values()), 422)
        messages.success(request, _("已登记 %(n)s 件。") % {"n": done.summary["rows"]})
        return HttpResponseRedirect(reverse("desk:requests", args=[organ.slug]))
    return _looked_at(request, organ, shown)


@require_safe
@desk
def template(request: HttpRequest, slug: str) -> HttpResponse:
    """The register to fill in, with one line as an example."""
    organ = own_organ(request, slug)
    importing.may_import(current_actor(request), organ.id)
    answer = HttpResponse(registers.template(), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    answer.headers["Content-Disposition"] = f'attachment; filename="register-{organ.slug}.xlsx"'
    return answer


def _chosen(request: HttpRequest, organ: OrganView, form: RegisterUploadForm, status: int = 200) -> HttpResponse:
    context: dict[str, object] = {"organ": organ, "form": form, "uploads": registers.uploads(current_actor(request), organ.id)}
    return page(request, "requests/register_import", context, crumbs(organ, _("导入登记簿")), status)


def _looked_at(request: HttpRequest, organ: OrganView, shown: Preview, wrong: str = "", status: int = 200) -> HttpResponse:
    told = shown.summary
    context: dict[str, object] = {
        "organ": organ, "upload": shown, "wrong": wrong, "lines": [_line(each) for each in shown.lines[:MOST_SHOWN]],
        "unshown": max(len(shown.lines) - MOST_SHOWN, 0), "good": told["rows"] - told["wrong"], "bad": told["wrong"], "warned": told["warned"],
        "years": sorted(told["years"].items()),
        "states": [(said(*STATES[State(key)]), number) for key, number in told["states"].items()],
        "outcomes": [(leaf.printed, told["outcomes"][leaf.key]) for leaf in outcomes.OUTCOMES if leaf.key in told["outcomes"]],
    }  # fmt: skip
    return page(request, "requests/register_upload", context, crumbs(organ, _("导入登记簿")), status)


def _line(line: Line) -> dict[str, object]:
    return {
        "row": line.row, "number": line.number, "applicant": line.applicant, "state": said(*line.state) if line.state[0] else "", "due": line.due,
        "ended": line.ended, "result": line.result, "errors": line.errors, "warnings": line.warnings,
    }  # fmt: skip
