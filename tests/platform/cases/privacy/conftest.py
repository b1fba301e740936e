"""Signed-in clients of an office's people, as for the pages of requests."""

from tests.platform.cases.pages.conftest import enter

__all__ = ["enter"]
