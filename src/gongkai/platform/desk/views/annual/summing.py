"""The government's own report: begun from the board, its scope declared and changed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.law.editions import edition_for
from gongkai.platform.annual.actions import reporting
from gongkai.platform.annual.errors import Invalid, NotAllowed, NotFound, Refused
from gongkai.platform.annual.queries import board as boards
from gongkai.platform.annual.queries import summing, working
from gongkai.platform.annual.queries.summing import Declared, Member
from gongkai.platform.annual.states import WRITING
from gongkai.platform.desk import annual_showing as showing
from gongkai.platform.desk import scope_showing
from gongkai.platform.desk.forms.annual.board import ScopeForm
from gongkai.platform.desk.holding import held, ticket
from gongkai.platform.desk.navigation import own_organ
from gongkai.platform.desk.views.door import desk, kept_when_signed_out, page, words
from gongkai.platform.organs.requests import current_actor
from gongkai.platform.pages import bounds

from .writing import crumbs

Members = tuple[Member, ...]


@kept_when_signed_out
@desk
def begin(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Begin the government's report of the year: whose reports are in, whose are missing."""
    organ, actor, today = own_organ(request, slug), current_actor(request), timezone.localdate()
    edition = edition_for(year)
    if edition is None or not edition.first_year <= year <= today.year:
        raise Http404
    own = boards.own(actor, organ.id, year)
    if own is not None:
        return HttpResponseRedirect(reverse("desk:annual_scope", args=[own.report]))
    members = summing.members(organ.id, year, Declared())
    form, status = ScopeForm(request.POST if request.method == "POST" else held(request), members=members), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = reporting.open_report(
                    actor, organ.id, year, edition=edition.key, at=timezone.now(), summed=True, left_out=form.left_out(), reason=form.cleaned_data["reason"]
                )  # fmt: skip
            except (NotFound, NotAllowed):
                raise
            except Refused as refused:
                status = _refused(form, refused)
            else:
                messages.success(request, _("已开始编制，三张表已按本机关的记录和所接收的报告汇编。"))
                return HttpResponseRedirect(reverse("desk:annual_scope", args=[made.pk]))
    board = reverse("desk:annual_board", args=[slug, year])
    context: dict[str, object] = {
        "organ": organ, "year": year, "form": form, "edition": edition, "writes": bool(actor.kinds(organ.id) & WRITING), "ticket": ticket(request.user.pk or 0),
        "board_address": board, **scope_showing.members(members, form, changing=True),
    }  # fmt: skip
    way = [(reverse("desk:home"), _("工作台")), (board, _("下级年度报告（%(year)s年）") % {"year": year}), ("", _("本级政府的报告"))]
    return page(request, "annual/sum_begin", context, way, status)


@kept_when_signed_out
@desk
def scope(request: HttpRequest, report_id: int) -> HttpResponse:
    """The scope of a report as it was declared, what was added up, what changed since; and changing it."""
    actor, today = current_actor(request), timezone.localdate()
    report = working.kept(actor, report_id)
    view = working.head_of(actor, report, today)
    members = summing.members(report.organ_id, report.year, summing.declared_of(report))
    given = request.POST if request.method == "POST" else held(request)
    form, status = ScopeForm(given, members=members, initial={"reason": summing.declared_of(report).reason}), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                reporting.scope(actor, report_id, left_out=form.left_out(), reason=form.cleaned_data["reason"], at=timezone.now(), seen=bounds.number(request.POST.get("seen")))
            except (NotFound, NotAllowed):
                raise
            except Refused as refused:
                status = _refused(form, refused)
            else:
                messages.success(request, _("汇总范围已确定，三张表已重新汇编。"))
                return HttpResponseRedirect(reverse("desk:annual_scope", args=[report_id]))
    return page(request, "annual/scope", _context(request, report, members, form, today) | showing.head(view, today) | {
        "may_change": view.may("scope"), "seen": view.steps_taken}, crumbs(view.organ, _("汇总范围"), view=view), status)  # fmt: skip


def _context(request: HttpRequest, report: Any, members: Members, form: ScopeForm, today: date) -> dict[str, Any]:
    return {
        "form": form, "ticket": ticket(request.user.pk or 0), "board_address": reverse("desk:annual_board", args=[report.organ.slug, report.year]),
        "told": scope_showing.told(report), **scope_showing.members(members, form, changing=False, report=report),
    }  # fmt: skip


def _refused(form: ScopeForm, refused: Refused) -> int:
    """What was refused, beside the field that it is about."""
    if isinstance(refused, Invalid):
        for name, why in refused.fields.items():
            form.add_error(name if name in form.fields else None, why)
        return 422
    form.add_error(None, words(refused))
    return 409
