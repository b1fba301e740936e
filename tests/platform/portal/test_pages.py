"""The public pages: what they show, how they are sent, and that their statements do not grow with what is on them."""

from __future__ import annotations

import html
import io
import json
import re
from datetime import date, timedelta
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai import formats
from gongkai.formats import writing
from gongkai.platform.catalogue.queries import public
from tests.conftest import ROOT

from . import making
from .making import TODAY

BUDGET = 60_000
STATEMENTS = 8


@pytest.fixture
def column(client: Client) -> dict[str, object]:
    """A government with a department; a policy with everything an item can have."""
    government = making.organ("澜原县人民政府", kind="government", slug="lanyuan", office_name="县政府办公室", office_phone="0998-0000000")
    bureau = making.organ("澜原县财政局", parent=government, slug="lanyuan-cz")
    policy = making.publication(
        bureau, "关于印发《预算公开办法》的通知", document_number="澜财〔2021〕15号", kind="normative", category="normative", topic="财政", validity="repealed",
        validity_on=date(2026, 1, 1), validity_note="由新办法取代。", keywords="预算 公开", summary="规定公开的时间和格式。", effective_on=date(2021, 5, 1),
        makers=["澜原县财政局", "澜原县审计局"], body='<p>正文<strong>甲</strong>。</p><p><img src="/files/{item}/2" alt="章"></p>',
        files=[("表一.xlsx", b"PK\x03\x04 sheet", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), ("章.png", b"\x89PNG", "image/png")],
    )  # fmt: skip
    policy.body = policy.body.replace("{item}", str(policy.item_id))
    policy.save(update_fields=["body"])
    policy.item.attachments.filter(number=2).update(inline=True)
    newer = making.publication(bureau, "新的预算公开办法", kind="normative", category="normative", validity="in_force")
    interpretation = making.publication(bureau, "《预算公开办法》解读", kind="interpretation")
    making.link(newer, policy, "repeals")
    making.link(interpretation, policy, "interprets")
    making.link(policy, None, "based_on", words="《中华人民共和国预算法》")
    return {"government": government, "bureau": bureau, "policy": policy, "newer": newer, "interpretation": interpretation}


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def test_an_item_shows_its_metadata_marks_links_files_and_how_to_quote_it(client: Client, column: dict) -> None:
    policy = column["policy"]
    page = text(client, f"/items/{policy.item_id}/")

    for words in ("澜财〔2021〕15号", policy.index_number, "2021年5月1日", "2026年3月1日", "预算 公开", "规定公开的时间和格式", "澜原县审计局"):
        assert words in page
    assert "本文件已废止" in page
    assert f'废止本件的文件：<a href="/items/{column["newer"].item_id}/">' in page
    assert "解读材料" in page and "《中华人民共和国预算法》" in page
    assert "表一.xlsx" in page and making.digest(b"PK\x03\x04 sheet") in page
    assert f'src="/items/{policy.item_id}/files/2/%E7%AB%A0.png"' in page
    assert page.count("章.png") == 0  # 正文里的图片不列作附件
    assert f"《{policy.title}》（澜财〔2021〕15号），索引号 {policy.index_number}" in page
    assert "None" not in page and "1970" not in page


def test_an_interpretation_names_the_policy_that_it_interprets(client: Client, column: dict) -> None:
    page = text(client, f"/items/{column['interpretation'].item_id}/")

    assert "解读的文件" in page
    assert f"/items/{column['policy'].item_id}/" in page


def test_fields_that_are_empty_are_not_printed(client: Client) -> None:
    page = text(client, f"/items/{making.publication(making.organ(), '只有标题').item_id}/")

    for label in ("文号", "有效性", "施行日期", "公开期限", "信息来源", "联合制发", "主题词"):
        assert f"<dt>{label}</dt>" not in page


def test_every_part_of_the_column_is_there_and_empty_parts_say_so(client: Client, column: dict) -> None:
    for part in ("", "guide/", "rules/", "statutory/", "reports/", "requests/", "catalogue/"):
        page = text(client, f"/organs/lanyuan-cz/{part}")
        assert "澜原县财政局" in page
        assert 'href="/organs/lanyuan-cz/guide/"' in page
    statutory = text(client, "/organs/lanyuan-cz/statutory/")
    assert statutory.count("暂无这一类信息") == 14 + 7 - 1  # 第二十条其余各项（“其他”有解读一件）、第二十一条
    assert "行政规范性文件" in statutory


