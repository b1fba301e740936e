"""Files made by the tests: ordinary ones of every kind, and the parts of hostile ones."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence

import docx
import xlsxwriter
from PIL import Image

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def word(*paragraphs: str) -> bytes:
    made = docx.Document()
    for text in paragraphs or ("关于做好政府信息公开工作的通知",):
        made.add_paragraph(text)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def sheet(
    rows: Sequence[Sequence[object]] = (("项目", "金额"), ("办公费", 12)), hidden: Sequence[Sequence[object]] = ()
) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet("公开表")
        for y, row in enumerate(rows):
            page.write_row(y, 0, row)
        if hidden:
            other = book.add_worksheet("底稿")
            for y, row in enumerate(hidden):
                other.write_row(y, 0, row)
            other.hide()
    return out.getvalue()


def slides(text: str = "公开", more: Mapping[str, bytes] | None = None, *, shown: bool = True) -> bytes:
    a = "http://schemas.openxmlformats.org/drawingml/2006/main"
    p = "http://schemas.openxmlformats.org/presentationml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.presentationml."
    hidden = "" if shown else ' show="0"'
    return packed({
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/ppt/presentation.xml" ContentType="{kind}presentation.main+xml"/>'
            f'<Override PartName="/ppt/slides/slide1.xml" ContentType="{kind}slide+xml"/></Types>'
        ).encode(),
        "_rels/.rels": relations(("officeDocument", "ppt/presentation.xml", False)),
        "ppt/presentation.xml": f'<p:presentation xmlns:p="{p}"/>'.encode(),
        "ppt/slides/slide1.xml": f'<p:sld xmlns:p="{p}" xmlns:a="{a}"{hidden}><p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sld>'.encode(),
        **(more or {}),
    })  # fmt: skip


def ofd(text: str = "公开", more: Mapping[str, bytes] | None = None) -> bytes:
    return packed({
        "OFD.xml": b'<ofd:OFD xmlns:ofd="urn:ofd:2016" DocType="OFD"/>',
        "Doc_0/Document.xml": b'<ofd:Document xmlns:ofd="urn:ofd:2016"/>',
        "Doc_0/Pages/Page_0/Content.xml": f'<ofd:Page xmlns:ofd="urn:ofd:2016"><ofd:TextObject><ofd:TextCode>{text}</ofd:TextCode></ofd:TextObject></ofd:Page>'.encode(),
        **(more or {}),
    })  # fmt: skip


def relations(*rows: tuple[str, str, bool]) -> bytes:
    """Each: the kind, the target, whether it lies outside."""
    entries = "".join(
        f'<Relationship Id="rId9{n}" Type="{OFFICE}/{kind}" Target="{target}"{" TargetMode=" + chr(34) + "External" + chr(34) if outside else ""}/>'
        for n, (kind, target, outside) in enumerate(rows)
    )
    return f'<?xml version="1.0"?><Relationships xmlns="{RELATIONS}">{entries}</Relationships>'.encode()


def packed(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(data: bytes, more: Mapping[str, bytes]) -> bytes:
    """A package with members added or replaced."""
    return packed(members(data) | dict(more))


def pdf(
    *objects: bytes,
    catalog: bytes = b"",
    page: bytes = b"",
    content: bytes = b"BT /F1 12 Tf 72 720 Td (Government information) Tj ET",
) -> bytes:
    """A PDF of one page; further objects are numbered from 6."""
    held = [
        b"<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> "
        + page
        + b" >>",
        stream(content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *objects,
    ]
    out = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    places = []
    for number, body in enumerate(held, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(held) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(held) + 1, start)


def stream(content: bytes, head: bytes = b"", *, deflate: bool = False) -> bytes:
    if deflate:
        content, head = zlib.compress(content), head + b" /Filter /FlateDecode"
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), head, content)


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **more: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (10, 120, 200)).save(out, kind, **more)
    return out.getvalue()


def compound(streams: Mapping[str, bytes], storages: Sequence[str] = ()) -> bytes:
    """An OLE file with these streams (each padded beyond the size of small ones) and storages."""
    sectors: list[bytes] = []
    fat: list[int] = []

    def put(content: bytes) -> int:
        first = len(sectors)
        pieces = [content[at : at + 512].ljust(512, b"\0") for at in range(0, len(content), 512)] or [bytes(512)]
        for n, piece in enumerate(pieces):
            sectors.append(piece)
            fat.append(first + n + 1 if n + 1 < len(pieces) else 0xFFFFFFFE)
        return first

    def entry(name: str, kind: int, start: int = 0, size: int = 0) -> bytes:
        raw = (name.encode("utf-16-le") + b"\0\0").ljust(64, b"\0") + struct.pack("<HB", len(name) * 2 + 2, kind)
        return raw.ljust(116, b"\0") + struct.pack("<IQ", start, size)

    entries = [entry("Root Entry", 5, 0xFFFFFFFE)] + [entry(name, 1) for name in storages]
    for name, content in streams.items():
        content = content.ljust(4608, b"\0")
        entries.append(entry(name, 2, put(content), len(content)))
    directory = put(b"".join(entries))
    table = len(sectors)
    fat.append(0xFFFFFFFD)
    sectors.append(b"".join(struct.pack("<I", n) for n in fat).ljust(512, b"\xff"))
    head = OLE + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIIII", 0, 1, directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, table)
    return head.ljust(512, b"\xff") + b"".join(sectors)


def old_word(flags: int = 0, more: Mapping[str, bytes] | None = None, storages: Sequence[str] = ()) -> bytes:
    head = struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0x804, 0, flags)
    return compound({"WordDocument": head.ljust(64, b"\0"), **(more or {})}, storages)


def old_sheet(*records: tuple[int, bytes]) -> bytes:
    made = b"".join(
        struct.pack("<HH", number, len(content)) + content
        for number, content in ((0x809, bytes(16)), *records, (0x0A, b""))
    )
    return compound({"Workbook": made})


def sound(frames: int = 6) -> bytes:
    """Silence: MPEG 1 layer III, 128 kbit/s at 44.1 kHz."""
    return b"ID3\x04\0\0\0\0\0\x0a" + bytes(10) + (b"\xff\xfb\x90\x00" + bytes(413)) * frames


def box(name: bytes, content: bytes = b"") -> bytes:
    return struct.pack(">I4s", len(content) + 8, name) + content


def film(*inside: bytes) -> bytes:
    return (
        box(b"ftyp", b"isom\0\0\2\0isomiso2mp41")
        + box(b"moov", box(b"mvhd", bytes(100)) + b"".join(inside))
        + box(b"mdat", bytes(64))
    )
