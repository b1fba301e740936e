"""A progress bar on standard error, where that is a terminal and there is something to wait for."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

FEW = 4


class Advance(Protocol):
    """Called once for every file that is done."""

    def __call__(self) -> None: ...


@contextmanager
def progress(total: int, what: str) -> Iterator[Advance]:
    """The bar for `total` files; silent for a few, and where nobody watches."""
    if total <= FEW or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # no refreshing thread: workers are forked from this process
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task = bar.add_task(what, total=total)

        def advance() -> None:
            bar.advance(task)
            bar.refresh()

        yield advance