def test_a_government_gathers_its_organs(client: Client, column: dict) -> None:
    assert "新的预算公开办法" not in text(client, "/organs/lanyuan/catalogue/")
    assert "新的预算公开办法" in text(client, "/organs/lanyuan/catalogue/?all=1")
    assert 'href="/organs/lanyuan-cz/"' in text(client, "/organs/lanyuan/")


def test_how_to_apply_tells_the_office_the_content_and_the_terms(client: Client, column: dict) -> None:
    page = text(client, "/organs/lanyuan/requests/")

    for words in ("县政府办公室", "0998-0000000", "身份证明", "特征性描述", "形式要求", "20 个工作日", "7 个工作日", "15 个工作日", "不需要说明用途"):
        assert words in page


@pytest.mark.parametrize("address", ["/", "/items/", "/items/?kind=normative&year=2026&validity=repealed", "/search/?q=预算", "/search/?q=预算&sort=relevance", "/items/{policy}/", "/organs/lanyuan/", "/organs/lanyuan-cz/", "/organs/lanyuan-cz/statutory/", "/organs/lanyuan/catalogue/?all=1", "/organs/lanyuan/reports/", "/feed/", "/sitemap.xml", "/sitemap-1.xml"])  # fmt: skip
def test_statements_are_few_and_do_not_grow(client: Client, column: dict, address: str) -> None:
    address = address.format(policy=column["policy"].item_id)
    counts = []
    for _ in range(2):
        public.forget()
        with CaptureQueriesContext(connection) as asked:
            text(client, address)
        counts.append(len(asked))
        for number in range(30):
            made = making.publication(column["bureau"], f"预算公告第{number}号", kind="normative", validity="repealed")
            making.link(made, column["policy"], "related")

    assert counts[1] <= STATEMENTS
    assert counts[0] >= counts[1] - 1


def test_pages_stay_small_with_the_longest_titles(client: Client) -> None:
    organs = [making.organ("很长的机关名称" * 6 + str(number)) for number in range(30)]
    for number in range(60):
        making.publication(organs[number % 30], "很长的标题" * 40, body=f"<p>{'正文很长预算。' * 400}</p>", topic=f"主题{number}", summary="概述" * 100)

    for address in ("/", "/items/", "/search/?q=预算", "/search/?q=很长"):
        assert len(client.get(address).content) <= BUDGET, address


def test_search_marks_words_in_either_script_and_escapes_everything_else(client: Client) -> None:
    organ = making.organ()
    making.publication(organ, "政府信息<script>alert(1)</script>公开", body="<p>1 &lt; 2，政府信息公开&amp;答复</p>", keywords='"><img src=x>')
    page = text(client, "/search/?q=政府信息公開+答覆")

    assert "<mark>政府信息</mark>" not in page
    assert "<mark>政府信息公开</mark>" in page and "<mark>答复</mark>" in page
    assert "<script>alert" not in page and "&lt;script&gt;" in page
    assert "<img src=x" not in text(client, '/search/?q="><img src=x>')


@pytest.mark.parametrize("typed", ["'", '"', "\\", "' OR 1=1 --", "%", "a:*&!|<->", "');DROP TABLE x;--", "\x00", "“", "((", "公开' & 'x", "𠮷", "😀", "的" * 5000, "<b>", "٣", "İ"])
def test_whatever_is_typed_is_answered(client: Client, typed: str) -> None:
    assert client.get("/search/", {"q": typed}).status_code == 200
    assert client.get("/items/", {"topic": typed, "year": typed, "kind": typed, "page": typed, "before": typed, "organ": typed}).status_code == 200


