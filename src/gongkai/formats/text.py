"""Plain text and Markdown: lines, cells set off by tabs, cells set off by bars.

Columns that were inferred from bars or tabs prove nothing: such grids are not `exact`,
unless a Markdown rule (|---|---|) and equal rows show that whoever wrote them counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from . import bars
from .blocks import NO_CELL, Block, Cell, Grid, Paragraph, Picture
from .source import Parsed

_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*")
_MARKS = re.compile(r"^\s*(#{1,6}\s+|>\s+|\*\*(?=[^*]+\*\*\s*$))|\*\*\s*$")
_IMAGE = re.compile(r"!\[([^\]]*)\]\([^)]*\)|<image>.*?</image>|<img\b[^>]*>", re.IGNORECASE)
LONGEST_CELL = 120  # characters; a longer “cell” behind a tab is an indented paragraph


def parse(text: str) -> Parsed:
    """The blocks of a text, in order, each with the number of its line."""
    return Parsed(tuple(_blocks(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))))


def _blocks(lines: list[str]) -> Iterator[Block]:
    position = 0
    while position < len(lines):
        line = lines[position]
        if line.startswith("\t"):
            end, grid = _tabbed(lines, position)
        elif "|" in line:
            end, grid = _barred(lines, position)
        else:
            end, grid = position + 1, None
        if grid is not None:
            yield grid
        else:
            for number in range(position, end):
                yield from _line(lines[number], number + 1)
        position = end


def _line(line: str, number: int) -> Iterator[Block]:
    at = f"第{number}行"
    for picture in _IMAGE.finditer(line):
        yield Picture((picture[1] or "").strip(), at)
    text = _MARKS.sub("", _IMAGE.sub("", line)).strip().strip("\u3000").strip()
    if text:
        yield Paragraph(text, at)


def _tabbed(lines: list[str], start: int) -> tuple[int, Grid | None]:
    """Rows parted by empty lines, each cell opened by a tab; a line without one continues its cell."""
    rows: list[list[str]] = [[]]
    position = start
    while position < len(lines):
        line = lines[position]
        if line.startswith("\t"):
            rows[-1].extend(line[1:].split("\t"))
        elif line.strip():
            if not rows[-1]:
                break
            rows[-1][-1] += "\n" + line
        elif rows[-1]:
            rows.append([])
        elif position + 1 < len(lines) and not lines[position + 1].startswith("\t"):
            break
        position += 1
    full = [row for row in rows if row]
    longest = max((len(cell) for row in full for cell in row), default=0)
    if longest > LONGEST_CELL or len(full) < 2 or max(map(len, full)) < 2:
        return start + 1, None
    return position, _grid(full, f"第{start + 1}行起")


def _barred(lines: list[str], start: int) -> tuple[int, Grid | None]:
    """A run of lines with bars; an empty line does not end it when the next one has a bar again."""
    end = start
    while end < len(lines):
        if "|" in lines[end] or _alone(lines, end):
            end += 1
        else:
            break
    run = lines[start:end]
    while not run[-1].strip():
        run.pop()
        end -= 1
    alone = bars.rows(run) if bars.stands_alone(run) else None
    if alone is not None:
        return end, _grid(alone, f"第{start + 1}行起")
    if sum(line.strip() == "|" for line in run) * 3 > len(run):
        cells = [cell.strip() for cell in "\n".join(run).split("|")]
        return end, _grid([cells], f"第{start + 1}行起")
    ruled = any(_RULE.fullmatch(line) and "-" in line for line in run)
    rows = [_cells(line) for line in run if line.strip() and not (_RULE.fullmatch(line) and "-" in line)]
    widths = Counter(map(len, rows)).most_common(1)
    width, times = widths[0] if widths else (0, 0)
    if ruled and times * 3 >= len(rows) * 2:  # a row of another width is broken: it shows, and shifts nothing
        return end, _grid(rows, f"第{start + 1}行起", width)
    return end, _grid(rows, f"第{start + 1}行起")


def _alone(lines: list[str], position: int) -> bool:
    """A line without a bar inside a run of lone bars (a cell's text), or an empty line between rows."""
    before = lines[position - 1].strip()
    after = lines[position + 1].strip() if position + 1 < len(lines) else ""
    line = lines[position].strip()
    if not line:
        return "|" in after and "|" in before and not after.startswith("|---")
    return len(line) <= LONGEST_CELL and ((bool(before) and not before.strip("| ")) or after == "|") and not line.startswith("#")


def _cells(line: str) -> list[str]:
    cells = [cell.strip() for cell in line.strip().split("|")]
    if line.lstrip().startswith("|"):
        cells = cells[1:]
    if line.rstrip().endswith("|"):
        cells = cells[:-1]
    return cells


def _grid(rows: list[list[str]], at: str, width: int = 0) -> Grid | None:
    """A grid; with a width its columns are real and short rows lack cells at their end."""
    if not any(cell for row in rows for cell in row):
        return None
    widest = max(map(len, rows)) if width else 0
    filled = tuple(
        tuple(Cell(cell.strip(" \t\u3000")) for cell in row) + (NO_CELL,) * (widest - len(row)) for row in rows
    )
    return Grid(filled, bool(width), at)
