"""gongkai write: a report, read from any file, written in the format that is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from gongkai.formats.writing import Unwritable, format_named
from gongkai.formats.writing import write as written

from .delivery import TO, deliver, ending_of, told
from .files import File, lost, read_file
from .language import Command, language, option, say
from .loading import SECONDS
from .results import Refusal
from .show import complain, refused, utf8
from .workers import Lost, Workers

SAYS = {
    "zh": "把一份年度报告写成另一种格式。\n\nREPORT 为任何可读取的文件（JSON、Word、PDF、网页、电子表格、文本）。写出的文件再读取，所得数值相同。\n"
    "不用 --to 时按 -o 的后缀决定格式。读取时存疑的格写作空白。",
    "en": "Write one annual report in another format.\n\nREPORT is any file that can be read (JSON, Word, PDF, web page, workbook, text). What is written\n"
    "reads back to the same values. Without --to the ending of -o decides. Cells in doubt are written blank.",
}
NOTES = {
    "zh": "退出码：\n  0  已写出\n  2  未能读取或写出，或用法有误",
    "en": "Exit codes:\n  0  written\n  2  it could not be read or written, or wrong usage",
}


@dataclass(frozen=True, slots=True)
class Task:
    """One file to be read and written again."""

    file: File
    to: str
    zeros: bool
    fonts: str | None
    charts: bool
    previous: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """What was written, and how many cells or facts were in doubt."""

    data: bytes
    doubts: int


def answer(task: Task) -> Made | Refusal | Failure:
    """One file read and written, in a worker."""
    reading = read_file(task.file)
    if isinstance(reading, Refusal):
        return reading
    earlier = []
    for path in task.previous:
        before = read_file(File(path))
        if isinstance(before, Refusal):
            return before
        earlier.append(before.report)
    fonts = Path(task.fonts) if task.fonts else None
    try:
        data = written(reading.report, task.to, zeros=task.zeros, fonts=fonts, charts=task.charts or bool(earlier), previous=earlier)
    except Unwritable as error:
        return Failure(error.zh, error.en)
    return Made(data, len(reading.doubts))


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a report could not be written."""

    zh: str
    en: str


@click.command("write", cls=Command, says=SAYS, notes=NOTES)
@click.argument("report", type=click.Path())
@option("--to", metavar=TO, zh="写成的格式：docx、pdf、html、xlsx、md、json。", en="The format: docx, pdf, html, xlsx, md or json.")
@option("-o", "--output", type=click.Path(), metavar="OUT", zh="写到此文件；缺省写到标准输出。", en="Write to this file; standard output otherwise.")
@option("--zeros", is_flag=True, zh="空白格写作 0（只用于空白即为零的汇总报告）。", en="Write blanks as 0 (only for a compiled report whose blanks mean 0).")
@option("--fonts", type=click.Path(), metavar="DIR", zh="PDF 所用字体的目录；缺省取 GONGKAI_FONTS。", en="Where the fonts of a PDF are; GONGKAI_FONTS otherwise.")
@option("--charts", is_flag=True, zh="文末附图（HTML、DOCX、PDF）。", en="Charts at the end (HTML, DOCX, PDF).")
@option("--previous", multiple=True, type=click.Path(), metavar="FILE", zh="往年的报告，附图时一并画出；可以多次给出。",
        en="An earlier year's report, to be drawn in the charts too; may be given several times.")
@option("--timeout", type=click.FloatRange(min=0, min_open=True), default=SECONDS, hidden=True, zh="时限（秒）。", en="Seconds.")
def write(
    report: str, to: str | None, output: str | None, zeros: bool, fonts: str | None, charts: bool,
    previous: tuple[str, ...], timeout: float,
) -> int:
    """Read and write one file; the exit code says how it went."""
    utf8()
    try:
        kind = format_named(ending_of(to, output))
    except Unwritable as error:
        complain(told(error.zh, error.en))
        return 2
    task = Task(File(report), kind.value, zeros, fonts, charts, previous)
    _, given = next(iter(Workers(answer, timeout, 1).run([task])))
    result = lost(given) if isinstance(given, Lost) else given
    if isinstance(result, Refusal):
        complain(refused(task.file.name, result, language()))
        return 2
    if isinstance(result, Failure):
        complain(told(result.zh, result.en))
        return 2
    if result.doubts:
        complain(say(f"读取时有 {result.doubts} 处存疑，写作空白；请先用 gongkai read 查看。",
                     f"{result.doubts} things were in doubt and are written blank; see gongkai read."))
    return deliver(result.data, kind, output, report)
