"""Memory: what a command and all that it starts hold at most (Linux)."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path
from time import sleep


def peak(command: Sequence[object]) -> float:
    """MB at most of all processes of this command together, memory that they share counted once."""
    with subprocess.Popen(
        list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as running:
        most = 0
        while running.poll() is None:
            most = max(most, _held(running.pid))
            sleep(0.02)
    if running.returncode > 1:
        raise SystemExit(f"没有完成：{' '.join(map(str, command[:3]))}")
    return most / 1024


def _held(session: int) -> int:
    """KB of memory that the processes of a session hold alone or share."""
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
