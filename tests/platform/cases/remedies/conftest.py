"""An office, and signed-in clients of its people, as for the pages of requests."""

from tests.platform.cases.pages.conftest import enter, place

__all__ = ["enter", "place"]
