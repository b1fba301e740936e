"""Many files on all cores: each in a process of its own time, so that one that hangs or dies costs only itself."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from time import monotonic
from typing import Generic, TypeVar

from gongkai.formats.limits import DEFAULT

Task = TypeVar("Task")
Answer = TypeVar("Answer")

AHEAD = 64  # tasks given out beyond the one that is awaited: what bounds the answers held back
MEMORY = DEFAULT.memory


@dataclass(frozen=True, slots=True)
class Lost:
    """A task without an answer: its worker took too long, or died."""

    timed_out: bool
    seconds: float


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    index: int = -1  # the task at work; -1: idle
    deadline: float = 0.0


def cores() -> int:
    """The cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


class Workers(Generic[Task, Answer]):
    """Processes that each answer one task at a time; answers come in the order of the tasks."""

    def __init__(self, answer: Callable[[Task], Answer], seconds: float, count: int | None = None) -> None:
        self._answer, self._seconds, self._count = answer, seconds, count or cores()
        method = "fork" if sys.platform.startswith("linux") else "spawn"
        self._context = multiprocessing.get_context(method)
        self._workers: list[_Worker] = []

    def run(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Answer | Lost]]:
        """Every task with its answer."""
        given: deque[Task] = deque()
        ready: dict[int, Answer | Lost] = {}
        source = enumerate(tasks)
        due, exhausted = 0, False
        try:
            while True:
                while not exhausted and len(given) < AHEAD and (worker := self._idle()) is not None:
                    item = next(source, None)
                    if item is None:
                        exhausted = True
                        break
                    given.append(item[1])
                    self._start(worker, *item)
                while due in ready:
                    yield given.popleft(), ready.pop(due)
                    due += 1
                if exhausted and not given:
                    return
                ready.update(self._answers())
        finally:
            self.stop()

    def stop(self) -> None:
        """End the processes that this object started."""
        for worker in self._workers:
            worker.pipe.close()
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
        self._workers.clear()

    def _idle(self) -> _Worker | None:
        for worker in self._workers:
            if worker.index < 0:
                return worker
        return self._new() if len(self._workers) < self._count else None

    def _new(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_work, args=(theirs, self._answer), daemon=True)  # type: ignore[attr-defined]
        process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _start(self, worker: _Worker, index: int, task: Task) -> None:
        worker.index, worker.deadline = index, monotonic() + self._seconds
        try:
            worker.pipe.send(task)
        except (BrokenPipeError, ConnectionResetError):
            worker.deadline = 0.0  # it died while idle: told as lost when asked

    def _answers(self) -> Iterator[tuple[int, Answer | Lost]]:
        """Wait for the next answers; a worker past its time is ended."""
        busy = [worker for worker in self._workers if worker.index >= 0]
        left = min(worker.deadline for worker in busy) - monotonic()
        ready = set(wait([worker.pipe for worker in busy], max(left, 0.0)))
        now = monotonic()
        for worker in busy:
            if worker.pipe in ready:
                yield self._received(worker)
            elif worker.deadline <= now:
                yield self._ended(worker, timed_out=True)

    def _received(self, worker: _Worker) -> tuple[int, Answer | Lost]:
        try:
            answer: Answer = worker.pipe.recv()
        except (EOFError, ConnectionResetError):
            return self._ended(worker, timed_out=False)
        index, worker.index = worker.index, -1
        return index, answer

    def _ended(self, worker: _Worker, *, timed_out: bool) -> tuple[int, Lost]:
        worker.pipe.close()
        worker.process.kill()
        worker.process.join()
        self._workers.remove(worker)
        return worker.index, Lost(timed_out, self._seconds)


def _work(pipe: Connection, answer: Callable[[Task], Answer]) -> None:
    """A worker's life: answer until the pipe closes. Ctrl-C is the parent's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _bound_memory()
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            os._exit(0)  # no clean-up of what the parent owns
        pipe.send(answer(task))


def _bound_memory() -> None:
    try:
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    except (ImportError, OSError, ValueError):
        return  # not on every system; the limits of the readers hold all the same
