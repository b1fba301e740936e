"""An office with a year's figures, and signed-in clients of its people."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import pytest
import xlsxwriter
from django.test import override_settings

from tests.platform.annual.workspace.conftest import Enter, enter
from tests.platform.cases.factories import Office, office

__all__ = ["Enter", "enter", "place", "table"]


@pytest.fixture
def place(db: None) -> Iterator[Office]:
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        yield office()


def table(rows: Sequence[Sequence[object]]) -> bytes:
    """An XLSX as somebody's system writes it; a string that begins with = is a formula."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for n, row in enumerate(rows):
            for m, cell in enumerate(row):
                if cell is not None:
                    sheet.write(n, m, cell)
    return out.getvalue()
