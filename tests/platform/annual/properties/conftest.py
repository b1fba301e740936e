"""With the thorough profile these are slow tests: `make slow` runs them, with many more examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.platform.annual.workspace.conftest import enter, it
from tests.platform.cases.factories import Office, office

from .drawing import THOROUGH

__all__ = ["enter", "it", "place"]


@pytest.fixture
def place(db: None) -> Office:
    """One organ for all examples of a test; what an example writes is undone."""
    return office("yunxi")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if THOROUGH and here in item.path.parents:
            item.add_marker("slow")
