"""The board and a received report, from what their queries tell to what the templates show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import PurePath
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from gongkai import formats
from gongkai.formats.blocks import Grid, Paragraph
from gongkai.formats.detect import recognise
from gongkai.formats.encoding import decode
from gongkai.formats.source import Unreadable
from gongkai.formats.writing.tables import Role
from gongkai.law.editions import Applicant, Result
from gongkai.law.findings import Finding, Place, Severity
from gongkai.platform.annual import receiving
from gongkai.platform.annual.fingerprints import fingerprint
from gongkai.platform.annual.queries.board import Board, Own, ReceivedView, Row
from gongkai.platform.annual.states import STATES
from gongkai.platform.annual.stored import at_of, key_of
from gongkai.report.auditing.labels import cell_label, place_label
from gongkai.report.identities import ACTIVE, REMEDIES, REQUESTS
from gongkai.report.model import AnnualReport, Count
from gongkai.report.tables import Presence, printed
from gongkai.report.tables import places as every_place

from .annual_showing import NUMBERS, SEVERITIES, STATE_TONES, TABLES, TONES
from .showing import said

Shown = dict[str, Any]
RECEIVED: dict[str, tuple[Any, str]] = {
    "received": (lazy("已收到，待核对"), "action"), "returned": (lazy("已退回"), "late"), "accepted": (lazy("已接收"), "done"), "dropped": (lazy("已重新报送"), "quiet"),
}  # fmt: skip
RAW = frozenset({".txt", ".md", ".json"})  # 按行显示；其余按读到的段落和表格
LINES, CELLS = 5000, 14
PAGE = 20  # 看板一页的机关
_LINE, _PAGE = re.compile(r"第(\d+)行"), re.compile(r"第\s*(\d+)\s*页")


def row(each: Row, today: date) -> Shown:
    """One organ of the board."""
    words, tone = RECEIVED.get(each.state, ("", "quiet"))
    if each.state not in RECEIVED:
        words = _("没有开始") if each.state == "none" else said(*next(words for state, words in STATES.items() if state.value == each.state))
    left = (today - each.due).days if each.due and each.late else 0
    open_ = sum(each.counts.get(kind, 0) for kind in ("error", "warning", "doubt"))
    change = None if each.new_received is None or each.new_before is None else each.new_received - each.new_before
    return {
        "it": each, "state": words, "tone": tone, "open": open_, "ready": each.state == "received" and not open_, "late": ngettext("逾期 %(n)s 日", "逾期 %(n)s 日", left) % {"n": left} if left > 0 else "",
        "counts": [{"tone": TONES[one], "label": said(*SEVERITIES[one]), "n": each.counts.get(one.value, 0)} for one in (Severity.ERROR, Severity.WARNING)]
        + [{"tone": "soon", "label": _("疑点"), "n": each.counts.get("doubt", 0)}, {"tone": "action", "label": said(*SEVERITIES[Severity.QUERY]), "n": each.counts.get("query", 0)}],
        "change": change, "change_words": "" if change is None else (f"+{change:,}" if change > 0 else f"−{-change:,}" if change < 0 else _("持平")),
    }  # fmt: skip


def own(found: Own | None) -> Shown | None:
    """The receiving organ's own report: where it stands, and its address."""
    if found is None:
        return None
    words = next(words for state, words in STATES.items() if state.value == found.state)
    name = "desk:annual" if found.summed else "desk:annual_scope"
    return {"it": found, "state": said(*words), "tone": STATE_TONES[found.state], "address": reverse(name, args=[found.report]), "scope": reverse("desk:annual_scope", args=[found.report])}


SHOWS: dict[str, tuple[Any, str]] = {
    "": (lazy("机关"), ""), "accepted": (lazy("已接收"), "done"), "received": (lazy("待核对"), "action"), "returned": (lazy("已退回"), "soon"),
    "waiting": (lazy("没有报送"), "quiet"), "late": (lazy("逾期"), "late"),
}  # fmt: skip
SORTS: dict[str, Any] = {"": lazy("先办的在前"), "listed": lazy("名单次序"), "late": lazy("逾期在前"), "findings": lazy("发现多的在前"), "change": lazy("变化大的在前")}
_FIRST = {"received": 0, "returned": 2, "accepted": 4}  # 待核对的最先，然后逾期的、退回的、没有报送的，已接收的最后


