"""Parts of the desk's pages that have hundreds of cells, written in one go: a template spends more on each than it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.template.defaultfilters import slugify
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gongkai.platform.pages.templatetags.pages import badge, called

Shown = Mapping[str, Any]


def table(shown: Shown) -> SafeString:
    """A table of the report, every figure with the way to what is behind it."""
    blank, see = escape(_("空白")), escape(_("，看后面的记录"))

    def box(cell: Shown) -> str:
        spans = _spans(cell["across"], cell["down"])
        if "key" in cell:
            text = blank if cell["blank"] else escape(cell["text"])
            printed = f'<span class="blank-cell">{blank}</span>' if cell["blank"] else escape(intcomma(cell["text"]))
            return f'<td id="cell-{slugify(cell["key"])}" class="{_marks(cell)}"{spans}><a href="{escape(cell["address"])}" aria-label="{text}{see}">{printed}</a></td>'
        if not cell["text"] and cell["role"] == "head":
            return f"<td{spans}></td>"
        scope = ("colgroup" if cell["across"] > 1 else "col") if cell["head"] else "rowgroup" if cell["down"] > 1 else "row"
        return f'<th scope="{scope}"{spans}>{escape(called(cell["text"]))}</th>'

    def lines(rows: Iterable[Iterable[Shown]]) -> str:
        return "".join(f"<tr>{''.join(map(box, row))}</tr>" for row in rows)

    name, head = escape(shown["name"]), f"<thead>{lines(shown['head'])}</thead>" if shown["head"] else ""
    return mark_safe(
        f'<div class="scroll" tabindex="0" role="region" aria-label="{name}">\n<table class="grid form-table annual-table part-{shown["part"]}"><caption class="unseen">{name}</caption>\n'
        f"{head}\n<tbody>{lines(shown['rows'])}</tbody>\n</table></div>"
    )


def _spans(across: int, down: int) -> str:
    return (f' colspan="{across}"' if across > 1 else "") + (f' rowspan="{down}"' if down > 1 else "")


def _marks(cell: Shown) -> str:
    marks = ["numeric", "total" if cell["total"] else "", "zero" if cell["zero"] else "", f"flag flag-{cell['tone']}" if cell["tone"] else "", "differs" if cell["differs"] else ""]
    return " ".join(each for each in marks if each)


def tokens(groups: Sequence[Shown]) -> SafeString:
    """The figures that may be put into a section, each a button that puts its token there; what gongkai counts beside it."""
    those = escape(_("看是哪些"))

    def chip(each: Shown) -> str:
        it, listed = each["offer"], ""
        if each["listed"]:
            words = escape(_("平台数到 %(n)s") % {"n": it.counted}) if each["miscounted"] else those
            listed = f' <a class="counted{" counted-other" if each["miscounted"] else ""}" href="{escape(each["listed"])}">{words}</a>'
        return (
            f'<li><button class="chip" type="submit" name="insert" value="{escape(each["value"])}">{escape(it.label)} <strong>{escape(it.printed)}</strong>'
            f'<span class="hint">{escape(it.unit)}</span></button>{listed}</li>'
        )

    return mark_safe("".join(f'<p class="token-group">{escape(group["label"])}</p><ul class="token-list">{"".join(map(chip, group["tokens"]))}</ul>' for group in groups))


def ledger(rows: Iterable[Shown], counts: bool, records: str, counted: Callable[[object], str]) -> SafeString:
    """The lines of a topic of the ledger: twelve months and the whole year, what was corrected struck through, what gongkai counts beside it."""
    return mark_safe("".join(map(_ledger_line(counts, records, counted), rows)))


_DASH = '<span class="blank-cell">—</span>'


def _ledger_line(counts: bool, records: str, counted: Callable[[object], str]) -> Callable[[Shown], str]:
    about, before, unused, none = escape(_("余")), escape(_("更正前：")), escape(_("（未计入年度数）")), escape(_("没有登记"))
    lacking, months, between = escape(_("缺")), escape(_("月")), "、"
    parts, other = badge("soon", _("与分项不符")), badge("soon", _("不一致"))
    told = _("数到 %(n)s")

    def cell(each: Shown, place: str) -> str:
        written = _DASH if each["value"] is None else escape(each["value"]) + (about if each["about"] else "")
        written += "".join(f'<s class="was"><span class="unseen">{before}</span>{escape(old)}</s>' for old in each["before"])
        if each["unused"]:
            written += f'<span class="unseen">{unused}</span>'
        if each["counted"] is not None:
            marks = "counted counted-other" if each["miscounted"] else "counted"
            written += f'<a class="{marks}" href="{escape(counted(place))}?month={each["month"]}">{escape(told % {"n": each["counted"]})}</a>'
        return f'<td class="numeric{" not-held" if each["unused"] else ""}">{written}</td>'

    def year(row: Shown) -> str:
        figure = f'<span class="blank-cell" title="{none}">—</span>' if row["value"] is None else f"<strong>{escape(row['value'])}{about if row['about'] else ''}</strong>"
        gaps = f'<span class="hint">{lacking} {between.join(map(str, row["gaps"]))} {months}</span>' if row["gaps"] else ""
        return f'<td class="numeric year-figure">{figure}{gaps}{f" {parts}" if row["differs"] else ""}</td>'

    def seen(row: Shown) -> str:
        if row["counted"] is None:
            return f'<td class="numeric">{_DASH}</td>'
        return f'<td class="numeric"><a href="{escape(counted(row["place"]))}">{row["counted"]}</a>{f" {other}" if row["miscounted"] else ""}</td>'

    def line(row: Shown) -> str:
        address = f"{escape(records)}?indicator={row['indicator']}&amp;channel={row['channel']}"
        head = f'<th scope="row"><a href="{address}">{escape(row["label"])}</a> <span class="hint">{escape(row["unit"])}</span></th>'
        cells = "".join(cell(each, row["place"]) for each in (*row["cells"], row["whole"]))
        differs = ' class="differs"' if row["differs"] or row["miscounted"] else ""
        return f"<tr{differs}>{head}\n{cells}\n{year(row)}\n{seen(row) if counts else ''}</tr>"

    return line


def printed(rows: Sequence[Sequence[tuple[str, int, int, bool]]]) -> SafeString:
    """The rows of a table as it prints: text, columns and rows that a box spans, whether it is a heading."""

    def box(text: str, across: int, down: int, head: bool) -> str:
        name = "th" if head else "td"
        return f"<{name}{_spans(across, down)}>{escape(text)}</{name}>"

    return mark_safe("".join(f"<tr>{''.join(box(*each) for each in row)}</tr>" for row in rows))


def organs(rows: Iterable[Shown]) -> SafeString:
    """The organs behind a figure of a sum, each with its report and, where it writes on the platform, its records."""
    number, records, own, blank, see, none = map(escape, (_("数"), _("记录"), _("本机关"), _("空白"), _("看记录"), _("上传的报告，记录不在本平台")))

    def row(each: Shown) -> str:
        name = escape(each["name"])
        title = f'<a data-open href="{escape(each["address"])}">{name}</a>' if each.get("address") else name
        value = escape(intcomma(each["value"])) if each["value"] else f'<span class="blank-cell">{blank}</span>'
        listed = f'<a href="{escape(each["records"])}">{see}<span class="unseen"> {name}</span></a>' if each.get("records") else f'<span class="hint">{none}</span>'
        whose = f'<span class="hint">{own}</span>' if each.get("own") else ""
        return f'<tr data-row><th scope="row" class="row-title">{title}{whose}</th><td class="numeric" data-label="{number}">{value}</td><td data-label="{records}">{listed}</td></tr>'

    return mark_safe("".join(map(row, rows)))
