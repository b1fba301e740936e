"""The demo keeps away from other people's data."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from gongkai.platform.demo import build, building
from gongkai.platform.organs.acting import MACHINE
from gongkai.platform.organs.actions import create_organ
from gongkai.platform.organs.facts import OrganFacts


def test_it_refuses_a_database_that_has_other_organs(db: None) -> None:
    facts = OrganFacts(name="某县人民政府", slug="some-county", level="county", kind="government", code="SF0009994")
    create_organ(MACHINE, facts, at=datetime(2026, 1, 5, tzinfo=UTC))

    assert building.found() is building.Found.OTHER
    with pytest.raises(building.OtherData, match="其他机关"):
        build(date(2026, 11, 22))
