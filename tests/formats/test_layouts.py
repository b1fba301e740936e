"""The same report in every layout: the same values or a doubt, never another number."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gongkai.formats import html, interpret, text
from gongkai.formats.reading import Reading
from gongkai.law.editions import Remedy, Result

from .layouts import HTML_LAYOUTS, KEEPS_BLANKS, TEXT_LAYOUTS, Draft, draft

LAYOUTS = {**TEXT_LAYOUTS, **HTML_LAYOUTS}


def reading_of(layout: str, d: Draft, **changes: str) -> Reading:
    page = LAYOUTS[layout](d)
    for old, new in changes.items():
        page = page.replace(old, new)
    return interpret(html.parse(page.encode()) if layout in HTML_LAYOUTS else text.parse(page))


def number(cell: str) -> int | Decimal | None:
    bare = cell.removesuffix("万元")
    return None if not bare else Decimal(bare) if "." in bare else int(bare)


def cells_of(d: Draft) -> dict[str, int | Decimal | None]:
    """Every cell of the three tables by name, as it was set."""
    cells = {f"active.{name}": number(cell) for name, cell in d.active.items()}
    cells |= {f"{name}.{index}": number(cell) for name, row in d.requests.items() for index, cell in enumerate(row)}
    slots = [(remedy, result) for remedy in Remedy for result in Result]
    return cells | {f"{remedy}.{result}": number(cell) for (remedy, result), cell in zip(slots, d.remedies, strict=True)}


def cells_read(reading: Reading) -> dict[str, int | Decimal | None]:
    report = reading.report
    cells = {f"active.{name}": figure.value for name, figure in report.active.items()}
    cells |= {f"{name}.{index}": cell for name, row in report.applications.items() for index, cell in enumerate(row)}
    return cells | {f"{remedy}.{result}": report.remedy(remedy, result) for remedy in Remedy for result in Result}


def wrong(d: Draft, reading: Reading) -> dict[str, tuple[object, object]]:
    """The cells that were read as another number than was set."""
    truth = cells_of(d)
    return {name: (truth.get(name), got) for name, got in cells_read(reading).items() if got is not None and got != truth.get(name)}


@pytest.mark.parametrize("edition", ["2021", "2019"])
@pytest.mark.parametrize("layout", LAYOUTS)
class TestEveryLayoutIsReadByItsShape:
    def test_full_tables_are_read_cell_by_cell(self, layout: str, edition: str) -> None:
        d = draft(7, edition)
        reading = reading_of(layout, d)

        assert [doubt.sentence() for doubt in reading.doubts] == []
        assert cells_read(reading) == cells_of(d)
        assert reading.report.edition is d.edition
        assert (reading.report.organ, reading.report.year, reading.report.title) == (d.organ, d.year, d.title)
        assert [section.number for section in reading.report.sections] == [1, 2, 3, 4, 5, 6]
        assert str(reading.report.signature.on) == "2024-01-15"

    def test_blank_cells_stay_blank_or_become_doubts(self, layout: str, edition: str) -> None:
        d = draft(11, edition, blanks=0.5)
        reading = reading_of(layout, d)

        assert wrong(d, reading) == {}
        if layout in KEEPS_BLANKS:
            assert [doubt.sentence() for doubt in reading.doubts] == []
            assert cells_read(reading) == cells_of(d)
        else:
            assert reading.doubts


@pytest.mark.parametrize("layout", LAYOUTS)
class TestMutilatedFilesNeverGiveAnotherNumber:
    @settings(max_examples=20, deadline=None)
    @given(seed=st.integers(0, 10**6), data=st.data())
    def test_a_dropped_line(self, layout: str, seed: int, data: st.DataObject) -> None:
        d = draft(seed, blanks=0.2)
        lines = LAYOUTS[layout](d).split("\n")
        gone = data.draw(st.integers(0, len(lines) - 1))
        assume(layout != "html_columns_moved" or "商业企业" not in lines[gone])  # without a header the form's order holds
        page = "\n".join(lines[:gone] + lines[gone + 1 :])
        reading = interpret(html.parse(page.encode()) if layout in HTML_LAYOUTS else text.parse(page))

        assert wrong(d, reading) == {}

    @settings(max_examples=20, deadline=None)
    @given(seed=st.integers(0, 10**6), share=st.floats(0, 1))
    def test_a_truncated_file(self, layout: str, seed: int, share: float) -> None:
        d = draft(seed)
        page = LAYOUTS[layout](d)
        page = page[: int(len(page) * share)]
        reading = interpret(html.parse(page.encode() or b" ") if layout in HTML_LAYOUTS else text.parse(page))

        found = wrong(d, reading)
        assert len(found) <= 1, found  # the number that the cut went through may have lost its last digits


@pytest.mark.parametrize("layout", sorted(set(HTML_LAYOUTS) - {"html_numbered_otherwise"}))
class TestMutilatedCells:
    @settings(max_examples=25, deadline=None)
    @given(seed=st.integers(0, 10**6), data=st.data())
    def test_a_dropped_or_doubled_cell(self, layout: str, seed: int, data: st.DataObject) -> None:
        d = draft(seed, blanks=0.2)
        cells = LAYOUTS[layout](d).split("<td")
        at = data.draw(st.integers(1, len(cells) - 1))
        times = data.draw(st.sampled_from([0, 2]))
        inside, end, after = cells[at].partition("</td>")
        cells[at : at + 1] = [inside + end] * times + ([after] if not times else [])
        page = "<td".join(cells[:at]) + (after if not times else "<td" + "<td".join([inside + end, inside + end + after]))
        rest = LAYOUTS[layout](d).split("<td")[at + 1 :]
        page += ("<td" + "<td".join(rest)) if rest else ""
        reading = interpret(html.parse(page.encode()))

        assert wrong(d, reading) == {}
