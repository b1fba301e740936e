"""`python -m benchmarks.cases [REQUESTS …] [--home DIR]`: the tables of docs/benchmarks.md. Nothing is asserted."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime, time
from pathlib import Path
from time import perf_counter

from benchmarks.platform.running import filled

SIZES = (20_000, 100_000)
ROUNDS = 60


def measured(home: Path, requests: int) -> dict[str, object]:
    """Every page at one size, and the morning's reminders."""
    with filled(home, requests, "benchmarks.cases.loading"):
        import django

        django.setup()
        from django.test import Client

        from gongkai.platform.cases.models import Event, Request
        from gongkai.platform.organs.models import Person

        from .measuring import measure
        from .pages import pages

        client = Client(headers={"host": "localhost"})
        client.force_login(Person.objects.get(pk=1))
        told: dict[str, object] = {"requests": Request.objects.count(), "events": Event.objects.count(), "pages": {}}
        for page in pages():
            times = measure(page, client, ROUNDS)
            row = {"statements": sorted(times.statements)[ROUNDS // 2], "most": max(times.statements)} | {name: times.p50(name) for name in ("whole", "database", "queries")}
            told["pages"][page.name] = row  # type: ignore[index]
            print(f"{page.name} {row}", file=sys.stderr, flush=True)
        told["reminding"] = reminding()
        print(told["reminding"], file=sys.stderr, flush=True)
        return told


def reminding() -> dict[str, float]:
    """The nightly job, the first time and once more: open cases, reminders, milliseconds."""
    from gongkai.platform.cases.actions.reminding import remind
    from gongkai.platform.cases.models import Notice, Reminder, Request

    from .loading import TODAY, ZONE

    Notice.objects.all().delete()
    Reminder.objects.all().delete()
    now = datetime.combine(TODAY, time(9), ZONE)
    begun = perf_counter()
    given = remind(now)
    first = perf_counter() - begun
    begun = perf_counter()
    again = remind(now)
    return {"open": Request.objects.filter(next_on__isnull=False).count(), "given": given, "again": again, "first": first * 1000, "second": (perf_counter() - begun) * 1000}


def table(told: dict) -> str:
    """One size as Markdown."""
    lines = ["| 页面 | 语句（最多） | 整页 | 其中数据库 | 所依的查询 | 数据库 ÷ 查询 |", "| --- | --- | --- | --- | --- | --- |"]
    for name, row in told["pages"].items():
        lines.append(
            f"| {name} | {row['statements']}（{row['most']}） | {row['whole']:.1f} ms | {row['database']:.1f} ms | {row['queries']:.1f} ms "
            f"| {row['database'] / row['queries']:.1f} |"
        )
    return "\n".join(lines)


def growth(small: dict, large: dict) -> str:
    """How the reminder job grows with the open cases, and the pages with the table."""
    one, other = small["reminding"], large["reminding"]
    per = [told["first"] / told["open"] for told in (one, other)]
    lines = [
        "| 催办 | 在办的申请 | 催办 | 头一遍 | 每件 | 再来一遍 |", "| --- | --- | --- | --- | --- | --- |",
        *(f"| {told['requests']:,} 件 | {told['reminding']['open']} | {told['reminding']['given']} | {told['reminding']['first']:.0f} ms | {each:.2f} ms | {told['reminding']['second']:.0f} ms |"
          for told, each in zip((small, large), per, strict=True)),
        "", f"每件所用的时间，大的 ÷ 小的：{per[1] / per[0]:.2f}（在办的多了 {other['open'] / one['open']:.1f} 倍）。",
    ]  # fmt: skip
    return "\n".join(lines)


def main(words: list[str]) -> None:
    """Each size in a process of its own: Django learns of one database only."""
    home = Path(words[words.index("--home") + 1]) if "--home" in words else None
    sizes = [int(word) for word in words if word.isdigit()] or list(SIZES)
    kept = home or Path(tempfile.mkdtemp(prefix="gongkai-bench-", dir="/tmp"))
    try:
        if len(sizes) == 1:
            told = measured(kept / str(sizes[0]), sizes[0])
            print(f"\n### {told['requests']:,} 件申请，{told['events']:,} 项事项\n\n{table(told)}", flush=True)
            (kept / f"{sizes[0]}.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
            return
        for size in sizes:
            subprocess.run([sys.executable, "-m", "benchmarks.cases", str(size), "--home", str(kept)], check=True)
        small, large = (json.loads((kept / f"{size}.json").read_text(encoding="utf-8")) for size in (min(sizes), max(sizes)))
        print(f"\n### 催办\n\n{growth(small, large)}")
    finally:
        if home is None:
            shutil.rmtree(kept, ignore_errors=True)


if __name__ == "__main__":
    main(sys.argv[1:])