@pytest.mark.parametrize("address", ["/items/99999999999999999999999/", "/items/0/", "/items/1/files/99999999999999999/x", "/organs/none/", "/feed/none/", "/sitemap-9999999.xml", "/items/1/document.exe"])
def test_what_is_not_there_is_404(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_pages_are_revalidated_and_gone_at_once(client: Client, column: dict) -> None:
    address = f"/items/{column['policy'].item_id}/"
    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    english = client.get(address, headers={"if-none-match": first["ETag"], "cookie": "gongkai_reading=en.0.0.auto"})
    column["policy"].withdrawn_at = making.NOON
    column["policy"].save(update_fields=["withdrawn_at"])

    assert first["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert (again.status_code, again.content) == (304, b"")
    assert english.status_code == 200
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 410
    assert client.get(address)["Cache-Control"] == "no-cache"


def test_public_pages_set_no_cookie_and_take_no_form(client: Client, column: dict) -> None:
    for address in ("/", "/items/", "/search/?q=预算", f"/items/{column['policy'].item_id}/"):
        assert not client.get(address).cookies
        assert client.post(address).status_code == 405


def test_files_are_sent_so_that_no_browser_runs_them(client: Client, column: dict) -> None:
    item = column["policy"].item_id
    sheet, seal = client.get(f"/items/{item}/files/1/表一.xlsx"), client.get(f"/items/{item}/files/2/章.png")

    assert sheet.content == b"PK\x03\x04 sheet"
    assert sheet["Content-Disposition"].startswith("attachment;") and seal["Content-Disposition"].startswith("inline;")
    for sent in (sheet, seal):
        assert sent["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in sent["Content-Security-Policy"]
    assert client.get(f"/items/{item}/files/1/表一.xlsx", headers={"if-none-match": sheet["ETag"]}).status_code == 304


def test_a_file_that_was_changed_on_the_disk_is_not_handed_out(client: Client, column: dict) -> None:
    making.storage.path_of(making.digest(b"PK\x03\x04 sheet")).write_bytes(b"changed")

    assert client.get(f"/items/{column['policy'].item_id}/files/1/表一.xlsx").status_code == 503


def test_an_item_can_be_taken_along_as_docx(client: Client, column: dict) -> None:
    column["policy"].item.attachments.filter(number=2).delete()
    sent = client.get(f"/items/{column['policy'].item_id}/document.docx")

    words = ZipFile(io.BytesIO(sent.content)).read("word/document.xml").decode()
    assert "预算公开办法" in words and "澜财〔2021〕15号" in words and "已废止" in words
    assert sent["Content-Disposition"].startswith("attachment;")


def test_an_annual_report_is_shown_with_its_tables_charts_and_downloads(client: Client) -> None:
    name = "lanyuan_government_2023.html"
    read = formats.read(name, (ROOT / "samples" / "reports" / name).read_bytes()).report
    data = writing.write(read, "json")
    made = making.publication(making.organ(), "2023年政府信息公开工作年度报告", kind="report", body="", files=[("数据.json", data, "application/json")])
    page = text(client, f"/items/{made.item_id}/")

    assert page.count("<svg") == 4
    assert "第二十条第（一）项" in page and "本年新收政府信息公开申请数量" in page
    assert "style=" not in page and "<style" not in page
    for ending in ("html", "docx", "xlsx", "json"):
        sent = client.get(f"/items/{made.item_id}/report.{ending}")
        assert sent.status_code == 200
        assert formats.read(f"x.{ending}", sent.content).report.applications == read.applications
    assert json.loads(data)


def test_a_report_whose_json_is_something_else_is_shown_as_an_attachment(client: Client) -> None:
    made = making.publication(making.organ(), "年度报告", kind="report", files=[("数据.json", b'{"a": 1}', "application/json")])

    assert "数据.json" in text(client, f"/items/{made.item_id}/")
    assert client.get(f"/items/{made.item_id}/report.pdf").status_code == 404


def test_feeds_are_well_formed_atom_newest_first(client: Client) -> None:
    organ = making.organ(slug="feeding")
    for number in range(3):
        making.publication(organ, f"预算公告<{number}>&", at=making.NOON + timedelta(days=number), kind="normative", category="normative")
    atom = "{http://www.w3.org/2005/Atom}"

    for address in ("/feed/", "/organs/feeding/feed/", "/feed/normative/", "/search/feed/?q=预算"):
        feed = ElementTree.fromstring(client.get(address).content)
        titles = [entry.findtext(f"{atom}title") for entry in feed.iter(f"{atom}entry")]
        assert titles == ["预算公告<2>&", "预算公告<1>&", "预算公告<0>&"]
        assert all(re.match(r"http.+/items/\d+/$", entry.findtext(f"{atom}id") or "") for entry in feed.iter(f"{atom}entry"))


def test_the_sitemap_leads_to_every_item(client: Client) -> None:
    made = making.publication(making.organ(), "公告")
    pages = re.findall(r"<loc>[^<]*(/sitemap-\w+\.xml)</loc>", text(client, "/sitemap.xml"))

    assert f"/items/{made.item_id}/</loc>" in "".join(text(client, page) for page in pages)
    assert "Sitemap: " in text(client, "/robots.txt")


def test_lists_go_on_without_gaps_or_repeats(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.platform.catalogue.queries.public_lists.LAST_PAGE", 2)
    monkeypatch.setattr(public, "LAST_PAGE", 2)
    monkeypatch.setattr("gongkai.platform.portal.listing.LAST_PAGE", 2)
    organ = making.organ()
    made = [making.publication(organ, f"第{number}件", at=making.NOON).item_id for number in range(90)]  # 同一时刻
    seen: list[int] = []
    address = "/items/"
    while address:
        page = text(client, address)
        seen += [int(found) for found in re.findall(r'thing-title"><a href="/items/(\d+)/', page)]
        older = re.search(r'rel="next" href="([^"]+)"', page)
        address = older[1].replace("&amp;", "&") if older else ""

    assert seen == sorted(made, reverse=True)


def test_counts_are_capped_and_say_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.platform.catalogue.queries.public_lists.CAP", 10)
    monkeypatch.setattr("gongkai.platform.catalogue.queries.public_search.SEARCHED", 5)
    organ = making.organ()
    for number in range(12):
        making.publication(organ, f"第{number}件", at=making.NOON.replace(year=2015 + number))

    page = text(client, "/items/")

    assert "超过 10 条" in page
    assert "?year=2015" in page  # 数不全也列出每一年
    assert public.tally(public.Filter(), TODAY).capped
    assert "超过 5 条" in text(client, "/search/?q=件")


@pytest.mark.parametrize("words", ["预算", "生僻字"])
def test_search_walks_newest_first_whether_words_are_common_or_rare(client: Client, words: str) -> None:
    organ = making.organ()
    made = [making.publication(organ, f"{words if words == '预算' or number % 20 == 0 else '公告'}第{number}件", at=making.NOON + timedelta(days=number)) for number in range(60)]
    expected = [one.item_id for one in reversed(made) if words in one.title]

    page = text(client, f"/search/?q={words}")

    assert [int(found) for found in re.findall(r'thing-title"><a href="/items/(\d+)/', page)] == expected[:20]


def test_over_long_texts_are_found_and_others_not(client: Client) -> None:
    organ = making.organ()
    long = making.publication(organ, "很长的年鉴", body=f"<p>{'公开，政府。' * 400}末尾的生僻词</p>")

    assert f"/items/{long.item_id}/" in text(client, "/search/?q=末尾的生僻词")
    assert f"/items/{long.item_id}/" in text(client, "/search/?q=尾的 公开")
    assert f"/items/{long.item_id}/" not in text(client, "/search/?q=公开政府")


def test_two_hundred_pieces_of_stored_texts_are_found_in_either_script(db: None) -> None:
    """Pieces of two to six characters, cut anywhere; each finds its document, traditional or simplified."""
    import random

    import opencc

    from gongkai.platform import searching

    drawn = random.Random(1)
    organ = making.organ()
    source = (ROOT / "samples" / "reports" / "lanyuan_health_2023.md").read_text("utf-8")
    paragraphs = [line for line in source.splitlines() if len(line) > 30][:25]
    made = [making.publication(organ, f"文件{n}", document_number=f"澜发〔2021〕{n}号", body=f"<p>{html.escape(line)}</p>") for n, line in enumerate(paragraphs)]
    to_traditional = opencc.OpenCC("s2t")
    missed = []
    for _ in range(200):
        one = drawn.choice(made)
        stored = f"{one.plain}\n{one.document_number}\n{one.index_number}"
        piece = ""
        while not searching.query(piece):
            start = drawn.randrange(len(stored) - 6)
            piece = stored[start : start + drawn.randrange(2, 7)]
        for typed in (piece, to_traditional.convert(piece)):
            wanted = public.Filter(query=searching.query(typed))
            found = {row.id for page in (1, 2) for row in public.search(wanted, TODAY, public.Place(page))[0].rows}
            missed += [] if one.item_id in found else [(typed, stored)]

    assert missed == []
