"""Registers as offices keep them, as XLSX."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import xlsxwriter

from gongkai.platform.cases.sheets import BY_FIELD

from .making import LIU

Cells = Mapping[str, object]
LINE: dict[str, object] = {
    "number": "2025-信001", "channel": "当面提交", "submitted": "2025-03-05", "applicant_kind": "自然人", "name": LIU.name,
    "identity_kind": "居民身份证", "identity_number": LIU.identity_number, "phone": LIU.phone, "title": "征地补偿安置方案", "ended": "2025-03-20",
    "result": "予以公开",
}  # fmt: skip


def line(**cells: object) -> dict[str, object]:
    return {**LINE, **cells}


def register(*lines: Cells, headings: Sequence[str] | None = None) -> bytes:
    """A workbook with these lines; fields by our keys, headings ours unless given."""
    fields = list(dict.fromkeys(name for each in lines for name in each))
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        for place, name in enumerate(fields):
            sheet.write_string(0, place, headings[place] if headings else BY_FIELD[name].heading)
        for row, each in enumerate(lines, start=1):
            for place, name in enumerate(fields):
                value = each.get(name, "")
                if hasattr(value, "isoformat"):
                    sheet.write_datetime(row, place, value, day)
                elif isinstance(value, int | float):
                    sheet.write_number(row, place, value)
                else:
                    sheet.write_string(row, place, str(value))
    return out.getvalue()
