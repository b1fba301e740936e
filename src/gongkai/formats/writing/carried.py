"""The data that a written document carries, and when it is believed (docs/decisions/write-carried-data.md).

A document of ours holds its report once more as JSON. On reading, that JSON is laid out again: only where
this gives exactly what the document shows is it the reading. A document that somebody changed is read by
what it shows.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Decimal
from html import unescape

from gongkai.formats.alone import alone
from gongkai.formats.blocks import Block, Cell, Grid, Paragraph
from gongkai.formats.limits import DEFAULT, Limits, open_zip, read_member
from gongkai.formats.reading.cells import is_page_number, value
from gongkai.formats.reading.plain import prose
from gongkai.formats.source import Format, Parsed, Unreadable
from gongkai.report.exchange import Malformed, from_dict
from gongkai.report.model import AnnualReport

from .layout import blocks, parts
from .markdown import arranged
from .record import NAME, PART

MOST = 4 * 1024 * 1024  # bytes
_SCRIPT = re.compile(rb'<script type="application/json" id="gongkai-report">([^<]*)</script>')
_COMMENT = re.compile(rb"\n<!-- gongkai-report ([^\n]*) -->\s*\Z")
_XML = re.compile(rb"<report xmlns=\"urn:gongkai:report\">([^<]*)</report>")


# ── to find again ────────────────────────────────────────────────────────────────────────────────────────


def parted(kind: Format, data: bytes, limits: Limits = DEFAULT) -> tuple[bytes, bytes | None]:
    """A file without what it carries, and the JSON it carries; None where it carries none."""
    if kind is Format.MARKDOWN:
        found = _COMMENT.search(data, max(0, len(data) - MOST)) if data.rstrip().endswith(b"-->") else None
        return (data[: found.start()] + b"\n", found[1]) if found else (data, None)
    return data, _carried(kind, data, limits)


def _carried(kind: Format, data: bytes, limits: Limits) -> bytes | None:
    if kind is Format.HTML:
        found = _SCRIPT.search(data) if b'id="gongkai-report"' in data else None
        return found[1] if found else None
    if kind in (Format.DOCX, Format.XLSX) and PART.encode() in data:
        return _in_archive(data, limits)
    if kind is Format.PDF:
        return _attached(data)
    return None


def _in_archive(data: bytes, limits: Limits) -> bytes | None:
    try:
        with open_zip(data, limits) as archive:
            if PART not in archive.namelist() or archive.getinfo(PART).file_size > MOST:
                return None
            found = _XML.search(read_member(archive, PART, limits))
    except Unreadable:
        return None
    return found[1].replace(b"&quot;", b'"') if found else None


@alone
def _attached(data: bytes) -> bytes | None:
    """The PDF's attachment of our name."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return None
    try:
        for index in range(min(document.count_attachments(), 16)):
            attachment = document.get_attachment(index)
            if attachment.get_name() == NAME:
                return bytes(attachment.get_data())[:MOST]
    except pypdfium2.PdfiumError:
        return None
    finally:
        document.close()
    return None


# ── to believe ───────────────────────────────────────────────────────────────────────────────────────────


def believed(carried: bytes, parsed: Parsed, kind: Format) -> AnnualReport | None:
    """The report that a document carries, if laying it out gives what the document shows; else None."""
    try:
        loaded = from_dict(json.loads(carried, parse_float=Decimal), prose)
    except (Malformed, ValueError, RecursionError):
        return None
    escaped = kind is Format.MARKDOWN
    expected = blocks(arranged(parts(loaded.report)) if escaped else parts(loaded.report))
    if list(_rows(expected, False)) != list(_rows(parsed.blocks, escaped)):
        return None
    said, shows = "".join(_words(expected, False)), "".join(_words(parsed.blocks, escaped))
    if said == shows or (kind is Format.PDF and _right_to_left(said) and _letters(said) == _letters(shows)):
        return loaded.report
    return None


_INVISIBLE = frozenset(("Cc", "Cf", "Cs", "Zs", "Zl", "Zp"))
_MARKED = re.compile(r"\\([!-/:-@\[-`{-~])")


def _bare(text: str, escaped: bool) -> str:
    """A text without blanks and invisible signs, of which formats keep more or fewer."""
    if escaped:
        text = unescape(_MARKED.sub(r"\1", text))
    folded = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in folded if unicodedata.category(sign) not in _INVISIBLE)


def _right_to_left(text: str) -> bool:
    """Whether a text holds letters that are written from right to left: a PDF has them in the order of the page."""
    return any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in text)


def _letters(text: str) -> list[str]:
    """The signs of a text in no order, without brackets, which are mirrored where the text runs from the right."""
    return sorted(sign for sign in text if not unicodedata.mirrored(sign))


def _words(shown: Iterable[Block], escaped: bool) -> Iterator[str]:
    for block in shown:
        if isinstance(block, Paragraph) and not is_page_number(block.text):
            yield _bare(block.text, escaped)


def _rows(shown: Iterable[Block], escaped: bool) -> Iterator[tuple[str, ...]]:
    """The rows of all tables: each cell where it begins; rows of labels that a page break repeats, once."""
    seen: set[tuple[str, ...]] = set()
    met: set[int] = set()
    for block in shown:
        if not isinstance(block, Grid):
            continue
        for row in block.rows:
            cells = [cell for cell in _distinct(row) if id(cell) not in met]
            met.update(map(id, cells))
            texts = tuple(_cell(cell.text, escaped) for cell in cells)
            if not any(texts):
                continue
            first = next((index for index, text in enumerate(texts) if text), len(texts))
            if first < len(texts) and not texts[first].startswith("#"):
                texts = texts[first:]  # the room of a cell that a page break cut
            if not any(text.startswith("#") or not text for text in texts):
                if texts in seen:
                    continue
                seen.add(texts)
            yield texts


def _distinct(row: Iterable[Cell]) -> list[Cell]:
    return list({id(cell): cell for cell in row}.values())


def _cell(text: str, escaped: bool) -> str:
    """A cell for comparing: numbers by their value (6.50 is 6.5), marked by #."""
    read = value(text)
    if read.number is None:
        return _bare(text, escaped)
    number = format(Decimal(read.number).normalize(), "f")
    return f"#{number}{read.unit or ''}{_bare(read.note or '', escaped)}"
