"""The superior's board of a year, and the upload of a report of an organ that does not write it here."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.law.editions import edition_for
from gongkai.platform.annual.actions import handing
from gongkai.platform.annual.errors import Invalid, NotAllowed, NotFound, Refused
from gongkai.platform.annual.queries import board as boards
from gongkai.platform.annual.queries.board import Board
from gongkai.platform.annual.states import WRITING
from gongkai.platform.desk import board_showing as showing
from gongkai.platform.desk.addresses import NUMBER
from gongkai.platform.desk.forms.annual.board import FIRST_YEAR, UploadForm, empty_fields
from gongkai.platform.desk.holding import ticket
from gongkai.platform.desk.navigation import own_organ
from gongkai.platform.desk.showing import said
from gongkai.platform.desk.views.door import desk, page, words
from gongkai.platform.documents.keeping import Unkept
from gongkai.platform.organs.queries import OrganView
from gongkai.platform.organs.requests import current_actor
from gongkai.platform.organs.roles import RoleKind
from gongkai.platform.pages import bounds
from gongkai.platform.pages.paging import Page, span, within
from gongkai.platform.pages.templatetags.pages import query_of


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
    if request.method != "POST":
        return _shown(request, organ, found, None)
    listed = [(each.organ.id, each.name) for each in found.rows if each.organ is not None]
    form = UploadForm(request.POST, request.FILES, organs=listed, today=today)
    if not form.is_valid():
        return _shown(request, organ, found, form, 422)
    try:
        made = _uploaded(request, organ, form)
    except handing.Questioned as asked:
        form.keep(asked.name, asked.digest)
        form.asks_same = "same" in asked.fields
        return _shown(request, organ, found, _told(form, asked), 422)
    except Invalid as refused:
        return _shown(request, organ, found, _told(form, refused), 422)
    except Unkept as lost:
        form.add_error(None, said(lost.zh, lost.en))
        return _shown(request, organ, found, form, 503)
    except (NotFound, NotAllowed):
        raise
    except Refused as refused:
        form.add_error(None, words(refused))
        return _shown(request, organ, found, form, 409)
    messages.success(request, _("已读取“%(name)s”。请对照原件处理疑点，再决定接收还是退回。") % {"name": made.name})
    return HttpResponseRedirect(reverse("desk:annual_received", args=[made.pk]))


def _uploaded(request: HttpRequest, organ: OrganView, form: UploadForm) -> Any:
    told, kept = form.cleaned_data, form.kept_file()
    name, data = (told["file"].name or "", told["file"].read()) if told["file"] is not None else (kept[0], handing.held(kept[1])) if kept else ("", b"")
    return handing.upload(
        current_actor(request), organ.id, name, data, year=told["year"], at=timezone.now(),
        organ_id=int(told["organ"]) if told["organ"] else None, organ_name=told["organ_name"], same=told["same"],
    )  # fmt: skip


def _told(form: UploadForm, refused: Invalid) -> UploadForm:
    """What was wrong, beside the field that it is about."""
    for name, why in refused.fields.items():
        form.add_error(name if name in form.fields else None, why)
    return form


def _shown(request: HttpRequest, organ: OrganView, found: Board, form: UploadForm | None, status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    kinds = current_actor(request).kinds(organ.id)
    show, sort = request.GET.get("show", ""), request.GET.get("sort", "")
    show, sort = show if show in showing.SHOWS else "", sort if sort in showing.SORTS else ""
    wanted = [each for each in showing.ordered(found.rows, sort) if showing.is_shown(each, show)]
    number = within(bounds.page(request), len(wanted), showing.PAGE)
    turning = Page(tuple(wanted[span(number, showing.PAGE)]), len(wanted), number, showing.PAGE)
    receiving, mark = RoleKind.SUPERVISOR in kinds, ticket(request.user.pk or 0)
    doing = showing.Doing(get_token(request), mark, query_of(request, organ=NUMBER)) if receiving else None
    context: dict[str, object] = {
        "organ": organ, "year": found.year, "rows": showing.rows(turning.rows, today, doing), "sums": showing.sums(found, show), "form": form,
        "show": show, "show_label": showing.SHOWS[show][0], "sort": sort, "sorts": showing.SORTS.items(), "all": len(found.rows), "matching": len(wanted), "names": "、".join(each.name for each in wanted) if show in ("waiting", "late") else "", "page": turning,
        "receiving": receiving, "writes": bool(kinds & WRITING), "own": showing.own(found.own), "may_sum": edition_for(found.year) is not None,
        "again": status != 200 and bool(request.FILES), "kept_file": form.kept_name() if form else "", "empty_fields": None if form else _empty(request, found, today), **_years(found.year, today),
    }  # fmt: skip
    return page(request, "annual/board", context, [(reverse("desk:home"), _("工作台")), ("", _("下级年度报告"))], status)


def _empty(request: HttpRequest, found: Board, today: date) -> str:
    """The fields of the upload, the organ of the address chosen."""
    listed = tuple((each.organ.id, each.name) for each in found.rows if each.organ is not None)
    wanted = bounds.number(request.GET.get("organ"))
    return empty_fields(listed, today, found.year, str(wanted) if wanted in dict(listed) else "", get_language())


def _years(year: int, today: date) -> dict[str, object]:
    first = max(FIRST_YEAR, min(year - 2, today.year - 4))
    return {"years": [each for each in range(first, first + 5) if each <= today.year], "first_year": FIRST_YEAR, "last_year": today.year}