def is_shown(each: Row, show: str) -> bool:
    """Whether the organ is among those asked for."""
    if show == "late":
        return each.late
    return not show or (each.state not in RECEIVED if show == "waiting" else each.state == show)


def sums(found: Board, show: str) -> list[Shown]:
    """How many stand where; each leads to those."""
    told = []
    for key, (label, tone) in SHOWS.items():
        n = sum(is_shown(each, key) for each in found.rows)
        told.append({"key": key, "label": label, "n": n, "tone": tone if n else "", "here": key == show})
    return told


def ordered(rows: tuple[Row, ...], sort: str) -> list[Row]:
    """The organs in the order asked for; the list's own order where they are alike."""
    if sort == "late":
        return sorted(rows, key=lambda each: (not each.late, each.due or date.max))
    if sort == "findings":
        return sorted(rows, key=lambda each: tuple(-each.counts.get(kind, 0) for kind in ("error", "warning", "doubt", "query")))
    if sort == "change":
        return sorted(rows, key=lambda each: -abs((each.new_received or 0) - (each.new_before or 0)) if each.new_received is not None and each.new_before is not None else 1)
    return list(rows) if sort == "listed" else sorted(rows, key=lambda each: 1 if each.late and each.state != "received" else _FIRST.get(each.state, 3))


