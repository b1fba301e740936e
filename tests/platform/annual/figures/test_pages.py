"""The ledger's pages: what is entered, what was corrected, what differs; blank is not zero; nothing typed is lost."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.platform.annual.actions import entering
from gongkai.platform.annual.actions.entering import Told
from gongkai.platform.annual.indicators import INDICATORS, Topic
from gongkai.platform.annual.models import FigureEntry
from gongkai.platform.annual.queries import sheet as sheets
from gongkai.platform.demo.figures import told
from gongkai.platform.organs.acting import MACHINE
from tests.platform.cases.factories import Office, at, entered, office

from .conftest import Enter

BASE = "/desk/organs/songyin/figures/"
PAGES = {
    "year": "2023/", "records": "2023/records/", "one place": "2023/records/?indicator=hotline_help&channel=", "month": "2023/hotline/3/", "whole": "2023/active/0/",
    "import": "2023/import/", "export": "2023/figures.xlsx", "template": "2023/template.xlsx",
}  # fmt: skip
WHEN = at("2024-01-08")


@pytest.fixture
def filled(place: Office) -> Office:
    entering.enter(place.head, place.organ.pk, 2023, told("shule", 2023), at=WHEN)
    return place


def typed(**values: str) -> dict[str, str]:
    """A posted form: names of fields with their dots written as two underlines."""
    return {name.replace("__", "."): value for name, value in values.items()}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_costs_at_most_eight_statements(page: str, filled: Office, enter: Enter) -> None:
    entered(filled, on="2023-03-06")
    client = enter(filled.head)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(BASE + PAGES[page])

    assert answer.status_code == 200
    assert len(asked) <= 8, "\n".join(each["sql"][:150] for each in asked)


@pytest.mark.parametrize("page", PAGES)
def test_another_organs_people_find_nothing(page: str, filled: Office, enter: Enter) -> None:
    assert enter(office("elsewhere").head).get(BASE + PAGES[page]).status_code == 404


@pytest.mark.parametrize("page", ["year", "records", "export"])
def test_who_only_answers_for_the_report_reads_and_does_not_enter(page: str, filled: Office, enter: Enter) -> None:
    client = enter(filled.approver)
    shown = client.get(BASE + PAGES[page])

    assert shown.status_code == 200
    assert b"/2023/hotline/3/" not in shown.content
    assert [client.get(BASE + PAGES[each]).status_code for each in ("month", "import", "template")] == [403] * 3
    assert client.post(f"{BASE}2023/hotline/3/", typed(hotline_help__="5")).status_code == 403


def test_blank_is_a_dash_and_zero_is_a_zero(place: Office, enter: Enter) -> None:
    entering.enter(place.head, place.organ.pk, 2023, [Told("trainings", 3, Decimal(0))], at=WHEN)
    shown = enter(place.head).get(f"{BASE}2023/").content.decode()
    cells = re.findall(r"<td.*?</td>", shown[shown.index("培训次数") : shown.index("培训人次")], re.S)
    words = [re.sub(r"<[^>]+>|\s", "", cell) for cell in cells]

    assert words == ["—", "—", "0", *["—"] * 10, "0"]


def test_a_correction_stands_beside_what_was_entered_before_with_who_and_why(place: Office, enter: Enter) -> None:
    entering.enter(place.officer, place.organ.pk, 2023, [Told("trained", 3, Decimal(120), evidence="签到表")], at=WHEN)
    entering.enter(place.head, place.organ.pk, 2023, [Told("trained", 3, Decimal(12), evidence="签到表", reason="多写了一个零")], at=at("2024-01-09"))
    client = enter(place.head)
    shown, kept = client.get(f"{BASE}2023/").content.decode(), client.get(f"{BASE}2023/records/?indicator=trained&channel=").content.decode()

    assert re.search(r"12\s*<s class=\"was\">.*?120</s>", shown)
    assert "多写了一个零" in kept and "签到表" in kept and "<s>120</s>" in kept and "已更正" in kept


def test_stated_totals_and_counts_that_differ_are_said(filled: Office, enter: Enter) -> None:
    entering.enter(filled.head, filled.organ.pk, 2023, [Told("hotline_other", 0, Decimal(13), reason="补报")], at=WHEN)
    shown = enter(filled.head).get(f"{BASE}2023/").content.decode()

    assert "登记 12102" in shown and "相加是 12103" in shown
    assert "与分项不符" in shown


def test_what_gongkai_counts_stands_beside_what_was_entered(filled: Office, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "documents", lambda organ, year: {"normative_made": (1, 2, 3), "rules_made": ()})
    found = sheets.sheet(filled.head, filled.organ.pk, 2023)
    lines = {line.indicator.key: line for line in found.lines if not line.channel}
    shown = enter(filled.head).get(f"{BASE}2023/").content.decode()

    assert (lines["normative_made"].counted, lines["normative_made"].miscounted) == (3, True)
    assert lines["rules_made"].counted is None
    assert "登记 1，平台从目录里数到 3" in shown


def test_the_other_edition_can_be_chosen_and_what_was_entered_in_it_stays(place: Office, enter: Enter) -> None:
    client = enter(place.head)
    assert "上一年项目数量" not in client.get(f"{BASE}2023/").content.decode()
    assert "上一年项目数量" in client.get(f"{BASE}2023/?edition=2019").content.decode()
    client.post(f"{BASE}2023/active/0/?edition=2019", typed(penalty_delta__="-3") | {"edition": "2019"})

    assert "行政处罚：本年增/减" in client.get(f"{BASE}2023/").content.decode()
    assert FigureEntry.objects.get().value == -3


def test_a_month_is_entered_on_one_form_and_leads_to_the_next(place: Office, enter: Enter) -> None:
    answer = enter(place.editor).post(
        f"{BASE}2023/publication/3/", typed(published__site="1,234", published__wechat="８９00余", reads__wechat="", evidence="后台统计", do="next")
    )
    kept = {each.channel: (int(each.value or 0), each.about, each.evidence, each.by_id) for each in FigureEntry.objects.all()}

    assert answer.headers["Location"] == f"{BASE}2023/publication/4/"
    assert kept == {"site": (1234, False, "后台统计", place.editor.person or 0), "wechat": (8900, True, "后台统计", place.editor.person or 0)}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("一百二十", "请用阿拉伯数字"), ("42万", "请写成完整的数"), ("=1+1", "这是公式"), ("-3", "不能为负"), ("1.5", "应为整数"), ("1" * 14, "数字过大"), ("1" * 50, "应为一个数"),
        ("12件", "不带单位"), ("98%", "不是比例"), ("—", "请空着"), ("1e5", "应为一个数"), ("<script>", "应为一个数"), ("٣", "应为一个数"), ("1,23", "应为一个数"),
    ],
)  # fmt: skip
def test_what_is_no_figure_is_refused_at_its_field_and_nothing_typed_is_lost(text: str, why: str, place: Office, enter: Enter) -> None:
    answer = enter(place.head).post(f"{BASE}2023/training/3/", typed(trainings__=text, trained__="77", evidence="签到表"))
    shown = answer.content.decode()

    assert answer.status_code == 422
    assert why in shown and 'aria-describedby="f-trainings-all_error"' in shown
    assert 'name="trained." value="77"' in shown and 'value="签到表"' in shown
    assert text not in ("<script>",) or "<script>" not in shown.split("<form", 2)[-1].split("</form>")[0]
    assert not FigureEntry.objects.exists()


def test_a_figure_that_changes_needs_its_reason_and_one_left_alone_does_not(place: Office, enter: Enter) -> None:
    entering.enter(place.head, place.organ.pk, 2023, [Told("trainings", 3, Decimal(4)), Told("trained", 3, Decimal(90))], at=WHEN)
    client, there = enter(place.head), f"{BASE}2023/training/3/"
    seen = {"seen.trainings.": "4", "seen.trained.": "90", "trained.": "90"}
    refused = client.post(there, seen | {"trainings.": "5", "reason.trainings.": ""})
    done = client.post(there, seen | {"trainings.": "5", "reason.trainings.": "漏报一次"})

    assert refused.status_code == 422 and "已登记过 4，更正请写明理由" in refused.content.decode()
    assert done.status_code == 302
    assert [str(each.value.normalize()) for each in FigureEntry.objects.filter(indicator="trainings").order_by("id") if each.value is not None] == ["4", "5"]
    assert FigureEntry.objects.filter(indicator="trained").count() == 1


def test_what_a_colleague_entered_meanwhile_is_not_taken_back_by_a_field_left_blank(place: Office, enter: Enter) -> None:
    entering.enter(place.officer, place.organ.pk, 2023, [Told("trained", 3, Decimal(90))], at=WHEN)
    answer = enter(place.head).post(f"{BASE}2023/training/3/", typed(trainings__="4", trained__="", seen__trained__=""))

    assert answer.status_code == 302
    assert FigureEntry.objects.get(indicator="trained").value == 90


def test_a_figure_is_taken_back_with_a_reason_and_is_unknown_again(place: Office, enter: Enter) -> None:
    entering.enter(place.head, place.organ.pk, 2023, [Told("trainings", 3, Decimal(4))], at=WHEN)
    enter(place.head).post(f"{BASE}2023/training/3/", {"trainings.": "", "seen.trainings.": "4", "reason.trainings.": "登错了月份"})
    line = next(each for each in sheets.sheet(place.head, place.organ.pk, 2023).lines if each.indicator.key == "trainings")

    assert line.figure is None and line.holding(3) is None and len(line.months[3]) == 2


def test_what_was_typed_before_the_session_ended_is_back_after_signing_in(place: Office, enter: Enter) -> None:
    client, there = enter(place.head), f"{BASE}2023/training/3/"
    ticket = re.search(r'name="ticket" value="([^"]+)"', client.get(there).content.decode())
    assert ticket
    session = client.session
    cookies = client.cookies["sessionid"].value
    client.logout()
    away = client.post(there, typed(trainings__="6", evidence="签到表") | {"ticket": ticket[1]})

    assert away.status_code == 302 and "next=" in away.headers["Location"]
    assert cookies != "" and session is not None
    assert client.session["desk_held"]["path"] == there


@pytest.mark.parametrize("bad", ["2007/", "2999/", "2023/nothing/3/", "2023/training/13/", "2023/import/99999/"])
def test_what_is_not_there_is_404(bad: str, place: Office, enter: Enter) -> None:
    assert enter(place.head).get(BASE + bad).status_code == 404


def test_the_address_without_a_year_leads_to_the_one_being_worked_on(place: Office, enter: Enter) -> None:
    answer = enter(place.head).get(BASE)

    assert re.fullmatch(rf"{BASE}20\d\d/", answer.headers["Location"])


def test_every_indicator_has_its_line_and_the_navigation_leads_here(place: Office, enter: Enter) -> None:
    found = sheets.sheet(MACHINE, place.organ.pk, 2023)
    shown = enter(place.editor).get("/desk/").content.decode()

    assert {line.indicator.key for line in found.lines} == {each.key for each in INDICATORS if each.topic is not Topic.ACTIVE or "2021" in each.editions}
    assert f'href="{BASE}"' in shown and "数据台账" in shown
