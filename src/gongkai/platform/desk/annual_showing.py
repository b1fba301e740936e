"""The annual report, from what its queries tell to what the templates show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongkai.formats.writing.tables import Role, Table
from gongkai.formats.writing.tables import active as table_two
from gongkai.formats.writing.tables import applications as table_three
from gongkai.formats.writing.tables import remedies as table_four
from gongkai.law.editions import BY_KEY, EDITIONS, REMEDY_LABELS, RESULT_LABELS, SECTIONS, Remedy, Result
from gongkai.law.findings import Place, Severity
from gongkai.platform.annual import beside, prose
from gongkai.platform.annual.beside import GROUPS, OF_SECTION, Loose, Offer
from gongkai.platform.annual.counting import SOURCES
from gongkai.platform.annual.indicators import BY_KEY as BY_INDICATOR
from gongkai.platform.annual.indicators import CHANNELS, INDICATORS, Topic
from gongkai.platform.annual.queries.working import Choice, Due, Found, Head, Workspace
from gongkai.platform.annual.states import BY_SUPERIOR, STATES
from gongkai.platform.annual.stored import key_of
from gongkai.report.auditing.labels import place_label, row_label
from gongkai.report.identities import ACTIVE, REMEDIES, REQUESTS
from gongkai.report.model import AnnualReport
from gongkai.report.tables import places

from . import annual_comments as comments
from . import drawing
from .addresses import PLACE, address, addresses
from .showing import said

SEVERITIES: dict[Severity, tuple[str, str]] = {
    Severity.ERROR: ("错误", "Error"), Severity.WARNING: ("警告", "Warning"), Severity.QUERY: ("询问", "Query"), Severity.INFO: ("提示", "Remark"),
}  # fmt: skip
TONES = {Severity.ERROR: "late", Severity.WARNING: "soon", Severity.QUERY: "action", Severity.INFO: "quiet"}
STATE_TONES = {
    "draft": "quiet", "in_review": "action", "in_approval": "action", "approved": "done", "published": "done", "submitted": "action", "returned": "late", "accepted": "done",
}  # fmt: skip
SECTION_OF = {ACTIVE: 2, REQUESTS: 3, REMEDIES: 4}
TABLES = {2: table_two, 3: table_three, 4: table_four}
NUMBERS = "一二三四五六"
_QUIET = frozenset({"compile", "return", "correct", "adopt"})
Shown = dict[str, Any]


def head(view: Head, today: date) -> Shown:
    """What stands above every page of a report."""
    return {
        "report": view, "organ": view.organ, "state_words": said(*STATES[view.state]), "state_tone": STATE_TONES[view.state.value],
        "due": due(view.due, view.published_on, today), "edition": view.edition,
    }  # fmt: skip


def due(term: Due, published: date | None, today: date) -> Shown:
    """By when it must be published, and how much time is left, in words."""
    left = term.left(today)
    if published is not None:
        late = (published - term.on).days
        words = "" if late <= 0 else ngettext("公布时逾期 %(n)s 日", "公布时逾期 %(n)s 日", late) % {"n": late}
        tone = "done" if late <= 0 else "late"
    elif left < 0:
        words, tone = ngettext("逾期 %(n)s 日", "逾期 %(n)s 日", -left) % {"n": -left}, "late"
    else:
        words = _("今天到期") if left == 0 else ngettext("还有 %(n)s 日", "还有 %(n)s 日", left) % {"n": left}
        tone = "soon" if left <= 14 else "quiet"
    return {"on": term.on, "words": words, "tone": tone, "basis": term.rule.basis, "local": term.local}


def acts(view: Head) -> tuple[list[Shown], list[Shown]]:
    """What may be done now, and what may not with the reason; writing and explaining are done in the text itself."""
    able, unable = list[Shown](), list[Shown]()
    for choice in view.choices:
        if choice.key in ("write", "explain", "scope") or (not choice.role and choice.key in BY_SUPERIOR):
            continue
        told = {"key": choice.key, "label": said(choice.zh, choice.en), "address": act_address(view.id, choice), "why": said(choice.why_zh, choice.why_en), "quiet": choice.key in _QUIET}
        if choice.allowed and told["address"]:
            able.append(told)
        elif not choice.allowed:
            unable.append(told | {"role": choice.role})
    return able, sorted(unable, key=lambda each: not each["role"])


def act_address(report_id: int, choice: Choice) -> str:
    """The page of an act; the superior's own are done on the received report."""
    if choice.key in BY_SUPERIOR:
        return ""
    return address("desk:annual_hand_in", report_id) if choice.key == "hand_in" else address("desk:annual_act", report_id, choice.key)


