"""Tags and filters for every template: days and moments, badges, addresses with one thing changed, highlighted words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gongkai.platform.pages import traditional
from gongkai.platform.pages.preferences import Preferences

register = template.Library()

TONES = {
    "draft": "quiet", "returned": "late", "in_review": "action", "in_secrecy_review": "action", "referred": "soon",
    "in_approval": "action", "scheduled": "action", "published": "done", "rechecked": "done", "withdrawn": "late",
    "filed": "quiet", "discarded": "quiet",
    "in_force": "done", "amended": "soon", "repealed": "late", "lapsed": "late",
    "proactive": "done", "on_request": "soon", "withheld": "late",
    "overdue": "late", "late": "late", "soon": "soon", "fine": "done", "done": "done",
    "error": "late", "warning": "soon", "query": "action", "info": "quiet",
}  # fmt: skip
_HERE = ' aria-current="page"'
_COUNT = ' <span class="count">{}</span>'
SIGNS = {"late": "✕", "soon": "△", "done": "✓", "action": "○", "quiet": "–"}


@register.filter
def day(value: date | None, style: str = "") -> SafeString | str:
    """A day: 2024年3月5日 (5 March 2024); "short" gives 2024-03-05 for tables. Nothing for no day."""
    if value is None or value == "":
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), worded(value, style))


@register.filter
def moment(value: datetime | None, style: str = "") -> SafeString | str:
    """A moment: 2024年3月5日 14:05; "short" gives 2024-03-05 14:05."""
    if value is None or value == "":
        return ""
    local = timezone.localtime(value)
    return format_html(
        '<time datetime="{}">{} {}</time>',
        local.isoformat(timespec="seconds"),
        worded(local.date(), style),
        local.strftime("%H:%M"),
    )


def worded(value: date, style: str = "") -> str:
    """A day in the reader's language; "short" is 2024-03-05, "month" the month alone, "of the year" without the year."""
    if style == "short":
        return value.isoformat()
    if (translation.get_language() or "zh").startswith("zh"):
        whole = f"{value.year}年{value.month}月{value.day}日"
        return {"month": f"{value.month}月", "of the year": whole.partition("年")[2]}.get(style, whole)
    return date_format(value, {"month": "M", "of the year": "j F"}.get(style, "j F Y"))


@register.filter
def called(label: object) -> str:
    """An official word in the reader's language; what is no such word stays as it is."""
    return _(str(label)) if label else ""


@register.filter
def written_for(words: object, reading: Preferences) -> object:
    """Words that a script takes from the page, in the reader's characters: what stands in a script is not converted on the way out."""
    if reading.language != "zh-hant":
        return words
    if isinstance(words, dict):
        return {key: written_for(each, reading) for key, each in words.items()}
    if isinstance(words, list):
        return [written_for(each, reading) for each in words]
    return traditional.words(str(words))


@register.simple_tag
def badge(tone: str, words: object, sign: str | None = None) -> SafeString:
    """A word with a colour and a sign; the tone is late, soon, done, action or quiet, or a key that has one."""
    if not words:
        return mark_safe("")
    tone = tone if tone in SIGNS else TONES.get(str(tone), "quiet")
    mark = SIGNS[tone] if sign is None else sign
    if not mark:
        return format_html('<span class="badge badge-{}">{}</span>', tone, words)
    return format_html(
        '<span class="badge badge-{}"><span class="sign" aria-hidden="true">{}</span>{}</span>', tone, mark, words
    )


@register.simple_tag
def state_badge(state: str, label: object) -> SafeString:
    """The state of an item, in its official word."""
    return badge(TONES.get(str(state), "quiet"), called(label), "")


@register.simple_tag
def access_badge(access: str, label: object) -> SafeString:
    """公开属性."""
    return badge(TONES.get(str(access), "quiet"), called(label), "")


@register.simple_tag
def validity_badge(validity: str, label: object, on: date | None = None) -> SafeString:
    """有效性, with the day from which it holds; nothing where validity does not apply."""
    if not validity or validity == "none":
        return mark_safe("")
    said = format_html("{} {}", called(label), day(on, "short")) if on else called(label)
    return badge(TONES.get(str(validity), "quiet"), said)


@register.simple_tag
def light_badge(light: str, words: object) -> SafeString:
    """Traffic light: the colour never stands alone."""
    return badge(TONES.get(str(light), "quiet"), called(words))


@register.simple_tag(takes_context=True)
def query_with(context: template.Context, **changes: object) -> str:
    """The present query string with these parameters set; None or an empty text removes one. A change goes back to page one."""
    return query_of(context["request"], **changes)


def query_of(request: HttpRequest, **changes: object) -> str:
    """The same for Python."""
    query = {name: told for name, told in request.GET.lists() if name != "page" or "page" in changes}
    for name, value in changes.items():
        if value is None or value == "":
            query.pop(name, None)
        else:
            query[name] = [str(value)]
    return "?" + urlencode(query, doseq=True)


@register.simple_tag
def menu(sections: Iterable[Any]) -> SafeString:
    """The lists of a navigation: sections with `label` and `entries`, an entry with label, address, current, count. Written once, shown on narrow and on wide screens."""
    told = []
    for section in sections:
        entries = [
            f'<li><a href="{escape(each.address)}"{_HERE if each.current else ""}>{escape(each.label)}{_COUNT.format(each.count) if each.count else ""}</a></li>'
            for each in section.entries
        ]
        told.append((f'<p class="desknav-title">{escape(section.label)}</p>' if section.label else "") + f"<ul>{''.join(entries)}</ul>")
    return mark_safe("".join(told))


@register.filter
def highlight(text: object, sought: str | Iterable[str]) -> SafeString:
    """The text with the sought words marked; everything else is escaped."""
    words = sought.split() if isinstance(sought, str) else list(sought or ())
    words = sorted({w for w in words if w}, key=len, reverse=True)
    said = str(text or "")
    if not words:
        return conditional_escape(said)
    pieces = re.split("(" + "|".join(re.escape(w) for w in words) + ")", said, flags=re.IGNORECASE)
    return mark_safe("".join(f"<mark>{escape(p)}</mark>" if n % 2 else escape(p) for n, p in enumerate(pieces)))


@register.filter
def filesize(size: int | None) -> str:
    """Bytes as people read them."""
    if size is None:
        return ""
    if size < 1024:
        return _("%(n)s 字节") % {"n": size}
    for unit in ("KB", "MB", "GB"):
        size /= 1024  # type: ignore[assignment]
        if size < 1024 or unit == "GB":
            return f"{size:.0f} {unit}" if size >= 10 else f"{size:.1f} {unit}"
    return ""
