"""A received report beside its source: doubts and findings settled by hand, then accepted or sent back."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from gongkai.platform.annual import receiving
from gongkai.platform.annual.actions import handing
from gongkai.platform.annual.errors import Invalid, NotAllowed, NotFound, Refused
from gongkai.platform.annual.fingerprints import fingerprint
from gongkai.platform.annual.queries import board as boards
from gongkai.platform.annual.queries.board import ReceivedView
from gongkai.platform.desk import received_showing as showing
from gongkai.platform.desk.holding import held, ticket
from gongkai.platform.desk.navigation import mine
from gongkai.platform.desk.showing import said
from gongkai.platform.desk.views.door import desk, kept_when_signed_out, page, words
from gongkai.platform.documents import paging
from gongkai.platform.documents.keeping import Unkept
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.requests import current_actor
from gongkai.platform.pages import errors

_SAFELY = {
    "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'", "Cross-Origin-Resource-Policy": "same-origin", "Cache-Control": "private, no-store",
}  # fmt: skip
STANDARD = lazy("请对照下列发现核对、更正以后重新报送。")
AT_ONCE = 400_000  # 字节：不超过它的网页、文本直接显示，其余点开再读


@kept_when_signed_out
@desk
def received(request: HttpRequest, received_id: int) -> HttpResponse:
    """The page; what is done is posted to it."""
    actor = current_actor(request)
    view = boards.received(actor, received_id)
    if request.method != "POST":
        return _shown(request, view, held(request) or QueryDict())
    wrong: dict[str, str] = {}
    try:
        told = _done(actor, view, request.POST, timezone.now())
    except (NotFound, NotAllowed):
        raise
    except Invalid as refused:
        wrong, status = dict(refused.fields), 422
    except Refused as refused:
        wrong, status = {"": words(refused)}, 409
    else:
        messages.success(request, told)
        if request.POST.get("back") == "board" and (organ := next((each for each in mine(request) if each.id == view.superior), None)):
            return HttpResponseRedirect(reverse("desk:annual_board", args=[organ.slug, view.year]))
        return HttpResponseRedirect(_here(request) + ("#findings" if request.POST.get("do") in ("settle", "correct") else ""))
    return _shown(request, boards.received(actor, received_id) if status == 409 else view, request.POST, wrong, status)


def _done(actor: Actor, view: ReceivedView, told: QueryDict, at: datetime) -> str:
    """Do what was pressed; what to say about it."""
    do, finding = told.get("do", ""), told.get("finding", "")
    if do in ("settle", "correct"):
        again = do == "correct"
        cells = _zeros(view, told, finding) | _cells(view, told)
        if again:
            kept = next((each.cells for each in view.by_hand if each.finding == finding), {})
            cells = {key: showing.cell(key, view.standing.report)["value"] or None for key in kept} | cells
        handing.settle(actor, view.id, finding, note=told.get("note", ""), cells=cells, at=at, again=again)
        return _("已更正，原来的处理留在记录里。") if again else _("已记下怎样处理。")
    if do == "accept":
        handing.accept(actor, view.id, at=at)
        return _("已接收“%(name)s”%(year)s年的报告。") % {"name": view.name, "year": view.year}
    if do == "send_back":
        handing.send_back(actor, view.id, reason=told.get("reason", ""), findings=told.getlist("findings"), at=at)
        return _("已退回“%(name)s”%(year)s年的报告。") % {"name": view.name, "year": view.year}
    raise NotFound


def _zeros(view: ReceivedView, told: QueryDict, finding: str) -> dict[str, str | None]:
    """Blank cells that were verified to be nothing, all at once."""
    it = next((each for each in (*view.standing.open, *view.standing.audit.findings) if fingerprint(each) == finding), None)
    return dict.fromkeys(showing.blanks(it, view.standing.report), "0") if told.get("zero") == "1" and it is not None else {}


def _cells(view: ReceivedView, told: QueryDict) -> dict[str, str | None]:
    """The cells that were typed otherwise than they read now."""
    found: dict[str, str | None] = {}
    for name, text in told.items():
        key = name.removeprefix("cell-")
        if not name.startswith("cell-") or not isinstance(text, str):
            continue
        if not receiving.is_cell(key):
            raise Invalid({"note": _("没有这一格：%(key)s。") % {"key": key[:80]}})
        if text.strip() != showing.cell(key, view.standing.report)["value"]:
            found[key] = text.strip() or None
    return found


def _shown(request: HttpRequest, view: ReceivedView, typed: QueryDict, wrong: dict[str, str] | None = None, status: int = 200) -> HttpResponse:
    wrong = wrong or {}
    organ = next((each for each in mine(request) if each.id == view.superior), None)
    found = showing.findings(view)
    do, at = typed.get("do", ""), typed.get("finding", "")
    held_open = view.state == "received" and view.may_settle
    for each in found["open"] + found["told"]:
        _typed_in(each, typed, wrong, do == "settle" and each["key"] == at)
        each["chosen"] = each["key"] in typed.getlist("findings") if do == "send_back" else each in found["open"]
    settled = showing.by_hand(view)
    for each in settled:
        each["note"] = each["it"].note
        _typed_in(each, typed, wrong, do == "correct" and each["key"] == at)
    words_of, tone = showing.RECEIVED[view.state]
    context: dict[str, Any] = {
        "it": view, "organ": organ, "state": words_of, "tone": tone, "found": found, "settled": settled, "sections": showing.reading(view), "settling": held_open,
        "wrong": wrong, "general": [why for key, why in wrong.items() if key not in ("note", "reason") and not key.startswith(("active.", "applications.", "remedies."))],
        "reason": typed.get("reason", "") if do == "send_back" else str(STANDARD) if found["open"] else "", "sending_back": do == "send_back", "ticket": ticket(request.user.pk or 0),
        "lost_note": typed.get("note", "") if do in ("settle", "correct") and not any(each["opened"] for each in [*found["open"], *found["told"], *settled]) else "",
        "here": _here(request), "board_address": reverse("desk:annual_board", args=[organ.slug, view.year]) if organ else "", **_source(request, view),
    }  # fmt: skip
    crumbs = [(reverse("desk:home"), _("工作台")), (context["board_address"], _("下级年度报告（%(year)s年）") % {"year": view.year}), ("", view.name)]
    return page(request, "annual/received", context, crumbs, status)


def _here(request: HttpRequest) -> str:
    """This page, with the source's text still open where it was."""
    return request.path + ("?source=text" if request.GET.get("source") == "text" else "")


