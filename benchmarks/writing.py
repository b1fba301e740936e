"""Writing: one report in each format, and the memory that it takes."""

from __future__ import annotations

import sys

from gongkai.formats import Format, read, write

from .memory import peak
from .pages import SAMPLES
from .timing import Line, least

SOURCE = SAMPLES / "lanyuan_archives_2023.json"
FORMATS = (Format.JSON, Format.HTML, Format.MARKDOWN, Format.XLSX, Format.DOCX, Format.PDF)


def writing() -> list[Line]:
    report = read(SOURCE.name, SOURCE.read_bytes()).report
    taken = {one: least(lambda one=one: write(report, one), 5) for one in FORMATS}  # type: ignore[misc]
    base = taken[Format.HTML]
    lines = [(f"写 {one.value} ÷ 写 html", f"{seconds / base:.1f}（每份 {seconds * 1000:.1f} ms）") for one, seconds in taken.items()]
    return lines + memory()


def memory() -> list[Line]:
    """What a process holds that writes one report twenty times, beside one that only reads it."""
    only_read = peak(_command(None))
    return [
        (f"峰值内存：写 20 份 {one.value} ÷ 只读", f"{held / only_read:.2f}（{held:.0f} MB ÷ {only_read:.0f} MB）")
        for one in (Format.DOCX, Format.PDF) for held in [peak(_command(one))]
    ]


def _command(to: Format | None) -> tuple[str, ...]:
    work = f"[write(report, {to.value!r}) for _ in range(20)]" if to else "None"
    code = (
        "import sys; from pathlib import Path; from gongkai.formats import read, write;"
        f"path = Path(sys.argv[1]); report = read(path.name, path.read_bytes()).report; {work}"
    )
    return (sys.executable, "-c", code, str(SOURCE))
