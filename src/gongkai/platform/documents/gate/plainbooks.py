"""Plain books: old workbooks (.xls) by calamine, and the words of OFD pages."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import python_calamine

from gongkai.formats.limits import Limits
from gongkai.platform.documents.sentence import Sentence

from . import rules
from .finding import Hit
from .inspected import Inspected, Said, named, package, part


def old_book(data: bytes) -> Inspected:
    """The sheets of an old workbook; those that are hidden are named."""
    seen = Inspected([])
    with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
        for sheet in workbook.sheets_metadata:
            if sheet.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            rows = workbook.get_sheet_by_name(sheet.name).to_python()
            cells = [[_shown(cell) for cell in row] for row in rows]
            seen.texts.append(
                Said(
                    "\n".join("\t".join(row) for row in cells), Sentence(f"工作表“{sheet.name}”", f"sheet {sheet.name}")
                )
            )
            count = sum(bool(cell.strip()) for row in cells for cell in row)
            if sheet.visible != python_calamine.SheetVisibleEnum.Visible and count:
                seen.hits.append(Hit(rules.HIDDEN_SHEET, key=sheet.name, facts={"name": sheet.name, "count": count}))
    return seen


def _shown(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace("\n", " ").replace("\t", " ")


def ofd_texts(data: bytes, limits: Limits) -> Iterator[Said]:
    """The words of an OFD document, page by page."""
    with package(data) as archive:
        pages = sorted(
            (name for name in archive.namelist() if re.search(r"(?:Pages|Tpls|Annots)/.*\.xml$", name)),
            key=lambda one: (len(one), one),
        )
        for number, name in enumerate(pages, 1):
            words = "\n".join(code.text or "" for code in named(part(archive, name, limits), "TextCode"))
            yield Said(words, Sentence(f"第 {number} 页", f"page {number}"))
