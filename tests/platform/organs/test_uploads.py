"""What is uploaded is examined at every door alike."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
import xlsxwriter
from django.utils import translation

from gongkai.platform.annual import sheets as figures
from gongkai.platform.cases import sheets as register
from gongkai.platform.catalogue import sheets as catalogue
from gongkai.platform.organs import sheets as organs
from gongkai.platform.organs.errors import Invalid

DOORS: dict[str, Callable[[bytes], object]] = {
    "organs": lambda data: organs.read("organs", "表.xlsx", data),
    "people": lambda data: organs.read("people", "表.xlsx", data),
    "catalogue": catalogue.read,
    "register": lambda data: register.read("表.xlsx", data),
    "figures": lambda data: figures.read("表.xlsx", data),
}


def workbook(headings: tuple[str, ...] = ("列",)) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet().write_row(0, 0, headings)
    return out.getvalue()


@pytest.mark.parametrize("door", DOORS)
def test_a_table_is_not_opened_before_the_virus_scanner_has_seen_it(door: str, settings: pytest.FixtureRequest) -> None:
    settings.CLAMD = "127.0.0.1:1"  # type: ignore[attr-defined]  # 没有人在听
    with pytest.raises(Invalid) as refused:
        DOORS[door](workbook())

    assert "杀毒服务暂时无法使用" in str(refused.value)


@pytest.mark.parametrize("door", DOORS)
def test_a_file_is_refused_in_the_readers_language(door: str) -> None:
    with translation.override("en"), pytest.raises(Invalid) as refused:
        DOORS[door](b"")

    assert "The file is empty" in str(refused.value)


@pytest.mark.parametrize("door", ["organs", "people", "catalogue", "register"])
def test_an_unknown_column_is_named(door: str) -> None:
    columns = {"organs": organs.ORGANS, "people": organs.PEOPLE, "catalogue": catalogue.COLUMNS, "register": register.COLUMNS}[door]
    with pytest.raises(Invalid) as refused:
        DOORS[door](workbook((*(column.heading for column in columns), "心情")))

    assert "认不出的列：心情" in str(refused.value)
