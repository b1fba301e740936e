"""Packages: the zip files that office documents and OFD are — no bombs, no programs, nothing fetched from elsewhere."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from lxml import etree

from gongkai.formats.limits import MIB, Limits
from gongkai.platform.documents.sentence import Sentence

from .relations import check_relations, without_local_template
from .verdict import Refusal, bomb, damaged, embedded, encrypted, entities, external, macros, polyglot

_DEEPEST: Final = 2  # a chart holds a workbook; that workbook holds nothing
_PROGRAMS: Final = re.compile(
    r"\.(?:exe|dll|scr|com|bat|cmd|ps1|vbs|vbe|js|jse|wsf|wsh|hta|lnk|jar|class|msi|reg|sh|py|php|swf|html?|mht|url|cpl|chm|iso)$",
    re.I,
)
_MAGIC: Final = (
    (b"MZ", "程序", "a program"),
    (b"\x7fELF", "程序", "a program"),
    (b"Rar!", "压缩包", "an archive"),
    (b"7z\xbc\xaf", "压缩包", "an archive"),
)
_MACRO_PARTS: Final = re.compile(r"vbaproject|vbadata|macrosheets/|/activex/|^activex|intlmacro", re.I)
_MACRO_TYPES: Final = re.compile(rb"macroEnabled|vbaProject|vnd\.ms-excel\.(?:intl)?macrosheet|activeX", re.I)
_TEMPLATES: Final = re.compile(
    rb"(?:wordprocessingml|spreadsheetml|presentationml)\.(?:template|slideshow)\.main|sheet\.binary", re.I
)
_OLE: Final = re.compile(r"oleobject|/embeddings/[^/]*\.(?!xlsx$)[a-z0-9]+$", re.I)
_SCRIPTED: Final = re.compile(rb"<script|javascript:|\son[a-z]{3,20}\s*=|<(?:\w+:)?foreignobject|<!entity", re.I)
_DDE: Final = re.compile(rb"<(?:\w+:)?(?:ddeLink|oleLink)\b")
_FIELD: Final = re.compile(r"\s*(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT)\b", re.I)
_UNREADABLE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    KeyError,
)


def examine_office(data: bytes, limits: Limits, depth: int = 0) -> tuple[bytes, tuple[Sentence, ...]]:
    """Check an OOXML document; what can be taken out of it without harm is taken out, and said."""
    with opened(data, limits) as archive:
        if _TEMPLATES.search(_member(archive, "[Content_Types].xml", limits)):
            raise Refusal(
                "template",
                "这是模板、放映文件或二进制工作簿。请另存为 .docx、.xlsx 或 .pptx 后再上传。",
                "This is a template, a show or a binary workbook. Save it as .docx, .xlsx or .pptx and upload that.",
            )
        local = False
        for name, content in contents(archive, limits):
            _check_member(name, content, limits, depth)
            if name.endswith(".rels"):
                local = check_relations(content) or local
    if not local:
        return data, ()
    said = Sentence(
        "已去除文档中指向本地模板的路径（路径里常带有用户名）。",
        "The path of a local template was taken out of the document (such paths often hold a user's name).",
    )
    return without_local_template(data), (said,)


def examine_ofd(data: bytes, limits: Limits) -> None:
    """Check an OFD document: a zip of XML, pictures and fonts, without attachments of other kinds or protection."""
    with opened(data, limits) as archive:
        for name, content in contents(archive, limits):
            if name.lower().rpartition("/")[2] in ("encryptions.xml", "decryptseed.dat"):
                raise encrypted()
            _check_foreign(name, content)
            if name.lower().endswith(".xml"):
                check_xml(content)
            if content.startswith(b"PK\x03\x04"):
                raise embedded("压缩包", "an archive")


def opened(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """The archive, once what it declares is within bounds and it fills the whole file."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _UNREADABLE as error:
        raise damaged("压缩格式的", "zipped") from error
    members = archive.infolist()
    if len(members) > limits.members:
        raise bomb(f"内含 {len(members)} 个文件", f"it holds {len(members)} files")
    if sum(member.file_size for member in members) > limits.unpacked:
        raise bomb("解压后过大", "it unpacks to too much")
    seen: set[str] = set()
    for member in members:
        if member.flag_bits & 1:
            raise encrypted()
        if member.file_size > max(MIB, member.compress_size * limits.ratio):
            raise bomb("压缩比过高", "it is packed too tightly")
        name = member.filename
        if name.lower() in seen or "\\" in name or name.startswith("/") or ".." in name.split("/"):
            raise bomb("内部文件重名或路径越界", "names inside are double, or lead outside")
        seen.add(name.lower())
    _check_whole(data, archive)
    return archive


