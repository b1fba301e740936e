"""File formats: the only place that knows them. `read()` is the door: bytes in, a reading out."""

from __future__ import annotations

from dataclasses import replace

from .limits import DEFAULT, Limits, check_size
from .reading import Reading, interpret
from .source import Format, Parsed, Unreadable


def read(name: str, data: bytes, limits: Limits = DEFAULT) -> Reading:
    """What a file says: its report, every doubt met on the way, how each table was found.

    `name` is only a hint for files that their content does not tell apart.
    Raises `Unreadable` (one line, in Chinese and in English) where nothing can be read.
    """
    from .detect import recognise

    check_size(len(data), limits)
    kind = recognise(name, data)
    if kind is Format.JSON:
        return _loaded(data, limits)
    return replace(interpret(parse(kind, data, limits)), format=kind.value)


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
    if kind in (Format.DOCX, Format.DOC):
        from . import doc, docx

        return docx.parse(doc.to_docx(data, limits) if kind is Format.DOC else data, limits)
    return _text(data, limits)


def _text(data: bytes, limits: Limits) -> Parsed:
    from . import text
    from .encoding import decode

    check_size(len(data), limits, text=True)
    decoded, encoding = decode(data)
    return replace(text.parse(decoded), encoding=encoding)


def _loaded(data: bytes, limits: Limits) -> Reading:
    from . import json

    loaded = json.load(data, limits)
    return Reading(loaded.report, loaded.doubts, loaded.remarks, encoding="utf-8", format=Format.JSON.value)


__all__ = ["DEFAULT", "Format", "Limits", "Parsed", "Reading", "Unreadable", "interpret", "parse", "read"]
