"""The limits, each by its name: every one of them stops a file that exceeds it, and the command goes on to the next."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from PIL import Image

from gongkai.cli import workers
from gongkai.formats import DEFAULT, Limits, Unreadable, docx, html, ocr, pdf, read, tesseract, xlsx
from tests.cli.invoking import run, save
from tests.formats.test_docx import package
from tests.formats.test_xlsx import workbook

CORPUS = Path(__file__).parent / "corpus"
GONGKAI = (sys.executable, "-m", "gongkai")
LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="只在 Linux 上：需要 /proc 与 RLIMIT_AS")


def corpus(name: str) -> bytes:
    return (CORPUS / name).read_bytes()


def picture(*sizes: tuple[int, int]) -> bytes:
    out = io.BytesIO()
    first, *rest = (Image.new("L", size, 255) for size in sizes)
    first.save(out, "TIFF", save_all=True, append_images=rest)
    return out.getvalue()


def zipped(size: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<x>" + b" " * size + b"</x>")
    return out.getvalue()


def sheet(rows: int, columns: int) -> bytes:
    return workbook(lambda book: [book.add_worksheet() if not n else book.worksheets()[0].write_row(n - 1, 0, ["1"] * columns) for n in range(rows + 1)])


# What exceeds each limit, and the code of the refusal.
BEYOND: Mapping[str, tuple[str, Callable[[], object]]] = {
    "size": ("file.too_large", lambda: read("x.pdf", corpus("ruled.pdf"), Limits(size=1_000))),
    "text": ("file.too_large", lambda: read("x.html", corpus("merged_cells.html"), Limits(text=9_000))),
    "unpacked": ("zip.bomb", lambda: docx.parse(corpus("tables.docx"), Limits(unpacked=20_000))),
    "xml": ("zip.bomb", lambda: docx.parse(corpus("tables.docx"), Limits(xml=10_000))),
    "ratio": ("zip.bomb", lambda: docx.parse(zipped(2_000_000), Limits(ratio=100))),
    "members": ("zip.bomb", lambda: xlsx.parse(corpus("sheet.xlsx"), Limits(members=5))),
    "pages": ("pdf.too_many_pages", lambda: pdf.parse(corpus("ruled.pdf"), Limits(pages=0))),
    "nesting": ("html.too_deep", lambda: html.parse(b"<div>" * 15_000 + b"x" + b"</div>" * 15_000, Limits(nesting=1_000_000))),
    "rows": ("table.too_large", lambda: xlsx.parse(sheet(60, 3), Limits(rows=50))),
    "columns": ("table.too_large", lambda: docx.parse(package("<w:tbl><w:tr>" + "<w:tc><w:p/></w:tc>" * 60 + "</w:tr></w:tbl>"), Limits(columns=50))),
    "cells": ("table.too_large", lambda: html.parse(b"<table>" + b"<tr><td>1<td>2<td>3</tr>" * 50 + b"</table>", Limits(cells=100))),
    "paragraphs": ("file.too_much", lambda: html.parse(b"<p>x</p>" * 100, Limits(paragraphs=50))),
    "objects": ("table.too_large", lambda: pdf.parse(corpus("ruled.pdf"), Limits(objects=50))),
    "seconds": ("file.too_slow", lambda: pdf.parse(corpus("ruled.pdf"), Limits(seconds=-1))),
    "pixels": ("ocr.too_large", lambda: list(ocr.pages(picture((3_000, 3_000)), Limits(pixels=1_000_000)))),
    "ocr_seconds": ("ocr.too_slow", lambda: _recognised_for(0.5)),
}


def _recognised_for(seconds: float) -> object:
    return list(tesseract.words([Image.new("L", (400, 400), 255)], 300, ("-l", "chi_sim"), Limits(ocr_seconds=seconds).ocr_deadline()))


@pytest.fixture
def slow_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program in the place of Tesseract that never ends."""
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\nexec sleep 600\n")
    program.chmod(0o755)
    monkeypatch.setattr(tesseract, "tesseract", lambda: str(program))


class TestEachLimit:
    @pytest.mark.usefixtures("slow_program")
    @pytest.mark.parametrize("name", BEYOND)
    def test_stops_a_file_beyond_it(self, name: str) -> None:
        code, exceed = BEYOND[name]
        began = monotonic()

        with pytest.raises(Unreadable) as refused:
            exceed()

        assert refused.value.code == code
        assert monotonic() - began < 20

    def test_has_its_test_here(self) -> None:
        assert {one.name for one in fields(Limits)} == {*BEYOND, "memory"}

    def test_lets_the_corpus_pass_by_default(self) -> None:
        for path in CORPUS.glob("*.*"):
            if path.suffix not in (".md", ".doc"):
                read(path.name, path.read_bytes(), DEFAULT)

    def test_pages_of_a_picture_are_counted_too(self) -> None:
        with pytest.raises(Unreadable) as refused:
            list(ocr.pages(picture((60, 80), (60, 80), (60, 80)), Limits(pages=2)))

        assert refused.value.code == "ocr.too_many_pages"


def started(*args: object, **options: Any) -> subprocess.Popen[str]:
    return subprocess.Popen([*GONGKAI, *map(str, args)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save(tmp_path / "a.json")
    save(tmp_path / "b.json")
    return tmp_path


@LINUX
class TestTheCommandGoesOn:
    """Where a reader hangs, dies or swells, that file is told on one line, and the others are done."""

    def test_after_a_reader_that_hangs(self, folder: Path) -> None:
        os.mkfifo(folder / "hangs.txt")  # opening it waits for a writer, for ever

        done = run("audit", folder, "--timeout", "4")

        assert done.code == 2
        assert "核查2份报告" in done.out
        assert [line for line in done.out.splitlines() + done.err.splitlines() if "超过4秒" in line]

    def test_after_a_reader_that_dies(self, folder: Path) -> None:
        os.mkfifo(folder / "dies.txt")
        process = started("audit", folder)
        _kill_children(process.pid)
        code, out, err = ended(process)

        assert code == 2
        assert "核查2份报告" in out
        assert [line for line in (out + err).splitlines() if "异常终止" in line]

    def test_after_a_reader_that_swells(self, folder: Path) -> None:
        row = b"<tr>" + b"<td>1" * 100 + b"</tr>"
        (folder / "swells.html").write_bytes("政府信息公开工作年度报告<table>".encode() + row * 4_000 + b"</table>")
        code, out, err = ended(started("audit", folder, preexec_fn=_little_memory))

        assert code == 2
        assert "核查2份报告" in out and "未能读取1份" in out
        assert "Traceback" not in err


@LINUX
def test_a_worker_sets_its_own_limit() -> None:
    found = dict(workers.Workers(_address_space, 60, 1).run([0]))

    assert found == {0: DEFAULT.memory}


def _address_space(_: int) -> int:
    import resource

    return resource.getrlimit(resource.RLIMIT_AS)[0]


def _little_memory() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (200 * 1024 * 1024, 200 * 1024 * 1024))


def _kill_children(parent: int) -> None:
    """Kill what the command started, once all but the hanging file must be done."""
    deadline = monotonic() + 60
    while not (children := Path(f"/proc/{parent}/task/{parent}/children").read_text().split()) and monotonic() < deadline:
        sleep(0.05)
    sleep(3)
    for child in Path(f"/proc/{parent}/task/{parent}/children").read_text().split() or children:
        os.kill(int(child), signal.SIGKILL)
