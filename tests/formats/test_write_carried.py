"""The data that a document carries is believed only where it says what the document shows."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from gongkai.formats import Format, read, write
from gongkai.formats.reading.plain import prose
from gongkai.formats.writing import carried
from gongkai.formats.writing.record import record
from gongkai.report.model import Section
from tests.report.builders import BUREAU, cell, report_2023

WRITTEN = write(report_2023(), Format.HTML).decode()
MARKED = write(report_2023(), Format.MARKDOWN).decode()


def codes(data: str, name: str = "a.html") -> list[str]:
    return [remark.code for remark in read(name, data.encode()).remarks]


def test_an_unchanged_document_is_read_without_remark() -> None:
    assert codes(WRITTEN) == []
    assert codes(MARKED, "a.md") == []


def test_a_changed_number_is_read_as_shown() -> None:
    changed = WRITTEN.replace(">6</td>", ">7</td>", 1)
    reading = read("a.html", changed.encode())

    assert codes(changed) == ["source.changed_since"]
    assert reading.report.applications["new_received"][0] == 7


def test_a_changed_word_is_read_as_shown() -> None:
    changed = WRITTEN.replace("政府信息120条", "政府信息121条", 1)
    reading = read("a.html", changed.encode())

    assert codes(changed) == ["source.changed_since"]
    assert reading.report.sections[0].prose.text.count("121条") == 1


@pytest.mark.parametrize("other", [
    cell(report_2023(), "granted", "natural", 4),
    replace(report_2023(), organ="青禾县水务局"),
    replace(report_2023(), year=2022),
    replace(report_2023(), signature=replace(report_2023().signature, organ=None)),
])
def test_data_that_says_something_else_is_not_believed(other) -> None:  # type: ignore[no-untyped-def]
    forged = WRITTEN.replace(record(report_2023()), record(other))
    reading = read("a.html", forged.encode())

    assert forged != WRITTEN
    assert codes(forged) == ["source.changed_since"]
    assert reading.report.organ == BUREAU
    assert reading.report.year == 2023
    assert reading.report.applications["granted"][0] == 3


@pytest.mark.parametrize("inside", ["", "{", "[]", "null", '{"active":{},"applications":{},"remedies":3}', "[" * 100_000])
def test_broken_data_is_no_obstacle(inside: str) -> None:
    broken = WRITTEN.replace(record(report_2023()), inside)

    assert codes(broken) == ["source.changed_since"]


def test_cells_that_moved_are_not_believed() -> None:
    moved = cell(cell(report_2023(), "granted", "natural", 11), "granted", "business", 1)
    other = cell(cell(report_2023(), "granted", "natural", 1), "granted", "business", 11)
    forged = write(moved, Format.HTML).decode().replace(record(moved), record(other))

    assert read("a.html", forged.encode()).report.applications["granted"][:2] == (11, 1)


def test_what_is_carried_closes_no_element() -> None:
    hostile = replace(report_2023(), sections=(Section(1, "", prose("</script><script>alert(1)</script> --> ]]> |")),))
    data = record(hostile)

    assert data.isascii()
    assert not set("<>&|") & set(data)
    assert "--" not in data
    assert json.loads(data)["sections"][0]["text"].startswith("</script>")


def test_a_document_without_data_is_left_as_it_is() -> None:
    assert carried.parted(Format.HTML, b"<p>x</p>") == (b"<p>x</p>", None)
    assert carried.parted(Format.MARKDOWN, b"x\n<!-- note -->\n") == (b"x\n<!-- note -->\n", None)
    assert carried.parted(Format.PDF, b"%PDF-1.7 broken") == (b"%PDF-1.7 broken", None)
    assert carried.parted(Format.DOCX, b"PK broken customXml/gongkai-report.xml")[1] is None
