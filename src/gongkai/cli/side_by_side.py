"""左右对照: a comparison as one page of HTML — no other file, no other host, no script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from importlib.resources import files as packaged

from gongkai.law.findings import Language
from gongkai.report.auditing.labels import TABLES, TABLES_EN
from gongkai.report.compare import CellChange, Change, Comparison, Mark, TextChange
from gongkai.report.model import AnnualReport
from gongkai.report.tables import Presence, Printed

from .differences import CHANGES, KINDS, gap, percent, said, text_name
from .show import NAMES, SIGNS, where

Names = tuple[str, str]
WORDS: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "title": "年度报告对照", "skip": "跳到对照内容", "same": "两份报告没有不同。", "cells": "表格", "cell": "项目", "difference": "差",
        "percent": "百分比", "about": "标题与落款", "prose": "正文", "years": "跨年核查", "nothing": "没有不同。",
        "apart": "另有{}格因格式不同不比较。", "unchanged": "没有改动（{}字）", "none": "（无）", "equal": "其余{}格相同。",
        "foot": "删去的字前有“−”并加删除线，增加的字前有“+”并加下划线。差和百分比为 B 减 A。空白、未印与0不同，不作加减。",
        "unknown": "机关不详",
    },
    "en": {
        "title": "Annual reports side by side", "skip": "Skip to the comparison", "same": "The two reports do not differ.", "cells": "Tables",
        "cell": "Item", "difference": "Difference", "percent": "Percent", "about": "Title and signature", "prose": "Prose",
        "years": "Across the years", "nothing": "Nothing differs.", "apart": "{} more cells are of different forms and were not compared.",
        "unchanged": "unchanged ({} signs)", "none": "(none)", "equal": "The other {} cells are the same.",
        "foot": "What was taken out has “−” before it and is struck through; what was put in has “+” before it and is underlined. "
        "Differences and percentages are B less A. Blank, absent and 0 are not the same, and no difference is taken between them.",
        "unknown": "organ unknown",
    },
}
PAGE = """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<header>
<a class="skip" href="#main">{skip}</a>
<h1>{title}</h1>
{head}
</header>
<main id="main">
{body}
</main>
<footer><p>{foot}</p></footer>
</body>
</html>
"""


def render(found: Comparison, names: Names, language: Language = "zh") -> str:
    """The page, complete in itself."""
    words = WORDS[language]
    style = packaged("gongkai.cli").joinpath("side_by_side.css").read_text(encoding="utf-8")
    return PAGE.format(
        lang={"zh": "zh-Hans", "en": "en"}[language], style=style, head=_head(found, names, language),
        body="\n".join(_body(found, language)), **{key: escape(words[key]) for key in ("title", "skip", "foot")},
    )


def _head(found: Comparison, names: Names, language: Language) -> str:
    """Which two reports these are."""
    kind = KINDS[found.kind][language != "zh"]
    sides = "".join(
        f'<div class="which"><p><span class="letter">{letter}</span>{escape(_who(report, language))}</p>'
        f'<p class="file">{escape(name)}</p></div>'
        for letter, report, name in zip("AB", (found.a, found.b), names, strict=True)
    )
    return f'<p class="quiet">{escape(kind)}</p><div class="pair">{sides}</div>'


def _who(report: AnnualReport, language: Language) -> str:
    organ, edition = report.organ or WORDS[language]["unknown"], report.edition.key if report.edition else "–"
    return f"{organ}　{report.year or '–'}年度　{edition}年格式" if language == "zh" else f"{organ}, {report.year or '–'}, form of {edition}"


def _body(found: Comparison, language: Language) -> Iterator[str]:
    words = WORDS[language]
    if found.same:
        yield f"<p>{words['same']}</p>"
    if found.findings:
        yield f"<h2>{words['years']}</h2><ul class=\"findings\">"
        for finding in found.findings:
            mark = f"{SIGNS[finding.severity]} {NAMES[language][finding.severity]}"
            yield f"<li><strong>{mark}</strong> {escape(where(finding, language))}<br>{escape(finding.sentence(language))}</li>"
        yield "</ul>"
    yield f"<h2>{words['cells']}</h2>"
    yield from _tables(found, language)
    yield f"<h2>{words['about']}</h2>"
    yield from _texts([text for text in found.about if text.changed], language)
    yield f"<h2>{words['prose']}</h2>"
    yield from _texts(found.sections, language)


def _tables(found: Comparison, language: Language) -> Iterator[str]:
    words, labels = WORDS[language], TABLES if language == "zh" else TABLES_EN
    for part, label in labels.items():
        cells = [cell for cell in found.cells if cell.at.part == part]
        shown = [cell for cell in cells if cell.change not in (Change.SAME, Change.EDITION)]
        apart = sum(cell.change is Change.EDITION for cell in cells)
        equal = len(cells) - len(shown) - apart
        notes = " ".join(filter(None, (
            words["apart"].format(apart) if apart else "", words["equal"].format(equal) if equal and shown else "",
            words["nothing"] if not shown and not apart else "",
        )))
        yield f"<h3>{escape(label)}</h3>"
        if not shown:
            yield f'<p class="quiet">{escape(notes)}</p>'
            continue
        yield f'<div class="cells"><table><caption>{escape(notes)}</caption><thead><tr>{_heads(words)}</tr></thead><tbody>'
        yield from (_row(cell, language) for cell in shown)
        yield "</tbody></table></div>"


def _heads(words: Mapping[str, str]) -> str:
    heads = (("", words["cell"]), ("number", "A"), ("number", "B"), ("number", words["difference"]), ("number", words["percent"]))
    return "".join(f'<th scope="col"{f" class={kind}" if kind else ""}>{escape(text)}</th>' for kind, text in heads)


def _row(cell: CellChange, language: Language) -> str:
    words = WORDS[language]
    label = cell.label if language == "zh" else ".".join(filter(None, cell.at[1:3]))
    note = "" if cell.change is Change.CHANGED else f' <span class="quiet">{CHANGES[cell.change][language != "zh"]}</span>'
    return (
        f'<tr><th scope="row">{escape(label)}{note}</th>{_value("A", cell.a, language)}{_value("B", cell.b, language)}'
        f'<td class="number gap" data-label="{words["difference"]}">{gap(cell)}</td>'
        f'<td class="number" data-label="">{percent(cell)}</td></tr>'
    )


def _value(letter: str, cell: Printed, language: Language) -> str:
    none = "" if cell.presence is Presence.NUMBER else " none"
    return f'<td class="number{none}" data-label="{letter}">{escape(said(cell, language))}</td>'


def _texts(texts: Sequence[TextChange], language: Language) -> Iterator[str]:
    words = WORDS[language]
    if not texts:
        yield f'<p class="quiet">{words["nothing"]}</p>'
    for text in texts:
        name = escape(text_name(text, language))
        if text.changed:
            yield f"<h3>{name}</h3>{_pair(text, words)}"
        elif text.a and text.name.endswith(".text"):
            about = words["unchanged"].format(len(text.a))
            yield f'<details><summary>{name} {escape(about)}</summary><div class="text">{escape(text.a)}</div></details>'


def _pair(text: TextChange, words: Mapping[str, str]) -> str:
    """Both texts: the first with what was taken out, the second with what was put in."""
    sides = []
    for letter, whole, mark, tag in (("A", text.a, Mark.GONE, "del"), ("B", text.b, Mark.NEW, "ins")):
        runs = (run for run in text.runs if run.mark in (Mark.SAME, mark))
        inner = "".join(escape(run.text) if run.mark is Mark.SAME else f"<{tag}>{escape(run.text)}</{tag}>" for run in runs)
        shown = f'<span class="quiet">{words["none"]}</span>' if whole is None else inner
        sides.append(f'<div class="text"><span class="letter">{letter}</span>{shown}</div>')
    return f'<div class="pair">{"".join(sides)}</div>'