def _check_whole(data: bytes, archive: zipfile.ZipFile) -> None:
    """Nothing may stand before the archive's first member or behind its end."""
    end = data.rfind(b"PK\x05\x06")
    first = min((member.header_offset for member in archive.infolist()), default=0)
    if not data.startswith(b"PK\x03\x04") or first:
        raise polyglot("压缩格式的文件前面还有内容", "something stands before the zip archive")
    if end + 22 != len(data):
        raise polyglot("压缩格式的文件末尾还有内容", "something stands behind the zip archive")


def contents(archive: zipfile.ZipFile, limits: Limits) -> Iterator[tuple[str, bytes]]:
    """Every member, unpacked no further than allowed: what an archive declares may be a lie."""
    total = 0
    for member in archive.infolist():
        if not member.is_dir():
            content = _member(archive, member.filename, limits)
            total += len(content)
            if total > limits.unpacked:
                raise bomb("解压后过大", "it unpacks to too much")
            yield member.filename, content


def _member(archive: zipfile.ZipFile, name: str, limits: Limits) -> bytes:
    most = limits.xml if name.lower().endswith((".xml", ".rels", ".vml")) else limits.unpacked
    try:
        with archive.open(name) as stream:
            content = stream.read(most + 1)
    except _UNREADABLE as error:
        raise damaged("压缩格式的", "zipped") from error
    if len(content) > most:
        raise bomb("解压后过大", "it unpacks to too much")
    return content


def _check_member(name: str, content: bytes, limits: Limits, depth: int) -> None:
    low = name.lower()
    if _MACRO_PARTS.search(low) or (low == "[content_types].xml" and _MACRO_TYPES.search(content)):
        raise macros()
    if _OLE.search(low) or content.startswith(b"\xd0\xcf\x11\xe0"):
        raise embedded("对象（OLE）", "an object (OLE)")
    _check_foreign(name, content)
    if content.startswith(b"PK\x03\x04"):
        if depth + 1 >= _DEEPEST or not low.endswith(".xlsx"):
            raise embedded("压缩包或其他文件", "an archive or another file")
        examine_office(content, limits, depth + 1)
    if low.endswith(".svg") and _SCRIPTED.search(content):
        raise embedded("带程序的 SVG 图片", "an SVG picture with a program")
    if low.endswith((".xml", ".rels", ".vml")):
        check_xml(content)
        if _DDE.search(content) or (b"instr" in content and _reaches_out(content)):
            raise external("数据（DDE 或 INCLUDE 域）", "data (a DDE or INCLUDE field)")


def _check_foreign(name: str, content: bytes) -> None:
    if _PROGRAMS.search(name):
        raise embedded("程序或网页", "a program or a web page")
    for magic, zh, en in _MAGIC:
        if content.startswith(magic) and (len(magic) > 2 or b"\0" in content[:64]):
            raise embedded(zh, en)


def check_xml(content: bytes) -> None:
    """Refuse XML that declares entities, in whatever encoding: no office program writes them."""
    text = content.replace(b"\0", b"") if b"\0" in content[:200] else content
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise entities()
    declared = re.match(rb"\s*<\?xml[^>]*encoding=[\"']([A-Za-z0-9._-]+)", text)
    if declared and declared[1].lower() not in (
        b"utf-8",
        b"utf-16",
        b"us-ascii",
        b"ascii",
        b"utf8",
        b"gbk",
        b"gb2312",
        b"gb18030",
        b"iso-8859-1",
        b"windows-1252",
    ):
        raise entities()  # UTF-7 and its like hide what stands above


def _reaches_out(content: bytes) -> bool:
    """Whether a field of the text fetches from elsewhere when the document is opened; its parts put together."""
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except (etree.XMLSyntaxError, ValueError):
        return False
    said = ""
    for element in root.iter():
        name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if name == "instrText":
            said += element.text or ""
        elif name == "fldChar":
            if _FIELD.match(said):
                return True
            said = ""
        elif name == "fldSimple" and any(
            _FIELD.match(str(value)) for key, value in element.attrib.items() if str(key).endswith("instr")
        ):
            return True
    return bool(_FIELD.match(said))
