"""gongkai diff: two versions of one report, or two years of one organ, beside one another (比对)."""

from __future__ import annotations

from collections.abc import Iterator

import click

from gongkai.law.findings import Language
from gongkai.report.aggregate import Part
from gongkai.report.auditing.labels import figure
from gongkai.report.compare import CellChange, Change, Comparison, Kind, Mark, TextChange, compare
from gongkai.report.tables import Presence, Printed

from .files import File
from .language import Command, language, option, say
from .loading import SECONDS, load
from .saving import save
from .show import NAMES, SIGNS, complain, dumps, printable, shown, utf8, where

MOST = 60  # signs of a changed text in the summary
SAYS = {
    "zh": "比较两份年度报告：同一报告的两个版本，或同一机关的两个年度。\n\n"
    "逐格列出两边的数、差和百分比（空白、未印、0 是三回事），逐部分列出正文的增删；相邻年度另作跨年核查。",
    "en": "Compare two annual reports: versions of one report, or two years of one organ.\n\n"
    "Cell by cell with both values, difference and percentage (blank, absent and 0 are three things), section by section\n"
    "with what was taken out and put in; consecutive years are held against one another too.",
}
NOTES = {
    "zh": "退出码：\n  0  没有不同\n  1  有不同\n  2  有文件未能读取或写入，或用法有误",
    "en": "Exit codes:\n  0  nothing differs\n  1  something differs\n  2  a file could not be read or written, or wrong usage",
}
KINDS = {
    Kind.VERSIONS: ("同一报告的两个版本", "two versions of one report"),
    Kind.YEARS: ("同一机关的两个年度", "two years of one organ"),
    Kind.ORGANS: ("两个机关的报告", "reports of two organs"),
    Kind.UNKNOWN: ("机关或年度不详，按所给比较", "organ or year unknown; compared as given"),
}
CHANGES = {
    Change.CHANGED: ("改动", "changed"),
    Change.FILLED: ("补填", "filled in"),
    Change.BLANKED: ("改为空白", "blanked"),
    Change.ADDED: ("新印出", "added"),
    Change.REMOVED: ("不再印出", "removed"),
    Change.UNIT: ("单位不明，不比较", "units unknown, not compared"),
    Change.EDITION: ("格式不同，不比较", "different forms, not compared"),
    Change.SAME: ("相同", "same"),
}
_TEXTS = {
    "title": ("标题", "Title"), "organ": ("机关", "Organ"), "year": ("年度", "Year"), "edition": ("格式", "Form"),
    "published": ("公布日期", "Published"), "signature.organ": ("落款机关", "Signed by"), "signature.on": ("落款日期", "Signed on"),
}


@click.command("diff", cls=Command, says=SAYS, notes=NOTES)
@click.argument("a", type=click.Path())
@click.argument("b", type=click.Path())
@option("--html", type=click.Path(), metavar="OUT", zh="另写一份左右对照的 HTML。", en="Also write both side by side as HTML.")
@option("--format", "shape", type=click.Choice(["text", "json"]), default="text", zh="输出格式：text 或 json。", en="Output: text or json.")
@option("--timeout", type=click.FloatRange(min=0, min_open=True), default=SECONDS, hidden=True, zh="每个文件的时限（秒）。", en="Seconds for one file.")
def diff(a: str, b: str, html: str | None, shape: str, timeout: float) -> int:
    """Compare two files; the exit code says whether they differ."""
    utf8()
    spoken = language()
    first, second = load([File(a), File(b)], timeout, spoken)
    if not isinstance(first, Part) or not isinstance(second, Part):
        return 2
    found = compare(first.report, second.report)
    names = printable(a), printable(b)
    if shape == "json":
        shown([dumps(found.to_dict() | {"files": list(names)})])
    else:
        shown(_lines(found, names, spoken))
    if html is not None:
        from .side_by_side import render

        if not save(html, render(found, names, spoken), [a, b]):
            return 2
        complain(say(f"左右对照已写入 {printable(html)}。", f"Both side by side are in {printable(html)}."))
    return 0 if found.same else 1


