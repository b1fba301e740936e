"""Lists of an organ's items: filtered, sorted, counted, exported; the address says all of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.platform.catalogue import queries
from gongkai.platform.catalogue.choices import State
from gongkai.platform.catalogue.clocks import LIGHTS, Light
from gongkai.platform.catalogue.queries import ItemFilter, ItemRow
from gongkai.platform.catalogue.validating import CATEGORY_LABELS
from gongkai.platform.desk.forms.filters import FilterForm
from gongkai.platform.desk.navigation import own_organ
from gongkai.platform.desk.showing import said, states
from gongkai.platform.documents import tables
from gongkai.platform.organs.queries import OrganView
from gongkai.platform.organs.requests import current_actor
from gongkai.platform.organs.roles import RoleKind
from gongkai.platform.pages import bounds

from .door import desk, page
from .home import light_words

_MOST = 10_000  # 一次最多导出这么多
_EVERY = 100


@require_safe
@desk
def items(request: HttpRequest, slug: str) -> HttpResponse:
    """信息目录."""
    organ, actor = own_organ(request, slug), current_actor(request)
    all_of_it = queries.summary(actor, organ.id)
    form = FilterForm(request.GET, years=all_of_it.years, authors=all_of_it.authors, level=organ.level)
    chosen = form.read()
    found = queries.items(
        actor, organ.id, _filter(chosen), chosen.get("sort", "-moved"), bounds.page(request), at=timezone.now()
    )
    more = [form[name] for name in ("kind", "category", "access", "year", "author", "light", "sort")]
    context: dict[str, object] = {
        "organ": organ, "heading": _("信息目录"), "filters": form, "more": more, "chosen": {k: v for k, v in chosen.items() if k != "sort"},
        "narrowed": len([name for name in chosen if name not in ("q", "state", "sort")]), "tabs": _tabs(all_of_it.counts, chosen.get("state", "")),
        "page": found.shown(_shown), "sought": chosen.get("q", ""), "may_draft": bool(actor.kinds(organ.id) & {RoleKind.EDITOR, RoleKind.DISCLOSURE_OFFICE}),
    }  # fmt: skip
    return page(request, "list", context, _crumbs(organ, _("信息目录")))


@require_safe
@desk
def warnings(request: HttpRequest, slug: str) -> HttpResponse:
    """期限预警 (第二十六条)."""
    organ, actor = own_organ(request, slug), current_actor(request)
    light = Light.SOON if request.GET.get("light") == Light.SOON.value else Light.OVERDUE
    found = queries.items(actor, organ.id, ItemFilter(light=light.value), "due", bounds.page(request), at=timezone.now())
    tabs = [
        {"value": each.value, "label": said(*LIGHTS[each]), "current": each is light}
        for each in (Light.OVERDUE, Light.SOON)
    ]
    context: dict[str, object] = {"organ": organ, "page": found.shown(_shown), "tabs": tabs, "light": light.value}
    return page(request, "warnings", context, _crumbs(organ, _("期限预警")))


@require_safe
@desk
def export(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Exactly what the list shows, as a table; nothing that the list would not show."""
    if form not in tables.MEDIA_TYPES:
        raise Http404
    organ, actor = own_organ(request, slug), current_actor(request)
    all_of_it = queries.summary(actor, organ.id)
    chosen = FilterForm(request.GET, years=all_of_it.years, authors=all_of_it.authors, level=organ.level).read()
    rows = [_cells(row) for row in _all(request, organ, chosen)]
    answer = HttpResponse(tables.written(form, "信息目录", HEADINGS, rows, _WIDTHS), content_type=tables.MEDIA_TYPES[form])
    stamp = timezone.localtime()
    answer.headers["Content-Disposition"] = f'attachment; filename="catalogue-{organ.slug}-{stamp:%Y%m%d-%H%M}.{form}"'
    return answer


def _all(request: HttpRequest, organ: OrganView, chosen: dict[str, str]) -> Iterator[ItemRow]:
    """Every page of the list."""
    number, now = 1, timezone.now()
    while True:
        found = queries.items(
            current_actor(request), organ.id, _filter(chosen), chosen.get("sort", "-moved"), number, at=now, size=_EVERY
        )
        yield from found.rows
        if not found.has_next or number * _EVERY >= _MOST:
            return
        number += 1


def _filter(chosen: dict[str, str]) -> ItemFilter:
    plain = {name: chosen.get(name, "") for name in ("state", "kind", "category", "access", "q", "light")}
    return ItemFilter(
        **plain, year=int(chosen["year"]) if "year" in chosen else None, author=int(chosen["author"]) if "author" in chosen else None,
        mine=bool(chosen.get("mine")),
    )  # fmt: skip



def _shown(row: ItemRow) -> dict[str, Any]:
    return {
        "id": row.id, "title": row.title, "index_number": row.index_number or row.document_number, "state": row.state, "state_zh": said(row.state_zh, row.state_en),
        "due_on": row.due_on if row.light else None, "light": row.light.value if row.light else "", "light_zh": light_words(row), "access": row.access, "access_zh": row.access_zh, "kept": row.access != "proactive",
        "kind_zh": row.kind_zh, "author": row.author, "moved_at": row.moved_at, "formed_on": row.formed_on,
    }  # fmt: skip


def _tabs(counts: Mapping[State, int], now: str) -> list[dict[str, object]]:
    every = sum(number for state, number in counts.items() if state is not State.DISCARDED)
    tabs: list[dict[str, object]] = [{"value": "", "label": _("全部"), "count": every, "current": not now}]
    for state, label in states():
        if counts[state] or state.value == now:
            tabs.append({"value": state.value, "label": label, "count": counts[state], "current": state.value == now})
    return tabs


HEADINGS = (
    "编号", "索引号", "标题", "文号", "体裁", "法定主动公开内容", "公开属性", "状态", "生成日期", "公开期限", "期限情况", "首次公开", "起草人", "最近办理",
)  # fmt: skip
_WIDTHS = (8, 24, 48, 20, 14, 24, 12, 12, 12, 12, 14, 17, 10, 17)


def _cells(row: ItemRow) -> tuple[str, ...]:
    category = CATEGORY_LABELS.get(row.category, ("", ""))[0]
    first = timezone.localtime(row.first_published_at).strftime("%Y-%m-%d %H:%M") if row.first_published_at else ""
    return (
        str(row.id), row.index_number, row.title, row.document_number, row.kind_zh, category, row.access_zh, row.state_zh, str(row.formed_on),
        str(row.due_on or ""), light_words(row), first, row.author, timezone.localtime(row.moved_at).strftime("%Y-%m-%d %H:%M"),
    )  # fmt: skip


def _crumbs(organ: OrganView, here: str) -> list[tuple[str, object]]:
    return [
        (reverse("desk:home"), _("工作台")),
        (reverse("desk:items", args=[organ.slug]), organ.short_name or organ.name),
        ("", here),
    ]
