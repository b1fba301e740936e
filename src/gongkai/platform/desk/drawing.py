"""Parts of the desk's pages that have hundreds of cells, written in one go: a template spends more on each than it needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.template.defaultfilters import slugify
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gongkai.platform.pages.templatetags.pages import called

Shown = Mapping[str, Any]


def table(shown: Shown) -> SafeString:
    """A table of the report, every figure with the way to what is behind it."""
    blank, see = escape(_("空白")), escape(_("，看后面的记录"))

    def box(cell: Shown) -> str:
        spans = (f' colspan="{cell["across"]}"' if cell["across"] > 1 else "") + (f' rowspan="{cell["down"]}"' if cell["down"] > 1 else "")
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
