"""The annual reports of an organ: which there are, when they are due, and beginning one."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.law.editions import BY_KEY
from gongkai.platform.annual.actions import reporting
from gongkai.platform.annual.errors import Invalid, NotNow
from gongkai.platform.annual.queries import working
from gongkai.platform.annual.queries.working import ReportList, ReportRow
from gongkai.platform.annual.states import STATES
from gongkai.platform.desk import annual_showing as showing
from gongkai.platform.desk.forms.annual.writing import BeginForm
from gongkai.platform.desk.navigation import own_organ
from gongkai.platform.desk.showing import said
from gongkai.platform.desk.views.door import desk, page, words
from gongkai.platform.organs.queries import OrganView
from gongkai.platform.organs.requests import current_actor


@desk
def reports(request: HttpRequest, slug: str) -> HttpResponse:
    """The list; begun from the same page."""
    organ, actor, today = own_organ(request, slug), current_actor(request), timezone.localdate()
    found = working.reports_of(actor, organ, today)
    years = [(year, _("%(year)s年") % {"year": year}) for year, _edition in found.open_years]
    begin = BeginForm(request.POST if request.method == "POST" else None, years=years, initial=_initial(found, today))
    status = 200
    if request.method == "POST":
        status = 422
        if begin.is_valid():
            try:
                made = reporting.open_report(actor, organ.id, begin.cleaned_data["year"], edition=begin.cleaned_data["edition"], at=timezone.now())
            except Invalid as refused:
                for name, why in refused.fields.items():
                    begin.add_error(name if name in begin.fields else None, why)
            except NotNow as refused:
                begin.add_error(None, words(refused))
                status = 409
            else:
                messages.success(request, _("已开始编制，三张表已按现有记录汇编。"))
                return HttpResponseRedirect(reverse("desk:annual", args=[made.pk]))
    context: dict[str, object] = {
        "organ": organ, "rows": [_row(row, today) for row in found.rows], "form": begin, "may_begin": found.may_begin and bool(years),
        "late": _late(found, organ, today),
    }  # fmt: skip
    return page(request, "annual/list", context, [(reverse("desk:home"), _("工作台")), ("", _("年度报告"))], status)


def _initial(found: ReportList, today: date) -> dict[str, object]:
    """Last year's report in the edition that is for it, where it is not begun."""
    year = next((year for year, _ in found.open_years if year < today.year), today.year)
    return {"year": year, "edition": next((edition.key for at, edition in found.open_years if at == year), None)}


def _row(row: ReportRow, today: date) -> dict[str, object]:
    return {
        "it": row, "address": reverse("desk:annual", args=[row.id]), "state": said(*STATES[row.state]), "tone": showing.STATE_TONES[row.state.value],
        "due": showing.due(row.due, row.published_on, today), "edition": BY_KEY[row.edition].number,
    }  # fmt: skip


def _late(found: ReportList, organ: OrganView, today: date) -> dict[str, object] | None:
    """Last year's report, while nobody has begun it."""
    year = today.year - 1
    if any(row.year == year for row in found.rows) or today.month > 6:
        return None
    return {"year": year, "due": showing.due(working.due_of(organ, year, today), None, today)}
