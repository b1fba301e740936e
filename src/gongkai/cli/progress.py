"""A progress bar on standard error, where that is a terminal and there is something to wait for."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

FEW = 4
WIDTH = 28
PAUSE = 0.1  # seconds between two drawings
CLEAR = "\r\x1b[2K"


class Bar:
    """How many files are done. It gives way to results that are printed on the same terminal."""

    def __init__(self, total: int, what: str, *, shown: bool) -> None:
        self._total, self._what, self._shown = total, what, shown
        self._done, self._drawn, self._started = 0, 0.0, monotonic()

    def advance(self) -> None:
        """One more file is done."""
        self._done += 1
        if self._shown and monotonic() - self._drawn >= PAUSE:
            self._draw()

    __call__ = advance

    def clear(self) -> None:
        """Make room for a line."""
        if self._shown and self._drawn:
            sys.stderr.write(CLEAR)
            sys.stderr.flush()
            self._drawn = 0.0

    def _draw(self) -> None:
        self._drawn = monotonic()
        filled = WIDTH * self._done // self._total
        left = (self._drawn - self._started) / self._done * (self._total - self._done)
        bar = "█" * filled + "░" * (WIDTH - filled)
        sys.stderr.write(f"{CLEAR}{self._what} {bar} {self._done}/{self._total}  {int(left // 60)}:{int(left % 60):02}")
        sys.stderr.flush()


@contextmanager
def progress(total: int, what: str) -> Iterator[Bar]:
    """The bar for `total` files; silent for a few, and where nobody watches."""
    bar = Bar(total, what, shown=total > FEW and sys.stderr.isatty())
    try:
        yield bar
    finally:
        bar.clear()
