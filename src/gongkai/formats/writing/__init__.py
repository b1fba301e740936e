"""Writing: a report in every format that people use; read back, each gives the same value (年度报告格式).

The parts of `layout` are what is printed; one module a format prints them, and `carried` keeps the data beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gongkai.formats.charts import Chart
from gongkai.formats.charts import charts as drawn
from gongkai.formats.source import Format
from gongkai.law.editions import BY_KEY, Edition
from gongkai.report.model import AnnualReport

from .errors import Unwritable
from .filled import empty, with_zeros

WRITTEN = (Format.JSON, Format.HTML, Format.DOCX, Format.PDF, Format.XLSX, Format.MARKDOWN)
ENDINGS = {"md": Format.MARKDOWN, "htm": Format.HTML}


def format_named(name: Format | str) -> Format:
    """The format of that name or file ending; raises `Unwritable` where there is none that can be written."""
    found = name if isinstance(name, Format) else ENDINGS.get(name.lower().lstrip("."), name.lower().lstrip("."))
    if found in WRITTEN:
        return Format(found)
    known = "、".join(kind.value for kind in WRITTEN)
    raise Unwritable("write.format", f"不能写成“{name}”，可以写成：{known}。", f"Cannot write {name!r}; it can be any of: {known}.")


def write(
    report: AnnualReport, to: Format | str, *, zeros: bool = False, fonts: Path | None = None,
    charts: bool = False, previous: Sequence[AnnualReport] = (),
) -> bytes:
    """The report as a file of that format. The same report gives the same bytes.

    `zeros`: blanks become 0, for a compiled report whose blanks mean 0. `fonts`: where the fonts of the PDF are.
    `charts`: pictures of the report and of earlier years after the signature (HTML, DOCX, PDF; the others have none).
    """
    shown = with_zeros(report) if zeros else report
    return _write(shown, format_named(to), carry=True, fonts=fonts, drawn=drawn(shown, previous) if charts else ())


def form(edition: Edition | str, to: Format | str, *, organ: str | None = None, year: int | None = None) -> bytes:
    """An empty form of that edition (2019, 2021) to fill in."""
    made = empty(BY_KEY[edition] if isinstance(edition, str) else edition, organ, year)
    return _write(made, format_named(to), carry=False, fonts=None, drawn=())


def _write(report: AnnualReport, kind: Format, *, carry: bool, fonts: Path | None, drawn: tuple[Chart, ...]) -> bytes:
    """Each writer is imported when it is needed first."""
    if kind is Format.JSON:
        from . import json

        return json.write(report)
    if kind is Format.HTML:
        from . import html

        return html.write(report, carry=carry, charts=drawn)
    if kind is Format.DOCX:
        from . import docx

        return docx.write(report, carry=carry, charts=drawn)
    if kind is Format.XLSX:
        from . import xlsx

        return xlsx.write(report, carry=carry)
    if kind is Format.PDF:
        from . import pdf

        return pdf.write(report, carry=carry, fonts=fonts, charts=drawn)
    from . import markdown

    return markdown.write(report, carry=carry)


__all__ = ["WRITTEN", "Unwritable", "form", "format_named", "write"]
