"""The superior's board, from what its query tells to what the template shows. The rows of the table are written here in one go: a template spends more on each word than the word needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from gongkai.law.findings import Severity
from gongkai.platform.annual.queries.board import Board, Own, Row
from gongkai.platform.annual.states import STATES
from gongkai.platform.pages.templatetags.pages import badge, day

from .addresses import NUMBER, address, addresses
from .annual_showing import SEVERITIES, STATE_TONES, TONES
from .received_showing import RECEIVED
from .showing import said

Shown = dict[str, Any]
PAGE = 20  # 一页的机关
SHOWS: dict[str, tuple[Any, str]] = {
    "": (lazy("机关"), ""), "accepted": (lazy("已接收"), "done"), "received": (lazy("待核对"), "action"), "returned": (lazy("已退回"), "soon"),
    "waiting": (lazy("没有报送"), "quiet"), "late": (lazy("逾期"), "late"),
}  # fmt: skip
SORTS: dict[str, Any] = {"": lazy("先办的在前"), "listed": lazy("名单次序"), "late": lazy("逾期在前"), "findings": lazy("发现多的在前"), "change": lazy("变化大的在前")}
_FIRST = {"received": 0, "returned": 2, "accepted": 4}  # 待核对的最先，然后逾期的、退回的、没有报送的，已接收的最后
_KINDS = {"error": Severity.ERROR, "warning": Severity.WARNING, "doubt": None, "query": Severity.QUERY}
_STATES = {state.value: words for state, words in STATES.items()}


def own(found: Own | None) -> Shown | None:
    """The receiving organ's own report: where it stands, and its address."""
    if found is None:
        return None
    name = "desk:annual" if found.summed else "desk:annual_scope"
    return {"it": found, "state": said(*_STATES[found.state]), "tone": STATE_TONES[found.state], "address": address(name, found.report), "scope": address("desk:annual_scope", found.report)}


def is_shown(each: Row, show: str) -> bool:
    """Whether the organ is among those asked for."""
    if show == "late":
        return each.late
    return not show or (each.state not in RECEIVED if show == "waiting" else each.state == show)


def sums(found: Board, show: str) -> list[Shown]:
    """How many stand where; each leads to those."""
    states = Counter(each.state for each in found.rows)
    n = {"": len(found.rows), "late": sum(each.late for each in found.rows), "waiting": sum(n for state, n in states.items() if state not in RECEIVED)}
    return [{"key": key, "label": label, "n": (much := n.get(key, states[key])), "tone": tone if much else "", "here": key == show} for key, (label, tone) in SHOWS.items()]


def ordered(rows: tuple[Row, ...], sort: str) -> list[Row]:
    """The organs in the order asked for; the list's own order where they are alike."""
    if sort == "late":
        return sorted(rows, key=lambda each: (not each.late, each.due or date.max))
    if sort == "findings":
        return sorted(rows, key=lambda each: tuple(-each.counts.get(kind, 0) for kind in _KINDS))
    if sort == "change":
        return sorted(rows, key=lambda each: -abs((each.new_received or 0) - (each.new_before or 0)) if each.new_received is not None and each.new_before is not None else 1)
    return list(rows) if sort == "listed" else sorted(rows, key=lambda each: 1 if each.late and each.state != "received" else _FIRST.get(each.state, 3))


@dataclass(frozen=True, slots=True)
class Doing:
    """What the receiving office needs to act from a row: the marks of its forms, and the page on which a report is uploaded for an organ."""

    csrf: str
    ticket: str
    upload: str  # 机关的序号处是 NUMBER


def rows(found: Iterable[Row], today: date, doing: Doing | None) -> SafeString:
    """The body of the table; without the acts for those who do not receive."""
    write = _writer(today, doing)
    return mark_safe("".join(map(write, found)))


