"""Tables that people fill in: cells and dates as somebody reads them."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest
import xlsxwriter

from gongkai.formats.source import Unreadable
from gongkai.platform.documents import filled


def table(*rows: tuple[object, ...]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate(rows):
            sheet.write_row(line, 0, row)
    return out.getvalue()


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        (None, ""), (True, "是"), (False, "否"), (3.0, "3"), (0.1 + 0.2, "0.3"), (937.08, "937.08"), (1e11, "100000000000"), (datetime(2024, 3, 5, 9), "2024-03-05"),
        (date(2024, 3, 5), "2024-03-05"), (" 甲\r\n乙 ", "甲\n乙"), ("甲\x00\x07乙\x7f", "甲 乙"),
    ],
)  # fmt: skip
def test_a_cell_is_read_as_somebody_reads_it(cell: object, read: str) -> None:
    assert filled.said(cell) == read


def test_a_cell_may_be_wanted_on_one_line() -> None:
    assert filled.on_one_line("甲\n\t乙") == "甲 乙"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2024-03-05", date(2024, 3, 5)), ("2024/3/5", date(2024, 3, 5)), ("2024年3月5日", date(2024, 3, 5)), ("20240305", date(2024, 3, 5)), ("", None),
        ("二〇二四年三月五日", date(2024, 3, 5)), ("2〇24年3月5日", date(2024, 3, 5)), ("２０２４．３．５", date(2024, 3, 5)),
    ],
)  # fmt: skip
def test_dates_are_read_as_people_write_them(written: str, meant: date | None) -> None:
    assert filled.day(written) == meant


def test_a_number_of_days_is_a_date_only_for_whoever_asks_for_it() -> None:
    with pytest.raises(ValueError):
        filled.day("45721")

    assert filled.serial_day("45721") == date(2025, 3, 5)
    assert filled.serial_day("12345") is None and filled.serial_day("2025-03-05") is None


def test_lines_keep_the_numbers_that_the_sheet_shows() -> None:
    found = filled.lines(table(("甲", "乙"), (), (1, None), ("", " ")))

    assert [(number, [filled.said(cell) for cell in row]) for number, row in found] == [(1, ["甲", "乙"]), (3, ["1", ""])]


def test_what_is_no_workbook_says_what_to_do() -> None:
    with pytest.raises(Unreadable, match="请用模板重新填写"):
        filled.lines(b"PK\x03\x04" + bytes(50))


def test_a_cell_far_out_is_not_laid_out_with_all_before_it() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet().write(1_048_575, 16_383, "x")
    with pytest.raises(Unreadable, match="表格太大"):
        filled.lines(out.getvalue())
