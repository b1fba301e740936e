"""The pages of the workspace: a fixed number of statements, nothing of another organ, every cell a link to its records."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.formats import read
from gongkai.law.editions import BY_KEY
from gongkai.platform.annual.actions import entering, reporting
from gongkai.platform.annual.actions.entering import Told
from gongkai.platform.annual.models import Publication
from gongkai.platform.annual.queries import auditing, opening, working
from gongkai.platform.annual.stored import key_of
from gongkai.platform.organs import queries as organs
from gongkai.platform.organs.acting import MACHINE, Actor, Post
from gongkai.platform.organs.actions import change_settings
from gongkai.platform.organs.roles import RoleKind
from gongkai.report import exchange
from gongkai.report.tables import places
from tests.platform.cases.factories import at, office

from .conftest import Begun, Enter, ready

TODAY = date(2024, 1, 10)

PAGES = {
    "list": "/desk/organs/{slug}/annual/", "workspace": "/desk/annual/{pk}/", "cell of the ledger": "/desk/annual/{pk}/cell/active.licensing_decisions/",
    "cell of requests": "/desk/annual/{pk}/cell/applications.granted.natural/", "cell of remedies": "/desk/annual/{pk}/cell/remedies.reconsideration.total/",
    "changed": "/desk/annual/{pk}/changed/", "versions": "/desk/annual/{pk}/versions/", "difference": "/desk/annual/{pk}/versions/difference/?old=0&new=0",
    "preview": "/desk/annual/{pk}/preview/", "submit": "/desk/annual/{pk}/do/submit/", "compile": "/desk/annual/{pk}/do/compile/",
}  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_a_page_costs_at_most_eight_statements(page: str, it: Begun, enter: Enter) -> None:
    client = enter(it.place.head)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(PAGES[page].format(slug=it.place.organ.slug, pk=it.report.pk))

    assert answer.status_code == 200
    assert len(asked) <= 8, "\n".join(each["sql"][:150] for each in asked)


def test_the_workspace_costs_the_same_with_text_explanations_versions_and_last_years_report(it: Begun, enter: Enter) -> None:
    before = reporting.open_report(it.place.head, it.place.organ.pk, 2022, edition="2021", at=at("2023-01-08"))
    Publication.objects.create(
        report=before, organ=it.place.organ, year=2022, version=1, data=exchange.to_dict(auditing.whole(before)), digest="0" * 64, at=at("2023-01-30")
    )
    ready(it)
    client = enter(it.place.head)
    client.post(f"{it.address}keep/", {"section1": "还没有保存的话", "based_on": "1"})
    with CaptureQueriesContext(connection) as asked:
        shown = client.get(it.address).content.decode()

    assert "还没有保存的话" in shown
    assert "上年的这一部分" in shown or not before.prose[0]
    assert len(asked) <= 8, "\n".join(each["sql"][:150] for each in asked)


@pytest.mark.parametrize("page", [each for each in PAGES if each != "list"])
def test_another_organs_people_find_nothing(page: str, it: Begun, enter: Enter) -> None:
    other = office("elsewhere")

    assert enter(other.head).get(PAGES[page].format(slug="", pk=it.report.pk)).status_code == 404
    assert enter(it.place.editor).get(PAGES[page].format(slug="", pk=it.report.pk)).status_code == 404


def test_another_organs_people_change_nothing(it: Begun, enter: Enter) -> None:
    client = enter(office("elsewhere").head)
    posted = [client.post(it.address, {"section1": "别人的话", "based_on": "0", "do": "save"}), client.post(f"{it.address}keep/", {"section1": "x"})]
    posted += [client.post(f"{it.address}live/", {"section1": "x"}), client.post(f"{it.address}do/compile/"), client.get(f"{it.address}report.json")]

    assert [each.status_code for each in posted] == [404] * 5
    assert it.now().prose_number == 0


def test_every_cell_of_the_three_tables_is_a_link_that_opens(it: Begun, enter: Enter) -> None:
    client = enter(it.place.head)
    shown = client.get(it.address).content.decode()
    edition = BY_KEY["2021"]
    cells = [key_of(each) for each in places(edition, edition)]

    assert all(f"{it.address}cell/{key}/" in shown for key in cells)
    assert {client.get(f"{it.address}cell/{key}/").status_code for key in cells[::9]} == {200}
    assert client.get(f"{it.address}cell/applications.nothing.total/").status_code == 404


@pytest.mark.parametrize("key", ["applications.new_received.natural", "applications.granted.total", "applications.carried_forward.total", "remedies.reconsideration.total"])
def test_the_list_behind_a_figure_is_as_long_as_the_figure(key: str, it: Begun) -> None:
    found = opening.cell(it.place.head, it.report.pk, key, TODAY)

    assert len(found.rests.rows) == found.rests.total == found.value


def test_the_months_behind_a_figure_add_up_to_it(it: Begun) -> None:
    found = opening.cell(it.place.head, it.report.pk, "active.licensing_decisions", TODAY)

    assert len([each for each in found.rests.entries if each.held]) == 12
    assert sum(each.value or 0 for each in found.rests.entries if each.held) == found.value == 15160


def test_whoever_may_not_read_requests_is_told_their_numbers_alone(it: Begun) -> None:
    reviewer = Actor(it.place.legal.person, "审核", (Post(RoleKind.REVIEWER, it.place.organ.pk),))
    seen, masked = (opening.cell(who, it.report.pk, "applications.granted.total", TODAY).rests.rows[0] for who in (it.place.head, reviewer))

    assert (seen.title, seen.who) == ("征地补偿安置方案", "柳*烟")
    assert (masked.number, masked.title, masked.who) == (seen.number, "", "")


def test_a_figure_entered_after_compiling_is_shown_as_not_counted(it: Begun, enter: Enter) -> None:
    entering.enter(it.place.head, it.place.organ.pk, 2023, [Told("coercion_decisions", 0, Decimal(53), reason="漏报一件")], at=at("2024-01-20"))
    found = opening.cell(it.place.head, it.report.pk, "active.coercion_decisions", TODAY)
    view, rows = working.changed(it.place.head, it.report.pk, TODAY)
    shown = enter(it.place.head).get(it.address).content.decode()

    assert [(str(each.value), each.held, each.later) for each in found.rests.entries] == [("52.000000", True, False), ("53.000000", False, True)]
    assert [(each.key, each.change.a.value, each.change.b.value) for each in rows] == [("active.coercion_decisions", 52, 53)]
    assert "汇编以后，台账里表二有 1 格变了" in shown
    assert view.may("compile")


def test_the_files_read_back_to_the_report(it: Begun, enter: Enter) -> None:
    ready(it)
    client = enter(it.place.head)
    report = working.printed_of(it.now())

    for form in ("json", "html", "docx", "xlsx"):
        answer = client.get(f"{it.address}report.{form}")
        assert answer.status_code == 200
        assert read(f"report.{form}", answer.content).report.applications == report.applications, form
    assert client.get(f"{it.address}report.exe").status_code == 404


def test_a_citizens_name_is_nowhere_but_behind_the_cell(it: Begun, enter: Enter) -> None:
    client = enter(it.place.head)

    assert "柳如烟" not in "".join(client.get(PAGES[page].format(slug=it.place.organ.slug, pk=it.report.pk)).content.decode() for page in PAGES)


def test_the_day_by_which_it_is_due_follows_the_organ_and_its_own_setting(it: Begun) -> None:
    organ = organs.organ_by_id(it.place.organ.pk)
    due = working.due_of(organ, 2023, TODAY)
    change_settings(MACHINE, it.place.organ.pk, {"report_days_early": 11}, since=date(2024, 1, 1), at=at("2024-01-09"))
    earlier = working.due_of(organs.organ_by_id(it.place.organ.pk), 2023, TODAY)

    assert (due.on, due.local, due.rule.basis) == (date(2024, 3, 31), False, "条例第四十九条第二款")
    assert (earlier.on, earlier.local) == (date(2024, 3, 20), True)


def test_a_cell_that_was_added_up_opens_the_organs(it: Begun, enter: Enter) -> None:
    report = it.now()
    report.behind = {"applications.granted.total": {"source": "organs", "ids": [0], "values": ["1"], "counted": None, "entered": None}}
    report.save()
    found = opening.cell(it.place.head, it.report.pk, "applications.granted.total", TODAY)

    assert [(each.received, each.name, each.value) for each in found.rests.organs] == [(0, it.place.organ.name, "1")]
    assert enter(it.place.head).get(f"{it.address}cell/applications.granted.total/").status_code == 200
