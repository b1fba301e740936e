"""Tables to take along, as CSV and XLSX: every cell a text, and none that an office program would take for a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

import xlsxwriter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX}
MARK = "\ufeff"  # 办公软件据此认出 UTF-8
_WIDTH = 24
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def line(cells: Iterable[object]) -> str:
    """One line of CSV."""
    out = io.StringIO()
    csv.writer(out).writerow([harmless("" if cell is None else str(cell)) for cell in cells])
    return out.getvalue()


def harmless(text: str) -> str:
    """The text as it may stand in CSV: what begins as a formula is marked as a text; a plain number, also a negative one, stays what it is."""
    return f"'{text}" if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text) else text


def written(ending: str, title: str, headings: Sequence[str], rows: Iterable[Iterable[object]], widths: Sequence[int] = ()) -> bytes:
    """A table with its headings in one of the formats of MEDIA_TYPES."""
    if ending == "csv":
        return (MARK + line(headings) + "".join(map(line, rows))).encode()
    return xlsx(title, headings, rows, widths)


def xlsx(title: str, headings: Sequence[str], rows: Iterable[Iterable[object]], widths: Sequence[int] = ()) -> bytes:
    """A sheet whose headings stay in sight and filter the lines."""
    out, last = io.BytesIO(), 1
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet(title)
        head, text = book.add_format({"bold": True, "bg_color": "#E8EEF6", "border": 1}), book.add_format({"num_format": "@"})
        for column, heading in enumerate(headings):
            sheet.set_column(column, column, widths[column] if column < len(widths) else _WIDTH, text)
            sheet.write_string(0, column, heading, head)
        for last, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                sheet.write_string(last, column, "" if cell is None else str(cell), text)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, last, len(headings) - 1)
    return out.getvalue()
