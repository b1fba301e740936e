"""A received report, from what its query tells to what the templates show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gongkai import formats
from gongkai.formats.blocks import Grid, Paragraph
from gongkai.formats.detect import recognise
from gongkai.formats.encoding import decode
from gongkai.formats.source import Unreadable
from gongkai.formats.writing.tables import Role
from gongkai.law.editions import Applicant, Result
from gongkai.law.findings import Finding, Place
from gongkai.platform.annual import receiving
from gongkai.platform.annual.fingerprints import fingerprint
from gongkai.platform.annual.queries.board import ReceivedView
from gongkai.platform.annual.stored import at_of, key_of
from gongkai.report.auditing.labels import cell_label, place_label
from gongkai.report.identities import ACTIVE, REMEDIES, REQUESTS
from gongkai.report.model import AnnualReport, Count
from gongkai.report.tables import Presence, printed
from gongkai.report.tables import places as every_place

from .annual_showing import NUMBERS, SEVERITIES, TABLES, TONES
from .showing import said

Shown = dict[str, Any]
RECEIVED: dict[str, tuple[Any, str]] = {
    "received": (lazy("已收到，待核对"), "action"), "returned": (lazy("已退回"), "late"), "accepted": (lazy("已接收"), "done"), "dropped": (lazy("已重新报送"), "quiet"),
}  # fmt: skip
RAW = frozenset({".txt", ".md", ".json"})  # 按行显示；其余按读到的段落和表格
LINES, CELLS = 5000, 14
_LINE, _PAGE = re.compile(r"第(\d+)行"), re.compile(r"第\s*(\d+)\s*页")


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
