"""The exchange form: what goes out comes back, and what is malformed is named by its key."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.editions import EDITION_2019, EDITION_2021, EDITIONS, Applicant, Remedy, Result
from gongkai.law.findings import Finding, Place
from gongkai.report.exchange import REPORT_KEYS, Malformed, from_dict, is_report, number, to_dict
from gongkai.report.model import AnnualReport, Figure, Section, Signature
from gongkai.report.prose import Prose
from gongkai.report.rules.doubts import CELL_TEXT
from tests.conftest import REPORTS, needs_shared
from tests.report.builders import blank_report, figures, mixed_report, report_2023, zero_report

decimals = st.decimals(min_value=-(10**9), max_value=10**9, places=5)
numbers = st.none() | st.integers(-(10**20), 10**20) | decimals
texts = st.text(max_size=30)
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@st.composite
def reports(draw: st.DrawFn) -> AnnualReport:
    """Any report of either edition, sound or not: a few cells hold anything, the others 0 or nothing."""
    edition = draw(st.sampled_from(EDITIONS))
    base = draw(st.sampled_from([blank_report, zero_report]))(edition)
    figure = st.builds(Figure, numbers, st.just("件"), st.none() | texts, st.none() | texts)
    row = st.tuples(*[numbers] * len(Applicant))
    block = st.fixed_dictionaries(dict.fromkeys(Result, numbers))
    return replace(
        base,
        organ=draw(st.none() | texts), title=draw(st.none() | texts), year=draw(st.none() | st.integers(2000, 2099)),
        active={**base.active, **draw(st.dictionaries(st.sampled_from(sorted(base.active)), figure, max_size=3))},
        applications={**base.applications, **draw(st.dictionaries(st.sampled_from(sorted(base.applications)), row, max_size=2))},
        remedies={**base.remedies, **draw(st.dictionaries(st.sampled_from(Remedy), block, max_size=1))},
        sections=tuple(draw(st.lists(st.builds(Section, st.integers(0, 6), texts, st.builds(Prose.of, texts)), max_size=3))),
        signature=Signature(draw(st.none() | texts), draw(st.none() | days)), published=draw(st.none() | days),
    )


def plain(report: AnnualReport) -> Any:
    """The report as JSON gives it back."""
    return json.loads(json.dumps(to_dict(report)), parse_float=Decimal)


@given(reports())
def test_what_goes_out_comes_back(report: AnnualReport) -> None:
    loaded = from_dict(plain(report))

    assert loaded.report == report
    assert loaded.remarks == loaded.doubts == ()


def test_the_keys_are_the_published_ones() -> None:
    keys = tuple(to_dict(report_2023()))

    assert keys[: len(REPORT_KEYS)] == REPORT_KEYS
    assert set(keys) - set(REPORT_KEYS) == {"sections", "signature", "published", "doubts", "source", "checks"}


def test_every_row_of_the_edition_is_present_and_blank_cells_are_null() -> None:
    report = AnnualReport(edition=EDITION_2021, year=2023)

    data: Any = to_dict(report)

    assert len(data["applications"]) == 25
    assert data["applications"]["granted"] == [None] * 7
    assert data["active"]["fee_amount"] == {"value": None, "unit": "万元"}
    assert data["remedies"]["reconsideration"] == dict.fromkeys(["upheld", "corrected", "other", "pending", "total"])


def test_a_mixed_report_keeps_its_rows_as_printed() -> None:
    data: Any = to_dict(mixed_report())

    assert data["format"] == "2021"
    assert "other" in data["applications"]
    assert "other_misc" not in data["applications"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, None), (7, 7), (Decimal("937.08"), 937.08), (Decimal("180.02958"), 180.02958), (Decimal("12.0"), 12),
     (Decimal("0.12345678901234567890"), "0.12345678901234567890"), (10**30, 10**30)],
)
def test_numbers_keep_every_digit(value: Any, shown: Any) -> None:
    assert number(value) == shown
    assert json.loads(json.dumps(number(value))) == shown


def test_doubts_come_back_with_their_sentences_and_places() -> None:
    doubt = Finding(CELL_TEXT, Place("applications", "granted", "natural", source="第3页"), {"text": "若干{件}"})

    loaded = from_dict(json.loads(json.dumps(to_dict(report_2023(), doubts=[doubt]))))

    assert [one.sentence() for one in loaded.doubts] == [doubt.sentence()]
    assert loaded.doubts[0].where == doubt.where
    assert loaded.doubts[0].code == "doubt.cell_text"


def test_checks_and_source_are_carried_along() -> None:
    data = to_dict(report_2023(), checks={"app.identity.total": "holds"}, source={"file": "a.html"})

    assert data["checks"] == {"app.identity.total": "holds"}
    assert data["source"] == {"file": "a.html"}


class TestLoading:
    """Strict about tables, tolerant about keys that it does not know."""

    def data(self, **changes: Any) -> dict[str, Any]:
        return plain(report_2023()) | changes

    @pytest.mark.parametrize(
        ("changes", "key"),
        [
            ({"format": "2020"}, "format"),
            ({"year": "2023"}, "year"),
            ({"year": True}, "year"),
            ({"organ": 5}, "organ"),
            ({"active": []}, "active"),
            ({"active": {"nonsense": {"value": 1}}}, "active.nonsense"),
            ({"active": {"fee_amount": 5}}, "active.fee_amount"),
            ({"active": {"fee_amount": {"value": "many"}}}, "active.fee_amount.value"),
            ({"active": {"fee_amount": {"value": float("nan")}}}, "active.fee_amount.value"),
            ({"active": {"fee_amount": {"value": True}}}, "active.fee_amount.value"),
            ({"applications": {"granted": [0] * 6}}, "applications.granted"),
            ({"applications": {"granted": 7}}, "applications.granted"),
            ({"applications": {"granted": [0, 0, 0, 0, 0, 0, "x"]}}, "applications.granted.total"),
            ({"applications": {"invented": [0] * 7}}, "applications.invented"),
            ({"remedies": {"appeal": {}}}, "remedies.appeal"),
            ({"remedies": {"reconsideration": {"won": 1}}}, "remedies.reconsideration.won"),
            ({"remedies": {"reconsideration": 5}}, "remedies.reconsideration"),
            ({"sections": [{"number": "一"}]}, "sections[0].number"),
            ({"sections": "text"}, "sections"),
            ({"signature": {"on": "2024-13-01"}}, "signature.on"),
            ({"published": 20240131}, "published"),
            ({"doubts": [{"severity": "grave"}]}, "doubts[0].severity"),
        ],
    )
    def test_an_error_names_its_key(self, changes: dict[str, Any], key: str) -> None:
        with pytest.raises(Malformed) as caught:
            from_dict(self.data(**changes))

        assert caught.value.key == key
        assert caught.value.zh.startswith(key) and caught.value.en.startswith(key)
        assert "\n" not in str(caught.value)

    @pytest.mark.parametrize("data", [None, [], 5, "report", {}, {"active": {}}])
    def test_what_is_no_report_is_told(self, data: object) -> None:
        assert not is_report(data)
        with pytest.raises(Malformed):
            from_dict(data)

    def test_unknown_keys_are_tolerated_and_remarked(self) -> None:
        loaded = from_dict(self.data(colour="red"))

        assert [remark.code for remark in loaded.remarks] == ["exchange.unknown_key"]
        assert "colour" in loaded.remarks[0].sentence()

    def test_rows_that_are_left_out_are_absent_not_zero(self) -> None:
        loaded = from_dict({"active": {}, "applications": {"granted": [1] * 7}, "remedies": {}, "format": "2021"})

        assert loaded.report.application("partial", Applicant.TOTAL) is None
        assert loaded.report.application("granted", Applicant.TOTAL) == 1

    def test_prose_is_made_plain_by_the_caller(self) -> None:
        loaded = from_dict(self.data(), prose=lambda text: Prose(text, "plain"))

        assert {section.prose.plain for section in loaded.report.sections} == {"plain"}


def test_the_form_of_2019_comes_back_too() -> None:
    report = figures(zero_report(EDITION_2019, 2020), procurement_amount=Decimal("180.02958"), licensing_delta=-8)

    assert from_dict(plain(report)).report == replace(report)


@needs_shared
@pytest.mark.parametrize("path", sorted((REPORTS / "truth").glob("[0r]*.json")) if REPORTS.is_dir() else [], ids=lambda p: p.stem)
def test_the_truth_files_load_and_go_out_unchanged(path: Path) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))

    loaded = from_dict(data)
    again = to_dict(loaded.report)

    assert loaded.remarks == ()
    assert {key: again[key] for key in REPORT_KEYS} == {key: data[key] for key in REPORT_KEYS}
