"""What gongkai counts itself stands beside what was entered, by month and channel; the list behind a count is as long as the count."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.platform.annual import beside, counting, tokens
from gongkai.platform.annual.actions import entering, reporting
from gongkai.platform.annual.actions.entering import Told
from gongkai.platform.annual.models import FigureEntry
from gongkai.platform.annual.queries import auditing, publications
from gongkai.platform.annual.queries import sheet as sheets
from gongkai.platform.catalogue import actions as catalogue
from gongkai.platform.catalogue.choices import Kind, State
from gongkai.platform.catalogue.queries.published import Counted
from tests.platform.catalogue.factories import NOW, County, brought_to, county

from .conftest import Enter

OCTOBER = NOW - timedelta(days=40)  # 十月十一日


def test_rows_of_the_catalogue_become_places_of_the_ledger() -> None:
    rows = [
        Counted("site", "news", 1, 5, None), Counted("site", "policy", 1, 2, None), Counted("site", "normative", 3, 1, None), Counted("site", "interpretation", 3, 4, None),
        Counted("wechat", "", 1, 3, 900), Counted("radio", "", 2, 1, None), Counted("television", "", 2, 2, None), Counted("gazette", "", 5, 1, 7),
    ]
    months = counting.by_month(rows)

    assert counting.by_year(months) == {
        ("published", ""): 19, ("published", "site"): 12, ("published", "site_news"): 5, ("published", "site_information"): 7, ("published", "wechat"): 3,
        ("published", "broadcast"): 3, ("published", "other"): 1, ("policies", ""): 3, ("interpretations", ""): 4, ("reads", "wechat"): 900, ("reads", "other"): 7,
    }
    assert months["published", "site"] == {1: 7, 3: 5}


def test_nothing_in_the_catalogue_is_no_count_and_not_zero() -> None:
    assert counting.by_month([]) == {}


@pytest.fixture
def filled(db: None) -> County:
    """Published in 2026: two policies in October, one of them withdrawn since; an interpretation and news in November, some elsewhere too."""
    place = county()
    made = [
        published(place, OCTOBER, Kind.POLICY), published(place, OCTOBER, Kind.NORMATIVE), published(place, NOW, Kind.INTERPRETATION),
        published(place, NOW, Kind.NEWS), published(place, NOW - timedelta(days=400), Kind.NEWS),
    ]
    catalogue.withdraw(place.approver, made[1], reason="内容有误", at=NOW)
    for item, channel, reads in ((made[0], "wechat", 300), (made[0], "radio", None), (made[2], "wechat", 50), (made[3], "archive", None), (made[3], "site", None)):
        catalogue.record_channel(place.editor, item, channel=channel, published_at=NOW, reads=reads, at=NOW + timedelta(hours=1))
    entering.enter(place.office, place.bureau.pk, 2026, [Told("published", 0, Decimal(90), about=True), Told("policies", 10, Decimal(2))], at=NOW)
    return place


def published(place: County, at: datetime, kind: Kind) -> int:
    return brought_to(place, State.PUBLISHED, at=at, kind=kind, formed_on=(at - timedelta(days=3)).date(), title=f"{kind.value}的一件").pk


def test_the_ledger_shows_by_month_what_is_counted_beside_what_was_entered(filled: County) -> None:
    lines = {(line.indicator.key, line.channel): line for line in sheets.sheet(filled.office, filled.bureau.pk, 2026).lines}
    told = {place: (line.counted, dict(line.counted_months)) for place, line in lines.items() if line.counted is not None and place in counting.SOURCES}

    assert told == {
        ("published", ""): (7, {10: 2, 11: 5}), ("published", "site"): (4, {10: 2, 11: 2}), ("published", "site_news"): (1, {11: 1}),
        ("published", "site_information"): (3, {10: 2, 11: 1}), ("published", "wechat"): (2, {11: 2}), ("published", "broadcast"): (1, {11: 1}),
        ("policies", ""): (2, {10: 2}), ("interpretations", ""): (1, {11: 1}), ("reads", "wechat"): (350, {11: 350}),
    }
    assert lines["published", ""].miscounted and not lines["policies", ""].miscounted
    assert FigureEntry.objects.count() == 2


@pytest.mark.parametrize("place", [".".join(part for part in place if part) for place in counting.SOURCES])
def test_the_list_behind_a_count_is_as_long_as_the_count(place: str, filled: County) -> None:
    year = publications.listed(filled.office, filled.bureau.pk, 2026, place)
    months = [publications.listed(filled.office, filled.bureau.pk, 2026, place, month=month) for month in range(1, 13)]

    assert len(year.rows) == year.number
    assert year.counted == (sum(row.reads or 0 for row in year.rows) if year.reads else len(year.rows))
    assert sum(month.counted for month in months) == year.counted
    assert [row.at for row in year.rows] == sorted(row.at for row in year.rows if row.at)


def test_the_pages_show_both_flag_the_difference_and_open_the_list(filled: County, enter: Enter) -> None:
    client, address = enter(filled.office), f"/desk/organs/{filled.bureau.slug}/figures/2026/"
    shown = client.get(address).content.decode()
    month = client.get(f"{address}publication/11/").content.decode()
    listed = client.get(f"{address}counted/published/").content.decode()

    assert "“发布信息（合计）”登记 90余，平台从目录里数到 7" in shown
    assert "“政策文件”登记" not in shown
    assert f"{address}counted/published.site/?month=10" in shown and "数到 2" in shown
    assert "平台从目录里数到 5" in month
    assert "登记的是 90余，平台数到 7" in listed and listed.count("data-row") == 7
    assert client.get(f"{address}counted/normative_made/").status_code == 200


@pytest.mark.parametrize("page", ["", "publication/11/", "counted/published/", "counted/reads.wechat/?month=11", "counted/published.site/?page=2", "counted/normative_made/"])
def test_the_pages_cost_at_most_eight_statements(page: str, filled: County, enter: Enter) -> None:
    client = enter(filled.office)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(f"/desk/organs/{filled.bureau.slug}/figures/2026/{page}")

    assert answer.status_code == 200
    assert len(asked) <= 8, "\n".join(each["sql"][:150] for each in asked)


@pytest.mark.parametrize("page", [
    "counted/oops/", "counted/published.nowhere/", "counted/fee_amount/", "counted/hotline_help/", "counted/published/?month=13", "counted/published/?month=٣", "counted/published/?month=-1",
    f"counted/{'x' * 90}/", "counted/published.site.site/", "counted/normative_made/?month=3", "counted/%00/",
])  # fmt: skip
def test_there_is_no_such_list(page: str, filled: County, enter: Enter) -> None:
    assert enter(filled.office).get(f"/desk/organs/{filled.bureau.slug}/figures/2026/{page}").status_code == 404


def test_another_organs_people_see_no_list(filled: County, enter: Enter) -> None:
    assert enter(filled.stranger).get(f"/desk/organs/{filled.bureau.slug}/figures/2026/counted/published/").status_code == 404


def test_the_tokens_of_a_report_show_both_and_the_counted_one_is_a_token_of_its_own(filled: County, enter: Enter) -> None:
    report = reporting.open_report(filled.office, filled.bureau.pk, 2026, edition="2021", at=NOW)
    knowledge = auditing.knowledge_of(report)
    offered = {each.name: each for each in beside.offers(knowledge)}
    shown = enter(filled.office).get(f"/desk/annual/{report.pk}/").content.decode()

    assert (offered["published"].printed, offered["published"].counted, offered["published"].miscounted) == ("90余", 7, True)
    assert offered["policies"].counted == 2 and not offered["policies"].miscounted
    assert "published.wechat" not in offered and offered["counted.published.wechat"].printed == "2"
    assert tokens.filled("{{published}}、{{counted.published}}、{{counted.published.wechat}}、{{published.wechat}}", knowledge) == tokens.Filled(
        "90余、7、2、{{published.wechat}}", ("published.wechat",)
    )
    assert "平台数到 7" in shown and f"/figures/{date(2026, 1, 1).year}/counted/published/" in shown
