"""Reading and auditing one report, as ratios within one run; printed, never asserted.

1. reading an HTML report ÷ building lxml's tree of the same bytes (aim: at most 3 for pages as they are saved)
2. auditing ÷ reading (aim: at most 1/5)
3. peak memory of the command on 1,000 reports ÷ on 50 (aim: about 1)
4. `gongkai --help` ÷ an empty Python (aim: under 0.2 seconds)
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import lxml.html

from gongkai.formats import read
from gongkai.report.audit import audit

from .memory import peak
from .pages import SAMPLES, page
from .timing import Line, compared, least

COMMAND = Path(sys.executable).parent / "gongkai"
ROUNDS = 41
SAVED = 3  # pages as they are saved, one of each sample


def reading() -> list[Line]:
    """Each sample, and each sample as a site would have it."""
    sources = [(path.name, path.read_bytes()) for path in sorted(SAMPLES.glob("*.html"))]
    sources += [(f"仿真网页{seed + 1}", page(seed)) for seed in range(SAVED)]
    return [line for name, data in sources for line in _one(name, data)]


def _one(name: str, data: bytes) -> list[Line]:
    found = read("x.html", data)
    tree, whole, audited = compared(
        lambda: lxml.html.document_fromstring(data),
        lambda: read("x.html", data),
        lambda: audit(found.report, remarks=found.remarks, doubts=found.doubts),
        rounds=ROUNDS,
    )
    size = f"{name}（{len(data) / 1024:.0f} KB）"
    return [
        (f"读取 ÷ lxml 建树：{size}", f"{whole / tree:.2f}（{whole * 1000:.1f} ms ÷ {tree * 1000:.1f} ms）"),
        (f"核查 ÷ 读取：{size}", f"{audited / whole:.2f}（{audited * 1000:.1f} ms）"),
    ]


def memory() -> list[Line]:
    with tempfile.TemporaryDirectory() as few, tempfile.TemporaryDirectory() as many:
        for folder, count in ((few, 50), (many, 1000)):
            for number in range(count):
                Path(folder, f"{number:04d}.html").write_bytes(page(number))
        a, b = peak((COMMAND, "audit", few)), peak((COMMAND, "audit", many))
    return [("核查的峰值内存：1000 份 ÷ 50 份", f"{b / a:.2f}（{b:.0f} MB ÷ {a:.0f} MB，各进程合计）")]


def start() -> list[Line]:
    started = least(lambda: subprocess.run([COMMAND, "--help"], capture_output=True, check=True), 11)
    bare = least(lambda: subprocess.run([sys.executable, "-c", "pass"], capture_output=True, check=True), 11)
    return [("`gongkai --help` ÷ 空的 Python", f"{started / bare:.1f}（{started:.3f} s ÷ {bare:.3f} s）")]
