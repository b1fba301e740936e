"""Reading and auditing, as ratios within one run; printed, never asserted. Input: the HTML samples that we ship.

1. reading an HTML report ÷ building lxml's tree of the same bytes (aim: at most 3)
2. auditing ÷ reading (aim: at most 1/5)
3. peak memory of the command on 1,000 reports ÷ on 50 (aim: about 1)
4. `gongkai --help`: seconds (aim: under 0.2)
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

import lxml.html

from gongkai.formats import read
from gongkai.report.audit import audit

REPORTS = Path(__file__).resolve().parents[1] / "samples" / "reports"
COMMAND = Path(sys.executable).parent / "gongkai"
ROUNDS = 41


def seconds(work: Callable[[], object]) -> float:
    """The median of many runs."""
    work()
    taken = []
    for _ in range(ROUNDS):
        begun = perf_counter()
        work()
        taken.append(perf_counter() - begun)
    return median(taken)


def reading() -> list[tuple[str, str]]:
    lines = []
    for path in sorted(REPORTS.glob("*.html")):
        data = path.read_bytes()
        tree = seconds(lambda data=data: lxml.html.document_fromstring(data))
        whole = seconds(lambda path=path, data=data: read(path.name, data))
        found = read(path.name, data)
        audited = seconds(lambda found=found: audit(found.report, remarks=found.remarks, doubts=found.doubts))
        name = f"{path.name}（{len(data) / 1024:.0f} KB）"
        lines.append((f"读取 ÷ lxml 建树：{name}", f"{whole / tree:.2f}（{whole * 1000:.2f} ms ÷ {tree * 1000:.2f} ms）"))
        lines.append((f"核查 ÷ 读取：{name}", f"{audited / whole:.2f}（{audited * 1000:.2f} ms）"))
    return lines


def peak(count: int) -> float:
    """MB at most of all processes together while the command audits so many copies."""
    sources = sorted(REPORTS.glob("*.html"))
    with tempfile.TemporaryDirectory() as folder:
        for index in range(count):
            source = sources[index % len(sources)]
            shutil.copy(source, Path(folder) / f"{index:04d}{source.suffix}")
        with subprocess.Popen(
            [COMMAND, "audit", folder], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        ) as command:
            most = 0
            while command.poll() is None:
                most = max(most, _resident(command.pid))
                sleep(0.02)
    if command.returncode > 1:
        raise SystemExit("gongkai audit 没有完成。")
    return most / 1024


def _resident(session: int) -> int:
    """KB of memory that the processes of a session hold alone or share (Linux)."""
    total = 0
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            try:
                if int((process / "stat").read_text().rpartition(")")[2].split()[3]) == session:
                    rollup = (process / "smaps_rollup").read_text()
                    total += int(rollup.partition("Pss:")[2].split()[0])
            except (OSError, ValueError, IndexError):
                continue  # it ended meanwhile
    return total


def main() -> None:
    lines = reading()
    few, many = peak(50), peak(1000)
    lines.append(("峰值内存：1000 份 ÷ 50 份", f"{many / few:.2f}（{many:.0f} MB ÷ {few:.0f} MB，各进程合计）"))
    started = seconds(lambda: subprocess.run([COMMAND, "--help"], capture_output=True, check=True))
    bare = seconds(lambda: subprocess.run([sys.executable, "-c", "pass"], capture_output=True, check=True))
    lines.append(("`gongkai --help` ÷ 空的 Python", f"{started / bare:.1f}（{started:.3f} s ÷ {bare:.3f} s）"))
    print("| 项目 | 比值 |\n| --- | --- |")
    for what, value in lines:
        print(f"| {what} | {value} |")


if __name__ == "__main__":
    main()