def said(cell: Printed, language: Language) -> str:
    """A cell as it is shown: a blank and an absent one are named."""
    if cell.presence is Presence.ABSENT:
        return "未印" if language == "zh" else "absent"
    if cell.value is None:
        return cell.raw or ("空白" if language == "zh" else "blank")
    unit = cell.unit if cell.unit not in ("", "件", "项") else ""
    return f"{figure(cell.value)}{unit}"


def gap(cell: CellChange) -> str:
    """The difference with its sign; empty where there is none to tell."""
    if cell.difference is None:
        return ""
    shown = figure(cell.difference)
    return "±0" if not cell.difference else "−" + shown[1:] if shown.startswith("-") else "+" + shown


def percent(cell: CellChange) -> str:
    """The percentage with its sign, to one decimal; empty where there is none."""
    share = cell.percent
    if share is None:
        return ""
    return ("+" if share > 0 else "−" if share < 0 else "±") + f"{abs(float(share)):,.1f}%"


def text_name(text: TextChange, language: Language) -> str:
    """What a text is called: 标题, 第一部分标题, 第一部分正文."""
    known = _TEXTS.get(text.name)
    if known is not None:
        return known[language != "zh"]
    section, _, part = text.name.partition(".")
    number, _, again = section.removeprefix("section").partition("#")
    if language != "zh":
        return f"Section {number}{f' (copy {again})' if again else ''}, {part}"
    name = "开头" if number == "0" else f"第{'〇一二三四五六七八九'[int(number)] if int(number) < 10 else number}部分"
    return f"{name}{f'（第{again}遍）' if again else ''}{'标题' if part == 'heading' else '正文'}"


def _lines(found: Comparison, names: tuple[str, str], spoken: Language) -> Iterator[str]:
    zh = spoken == "zh"
    yield click.style(f"{names[0]}  ↔  {names[1]}  {KINDS[found.kind][not zh]}", bold=True)
    if found.same:
        yield "没有不同。" if zh else "Nothing differs."
        return
    compared = [cell for cell in found.changed_cells if cell.change is not Change.EDITION]
    apart = len(found.changed_cells) - len(compared)
    for cell in compared:
        yield _cell(cell, spoken)
    if apart:
        yield f"  另有{apart}格因格式不同不比较。" if zh else f"  {apart} cells are of different forms and were not compared."
    for text in (*found.about, *found.sections):
        if text.changed:
            yield f"  {text_name(text, spoken)}{'：' if zh else ': '}{_text(text, spoken)}"
    for finding in found.findings:
        yield f"  {SIGNS[finding.severity]} {NAMES[spoken][finding.severity]}  {where(finding, spoken)}  {finding.sentence(spoken)}"


def _cell(cell: CellChange, spoken: Language) -> str:
    label = cell.label if spoken == "zh" else ".".join(filter(None, cell.at[:3]))
    change = "" if cell.change is Change.CHANGED else CHANGES[cell.change][spoken != "zh"]
    told = (label, f"{said(cell.a, spoken)} → {said(cell.b, spoken)}", gap(cell), percent(cell), change)
    return "  " + "  ".join(filter(None, told))


def _text(text: TextChange, spoken: Language) -> str:
    """How much was taken out and put in; a short text in full."""
    none = "无" if spoken == "zh" else "none"
    if max(len(text.a or ""), len(text.b or "")) <= MOST:
        return f"{none if text.a is None else text.a} → {none if text.b is None else text.b}"
    gone, new = (sum(len(run.text) for run in text.runs if run.mark is mark) for mark in (Mark.GONE, Mark.NEW))
    return f"删去{gone}字，增加{new}字" if spoken == "zh" else f"{gone} signs taken out, {new} put in"
