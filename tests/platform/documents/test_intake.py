"""Intake: ordinary files of every kind come in as what they are, under a safe name."""

from __future__ import annotations

import hashlib
import io
import subprocess
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from gongkai.formats import doc
from gongkai.formats.limits import DEFAULT
from gongkai.platform.documents.intake import KINDS, Accepted, Refused, examine, names

from . import files

ORDINARY = {
    "pdf": files.pdf(),
    "docx": files.word(),
    "xlsx": files.sheet(),
    "pptx": files.slides(),
    "doc": files.old_word(),
    "xls": files.old_sheet((0x85, b"\0\0\0\0\0\0\x05\0Sheet")),
    "ofd": files.ofd(),
    "png": files.picture("PNG"),
    "jpg": files.picture("JPEG"),
    "gif": files.picture("GIF"),
    "csv": "项目,金额\n办公费,-12\n".encode(),
    "json": '{"organ": "某机关", "year": 2023}'.encode(),
    "txt": "关于公开的说明：a < b，共 3 项。".encode("gb18030"),
    "mp3": files.sound(),
    "mp4": files.film(),
}


@pytest.mark.parametrize("kind", ORDINARY)
def test_an_ordinary_file_of_each_kind_is_accepted_as_what_it_is(kind: str) -> None:
    seen = examine(f"附件1.{kind}", ORDINARY[kind])

    assert isinstance(seen, Accepted), seen
    assert (seen.extension, seen.media_type) == (kind, KINDS[kind].media_type)
    assert seen.name == f"附件1.{kind}"
    assert seen.sha256 == hashlib.sha256(seen.data).hexdigest()
    assert seen.size == len(seen.data)


def test_every_kind_has_an_ordinary_file_here() -> None:
    assert ORDINARY.keys() == KINDS.keys()


@pytest.mark.parametrize(
    "kind", ["pdf", "docx", "xlsx", "pptx", "doc", "xls", "ofd", "png", "jpg", "gif", "mp3", "mp4"]
)
@pytest.mark.parametrize("told", ["pdf", "docx", "png", "txt", "exe"])
def test_an_ending_that_disagrees_with_the_content_is_refused_and_the_content_named(kind: str, told: str) -> None:
    seen = examine(f"附件.{told}", ORDINARY[kind])

    if told == kind:
        assert isinstance(seen, Accepted)
    else:
        assert isinstance(seen, Refused)
        assert seen.code == "wrong_extension"
        assert f".{told}" in seen.zh and KINDS[kind].zh in seen.zh and f".{kind}" in seen.zh
        assert f".{told}" in seen.en and KINDS[kind].en in seen.en


def test_a_name_without_ending_gets_that_of_its_kind() -> None:
    seen = examine("扫描件", ORDINARY["pdf"])

    assert isinstance(seen, Accepted)
    assert seen.name == "扫描件.pdf"


def test_jpeg_is_kept_as_jpg() -> None:
    seen = examine("照片.JPEG", ORDINARY["jpg"])

    assert isinstance(seen, Accepted)
    assert seen.name == "照片.jpg"


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\王某\\桌面\\通知.pdf", "通知.pdf"),
        ("通知\u202efdp.exe\u202c.pdf", "通知fdp.exe.pdf"),
        ("a\0b\r\nc.pdf", "abc.pdf"),
        ("con.pdf", "附件-con.pdf"),
        ("....pdf", "附件.pdf"),
        ("  通知 （定稿）  .pdf", "通知 （定稿）.pdf"),
        ('问:"是否"?*.pdf', "问：＂是否＂？＊.pdf"),
        ("字" * 300 + ".pdf", "字" * 66 + ".pdf"),
        ("", "附件.pdf"),
        (".pdf", "附件.pdf"),
    ],
)
def test_a_name_loses_what_is_not_safe(given_name: str, kept: str) -> None:
    assert names.safe(given_name, "pdf") == kept


@given(st.text(max_size=300))
def test_no_name_leads_elsewhere_or_steers_the_reader(text: str) -> None:
    kept = names.safe(text, "pdf")

    assert "/" not in kept and "\\" not in kept and not kept.startswith(".")
    assert not any(unicodedata.category(sign) in ("Cc", "Cf", "Cs") for sign in kept)
    assert len(kept.encode()) <= 204
    assert kept.endswith(".pdf") and names.safe(kept, "pdf") == kept


@given(
    st.binary(max_size=400),
    st.sampled_from(
        [
            b"",
            b"%PDF-1.7\n",
            b"PK\x03\x04",
            files.OLE,
            b"\x89PNG\r\n\x1a\n",
            b"GIF89a",
            b"\xff\xd8\xff",
            b"ID3",
            b"\0\0\0\x18ftypisom",
        ]
    ),
)
def test_no_bytes_whatever_make_the_examination_fail(tail: bytes, head: bytes) -> None:
    seen = examine("x", head + tail)

    assert isinstance(seen, Accepted | Refused)


