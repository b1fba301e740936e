"""The superior's board of a year, and the upload of a report of an organ that does not write it here."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.platform.annual.actions import handing
from gongkai.platform.annual.errors import Invalid, NotAllowed, NotFound, Refused
from gongkai.platform.annual.queries import board as boards
from gongkai.platform.annual.queries.board import Board
from gongkai.platform.desk import received_showing as showing
from gongkai.platform.desk.forms.annual.board import FIRST_YEAR, UploadForm
from gongkai.platform.desk.navigation import own_organ
from gongkai.platform.desk.views.door import desk, page, words
from gongkai.platform.organs.queries import OrganView
from gongkai.platform.organs.requests import current_actor
from gongkai.platform.organs.roles import RoleKind


@require_safe
@desk
def latest(request: HttpRequest, slug: str) -> HttpResponse:
    """The year that is due now: last year."""
    own_organ(request, slug)
    return HttpResponseRedirect(reverse("desk:annual_board", args=[slug, timezone.localdate().year - 1]))


@desk
def board(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Every organ's report of the year; an upload is posted to the same page."""
    organ, today = own_organ(request, slug), timezone.localdate()
    if not FIRST_YEAR <= year <= today.year:
        raise Http404
    found = boards.board(current_actor(request), organ.id, year, today)
    listed = [(each.organ.id, each.name) for each in found.rows if each.organ is not None]
    if request.method != "POST":
        return _shown(request, organ, found, UploadForm(organs=listed, today=today, initial={"year": year}))
    form = UploadForm(request.POST, request.FILES, organs=listed, today=today)
    if not form.is_valid():
        return _shown(request, organ, found, form, 422)
    try:
        made = _uploaded(request, organ, form)
    except Invalid as refused:
        for name, why in refused.fields.items():
            form.add_error(name if name in form.fields else None, why)
        return _shown(request, organ, found, form, 422)
    except (NotFound, NotAllowed):
        raise
    except Refused as refused:
        form.add_error(None, words(refused))
        return _shown(request, organ, found, form, 409)
    messages.success(request, _("已读取“%(name)s”。请对照原件处理疑点，再决定接收还是退回。") % {"name": made.name})
    return HttpResponseRedirect(reverse("desk:annual_received", args=[made.pk]))


def _uploaded(request: HttpRequest, organ: OrganView, form: UploadForm) -> Any:
    told = form.cleaned_data
    return handing.upload(
        current_actor(request), organ.id, told["file"].name or "", told["file"].read(), year=told["year"], at=timezone.now(),
        organ_id=int(told["organ"]) if told["organ"] else None, organ_name=told["organ_name"],
    )  # fmt: skip


def _shown(request: HttpRequest, organ: OrganView, found: Board, form: UploadForm, status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    receiving = RoleKind.SUPERVISOR in current_actor(request).kinds(organ.id)
    context: dict[str, object] = {
        "organ": organ, "year": found.year, "rows": [showing.row(each, today) for each in found.rows], "sums": showing.sums(found), "form": form, "receiving": receiving,
        "again": status != 200 and bool(request.FILES), **_years(found.year, today),
    }  # fmt: skip
    return page(request, "annual/board", context, [(reverse("desk:home"), _("工作台")), ("", _("下级年度报告"))], status)


def _years(year: int, today: date) -> dict[str, object]:
    first = max(FIRST_YEAR, min(year - 2, today.year - 4))
    return {"years": [each for each in range(first, first + 5) if each <= today.year], "first_year": FIRST_YEAR, "last_year": today.year}
