"""Document: what a published text is, apart from any file format, and its parts in the order in which they are printed."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urljoin

from PIL import Image, ImageOps

from gongkai.formats.writing.errors import Unwritable
from gongkai.formats.writing.layout import chinese_date
from gongkai.platform.documents.body import Block
from gongkai.platform.documents.cleaning import blocks

_SHARP = 2000  # pixels: more than a page of paper shows
_JOINERS = ("\u200c", "\u200d")


@dataclass(frozen=True, slots=True)
class Document:
    """A published text with everything that is printed with it."""

    title: str
    organ: str
    body: str  # HTML, clean
    document_number: str = ""
    index_number: str = ""
    made_on: date | None = None
    published_on: date | None = None
    metadata: Sequence[tuple[str, str]] = ()  # further rows of the box: label, value
    validity: str = ""  # what must be said on the text itself: 已废止（2024年5月1日起）
    pictures: Mapping[str, bytes] = field(default_factory=dict)  # by the address that stands in the body
    attachments: Sequence[str] = ()
    address: str = ""  # where it always is
    citation: str = ""


def box(document: Document) -> list[tuple[str, str]]:
    """The rows of the metadata box that say something."""
    rows = [
        ("索引号", document.index_number),
        ("发布机构", document.organ),
        ("文号", document.document_number),
        ("成文日期", chinese_date(document.made_on) if document.made_on else ""),
        ("公开日期", chinese_date(document.published_on) if document.published_on else ""),
        *document.metadata,
    ]
    return [(label, shown(value)) for label, value in rows if shown(value)]


def body(document: Document) -> tuple[Block, ...]:
    return blocks(document.body)


def source(document: Document) -> list[tuple[str, str]]:
    """The lines at the end: where the text comes from and how to cite it."""
    return [
        (label, shown(text))
        for label, text in (("永久地址", document.address), ("引用格式", document.citation))
        if shown(text)
    ]


def shown(text: str) -> str:
    """The text without what no file can carry and signs that only steer, its blanks drawn together."""
    kept = (
        sign
        for sign in text
        if sign in _JOINERS or sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Cn")
    )
    return " ".join("".join(kept).split())


def printed(text: str) -> str:
    """A piece of the body as it can be printed; its blanks and breaks stay."""
    return "".join(
        sign
        for sign in text
        if sign == "\n" or sign in _JOINERS or unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Cn")
    )


def linked(document: Document, href: str) -> str:
    """The whole address of a link; one within the site is completed by where the document is."""
    if href.startswith(("http://", "https://", "mailto:", "tel:")):
        return href
    return urljoin(document.address, href) if document.address.startswith(("http://", "https://")) else ""


@dataclass(frozen=True, slots=True)
class Printable:
    """A picture as it goes into a file: PNG or JPEG, and its size."""

    data: bytes
    extension: str
    width: float  # millimetres
    height: float


def printable(data: bytes, most_width: float, most_height: float) -> Printable | None:
    """The picture no larger than paper shows it; nothing where it cannot be decoded."""
    try:
        with Image.open(io.BytesIO(data), formats=["PNG", "JPEG", "GIF"]) as opened:
            opened.load()
            picture = ImageOps.exif_transpose(opened)
            kind = "JPEG" if opened.format == "JPEG" and picture.mode in ("RGB", "L") else "PNG"
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    if kind == "PNG" and picture.mode not in ("1", "L", "RGB", "RGBA"):
        picture = picture.convert("RGBA")
    if max(picture.size) > _SHARP:
        picture.thumbnail((_SHARP, _SHARP))
    out = io.BytesIO()
    picture.info = {}
    picture.save(out, kind, **({"quality": 88} if kind == "JPEG" else {}))
    width, height = (side / 96 * 25.4 for side in picture.size)  # as browsers show it: 96 pixels to the inch
    scale = min(1.0, most_width / width, most_height / height)
    return Printable(out.getvalue(), "jpg" if kind == "JPEG" else "png", width * scale, height * scale)


__all__ = ["Document", "Printable", "Unwritable", "body", "box", "linked", "printable", "printed", "shown", "source"]
