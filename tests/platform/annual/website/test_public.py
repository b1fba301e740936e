"""The published forms for everybody: permanent addresses, versions, files, one column of a government; nothing that is being worked on."""

from __future__ import annotations

import io

import docx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai.platform.annual.models import WebsitePublication
from gongkai.platform.annual.website import actions
from gongkai.platform.annual.website.actions import SiteTold
from gongkai.platform.organs.models import Organ
from tests.platform.cases.factories import at

from .conftest import Begun, published

ADDRESS = "/organs/songyin/website-forms/portal/2023/"


def test_nothing_that_is_worked_on_is_public(it: Begun, client: Client) -> None:
    it.fill(head="尚未公布的人")
    paths = (ADDRESS, f"{ADDRESS}form.docx", f"{ADDRESS}form.json", "/organs/songyin/website-forms/", "/website-forms/", "/website-forms/forms.json")
    for act in (actions.submit, actions.approve):
        said = b"".join(client.get(path).content for path in paths)
        assert client.get(ADDRESS).status_code == 404 and client.get(f"{ADDRESS}form.docx").status_code == 404
        assert "尚未公布的人" not in said.decode(errors="replace") and "松荫县政府门户网站政府网站" not in said.decode(errors="replace")
        act(it.place.head if act is actions.submit else it.place.legal, it.form.pk, at=at("2024-01-10"))

    assert client.get(ADDRESS).status_code == 404


def test_what_is_published_has_its_table_hash_and_files(it: Begun, client: Client) -> None:
    it.fill(visits="120000", services_listed="yes")
    published(it)
    kept = WebsitePublication.objects.get(form=it.form)
    page = client.get(ADDRESS).content.decode()
    made = docx.Document(io.BytesIO(client.get(f"{ADDRESS}form.docx").content))

    assert kept.digest in page and "120000" in page and "1800余" in page and 'rel="canonical"' in page
    assert "<th scope=" in page and "<caption" in page and 'class="blank"' in page
    assert 'style="' not in page and "<style" not in page
    assert made.tables[0].cell(0, 3).text == "松荫县政府门户网站"
    assert client.get(f"{ADDRESS}form.json").json() == kept.data
    assert client.get(f"{ADDRESS}form.csv").status_code == 200 and client.get(f"{ADDRESS}form.pdf").status_code == 404
    assert client.get(ADDRESS, headers={"If-None-Match": client.get(ADDRESS).headers["ETag"]}).status_code == 304


def test_who_published_it_and_why_it_differs_from_the_platform_stay_inside(it: Begun, client: Client) -> None:
    it.fill(messages_received=actions.Filled("50", "不外露的理由"))
    published(it)
    said = b"".join(client.get(path).content for path in (ADDRESS, f"{ADDRESS}form.json", f"{ADDRESS}form.csv")).decode()

    assert "不外露的理由" not in said and it.place.approver.name not in said


def test_a_correction_is_shown_with_its_reason_and_the_first_version_stays(it: Begun, client: Client) -> None:
    published(it)
    actions.correct(it.place.head, it.form.pk, reason="访问量漏报。", at=at("2024-02-01"))
    while_corrected = client.get(ADDRESS).content.decode()
    it.fill(visits="9")
    published(it)
    page, first = client.get(ADDRESS).content.decode(), client.get(f"{ADDRESS}?version=1")

    assert "访问量漏报" not in while_corrected
    assert "访问量漏报。" in page and "?version=1" in page
    assert "这是较早的版本" in first.content.decode()
    assert client.get(f"{ADDRESS}form.json?version=1").json()["values"]["visits"] is None
    for odd in ("3", "0", "x", "٣", "9" * 30, "-1", "3%00"):
        assert client.get(f"{ADDRESS}?version={odd}").status_code == 404, odd


def test_a_government_gathers_the_forms_of_its_organs_in_one_column(it: Begun, client: Client) -> None:
    published(it)
    other = actions.keep_site(it.place.head, it.place.organ.pk, SiteTold("tax", "专项网站"), at=at("2024-01-09"))
    form = actions.begin(it.place.head, it.place.organ.pk, other.pk, 2022, at=at("2024-01-09"))
    published(Begun(it.place, other, form))
    above = Organ.objects.create(name="上级人民政府", short_name="上级", slug="above", level="prefecture", kind="government", sort_key="a", created_at=at("2020-01-01"), area_path="/")
    Organ.objects.filter(pk=above.pk).update(area_path=f"/{above.pk}/")
    Organ.objects.filter(pk=it.place.organ.pk).update(area_parent=above, area_path=f"/{above.pk}/{it.place.organ.pk}/")

    for path in ("/organs/above/website-forms/", "/organs/songyin/website-forms/", "/website-forms/"):
        page = client.get(path).content.decode()
        assert ADDRESS in page and "/organs/songyin/website-forms/tax/2022/" in page, path
    assert [row["website"] for row in client.get("/website-forms/forms.json").json()["forms"]] == ["松荫县政府门户网站", "专项网站"]
    assert "/organs/songyin/website-forms/" in client.get("/organs/songyin/reports/").content.decode()
    assert "/organs/songyin/website-forms/" in client.get("/sitemap-pages.xml").content.decode()


def test_every_public_page_costs_at_most_eight_statements(it: Begun, client: Client) -> None:
    published(it)
    for year in range(2017, 2023):
        published(Begun(it.place, it.site, actions.begin(it.place.head, it.place.organ.pk, it.site.pk, year, at=at("2024-01-09"))))

    for path in (ADDRESS, f"{ADDRESS}form.docx", "/organs/songyin/website-forms/", "/website-forms/", "/website-forms/forms.json"):
        client.get(path)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(path).status_code == 200
        assert len(caught) <= 8, (path, len(caught))


@pytest.mark.parametrize("path", ["/organs/songyin/website-forms/none/2023/", f"/organs/songyin/website-forms/portal/{'9' * 25}/", "/organs/none/website-forms/", "/organs/songyin/website-forms/portal/0/"])
def test_what_is_not_there_is_not_found(it: Begun, client: Client, path: str) -> None:
    published(it)

    assert client.get(path).status_code == 404
