"""File formats: the only place that knows them. `read()` and `write()` are the doors: bytes in and out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from gongkai.law.editions import Edition
from gongkai.law.findings import Finding, Place
from gongkai.report.model import AnnualReport
from gongkai.report.rules.source import CHANGED_SINCE

from .limits import DEFAULT, Limits, check_size
from .reading import Reading, interpret
from .source import Format, Parsed, Unreadable


def read(name: str, data: bytes, limits: Limits = DEFAULT, *, ocr: bool = False) -> Reading:
    """What a file says: its report, every doubt met on the way, how each table was found.

    `name` is only a hint for files that their content does not tell apart. `ocr`: recognise the text of
    pictures and scanned PDFs (needs Tesseract); every number of theirs is a doubt until an identity confirms it.
    Raises `Unreadable` (one line, in Chinese and in English) where nothing can be read.
    """
    from .detect import recognise

    check_size(len(data), limits)
    try:
        kind = recognise(name, data)
    except Unreadable as refused:
        if ocr and refused.code == "file.picture":
            return _recognised("picture", data, limits)
        raise
    if kind is Format.JSON:
        return _loaded(data, limits)
    try:
        return replace(_reading(kind, data, limits), format=kind.value)
    except Unreadable as refused:
        if ocr and refused.code in ("pdf.needs_ocr", "pdf.no_unicode"):
            return _recognised(kind.value, data, limits)
        raise


def _recognised(kind: str, data: bytes, limits: Limits) -> Reading:
    """What OCR sees in a picture or a scan, with the numbers that the identities confirm."""
    from . import ocr
    from .reading.recognised import settle

    return replace(settle(interpret(ocr.parse(data, limits))), format=kind)


def write(
    report: AnnualReport, to: Format | str, *, zeros: bool = False, fonts: Path | None = None,
    charts: bool = False, previous: Sequence[AnnualReport] = (),
) -> bytes:
    """The report as a file: json, html, docx, pdf, xlsx or markdown. Reading it gives the same report.

    `zeros`: blanks become 0, for a compiled report whose blanks mean 0. `fonts`: where the fonts of a PDF are.
    `charts`: pictures of the report (and of `previous` years) at the end of HTML, DOCX and PDF.
    Raises `writing.Unwritable` (one line, in Chinese and in English) where it cannot be written so.
    """
    from . import writing

    return writing.write(report, to, zeros=zeros, fonts=fonts, charts=charts, previous=previous)


def form(edition: Edition | str, to: Format | str, *, organ: str | None = None, year: int | None = None) -> bytes:
    """An empty form of that edition ("2019", "2021") to fill in; it reads back too."""
    from . import writing

    return writing.form(edition, to, organ=organ, year=year)


def _reading(kind: Format, data: bytes, limits: Limits) -> Reading:
    """What the file shows; of a document of ours, what it carries, where that is just what it shows."""
    from .writing import carried

    shown, inside = carried.parted(kind, data, limits)
    parsed = parse(kind, shown, limits)
    reading = interpret(parsed)
    if inside is None:
        return reading
    report = carried.believed(inside, parsed, kind)
    if report is None:
        return replace(reading, remarks=(*reading.remarks, Finding(CHANGED_SINCE, Place())))
    return replace(reading, report=report, doubts=(), remarks=parsed.remarks)


def parse(kind: Format, data: bytes, limits: Limits = DEFAULT) -> Parsed:
    """The blocks of a file of that kind. Each parser is imported when it is needed first."""
    if kind is Format.HTML:
        from . import html

        return html.parse(data, limits)
    if kind is Format.PDF:
        from . import pdf

        return pdf.parse(data, limits)
    if kind is Format.XLSX:
        from . import xlsx

        return xlsx.parse(data, limits)
    if kind is Format.DOC:
        from . import doc, docx

        parsed = docx.parse(doc.to_docx(data, limits), limits)
        return replace(parsed, remarks=(*parsed.remarks, *doc.remarks(parsed)))
    if kind is Format.DOCX:
        from . import docx

        return docx.parse(data, limits)
    return _text(data, limits)


def _text(data: bytes, limits: Limits) -> Parsed:
    from . import mojibake, text
    from .encoding import decode

    check_size(len(data), limits, text=True)
    decoded, encoding = decode(data)
    return replace(text.parse(decoded), encoding=encoding, remarks=mojibake.check(decoded))


def _loaded(data: bytes, limits: Limits) -> Reading:
    from . import json

    loaded = json.load(data, limits)
    return Reading(loaded.report, loaded.doubts, loaded.remarks, encoding="utf-8", format=Format.JSON.value)


__all__ = ["DEFAULT", "Format", "Limits", "Parsed", "Reading", "Unreadable", "form", "interpret", "parse", "read", "write"]
