"""What a file is, by what it holds."""

from __future__ import annotations

import io
import zipfile

import pytest

from gongkai.formats.detect import recognise
from gongkai.formats.source import Format, Unreadable
from tests.conftest import REPORTS, needs_shared

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500
PROSE = "一、总体情况\n本年收到政府信息公开申请21件。\n" * 4


def zipped(*names: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), "x")  # 时间固定：每个进程给测试起同样的名字
    return data.getvalue()


def stream(name: str) -> bytes:
    return OLE + name.encode("utf-16-le") + b"\0\0"


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("报告.pdf", b"%PDF-1.7\n...", Format.PDF),
        ("报告", b"\r\njunk before\r\n%PDF-1.4\n", Format.PDF),
        ("报告.doc", zipped("[Content_Types].xml", "word/document.xml"), Format.DOCX),
        ("报告.bin", zipped("[Content_Types].xml", "word/document2.xml"), Format.DOCX),
        ("报告.zip", zipped("xl/workbook.xml"), Format.XLSX),
        ("报告.docx", stream("WordDocument"), Format.DOC),
        ("报告", stream("Workbook"), Format.XLSX),
        ("报告.doc", b"<html xmlns:o='urn:schemas-microsoft-com:office:office'><body>x</body></html>", Format.HTML),
        ("报告.xls", b"\xef\xbb\xbf<table><tr><td>1</td></tr><tr><td>2</td></tr></table>", Format.HTML),
        ("报告.txt", "<p>一</p><p>二</p><p>三</p>".encode(), Format.HTML),
        ("报告", "<!DOCTYPE html><title>x</title>".encode("utf-16"), Format.HTML),
        ("报告.mht", b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n', Format.HTML),
        ("报告.txt", PROSE.encode(), Format.TEXT),
        ("报告.html", PROSE.encode(), Format.TEXT),
        ("报告", PROSE.encode("utf-16"), Format.TEXT),
        ("报告", PROSE.encode("utf-16-le"), Format.TEXT),
        ("报告", PROSE.encode("gb18030"), Format.TEXT),
        ("报告.md", PROSE.encode(), Format.MARKDOWN),
        ("报告.txt", "| 规章 | 0 |\n| --- | --- |\n| 文件 | 1 |".encode(), Format.MARKDOWN),
        ("报告.txt", b'{"organ": "x"}', Format.JSON),
        ("报告.json", b"[1]", Format.JSON),
        ("报告.md", "[链接](a)\n正文".encode(), Format.MARKDOWN),
    ],
)
def test_the_content_decides(name: str, data: bytes, kind: Format) -> None:
    assert recognise(name, data) is kind


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file.empty"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "file.picture"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 99, "file.picture"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "file.picture"),
        (b"Rar!\x1a\x07", "file.archive"),
        (zipped("报告.docx"), "file.archive"),
        (zipped("mimetype", "content.xml"), "file.opendocument"),
        (zipped("OFD.xml"), "file.ofd"),
        (zipped("ppt/presentation.xml"), "file.slides"),
        (zipped("word/document.xml")[:40], "zip.damaged"),
        (stream("EncryptedPackage"), "file.encrypted"),
        (stream("WpsCustomData"), "file.unknown"),
        (b"{\\rtf1\\ansi x}", "file.rtf"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "file.office_xml"),
        (b"MZ\x90\0\x03\0\0\0" + bytes(range(256)) * 4, "file.binary"),
        (b"\x7fELF\x02\x01\x01" + b"\0" * 9 + bytes(range(256)) * 4, "file.binary"),
        (bytes(range(256)) * 20, "file.binary"),
        (b"\0" * 1000, "file.binary"),
    ],
)
def test_what_holds_no_text_is_refused_by_name_in_one_line(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        recognise("报告.docx", data)

    assert refused.value.code == code
    assert "\n" not in refused.value.zh + refused.value.en


@needs_shared
def test_the_real_files_are_recognised_without_their_names() -> None:
    kinds = {
        path.name: recognise("x", path.read_bytes())
        for path in REPORTS.iterdir()
        if path.suffix in (".pdf", ".html", ".txt", ".md")
    }

    assert kinds["r01_hongze_2023.pdf"] is Format.PDF
    assert kinds["r02_shuyang_fgj_2023.html"] is Format.HTML
    assert set(kinds.values()) == {Format.PDF, Format.HTML, Format.TEXT, Format.MARKDOWN}
