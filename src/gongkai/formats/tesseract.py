"""Tesseract: pictures to words, by the program of that name where it is installed."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from time import monotonic
from typing import Final

from PIL import Image

from .source import Unreadable

CHINESE: Final = "chi_sim"
DIGITS: Final = "eng"
PACKAGES: Final = "tesseract-ocr tesseract-ocr-chi-sim tesseract-ocr-chi-tra"
_WORD: Final = 5  # the level of a word in Tesseract's table


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it was seen: on which picture, in which line, where."""

    picture: int
    line: tuple[int, int, int]  # block, paragraph, line
    text: str
    left: int
    top: int
    right: int
    bottom: int


def tesseract() -> str:
    """Where the program is. Raises `Unreadable` (what to install) where it or its Chinese data is missing."""
    program = shutil.which("tesseract")
    if program is None or CHINESE not in _languages(program):
        raise Unreadable(
            "ocr.not_installed",
            f"文字识别需要 Tesseract 及中文数据：在项目目录运行 make ocr，或安装 {PACKAGES}（Debian 软件包名）。",
            f"OCR needs Tesseract with Chinese data: run `make ocr` in the project, or install {PACKAGES} (Debian).",
        )
    return program


@cache
def _languages(program: str) -> frozenset[str]:
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False, timeout=30)
    return frozenset(listed.stdout.split()) | frozenset(listed.stderr.split())


def words(pictures: Sequence[Image.Image], dpi: int, options: Sequence[str], deadline: float) -> Iterator[Word]:
    """The words on these pictures. `options` are the program's own: language, kind of page."""
    if not pictures:
        return
    sheet = io.BytesIO()
    pictures[0].save(sheet, "TIFF", save_all=True, append_images=list(pictures[1:]), dpi=(dpi, dpi))
    command = [tesseract(), "stdin", "stdout", *options, "--dpi", str(dpi), "tsv"]
    table = _run(command, sheet.getvalue(), deadline).decode("utf-8", "replace")
    for row in table.splitlines()[1:]:
        level, picture, block, paragraph, line, _, left, top, width, height, _, text = row.split("\t", 11)
        if int(level) == _WORD and text.strip():
            x, y = int(left), int(top)
            place = (int(block), int(paragraph), int(line))
            yield Word(int(picture) - 1, place, text.strip(), x, y, x + int(width), y + int(height))


def _run(command: Sequence[str], given: bytes, deadline: float) -> bytes:
    """Run the program on one core; when its time is up, end it."""
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"}, start_new_session=True,
    ) as process:
        try:
            out, _ = process.communicate(given, timeout=max(0.0, deadline - monotonic()))
        except subprocess.TimeoutExpired as error:
            raise Unreadable(
                "ocr.too_slow", "文字识别超过时限，已停止。", "OCR took longer than allowed and was stopped."
            ) from error
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
    if process.returncode:
        raise Unreadable("ocr.failed", "文字识别程序出错，未能识别。", "The OCR program failed.")
    return out
