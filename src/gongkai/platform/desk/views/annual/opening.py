"""What is behind a figure of the report, and what the records say otherwise by now."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.law.remedies import JUDGMENTS
from gongkai.law.replies import BY_KEY as REPLIES
from gongkai.platform.annual.queries import opening, working
from gongkai.platform.annual.queries.opening import SHOWN, Added, Opened, OpenedReceived
from gongkai.platform.annual.queries.working import Changed
from gongkai.platform.cases.choices import STATES, State
from gongkai.platform.cases.queries.statistics import BehindRow
from gongkai.platform.cases.states import READING
from gongkai.platform.desk import annual_showing as showing
from gongkai.platform.desk import drawing
from gongkai.platform.desk.addresses import NUMBER, address, addresses
from gongkai.platform.desk.views.door import desk, page
from gongkai.platform.organs.requests import current_actor
from gongkai.platform.pages import bounds
from gongkai.platform.pages.paging import Page
from gongkai.report.identities import REQUESTS

from .writing import crumbs

_JUDGMENTS = {judgment.key: judgment.label for judgment in JUDGMENTS}


@require_safe
@desk
def cell(request: HttpRequest, report_id: int, key: str) -> HttpResponse:
    """The entries, documents, requests or remedies that a figure counts; of the government's figure, the organs."""
    actor, today = current_actor(request), timezone.localdate()
    found = opening.cell(actor, report_id, key, today, bounds.page(request), request.GET.get("of") == "own")
    organ = found.head.organ
    reads = bool(actor.kinds(organ.id) & READING)
    context = showing.head(found.head, today) | _behind(found, reads) | {
        "figures_address": address("desk:figures", organ.slug, found.head.year) if found.rests.source in ("figures", "nothing") else "",
        "requests_address": reverse("desk:requests", args=[organ.slug]) if reads and found.rests.source == "requests" else "",
        "organs": _organs(found.rests.organs, report_id, key), "may_compile": found.head.may("compile"), "own": found.own, "items_open": True,
    }  # fmt: skip
    return page(request, "annual/cell", context, crumbs(organ, found.label, view=found.head))


@require_safe
@desk
def received_cell(request: HttpRequest, received_id: int, key: str) -> HttpResponse:
    """The same of a report that was handed in here: what its organ's records say."""
    actor = current_actor(request)
    found = opening.received_cell(actor, received_id, key, bounds.page(request))
    own = actor.kinds(found.organ)
    organs = drawing.organs({"name": each.name, "value": each.value} for each in found.rests.organs)
    context = _behind(found, bool(own & READING)) | {"organs": organs, "items_open": bool(own)}
    report = (reverse("desk:annual_received", args=[received_id]), _("%(name)s（%(year)s年）") % {"name": found.name, "year": found.year})
    return page(request, "annual/received_cell", context, [(reverse("desk:home"), _("工作台")), report, ("", found.label)])


def _behind(found: Opened | OpenedReceived, reads: bool) -> dict[str, object]:
    """What stands behind a figure, for the part that shows it."""
    return {
        "cell": found, "rests": found.rests, "rows": [_row(each, found, reads) for each in found.rests.rows], "blank": found.value is None, "reads": reads,
        "of_requests": found.at.part == REQUESTS, "page": Page((), found.rests.total, found.rests.number, SHOWN), "blanks": found.rests.blanks,
    }  # fmt: skip


def _organs(found: Sequence[Added], report_id: int, key: str) -> SafeString:
    """What each organ gave to the figure: its report at the cell, and its records where it writes on the platform."""
    report, records = addresses("desk:annual_received", NUMBER), addresses("desk:annual_received_cell", NUMBER, key)

    def organ(each: Added) -> dict[str, object]:
        if not each.received:
            return {"name": each.name, "value": each.value, "own": True, "records": address("desk:annual_cell", report_id, key) + "?of=own"}
        return {"name": each.name, "value": each.value, "address": f"{report(each.received)}#cell-{key}", "records": records(each.received) if each.opens else ""}

    return drawing.organs(map(organ, found))


def _row(each: BehindRow, found: Opened | OpenedReceived, reads: bool) -> dict[str, object]:
    of_requests = found.at.part == REQUESTS
    ended = REPLIES[each.reply].label if of_requests and each.reply in REPLIES else _JUDGMENTS.get(each.reply, "")
    return {
        "it": each, "ended": ended or (STATES[State(each.state)][0] if of_requests else ""),
        "address": address("desk:request" if of_requests else "desk:remedy", each.id) if reads else "",
    }  # fmt: skip


@require_safe
@desk
def changed(request: HttpRequest, report_id: int) -> HttpResponse:
    """What changed in the records since the tables were compiled."""
    actor, today = current_actor(request), timezone.localdate()
    view, found = working.changed(actor, report_id, today)
    context = showing.head(view, today) | {"rows": [change(each, view.id) for each in found], "may_compile": view.may("compile")}
    return page(request, "annual/changed", context, crumbs(view.organ, _("汇编以后的变化"), view=view))


def change(each: Changed, report_id: int) -> dict[str, object]:
    """A cell that is no longer what was compiled."""
    return {"it": each, "label": each.change.label.strip("“”").replace("”的“", "，"), "address": reverse("desk:annual_cell", args=[report_id, each.key]),
            "a": each.change.a.value, "b": each.change.b.value, "came": len(each.came), "went": len(each.went)}  # fmt: skip
