"""gongkai doctor: is this installation fit for production, and is it well now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from .findings import Finding, Level

__all__ = ["Finding", "Level", "examine"]


def examine() -> Iterator[Finding]:
    """Every examination in order; one that cannot be made becomes a finding itself."""
    from . import cases, configuration, database, files, machine, work

    yield from _made("configuration", configuration.examine)
    yield from _made("django", configuration.django_checks)
    yield from _made("machine", machine.examine)
    unreachable = database.unreachable()
    if unreachable is not None:
        yield unreachable
        return
    yield from _made("database", database.examine)
    yield from _made("calendar", work.calendar)
    yield from _made("journal", database.journal)
    yield from _made("cases", cases.examine)
    yield from _made("files", files.examine)
    yield from _made("work", work.examine)


def _made(name: str, look: Callable[[], Iterable[Finding]]) -> Iterator[Finding]:
    try:
        yield from look()
    except Exception as failed:
        kind = type(failed).__name__
        yield Finding(f"{name}.failed", Level.ERROR, f"这一组没有检查完（{kind}）。", f"This group could not be examined ({kind}).",
                      "先解决其他问题，再运行一次。", "Solve the other problems, then run it again.")  # fmt: skip
