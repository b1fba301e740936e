"""Processes that belong to us: started in their own group, restarted with back-off, ended in order, never left behind."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

MARK = "GONGKAI_SERVED_HOME"
SETTLED_SECONDS = 60.0
LONGEST_PAUSE = 30.0
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass(slots=True)
class Child:
    """One supervised process: the web server, or the background worker."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    deaths: int = 0
    _again: float = field(default=0.0)

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.command, env=dict(self.environment), stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=_follow_parent
        )
        self.started = time.monotonic()

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def look(self, dead: Callable[[Child, int, float], None]) -> None:
        """Notice a death, and start again when its pause is over."""
        now = time.monotonic()
        if self.process is not None and (code := self.process.poll()) is not None:
            self._sweep_group()
            self.deaths = 1 if now - self.started > SETTLED_SECONDS else self.deaths + 1
            pause = min(LONGEST_PAUSE, 0.5 * 2 ** (self.deaths - 1))
            self._again, self.process = now + pause, None
            dead(self, code, pause)
        elif self.process is None and now >= self._again:
            self.start()

    def end(self, seconds: float, hurried: Callable[[], bool] = lambda: False) -> bool:
        """Ask it to finish; kill it when the time is over or there is a hurry. Whether it finished by itself."""
        if self.process is None:
            return True
        with suppress(ProcessLookupError):
            self.process.terminate()
        limit = time.monotonic() + seconds
        while self.process.poll() is None and time.monotonic() < limit and not hurried():
            time.sleep(0.05)
        finished = self.process.poll() is not None
        self._sweep_group()
        self.process.wait()
        self.process = None
        return finished

    def _sweep_group(self) -> None:
        """What the process left behind in its group must not keep the port."""
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)


def _follow_parent() -> None:
    if _LIBC is not None:
        _LIBC.prctl(_DIE_WITH_PARENT, signal.SIGTERM)


def marked(home: Path) -> dict[str, str]:
    """The environment by which a later start recognises processes of this data directory."""
    return {**os.environ, MARK: str(home.absolute())}


def end_orphans(home: Path) -> int:
    """End what a supervisor of this data directory left behind when it was killed; how many processes."""
    sign = f"{MARK}={home.absolute()}".encode()
    found = 0
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if int(folder.name) != os.getpid() and sign in (folder / "environ").read_bytes().split(b"\0"):
                os.kill(int(folder.name), signal.SIGKILL)
                found += 1
    return found
