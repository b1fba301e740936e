"""The form of a website, from what its queries tell to what the templates show."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.platform.annual.website import layout
from gongkai.platform.annual.website.checks import Warned
from gongkai.platform.annual.website.fields import BY_KEY, GROUPS, SITE_KINDS, Field, Kind, label
from gongkai.platform.annual.website.filling import SOURCES, Known, Source
from gongkai.platform.annual.website.queries import Head, Sheet
from gongkai.platform.annual.website.reading import NO, YES, shown, typed
from gongkai.platform.annual.website.states import STATES
from gongkai.platform.organs.queries import OrganView

from . import annual_showing
from .showing import said

Shown = dict[str, Any]
TONES = {"draft": "quiet", "in_review": "action", "approved": "done", "published": "done"}
QUIET = frozenset({"return", "correct"})
LISTED = frozenset({Source.LEDGER, Source.ITEMS, Source.RECORDS})  # 后面有清单的
LATER = frozenset({"reviewer", "filler", "filled_on"})  # 提交、审核时由平台填


def title(view: Head) -> str:
    return layout.named(view.site.name, view.year)


def head(view: Head, today: date) -> Shown:
    """What stands above every page of a form."""
    return {
        "it": view, "organ": view.organ, "title": title(view), "state_words": said(*STATES[view.state]), "state_tone": TONES[view.state.value],
        "due": annual_showing.due(view.due, view.published_on, today),
    }  # fmt: skip


def crumbs(organ: OrganView, *here: str, view: Head | None = None) -> list[tuple[str, object]]:
    """工作台 › 网站年度报表 › 某年 › …."""
    found: list[tuple[str, object]] = [(reverse("desk:home"), _("工作台")), (reverse("desk:website_forms", args=[organ.slug]), _("网站年度报表"))]
    if view is not None:
        found.append((reverse("desk:website_form", args=[view.id]) if here else "", _("%(site)s %(year)s年") % {"site": view.site.name, "year": view.year}))
    return [*found, *(("", each) for each in here)]


def acts(view: Head) -> tuple[list[Shown], list[Shown]]:
    """What may be done now, and what may not with the reason."""
    able, unable = list[Shown](), list[Shown]()
    for choice in view.choices:
        if choice.key == "write":
            continue
        told = {"key": choice.key, "label": said(choice.zh, choice.en), "address": reverse("desk:website_act", args=[view.id, choice.key]), "quiet": choice.key in QUIET}
        (able if choice.allowed else unable).append(told | {"why": said(choice.why_zh, choice.why_en), "role": choice.role})
    return able, sorted(unable, key=lambda each: not each["role"])


def groups(found: Sheet, given: Mapping[str, Shown] | None = None, wrong: Mapping[str, str] | None = None) -> list[Shown]:
    """The form's blocks with their boxes; `given` is what somebody has typed and not yet saved."""
    warned: dict[str, list[str]] = {}
    for each in found.warned:
        warned.setdefault(each.fields[0], []).append(said(each.zh, each.en))
    return [
        {
            "key": group.key, "label": said(group.zh, group.en),
            "parts": [
                {"label": said(part.zh, part.en), "boxes": [_box(field, found, (given or {}).get(field.key), (wrong or {}).get(field.key, ""), warned.get(field.key, [])) for field in part.fields]}
                for part in group.parts
            ],
        }
        for group in GROUPS
    ]  # fmt: skip


def _box(field: Field, found: Sheet, given: Shown | None, wrong: str, warned: list[str]) -> Shown:
    cell = found.cells[field.key]
    seen, blank = typed(field, cell.entered), cell.by_hand and cell.entered is None
    told = given or {"text": seen, "reason": cell.reason, "blank": blank}
    printed = said_of(field, cell.value)
    return {
        "key": field.key, "id": f"f-{field.key}", "label": _label(field.key), "unit": field.unit, "cell": cell, "seen": seen, "seen_reason": cell.reason,
        "seen_blank": blank, "text": told["text"], "reason": told["reason"], "blank": told["blank"], "wrong": wrong, "warned": warned, "printed": printed,
        "known": [known(each, field, found.head, which) for which, each in enumerate(cell.known)], "before": said_of(field, cell.before), "figure": field.is_figure,
        "options": _options(field), "date": field.kind is Kind.DATE, "longest": field.longest, "open": bool(wrong) or cell.by_hand or bool(told["text"]),
        "later": field.key in LATER and not cell.value, "now": said_of(field, cell.now) if cell.moved else "", "folded": bool(cell.known) and not found.head.standing,
        "mode": {Kind.COUNT: "numeric", Kind.NUMBER: "decimal"}.get(field.kind, "text"),
    }  # fmt: skip


def _label(key: str) -> str:
    return said(label(key), label(key, english=True))


def _options(field: Field) -> list[tuple[str, str]]:
    if field.kind is Kind.YES_NO:
        return [("", "—"), (YES, _("是")), (NO, _("否"))]
    return site_kinds() if field.kind is Kind.CHOICE else []


def site_kinds() -> list[tuple[str, str]]:
    return [("", "—"), *((key, said(zh, en)) for key, zh, en in SITE_KINDS)]


def said_of(field: Field, kept: str | None) -> str:
    """A value in the reader's language."""
    if kept and field.kind is Kind.YES_NO:
        return _("是") if kept == YES else _("否")
    if kept and field.kind is Kind.CHOICE:
        return next((said(zh, en) for key, zh, en in field.choices if key == kept), kept)
    return shown(field, kept)


def known(each: Known, field: Field, view: Head, which: int) -> Shown:
    """One thing that the platform knows of a box, with the address of what is behind it."""
    listed = each.source in LISTED
    return {
        "source": said(*SOURCES[each.source]), "value": said_of(field, each.value), "count": len(each.ids) if listed else 0,
        "address": reverse("desk:website_known", args=[view.id, field.key, which]) if listed else "",
    }  # fmt: skip


def warnings(found: tuple[Warned, ...]) -> list[Shown]:
    return [{"words": said(each.zh, each.en), "address": f"#f-{each.fields[0]}"} for each in found]


def wrongs(wrong: Mapping[str, str]) -> list[Shown]:
    """What must be mended first, each with the box it is about."""
    return [{"words": why, "label": _label(key) if key in BY_KEY else "", "address": f"#f-{key}" if key in BY_KEY else ""} for key, why in wrong.items()]
