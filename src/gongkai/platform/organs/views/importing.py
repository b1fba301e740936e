"""Importing organs and people: a template, a preview row by row, a confirmation, the first passwords once."""

from __future__ import annotations

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.platform.documents import tables
from gongkai.platform.organs import actions, queries, sheets
from gongkai.platform.organs.errors import Conflict, NotNow, Refused
from gongkai.platform.organs.forms import ImportForm, blame
from gongkai.platform.organs.requests import current_actor

from .door import administrators, page

_TITLES = {"organs": gettext_lazy("导入机关"), "people": gettext_lazy("导入人员")}
_SALT, _SECONDS = "organs.first_passwords", 900


def _above(kind: str) -> tuple[tuple[str, str], ...]:
    return ((reverse(f"organs:{kind}"), _("机关") if kind == "organs" else _("人员")),)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators
def upload(request: HttpRequest, kind: str) -> HttpResponse:
    """Choose a filled-in table."""
    if kind not in sheets.TABLES:
        raise Http404
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if kind == "organs":
        del form.fields["with_passwords"]
    if request.method == "POST" and form.is_valid():
        try:
            told = form.cleaned_data["file"]
            if told.size > sheets.BYTES:
                form.add_error("file", _("表格不得超过 5 MB。"))
            else:
                batch = actions.prepare_import(current_actor(request), kind, told.name, told.read(), at=timezone.now(), with_passwords=form.cleaned_data.get("with_passwords", False))
                return HttpResponseRedirect(reverse("organs:import", args=[batch.pk]))
        except Refused as refused:
            blame(form, refused)
    return page(request, "upload", str(_TITLES[kind]), _above(kind), form=form, kind=kind, columns=sheets.TABLES[kind], batches=queries.batches(current_actor(request), kind))


@require_safe
@administrators
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """The table to fill in."""
    if kind not in sheets.TABLES:
        raise Http404
    return _file(sheets.template(kind), f"gongkai-{kind}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
@administrators
def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """The preview; posting it confirms or drops it."""
    actor = current_actor(request)
    it = queries.batch(actor, batch_id)
    if request.method == "POST" and request.POST.get("do") == "drop":
        actions.drop_import(actor, it.id)
        messages.info(request, _("已放弃这次导入，没有登记任何内容。"))
        return HttpResponseRedirect(reverse("organs:upload", args=[it.kind]))
    said = ""
    if request.method == "POST":
        try:
            done = actions.confirm_import(actor, it.id, at=timezone.now())
            token = signing.dumps([[each.login, each.name, each.password] for each in done.passwords], salt=_SALT, compress=True) if done.passwords else ""
            return page(request, "imported", _("导入完成"), _above(it.kind), done=done, batch=it, token=token)
        except NotNow:
            return HttpResponseRedirect(reverse("organs:import", args=[it.id]))
        except Conflict as conflict:
            said = conflict.zh
    outcomes = actions.preview_import(actor, it.id, at=timezone.now()) if it.state == "open" else ()
    wrong = [outcome for outcome in outcomes if outcome.wrong]
    return page(request, "preview", str(_TITLES[it.kind]), _above(it.kind), 409 if said else 200, batch=it, wrong=wrong, right=[each for each in outcomes if not each.wrong], said=said)


@require_POST
@administrators
def passwords(request: HttpRequest) -> HttpResponse:
    """The first passwords just shown, as a table. The server keeps none: they come back from the page, signed, for a quarter of an hour."""
    try:
        rows = signing.loads(request.POST.get("token", ""), salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature:
        raise Http404 from None
    return _file(tables.xlsx(_("首次密码"), (_("登录名"), _("姓名"), _("首次密码（登录后须更换）")), rows), "first-passwords.xlsx")


def _file(data: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=tables.XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
