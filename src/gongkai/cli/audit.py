"""gongkai audit: annual reports audited, findings by file."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from gongkai.law.findings import Language, Severity
from gongkai.report.audit import audit as audit_report
from gongkai.report.exchange import finding_to_dict
from gongkai.report.model import AnnualReport

from .files import OCR, File, collect, lost, patience, read_file
from .language import Command, language, option, say
from .progress import progress
from .results import AuditedFile, Refusal, Sent, packed, unpacked
from .show import Sums, about, audited, complain, counted, dumps, printable, refused, shown, table, unwritable, utf8
from .workers import Lost, Workers

SECONDS = 120.0  # for one file; the readers' own limits end most of them earlier
SAYS = {
    "zh": "核查年度报告，按文件列出问题。\n\nPATHS 为文件或目录；目录中的报告逐一核查，不是报告的文件略过并注明。",
    "en": "Audit annual reports and list what is wrong, file by file.\n\n"
    "PATHS are files or directories; files of a directory that are no reports are skipped with a note.",
}
NOTES = {
    "zh": "退出码：\n  0  没有错误（可能有警告、询问、提示）\n  1  发现错误\n  2  有文件未能读取（其余照常核查；优先于 1），或用法有误",
    "en": "Exit codes:\n  0  no errors (there may be warnings, queries, remarks)\n  1  errors were found\n"
    "  2  a file could not be read (the others are audited all the same; outranks 1), or wrong usage",
}


@dataclass(frozen=True, slots=True)
class Task:
    """One file to be audited, with what is known beside it."""

    file: File
    previous: str | None = None
    published: date | None = None
    ocr: bool = False


Answer = tuple[AuditedFile, list[Sent]]


def answer(task: Task) -> Answer:
    """One file read and audited, in a worker."""
    reading = read_file(task.file, ocr=task.ocr)
    if isinstance(reading, Refusal):
        return AuditedFile(task.file.name, refusal=reading), []
    report = reading.report
    previous = _previous(task.previous)
    result = audit_report(
        report, previous=previous, published=task.published, remarks=reading.remarks, doubts=reading.doubts
    )
    return packed(AuditedFile(
        task.file.name, report.organ, report.title, report.year, report.edition.key if report.edition else None,
        reading.format, result.findings, dict(result.checks),
    ))


def _previous(path: str | None) -> AnnualReport | None:
    reading = read_file(File(path)) if path is not None else None
    return None if reading is None or isinstance(reading, Refusal) else reading.report


def audits(tasks: Sequence[Task], seconds: float = SECONDS) -> Iterator[AuditedFile]:
    """Every file with its audit, in the order given."""
    for task, given in Workers(answer, seconds).run(tasks):
        yield AuditedFile(task.file.name, refusal=lost(given)) if isinstance(given, Lost) else unpacked(*given)


@click.command("audit", cls=Command, says=SAYS, notes=NOTES)
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@option("--previous", type=click.Path(), metavar="FILE", zh="上年度的报告，用于跨年核查（只核查一份报告时）。",
        en="Last year's report, to check across the years (with one report only).")
@option("--published", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", zh="公布日期，如 2024-01-31。",
        en="The day of publication, such as 2024-01-31.")
@option("--html", type=click.Path(), metavar="OUT", zh="另写一份 HTML 总览。", en="Also write an overview as HTML.")
@option("--format", "shape", type=click.Choice(["text", "json"]), default="text", zh="输出格式：text 或 json。",
        en="Output: text or json.")
@option("--ocr", is_flag=True, zh=OCR["zh"], en=OCR["en"])
@option("--timeout", type=click.FloatRange(min=0, min_open=True), default=SECONDS, hidden=True,
        zh="每个文件的时限（秒）。", en="Seconds for one file.")
def audit(
    paths: tuple[str, ...], previous: str | None, published: object, html: str | None, shape: str, ocr: bool,
    timeout: float,
) -> int:
    """Audit files; the exit code says how it went."""
    utf8()
    spoken = language()
    files = list(collect(paths))
    if previous is not None and len(files) > 1:
        raise click.UsageError(say("--previous 只能与一份报告同用。", "--previous goes with one report only."))
    failed = False
    if previous is not None and isinstance(refusal := read_file(File(previous)), Refusal):
        complain(refused(printable(previous), refusal, spoken))
        previous, failed = None, True
    day = published.date() if hasattr(published, "date") else None
    run = _Run(spoken, shape, keep=html is not None)
    with progress(len(files), say("核查", "auditing")) as bar:
        for result in audits([Task(file, previous, day, ocr) for file in files], patience(timeout, ocr=ocr)):
            bar.clear()
            run.take(result)
            bar.advance()
    run.end()
    if html is not None and not _write_overview(html, run.kept, spoken):
        failed = True
    return 2 if failed or run.unreadable or not run.audited else 1 if run.severities[Severity.ERROR] else 0


class _Run:
    """The results as they come: printed and counted, kept only for the overview."""

    def __init__(self, spoken: Language, shape: str, *, keep: bool) -> None:
        self.spoken, self.json, self.keep = spoken, shape == "json", keep
        self.kept: list[AuditedFile] = []
        self.listed = not self.json and sys.stdout.isatty()
        self.rows: list[Sums] = []
        self.severities: Counter[Severity] = Counter()
        self.audited = self.unreadable = self.skipped = 0

    def take(self, file: AuditedFile) -> None:
        if file.refusal is not None and file.refusal.skipped:
            self.skipped += 1
            complain(refused(file.name, file.refusal, self.spoken))
            return
        if self.json:
            click.echo(('{"files": [\n' if not self.audited + self.unreadable else ",\n") + dumps(as_dict(file)), nl=False)
        else:
            shown(audited(file, self.spoken))
        if file.refusal is not None:
            self.unreadable += 1
            if self.json:
                complain(refused(file.name, file.refusal, self.spoken))
        else:
            self.audited += 1
            self.severities.update(finding.severity for finding in file.findings)
            if self.listed:
                counts = tuple(file.count(severity) for severity in Severity)
                self.rows.append((file.name, about(file, self.spoken), counts))
        if self.keep:
            self.kept.append(file)

    def end(self) -> None:
        sums = {"audited": self.audited, "unreadable": self.unreadable, "skipped": self.skipped}
        if self.json:
            opening = "" if self.audited + self.unreadable else '{"files": ['
            summary = sums | {severity.value: self.severities[severity] for severity in Severity}
            click.echo(f'{opening}\n], "summary": {dumps(summary)}}}')
        else:
            if len(self.rows) > 1:
                table(self.rows, self.spoken)
                click.echo()
            click.echo(counted(sums, self.severities, self.spoken))
            if not self.audited and not self.unreadable:
                complain(say("没有找到年度报告。", "No annual report was found."))


def as_dict(file: AuditedFile) -> dict[str, object]:
    """One file's audit as plain values."""
    refusal = file.refusal
    return {
        "file": file.name, "organ": file.organ, "title": file.title, "year": file.year, "format": file.edition,
        "findings": [finding_to_dict(finding) for finding in file.findings],
        "checks": dict(file.checks),
        "error": {"code": refusal.code, "zh": refusal.zh, "en": refusal.en} if refusal else None,
    }


def _write_overview(path: str, files: Sequence[AuditedFile], spoken: Language) -> bool:
    from .overview import render

    try:
        Path(path).write_text(render(files, spoken), encoding="utf-8")
    except OSError as error:
        complain(unwritable(printable(path), error, spoken))
        return False
    complain(say(f"总览已写入 {printable(path)}。", f"The overview is in {printable(path)}."))
    return True
