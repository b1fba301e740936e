"""PDFs: nothing that acts, nothing attached, no second file around it, no password."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import Any, Final

import pypdfium2
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, PDFStream
from pdfminer.psparser import PSLiteral

from gongkai.formats.alone import alone
from gongkai.formats.limits import Limits
from gongkai.formats.source import Unreadable
from gongkai.formats.streams import check_streams
from gongkai.formats.writing.record import NAME as OUR_DATA

from .foreign import check_archive
from .verdict import Refusal, active, bomb, damaged, embedded, encrypted, polyglot

_ACTIONS: Final = {
    "JavaScript": ("JavaScript 程序", "JavaScript"),
    "Launch": ("启动程序", "launching a program"),
    "SubmitForm": ("提交表单", "submitting a form"),
    "ImportData": ("读入数据", "importing data"),
    "GoToE": ("打开嵌入的文件", "opening an embedded file"),
    "Rendition": ("播放媒体", "playing media"),
    "RichMedia": ("富媒体", "rich media"),
    "RichMediaExecute": ("富媒体", "rich media"),
    "GoTo3DView": ("三维内容", "3D content"),
}
_ANNOTATIONS: Final = frozenset(("RichMedia", "FileAttachment", "Screen", "Movie", "Sound", "3D"))
_OBJECTS: Final = 300_000
_RAW: Final = re.compile(rb"/(JavaScript|Launch|EmbeddedFiles|RichMedia)\b")
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM: Final = re.compile(rb"\bstream\r?\n.*?endstream", re.S)


def examine_pdf(data: bytes, limits: Limits) -> None:
    """Refuse a PDF that acts, carries files, needs a password, or has something else around it."""
    _check_around(data)
    check_archive(data)
    try:
        check_streams(data, limits)
    except Unreadable as error:
        raise (
            bomb("解压后过大", "it unpacks to too much") if error.code == "pdf.bomb" else damaged("PDF ", "PDF")
        ) from error
    if _STREAM.sub(b"", data).find(b"/Encrypt") >= 0:
        raise encrypted()
    _check_opens(data)
    _check_objects(data, limits)


def _check_around(data: bytes) -> None:
    start = data.find(b"%PDF-")
    if data[:start].strip(b"\xef\xbb\xbf\r\n\t \0"):
        raise polyglot("PDF 前面还有别的内容", "something stands before the PDF")
    end = data.rfind(b"%%EOF")
    if end < 0:
        raise damaged("PDF ", "PDF")
    if len(data[end + 5 :].strip(b"\r\n\t \0\x1a")) > 16:
        raise polyglot("PDF 末尾还有别的内容", "something stands behind the PDF")


@alone
def _check_opens(data: bytes) -> None:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise encrypted() if "password" in str(error).lower() else damaged("PDF ", "PDF") from error
    pages = len(document)
    document.close()
    if pages == 0:
        raise damaged("PDF ", "PDF")


def _check_objects(data: bytes, limits: Limits) -> None:
    """Every object of the file, those in packed streams and in older editions of it too."""
    plain = _ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), _STREAM.sub(b"", data))
    suspected = {found.decode() for found in _RAW.findall(plain)}
    try:
        document = PDFDocument(PDFParser(io.BytesIO(data)), fallback=True)
    except Exception as error:  # pdfminer raises whatever a broken file makes it stumble over
        raise damaged("PDF ", "PDF") from error
    seen: set[int] = set()
    allowed = False
    for xref in document.xrefs:
        for number in xref.get_objids():
            if number in seen:
                continue
            seen.add(number)
            if len(seen) > _OBJECTS:
                raise bomb("对象过多", "it has too many objects")
            for part in _parts(_object(document, number)):
                allowed = _check_part(part, document, limits) or allowed
    if suspected - ({"EmbeddedFiles"} if allowed else set()):
        _raise(next(iter(suspected)))


def _object(document: Any, number: int) -> Any:
    try:
        return document.getobj(number)
    except Exception:  # an object that is broken cannot act
        return None


def _parts(thing: Any) -> Iterator[dict[str, Any]]:
    """The dictionaries of an object, within one another, without following references."""
    stack = [thing]
    while stack:
        thing = stack.pop()
        if isinstance(thing, PDFStream):
            thing = thing.attrs
        if isinstance(thing, dict):
            yield thing
            stack.extend(thing.values())
        elif isinstance(thing, list):
            stack.extend(thing)


def _check_part(part: dict[str, Any], document: Any, limits: Limits) -> bool:
    """Refuse what acts. True: the part attaches the data of one of our own reports, and only that."""
    action = _name(part.get("S"), document)
    if action in _ACTIONS:
        _raise(action)
    if "JS" in part or "XFA" in part:
        raise active("程序或动态表单", "a program or a dynamic form")
    if action == "URI" and _text(part.get("URI")).strip().lower().startswith(("javascript:", "file:", "data:")):
        raise active("链接里的程序", "a program in a link")
    if action == "GoToR" and re.match(r"(?:\\\\|//|smb:|https?:)", _text(part.get("F"))):
        raise active("打开远处的文件", "opening a file elsewhere")
    if _name(part.get("Subtype"), document) in _ANNOTATIONS and (
        "Rect" in part or _name(part.get("Type"), document) == "Annot"
    ):
        raise active("媒体或附件批注", "media or attached files")
    return "EF" in part and _ours(part, document, limits)


def _ours(part: dict[str, Any], document: Any, limits: Limits) -> bool:
    """The annual reports that gongkai writes carry their figures as JSON; nothing else may be attached."""
    name = _text(part.get("UF")) or _text(part.get("F"))
    files = part["EF"].resolve() if isinstance(part["EF"], PDFObjRef) else part["EF"]
    if name == OUR_DATA and isinstance(files, dict):
        for reference in files.values():
            stream = reference.resolve() if isinstance(reference, PDFObjRef) else reference
            try:
                content = stream.get_data() if isinstance(stream, PDFStream) else b""
                if len(content) > limits.text or not isinstance(json.loads(content), dict):
                    raise _attached()
            except ValueError as error:
                raise _attached() from error
        return True
    raise _attached()


def _attached() -> Refusal:
    return embedded("附件（PDF 内的文件）", "files (attached inside the PDF)")


def _raise(action: str) -> None:
    if action == "EmbeddedFiles":
        raise _attached()
    raise active(*_ACTIONS[action])


def _name(thing: Any, document: Any) -> str:
    if isinstance(thing, PDFObjRef):
        thing = _object(document, thing.objid)
    if isinstance(thing, PSLiteral):
        return thing.name if isinstance(thing.name, str) else bytes(thing.name).decode("latin-1")
    return ""


def _text(thing: Any) -> str:
    if isinstance(thing, PDFObjRef):
        try:
            thing = thing.resolve()
        except Exception:  # a reference that leads nowhere
            return ""
    if not isinstance(thing, bytes):
        return ""
    return thing.decode("utf-16", "replace") if thing[:2] in (b"\xfe\xff", b"\xff\xfe") else thing.decode("latin-1")
