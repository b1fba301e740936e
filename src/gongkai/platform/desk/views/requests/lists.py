"""依申请公开: the list of an organ's requests, filtered, sought, exported; what is overdue stands above every list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongkai.platform.cases.actions import exporting
from gongkai.platform.cases.choices import STATES, State
from gongkai.platform.cases.queries import listing
from gongkai.platform.cases.queries.desk_values import RequestRow, Summary
from gongkai.platform.cases.states import HANDLING, HEADING, SIGNING
from gongkai.platform.desk.forms.requests.listing import FilterForm, opened, sealed, wanted
from gongkai.platform.desk.navigation import own_organ
from gongkai.platform.desk.request_showing import STATE_TONES, TONES, light_words
from gongkai.platform.desk.showing import said
from gongkai.platform.desk.views.door import desk, page
from gongkai.platform.documents import tables
from gongkai.platform.organs.queries import OrganView
from gongkai.platform.organs.requests import current_actor
from gongkai.platform.pages import bounds
from gongkai.platform.pages.paging import Page

MOST = 10_000  # 一次最多导出这么多
HEADINGS = (
    "登记编号", "申请人（已遮盖）", "申请人类别", "所需信息", "渠道", "状态", "提交日期", "收到日期", "期限", "期限情况", "承办人", "答复情形", "年报结果项",
    "办结日期", "逾期工作日",
)  # fmt: skip
_WIDTHS = (13, 18, 14, 40, 14, 12, 12, 12, 12, 18, 10, 24, 30, 12, 10)


@require_safe
@desk
def requests(request: HttpRequest, slug: str) -> HttpResponse:
    """依申请公开."""
    organ, actor, today = own_organ(request, slug), current_actor(request), timezone.localdate()
    told = listing.summary(actor, organ.id, today)
    form = FilterForm(request.GET, summary=told)
    chosen, sought = form.read(), opened(request.GET.get("find", ""))
    found = listing.requests(actor, organ.id, wanted(chosen, sought), bounds.page(request), sort=chosen.get("sort", "-submitted"), today=today, warned=told.warned)
    answering = actor.kinds(organ.id) & (HANDLING | SIGNING)
    late: Page[RequestRow] = Page((), 0)
    if answering and told.overdue and chosen.get("light") != "overdue":
        late = listing.overdue(actor, today, organ.id)
    shown = [form[name] for name in ("light", "channel", "kind", "officer", "year", "outcome", "marked", "sort")]
    context: dict[str, object] = {
        "organ": organ, "filters": form, "more": shown, "chosen": {name: value for name, value in chosen.items() if name != "sort"}, "sought": sought,
        "find": request.GET.get("find", "") if sought else "", "narrowed": len([name for name in chosen if name not in ("state", "sort")]),
        "tabs": tabs(told, chosen), "page": found.shown(row_shown), "late": [row_shown(row) for row in late.rows], "late_total": late.total,
        "may_register": bool(actor.kinds(organ.id) & HANDLING),
        "import_address": reverse("desk:register_import", args=[organ.slug]) if actor.kinds(organ.id) & HEADING else "",
    }  # fmt: skip
    return page(request, "requests/list", context, crumbs(organ, _("依申请公开")))


@require_POST
@desk
def find(request: HttpRequest, slug: str) -> HttpResponse:
    """What is sought comes in a form, and goes on sealed: names and numbers never stand in an address."""
    organ = own_organ(request, slug)
    kept = [(name, value) for name, value in request.GET.items() if name not in ("find", "page")]
    if told := sealed(request.POST.get("q", "")):
        kept.append(("find", told))
    return HttpResponseRedirect(reverse("desk:requests", args=[organ.slug]) + (f"?{urlencode(kept)}" if kept else ""))


@require_safe
@desk
def overdue(request: HttpRequest, slug: str) -> HttpResponse:
    """逾期和即将届满: every one, the latest first."""
    organ, actor, today = own_organ(request, slug), current_actor(request), timezone.localdate()
    told = listing.summary(actor, organ.id, today)
    light = next((each for each in ("soon", "lapsed") if request.GET.get("light") == each), "overdue")
    found = listing.requests(actor, organ.id, wanted({"light": light}, ""), bounds.page(request), sort="due", today=today, warned=told.warned)
    counts = {"overdue": (_("逾期未答复"), told.overdue), "soon": (_("即将届满"), told.soon), "lapsed": (_("申请人逾期未补正、未缴费"), told.lapsed)}
    context: dict[str, object] = {
        "organ": organ, "page": found.shown(row_shown), "light": light,
        "tabs": [{"value": key, "label": label, "count": count, "current": key == light} for key, (label, count) in counts.items()],
    }  # fmt: skip
    return page(request, "requests/overdue", context, crumbs(organ, _("依申请公开期限")))


@require_safe
@desk
def export(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """What the list shows, as a table: as masked as the list. That it was taken out is written into the journal."""
    if form not in tables.MEDIA_TYPES:
        raise Http404
    organ, actor, today = own_organ(request, slug), current_actor(request), timezone.localdate()
    told = listing.summary(actor, organ.id, today)
    chosen = FilterForm(request.GET, summary=told).read()
    filters = wanted(chosen, opened(request.GET.get("find", "")))
    rows = [_cells(row) for row in listing.every(actor, organ.id, filters, sort=chosen.get("sort", "-submitted"), today=today, warned=told.warned, most=MOST)]
    exporting.list_exported(actor, organ.id, rows=len(rows), form=form, at=timezone.now())
    answer = HttpResponse(tables.written(form, "依申请公开", HEADINGS, rows, _WIDTHS), content_type=tables.MEDIA_TYPES[form])
    answer.headers["Content-Disposition"] = f'attachment; filename="requests-{organ.slug}-{timezone.localtime():%Y%m%d-%H%M}.{form}"'
    return answer


def row_shown(row: RequestRow) -> dict[str, Any]:
    return {
        "id": row.id, "number": row.number, "applicant": row.applicant, "title": row.title, "kind": said(row.kind_zh, row.kind_en),
        "channel": said(row.channel_zh, row.channel_en), "state": said(row.state_zh, row.state_en), "state_tone": STATE_TONES[row.state], "until": row.until,
        "light": TONES[row.light] if row.until else "", "light_words": light_words(row.light, row.left, row.state) if row.until else "",
        "provisional": row.provisional and row.until is not None, "officer": row.officer, "submitted_on": row.submitted_on, "organ": row.organ_name,
        "ended_on": row.ended_on, "outcome": row.outcome_zh, "violations": row.violations, "help": row.needs_help, "late_days": row.late_days,
    }  # fmt: skip


def tabs(told: Summary, chosen: Mapping[str, str]) -> list[dict[str, object]]:
    now = chosen.get("state", "")
    found: list[dict[str, object]] = [
        {"value": "", "label": _("全部"), "count": None, "current": not now},
        {"value": "live", "label": _("未办结"), "count": told.all_live, "current": now == "live"},
    ]
    found += [
        {"value": state.value, "label": said(*STATES[state]), "count": n, "current": now == state.value} for state, n in told.live.items() if n or now == state.value
    ]
    found.append({"value": "ended", "label": _("已办结"), "count": None, "current": now == "ended"})
    if now and now not in ("live", "ended") and State(now) not in told.live:
        found.append({"value": now, "label": said(*STATES[State(now)]), "count": None, "current": True})
    return found


def crumbs(organ: OrganView, here: str, *between: tuple[str, object]) -> list[tuple[str, object]]:
    return [
        (reverse("desk:home"), _("工作台")), (reverse("desk:requests", args=[organ.slug]), _("%(organ)s依申请公开") % {"organ": organ.short_name or organ.name}),
        *between, ("", here),
    ]  # fmt: skip



def _cells(row: RequestRow) -> tuple[str, ...]:
    return (
        row.number, row.applicant, row.kind_zh, row.title, row.channel_zh, row.state_zh, str(row.submitted_on), str(row.received_on or ""), str(row.until or ""),
        light_words(row.light, row.left, row.state) if row.until else "", row.officer, row.reply_zh, row.outcome_zh, str(row.ended_on or ""),
        str(row.late_days or ""),
    )  # fmt: skip
