"""Detect: which format a file is in, by what it holds; its name decides only between kinds of plain text."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

from .limits import check_size, damaged, encrypted
from .mime import is_mime
from .source import Format, Unreadable

_PICTURES: Final = (
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"BM", "BMP"),
)
_ARCHIVES: Final = (
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP: Final = re.compile(
    rb"</?(?:!doctype\s+html|html|head|body|table|tbody|tr|td|div|span|p|br|h[1-6]|font|center|article|section|meta|title|"
    rb"style|script|a|img|ul|li|o:p|strong|b)(?:\s[^<]*)?/?>",
    re.I,
)
_PAGE: Final = re.compile(rb"<(?:!doctype\s+html|html[\s>]|body[\s>])", re.I)
_MARKDOWN_LINE: Final = re.compile(rb"^(?:#{1,6} |\s*\|.*\|\s*$|\s*\|?\s*:?-{3,}:?\s*\|)", re.M)
_CONTROLS: Final = bytes(code for code in range(32) if code not in (9, 10, 12, 13, 26, 27))
_HEAD: Final = 64 * 1024


def recognise(name: str, data: bytes) -> Format:
    """The format of a file. Raises `Unreadable` for what holds no readable text: a picture, an archive, a program."""
    check_size(len(data))
    ending = name.rpartition(".")[2].lower()
    head = data[:_HEAD]
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n\0")[:8]
    if b"%PDF-" in head[:2048] and not start.startswith(b"<"):
        return Format.PDF
    if data.startswith(_OLE):
        return _compound(data)
    if data.startswith(b"PK"):
        return _zipped(data)
    _refuse_foreign(data, head)
    plain = head.replace(b"\0", b"") if head.count(0) > len(head) // 10 else head
    json = _is_json(plain, ending)  # before the markup, which may stand in its strings
    if not json and _is_markup(plain, data):
        return Format.HTML
    _refuse_binary(head)
    if json:
        return Format.JSON
    marks = len(_MARKDOWN_LINE.findall(plain))
    return Format.MARKDOWN if ending in ("md", "markdown") or marks >= 2 else Format.TEXT


def _compound(data: bytes) -> Format:
    """An OLE compound file, by the streams that its directory names."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        raise encrypted()
    if holds("WordDocument"):
        return Format.DOC
    if holds("Workbook") or holds("Book\0"):
        return Format.XLSX
    if holds("PowerPoint Document"):
        raise _slides()
    raise Unreadable(
        "file.unknown",
        "不能识别的复合文档（可能是 WPS 文字或其他办公软件的格式），请另存为 .docx 后再读。",
        "An office file of an unknown kind (WPS or another suite); save it as .docx and read that.",
    )


def _zipped(data: bytes) -> Format:
    """A zip archive, by the members that it lists."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        raise damaged("zip") from error
    if any(name.startswith("word/document") for name in names):
        return Format.DOCX
    if any(name.startswith("xl/workbook") for name in names):
        return Format.XLSX
    if any(name.startswith("ppt/") for name in names):
        raise _slides()
    if "content.xml" in names and "mimetype" in names:
        raise Unreadable(
            "file.opendocument",
            "OpenDocument 文件（.odt、.ods），请另存为 .docx 或 .xlsx 后再读。",
            "An OpenDocument file (.odt, .ods); save it as .docx or .xlsx and read that.",
        )
    if "OFD.xml" in names:
        raise Unreadable(
            "file.ofd",
            "OFD 版式文件，请导出为带文字层的 PDF 后再读。",
            "An OFD document; export it as a PDF with text and read that.",
        )
    raise _archive("zip")


def _refuse_foreign(data: bytes, head: bytes) -> None:
    """Refuse what is known by its first bytes and holds no text: pictures, archives, RTF, programs."""
    picture = next((kind for magic, kind in _PICTURES if data.startswith(magic)), "")
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        picture = "WebP"
    if data[4:12] in (b"ftypheic", b"ftypmif1", b"ftypavif"):
        picture = "HEIC"
    if picture and (picture != "BMP" or b"\0" in head[:64]):
        raise Unreadable(
            "file.picture",
            f"{picture} 图片，需做文字识别（OCR）：用 make ocr 装好后加 --ocr 再读。",
            f"A {picture} picture, which needs OCR: set that up with `make ocr` and read it with --ocr.",
        )
    archive = next((kind for magic, kind in _ARCHIVES if data.startswith(magic)), "")
    if archive:
        raise _archive(archive)
    if data.lstrip().startswith(b"{\\rtf"):
        raise Unreadable(
            "file.rtf", "RTF 文件，请另存为 .docx 后再读。", "An RTF file; save it as .docx and read that."
        )
    if b'progid="Word.Document"' in head or b'progid="Excel.Sheet"' in head or b"<pkg:package" in head:
        raise Unreadable(
            "file.office_xml",
            "Office XML 文件，请另存为 .docx 或 .xlsx 后再读。",
            "An Office XML file; save it as .docx or .xlsx and read that.",
        )


def _is_markup(head: bytes, data: bytes) -> bool:
    """A web page, or a piece of one: it names itself, or it holds several tags."""
    if _PAGE.search(head) or is_mime(data):
        return True
    if head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:2] in (b'{"', b"[{"):
        return False
    return len(_MARKUP.findall(head)) >= 6


def _refuse_binary(head: bytes) -> None:
    """Refuse what is no text in any encoding: zeros that are not UTF-16, or more than stray control characters."""
    if b"\0" in head:
        if not (_wide(head, "utf-16-le") or _wide(head, "utf-16-be")):
            raise _binary()
    elif len(head) - len(head.translate(None, _CONTROLS)) > 0.02 * len(head) + 2:
        raise _binary()


def _wide(head: bytes, codec: str) -> bool:
    """Whether this is text in UTF-16: hardly any character of it may be unprintable."""
    text = head[: min(8000, len(head) // 2 * 2)].decode(codec, "replace")
    odd = sum(not (c.isprintable() or c in "\r\n\t\ufeff\u3000\xa0") for c in text)
    return odd <= 0.02 * len(text) + 1


def _is_json(head: bytes, ending: str) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return (ending == "json" and start[:1] in (b"{", b"[")) or bool(re.match(rb'\{\s*"|\[\s*\{', start))


def _archive(kind: str) -> Unreadable:
    return Unreadable(
        "file.archive",
        f"{kind} 压缩文件，请解压后再读其中的报告。",
        f"A {kind} archive; unpack it and read the reports in it.",
    )


def _slides() -> Unreadable:
    return Unreadable("file.slides", "演示文稿，不是年度报告。", "A slide show, not an annual report.")


def _binary() -> Unreadable:
    return Unreadable(
        "file.binary",
        "二进制文件，不能识别其中的文字。",
        "A binary file; no text can be recognised in it.",
    )