@given(st.sampled_from(sorted(ORDINARY)), st.data())
def test_a_file_with_bytes_changed_is_judged_and_never_breaks_the_examination(kind: str, data: st.DataObject) -> None:
    broken = bytearray(ORDINARY[kind])
    for _ in range(data.draw(st.integers(1, 8))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))

    assert isinstance(examine(f"x.{kind}", bytes(broken)), Accepted | Refused)


def test_an_empty_file_is_refused() -> None:
    seen = examine("空.pdf", b"")

    assert isinstance(seen, Refused)
    assert seen.code == "empty"


def test_a_file_too_large_is_refused_with_both_sizes() -> None:
    seen = examine("大.txt", b"a" * 3_000_000, replace(DEFAULT, size=2 * 1024 * 1024))

    assert isinstance(seen, Refused)
    assert seen.code == "too_large"
    assert "2.9 MB" in seen.zh and "2 MB" in seen.zh


def test_pictures_lose_place_and_camera_but_keep_their_pixels() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera"
    exif[0x8825] = {1: "N", 2: (39.0, 27.0, 0.0), 3: "E", 4: (76.0, 0.0, 0.0)}
    seen = examine("现场.jpg", files.picture("JPEG", exif=exif) + b"\0\0trailing notes of a camera")

    assert isinstance(seen, Accepted)
    assert "已去除图片中的拍摄地点和拍摄信息。" in [said.zh for said in seen.changed]
    assert "已去除图片末尾多余的数据。" in [said.zh for said in seen.changed]
    with Image.open(io.BytesIO(seen.data)) as kept:
        assert not kept.getexif()
        assert kept.size == (40, 30)
        assert all(abs(a - b) < 6 for a, b in zip(kept.convert("RGB").getpixel((5, 5)), (10, 120, 200), strict=True))
    assert b"Camera" not in seen.data and b"trailing" not in seen.data


def test_a_picture_turned_by_its_camera_stands_upright_afterwards() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    seen = examine("竖.jpg", files.picture("JPEG", exif=exif))

    assert isinstance(seen, Accepted)
    with Image.open(io.BytesIO(seen.data)) as kept:
        assert kept.size == (30, 40)


def test_a_transparent_png_stays_transparent_and_a_moving_gif_moves() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (4, 4), (255, 0, 0, 0)).save(out, "PNG")
    clear = examine("章.png", out.getvalue())
    out = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "green", "blue")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=200, loop=0)
    moving = examine("图.gif", out.getvalue())

    assert isinstance(clear, Accepted) and isinstance(moving, Accepted)
    with Image.open(io.BytesIO(clear.data)) as kept:
        assert kept.convert("RGBA").getpixel((0, 0))[3] == 0
    with Image.open(io.BytesIO(moving.data)) as kept:
        assert kept.n_frames == 3 and kept.info["duration"] == 200


def test_a_picture_examined_twice_is_the_same_picture() -> None:
    first = examine("章.png", files.picture("PNG"))
    assert isinstance(first, Accepted)
    second = examine("章.png", first.data)

    assert isinstance(second, Accepted)
    assert second.sha256 == first.sha256 and not second.changed


def test_the_place_of_a_recording_is_blanked_and_the_film_keeps_its_length() -> None:
    udta = files.box(b"udta", files.box(b"\xa9xyz", b"\0\x12\x15\xc7+39.4700+076.0000/"))
    seen = examine("现场.mp4", files.film(udta))

    assert isinstance(seen, Accepted)
    assert b"+39.4700" not in seen.data
    assert seen.size == len(files.film(udta))
    assert [said.zh for said in seen.changed] == ["已去除视频中的拍摄地点。"]


def test_the_path_of_a_template_on_the_writers_disk_is_taken_out_and_said() -> None:
    parts = files.members(files.word())
    settings = parts["word/settings.xml"].replace(
        b"</w:settings>", b'<w:attachedTemplate xmlns:r="' + files.OFFICE.encode() + b'" r:id="rId90"/></w:settings>'
    )
    rels = files.relations(("attachedTemplate", "file:///C:\\Users\\wang\\Normal.dotm", True))
    seen = examine(
        "通知.docx", files.changed(files.word(), {"word/settings.xml": settings, "word/_rels/settings.xml.rels": rels})
    )

    assert isinstance(seen, Accepted)
    assert "模板" in seen.changed[0].zh
    kept = files.members(seen.data)
    assert b"attachedTemplate" not in kept["word/settings.xml"] and b"wang" not in kept["word/_rels/settings.xml.rels"]
    assert isinstance(examine("通知.docx", seen.data), Accepted)


@pytest.mark.skipif(doc.libreoffice() is None, reason="LibreOffice 未安装 (not installed)")
def test_an_old_file_that_libreoffice_writes_is_accepted(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(files.word("公开"))
    command = [
        str(doc.libreoffice()),
        f"-env:UserInstallation={(tmp_path / 'p').as_uri()}",
        "--headless",
        "--convert-to",
        "doc:MS Word 97",
    ]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(tmp_path / "a.docx")], check=True, capture_output=True, timeout=120
    )
    seen = examine("a.doc", (tmp_path / "a.doc").read_bytes())

    assert isinstance(seen, Accepted), seen
