"""Figures from XLSX: the template, uploading, saying what each column is, looking it over, then all of it or nothing."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from gongkai.platform.annual import imports, sheets
from gongkai.platform.annual.actions import importing
from gongkai.platform.annual.actions.entering import shown
from gongkai.platform.annual.actions.plans import SKIPPED, Plan, Planned
from gongkai.platform.annual.errors import Invalid, NotNow
from gongkai.platform.annual.imports import Preview
from gongkai.platform.annual.indicators import BY_KEY
from gongkai.platform.annual.queries import sheet as ledger
from gongkai.platform.desk.navigation import own_organ
from gongkai.platform.desk.views.door import desk, page, words
from gongkai.platform.organs.queries import OrganView
from gongkai.platform.organs.requests import current_actor

from . import year as showing

MOST_SHOWN = 300


class UploadForm(forms.Form):
    """An XLSX; what is in it is read, and said, by annual.sheets."""

    file = forms.FileField(label=lazy("数据表（XLSX）"), widget=forms.FileInput({"accept": ".xlsx"}), help_text=lazy("一行一个月，一列一个指标；至多 10 MB。"))


@desk
def uploading(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Choose a file; it is read, and what was found is shown on its own page."""
    organ, actor = own_organ(request, slug), current_actor(request)
    showing.in_range(year, timezone.localdate())
    importing.may_import(actor, organ.id)
    if request.method != "POST":
        return _chosen(request, organ, year, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _chosen(request, organ, year, form, 422)
    given = form.cleaned_data["file"]
    try:
        batch = importing.preview(actor, organ.id, year, given.name or "", given.read(), at=timezone.now())
    except Invalid as refused:
        for name, why in refused.fields.items():
            form.add_error(name if name in form.fields else None, why)
        return _chosen(request, organ, year, form, 422)
    except NotNow as refused:
        form.add_error("file", words(refused))
        return _chosen(request, organ, year, form, 409)
    return HttpResponseRedirect(reverse("desk:figures_upload", args=[organ.slug, year, batch.pk]))


@desk
def upload(request: HttpRequest, slug: str, year: int, batch_id: int) -> HttpResponse:
    """What would be entered, or why not; columns are said, figures entered or dropped from here."""
    organ, actor, now = own_organ(request, slug), current_actor(request), timezone.now()
    found = imports.preview(actor, batch_id, at=now)
    if found.organ != organ.id or found.year not in (None, year):
        raise Http404
    if request.method != "POST":
        return _looked_at(request, organ, year, found)
    again = HttpResponseRedirect(reverse("desk:figures_upload", args=[organ.slug, year, batch_id]))
    try:
        match request.POST.get("do"):
            case "drop":
                importing.drop(actor, batch_id, at=now)
                messages.success(request, _("已弃用，什么也没有登记。"))
                return HttpResponseRedirect(reverse("desk:figures_import", args=[organ.slug, year]))
            case "map":
                names = list(found.mapping)
                importing.assign(actor, batch_id, {names[n]: chosen for n in range(len(names)) if (chosen := request.POST.get(f"column-{n}")) is not None}, at=now)
                return again
            case _:
                entered = importing.confirm(actor, batch_id, reason=request.POST.get("reason", ""), at=now)
    except Invalid as refused:
        return _looked_at(request, organ, year, imports.preview(actor, batch_id, at=now), refused.fields, 422)
    messages.success(request, _("已登记 %(n)s 个数。") % {"n": entered})
    return HttpResponseRedirect(reverse("desk:figures", args=[organ.slug, year]))


@require_safe
@desk
def template(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The empty table of a year."""
    organ = own_organ(request, slug)
    showing.in_range(year, timezone.localdate())
    importing.may_import(current_actor(request), organ.id)
    return showing.table(sheets.written(ledger.places(ledger.edition_of(year)), year, {}), f"figures-{organ.slug}-{year}-template.xlsx")


def _chosen(request: HttpRequest, organ: OrganView, year: int, form: UploadForm, status: int = 200) -> HttpResponse:
    context: dict[str, object] = {"organ": organ, "year": year, "form": form, "uploads": imports.uploads(current_actor(request), organ.id)}
    return page(request, "figures/import", context, showing.crumbs(organ, year, _("导入数据")), status)


def _looked_at(request: HttpRequest, organ: OrganView, year: int, found: Preview, wrong: dict[str, str] | None = None, status: int = 200) -> HttpResponse:
    wrong, plan = wrong or {}, found.plan or Plan()
    options = [("", _("请选择")), (SKIPPED, _("不导入这一列")), *showing.place_options()]
    context: dict[str, object] = {
        "organ": organ, "year": year, "upload": found, "plan": plan, "wrong": [why for key, why in wrong.items() if key != "reason"], "reason_wrong": wrong.get("reason", ""),
        "reason": request.POST.get("reason", ""), "options": options, "unexplained": plan.unexplained and plan.ready,
        "columns": [{"n": n, "name": name, "place": place, "open": not place} for n, (name, place) in enumerate(found.mapping.items())],
        "cells": [_cell(each) for each in [*plan.changed, *plan.new][:MOST_SHOWN]], "unshown": max(len(plan.changed) + len(plan.new) - MOST_SHOWN, 0),
    }  # fmt: skip
    return page(request, "figures/upload", context, showing.crumbs(organ, year, _("导入数据")), status)


def _cell(each: Planned) -> dict[str, object]:
    value = shown(each.told.value) if each.told.value is not None else ""
    return {
        "row": each.row, "label": showing.name(BY_KEY[each.told.indicator], each.told.channel), "month": each.told.month, "unit": BY_KEY[each.told.indicator].unit,
        "value": value + ("余" if each.told.about else ""), "what": each.what, "evidence": each.told.evidence, "reason": each.told.reason,
        "before": "" if each.before is None else shown(each.before) + ("余" if each.before_about else ""),
    }  # fmt: skip
