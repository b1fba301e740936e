"""`python -m benchmarks.annual [COUNT] [--home DIR]`: the tables of docs/benchmarks.md. Nothing is asserted."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from benchmarks.platform.measuring import Times, measure
from benchmarks.platform.running import filled, served

COUNT, ROUNDS, TURNS, EACH = 1_000_000, 120, 3, 24


def measured(home: Path, count: int) -> None:
    """Compiling, adding up, pages: each beside what it is held against."""
    with filled(home, count, "benchmarks.annual.loading"):
        import django

        django.setup()
        from gongkai.platform.annual.models import FigureEntry, Received
        from gongkai.platform.cases.models import Request
        from gongkai.platform.catalogue.models import Item

        from .compiling import measured as compiled
        from .loading import TODAY
        from .pages import entrance, pages, size, statements
        from .reports import accepted

        if not Received.objects.exists():
            accepted((TODAY.year - 2, TODAY.year - 1))

        told = [f"申请 {Request.objects.count():,} 件", f"信息 {Item.objects.count():,} 件", f"台账 {FigureEntry.objects.count():,} 笔", f"已接收的报告 {Received.objects.count()} 份"]
        print("\n" + "，".join(told) + f"；数据库 {size(home):.1f} GB\n", flush=True)
        print(of_compiling(compiled(ROUNDS)), flush=True)
        print(adding(), flush=True)
        asked = pages()
        counts = {name: statements(paths) for name, paths in asked.items()}
        mine: dict[str, list[Times]] = {name: [] for name in asked}
        bare: dict[str, list[Times]] = {name: [] for name in asked}
        with served("benchmarks.platform.bare:application", "benchmarks.platform.bare_settings") as door, served("gongkai.platform.running.wsgi:application", "gongkai.platform.settings.project") as port:
            signed = entrance()
            for name, paths in asked.items():
                measure(port, paths, 1, max(2 * len(paths), 10), signed)  # 先走一遍
                measure(door, ["/"], 1, 40)
                for _ in range(TURNS):
                    bare[name].append(measure(door, ["/"], 1, EACH))
                    mine[name].append(measure(port, paths, 1, EACH, signed))
                print(f"{name} {mine[name][-1]} {bare[name][-1]}", file=sys.stderr, flush=True)
        print(of_pages(counts, mine, bare), flush=True)


def of_compiling(found: dict[str, dict[str, float]]) -> str:
    lines = ["| 汇编一年 | 新收申请（中位） | 汇编 | 分组查询，带编号 | 分组查询，只计数 | 汇编 ÷ 带编号 | 汇编 ÷ 只计数 |", "| --- | --- | --- | --- | --- | --- | --- |"]
    for name, row in found.items():
        lines.append(f"| {name} | {row['requests']:.0f} | {row['compiling']:.1f} ms | {row['with_ids']:.1f} ms | {row['counts']:.1f} ms | {row['ratio']:.2f} | {row['to_counts']:.2f} |")
    return "\n".join(lines) + "\n"


def adding() -> str:
    """Adding up the accepted reports of a year, from the records."""
    from gongkai.law.editions import BY_KEY
    from gongkai.platform.annual.queries import summing
    from gongkai.platform.organs.acting import actor_of
    from gongkai.platform.organs.models import Person

    from .loading import TODAY
    from .pages import statements_in

    who = actor_of(Person.objects.get(pk=1), TODAY)
    seconds, asked = [], 0
    for _ in range(5):
        begun = perf_counter()
        asked = statements_in(lambda: summing.summed(who, 1, TODAY.year - 1, BY_KEY["2021"]))
        seconds.append(perf_counter() - begun)
    return f"汇总 300 份报告：{sorted(seconds)[2] * 1000:.0f} ms，{asked} 条语句\n"


def of_pages(counts: dict[str, int], mine: dict[str, list[Times]], bare: dict[str, list[Times]]) -> str:
    lines = ["| 页面 | 语句 | p50 / p95 | 对照 p50 | p50 ÷ 对照 |", "| --- | --- | --- | --- | --- |"]
    for name, times in mine.items():
        one, other = _middle(times), _middle(bare[name])
        lines.append(f"| {name} | {counts[name]} | {one.p50:.1f} / {one.p95:.1f} ms | {other.p50:.1f} ms | {one.p50 / other.p50:.1f} |")
    return "\n".join(lines)


def _middle(times: list[Times]) -> Times:
    return sorted(times, key=lambda each: each.p50)[len(times) // 2]


def main(words: list[str]) -> None:
    home = Path(words[words.index("--home") + 1]) if "--home" in words else None
    count = next((int(word) for word in words if word.isdigit()), COUNT)
    kept = home or Path(tempfile.mkdtemp(prefix="gongkai-bench-", dir="/tmp"))
    try:
        measured(kept, count)
    finally:
        if home is None:
            shutil.rmtree(kept, ignore_errors=True)


if __name__ == "__main__":
    main(sys.argv[1:])
