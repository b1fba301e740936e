"""Index numbers as law/05 found them on real pages."""

from __future__ import annotations

import pytest

from gongkai.platform.organs.numbering import DEFAULT_PATTERN, Numbered, index_number, missing, wrong_pattern

CIVIL = Numbered("014225972", "11341702486344515H", "mzj")


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        (DEFAULT_PATTERN, "014225972/2019-00001"), ("{code}-{year}-{serial:05d}", "014225972-2019-00001"), ("{credit}/{year}{month:02d}-{serial:05d}", "11341702486344515H/201907-00001"),
        ("{slug}/{year}-{serial:04d}", "mzj/2019-0001"), ("新政公开〔{year}〕{serial:03d}", "新政公开〔2019〕001"),
    ],
)  # fmt: skip
def test_the_forms_seen_in_use_can_be_set(pattern: str, number: str) -> None:
    assert wrong_pattern(pattern) == ""
    assert missing(pattern, CIVIL) == ""
    assert index_number(pattern, CIVIL, 2019, 7, 1) == number


def test_the_national_form_has_twenty_characters() -> None:
    assert len(index_number(DEFAULT_PATTERN, CIVIL, 2026, 3, 42)) == 20
