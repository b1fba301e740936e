"""Timing: the least of several rounds, for other work on the machine only ever adds."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter, process_time

Line = tuple[str, str]  # what was measured, and the ratio with what it is made of


def least(work: Callable[[], object], rounds: int) -> float:
    """Seconds of the fastest round, after one that warms up."""
    work()
    taken = []
    for _ in range(rounds):
        begun = perf_counter()
        work()
        taken.append(perf_counter() - begun)
    return min(taken)


def compared(*works: Callable[[], object], rounds: int) -> list[float]:
    """Seconds of the processor for each of these, round by round in turn, the least of each: what their ratios need."""
    best = [float("inf")] * len(works)
    for number in range(rounds + 1):
        for index, work in enumerate(works):
            begun = process_time()
            work()
            if number:  # the first round warms up
                best[index] = min(best[index], process_time() - begun)
    return best


def show(lines: list[Line]) -> None:
    print("| 项目 | 比值 |\n| --- | --- |")
    for what, value in lines:
        print(f"| {what} | {value} |", flush=True)
