"""What a superior uploads in January: saved pages, wrong years, wrong organs, the same file twice, files that are none. Nothing is lost."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from gongkai.platform.annual.models import Received
from gongkai.platform.organs.models import Organ

from .conftest import SAMPLES, Above, bureaus

PAGE, PDF, SHEET = "lanyuan_resources_2023.html", "songyin_2022.pdf", "lanyuan_market_2023.xlsx"
BLANK = {"year": "2023", "organ": "", "organ_name": ""}


def given(name: str, data: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, (SAMPLES / name).read_bytes() if data is None else data)


def kept(shown: str) -> str:
    found = re.search(r'name="kept" value="([^"]+)"', shown)
    assert found is not None
    return html.unescape(found[1])


def archive(page: bytes) -> bytes:
    """A page saved as one file, as browsers write it."""
    head = b'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="--b"\r\n\r\n'
    return head + b'----b\r\nContent-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n' + page + b"\r\n----b--\r\n"


@pytest.mark.parametrize("ending", ["mht", "mhtml"])
def test_a_page_saved_as_one_file_is_read_like_the_page(ending: str, above: Above, client: Client) -> None:
    answer = client.post(above.board(), BLANK | {"file": given(f"年报.{ending}", archive((SAMPLES / PAGE).read_bytes()))})
    row = Received.objects.get()
    shown = client.get(answer.headers["Location"]).content.decode()

    assert (answer.status_code, row.name, row.media_type) == (302, "澜原县自然资源局", "text/plain")
    assert "原件里的文字" in shown and "boundary=" not in shown


def test_a_report_of_another_year_is_kept_and_goes_in_once_the_year_is_right(above: Above, client: Client) -> None:
    wrong = client.post(above.board(), BLANK | {"file": given(PDF)})
    shown = wrong.content.decode()
    right = client.post(above.board(2022), BLANK | {"year": "2022", "kept": kept(shown)})

    assert wrong.status_code == 422 and "文件是 2022 年的报告，不是 2023 年" in shown and f"已读到的文件“{PDF}”还在" in shown
    assert right.status_code == 302 and Received.objects.get().file_name == PDF


def test_a_report_of_another_organ_is_asked_about_once(above: Above, client: Client) -> None:
    bureaus(above, 2)
    organ = str(Organ.objects.get(slug="b1").pk)
    asked = client.post(above.board(), BLANK | {"organ": organ, "file": given(PAGE)}).content.decode()
    untold = client.post(above.board(), BLANK | {"organ": organ, "kept": kept(asked)})
    sure = client.post(above.board(), BLANK | {"organ": organ, "kept": kept(asked), "same": "on"})

    assert "文件里读到的机关是“澜原县自然资源局”，不是“第2局”" in asked and 'name="same"' in asked
    assert untold.status_code == 422 and sure.status_code == 302
    assert Received.objects.get().name == "第2局"


def test_the_same_file_twice_is_one_report_and_a_newer_one_takes_its_place(above: Above, client: Client) -> None:
    first, again = (client.post(above.board(), BLANK | {"file": given(PAGE)}) for _ in range(2))
    changed = client.post(above.board(), BLANK | {"file": given(PAGE, (SAMPLES / PAGE).read_bytes() + b"<!-- 2 -->")})

    assert (first.status_code, again.status_code, changed.status_code) == (302, 409, 302)
    assert "正在核对，没有再存一份" in again.content.decode()
    assert list(Received.objects.order_by("pk").values_list("state", flat=True)) == ["dropped", "received"]
    assert client.get(above.board()).content.decode().count("<tr data-row") == 1


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("年报.html", b"", "文件是空的"), ("年报.txt", b"\xef\xbb\xbf \r\n", "文件是空的"), ("年报.docx", b"PK\x03\x04broken", ""), ("年报.exe", b"MZ\x00\x01" * 50, ""),
        ("年报.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 64, ""), ("年报.json", b'{"year": [2023', ""), ("年报.json", b"[1, 2, 3]", ""), ("年报.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ""),
        ("a\x00b.txt", b"\x00\x01\x02" * 400, ""),
    ],
)  # fmt: skip
def test_what_is_no_report_is_refused_in_words(name: str, data: bytes, says: str, above: Above, client: Client) -> None:
    answer = client.post(above.board(), BLANK | {"organ_name": "某某镇人民政府", "file": given(name, data)})
    shown = answer.content.decode()

    assert answer.status_code == 422 and says in shown
    assert "某某镇人民政府" in shown and "error-summary" in shown and not Received.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [
        {"year": "99999999999999999999"}, {"year": "２０２３"}, {"year": "\x00"}, {"organ": "99999999999999999999"}, {"organ": "\x00"}, {"organ_name": "名" * 500}, {"organ_name": "\x00"},
        {"kept": "forged:token"}, {"kept": "\x00"}, {"year": ""},
    ],
)  # fmt: skip
def test_whatever_is_typed_is_answered_in_words(typed: dict[str, Any], above: Above, client: Client) -> None:
    answer = client.post(above.board(), BLANK | typed)

    assert answer.status_code == 422 and "请选择文件。" in answer.content.decode()
    assert client.get(above.board(), {"show": "\x00", "sort": "x" * 999, "organ": "９"}).status_code == 200


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(above: Above, client: Client) -> None:
    with override_settings(UPLOAD_BYTES=1024):
        answer = client.post(above.board(), BLANK | {"file": given(PDF)})

    assert answer.status_code == 422 and "文件太大" in answer.content.decode()


def test_every_page_of_a_pdf_stands_beside_what_was_read(above: Above, client: Client) -> None:
    client.post(above.board(2022), BLANK | {"year": "2022", "file": given(PDF)})
    row = Received.objects.get()
    shown = client.get(above.page(row)).content.decode()
    pages = re.findall(r'<img src="(/desk/[^"]+)"', shown)
    first = client.get(pages[0])

    assert len(pages) >= 2 and all(f'id="page-{n}"' in shown for n in range(1, len(pages) + 1))
    assert first.content.startswith(b"\x89PNG") and "sandbox" in first.headers["Content-Security-Policy"]
    assert {client.get(f"{above.page(row)}source/{n}.png").status_code for n in ("0", "999", "99999999999999999999")} == {404}


def test_the_board_is_filtered_and_sorted_and_says_how_many(above: Above, client: Client) -> None:
    bureaus(above, 30)
    client.post(above.board(), BLANK | {"organ": str(Organ.objects.get(slug="b28").pk), "same": "on", "file": given(PAGE)})
    whole, late, received = (client.get(above.board() + query).content.decode() for query in ("", "?show=late", "?show=received&sort=findings"))
    listed = [name for n in (1, 2) for name in named(client.get(above.board() + f"?sort=listed&page={n}").content.decode())]
    none = client.get(above.board() + "?show=accepted").content.decode()
    names = re.search(r'<p class="board-names">([^<]+)</p>', late)

    assert "共 30 个机关" in whole and len(listed) == 30
    assert named(whole) == ["第29局", *(each for each in listed if each != "第29局")][:20]
    assert names is not None and names[1].split("、") == [each for each in listed if each != "第29局"] and "逾期 29 个，共 30 个机关" in late
    assert named(received) == ["第29局"] and "核对、退回" in received
    assert "没有“已接收”的机关" in none


def named(shown: str) -> list[str]:
    """The organs of the page, in its order."""
    return re.findall(r'class="row-title">(?:<a[^>]*>)?(第[0-9]+局)', shown)


def test_one_press_sends_back_with_every_open_finding(above: Above, client: Client) -> None:
    client.post(above.board(), BLANK | {"file": given(PAGE)})
    row = Received.objects.get()
    shown = client.get(above.page(row)).content.decode()
    form = shown[shown.index('id="back"') :]
    ticked = re.findall(r'name="findings" value="([^"]+)" checked', form)
    reason = re.search(r"<textarea id=\"id_reason\"[^>]*>([^<]+)</textarea>", form)
    assert reason is not None and len(ticked) == 5
    client.post(above.page(row), {"do": "send_back", "reason": reason[1], "findings": ticked})
    row.refresh_from_db()

    assert "退回，附上 5 条发现" in form
    assert row.state == "returned" and len(row.reason.splitlines()) == 6


def test_what_has_nothing_open_is_accepted_from_the_board(above: Above, client: Client) -> None:
    name = "lanyuan_archives_2023.json"
    client.post(above.board(), BLANK | {"file": given(name, json.dumps(json.loads((SAMPLES / name).read_text(encoding="utf-8"))).encode())})
    row = Received.objects.get()
    board = client.get(above.board()).content.decode()
    answer = client.post(above.page(row), {"do": "accept", "back": "board"})

    assert ('value="accept"' in board) is (row.counts["error"] + row.counts["warning"] + row.counts["doubt"] == 0)
    assert answer.status_code in (302, 409)
    assert answer.status_code == 409 or answer.headers["Location"] == above.board()