def paging(total: int, wanted: int) -> Shown:
    """Where a page of the board stands among all its organs."""
    pages = max(1, -(-total // PAGE))
    number = min(max(1, wanted), pages)
    return {
        "number": number, "pages": pages, "total": total, "capped": False, "has_previous": number > 1, "has_next": number < pages, "previous": number - 1,
        "next": number + 1, "first": (number - 1) * PAGE,
    }  # fmt: skip


def findings(view: ReceivedView) -> Shown:
    """What is open, what is only told, both with their places."""
    now = view.standing
    waiting = {fingerprint(each) for each in now.open}
    rest = [each for each in now.audit.findings if fingerprint(each) not in waiting and fingerprint(each) not in view.settled]
    return {"open": [finding(each, view) for each in now.open], "told": [finding(each, view) for each in rest]}


def finding(it: Finding, view: ReceivedView) -> Shown:
    language = "zh" if said("zh", "en") == "zh" else "en"
    doubt = it in view.standing.doubts
    return {
        "key": fingerprint(it), "tone": "soon" if doubt else TONES[it.severity], "severity": _("读取的疑点") if doubt else said(*SEVERITIES[it.severity]),
        "message": it.sentence(language),  # type: ignore[arg-type]
        "advice": it.rule.advice.get(language, "").format_map(it.facts), "basis": it.rule.basis, "quote": it.where.quote or "",  # type: ignore[call-overload]
        "blanks": len(blanks(it, view.standing.report)), "places": [_place(each) for each in (it.where, *it.also)][:8], "cells": [cell(key, view.standing.report) for key in _cells_of(it)][:CELLS],
    }  # fmt: skip


def _place(where: Place) -> Shown:
    key = ".".join(part for part in (where.part, where.row, where.column) if part)
    number = where.part.removeprefix("section")
    anchor = f"cell-{key}" if receiving.is_cell(key) else f"read-{number if number in tuple('123456') else where.part}"
    line, sheet = _LINE.search(where.source or ""), _PAGE.search(where.source or "")
    known = anchor.startswith("cell-") or number in tuple("123456") or where.part in TABLE_PARTS
    return {"label": place_label(where), "anchor": anchor if known else "", "source": where.source or "", "line": int(line[1]) if line else 0, "page": int(sheet[1]) if sheet else 0}


TABLE_PARTS = (ACTIVE, REQUESTS, REMEDIES)


def _cells_of(it: Finding) -> Iterator[str]:
    """The cells that a finding names; of a row all its cells."""
    done: set[str] = set()
    for where in (it.where, *it.also):
        if where.part not in TABLE_PARTS or not where.row:
            continue
        columns: tuple[str | None, ...] = (where.column,)
        if where.column is None and where.part != ACTIVE:
            columns = tuple(each.value for each in (Applicant if where.part == REQUESTS else Result))
        for column in columns:
            key = ".".join(part for part in (where.part, where.row, column) if part)
            if key not in done and receiving.is_cell(key):
                done.add(key)
                yield key


def blanks(it: Finding, report: AnnualReport) -> list[str]:
    """The cells at a finding's places that were read blank: of a table or a row all of them."""
    named = [where for where in (it.where, *it.also) if where.part in TABLE_PARTS]
    if not named or report.edition is None:
        return []
    found = []
    for at in every_place(report.edition, report.edition):
        near = any(where.part == at.part and where.row in (None, at.row) and where.column in (None, at.column) for where in named)
        if near and printed(report, at).presence is Presence.BLANK:
            found.append(key_of(at))
    return found


def cell(key: str, report: AnnualReport) -> Shown:
    """A cell that may be read otherwise: how it is called, what it says now."""
    at = at_of(key)
    return {"key": key, "name": f"cell-{key}", "label": cell_label(at), "value": shown(printed(report, at).value)}


def shown(value: Count | None) -> str:
    return "" if value is None else str(value)


def by_hand(view: ReceivedView) -> list[Shown]:
    """What was settled, by whom, with the cells before and after."""
    found = []
    for each in view.by_hand:
        cells = [cell(key, view.read) | {"now": shown(printed(view.standing.report, at_of(key)).value), "read": shown(printed(view.read, at_of(key)).value)} for key in each.cells]
        found.append({"it": each, "cells": cells[:CELLS], "more": max(0, len(cells) - CELLS), "key": each.finding})
    return found


def reading(view: ReceivedView) -> list[Shown]:
    """The six sections as read, with their tables; cells that were read otherwise stand beside what was read."""
    tones = _flagged(view)
    changed = {key for each in view.by_hand for key in each.cells}
    found = []
    for number in range(7):
        section = view.standing.report.section(number)
        made = TABLES[number](view.standing.report) if number in TABLES else None
        if section is None and made is None:
            continue
        heading = (section.heading if section else "") or (f"{NUMBERS[number - 1]}、" if number else "")
        found.append({
            "number": number, "heading": heading, "text": section.prose.text if section else "", "table": _table(made, tones, changed, view.read) if made is not None else None,
        })  # fmt: skip
    return found


def _flagged(view: ReceivedView) -> dict[str, str]:
    tones: dict[str, str] = {}
    for each in view.standing.open:
        for key in _cells_of(each):
            tones.setdefault(key, TONES[each.severity])
    return tones


def _table(table: Any, tones: Mapping[str, str], changed: set[str], read: AnnualReport) -> Shown:
    rows = []
    for y, line in enumerate(table.rows):
        boxes = []
        for box in line:
            told: Shown = {"text": box.text, "down": box.down, "across": box.across, "head": y < table.head or box.role is not Role.VALUE, "top": y < table.head}
            if box.slot is not None:
                key = ".".join(part for part in (table.part, box.slot.row, box.slot.column) if part)
                told |= {"key": key, "head": False, "tone": tones.get(key, ""), "changed": key in changed, "before": shown(printed(read, at_of(key)).value) if key in changed else ""}
            boxes.append(told)
        rows.append(boxes)
    return {"part": table.part, "name": table.name, "rows": rows}


def source(name: str, data: bytes) -> Shown:
    """The source as text: by lines where it is plain text, else its paragraphs and tables as they were found. Never as markup."""
    if PurePath(name).suffix.lower() in RAW:
        lines = decode(data)[0].splitlines()
        return {"lines": list(enumerate(lines[:LINES], start=1)), "cut": len(lines) > LINES}
    try:
        parsed = formats.parse(recognise(name, data), data)
    except Unreadable as refused:
        return {"why": said(refused.zh, refused.en)}
    return {"blocks": [found for each in parsed.blocks[:LINES] if (found := _block(each))], "cut": len(parsed.blocks) > LINES}


def _block(each: object) -> Shown:
    if isinstance(each, Paragraph):
        return {"text": each.text, "at": each.at}
    if isinstance(each, Grid):
        return {"at": each.at, "rows": [[box.text for place, box in enumerate(line) if not place or box is not line[place - 1]] for line in each.rows]}
    return {"text": _("（图片）") + getattr(each, "text", ""), "at": getattr(each, "at", "")}
