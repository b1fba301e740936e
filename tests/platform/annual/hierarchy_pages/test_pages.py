"""The superior's pages: few statements, nothing for strangers, nothing typed is lost, every refusal says what to do."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from gongkai.platform.annual.actions import handing
from gongkai.platform.annual.fingerprints import fingerprint
from gongkai.platform.annual.models import Received, Report
from gongkai.platform.annual.queries.board import received
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.models import Organ
from tests.platform.annual.test_hierarchy import approved, county
from tests.platform.cases.factories import at

from .conftest import SAMPLES, Above, bureaus, supervised

HTML, PDF = "lanyuan_resources_2023.html", "songyin_2022.pdf"
Enter = Callable[[Actor], Client]


def uploaded(above: Above, name: str = HTML, year: int = 2023) -> Received:
    return handing.upload(above.supervisor, above.place.organ.pk, name, (SAMPLES / name).read_bytes(), year=year, at=at("2024-02-01"))


def first(above: Above, row: Received) -> str:
    return fingerprint(received(above.supervisor, row.pk).standing.open[0])


@pytest.mark.parametrize("count", [3, 30])
def test_the_board_costs_at_most_eight_statements(count: int, above: Above, client: Client) -> None:
    bureaus(above, count)
    uploaded(above)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(above.board())
    shown = answer.content.decode()

    assert answer.status_code == 200 and shown.count("<tr data-row") == min(count + 1, 20)
    assert len(asked) <= 8, "\n".join(each["sql"][:150] for each in asked)


def test_a_long_board_is_read_page_by_page_and_every_organ_is_on_one_of_them(above: Above, client: Client) -> None:
    bureaus(above, 45)
    pages = [client.get(f"{above.board()}?sort=listed&page={page}").content.decode() for page in (1, 2, 3)]
    beyond, wrong = (client.get(f"{above.board()}?sort=listed&page={page}").content.decode() for page in ("99", "二"))

    assert [page.count("<tr data-row") for page in pages] == [20, 20, 5]
    assert all("第45局" in page for page in pages)  # 上传的表单里列着全部机关
    assert "第 2 页，共 3 页" in pages[1] and "sort=listed" in pages[1]
    assert [page.count("<tr data-row") for page in (beyond, wrong)] == [5, 20]
    assert "共 45 个机关" in pages[2]


def test_a_name_is_only_ever_a_name(above: Above, client: Client) -> None:
    bureaus(above, 1)
    row = uploaded(above)
    Organ.objects.filter(slug="b0").update(name='<i>"甲"</i>&局')
    Received.objects.filter(pk=row.pk).update(name="<i>'乙'</i>&局")
    shown = client.get(above.board()).content.decode()

    assert "<i>" not in shown
    assert shown.count("&lt;i&gt;&quot;甲&quot;&lt;/i&gt;&amp;局") >= 2 and "&lt;i&gt;&#x27;乙&#x27;&lt;/i&gt;&amp;局" in shown


def test_a_received_report_costs_at_most_eight_statements(above: Above, client: Client) -> None:
    row = uploaded(above)
    handing.settle(above.supervisor, row.pk, first(above, row), note="已核对。", at=at("2024-02-02"))
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(above.page(row))

    assert answer.status_code == 200
    assert len(asked) <= 8, "\n".join(each["sql"][:150] for each in asked)


def test_the_board_says_who_is_late_in_words_and_what_was_found(above: Above, client: Client) -> None:
    bureaus(above, 2)
    uploaded(above)
    shown = client.get(above.board()).content.decode()

    assert len(re.findall(r"board-late", shown)) == 2 and "逾期" in shown and "没有开始" in shown
    assert "澜原县自然资源局" in shown and "已收到，待核对" in shown and "错误" in shown
    assert client.get(f"/desk/organs/{above.slug}/annual/board/").status_code == 302
    assert client.get(above.board(1999)).status_code == 404


def test_a_foreign_supervisor_finds_nothing_and_changes_nothing(above: Above, enter: Enter) -> None:
    row = uploaded(above)
    stranger = enter(supervised("elsewhere").supervisor)
    answers = [stranger.get(above.board()), stranger.get(above.page(row)), stranger.get(f"{above.page(row)}source/"), stranger.post(above.page(row), {"do": "accept"})]

    assert [each.status_code for each in answers] == [404] * 4
    assert enter(above.place.editor).get(above.page(row)).status_code == 404
    assert Received.objects.get(pk=row.pk).state == "received"


def test_who_reads_without_the_role_is_shown_no_form_and_refused(above: Above, enter: Enter) -> None:
    row = uploaded(above)
    reader = enter(above.place.approver)

    assert 'name="do"' not in reader.get(above.page(row)).content.decode()
    assert reader.post(above.page(row), {"do": "send_back", "reason": "请改。"}).status_code == 403


def test_an_upload_is_read_and_opened(above: Above, client: Client) -> None:
    answer = client.post(above.board(), {"file": SimpleUploadedFile(HTML, (SAMPLES / HTML).read_bytes()), "year": "2023", "organ": "", "organ_name": ""})
    row = Received.objects.get()
    shown = client.get(answer.headers["Location"]).content.decode()

    assert answer.status_code == 302 and row.name == "澜原县自然资源局"
    assert "尚未处理（5）" in shown and "空白" in shown and "原件里的文字" in shown


def test_a_refused_upload_keeps_what_was_typed_and_says_what_to_do(above: Above, client: Client) -> None:
    data = {"year": "2023", "organ": "", "organ_name": "某某镇人民政府"}
    wrong_year = client.post(above.board(), data | {"file": SimpleUploadedFile(PDF, (SAMPLES / PDF).read_bytes())})
    no_pdf = client.post(above.board(), data | {"file": SimpleUploadedFile("报告.pdf", b"not a pdf at all")})
    nothing = client.post(above.board(), data)

    assert [each.status_code for each in (wrong_year, no_pdf, nothing)] == [422] * 3
    assert all("某某镇人民政府" in each.content.decode() for each in (wrong_year, no_pdf, nothing))
    assert "文件是 2022 年的报告" in wrong_year.content.decode() and "请重新选择文件" in no_pdf.content.decode()
    assert "请选择文件。" in nothing.content.decode()
    assert not Received.objects.exists()


def test_a_finding_is_settled_with_the_cell_as_it_was_read_and_corrected(above: Above, client: Client) -> None:
    row = uploaded(above, PDF, 2022)
    key, cell = first(above, row), "remedies.reconsideration.total"
    settled = client.post(above.page(row), {"do": "settle", "finding": key, "note": "原件第3页写的是3。", f"cell-{cell}": "3"})
    shown = client.get(above.page(row)).content.decode()
    opened = client.post(f"{above.page(row)}?source=text", {"do": "correct", "finding": key, "note": "看错了，是4。", f"cell-{cell}": "4"})
    now = Received.objects.get(pk=row.pk)

    assert "?source=text#" in opened.headers["Location"]
    assert settled.status_code == 302 and "原件第3页写的是3。" in shown and "已处理（1）" in shown and "<strong>3</strong>" in shown
    assert now.settled[key]["cells"] == {cell: "4"} and now.settled[key]["before"][0]["note"] == "原件第3页写的是3。"


def test_a_settlement_without_a_note_or_with_words_for_a_number_keeps_what_was_typed(above: Above, client: Client) -> None:
    row = uploaded(above, PDF, 2022)
    key, cell = first(above, row), "remedies.reconsideration.total"
    bare = client.post(above.page(row), {"do": "settle", "finding": key, "note": "", f"cell-{cell}": "33"})
    words = client.post(above.page(row), {"do": "settle", "finding": key, "note": "原件写的是三。", f"cell-{cell}": "三"})

    assert bare.status_code == words.status_code == 422
    assert 'value="33"' in bare.content.decode() and "请写明怎样处理" in bare.content.decode()
    assert 'value="三"' in words.content.decode() and "应为数字" in words.content.decode() and "原件写的是三。" in words.content.decode()
    assert Received.objects.get(pk=row.pk).settled == {}


def test_accepting_too_early_says_what_is_missing_and_sending_back_wants_a_reason(above: Above, client: Client) -> None:
    row = uploaded(above)
    early, bare = client.post(above.page(row), {"do": "accept"}), client.post(above.page(row), {"do": "send_back", "reason": " "})
    client.post(above.page(row), {"do": "send_back", "reason": "请核对表三。", "findings": [first(above, row)]})
    now = Received.objects.get(pk=row.pk)

    assert early.status_code == 409 and "还有 5 处没有处理" in early.content.decode()
    assert bare.status_code == 422 and "请写明理由。" in bare.content.decode()
    assert now.state == "returned" and now.reason.startswith("请核对表三。\n")
    assert "退回的理由" in client.get(above.page(row)).content.decode()


def test_what_is_settled_twice_says_so_and_keeps_the_note(above: Above, client: Client) -> None:
    row = uploaded(above)
    key = first(above, row)
    client.post(above.page(row), {"do": "settle", "finding": key, "note": "一"})
    again = client.post(above.page(row), {"do": "settle", "finding": key, "note": "我也核对过了"})

    assert again.status_code == 409 and "我也核对过了" in again.content.decode()
    assert Received.objects.get(pk=row.pk).settled[key]["note"] == "一"


def test_the_source_is_saved_and_never_opened(above: Above, client: Client) -> None:
    row = uploaded(above)
    answer = client.get(f"{above.page(row)}source/")

    assert answer.content == (SAMPLES / HTML).read_bytes()
    assert answer.headers["Content-Disposition"].startswith("attachment") and answer.headers["Content-Type"] == "application/octet-stream"
    assert "sandbox" in answer.headers["Content-Security-Policy"] and answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", sorted(each.name for each in SAMPLES.iterdir()))
def test_every_sample_is_shown_with_its_source_as_text(name: str, above: Above, client: Client) -> None:
    year = int(re.search(r"_(\d{4})\.", name)[1])  # type: ignore[index]
    row = uploaded(above, name, year)
    answer = client.get(f"{above.page(row)}?source=text")

    assert answer.status_code == 200 and "<script>alert" not in answer.content.decode() and "{due}" not in answer.content.decode()
    assert re.search(r'id="line-1"|<td>', answer.content.decode())


def test_an_office_hands_its_report_in_and_it_stands_on_the_board(db: None, enter: Enter) -> None:
    above, supervisor, bureau = county()
    report = approved(bureau)
    client = enter(bureau.head)
    address = f"/desk/annual/{report.pk}/hand-in/"
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        linked, asked = client.get(f"/desk/annual/{report.pk}/").content.decode(), client.get(address)
        done, again = client.post(address), client.post(address)
        board = enter(supervisor).get(f"/desk/organs/{above.organ.slug}/annual/board/2023/").content.decode()

    assert address in linked
    assert asked.status_code == 200 and "确认报送" in asked.content.decode()
    assert done.status_code == 302 and Report.objects.get(pk=report.pk).state == "submitted"
    assert again.status_code == 409
    assert "已收到，待核对" in board and "下级年度报告" in board
