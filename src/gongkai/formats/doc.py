"""DOC: old Word files, turned into DOCX by LibreOffice where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from gongkai.law.findings import Finding, Place
from gongkai.report.rules import source as rules

from .blocks import Grid
from .limits import DEFAULT, Limits, check_size
from .source import Parsed, Unreadable

_PROGRAMS: Final = (
    "soffice",
    "libreoffice",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
)


def libreoffice() -> str | None:
    """Where LibreOffice is, if it is installed."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def to_docx(data: bytes, limits: Limits = DEFAULT) -> bytes:
    """The same document as DOCX. Each conversion has a profile of its own, so that several can run at once."""
    check_size(len(data), limits)
    program = libreoffice()
    if program is None:
        raise Unreadable(
            "doc.no_libreoffice",
            "旧版 .doc 文件需要 LibreOffice（Debian：apt-get install libreoffice-writer-nogui），"
            "也可请报送单位另存为 .docx。",
            "An old .doc file needs LibreOffice (Debian: apt-get install libreoffice-writer-nogui); "
            "or save it as .docx in a word processor.",
        )
    with tempfile.TemporaryDirectory(prefix="gongkai-doc-") as folder:
        source = Path(folder, "source.doc")
        source.write_bytes(data)
        _convert(program, Path(folder), limits.seconds)
        result = Path(folder, "source.docx")
        if not result.is_file() or result.stat().st_size == 0:
            raise Unreadable(
                "doc.not_converted",
                "LibreOffice 未能转换这个 .doc 文件（可能已损坏或设有密码），请另存为 .docx 后再读。",
                "LibreOffice could not convert this .doc file (damaged, or with a password); save it as .docx.",
            )
        return result.read_bytes()


def _convert(program: str, folder: Path, seconds: float) -> None:
    """Run LibreOffice; when its time is up, end it with all that it started."""
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder),
        str(folder / "source.doc"),
    ]
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise Unreadable(
            "doc.too_slow",
            f"LibreOffice 在 {seconds:.0f} 秒内未能转换这个 .doc 文件，已停止。",
            f"LibreOffice did not convert this .doc file within {seconds:.0f} seconds and was stopped.",
        ) from error
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def remarks(parsed: Parsed) -> tuple[Finding, ...]:
    """What to say of a converted document: that it was converted, and when no table came through."""
    lost = not any(isinstance(block, Grid) for block in parsed.blocks)
    converted = Finding(rules.CONVERTED, Place())
    return (converted, Finding(rules.TABLES_LOST, Place())) if lost else (converted,)
