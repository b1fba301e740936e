"""gongkai diff: two versions of one report, or two years of one organ, beside one another (比对)."""

from __future__ import annotations

from collections.abc import Iterator

import click

from gongkai.law.findings import Language
from gongkai.report.aggregate import Part
from gongkai.report.compare import CellChange, Change, Comparison, Mark, TextChange, compare

from .differences import CHANGES, KINDS, gap, percent, said, text_name
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