def tables(view: Head, report: AnnualReport, flagged: Mapping[str, str], differing: Iterable[str] = ()) -> dict[int, Shown]:
    """The three tables, every figure with the address of what is behind it; by section."""
    return {number: _table(made, view, flagged, frozenset(differing)) for number, make in TABLES.items() if (made := make(report)) is not None}


def _table(table: Table, view: Head, flagged: Mapping[str, str], differing: frozenset[str]) -> Shown:
    rows, to = [], addresses("desk:annual_cell", view.id, PLACE) if view.id else lambda _key: ""
    for y, row in enumerate(table.rows):
        cells = []
        label = "，".join(box.text.strip() for box in row if box.role is Role.ROW and box.text.strip())
        for box in row:
            cell: Shown = {"text": box.text, "down": box.down, "across": box.across, "role": box.role.value, "head": y < table.head or box.role is Role.HEAD}
            if box.slot is not None:
                key = ".".join(part for part in (table.part, box.slot.row, box.slot.column) if part)
                cell |= {
                    "key": key, "address": to(key), "blank": not box.text, "zero": box.text == "0",
                    "tone": flagged.get(key, ""), "differs": key in differing, "label": label, "total": box.slot.column == "total",
                }  # fmt: skip
            cells.append(cell)
        rows.append(cells)
    return {"part": table.part, "name": table.name, "head": rows[: table.head], "rows": rows[table.head :]}


def flagged(found: Iterable[Found]) -> dict[str, str]:
    """The cells of which a finding speaks, each with the tone of the gravest."""
    tones: dict[str, str] = {}
    for each in found:
        for place in (each.finding.where, *each.finding.also):
            if place.part in SECTION_OF and place.row:
                tones.setdefault(str(place), TONES[each.finding.severity])
    return tones


def finding(found: Found, view: Head) -> Shown:
    """One finding: how grave, where, what to do, and the link to the cell or the section."""
    it, language = found.finding, "zh" if said("zh", "en") == "zh" else "en"
    severity = it.severity
    return {
        "tone": "done" if found.reason else TONES[severity], "severity": said(*SEVERITIES[severity]), "message": it.sentence(language),  # type: ignore[arg-type]
        "advice": it.rule.advice.get(language, "").format_map(it.facts), "basis": it.rule.basis, "quote": it.where.quote or "",  # type: ignore[call-overload]
        "places": [place(each, view) for each in (it.where, *it.also)][:6], "fingerprint": found.fingerprint, "reason": found.reason, "reason_at": found.reason_at,
        "explainable": severity is Severity.WARNING and not found.reason and view.may("explain"), "stops": found.stops, "code": it.code,
    }  # fmt: skip


def place(where: Place, view: Head) -> Shown:
    number = section_of(where)
    if where.part in SECTION_OF and where.row:
        column = where.column or (None if where.part == ACTIVE else "total")
        key = ".".join(part for part in (where.part, where.row, column) if part)
        if key in _cells(view.edition.key):
            return {"label": place_label(where), "address": address("desk:annual_cell", view.id, key), "cell": True}
    return {"label": place_label(where), "address": f"{address('desk:annual', view.id)}#section-{number}" if number else "", "cell": False}


@cache
def _cells(edition: str) -> frozenset[str]:
    return frozenset(key_of(at) for at in places(BY_KEY[edition], BY_KEY[edition]))


def section_of(where: Place) -> int:
    """The section at which a finding stands; 0 for the whole."""
    if where.part in SECTION_OF:
        return SECTION_OF[where.part]
    number = where.part.removeprefix("section")
    return int(number) if number in tuple("123456") else 0


