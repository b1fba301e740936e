"""`python -m benchmarks.platform [ITEMS …] [--home DIR]`: the tables of docs/benchmarks.md. Nothing is asserted."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from .measuring import Times, measure
from .running import filled, served

SIZES = (5_000, 1_000_000)
CLIENTS = {1: 120, 8: 320}
Result = dict[str, dict[int, Times]]


def measured(home: Path, items: int) -> tuple[Result, dict[str, int]]:
    """Every page at one size: times by number of clients, and statements."""
    with filled(home, items):
        import django

        django.setup()
        from .creating import create
        from .pages import never_asked, pages, statements

        asked = pages()
        counts = {name: max(statements(path) for path in paths[:3]) for name, paths in asked.items()}
        found: Result = {}
        with served("benchmarks.platform.bare:application", "benchmarks.platform.bare_settings") as bare, served("gongkai.platform.running.wsgi:application", "gongkai.platform.settings.project") as port:
            for clients, requests in CLIENTS.items():
                for name, paths in asked.items():
                    measure(port, paths, clients, max(len(paths) * 3, 40))  # 先走一遍
                    _note(found, name, clients, lambda p=paths, c=clients, r=requests: measure(port, p, c, r))
                    _note(found, f"对照 {name}", clients, lambda c=clients, r=requests: measure(bare, ["/"], c, r))
                fresh = never_asked(requests // 4)
                _note(found, "检索：头一次问的词", clients, lambda p=fresh, c=clients: measure(port, p, c, len(p)))
                _note(found, "对照 检索：头一次问的词", clients, lambda c=clients, r=requests: measure(bare, ["/"], c, r))
                _note(found, "起草一件信息", clients, lambda c=clients: create(c, 60))
                _note(found, "对照 起草一件信息", clients, lambda c=clients, r=requests: measure(bare, ["/"], c, r))
        return found, counts


def _note(found: Result, name: str, clients: int, work: Callable[[], Times]) -> None:
    found.setdefault(name, {})[clients] = work()
    print(f"{name:24} {clients} {found[name][clients]}", file=sys.stderr, flush=True)


def table(found: Result, counts: dict[str, int]) -> str:
    """One size as Markdown."""
    lines = ["| 页面 | 语句 | 一个客户：p50 / p95 | ÷ 对照 | 八个客户：p50 / p95 | ÷ 对照 |", "| --- | --- | --- | --- | --- | --- |"]
    for name, times in found.items():
        if name.startswith("对照"):
            continue
        cells = []
        for clients, mine in times.items():
            bare = found[f"对照 {name}"][clients]
            cells += [f"{mine.p50:.1f} / {mine.p95:.1f} ms", f"{mine.p50 / bare.p50:.1f}"]
        lines.append(f"| {name} | {counts.get(name, '')} | {' | '.join(cells)} |")
    bare = {clients: [found[name][clients].p50 for name in found if name.startswith("对照")] for clients in CLIENTS}
    middle = {clients: sorted(values)[len(values) // 2] for clients, values in bare.items()}
    lines.append(f"| 对照：空的 Django 视图 | 1 | {middle[1]:.1f} ms | 1 | {middle[8]:.1f} ms | 1 |")
    return "\n".join(lines)


def growth(kept: Path, small: int, large: int) -> str:
    """How the ratios to the bare view grow: the machine's other work falls out."""
    told = {size: json.loads((kept / f"{size}.json").read_text(encoding="utf-8")) for size in (small, large)}

    def ratio(size: int, name: str, clients: int) -> float:
        return float(told[size][name][str(clients)][0] / told[size][f"对照 {name}"][str(clients)][0])

    lines = ["| 页面 | 一个客户 | 八个客户 |", "| --- | --- | --- |"]
    for name in told[small]:
        if not name.startswith("对照"):
            lines.append(f"| {name} | " + " | ".join(f"{ratio(large, name, clients) / ratio(small, name, clients):.1f}" for clients in CLIENTS) + " |")
    return "\n".join(lines)


def main(words: list[str]) -> None:
    """Each size in a process of its own: Django learns of one database only."""
    home = Path(words[words.index("--home") + 1]) if "--home" in words else None
    sizes = [int(word) for word in words if word.isdigit()] or list(SIZES)
    kept = home or Path(tempfile.mkdtemp(prefix="gongkai-bench-", dir="/tmp"))
    try:
        if len(sizes) == 1:
            found, counts = measured(kept / str(sizes[0]), sizes[0])
            print(f"\n### {sizes[0]:,} 件\n\n{table(found, counts)}", flush=True)
            told = {name: {clients: [one.p50, one.p95] for clients, one in times.items()} for name, times in found.items()}
            (kept / f"{sizes[0]}.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
            return
        for size in sizes:
            subprocess.run([sys.executable, "-m", "benchmarks.platform", str(size), "--home", str(kept)], check=True)
        print(f"\n### 一百万件 ÷ 五千件（p50，各自先除以同时的对照）\n\n{growth(kept, min(sizes), max(sizes))}")
    finally:
        if home is None:
            shutil.rmtree(kept, ignore_errors=True)


if __name__ == "__main__":
    main(sys.argv[1:])
