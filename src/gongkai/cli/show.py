"""How the command prints: findings by file, one line for what could not be read, a line of sums at the end."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import click

from gongkai.law.findings import Finding, Language, Place, Severity
from gongkai.report.auditing.labels import place_label

from .results import AuditedFile, Refusal

SIGNS = {Severity.ERROR: "✗", Severity.WARNING: "▲", Severity.QUERY: "?", Severity.INFO: "·"}
COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.QUERY: "cyan", Severity.INFO: "bright_black"}
NAMES: Mapping[Language, Mapping[Severity, str]] = {
    "zh": {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.QUERY: "询问", Severity.INFO: "提示"},
    "en": {severity: severity.value for severity in Severity},
}


def audited(file: AuditedFile, language: Language) -> Iterator[str]:
    """The lines of one file."""
    yield click.style(heading(file, language), bold=True)
    if file.refusal is not None:
        word = {"zh": "未能读取：", "en": "not read: "}[language]
        yield "  " + click.style(word + file.refusal.line(language), fg="red")
    elif not file.findings:
        yield {"zh": "  没有发现问题。", "en": "  Nothing found."}[language]
    for finding in file.findings:
        yield from _finding(finding, language)
    yield ""


def heading(file: AuditedFile, language: Language) -> str:
    """The file's name, and what report it is."""
    return file.name if file.refusal is not None else f"{file.name}  {about(file, language)}"


def about(file: AuditedFile, language: Language) -> str:
    """The organ, the year and the form of a report."""
    zh = language == "zh"
    year = f"{file.year}年" if zh and file.year else str(file.year or "")
    edition = (f"{file.edition}年格式" if zh else f"form of {file.edition}") if file.edition else ""
    return " · ".join(part for part in (file.organ or ("机关不详" if zh else "organ unknown"), year, edition) if part)


def _finding(finding: Finding, language: Language) -> Iterator[str]:
    severity = finding.severity
    sign = click.style(f"{SIGNS[severity]} {NAMES[language][severity]}", fg=COLOURS[severity])
    yield f"  {sign}  {where(finding, language)}  {click.style(f'[{finding.code}]', fg='bright_black')}"
    yield f"      {finding.sentence(language)}"
    advice = finding.rule.advice.get(language)
    if advice:
        yield f"      {'建议：' if language == 'zh' else 'Advice: '}{advice.format_map(finding.facts)}"


def where(finding: Finding, language: Language) -> str:
    """The place of a finding, further places counted, with the quoted words and the place in the source."""
    place = finding.where
    text = place_label(place) if language == "zh" else str(place)
    if finding.also:
        text += f"等{len(finding.also) + 1}处" if language == "zh" else f" and {len(finding.also)} more"
    return text + _source(place)


def _source(place: Place) -> str:
    quote = place.quote.replace("\n", " ") if place.quote else ""
    if len(quote) > 40:
        quote = quote[:39] + "…"
    return "".join((f"“{quote}”" if quote else "", f"（{place.source}）" if place.source else ""))


def counted(files: Mapping[str, int], severities: Counter[Severity], language: Language) -> str:
    """The line of sums."""
    if language == "zh":
        parts = "，".join(f"{NAMES['zh'][severity]}{severities[severity]}" for severity in Severity)
        line = f"共核查{files['audited']}份报告：{parts}。"
        line += f"未能读取{files['unreadable']}份。" if files["unreadable"] else ""
        return line + (f"略过{files['skipped']}个非报告文件。" if files["skipped"] else "")
    parts = ", ".join(f"{severity.value} {severities[severity]}" for severity in Severity)
    line = f"{files['audited']} report{'s' * (files['audited'] != 1)} audited: {parts}."
    line += f" {files['unreadable']} could not be read." if files["unreadable"] else ""
    return line + (f" {files['skipped']} files that are no reports were skipped." if files["skipped"] else "")


Sums = tuple[str, str, tuple[int, ...]]  # file, organ and year, findings by severity


def table(rows: Sequence[Sums], language: Language) -> None:
    """On a terminal: how each of many files came off, in one table."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    heads = ("文件", "报告") if language == "zh" else ("File", "Report")
    shown_ = Table(*heads, box=None, header_style="bold", pad_edge=False)
    for severity in Severity:
        shown_.add_column(NAMES[language][severity], justify="right")
    for name, about, numbers in rows:
        counts = (
            Text(str(number), style=COLOURS[severity] if number else "bright_black")
            for severity, number in zip(Severity, numbers, strict=True)
        )
        shown_.add_row(Text(os.path.basename(name)), Text(about), *counts)  # noqa: PTH119 - a printable name, no path
    Console().print(shown_)


def refused(name: str, refusal: Refusal, language: Language) -> str:
    """The line for a file that gave no report."""
    if refusal.skipped:
        return f"略过 {name}：{refusal.zh}" if language == "zh" else f"skipped {name}: {refusal.en}"
    return f"未能读取 {name}：{refusal.zh}" if language == "zh" else f"not read {name}: {refusal.en}"


def printable(path: str | os.PathLike[str]) -> str:
    """A path that can be printed whatever its bytes; signs that steer a terminal are shown, not sent."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii") for sign in text)


_REASONS: Mapping[type[OSError], tuple[str, str]] = {
    FileNotFoundError: ("没有这个目录", "no such directory"),
    FileExistsError: ("已有同名文件", "a file of that name exists"),
    NotADirectoryError: ("路径中有一段不是目录", "a part of the path is no directory"),
    IsADirectoryError: ("这是目录", "it is a directory"),
    PermissionError: ("没有写入权限", "permission denied"),
}


def unwritable(path: str, error: OSError, language: Language) -> str:
    """The line for a file or directory that cannot be written."""
    zh, en = _REASONS.get(type(error), (error.strerror or str(error),) * 2)
    return f"无法写入 {path}：{zh}。" if language == "zh" else f"Cannot write {path}: {en}."


def complain(line: str) -> None:
    """A line on standard error."""
    click.echo(line, err=True)


def shown(lines: Iterable[str]) -> None:
    """Lines on standard output, coloured on a terminal only."""
    for line in lines:
        click.echo(line)


def utf8() -> None:
    """Chinese on any terminal: what its encoding lacks is shown as an escape, never an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def dumps(value: object, indent: int = 0) -> str:
    """JSON for people: a list of plain values, and a small object of them, stand on one line."""
    pad = "  " * (indent + 1)
    if isinstance(value, dict) and value and not _on_one_line(value):
        rows = (f"{pad}{json.dumps(key, ensure_ascii=False)}: {dumps(item, indent + 1)}" for key, item in value.items())
        return "{\n" + ",\n".join(rows) + "\n" + pad[2:] + "}"
    if isinstance(value, list) and any(isinstance(item, dict | list) for item in value):
        return "[\n" + ",\n".join(pad + dumps(item, indent + 1) for item in value) + "\n" + pad[2:] + "]"
    return json.dumps(value, ensure_ascii=False)


def _on_one_line(value: dict[str, object]) -> bool:
    return len(value) <= 5 and all(item is None or isinstance(item, int | float) or (isinstance(item, str) and len(item) < 60)
                                   for item in value.values())
