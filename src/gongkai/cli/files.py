"""Which files are meant, and one file read: what goes wrong with a file is a `Refusal`, never a traceback."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from gongkai.formats import DEFAULT, Reading, Unreadable, read

from .results import Refusal
from .show import printable
from .workers import Lost

ENDINGS = frozenset((
    ".html", ".htm", ".xhtml", ".shtml", ".mht", ".mhtml", ".docx", ".docm", ".doc", ".wps", ".pdf",
    ".xlsx", ".xlsm", ".xls", ".et", ".md", ".markdown", ".txt", ".text", ".json",
))
FOREIGN = ("json.malformed", "json.damaged")  # a JSON file that is none of ours
OCR = {
    "zh": "扫描件和图片用 Tesseract 识别（见 make ocr）；只录入经勾稽关系印证的数。",
    "en": "Recognise scans and pictures with Tesseract (see make ocr); only figures that the identities confirm are taken.",
}


@dataclass(frozen=True, slots=True)
class File:
    """A file to be read: its path, and whether somebody named it or it was met in a directory."""

    path: str
    named: bool = True

    @property
    def name(self) -> str:
        return printable(self.path)


def collect(paths: Iterable[str]) -> Iterator[File]:
    """The files that are named, and those of the directories in sorted order; each once."""
    seen: set[str] = set()
    for path in paths:
        found = _walk(path) if Path(path).is_dir() else iter([File(path)])
        for file in found:
            real = os.path.realpath(file.path)
            if real not in seen:
                seen.add(real)
                yield file


def _walk(top: str) -> Iterator[File]:
    for folder, folders, names in os.walk(top):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            hidden = name.startswith((".", "~$"))  # ~$: Word's lock files
            if not hidden and Path(name).suffix.lower() in ENDINGS:
                yield File(os.path.join(folder, name), named=False)  # noqa: PTH118 - bytes that are no text stay as they are


def read_file(file: File, *, ocr: bool = False) -> Reading | Refusal:
    """One file read; every way in which that can fail is one line."""
    try:
        data = _bytes(file.path)
        if not file.named and _is_truth(file.path, data):
            return Refusal(
                "source.truth", "是核对读数用的真值文件，不是报告。", "It holds the checked values of a report, not a report.",
                skipped=True,
            )
        reading = read(Path(file.path).name, data, ocr=ocr)
    except Unreadable as error:
        return Refusal(error.code, error.zh, error.en, skipped=not file.named and error.code in FOREIGN)
    except OSError as error:
        return _unopened(error)
    except MemoryError:
        return Refusal("source.memory", "读取时内存超过限度，已放弃。", "Reading it took more memory than allowed.")
    except RecursionError:
        return Refusal("source.depth", "内容嵌套过深，已放弃。", "It is nested too deeply.")
    except Exception as error:  # a fault of ours: the other files are done all the same
        kind = type(error).__name__
        return Refusal("source.fault", f"读取时程序出错（{kind}），请反馈此文件。", f"The program failed on it ({kind}); please report this file.")
    if reading.is_report:
        return reading
    return Refusal(
        "source.no_report", "不是政府信息公开工作年度报告：没有标题、部分或表格。",
        "It is no annual report: no title, section or table of one was found.", skipped=not file.named,
    )


def _is_truth(path: str, data: bytes) -> bool:
    """Whether a JSON file met in a directory was written to check readings: it lists what should be found and what holds."""
    return path.endswith(".json") and b'"findings"' in data and b'"holds"' in data


def _bytes(path: str) -> bytes:
    """The bytes, one more than the limit at most: the reader then refuses the file by its size."""
    with Path(path).open("rb") as source:
        return source.read(DEFAULT.size + 1)


def _unopened(error: OSError) -> Refusal:
    known: dict[type[OSError], tuple[str, str]] = {
        FileNotFoundError: ("没有这个文件。", "No such file."),
        IsADirectoryError: ("这是目录，不是文件。", "This is a directory."),
        PermissionError: ("没有读取权限。", "Permission denied."),
    }
    zh, en = known.get(type(error), (f"无法打开：{error.strerror or error}。", f"Cannot be opened: {error.strerror or error}."))
    return Refusal("source.unopened", zh, en)


def patience(seconds: float, *, ocr: bool) -> float:
    """How long a file may take: recognising a scan takes longer than reading a text."""
    return max(seconds, DEFAULT.ocr_seconds + DEFAULT.seconds) if ocr else seconds


def lost(answer: Lost) -> Refusal:
    """Why a file's worker gave no answer."""
    if answer.timed_out:
        seconds = f"{answer.seconds:g}"
        return Refusal("source.timeout", f"读取超过{seconds}秒，已放弃。", f"Reading it took more than {seconds} seconds.")
    return Refusal("source.died", "读取时进程异常终止，已放弃。", "The process that read it died.")
