"""A thousand saved pages read and audited on two cores, against libraries that only find their tables.

docling and pandas live in an environment of their own, made under a temporary folder by uv and thrown away.
docling: its HTML reader from docling-slim alone, for the whole of it wants torch, which HTML does not need.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from .pages import page
from .reading import COMMAND
from .timing import Line

COUNT = 1000
ROUNDS = 3
OTHERS = {"selectolax": (COUNT, 3), "pandas": (200, 2), "docling": (24, 2)}  # pages in a round, rounds
PACKAGES = ("docling-slim", "pandas", "lxml", "html5lib", "beautifulsoup4", "selectolax")
DOES = {"selectolax": "selectolax（只建树、数单元格）", "pandas": "pandas.read_html（只取表格）", "docling": "docling 的网页读取（只转成文档）"}


def thousand() -> list[Line]:
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        pages = Path(folder, "pages")
        pages.mkdir()
        for number in range(COUNT):
            (pages / f"{number:04d}.html").write_bytes(page(number))
        python = _environment(Path(folder, "env"))
        ours = min(_audit(pages) for _ in range(ROUNDS))
        lines = [(f"gongkai 读取并核查 {COUNT} 份仿真网页（两核，整条命令）", f"1（{ours:.1f} s，每份 {ours / COUNT * 1000:.1f} ms）")]
        for library in OTHERS:
            lines.append((f"{DOES[library]} ÷ gongkai", _other(python, library, pages, ours)))
    return lines


def _environment(place: Path) -> Path | None:
    """The Python of the environment for the others; None where it cannot be had."""
    python = place / "bin" / "python"
    try:
        subprocess.run(["uv", "venv", "--quiet", "--python", sys.executable, place], check=True, capture_output=True)
        subprocess.run(["uv", "pip", "install", "--quiet", "--python", python, *PACKAGES], check=True, capture_output=True, timeout=900)
    except (OSError, subprocess.SubprocessError):
        return None
    return python


def _audit(pages: Path) -> float:
    begun = perf_counter()
    done = subprocess.run(["taskset", "-c", "0,1", COMMAND, "audit", pages], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    taken = perf_counter() - begun
    if done.returncode > 1:
        raise SystemExit("gongkai audit 没有完成。")
    return taken


def _other(python: Path | None, library: str, pages: Path, ours: float) -> str:
    if python is None:
        return f"未量：环境装不上（uv pip install {' '.join(PACKAGES)}）"
    count, rounds = OTHERS[library]
    script = Path(__file__).with_name("others.py")
    taken = []
    for _ in range(rounds):
        done = subprocess.run([python, script, library, pages, str(count)], capture_output=True, text=True, check=False)
        if done.returncode:
            return f"未量：{(done.stderr.strip().splitlines() or ['没有完成'])[-1]}"
        taken.append(float(done.stdout) * COUNT / count)
    least = min(taken)
    counted = "" if count == COUNT else f"，量 {count} 份推算"
    return f"{least / ours:.2f}（{least:.1f} s{counted}）"
