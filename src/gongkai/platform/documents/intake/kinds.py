"""Kinds: what a file is, by what it holds. Its name decides only between the kinds of plain text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from .compound import SIGNATURE as OLE
from .compound import Compound
from .verdict import Refusal, damaged, encrypted, polyglot

_OFFICE: Final = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of attachment: its media type, its name for a person, the endings that agree with it."""

    extension: str
    media_type: str
    zh: str
    en: str
    also: tuple[str, ...] = ()


KINDS: Final[Mapping[str, Kind]] = {
    kind.extension: kind
    for kind in (
        Kind("pdf", "application/pdf", "PDF", "PDF"),
        Kind("docx", f"{_OFFICE}wordprocessingml.document", "Word（.docx）", "Word (.docx)"),
        Kind("xlsx", f"{_OFFICE}spreadsheetml.sheet", "Excel（.xlsx）", "Excel (.xlsx)"),
        Kind("pptx", f"{_OFFICE}presentationml.presentation", "演示文稿（.pptx）", "slides (.pptx)"),
        Kind("doc", "application/msword", "旧版 Word（.doc）", "old Word (.doc)"),
        Kind("xls", "application/vnd.ms-excel", "旧版 Excel（.xls）", "old Excel (.xls)"),
        Kind("ofd", "application/ofd", "OFD 版式文件", "OFD"),
        Kind("png", "image/png", "PNG 图片", "PNG picture"),
        Kind("jpg", "image/jpeg", "JPEG 图片", "JPEG picture", ("jpeg", "jpe", "jfif")),
        Kind("gif", "image/gif", "GIF 图片", "GIF picture"),
        Kind("csv", "text/csv", "CSV 数据", "CSV"),
        Kind("json", "application/json", "JSON 数据", "JSON"),
        Kind("txt", "text/plain", "文本", "text", ("text",)),
        Kind("mp3", "audio/mpeg", "MP3 音频", "MP3 audio"),
        Kind("mp4", "video/mp4", "MP4 视频", "MP4 video", ("m4v",)),
    )
}
_LIST_ZH: Final = "PDF、Word、Excel、PPT（.pptx）、OFD、图片（png、jpg、gif）、csv、json、txt、mp3、mp4"
_LIST_EN: Final = "PDF, Word, Excel, PowerPoint (.pptx), OFD, pictures (png, jpg, gif), csv, json, txt, mp3, mp4"
_FOREIGN: Final = (  # what is known by its first bytes and is no attachment
    (b"MZ", "Windows 程序", "a Windows program"),
    (b"\x7fELF", "程序", "a program"),
    (b"\xca\xfe\xba\xbe", "程序", "a program"),
    (b"\xcf\xfa\xed\xfe", "程序", "a program"),
    (b"L\0\0\0\x01\x14\x02\0", "快捷方式", "a shortcut"),
    (b"#!", "脚本程序", "a script"),
    (b"Rar!", "RAR 压缩包", "a RAR archive"),
    (b"7z\xbc\xaf", "7z 压缩包", "a 7z archive"),
    (b"\x1f\x8b", "gzip 压缩包", "a gzip archive"),
    (b"BZh", "bzip2 压缩包", "a bzip2 archive"),
    (b"\xfd7zXZ", "xz 压缩包", "an xz archive"),
    (b"II*\0", "TIFF 图片", "a TIFF picture"),
    (b"MM\0*", "TIFF 图片", "a TIFF picture"),
    (b"BM", "BMP 图片", "a BMP picture"),
    (b"{\\rtf", "RTF 文件", "an RTF file"),
    (b"SQLite format 3", "数据库", "a database"),
)
_MARKUP: Final = re.compile(
    rb"<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>]|script[\s>/]|iframe|svg[\s>:]|table[\s>]|object[\s>]|embed[\s>]|"
    rb"meta[\s>]|\?php|img\s|a\s+href|style[\s>]|form[\s>]|xsl:|link\s)", re.I
)  # fmt: skip
_SVG: Final = re.compile(rb"<(?:\w+:)?svg[\s>:/]", re.I)
_CONTROLS: Final = bytes(code for code in range(32) if code not in (9, 10, 12, 13, 26, 27))


def recognise(ending: str, data: bytes) -> Kind:
    """The kind of these bytes. Raises `Refusal` for whatever is no attachment."""
    if b"%PDF-" in data[:1024] and not data[:16].lstrip().startswith(b"<"):
        if not data.startswith(b"%PDF-") and (_binary(data) or data.startswith((OLE, b"PK", b"MZ"))):
            raise polyglot("同时是 PDF 和另一种文件", "it is a PDF and another file at once")
        return KINDS["pdf"]
    if data.startswith(OLE):
        return KINDS[_compound(data)]
    if data.startswith(b"PK"):
        return KINDS[_zipped(data)]
    binary = _binary(data)
    if binary:
        return KINDS[binary]
    _refuse_foreign(data)
    return KINDS[ending if ending in ("csv", "json") else "txt"]


