"""工作台: what waits for me, the terms that run out, what I did lately."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from gongkai.platform.cases.queries import waiting as cases
from gongkai.platform.catalogue import queries
from gongkai.platform.catalogue.clocks import LIGHTS, Light
from gongkai.platform.catalogue.queries import ItemRow, Waiting, WaitingGroup
from gongkai.platform.desk import request_home
from gongkai.platform.desk.navigation import mine
from gongkai.platform.desk.showing import said
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.queries import OrganView
from gongkai.platform.organs.requests import current_actor
from gongkai.platform.organs.roles import RoleKind
from gongkai.platform.pages.templatetags.pages import day, moment

from .door import desk, page

_TONES = {"withdraw": "late", "returned": "late", "withheld": "soon", "drafts": "quiet", "scheduled": "quiet"}
_WHEN = {"scheduled": "publish_at", "withheld": "next_review_on", "withdraw": "withdraw_by"}


@require_safe
@desk
def home(request: HttpRequest) -> HttpResponse:
    actor = current_actor(request)
    now = timezone.now()
    found = queries.waiting(actor, now)
    organs = mine(request)
    slugs = {organ.id: organ for organ in organs}
    asked = request_home.blocks(cases.waiting(actor, timezone.localdate(now), organs), slugs)
    groups = [each for each in asked if each["urgent"]] + ([_warnings(found, organs)] if found.warnings else [])
    groups += [each for each in asked if not each["urgent"]] + [_group(each, slugs) for each in found.groups]
    context: dict[str, object] = {
        "groups": groups, "tiles": [{name: group[name] for name in ("tone", "anchor", "label")} | {"count": group["total"]} for group in groups],
        "many_organs": len(organs) > 1, "draft_address": _draft(actor, organs), "welcome": _welcome(actor, organs),
        "lately": [{"item_id": each.item, "title": each.title, "what": said(each.zh, each.en), "at": each.at} for each in queries.lately(actor)],
        "stale": [{"label": said(each.kind_zh, each.kind_en), "organ": each.organ_name, "last": each.last} for each in found.stale],
    }  # fmt: skip
    return page(request, "home", context)


def _group(group: WaitingGroup, organs: dict[int, OrganView]) -> dict[str, object]:
    labels = {"scheduled": _("发布时间"), "withheld": _("复审日期"), "withdraw": _("最迟撤回")}
    first = organs.get(group.rows[0].organ_id)
    alone = first is not None and len({row.organ_id for row in group.rows}) == 1
    address = (
        reverse("desk:items", args=[first.slug]) + "?" + urlencode({"state": group.state})
        if first and alone and group.state
        else ""
    )
    return {
        "anchor": f"wait-{group.key}", "label": said(group.zh, group.en), "total": group.total, "tone": _TONES.get(group.key, "action"), "hint": "",
        "rows": [_row(row, group.key) for row in group.rows], "when_label": labels.get(group.key, _("最近办理")), "address": address,
    }  # fmt: skip


def _row(row: ItemRow, key: str) -> dict[str, object]:
    when = getattr(row, _WHEN.get(key, "moved_at"))
    note = (
        _("%(who)s：%(why)s") % {"who": row.last_by, "why": row.last_reason[:80]}
        if key in ("returned", "referred") and row.last_reason
        else ""
    )
    return {
        "address": reverse("desk:edit" if key == "returned" else "desk:item", args=[row.id]), "title": row.title, "organ": row.organ_name, "author": row.author,
        "when": day(when, "short") if key in ("withheld", "withdraw") else moment(when, "short"), "due_on": row.due_on if row.light else None,
        "light": row.light.value if row.light else "", "light_zh": light_words(row), "note": note,
    }  # fmt: skip


def light_words(row: ItemRow) -> str:
    """How much time is left, in words: working days (第二十六条)."""
    if row.light is None or row.left is None:
        return ""
    if row.light is Light.OVERDUE and row.left == 0:  # 期限过后还没有到下一个工作日
        return _("已过期限")
    if row.left < 0:
        return ngettext("逾期 %(n)s 个工作日", "逾期 %(n)s 个工作日", -row.left) % {"n": -row.left}
    return (
        _("今天到期")
        if row.left == 0
        else ngettext("还有 %(n)s 个工作日", "还有 %(n)s 个工作日", row.left) % {"n": row.left}
        if row.light is Light.SOON
        else said(*LIGHTS[row.light])
    )


def _warnings(found: Waiting, organs: tuple[OrganView, ...]) -> dict[str, object]:
    return {
        "anchor": "wait-warnings", "label": _("公开期限预警"), "total": found.overdue + found.soon, "tone": "late" if found.overdue else "soon",
        "hint": _("逾期 %(late)s 件，即将到期 %(soon)s 件。主动公开的信息应在二十个工作日内公开（第二十六条）。") % {"late": found.overdue, "soon": found.soon},
        "rows": [_row(row, "warnings") for row in found.warnings], "when_label": _("最近办理"),
        "address": reverse("desk:warnings", args=[organs[0].slug]) if len(organs) == 1 else "",
    }  # fmt: skip


def _draft(actor: Actor, organs: tuple[OrganView, ...]) -> str:
    own = next(
        (organ for organ in organs if actor.kinds(organ.id) & {RoleKind.EDITOR, RoleKind.DISCLOSURE_OFFICE}), None
    )
    return reverse("desk:new", args=[own.slug]) if own else ""


def _welcome(actor: Actor, organs: tuple[OrganView, ...]) -> str:
    """For people whose work is not in the catalogue."""
    if actor.administers:
        return _("您是系统管理员：在左边的“系统管理”里管理机关和人员。系统管理员看不到信息的内容。")
    if not organs:
        return _("您现在没有任何机关的角色。请与系统管理员联系。")
    return ""
