"""Old Word files: converted by LibreOffice where it is present, named clearly where it is not."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from gongkai.formats import doc, docx
from gongkai.formats.detect import recognise
from gongkai.formats.limits import Limits
from gongkai.formats.source import Format, Unreadable

from .shown import shown

needs_libreoffice = pytest.mark.skipif(
    doc.libreoffice() is None, reason="未安装 LibreOffice，旧版 .doc 的测试已略过 (LibreOffice not installed)"
)
PAGE = (
    "<html><head><meta charset='utf-8'></head><body><p>二、主动公开政府信息情况</p><table border=1>"
    "<tr><td colspan=3>第二十条第（一）项</td></tr><tr><td>规章</td><td>0</td><td>5</td></tr></table></body></html>"
)


@pytest.fixture(scope="module")
def old_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A .doc that LibreOffice itself has written."""
    folder = tmp_path_factory.mktemp("doc")
    Path(folder, "a.html").write_text(PAGE, encoding="utf-8")
    subprocess.run(
        [
            *(str(doc.libreoffice()), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"),
            *("--infilter=HTML (StarWriter)", "--convert-to", "doc:MS Word 97"),
            *("--outdir", str(folder), str(folder / "a.html")),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return Path(folder, "a.doc").read_bytes()


@needs_libreoffice
class TestConversion:
    def test_tables_survive_and_the_conversion_is_told(self, old_file: bytes) -> None:
        parsed = docx.parse(doc.to_docx(old_file))

        assert recognise("报告", old_file) is Format.DOC
        assert shown(parsed) == ["二、主动公开政府信息情况", [["第二十条第（一）项"] * 3, ["规章", "0", "5"]]]
        assert [finding.code for finding in doc.remarks(parsed)] == ["source.converted"]

    def test_a_conversion_that_takes_too_long_is_ended(self, old_file: bytes) -> None:
        with pytest.raises(Unreadable) as refused:
            doc.to_docx(old_file, Limits(seconds=0.2))

        assert refused.value.code == "doc.too_slow"

    def test_a_cut_file_is_refused(self, old_file: bytes) -> None:
        with pytest.raises(Unreadable) as refused:
            doc.to_docx(old_file[:2_000])

        assert refused.value.code == "doc.not_converted"


def test_without_libreoffice_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doc, "libreoffice", lambda: None)
    with pytest.raises(Unreadable) as refused:
        doc.to_docx(b"x")

    assert refused.value.code == "doc.no_libreoffice"
    assert "LibreOffice" in refused.value.zh and "apt-get install" in refused.value.en


def test_a_document_without_tables_after_conversion_is_doubted() -> None:
    found = doc.remarks(docx.parse(_without_tables()))

    assert [finding.code for finding in found] == ["source.converted", "source.tables_lost"]


def _without_tables() -> bytes:
    from .test_docx import p, package

    return package(p("一、总体情况"))
