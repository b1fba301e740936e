"""The pages of the desk: filled in, warned, kept, refused with the reason; a fixed number of statements; nothing that is put in breaks them."""

from __future__ import annotations

import io
import re

import docx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai.platform.annual.models import Website, WebsiteForm
from gongkai.platform.annual.website import actions
from gongkai.platform.annual.website.fields import FIELDS
from tests.platform.cases.factories import at, office
from tests.platform.portal import making

from .conftest import Begun, Enter, published

MOST = 8


def statements(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200, address
    return len(caught)


def post(it: Begun, client: Client, **boxes: str) -> object:
    now = it.now().entered
    told = {f"f.{field.key}": now.get(field.key) or "" for field in FIELDS} | {f"seen.{field.key}": now.get(field.key) or "" for field in FIELDS}
    return client.post(it.address, told | {key.replace("__", "."): value for key, value in boxes.items()})


class TestThePage:
    def test_every_box_is_there_with_what_the_platform_knows_and_a_link_to_it(self, it: Begun, enter: Enter) -> None:
        page = enter(it.place.head).get(it.address).content.decode()

        assert all(f'id="f-{field.key}"' in page for field in FIELDS)
        assert "1800余" in page and f"{it.address}known/published_total/0/" in page
        assert "style=" not in page and "onclick" not in page

    def test_what_is_saved_is_shown_and_warned_about(self, it: Begun, enter: Enter) -> None:
        client = enter(it.place.head)
        answer = post(it, client, f__visits="100", f__visitors="120", f__services_listed="yes")
        page = client.get(it.address).content.decode()

        assert answer.status_code == 302  # type: ignore[attr-defined]
        assert it.now().entered == {"visits": "100", "visitors": "120", "services_listed": "yes"}
        assert "独立用户访问总量 120，不应大于网站总访问量 100。" in page

    def test_what_cannot_be_saved_is_kept_on_the_page_and_for_the_next_visit(self, it: Begun, enter: Enter) -> None:
        client = enter(it.place.head)
        answer = post(it, client, f__visits="很多", f__services="30")
        page = answer.content.decode()  # type: ignore[attr-defined]

        assert answer.status_code == 422 and it.now().entered == {}  # type: ignore[attr-defined]
        assert 'value="很多"' in page and 'value="30"' in page and 'href="#f-visits"' in page
        assert 'value="很多"' in client.get(it.address).content.decode()
        post(it, client, f__visits="5", f__services="30")
        assert "很多" not in client.get(it.address).content.decode()

    def test_an_override_wants_its_reason_beside_the_box(self, it: Begun, enter: Enter) -> None:
        client = enter(it.place.head)
        refused = post(it, client, f__messages_received="50")
        done = post(it, client, f__messages_received="50", reason__messages_received="另有纸质来信")
        page = client.get(it.address).content.decode()

        assert refused.status_code == 422 and "请写明理由" in refused.content.decode()  # type: ignore[attr-defined]
        assert done.status_code == 302 and it.now().reasons == {"messages_received": "另有纸质来信"}  # type: ignore[attr-defined]
        assert "不一致，请核对" in page

    def test_it_may_be_left_blank_on_purpose(self, it: Begun, enter: Enter) -> None:
        client = enter(it.place.head)
        post(it, client, blank__messages_done="1", reason__messages_done="口径不同")

        assert it.now().entered == {"messages_done": None}
        assert "有意留空" in client.get(it.address).content.decode()

    def test_what_somebody_else_saved_meanwhile_is_not_overwritten(self, it: Begun, enter: Enter) -> None:
        client = enter(it.place.head)
        it.fill(it.place.editor, visits="7", users="9")
        answer = client.post(it.address, {"f.visits": "8", "seen.visits": "", "f.users": "", "seen.users": "", "f.services": "3", "seen.services": ""})

        assert answer.status_code == 422 and "别人刚刚把它改成“7”" in answer.content.decode()
        assert it.now().entered == {"visits": "7", "users": "9"}

    def test_what_is_typed_is_kept_while_it_is_typed(self, it: Begun, enter: Enter) -> None:
        client = enter(it.place.head)
        assert client.post(f"{it.address}keep/", {"f.users": "77", "seen.users": "", "f.nothing": "x", "place": "catalogue:1"}).json() == {"kept": True}
        page = client.get(it.address).content.decode()

        assert 'value="77"' in page and "还没有保存" in page and it.now().entered == {}

    def test_whoever_may_only_read_sees_no_field(self, it: Begun, enter: Enter) -> None:
        page = enter(it.place.approver).get(it.address).content.decode()

        assert "<input" not in page.partition('class="website-form"')[2].partition("</main>")[0] and "1800余" in page
        assert enter(it.place.approver).post(it.address, {"f.visits": "8", "seen.visits": ""}).status_code == 403

    def test_nobody_elses(self, it: Begun, enter: Enter) -> None:
        client = enter(office("qingyuan").head)

        for path in ("", "preview/", "versions/", "form.docx", "known/published_total/0/", "do/submit/"):
            assert client.get(f"{it.address}{path}").status_code == 404, path
        assert client.post(it.address, {"f.visits": "8"}).status_code == 404
        assert client.get("/desk/organs/songyin/websites/").status_code == 404
        assert Client().get(it.address).status_code == 302


class TestTheWay:
    def test_fill_submit_approve_publish_and_correct_through_the_pages(self, it: Begun, enter: Enter) -> None:
        head, legal, approver = (enter(who) for who in (it.place.head, it.place.legal, it.place.approver))
        assert post(it, head, f__visits="9", do="submit").headers["Location"] == f"{it.address}do/submit/"  # type: ignore[attr-defined]
        for client, act, told in ((head, "submit", {}), (legal, "approve", {}), (approver, "publish", {})):
            assert client.get(f"{it.address}do/{act}/").status_code == 200
            assert client.post(f"{it.address}do/{act}/", {"seen": it.now().steps_taken, **told}).status_code == 302
        assert head.post(f"{it.address}do/correct/", {}).status_code == 422
        assert head.post(f"{it.address}do/correct/", {"reason": "漏报"}).status_code == 302

        assert it.now().state == "draft" and it.now().publications.count() == 1
        versions = head.get(f"{it.address}versions/").content.decode()
        assert "漏报" in versions and "网站总访问量" in versions and "/organs/songyin/website-forms/portal/2023/" in versions

    def test_an_act_that_may_not_be_done_says_why(self, it: Begun, enter: Enter) -> None:
        client = enter(it.place.head)

        assert client.get(f"{it.address}do/publish/").status_code == 409
        assert "报表现在“填报中”" in client.get(f"{it.address}do/publish/").content.decode()
        assert client.get(f"{it.address}do/approve/").status_code == 403
        assert client.get(f"{it.address}do/nothing/").status_code == 404
        assert client.post(f"{it.address}do/submit/", {"seen": "1" * 30}).status_code == 302

    def test_the_preview_and_the_files_are_the_form(self, it: Begun, enter: Enter) -> None:
        client = enter(it.place.head)
        page = client.get(f"{it.address}preview/").content.decode()
        made = client.get(f"{it.address}form.docx")

        assert page.count('class="blank"') > 30 and "1800余" in page
        assert docx.Document(io.BytesIO(made.content)).tables[0].cell(0, 3).text == "松荫县政府门户网站"
        assert "attachment" in made.headers["Content-Disposition"]
        assert client.get(f"{it.address}form.json").json()["values"]["published_total"] == "1800+"
        assert client.get(f"{it.address}form.csv").status_code == 200 and client.get(f"{it.address}form.exe").status_code == 404


class TestTheList:
    def test_a_website_is_entered_and_its_form_begun(self, it: Begun, enter: Enter) -> None:
        client = enter(it.place.head)
        there = "/desk/organs/songyin/websites/"
        refused = client.post(f"{there}new/", {"name": "专项网站", "slug": "专项"})
        client.post(f"{there}new/", {"name": "专项网站", "slug": "special", "kind": "special"})
        site = Website.objects.get(slug="special")
        begun = client.post(there, {"which": f"{site.pk}:2025"})

        assert refused.status_code == 422 and 'value="专项网站"' in refused.content.decode()
        assert begun.status_code == 302 and WebsiteForm.objects.filter(website=site, year=2025).exists()
        assert "松荫县政府门户网站" in client.get(there).content.decode()

    def test_its_entry_is_changed_and_a_stale_page_is_told(self, it: Begun, enter: Enter) -> None:
        client = enter(it.place.head)
        there = f"/desk/organs/songyin/websites/{it.site.pk}/"
        told = {"name": "新名字", "address": "https://songyin.gov.example/", "kind": "portal", "main": "on", "based_on": "1"}

        assert client.post(there, told).status_code == 302
        assert client.post(there, told | {"name": "更新的名字"}).status_code == 409
        assert Website.objects.get(pk=it.site.pk).name == "新名字"
        assert enter(it.place.editor).get(there).status_code == 403

    @pytest.mark.parametrize("which", ["", "x", "1:2023", "9" * 40 + ":2023", "1:٢٠٢٣", "\x00"])
    def test_what_is_not_in_the_list_is_not_begun(self, it: Begun, enter: Enter, which: str) -> None:
        assert enter(it.place.head).post("/desk/organs/songyin/websites/", {"which": which}).status_code == 422

    def test_the_navigation_leads_there(self, it: Begun, enter: Enter) -> None:
        assert "/desk/organs/songyin/websites/" in enter(it.place.head).get("/desk/").content.decode()


class TestWhatIsPutIn:
    ODD = ("", "\x00", "٣", "９", "9" * 400, "-1", "1e9", "{{x}}", "<script>", "=1+1", "'; --", "漢" * 5000, "\ud800".encode("utf-8", "replace").decode())

    @pytest.mark.parametrize("odd", ODD)
    def test_no_box_breaks_the_page(self, it: Begun, enter: Enter, odd: str) -> None:
        client = enter(it.place.head)
        answer = client.post(it.address, {f"f.{field.key}": odd for field in FIELDS} | {f"reason.{field.key}": odd for field in FIELDS})

        assert answer.status_code in (200, 302, 400, 409, 422)
        assert client.post(f"{it.address}keep/", {f"f.{field.key}": odd for field in FIELDS}).status_code in (200, 400, 422)
        assert client.get(it.address).status_code == 200
        assert "<script>" not in re.sub(r"<script[^>]* (?:src|type)=[^>]*>", "", client.get(it.address).content.decode())

    @pytest.mark.parametrize("path", ["known/nothing/0/", "known/visits/0/", "known/published_total/9/", f"known/published_total/{'9' * 30}/", "known/site_name/7/"])
    def test_what_is_not_known_is_not_found(self, it: Begun, enter: Enter, path: str) -> None:
        assert enter(it.place.head).get(f"{it.address}{path}").status_code == 404

    def test_numbers_beyond_the_database_are_not_found(self, it: Begun, enter: Enter) -> None:
        client, huge = enter(it.place.head), "9" * 25

        for path in (f"/desk/website/{huge}/", f"/desk/website/{huge}/do/submit/", f"/desk/organs/songyin/websites/{huge}/"):
            assert client.get(path).status_code == 404, path
            assert client.post(path, {"f.visits": "1"}).status_code in (403, 404), path
        assert client.get(f"{it.address}known/published_total/0/?page={'9' * 30}").status_code == 200


class TestStatements:
    def test_every_page_costs_at_most_eight_whatever_there_is(self, it: Begun, enter: Enter) -> None:
        client = enter(it.place.head)
        there = "/desk/organs/songyin/websites/"
        pages = [there, f"{there}new/", f"{there}{it.site.pk}/", it.address, *(f"{it.address}{path}" for path in ("preview/", "versions/", "known/published_total/0/", "do/submit/", "form.docx"))]
        before = {page: statements(client, page) for page in pages}
        for number in range(60):
            made = making.item(it.place.organ, f"第{number}件", kind="functions")
            type(made).objects.filter(pk=made.pk).update(first_published_at=at("2023-03-03"))
        for year in (2020, 2021, 2022):
            actions.begin(it.place.head, it.place.organ.pk, it.site.pk, year, at=at("2024-01-09"))
        it.fill(visits="3")
        pages.append(f"{it.address}known/published_overview/0/?page=2")

        assert all(statements(client, page) <= MOST for page in pages), {page: statements(client, page) for page in pages}
        assert all(number <= MOST for number in before.values()), before

    def test_after_publication_too(self, it: Begun, enter: Enter) -> None:
        published(it)
        client = enter(it.place.approver)

        for path in ("", "preview/", "versions/", "do/return/", "known/published_total/0/"):
            client.get(f"{it.address}{path}")
            with CaptureQueriesContext(connection) as caught:
                client.get(f"{it.address}{path}")
            assert len(caught) <= MOST, (path, len(caught))