def _writer(today: date, doing: Doing | None) -> Callable[[Row], str]:
    heads = {name: escape(words) for name, words in {
        "state": _("状态"), "findings": _("尚未处理的发现"), "received": _("新收申请"), "change": _("比上年"), "due": _("公布期限"), "acts": _("办理"),
    }.items()}  # fmt: skip
    to = addresses("desk:annual_received", NUMBER)
    kinds = {kind: (TONES[one] if one else "soon", said(*SEVERITIES[one]) if one else _("疑点")) for kind, one in _KINDS.items()}
    badges = {kind: badge(tone, words) for kind, (tone, words) in kinds.items()}
    none, waiting, uploaded, unlisted, earlier = (
        f'<span class="hint">{escape(words)}</span>' for words in (_("没有"), _("还没有收到"), _("上传的文件"), _("名单以外"), _("此前的一份已接收"))
    )
    dash, blank, no_year = (f'<span class="hint">{escape(words)}</span>' for words in ("—", _("空白"), _("没有上年的数")))
    act = _acts(doing, to) if doing else None

    def write(each: Row) -> str:
        name, counts = escape(each.name), each.counts
        title = f'<a data-open href="{to(each.received)}">{name}</a>' if each.received else name
        listed = "".join(f"<li>{badges[kind]} {n}</li>" for kind in kinds if (n := counts.get(kind, 0)))
        said_of = (f'<ul class="board-counts">{listed}</ul>' + ("" if listed else none)) if each.received else waiting
        new = intcomma(each.new_received) if each.new_received is not None else blank if each.received else dash
        gap = _gap(each)
        change = escape(gap) if gap else no_year if each.new_received is not None else dash
        late = badge("late", _late(each, today))
        cells = [
            f'<th scope="row" class="row-title">{title}{uploaded if each.uploaded else "" if each.organ else unlisted}</th>',
            f'<td data-label="{heads["state"]}" class="nowrap">{badge(*_state(each), "")}{earlier if each.earlier else ""}</td>',
            f'<td data-label="{heads["findings"]}">{said_of}</td>', f'<td data-label="{heads["received"]}" class="numeric{_gone(new == dash)}">{new}</td>',
            f'<td data-label="{heads["change"]}" class="numeric{_gone(change == dash)}">{change}</td>',
            f'<td data-label="{heads["due"]}">' + (f'<span class="nowrap">{day(each.due, "short")}</span> {late}' if each.due else dash) + "</td>",
        ]  # fmt: skip
        if act:
            cells.append(f'<td data-label="{heads["acts"]}"{_BLANK if each.state == "accepted" else ""}>{act(each, name)}</td>')
        return f"<tr data-row{_LATE if late else ''}>{''.join(cells)}</tr>"

    return write


def _gone(nothing: bool) -> str:
    """A dash has no line of its own on a narrow screen."""
    return " blank" if nothing else ""


_BLANK, _LATE = ' class="blank"', ' class="board-late"'


def _acts(doing: Doing, to: Callable[[object], str]) -> Callable[[Row, str], str]:
    """接收, where nothing is open; else to the report; a report that is waited for may be uploaded for its organ."""
    marks = f'<input type="hidden" name="csrfmiddlewaretoken" value="{escape(doing.csrf)}"><input type="hidden" name="ticket" value="{escape(doing.ticket)}">'
    receive, check, upload, page = escape(_("接收")), escape(_("核对、退回")), escape(_("代为上传")), escape(doing.upload)
    accept = f'{marks}<input type="hidden" name="do" value="accept"><input type="hidden" name="back" value="board"><button class="quiet" type="submit">{receive}'

    def act(each: Row, name: str) -> str:
        whose = f'<span class="unseen"> {name}</span>'
        if each.state == "received":
            ready = not any(each.counts.get(kind, 0) for kind in ("error", "warning", "doubt"))
            return f'<form method="post" action="{to(each.received)}">{accept}{whose}</button></form>' if ready else f'<a href="{to(each.received)}">{check}{whose}</a>'
        if each.state == "accepted" or each.organ is None:
            return ""
        return f'<a href="{page.replace(str(NUMBER), str(each.organ.id))}#upload">{upload}{whose}</a>'

    return act


def _state(each: Row) -> tuple[str, str]:
    """The tone and the word of the state."""
    words, tone = RECEIVED.get(each.state, ("", "quiet"))
    return tone, str(words) if words else _("没有开始") if each.state == "none" else said(*_STATES[each.state])


def _late(each: Row, today: date) -> str:
    left = (today - each.due).days if each.due and each.late else 0
    return ngettext("逾期 %(n)s 日", "逾期 %(n)s 日", left) % {"n": left} if left > 0 else ""


def _gap(each: Row) -> str:
    """How many more, or fewer, than the year before; nothing where one of the two is not known."""
    if each.new_received is None or each.new_before is None:
        return ""
    change = each.new_received - each.new_before
    return f"+{change:,}" if change > 0 else f"−{-change:,}" if change < 0 else _("持平")
