"""gongkai sum: many organs' reports added up by declared scope (汇总)."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from gongkai.law.editions import Applicant, Remedy, Result, RowRole
from gongkai.law.findings import Language, Severity
from gongkai.report.aggregate import Aggregate, CannotAdd, Moved, Part, aggregate
from gongkai.report.auditing.labels import figure
from gongkai.report.exchange import finding_to_dict

from .files import File, collect
from .language import Command, language, option, say
from .loading import SECONDS, load
from .results import AuditedFile, Refusal
from .saving import save
from .show import audited, complain, dumps, printable, shown, utf8

Names = tuple[str, ...]
HEADS = frozenset(("organ", "organs", "name", "机关", "机关名称", "名称", "单位", "单位名称"))
SAYS = {
    "zh": "汇总各机关的年度报告：逐格相加，写明计入哪些、缺哪些、哪些不能加。\n\n"
    "REPORTS 为文件或目录，任何能读的格式都可以。年度不同、格式不同、同一机关两份数字不同的，一概不加。\n"
    "任何一份空白的格，汇总也空缺，不按0计。",
    "en": "Add up the annual reports of many organs, cell by cell, saying what is in, what is missing and what cannot be added.\n\n"
    "REPORTS are files or directories in any format that can be read. Different years, different forms and two versions of\n"
    "one report are refused. A cell that is blank in any report stays blank in the total; it is not taken for 0.",
}
NOTES = {
    "zh": "退出码：\n  0  已汇总，没有错误（可能有警告、询问）\n  1  已汇总，但有错误（缺报、范围外、有报告的勾稽关系不成立）\n"
    "  2  没有汇总：有文件未能读取，或不能相加（年度、格式不同，重复等），或用法有误；不写出文件",
    "en": "Exit codes:\n  0  added up without errors (there may be warnings and queries)\n"
    "  1  added up with errors (organs missing or beyond the scope, a report whose identities fail)\n"
    "  2  not added up: a file could not be read, the reports cannot be added (years, forms, duplicates), or wrong usage; nothing is written",
}


@click.command("sum", cls=Command, says=SAYS, notes=NOTES)
@click.argument("reports", nargs=-1, required=True, type=click.Path())
@option("-o", "--output", type=click.Path(), metavar="TOTAL.json", zh="汇总写到此 JSON 文件。", en="Write the total to this JSON file.")
@option("--organ", metavar="NAME", zh="汇总机关，如“青禾县人民政府”。", en="The organ of the total.")
@option("--year", type=click.IntRange(1990, 2999), metavar="YEAR", zh="汇总年度；缺省取自各报告。", en="The year of the total; taken from the reports otherwise.")
@option("--scope", metavar="FILE|NAMES", zh="应汇总的机关：CSV 文件（每行一个机关，后列为别名），或用逗号、顿号分开的名称。",
        en="The organs that belong in: a CSV file (one a line, other names in further columns), or names parted by commas.")
@option("--against", type=click.Path(), metavar="REPORT", zh="已编制的汇总报告，与各报告之和逐格核对。",
        en="The compiled report of the whole, to be held against the sum cell by cell.")
@option("--other-to-misc", is_flag=True, zh="允许把2019年格式表三“（六）其他处理”计入“3.其他”；表二不作换算，空缺。",
        en="Count row （六） of the 2019 form as “3.其他”; table two is not converted and stays blank.")
@option("--moved", type=(str, str, click.IntRange(1)), multiple=True, metavar="GIVER TAKER N",
        zh="申报移送的申请：移送机关、接收机关、件数，可多次使用。", en="Requests declared as moved between two organs; may be repeated.")
@option("--format", "shape", type=click.Choice(["text", "json"]), default="text", zh="输出格式：text 或 json。", en="Output: text or json.")
@option("--timeout", type=click.FloatRange(min=0, min_open=True), default=SECONDS, hidden=True, zh="每个文件的时限（秒）。", en="Seconds for one file.")
def sum_(
    reports: tuple[str, ...], output: str | None, organ: str | None, year: int | None, scope: str | None, against: str | None,
    other_to_misc: bool, moved: tuple[tuple[str, str, int], ...], shape: str, timeout: float,
) -> int:
    """Add up files; the exit code says how it went."""
    utf8()
    spoken = language()
    names = None if scope is None else _scope(scope)
    files = list(collect(reports))
    whole = File(against) if against is not None else None
    results = list(load([*files, *([whole] if whole else [])], timeout, spoken))
    held = results.pop() if whole else None
    unread = [result for result in results if isinstance(result, Refusal) and not result.skipped]
    if unread or isinstance(held, Refusal):
        complain(say("没有汇总：有文件未能读取。", "Not added up: a file could not be read."))
        return 2
    parts = [result for result in results if isinstance(result, Part)]
    try:
        total = aggregate(
            parts, organ=organ, year=year, scope=names, against=held, other_to_misc=other_to_misc,
            moved=[Moved(*one) for one in moved],
        )
    except CannotAdd as error:
        _refuse(error, shape, spoken)
        return 2
    if output is not None and not save(output, dumps(total.to_dict()) + "\n", [*reports, *([against] if against else [])]):
        return 2
    shown([dumps(total.to_dict())] if shape == "json" else _lines(total, output, spoken))
    return 1 if total.count(Severity.ERROR) else 0


def _scope(given: str) -> list[Names]:
    """The declared organs: the rows of a file, or names on the command line."""
    path = Path(given)
    try:
        listed = path.read_bytes() if path.is_file() else None
    except OSError as error:
        raise click.UsageError(say(f"范围文件打不开：{error.strerror}。", f"The scope cannot be opened: {error.strerror}.")) from error
    if listed is None and path.suffix:
        raise click.UsageError(say(f"没有这个范围文件：{printable(given)}。", f"No such scope file: {printable(given)}."))
    names: list[Names] = [(name,) for name in re.split(r"[,，、;；\s]+", given) if name]
    if listed is not None:
        names = list(_rows(_decoded(listed)))
    if not names:
        raise click.UsageError(say("汇总范围里没有机关名称。", "The scope names no organ."))
    return names


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")  # 电子表格软件存的 CSV 多为 GBK


def _rows(text: str) -> Iterator[Names]:
    for index, row in enumerate(csv.reader(io.StringIO(text, newline=""))):
        names = tuple(name.strip() for name in row if name.strip())
        if names and not names[0].startswith("#") and not (index == 0 and names[0].lower() in HEADS):
            yield names


def _refuse(error: CannotAdd, shape: str, spoken: Language) -> None:
    if shape == "json":
        shown([dumps({"error": "cannot_add", "findings": [finding_to_dict(finding) for finding in error.findings]})])
    complain(say("没有汇总。", "Not added up."))
    for finding in error.findings:
        complain(f"  ✗ {finding.sentence(spoken)}")
        advice = finding.rule.advice.get(spoken)
        if advice:
            complain(f"    {'建议：' if spoken == 'zh' else 'Advice: '}{advice}")


def _lines(total: Aggregate, output: str | None, spoken: Language) -> Iterator[str]:
    """The total in a few lines: what is in it, its main figures, what was found."""
    report, zh = total.report, spoken == "zh"
    rows = (RowRole.NEW, RowRole.CARRIED_OVER, RowRole.TOTAL, RowRole.CARRIED_FORWARD)
    new, over, done, forward = (figure(report.application(row.value, Applicant.TOTAL)) for row in rows)
    cases = [figure(report.remedy(block, Result.TOTAL)) for block in Remedy]
    name = output or ("汇总" if zh else "total")
    edition = report.edition.key if report.edition else None
    heading = AuditedFile(name, report.organ, None, report.year, edition, None, total.findings)
    yield from _without_end(audited(heading, spoken))
    yield (f"计入{len(total.parts)}份报告：" if zh else f"{len(total.parts)} reports added up:")
    for part in total.parts:
        yield f"  {part.name}　{part.sha256[:12]}　{part.file or ''}".rstrip()
    yield (f"新收{new}，上年结转{over}，办结{done}，结转下年度{forward}；行政复议{cases[0]}，行政诉讼{cases[1]}、{cases[2]}" if zh
           else f"new {new}, carried over {over}, finished {done}, carried forward {forward}; remedies {', '.join(cases)}")
    inner = Counter(state for key, state in total.checks.items() if not key.startswith("aggregate."))
    yield _states("勾稽关系" if zh else "identities", inner, zh)
    cells = Counter(state for key, state in total.checks.items() if key.startswith("aggregate."))
    if cells:
        yield _states("与所给汇总报告逐格核对" if zh else "cells held against the given report", cells, zh)
    yield (f"不能相加而空缺的格：{len(total.cannot_add)}" if zh else f"cells left blank: {len(total.cannot_add)}")


def _without_end(lines: Iterator[str]) -> Iterator[str]:
    return (line for line in lines if line)


def _states(name: str, states: Counter[str], zh: bool) -> str:
    holds, fails, unknown = (states[state] for state in ("holds", "fails", "not_assessable"))
    return f"{name}：成立{holds}，不成立{fails}，无法判断{unknown}" if zh else f"{name}: {holds} hold, {fails} fail, {unknown} not assessable"