def _typed_in(each: dict[str, Any], typed: QueryDict, wrong: dict[str, str], here: bool) -> None:
    """What was typed for this finding, back into its form, with what was wrong about it."""
    each["opened"] = here
    if not here:
        return
    each["note"], each["wrong"], each["zero"] = typed.get("note", ""), wrong.get("note", ""), typed.get("zero") == "1"
    for cell in each["cells"]:
        cell["typed"] = typed.get(cell["name"], cell["value"])
        cell["retyped"] = True
        cell["wrong"] = wrong.get(cell["key"], "")


def _source(request: HttpRequest, view: ReceivedView) -> dict[str, Any]:
    """The source beside what was read: a PDF by its pages; web pages and texts as text; others when they are asked for."""
    if not view.file_digest:
        return {"source": None}
    asked, paged = request.GET.get("source") == "text", view.media_type == "application/pdf"
    if not asked and not paged and view.media_type != "text/plain":
        return {"source": None, "may_open": True}
    try:
        name, data = boards.source(current_actor(request), view.id)
    except Unkept as lost:
        return {"source": {"why": said(lost.zh, lost.en)}}
    if paged and not asked and (sizes := paging.sizes(data)):
        return {"source": None, "pages": [(number, *size) for number, size in enumerate(sizes, start=1)]}
    if not asked and (paged or len(data) > AT_ONCE):
        return {"source": None, "may_open": True}
    return {"source": showing.source(name, data)}


@require_safe
@desk
def source_page(request: HttpRequest, received_id: int, number: int) -> HttpResponse:
    """A page of a PDF as a picture: what the person sees, beside what was read."""
    try:
        _name, data = boards.source(current_actor(request), received_id)
        made = paging.picture(data, number)
    except (Unkept, paging.NoPage):
        raise Http404 from None
    answer = HttpResponse(made, content_type="image/png")
    for header, value in _SAFELY.items():
        answer.headers[header] = value
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer


@require_safe
@desk
def source(request: HttpRequest, received_id: int) -> HttpResponse:
    """The file as it was uploaded: saved, never opened by the browser."""
    try:
        name, data = boards.source(current_actor(request), received_id)
    except Unkept as lost:
        return errors.page(request, 503, what=said(lost.zh, lost.en))
    answer = HttpResponse(data, content_type="application/octet-stream")
    for header, value in _SAFELY.items():
        answer.headers[header] = value
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return answer