def sections(work: Workspace) -> list[Shown]:
    """The six sections with everything that stands beside them."""
    view, knowledge = work.head, work.knowledge
    offered = beside.offers(knowledge)
    suggested = [*prose.suggested(knowledge, work.written, work.sentences)] if view.may("write") else []
    shown = tables(view, work.report, flagged(work.findings), (f"{ACTIVE}.{key}" for key in work.ledger_changed))
    found = []
    for number, heading in enumerate(SECTIONS, start=1):
        text = work.written[number - 1]
        before = work.previous.section(number) if work.previous else None
        pieces = beside.pieces(text, knowledge)
        found.append({
            "number": number, "field": f"section{number}", "heading": f"{NUMBERS[number - 1]}、{heading}", "text": text, "pieces": pieces,
            "unknown": list(dict.fromkeys(piece.token for piece in pieces if piece.unknown)), "table": drawing.table(shown[number]) if number in shown else "",
            "findings": [finding(each, view) for each in work.findings if section_of(each.finding.where) == number],
            "loose": [_loose(each, text) for each in beside.loose(number, text, offered)] if view.may("write") else [],
            "suggestions": [{"text": each.text, "printed": _printed(each.text, work), "value": f"{number}|{each.text}"} for each in suggested if each.section == number],
            "comments": comments.of_section(work, number, text),
            "groups": drawing.tokens(list(_groups(number, offered, view))) if view.may("write") else "", "printed": work.report.section(number) if view.frozen else None,
            "before": beside.stale(before.prose.text, view.year) if before and before.prose.text else (),
            "copied": beside.copied(text, before.prose.text, view.year) if before else (),
        })  # fmt: skip
    return found


def _printed(text: str, work: Workspace) -> tuple[beside.Piece, ...]:
    return beside.pieces(text, work.knowledge)


def _groups(number: int, offered: Sequence[Offer], view: Head) -> Iterator[Shown]:
    for key in OF_SECTION[number]:
        if tokens := [_token(number, each, view) for each in offered if each.group == key]:
            yield {"label": said(*GROUPS[key]), "tokens": tokens}


def _token(number: int, offer: Offer, view: Head) -> Shown:
    """A token with its figure; where gongkai counts another, that figure and the list of what it counts."""
    counts = offer.place is not None and (offer.miscounted or offer.name.startswith("counted."))
    listed = address("desk:figures_counted", view.organ.slug, view.year, ".".join(part for part in offer.place or () if part)) if counts else ""
    return {"offer": offer, "value": f"{number}|{offer.token}", "miscounted": offer.miscounted, "listed": listed}


def _loose(each: Loose, text: str) -> Shown:
    return {
        "it": each, "quote": each.quote, "number": each.number,
        "offers": [{"offer": offer, "value": f"{each.section}|{each.start}|{each.end}|{offer.name}"} for offer in each.offers],
    }  # fmt: skip


def summary(work: Workspace) -> Shown:
    """What the audit says in all: how many of each, what stops, what belongs to no section."""
    counts = [
        {"words": said(*SEVERITIES[severity]), "tone": TONES[severity], "count": sum(each.finding.severity is severity and not each.reason for each in work.findings)}
        for severity in Severity
    ]
    return {
        "counts": counts, "stopping": work.stopping, "explained": sum(bool(each.reason) for each in work.findings), "unknown": work.unknown,
        "general": [finding(each, work.head) for each in work.findings if section_of(each.finding.where) == 0], "ready": not work.stopping and not work.unknown,
    }  # fmt: skip


def token_names() -> list[Shown]:
    """Every token of the ledger, the rates and the fee, and what it prints; the tables' cells in short."""
    places = [(each.key, channel) for each in INDICATORS for channel in (CHANNELS if each.by_channel else ("",)) if each.topic is not Topic.ACTIVE]
    found = [{"name": ".".join(part for part in place if part), "words": figure_name(*place)} for place in places]
    found += [{"name": f"rate:{one}/{other}", "words": _("%(what)s（百分数）") % {"what": label}} for one, other, label in beside.RATES]
    found += [{"name": f"counted.{'.'.join(part for part in place if part)}", "words": _("%(what)s，平台从目录数到的") % {"what": figure_name(*place)}} for place in SOURCES]
    found += [{"name": f"active.{cell.key}", "words": BY_INDICATOR[cell.key].zh} for cell in EDITIONS[-1].active_cells()]
    found += [{"name": f"requests.{row.key}", "words": row_label(row.key)} for row in EDITIONS[-1].requests]
    found += [
        {"name": f"remedies.{block}.{result}", "words": f"{REMEDY_LABELS[block]}：{RESULT_LABELS[result]}"} for block in Remedy for result in Result
    ]
    return [*found, {"name": "fee", "words": _("收取的信息处理费（元）")}, {"name": "year", "words": _("报告的年度")}]


def figure_name(key: str, channel: str) -> str:
    """A place of the ledger in words."""
    indicator = BY_INDICATOR[key]
    return said(indicator.zh, indicator.en) + (f"（{said(*CHANNELS[channel])}）" if indicator.by_channel else "")
