"""The report as it prints: on the page, as a file, its charts."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.formats import charts
from gongkai.formats.writing import Unwritable, layout, write
from gongkai.formats.writing.tables import Role, Table
from gongkai.platform.annual.queries import alongside, working
from gongkai.platform.desk import annual_showing as showing
from gongkai.platform.desk import drawing
from gongkai.platform.desk.views.door import desk, page
from gongkai.platform.organs.requests import current_actor

from .writing import crumbs

MEDIA = {
    "json": "application/json", "html": "text/html; charset=utf-8", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "md": "text/markdown; charset=utf-8",
}  # fmt: skip
_DRAWN = frozenset({"html", "docx", "pdf"})


@require_safe
@desk
def preview(request: HttpRequest, report_id: int) -> HttpResponse:
    """The report in the look of an official document, with its charts."""
    actor, today = current_actor(request), timezone.localdate()
    report = working.kept(actor, report_id)
    view = working.head_of(actor, report, today)
    shown = working.printed_of(report)
    context = showing.head(view, today) | {
        "parts": [_part(part) for part in layout.parts(shown)], "charts": charts.charts(shown, _before(report)), "forms": [*MEDIA],
    }  # fmt: skip
    return page(request, "annual/preview", context, crumbs(view.organ, _("预览"), view=view))


def _before(report: Any) -> list[Any]:
    previous = alongside.previous(report)
    return [previous] if previous is not None else []


def _part(part: Any) -> dict[str, object]:
    """A part of the report by its kind; a table with its cells."""
    kind = type(part).__name__.lower()
    if not isinstance(part, Table):
        return {"kind": kind, "text": getattr(part, "text", "")}
    rows = [[(box.text, box.across, box.down, y < part.head or box.role is not Role.VALUE) for box in row] for y, row in enumerate(part.rows)]
    return {"kind": kind, "name": part.name, "rows": drawing.printed(rows), "part": part.part}


@require_safe
@desk
def file(request: HttpRequest, report_id: int, form: str) -> HttpResponse:
    """The report as a file, in any format that can be written; read back, it is the same report."""
    if form not in MEDIA:
        raise Http404
    report = working.kept(current_actor(request), report_id)
    shown = working.printed_of(report)
    try:
        data = write(shown, form, charts=form in _DRAWN, previous=_before(report) if form in _DRAWN else ())
    except Unwritable:
        raise Http404 from None
    answer = HttpResponse(data, content_type=MEDIA[form])
    answer.headers["Content-Disposition"] = content_disposition_header(True, f"{shown.title or report.title}.{form}") or "attachment"
    return answer


@require_safe
@desk
def chart(request: HttpRequest, report_id: int, key: str) -> HttpResponse:
    """One chart of the report as a picture."""
    report = working.kept(current_actor(request), report_id)
    found = next((each for each in charts.charts(working.printed_of(report), _before(report)) if each.key == key), None)
    if found is None:
        raise Http404
    answer = HttpResponse(found.svg, content_type="image/svg+xml")
    answer.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return answer
