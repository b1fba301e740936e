"""Shapes that published reports were seen in, on reports of invented organs: read right, or in doubt, never wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from gongkai.formats import interpret, text
from gongkai.formats.reading import Reading

from .layouts import Draft, _document, active_rows, draft, header_rows, remedy_rows, request_rows
from .test_layouts import cells_of, cells_read, wrong

Rows = Sequence[Sequence[str]]


def reading_of(page: str) -> Reading:
    return interpret(text.parse(page))


def codes(reading: Reading) -> list[str]:
    return [doubt.code for doubt in reading.doubts]


def tables(d: Draft) -> list[list[list[str]]]:
    """The three tables as rows of the cells that are printed: merged areas left out."""
    header = [[cell for cell in row if cell] for row in header_rows()]
    requests = [[*filter(None, labels), *values] for labels, values in request_rows(d)]
    remedies = [[cell for cell in row if cell] for row in remedy_rows(d)[:3]]
    return [active_rows(d), [*header, *requests], [*remedies, d.remedies]]


def widths(rows: Rows) -> int:
    return max(map(len, rows))


# ── the ways in which converters were seen to set a cell, a blank cell and a merged area ─────────────────


def bar_behind(rows: Rows) -> list[str]:
    """A cell a line with a bar behind it; merged areas as bars at the row's end."""
    width = widths(rows)
    lines: list[str] = []
    for row in rows:
        lines += [f"{cell} |" if cell else "|" for cell in row[:-1]]
        pad = "|" * (width - len(row))
        lines.append(f"{row[-1]} |{' ' * bool(pad)}{pad}" if row[-1] or not pad else f"| {pad}")
    return lines


def bar_behind_bars_apart(rows: Rows) -> list[str]:
    """The same, the bars of merged areas on a line of their own."""
    width = widths(rows)
    lines: list[str] = []
    for row in rows:
        lines += [f"{cell} |" if cell else "|" for cell in row]
        lines += ["|" * (width - len(row))] if len(row) < width else []
    return lines


def bar_before_rows(rows: Rows) -> list[str]:
    """A lone bar opens each row, a bar stands behind each cell."""
    width = widths(rows)
    lines: list[str] = []
    for row in rows:
        lines.append("|")
        lines += [f"{cell} |" if cell else "|" for cell in row[:-1]]
        pad = "|" * (width - len(row))
        lines.append(f"{row[-1]} |" + (f" {pad}" if pad else ""))
    return lines


def bars_and_indented_cells(rows: Rows) -> list[str]:
    """A bar, the cell on the next line with blanks around it."""
    width = widths(rows)
    lines: list[str] = []
    for row in rows:
        body = "".join(f"| \n {cell}  " for cell in row)
        lines += (body + "|" + "|" * (width - len(row))).split("\n")
    return lines


def lone_bars_padded(rows: Rows) -> list[str]:
    """A cell a line, a bar a line, merged areas as several bars on one line."""
    width = widths(rows)
    lines: list[str] = []
    for row in rows:
        for cell in row:
            lines += [cell, "|"] if cell else ["|"]
        if len(row) < width:
            lines.append("|" * (width - len(row)))
    return lines


def one_bar_at_the_end(rows: Rows) -> list[str]:
    """Cells parted by bars, one bar at the end, merged areas gone."""
    return [" | ".join(row) + " |" for row in rows]


SET: dict[str, Callable[[Rows], list[str]]] = {
    "bar_behind": bar_behind,
    "bar_behind_bars_apart": bar_behind_bars_apart,
    "bar_before_rows": bar_before_rows,
    "bars_and_indented_cells": bars_and_indented_cells,
    "lone_bars_padded": lone_bars_padded,
    "one_bar_at_the_end": one_bar_at_the_end,
}


@pytest.mark.parametrize("edition", ["2021", "2019"])
@pytest.mark.parametrize("name", SET)
class TestBarsAreReadByWhatTheyPart:
    def test_full_tables_are_read_cell_by_cell(self, name: str, edition: str) -> None:
        d = draft(23, edition)
        reading = reading_of(_document(d, [SET[name](rows) for rows in tables(d)]))

        assert [doubt.sentence() for doubt in reading.doubts] == []
        assert cells_read(reading) == cells_of(d)

    def test_blank_cells_stay_blank(self, name: str, edition: str) -> None:
        d = draft(29, edition, blanks=0.5)
        reading = reading_of(_document(d, [SET[name](rows) for rows in tables(d)]))

        assert wrong(d, reading) == {}
        assert [doubt.sentence() for doubt in reading.doubts] == []
        assert cells_read(reading) == cells_of(d)

    @pytest.mark.parametrize("seed", range(10))
    def test_a_dropped_line_gives_no_other_number(self, name: str, edition: str, seed: int) -> None:
        d = draft(seed, edition, blanks=0.3)
        lines = _document(d, [SET[name](rows) for rows in tables(d)]).split("\n")
        gone = (seed * 37) % len(lines)
        reading = reading_of("\n".join(lines[:gone] + lines[gone + 1 :]))

        assert wrong(d, reading) == {}
