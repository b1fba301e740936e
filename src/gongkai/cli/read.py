"""gongkai read: annual reports as JSON, with the keys that the project publishes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from gongkai.formats import Reading
from gongkai.report.checks import checks
from gongkai.report.exchange import finding_to_dict, to_dict
from gongkai.report.words import words

from .files import OCR, File, collect, lost, patience, read_file
from .language import Command, language, option, say
from .progress import progress
from .results import Refusal
from .saving import save
from .show import complain, dumps, printable, refused, unwritable, utf8
from .summary import summary
from .workers import Lost, Workers

SECONDS = 120.0
SAYS = {
    "zh": "读取年度报告，输出 JSON。\n\nPATHS 为文件或目录。不用 -o 时写到标准输出：一份报告为一个对象，多份为一个列表。\n"
    "用 -o 时每份一个文件，以原文件名加 .json 命名；同名不同后缀的，保留后缀（a.html.json、a.pdf.json）。",
    "en": "Read annual reports into JSON.\n\nPATHS are files or directories. Without -o the result goes to standard output: one report as an\n"
    "object, several as a list. With -o there is one file each, named after the source with .json; sources that\n"
    "differ in their ending only keep it (a.html.json, a.pdf.json).",
}
NOTES = {
    "zh": "退出码：\n  0  全部读取（存疑之处见 doubts）\n  2  有文件未能读取或写入（其余照常处理），或用法有误",
    "en": "Exit codes:\n  0  all were read (see doubts)\n  2  a file could not be read or written (the others are done all the same), or wrong usage",
}


@dataclass(frozen=True, slots=True)
class Text:
    """What is written of one report."""

    text: str
    doubts: int


@dataclass(frozen=True, slots=True)
class Task:
    """One file to be read, and how it is to be shown."""

    file: File
    as_text: bool = False
    spoken: str = "zh"
    ocr: bool = False


def answer(task: Task) -> Text | Refusal:
    """One file read, in a worker."""
    reading = read_file(task.file, ocr=task.ocr)
    if isinstance(reading, Refusal):
        return reading
    if task.as_text:
        return Text("\n".join(summary(task.file.name, reading, "en" if task.spoken == "en" else "zh")), len(reading.doubts))
    return Text(dumps(plain(task.file.name, reading)), len(reading.doubts))


def plain(name: str, reading: Reading) -> dict[str, object]:
    """The reading with exactly the published keys."""
    source: dict[str, object] = {
        "file": name,
        "kind": reading.format,
        "encoding": reading.encoding,
        "tables": {table.table: {"how": table.how, "at": table.at} for table in reading.tables},
        "remarks": [finding_to_dict(remark) for remark in reading.remarks],
    }
    report = reading.report
    return to_dict(report, reading.doubts, checks(report, words=words(report.sections), doubts=reading.doubts), source)


@click.command("read", cls=Command, says=SAYS, notes=NOTES)
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@option("-o", "--output", type=click.Path(), metavar="OUTDIR", zh="每份报告写一个 JSON 文件到此目录。", en="Write one JSON file each into this directory.")
@option("--format", "shape", type=click.Choice(["json", "text"]), default="json", zh="输出格式：json 或 text（摘要）。",
        en="Output: json, or text (a summary).")
@option("--ocr", is_flag=True, zh=OCR["zh"], en=OCR["en"])
@option("--timeout", type=click.FloatRange(min=0, min_open=True), default=SECONDS, hidden=True,
        zh="每个文件的时限（秒）。", en="Seconds for one file.")
def read(paths: tuple[str, ...], output: str | None, shape: str, ocr: bool, timeout: float) -> int:
    """Read files; the exit code says how it went."""
    utf8()
    spoken = language()
    files = list(collect(paths))
    folder = Path(output) if output is not None else None
    if folder is not None and not _made(folder):
        return 2
    names = dict(targets(files, ".json" if shape == "json" else ".txt")) if folder is not None else {}
    several = len(paths) > 1 or Path(paths[0]).is_dir()
    done = failed = 0
    with progress(len(files), say("读取", "reading")) as bar:
        for task, given in Workers(answer, patience(timeout, ocr=ocr)).run([Task(file, shape == "text", spoken, ocr) for file in files]):
            result = lost(given) if isinstance(given, Lost) else given
            if folder is None or isinstance(result, Refusal):
                bar.clear()
            if isinstance(result, Refusal):
                complain(refused(task.file.name, result, spoken))
                failed += not result.skipped
            elif folder is not None:
                written = save(folder / names[task.file.path], result.text + "\n", (file.path for file in files))
                done, failed = done + written, failed + (not written)
            else:
                click.echo(_opening(done, several and shape == "json") + result.text, nl=shape == "text" or not several)
                done += 1
            bar.advance()
    if folder is None and several and shape == "json":
        click.echo("\n]" if done else "[]")
    if folder is not None:
        complain(say(f"已写入{done}个文件到 {printable(folder)}。", f"{done} files written to {printable(folder)}."))
    elif not done and not failed:
        complain(say("没有找到年度报告。", "No annual report was found."))
    return 2 if failed or not done else 0


def _opening(done: int, listed: bool) -> str:
    return "" if not listed else ",\n" if done else "[\n"


def targets(files: Sequence[File], ending: str) -> Iterator[tuple[str, str]]:
    """The name of each file's result; where two would share one, both keep more of their own names."""
    paths = [Path(file.path) for file in files]
    short = [path.stem + ending for path in paths]
    long = [path.name + ending for path in paths]
    often_short, often_long = _often(short), _often(long)
    taken: set[str] = set()
    for file, path, one, two in zip(files, paths, short, long, strict=True):
        name = one if often_short[one.casefold()] == 1 else two
        if often_short[one.casefold()] > 1 and often_long[two.casefold()] > 1:
            name = f"{path.parent.name}_{two}"
        number = 2
        while name.casefold() in taken:
            name, number = f"{path.stem}_{number}{path.suffix}{ending}", number + 1
        taken.add(name.casefold())
        yield file.path, name


def _often(names: Sequence[str]) -> Counter[str]:
    return Counter(name.casefold() for name in names)


def _made(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        complain(unwritable(printable(folder), error, language()))
        return False
    return True