def _binary(data: bytes) -> str:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return "gif"
    if data[4:8] == b"ftyp" and data[8:11] in (b"iso", b"mp4", b"avc", b"M4V", b"mmp", b"MSN", b"das"):
        return "mp4"
    if data.startswith(b"ID3") or (data[:1] == b"\xff" and len(data) > 1 and data[1] & 0xE6 == 0xE2):
        return "mp3"
    return ""


def _compound(data: bytes) -> str:
    compound = Compound(data)
    if compound.holds("EncryptedPackage", "EncryptionInfo", "DRMEncryptedDataSpace"):
        raise encrypted()
    if compound.holds("WordDocument"):
        return "doc"
    if compound.holds("Workbook", "Book"):
        return "xls"
    if compound.holds("PowerPoint Document"):
        raise unknown("旧版演示文稿（.ppt），请另存为 .pptx", "an old slide show (.ppt): save it as .pptx")
    raise unknown(
        "不能识别的复合文档（可能是安装包或邮件）", "a compound file of an unknown kind (an installer or a mail)"
    )


def _zipped(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except Exception as error:  # zipfile stumbles over broken archives in many ways
        raise damaged("压缩格式的", "zipped") from error
    for part, kind in (("word/document", "docx"), ("xl/workbook", "xlsx"), ("ppt/presentation", "pptx")):
        if any(name.startswith(part) for name in names) and "[Content_Types].xml" in names:
            return kind
    if "OFD.xml" in names:
        return "ofd"
    if "mimetype" in names and "content.xml" in names:
        raise unknown(
            "OpenDocument 文件，请另存为 .docx、.xlsx 或 .pptx",
            "an OpenDocument file: save it as .docx, .xlsx or .pptx",
        )
    if any(name.endswith(".class") for name in names) or "META-INF/MANIFEST.MF" in names:
        raise unknown("Java 程序", "a Java program")
    raise unknown("压缩包，请解压后逐个上传其中的文件", "an archive: unpack it and upload the files in it one by one")


def _refuse_foreign(data: bytes) -> None:
    head = data.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")
    for magic, zh, en in _FOREIGN:
        if head.startswith(magic) and (len(magic) > 2 or magic == b"#!" or b"\0" in data[:512]):
            raise unknown(zh, en)
    if data[:4] == b"RIFF" or data[4:8] == b"ftyp":
        raise unknown(
            "不支持的图片、音频或视频格式，请转为 jpg、mp3 或 mp4",
            "a picture, sound or video of another format: convert it to jpg, mp3 or mp4",
        )
    _refuse_markup(data)
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    sample = data[: 256 * 1024]
    odd = len(sample) - len(sample.translate(None, _CONTROLS))
    if not wide and (b"\0" in data or odd > 0.01 * len(sample) + 2):
        raise unknown("不能识别的二进制文件", "a binary file of an unknown kind")


def _refuse_markup(data: bytes) -> None:
    """A text that a browser might take for a page: SVG, HTML, scripts in pages."""
    text = data.replace(b"\0", b"")
    if _SVG.search(text[: 1 << 20]):
        raise Refusal(
            "svg",
            "SVG 图片里可以藏有程序，不能作为附件。请导出为 PNG 后再上传。",
            "An SVG picture can hold programs and is not taken as an attachment. Export it as PNG and upload that.",
        )
    if (
        _MARKUP.search(text)
        or text.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml")
        or b"\nContent-Type: text/html" in text[:65536]
    ):
        raise Refusal(
            "html",
            "文件是网页（HTML）、XML，或夹有网页代码，里面可以藏有程序，不能作为附件。请把正文粘贴到编辑框，或另存为 PDF、DOCX 后再上传。",
            "The file is a web page (HTML) or XML, or has markup in it, which can hold programs; it is not taken as an attachment. "
            "Paste its text into the editor, or save it as PDF or DOCX and upload that.",
        )


def unknown(zh: str, en: str) -> Refusal:
    return Refusal(
        "unknown_type",
        f"不能作为附件：{zh}。可以上传的有：{_LIST_ZH}。",
        f"Not taken as an attachment: {en}. What can be uploaded: {_LIST_EN}.",
    )


def disagrees(ending: str, kind: Kind) -> Refusal:
    """The name says one thing, the content another."""
    return Refusal(
        "wrong_extension",
        f"文件名以 .{ending} 结尾，内容却是{kind.zh}。请改用 .{kind.extension} 结尾，或另存为所需格式后再上传。",
        f"The name ends in .{ending}, but the content is {kind.en}. Name it .{kind.extension}, or save it in the format wanted.",
    )
