"""Golden readings: every cell of the real reports with a hand-checked truth (values, blanks, edition, year, organ)."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gongkai.formats import read
from gongkai.report.exchange import to_dict
from tests.conftest import REPORTS, needs_shared

TRUTHS = sorted(path for path in (REPORTS / "truth").glob("*.json") if path.stem != "openings_truth") if REPORTS.is_dir() else []

OPENINGS: dict[str, Any] = json.loads((REPORTS / "truth" / "openings_truth.json").read_text("utf-8")) if REPORTS.is_dir() else {}


def truth_of(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text("utf-8"), parse_float=Decimal))


def reading_of(truth: dict[str, Any]) -> dict[str, Any]:
    source = REPORTS / truth["file"]
    reading = read(source.name, source.read_bytes())
    return dict(to_dict(reading.report, reading.doubts))


@needs_shared
@pytest.mark.parametrize("path", TRUTHS, ids=lambda path: path.stem)
class TestEveryCellIsReadRight:
    """`gongkai read` against the truth, cell by cell."""

    def test_organ_title_year_and_edition(self, path: Path) -> None:
        truth = truth_of(path)
        got = reading_of(truth)

        assert {name: got[name] for name in ("organ", "title", "year", "format")} == {
            name: truth[name] for name in ("organ", "title", "year", "format")
        }

    def test_table_of_section_two(self, path: Path) -> None:
        truth = truth_of(path)
        got = reading_of(truth)["active"]

        assert got.keys() == truth["active"].keys()
        for name, cell in truth["active"].items():
            assert (got[name]["value"], got[name]["unit"]) == (
                float(cell["value"]) if isinstance(cell["value"], Decimal) else cell["value"],
                cell["unit"],
            ), name

    def test_table_of_section_three(self, path: Path) -> None:
        truth = truth_of(path)

        assert reading_of(truth)["applications"] == truth["applications"]

    def test_table_of_section_four(self, path: Path) -> None:
        truth = truth_of(path)

        assert reading_of(truth)["remedies"] == truth["remedies"]

    def test_nothing_of_the_tables_is_in_doubt(self, path: Path) -> None:
        assert reading_of(truth_of(path))["doubts"] == []


@needs_shared
class TestOpeningsAreReadAsFarAsTheyGo:
    """The first 400–800 characters of other reports: what is there is read, nothing is made up."""

    @pytest.mark.parametrize("name", sorted(OPENINGS))
    def test_year_is_that_of_the_report(self, name: str) -> None:
        source = REPORTS / OPENINGS[name]["file"]
        reading = read(source.name, source.read_bytes())

        assert reading.report.year == OPENINGS[name]["year"]

    @pytest.mark.parametrize("name", sorted(name for name in OPENINGS if OPENINGS[name]["format"] in ("2019", "2021")))
    def test_edition_is_the_printed_one(self, name: str) -> None:
        source = REPORTS / OPENINGS[name]["file"]
        reading = read(source.name, source.read_bytes())

        assert reading.report.edition is not None
        assert reading.report.edition.key == OPENINGS[name]["format"]
