"""The case desk's part of the first page: what waits, as the template shows it. What is overdue is marked urgent, and heads the page."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from gongkai.law import letters
from gongkai.platform.cases.queries.desk_values import Duty, Waiting, Waits
from gongkai.platform.desk.request_showing import TONES, light_words
from gongkai.platform.desk.showing import said
from gongkai.platform.organs.queries import OrganView
from gongkai.platform.pages.templatetags.pages import called

_TONES = {"overdue": "late", "returned": "late", "soon": "soon", "lapsed": "soon", "notices": "quiet", "confirm": "quiet", "unassigned": "quiet"}
_LETTERS = frozenset({"sign", "review", "returned", "serve"})
_LISTS = {  # 全部在哪一页
    "overdue": ("desk:requests_overdue", {}), "soon": ("desk:requests_overdue", {"light": "soon"}), "lapsed": ("desk:requests_overdue", {"light": "lapsed"}),
    "confirm": ("desk:requests", {"state": "awaiting_confirmation"}), "unassigned": ("desk:requests", {"state": "live"}),
}  # fmt: skip


def blocks(found: Waiting, organs: Mapping[int, OrganView]) -> list[dict[str, object]]:
    return [_block(duty, organs) for duty in found.duties]


def _block(duty: Duty, organs: Mapping[int, OrganView]) -> dict[str, object]:
    what = _("文书") if duty.key in _LETTERS else _("检索什么") if duty.key == "tasks" else _("通知") if duty.key == "notices" else _("所需信息")
    return {
        "cases": True, "urgent": duty.key == "overdue", "anchor": f"case-{duty.key}", "label": said(duty.zh, duty.en), "total": duty.total,
        "tone": _TONES.get(duty.key, "action"), "hint": "", "rows": [_row(row, duty.key, organs) for row in duty.rows], "what": what,
        "numbered": duty.key not in ("notices",), "people": duty.key not in ("tasks", "notices"), "dated": duty.key != "notices",
        "address": _all(duty, organs),
    }  # fmt: skip


def _row(row: Waits, key: str, organs: Mapping[int, OrganView]) -> dict[str, object]:
    title, note, address = row.title, "", reverse("desk:request", args=[row.request_id]) if row.request_id else ""
    if key in _LETTERS and row.key in letters.BY_KEY:
        title, note = called(letters.BY_KEY[row.key].title), row.title
        address = reverse("desk:letter", args=[row.request_id, row.part])
    elif key == "tasks":
        address = reverse("desk:task", args=[row.part])
    elif key == "notices":
        address = _messages() or address
    organ = organs.get(row.organ_id)
    return {
        "address": address, "number": row.number, "title": title, "note": note, "applicant": row.applicant, "organ": (organ.short_name or organ.name) if organ else "",
        "until": row.until, "tone": TONES[row.light], "light": light_words(row.light, row.left, row.state), "officer": row.officer,
    }  # fmt: skip


def _all(duty: Duty, organs: Mapping[int, OrganView]) -> str:
    """Where all of them are, if they are of one organ."""
    if duty.key == "tasks":
        return reverse("desk:tasks")
    if duty.key == "notices":
        return _messages()
    whose = {row.organ_id for row in duty.rows}
    if duty.key not in _LISTS or len(whose) != 1 or (organ := organs.get(whose.pop())) is None:
        return ""
    name, query = _LISTS[duty.key]
    return reverse(name, args=[organ.slug]) + (f"?{urlencode(query)}" if query else "")


def _messages() -> str:
    """The page of one's own messages."""
    try:
        return reverse("desk:messages")
    except NoReverseMatch:
        return ""
