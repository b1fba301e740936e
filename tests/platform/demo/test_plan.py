"""The plan of the demo, without a database: what there will be, and that it reads right."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from gongkai.law.publication import CATEGORIES, LOCAL_CATEGORIES
from gongkai.platform.catalogue.choices import Kind
from gongkai.platform.demo import accounts, annual
from gongkai.platform.demo.drafting import Desk
from gongkai.platform.demo.places import PLACES, code
from gongkai.platform.demo.plan import Plan, plan
from gongkai.platform.demo.staff import MEMBERS
from gongkai.platform.demo.texts import FOOTER, library
from gongkai.platform.documents import cleaning, gate
from gongkai.platform.organs.codes import wrong_organ_code
from gongkai.report.identities import assess

TODAY = date(2026, 11, 22)
LEADERS = ("习近平", "李强", "马兴瑞", "艾尔肯·吐尼亚孜", "李克强", "陈小江", "陈全国", "雪克来提·扎克尔")


@pytest.fixture(scope="module")
def planned() -> Plan:
    return plan(TODAY)


@pytest.fixture(scope="module")
def typed(planned: Plan) -> dict[str, object]:
    desk = Desk(planned.entries.values())
    return {key: desk.typed(entry).draft for key, entry in planned.entries.items()}


def test_there_are_at_least_four_hundred_items_of_every_kind_and_year(planned: Plan, typed: dict) -> None:
    kinds = Counter(str(draft.kind) for draft in typed.values())
    years = Counter(entry.formed.year for entry in planned.entries.values())

    assert len(planned.entries) >= 300
    assert set(kinds) == {kind.value for kind in Kind}
    assert set(years) == set(range(2019, 2027)) and min(years.values()) >= 10


def test_the_county_has_something_under_every_item_of_article_20_and_its_part_of_article_21(planned: Plan, typed: dict) -> None:
    found = {draft.category for key, draft in typed.items() if planned.entries[key].organ.startswith("shule")}

    assert {category.key for category in CATEGORIES} <= found
    assert {category.key for category in LOCAL_CATEGORIES} <= found


def test_the_same_day_gives_the_same_plan_and_another_day_one_that_can_be_made(planned: Plan) -> None:
    later = plan(TODAY + timedelta(days=100))

    assert plan(TODAY) == planned
    assert len(later.entries) > 300 and all(deed.at.date() < TODAY + timedelta(days=100) for deed in later.deeds)


def test_deeds_come_in_the_order_of_time_and_only_on_items_that_were_begun(planned: Plan) -> None:
    begun: set[str] = set()
    for before, after in zip(planned.deeds, planned.deeds[1:], strict=False):
        assert before.at <= after.at
    for deed in planned.deeds:
        if deed.verb == "create":
            begun.add(deed.key)

        assert not deed.key or deed.key in begun
        assert "target" not in deed.told or deed.told["target"] in begun


def test_every_text_is_used_cleaned_without_loss_and_says_that_it_is_a_demonstration(planned: Plan, typed: dict) -> None:
    assert {entry.text for entry in planned.entries.values()} >= set(library()) - {"licensing-results", "emergency-response"}
    for draft in typed.values():
        assert "{" not in draft.body + draft.title + draft.summary
        assert cleaning.plain(draft.body) == cleaning.plain(cleaning.clean(draft.body))
        assert draft.access != "proactive" or FOOTER in draft.body or "演示说明" in draft.body


def test_the_gate_stops_only_what_is_there_to_be_stopped(planned: Plan, typed: dict) -> None:
    stopped = {
        key: found.code
        for key, draft in typed.items()
        for found in gate.check(draft.body, draft.title)
        if found.severity is gate.Severity.BLOCK
    }

    assert sorted(stopped.values()) == ["bank_card", "identity_card"]
    assert {planned.entries[key].fate for key in stopped} == {"waived", "returned_secrecy"}


def test_numbers_of_documents_are_marked_as_demo_and_given_once_in_an_organ(planned: Plan, typed: dict) -> None:
    numbers = Counter((planned.entries[key].organ, draft.document_number) for key, draft in typed.items() if "〔" in draft.document_number)

    assert set(numbers.values()) == {1}
    assert all("示" in number for _, number in numbers)


def test_names_are_invented_and_each_is_had_once(typed: dict) -> None:
    names = [member.name for member in MEMBERS]

    assert len(names) == len(set(names)) and not set(names) & set(LEADERS)
    assert not any(leader in draft.body + draft.title for draft in typed.values() for leader in LEADERS)


def test_accounts_are_told_with_their_roles_and_organs() -> None:
    told = {account.login: account for account in accounts()}

    assert told["shule-approver"].roles_zh == "签发人" and told["shule-approver"].organ == "疏勒县人民政府"
    assert told["demo-admin"].roles_zh == "系统管理员"
    assert len({account.password for account in told.values()}) == 1


def test_organisation_codes_have_right_check_characters() -> None:
    assert not any(wrong_organ_code(code(place)) for place in PLACES)


def test_annual_reports_tell_the_figures_of_the_samples(planned: Plan) -> None:
    desk = Desk(planned.entries.values())
    shule = next(entry for entry in planned.entries.values() if entry.text == "annual-shule")
    read = annual.report("shule", "疏勒县人民政府", "标题", 2023, shule.formed, desk.typed(shule).filled.markdown)

    assert read.figure("licensing_decisions") == 15160 and str(read.figure("fee_amount")) == "937.08"
    assert read.applications["new_received"] == (6, 0, 0, 0, 0, 0, 6) and read.applications["results_total"][-1] == 6
    assert [section.number for section in read.sections] == [1, 5, 6]


def test_invented_annual_reports_add_up_from_year_to_year(planned: Plan) -> None:
    desk = Desk(planned.entries.values())
    for entry in planned.entries.values():
        if entry.text == "annual-department":
            filled = desk.typed(entry).filled
            read = annual.report(entry.organ, "疏勒县市场监督管理局", filled.title, entry.year, entry.formed, filled.markdown)

            assert all(check.state.value != "fails" for check in assess(read))
            assert annual.printed(entry.organ, entry.year).requests["carried_over"] == annual.forward(entry.organ, entry.year - 1)
