"""The statistics page: the form's table, every figure a link to its list, in at most eight statements."""

from __future__ import annotations

import io
import json
import re
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from gongkai.law.editions import EDITION_2021
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.models import Person
from tests.platform.cases.factories import PEOPLE, Office, office

from .test_statistics import counting, put, replied

pytestmark = pytest.mark.django_db
STATEMENTS = 8
YEAR = timezone.localdate().year - 1


@pytest.fixture
def place() -> Office:
    made = office()
    put(made, date(YEAR, 3, 2), replied(date(YEAR, 3, 9), "partial"))
    put(made, date(YEAR, 3, 2), replied(date(YEAR, 3, 9)), kind="business")
    put(made, date(YEAR, 12, 30))
    return made


def signed_in(actor: Actor) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(Person.objects.get(pk=actor.person))
    return client


def address(year: int | None = YEAR) -> str:
    return "/desk/organs/songyin/requests/statistics/" + (f"{year}/" if year else "")


class TestPage:
    def test_it_prints_every_row_of_the_form_and_links_what_is_not_zero(self, place: Office) -> None:
        page = signed_in(place.officer).get(address()).content.decode()

        assert all(row.label in page for row in EDITION_2021.requests)
        assert set(re.findall(r'href="[^"]*statistics/\d+/applications/(\w+)/total/"', page)) == {
            "new_received", "granted", "partial", "results_total", "carried_forward",
        }  # fmt: skip

    def test_a_figure_opens_its_list_and_nobody_is_named_in_full(self, place: Office) -> None:
        page = signed_in(place.officer).get(address() + "applications/new_received/natural/").content.decode()

        assert "共 2 件" in page and PEOPLE[0].masked in page
        assert PEOPLE[0].name not in page

    def test_it_sends_at_most_eight_statements(self, place: Office) -> None:
        client = signed_in(place.officer)
        client.get(address())

        assert counting(lambda: client.get(address())) <= STATEMENTS
        assert counting(lambda: client.get(address() + "applications/new_received/total/")) <= STATEMENTS

    def test_the_present_year_stands_at_the_bare_address(self, place: Office) -> None:
        page = signed_in(place.officer).get(address(None)).content.decode()

        assert f"{YEAR + 1}年依申请公开统计" in page and "年度未完" in page

    @pytest.mark.parametrize("wrong", ["applications/nothing/total/", "applications/granted/nobody/", "remedies/complaint/total/", "active/fee_amount/total/"])
    def test_what_the_form_has_not_is_not_found(self, place: Office, wrong: str) -> None:
        assert signed_in(place.officer).get(address() + wrong).status_code == 404

    @pytest.mark.parametrize("year", [1999, YEAR + 2])
    def test_a_year_that_cannot_be_is_not_found(self, place: Office, year: int) -> None:
        assert signed_in(place.officer).get(address(year)).status_code == 404

    def test_it_is_not_for_editors_nor_for_other_organs(self, place: Office) -> None:
        other = office("other")

        assert signed_in(place.editor).get(address()).status_code == 404
        assert signed_in(other.officer).get(address()).status_code == 404


class TestFiles:
    def test_the_tables_come_as_json_of_the_exchange_format(self, place: Office) -> None:
        answer = signed_in(place.officer).get(address(None) + f"{YEAR}.json")
        told = json.loads(answer.content)

        assert told["applications"]["new_received"] == [2, 1, 0, 0, 0, 0, 3] and told["year"] == YEAR

    def test_the_tables_come_as_a_workbook(self, place: Office) -> None:
        answer = signed_in(place.officer).get(address(None) + f"{YEAR}.xlsx")
        book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
        cells = [str(cell) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row]

        assert any("新收政府信息公开申请" in cell for cell in cells)

    def test_in_no_other_form(self, place: Office) -> None:
        assert signed_in(place.officer).get(address(None) + f"{YEAR}.docm").status_code == 404
