"""The parts of a page that come in dozens, drawn by hand: a template takes ten times as long for each of them.

Everything that was typed by somebody goes through `escape`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gongkai.platform.catalogue.queries.public import PublicOrgan
from gongkai.platform.pages.templatetags.pages import validity_badge

from .shown import Facet, Line


def things(lines: Iterable[Line], whose: bool = False) -> SafeString:
    """A list as search and catalogue have it: title, snippet, then what is known in one quiet line."""
    return mark_safe(f'<ul class="things">{"".join(_thing(line, whose) for line in lines)}</ul>')


def _thing(line: Line, whose: bool) -> str:
    row = line.row
    facts = [_day(line)]
    facts += [f"<span>{escape(row.organ_name)}</span>"] if whose else []
    facts += [f"<span>{line.numbers}</span>"] if line.numbers else []
    facts.append(f"<span>{escape(line.kind)}</span>")
    facts += [f"<span>{escape(line.validity)}</span>"] if row.validity == "in_force" else []
    snippet = f'<p class="thing-text">{line.snippet}</p>' if line.snippet else ""
    return (
        f'<li><p class="thing-title"><a href="/items/{row.id}/">{line.title}</a>{_mark(line)}</p>{snippet}'
        f'<p class="thing-facts">{"".join(facts)}</p></li>'
    )


def short(lines: Iterable[Line]) -> SafeString:
    """A list of titles and days."""
    drawn = "".join(f'<li><span><a href="/items/{line.row.id}/">{line.title}</a>{_mark(line)}</span> {_day(line, "when")}</li>' for line in lines)
    return mark_safe(f'<ul class="short-list">{drawn}</ul>')


def _mark(line: Line) -> str:
    """What must be seen beside the title: amended, repealed, lapsed."""
    return f" {validity_badge(line.row.validity, line.validity)}" if line.validity and line.row.validity != "in_force" else ""


def _day(line: Line, kind: str = "") -> str:
    day = timezone.localtime(line.row.published_at).date().isoformat()
    return f'<span{" class=" + kind if kind else ""}><time datetime="{day}">{day}</time></span>'


def facets(found: Sequence[Facet]) -> SafeString:
    """The facets of a list; printed twice on a page, drawn once."""
    undo = escape(_("（已选，点击取消）"))
    drawn = []
    for facet in found:
        values = []
        for value in facet.values:
            count = "" if value.count is None else f' <span class="count">{value.count:,}</span>'
            label, address = escape(value.label), escape(value.address)
            if value.chosen:
                values.append(f'<li><a class="chosen" aria-current="true" href="{address}">{label}<span class="unseen">{undo}</span><span aria-hidden="true"> ×</span></a>{count}</li>')
            else:
                values.append(f'<li><a href="{address}">{label}</a>{count}</li>')
        label = escape(facet.label)
        drawn.append(f'<div class="facet" role="group" aria-label="{label}"><p class="facet-title">{label}</p><ul>{"".join(values)}</ul></div>')
    return mark_safe("".join(drawn))


def organs(found: Iterable[PublicOrgan], kind: str = "organ-list") -> SafeString:
    """Organs as links, by their short names."""
    drawn = "".join(f'<li><a href="/organs/{organ.slug}/">{escape(organ.short_name)}</a></li>' for organ in found)
    return mark_safe(f'<ul class="{kind}">{drawn}</ul>')


class Report(NamedTuple):
    """A report in the grid of the library: where it is read, where it is chosen or compared (nowhere for the chosen one), its title and version."""

    address: str
    pick: str
    title: str
    version: int


def library(years: Sequence[int], rows: Iterable[tuple[str, str, Mapping[int, Report]]], chosen: bool) -> SafeString:
    """Organs by years: each report with the way to it, and to comparing it with another."""
    read, pick, here = escape(_("查阅")), escape(_("与它对照") if chosen else _("选来对照")), escape(_("已选"))
    numbered = _("第 %(n)s 版")

    def cell(year: int, each: Report | None) -> str:
        if each is None:
            return '<td class="blank"><span class="hint">—</span></td>'
        title = f'<span class="unseen"> {escape(each.title or "")}</span>'
        picked = f'<a href="{escape(each.pick)}">{pick}{title}</a>' if each.pick else f"<strong>{here}</strong>"
        version = f' <span class="hint">{escape(numbered % {"n": each.version})}</span>' if each.version > 1 else ""
        return f'<td data-label="{year}"><a href="{escape(each.address)}">{read}{title}</a> <span class="library-pick no-print">{picked}</span>{version}</td>'

    return mark_safe("".join(
        f'<tr><th scope="row"><a href="{escape(address)}">{escape(name)}</a></th>{"".join(cell(year, of.get(year)) for year in years)}</tr>' for address, name, of in rows
    ))  # fmt: skip
