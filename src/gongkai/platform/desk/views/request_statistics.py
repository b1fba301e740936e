"""依申请公开统计: the annual report's tables of a year as they stand today, every figure opening what it counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.formats.writing import write
from gongkai.law.editions import (
    APPLICANT_LABELS,
    REMEDY_LABELS,
    RESULT_LABELS,
    Applicant,
    Edition,
    Remedy,
    RequestRow,
    Result,
    RowRole,
)
from gongkai.law.outcomes import BY_KEY as OUTCOMES
from gongkai.law.outcomes import Group
from gongkai.law.remedies import JUDGMENTS
from gongkai.law.replies import BY_KEY as REPLIES
from gongkai.platform.cases.choices import CHANNELS, STATES, State
from gongkai.platform.cases.queries import statistics
from gongkai.platform.cases.queries.statistics import BehindRow, YearCount
from gongkai.platform.cases.states import READING
from gongkai.platform.desk.navigation import own_organ
from gongkai.platform.organs.queries import OrganView
from gongkai.platform.organs.requests import current_actor
from gongkai.platform.pages import bounds
from gongkai.platform.pages.paging import Page
from gongkai.report.identities import REMEDIES, REQUESTS, At

from .door import desk, page

FIRST = 2008  # 条例施行之年
_JUDGMENTS = {judgment.key: judgment.label for judgment in JUDGMENTS}
Cell = dict[str, object]


@require_safe
@desk
def year(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """表三、表四，答复时效，渠道，答复情形，收费."""
    organ, today = own_organ(request, slug), timezone.localdate()
    chosen = _year(number or today.year, today)
    counted = statistics.tally(current_actor(request), organ.id, chosen, today=today)
    linked = bool(current_actor(request).kinds(organ.id) & READING)
    context: dict[str, object] = {
        "organ": organ, "year": chosen, "running": chosen == today.year, "today": today, "edition": counted.tables.edition,
        "years": [{"year": each, "address": reverse("desk:request_year", args=[slug, each]), "current": each == chosen} for each in counted.years],
        "kinds": [_label(kind) for kind in Applicant], "rows": list(_rows(counted, slug, linked)), "results": [RESULT_LABELS[result] for result in Result],
        "remedies": [_remedies(counted, block, slug, linked) for block in Remedy], "summary": _summary(counted), "channels": _channels(counted),
        "replies": [{"label": REPLIES[key].label, "basis": REPLIES[key].basis, "count": count} for key, count in counted.replies],
        "fees": counted.fees, "time": counted.timeliness, "linked": linked,
    }  # fmt: skip
    return page(request, "request_statistics/year", context, _crumbs(organ))


@require_safe
@desk
def behind(request: HttpRequest, slug: str, number: int, part: str, row: str, column: str) -> HttpResponse:
    """What one figure counts."""
    organ, today = own_organ(request, slug), timezone.localdate()
    chosen, at = _year(number, today), At(part, row, column)
    found = statistics.behind(current_actor(request), organ.id, chosen, at, page=bounds.page(request))
    edition = statistics.edition_of(chosen)
    context: dict[str, object] = {
        "organ": organ, "year": chosen, "figure": found.total, "row": _row_label(edition, at), "column": _column_label(at), "of_requests": part == REQUESTS,
        "rows": [_shown(each, part) for each in found.rows],
        "page": Page((), found.total, found.number, statistics.SHOWN),
    }  # fmt: skip
    crumbs = [*_crumbs(organ)[:-1], (reverse("desk:request_year", args=[slug, chosen]), _("%(year)s年统计") % {"year": chosen}), ("", _row_label(edition, at))]
    return page(request, "request_statistics/behind", context, crumbs)


@require_safe
@desk
def tables(request: HttpRequest, slug: str, number: int, form: str) -> HttpResponse:
    """The two tables as a file, in the form of the notice: XLSX for people, JSON for machines."""
    organ, today = own_organ(request, slug), timezone.localdate()
    if form not in _MEDIA:
        raise Http404
    chosen = _year(number, today)
    report = statistics.tally(current_actor(request), organ.id, chosen, today=today).tables.report(organ.name)
    answer = HttpResponse(write(report, form), content_type=_MEDIA[form])
    answer.headers["Content-Disposition"] = f'attachment; filename="requests-{organ.slug}-{chosen}.{form}"'
    return answer


_MEDIA = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "json": "application/json"}


def _year(number: int, today: date) -> int:
    if not FIRST <= number <= today.year:
        raise Http404
    return number



def _crumbs(organ: OrganView) -> list[tuple[str, object]]:
    return [(reverse("desk:home"), _("工作台")), (reverse("desk:requests", args=[organ.slug]), _("依申请公开")), ("", _("统计"))]


def _label(kind: Applicant) -> str:
    return APPLICANT_LABELS[kind]


def _rows(counted: YearCount, slug: str, linked: bool) -> Iterator[dict[str, object]]:
    """The rows of the form; `group` and `leaves` on the first row of a group, `outcomes` on the first of all outcomes."""
    edition = counted.tables.edition
    sizes = {group: [row.key for row in edition.outcome_rows if row.outcome and row.outcome.group is group] for group in Group}
    for row in edition.requests:
        told: dict[str, object] = {"label": row.label, "role": row.role.value, "cells": _cells(counted, row, slug, linked)}
        if row.outcome is not None:
            keys = sizes[row.outcome.group]
            told |= {"single": len(keys) == 1, "first": row is edition.outcome_rows[0], "height": len(edition.outcome_rows) + 1}
            if len(keys) > 1 and row.key == keys[0]:
                told |= {"group": row.outcome.group.numbered, "leaves": len(keys)}
        yield told


def _cells(counted: YearCount, row: RequestRow, slug: str, linked: bool) -> list[Cell]:
    values = counted.tables.applications[row.key]
    return [_cell(value, At(REQUESTS, row.key, kind.value), slug, counted, linked) for kind, value in zip(Applicant, values, strict=True)]


def _remedies(counted: YearCount, block: Remedy, slug: str, linked: bool) -> dict[str, object]:
    values = counted.tables.remedies[block]
    return {
        "label": REMEDY_LABELS[block],
        "cells": [_cell(values[result], At(REMEDIES, block.value, result.value), slug, counted, linked) for result in Result],
    }


def _cell(value: object, at: At, slug: str, counted: YearCount, linked: bool) -> Cell:
    address = reverse("desk:request_figure", args=[slug, counted.tables.year, *at[:3]]) if value and linked else ""
    return {"value": value, "address": address, "says": f"{_row_label(counted.tables.edition, at)}，{_column_label(at)}", "total": at.column == "total"}


def _row_label(edition: Edition, at: At) -> str:
    if at.part == REMEDIES:
        return REMEDY_LABELS[Remedy(at.row)]
    row = next(row for row in edition.requests if row.key == at.row)
    return OUTCOMES[at.row].label if row.role is RowRole.OUTCOME else row.label


def _column_label(at: At) -> str:
    return RESULT_LABELS[Result(str(at.column))] if at.part == REMEDIES else APPLICANT_LABELS[Applicant(str(at.column))]


def _summary(counted: YearCount) -> dict[str, object]:
    def total(row: RowRole) -> object:
        return counted.tables.applications[row.value][-1]

    time = counted.timeliness
    share = f"{time.on_time / time.replied:.1%}" if time.replied else ""
    mean = f"{time.mean_days:.1f}" if time.mean_days is not None else ""
    return {
        "new": total(RowRole.NEW), "over": total(RowRole.CARRIED_OVER), "done": total(RowRole.TOTAL), "forward": total(RowRole.CARRIED_FORWARD),
        "share": share, "mean": mean,
    }  # fmt: skip


def _channels(counted: YearCount) -> list[dict[str, object]]:
    most = max((each.count for each in counted.channels), default=0)
    return [{"label": CHANNELS[each.key][0], "count": each.count, "oral": each.oral, "most": most} for each in counted.channels]


def _shown(each: BehindRow, part: str) -> dict[str, object]:
    ended = REPLIES[each.reply].label if part == REQUESTS and each.reply in REPLIES else _JUDGMENTS.get(each.reply, "")
    state = STATES[State(each.state)][0] if part == REQUESTS else ""
    return {
        "number": each.number, "title": each.title, "who": each.who, "began_on": each.began_on, "ended_on": each.ended_on, "state": state, "ended": ended,
        "address": reverse("desk:request", args=[each.id]) if part == REQUESTS else reverse("desk:remedy", args=[each.id]),
    }  # fmt: skip
