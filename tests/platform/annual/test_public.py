"""Published reports for everybody: one, all, two side by side, in every format, and nothing that is being worked on."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai import formats
from gongkai.platform.annual.actions import entering, reporting
from gongkai.platform.annual.actions.entering import Told
from gongkai.platform.annual.models import Publication, Report
from gongkai.platform.organs.models import Organ
from gongkai.report import exchange
from tests.platform.cases.factories import Office, at, office

from .test_hierarchy import PROSE, approved, explained

pytestmark = pytest.mark.django_db


def published(place: Office, year: int, count: int = 0) -> Publication:
    report = approved(place, year, count)
    reporting.publish(place.approver, report.pk, at=at(f"{year + 1}-01-20"))
    return Publication.objects.get(report=report)


def corrected(place: Office, year: int) -> None:
    report = Publication.objects.get(organ=place.organ, year=year).report
    entering.enter(place.head, place.organ.pk, year, [Told("licensing_decisions", 0, Decimal(9), reason="漏报")], at=at(f"{year + 1}-02-20"))
    when = at(f"{year + 1}-02-21")
    reporting.correct(place.head, report.pk, reason="行政许可漏报9件。", at=when)
    reporting.compile_(place.head, report.pk, at=when)
    explained(place, report)
    reporting.submit(place.head, report.pk, at=when)
    reporting.pass_review(place.legal, report.pk, at=when)
    reporting.approve(place.approver, report.pk, at=when)
    reporting.publish(place.approver, report.pk, at=when, reason="行政许可漏报9件。")


def statements(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection, ) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


class TestOne:
    def test_it_has_the_tables_the_hash_and_every_format_and_they_read_back_to_the_same_value(self, client: Client) -> None:
        place = office()
        one = published(place, 2023)
        page = client.get("/organs/songyin/reports/2023/")
        kept = exchange.from_dict(one.data).report

        assert page.status_code == 200 and one.digest in page.content.decode()
        assert "本年新收政府信息公开申请数量" in page.content.decode()
        assert 'style="' not in page.content.decode() and "<style" not in page.content.decode()
        for ending in ("json", "html", "docx", "pdf", "xlsx"):
            answer = client.get(f"/organs/songyin/reports/2023/report.{ending}")
            read = formats.read(f"report.{ending}", answer.content).report
            assert (read.applications, read.remedies, read.year) == (kept.applications, kept.remedies, kept.year), ending
            assert {key: figure.value for key, figure in read.active.items()} == {key: figure.value for key, figure in kept.active.items()}, ending

    def test_a_correction_is_shown_with_its_reason_and_the_old_version_stays(self, client: Client) -> None:
        place = office()
        published(place, 2023)
        corrected(place, 2023)
        now, before = client.get("/organs/songyin/reports/2023/").content.decode(), client.get("/organs/songyin/reports/2023/?version=1").content.decode()
        difference = client.get("/reports/compare/?a=songyin:2023:1&b=songyin:2023:2").content.decode()

        assert "本报告已更正" in now and "行政许可漏报9件" in now
        assert "这是较早的版本" in before
        assert "+9" in difference and "行政许可" in difference
        assert client.get("/organs/songyin/reports/2023/?version=3").status_code == 404

    def test_what_is_being_worked_on_is_nowhere(self, client: Client) -> None:
        place = office()
        report = approved(place, 2023)
        said = PROSE[4][:20]

        for address in ("/organs/songyin/reports/2023/", "/organs/songyin/reports/2023/report.json", "/organs/songyin/reports/2023/?version=1"):
            answer = client.get(address)
            assert answer.status_code == 404 and said not in answer.content.decode()
        for address in ("/reports/", "/reports/reports.json", "/reports/cells.csv", "/organs/songyin/reports/"):
            assert str(report.title) not in client.get(address).content.decode()


class TestAll:
    def test_the_library_lists_organs_and_years_and_two_years_are_compared(self, client: Client) -> None:
        place, other = office(), office("other")
        published(place, 2022)
        published(place, 2023, 4)
        published(other, 2023)
        library = client.get("/reports/").content.decode()
        compared = client.get("/reports/compare/?a=songyin:2022&b=songyin:2023").content.decode()

        assert library.count("查阅") >= 3 and "other县人民政府" in library
        assert "+4" in compared and "跨年核查" in compared
        assert 'data-label="2022"' in compared and "a=songyin:2022&amp;b=songyin:2023" in client.get("/organs/songyin/reports/2023/").content.decode()
        assert client.get("/reports/compare/?a=songyin:2022&b=nobody:2023").status_code == 200
        assert client.get("/organs/songyin/reports/99999999999999999999/").status_code == 404
        assert client.get("/reports/compare/?a=songyin:20x2&b=%00").status_code == 200

    def test_two_reports_are_chosen_one_after_the_other_without_a_script(self, client: Client) -> None:
        place, other = office(), office("other")
        published(place, 2022)
        published(place, 2023)
        published(other, 2023)
        first = client.get("/reports/?name=other").content.decode()
        then = client.get("/reports/?a=other:2023").content.decode()
        own = client.get("/reports/?a=songyin:2023").content.decode()

        assert 'href="?name=other&amp;a=other%3A2023"' in first and "songyin:2022" not in first
        assert "再选一份与它对照" in then and 'href="/reports/compare/?a=other:2023&amp;b=songyin:2022"' in then and then.count("<strong>已选</strong>") == 1
        assert 'href="/reports/compare/?a=songyin:2022&amp;b=songyin:2023"' in own  # 同一机关，年度在前的在前
        assert 'name="a" value="songyin:2023"' in own  # 查找时所选的还在
        assert "/reports/?a=songyin:2022" in client.get("/reports/compare/?b=songyin:2022").content.decode()
        assert client.get("/reports/?a=nobody:2023&name=%00&page=99").status_code == 200 and client.get("/reports/?a=songyin:20x3").status_code == 200

    def test_a_long_library_is_read_page_by_page_by_the_order_of_organs_and_found_by_name(self, client: Client) -> None:
        place = office()
        one = published(place, 2023)
        for number in range(1, 45):
            organ = Organ.objects.create(name=f"第{number:02}局", short_name=f"{number:02}局", slug=f"bureau-{number}", level="county", kind="department", area_path="/", system_path="/", position=200 + number, sort_key=f"{number:02}", created_at=at("2024-01-01"))
            report = Report.objects.create(organ=organ, year=2023, edition="2021", state="published", title="", moved_at=at("2024-01-20"))
            Publication.objects.create(report=report, organ=organ, year=2023, version=1, data=one.data | {"title": f"第{number:02}局年度报告"}, digest="0" * 64, at=at("2024-01-20"))
        pages = [client.get(f"/reports/?page={page}").content.decode() for page in (1, 2, 3, 99)]
        found = client.get("/reports/?name=第07").content.decode()

        assert [page.count('<th scope="row">') for page in pages] == [20, 20, 5, 5]
        assert "第19局年度报告" in pages[0] and "第20局年度报告" in pages[1] and "共 45 个机关" in pages[1]
        assert found.count('<th scope="row">') == 1 and "第07局年度报告" in found
        assert "的 0 个机关" in client.get("/reports/?name=没有这个").content.decode()
        assert statements(client, "/reports/?page=2&a=songyin:2023") == 3

    @pytest.mark.parametrize("asked", ["a=songyin:2023&b=nobody:2023", "b=songyin:1999", "a=songyin:2023:9", "a=songyin:20x3", "a=x"])
    def test_a_report_that_cannot_be_compared_is_said_to_be_missing(self, client: Client, asked: str) -> None:
        published(office(), 2023)

        assert "要对照的报告没有找到" in client.get(f"/reports/compare/?{asked}").content.decode()
        assert "没有找到" not in client.get("/reports/compare/?a=songyin:2023").content.decode()

    def test_a_name_is_only_ever_a_name(self, client: Client) -> None:
        one = published(office(), 2023)
        Organ.objects.filter(pk=one.organ_id).update(name='<i>"甲"</i>&局')
        first, then = client.get("/reports/").content.decode(), client.get('/reports/?name=<i>"&a=songyin:2023').content.decode()

        assert "<i>" not in first and "&lt;i&gt;&quot;甲&quot;&lt;/i&gt;&amp;局" in first
        assert "<i>" not in then and "&lt;i&gt;&quot;甲&quot;&lt;/i&gt;&amp;局" in then

    def test_a_list_reads_title_and_day_beside_the_data_and_they_are_those_of_the_data(self) -> None:
        one = published(office(), 2023)

        assert (one.title, one.published) == (one.data["title"], one.data["published"])

    def test_open_data_has_every_cell_and_a_blank_is_not_zero(self, client: Client) -> None:
        one = published(office(), 2023)
        told = json.loads(client.get("/reports/reports.json").content)["reports"]
        rows = list(csv.DictReader(io.StringIO(client.get("/reports/cells.csv").content.decode("utf-8-sig"))))

        assert told[0]["sha256"] == one.digest and set(told[0]["files"]) == {"json", "html", "docx", "pdf", "xlsx"}
        assert {row["table"] for row in rows} == {"active", "applications", "remedies"}
        assert all(row["value"] == "0" for row in rows if row["presence"] == "number") and not [row for row in rows if row["presence"] == "blank" and row["value"]]

    @pytest.mark.parametrize("address", ["/organs/songyin/reports/2023/", "/reports/", "/reports/compare/?a=songyin:2022&b=songyin:2023", "/reports/reports.json"])
    def test_a_page_costs_at_most_eight_statements(self, client: Client, address: str) -> None:
        place = office()
        published(place, 2022)
        published(place, 2023)

        assert statements(client, address) <= 8
