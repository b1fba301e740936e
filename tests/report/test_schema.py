"""The published JSON Schema: what is written conforms to it, and what does not is refused by it and by the reader."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings

from gongkai.formats import form, write
from gongkai.law.editions import BY_KEY, EDITIONS
from gongkai.report.exchange import Malformed, from_dict, to_dict
from gongkai.report.model import AnnualReport
from gongkai.report.schema import exchange_schema
from tests.formats.written import reports
from tests.report.builders import report_2023

CHECKER = jsonschema.Draft202012Validator(exchange_schema(), format_checker=jsonschema.FormatChecker())


def conforms(data: object) -> bool:
    return bool(CHECKER.is_valid(data))


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(exchange_schema())


@given(report=reports())
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_written_conforms(report: AnnualReport) -> None:
    assert conforms(json.loads(write(report, "json")))


@pytest.mark.parametrize("edition", sorted(BY_KEY))
def test_empty_forms_conform(edition: str) -> None:
    assert conforms(json.loads(form(edition, "json")))


def test_every_key_of_every_edition_is_named() -> None:
    schema: Any = exchange_schema()

    for edition in EDITIONS:
        assert {cell.key for cell in edition.active_cells()} <= schema["properties"]["active"]["properties"].keys()
        assert {row.key for row in edition.requests} <= schema["properties"]["applications"]["properties"].keys()


@pytest.mark.parametrize(("key", "wrong"), [
    ("year", "2023"), ("format", "2020"), ("organ", 3), ("active", {"unknown": {"value": 1}}), ("active", {"fee_amount": 3}),
    ("applications", {"granted": [1, 2]}), ("applications", {"granted": ["x"] * 7}), ("remedies", {"reconsideration": {"won": 1}}),
    ("sections", [{"heading": "一"}]), ("published", "2024年1月"),
])
def test_schema_and_reader_refuse_the_same(key: str, wrong: object) -> None:
    data = {**to_dict(report_2023()), key: wrong}

    assert not conforms(data)
    with pytest.raises(Malformed):
        from_dict(data)
