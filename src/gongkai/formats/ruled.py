"""Ruled: the tables that a picture of a page shows by their lines, cell by cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from PIL import Image

Box = tuple[int, int, int, int]  # left, top, right, bottom, in pixels

_STROKE: Final = 0.035  # inches: a rule is no thicker
_SHORT: Final = 0.13  # inches: a run of ink as long as this may be part of a rule
_GAP: Final = 0.03  # inches: a break in a rule that is no end of it
_SNAP: Final = 0.03  # inches between rules that are meant to be one
_REACH: Final = 0.05  # inches: how near a rule must come to another to touch it
_TABLE: Final = 1.2  # inches: no table is narrower
_COVERED: Final = 0.7  # of a cell's side: it is ruled


@dataclass(slots=True)
class Rule:
    """A straight rule: where it stands, from where to where it runs."""

    at: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Ruled:
    """A table: its rows of cells, each given by its number, and the box of each number."""

    box: Box
    rows: tuple[tuple[int, ...], ...]
    cells: tuple[Box, ...]


def tables(page: Image.Image, dpi: float) -> tuple[Ruled, ...]:
    """The ruled tables of two columns or more on a page of ink (0) and paper (255), from top to bottom."""
    across = _rules(page, dpi)
    down = _rules(page.transpose(Image.Transpose.TRANSPOSE), dpi)
    found = [_table(*frame, dpi) for frame in _frames(across, down, dpi)]
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.box[1]))


def _rules(page: Image.Image, dpi: float) -> list[Rule]:
    """The rules that run across: runs of ink in neighbouring rows of pixels taken together."""
    width, height = page.size
    runs = re.compile(rb"\x00{%d,}" % max(8, int(_SHORT * dpi)))
    ink = page.tobytes()
    gap = int(_GAP * dpi)
    open_: list[list[tuple[int, int, int]]] = []
    done: list[list[tuple[int, int, int]]] = []
    for y in range(height):
        done += [one for one in open_ if one[-1][0] < y - 2]
        open_ = [one for one in open_ if one[-1][0] >= y - 2]
        for found in runs.finditer(ink, y * width, (y + 1) * width):
            start, end = found.start() - y * width, found.end() - y * width
            near = [one for one in open_ if any(row >= y - 2 and a <= end + gap and b >= start - gap for row, a, b in one[-4:])]
            for other in near[1:]:
                near[0].extend(other)
                open_.remove(other)
            if near:
                near[0].sort()
                near[0].append((y, start, end))
            else:
                open_.append([(y, start, end)])
    return [rule for one in (*done, *open_) if (rule := _rule(one, dpi)) is not None]


def _rule(runs: Sequence[tuple[int, int, int]], dpi: float) -> Rule | None:
    """The rule that these runs make; None where they are a blot: as thick as a character."""
    start, end = min(run[1] for run in runs), max(run[2] for run in runs)
    inked = sum(b - a for _, a, b in runs)
    if inked / (end - start) > _STROKE * dpi:
        return None
    return Rule(sum(y * (b - a) for y, a, b in runs) / inked, start, end)


_Frame = tuple[list[Rule], list[Rule]]


def _frames(across: Sequence[Rule], down: Sequence[Rule], dpi: float) -> Iterator[_Frame]:
    """The rules that touch one another: those of one table."""
    reach = _REACH * dpi
    left = list(range(len(across)))
    hung = [
        [n for n, rule in enumerate(across) if _touch(rule, one, reach)]
        for one in down
    ]
    frame_of = left[:]
    for touched in hung:
        for n in touched[1:]:
            a, b = frame_of[touched[0]], frame_of[n]
            frame_of = [a if x == b else x for x in frame_of]
    for frame in dict.fromkeys(frame_of):
        rules = [rule for n, rule in enumerate(across) if frame_of[n] == frame]
        ends = [one for one, touched in zip(down, hung, strict=True) if len(touched) > 1 and frame_of[touched[0]] == frame]
        if len(rules) > 1 and ends and max(r.end for r in rules) - min(r.start for r in rules) > _TABLE * dpi:
            yield rules, ends


def _touch(across: Rule, down: Rule, reach: float) -> bool:
    return across.start - reach <= down.at <= across.end + reach and down.start - reach <= across.at <= down.end + reach


def _table(across: list[Rule], down: list[Rule], dpi: float) -> Ruled | None:
    snap = _SNAP * dpi
    ys = _places([rule.at for rule in across], snap)
    sides = [min(rule.start for rule in across), max(rule.end for rule in across)]
    xs = _places([*(rule.at for rule in down), *map(float, sides)], snap)
    if len(xs) < 3 or len(ys) < 2:
        return None
    owner = list(range((len(ys) - 1) * (len(xs) - 1)))
    width = len(xs) - 1
    for y in range(len(ys) - 1):
        for x in range(width):
            here = y * width + x
            if x and not _drawn(down, xs[x], ys[y], ys[y + 1], snap):
                _join(owner, here, here - 1)
            if y and not _drawn(across, ys[y], xs[x], xs[x + 1], snap):
                _join(owner, here, here - width)
    numbers = {one: n for n, one in enumerate(dict.fromkeys(owner))}
    rows = tuple(tuple(numbers[owner[y * width + x]] for x in range(width)) for y in range(len(ys) - 1))
    boxes = tuple(_box(rows, n, xs, ys) for n in range(len(numbers)))
    return Ruled((int(xs[0]), int(ys[0]), int(xs[-1]) + 1, int(ys[-1]) + 1), rows, boxes)


def _places(values: Iterable[float], snap: float) -> list[float]:
    """The distinct places, those next to one another taken as one: their middle."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= snap:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _drawn(rules: Sequence[Rule], at: float, start: float, end: float, snap: float) -> bool:
    """Whether the rules at this place cover nearly the whole of a cell's side."""
    covered = sum(
        max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in rules if abs(rule.at - at) <= snap
    )
    return covered > _COVERED * (end - start)


def _join(owner: list[int], one: int, other: int) -> None:
    kept, gone = owner[other], owner[one]
    if kept != gone:
        owner[:] = [kept if each == gone else each for each in owner]


def _box(rows: Sequence[Sequence[int]], number: int, xs: Sequence[float], ys: Sequence[float]) -> Box:
    at = [(y, x) for y, row in enumerate(rows) for x, one in enumerate(row) if one == number]
    top, bottom = min(y for y, _ in at), max(y for y, _ in at) + 1
    left, right = min(x for _, x in at), max(x for _, x in at) + 1
    return round(xs[left]), round(ys[top]), round(xs[right]), round(ys[bottom])
