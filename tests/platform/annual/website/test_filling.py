"""What the platform fills in: every figure opens a list that comes to it; what is entered differently stands beside it with its reason."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from gongkai.platform.annual.actions import entering
from gongkai.platform.annual.actions.entering import Told
from gongkai.platform.annual.errors import Invalid
from gongkai.platform.annual.website import actions, queries
from gongkai.platform.annual.website.actions import Filled, SiteTold
from gongkai.platform.annual.website.fields import BY_KEY
from gongkai.platform.annual.website.filling import Source
from gongkai.platform.annual.website.queries import Cell, Sheet
from gongkai.platform.catalogue.models import ChannelRecord, Item
from gongkai.platform.journal.models import Entry
from tests.platform.cases.factories import at
from tests.platform.portal import making

from .conftest import Begun

TODAY = date(2024, 1, 15)


def sheet(it: Begun) -> Sheet:
    return queries.sheet(it.place.head, queries.kept(it.place.head, it.form.pk), TODAY)


def cell(it: Begun, key: str) -> Cell:
    return sheet(it).cells[key]


def item(it: Begun, title: str, kind: str, day: str, state: str = "published") -> Item:
    made = making.item(it.place.organ, title, state=state, kind=kind)
    Item.objects.filter(pk=made.pk).update(first_published_at=at(day) if state != "draft" else None)
    return made


def recorded(made: Item, channel: str, day: str, address: str = "") -> ChannelRecord:
    return ChannelRecord.objects.create(item=made, channel=channel, published_at=at(day), address=address, by=made.author, at=at(day))


class TestTheLedger:
    def test_the_years_figures_stand_in_their_boxes_and_nothing_else_is_invented(self, it: Begun) -> None:
        values = {key: value for key, value in sheet(it).values.items() if value is not None and BY_KEY[key].is_figure}

        assert values == {"published_total": "1800+", "published_news": "800+", "published_catalogue": "1000+", "messages_received": "48", "messages_done": "48"}

    def test_what_is_entered_of_the_website_and_the_organ_stands_in_its_boxes(self, it: Begun) -> None:
        values = sheet(it).values

        assert (values["site_name"], values["site_organ"], values["site_kind"]) == ("松荫县政府门户网站", it.place.organ.name, "portal")
        assert values["site_code"] is None

    def test_months_add_up_and_the_list_behind_comes_to_the_figure(self, it: Begun) -> None:
        when = at("2024-01-08")
        entering.enter(it.place.head, it.place.organ.pk, 2023, [Told("surveys", month, Decimal(month)) for month in (1, 2, 5)], at=when)
        entering.enter(it.place.head, it.place.organ.pk, 2023, [Told("surveys", 5, Decimal(6), reason="漏报")], at=when)
        found = queries.behind(it.place.head, queries.kept(it.place.head, it.form.pk), "surveys", 0, TODAY)

        assert (found.known.source, found.known.value) == (Source.LEDGER, "9")
        assert queries.added(found.entries) == 9 and len(found.known.ids) == sum(each.held for each in found.entries) == 3
        assert len(found.entries) == 4

    def test_zero_in_the_ledger_is_zero_and_a_figure_taken_back_is_blank(self, it: Begun) -> None:
        when = at("2024-01-08")
        entering.enter(it.place.head, it.place.organ.pk, 2023, [Told("interviews", 0, Decimal(0)), Told("responses", 0, Decimal(3))], at=when)
        before = (cell(it, "interviews").value, cell(it, "responses").value)
        entering.enter(it.place.head, it.place.organ.pk, 2023, [Told("responses", 0, None, reason="误登")], at=when)

        assert before == ("0", "3")
        assert cell(it, "responses").value is None


class TestTheCatalogue:
    def test_items_are_counted_by_kind_beside_the_ledger_and_open_as_a_list(self, it: Begun) -> None:
        for number, kind in enumerate(("news", "news", "functions", "interpretation", "announcement")):
            item(it, f"第{number}件", kind, f"2023-0{number + 1}-02")
        item(it, "去年的", "news", "2022-12-31")
        item(it, "今年的", "news", "2024-01-01")
        item(it, "草稿", "news", "2023-05-05", state="draft")
        counted = {key: each for key, one in sheet(it).cells.items() for which, each in enumerate(one.known) if each.source is Source.ITEMS}

        assert {key: each.value for key, each in counted.items()} == {
            "published_total": "5", "published_overview": "1", "published_news": "2", "published_catalogue": "2", "interpretations": "1",
        }  # fmt: skip
        for key, each in counted.items():
            which = [known.source for known in cell(it, key).known].index(Source.ITEMS)
            opened = queries.behind(it.place.head, queries.kept(it.place.head, it.form.pk), key, which, TODAY)
            assert len(opened.items) == len(each.ids) == int(each.value)
        assert cell(it, "published_total").differs and cell(it, "published_total").value == "1800+"

    def test_the_year_begins_at_midnight_in_beijing(self, it: Begun) -> None:
        made = item(it, "跨年", "functions", "2023-01-01")
        Item.objects.filter(pk=made.pk).update(first_published_at=at("2023-01-01", 0, 0))

        assert cell(it, "published_overview").value == "1"

    def test_wechat_and_weibo_count_their_records(self, it: Begun) -> None:
        made = item(it, "一件", "news", "2023-03-03")
        for day in ("2023-03-04", "2023-03-05", "2024-01-02"):
            recorded(made, "wechat", day)
        recorded(made, "newspaper", "2023-03-06")
        found = queries.behind(it.place.head, queries.kept(it.place.head, it.form.pk), "wechat_posts", 0, TODAY)

        assert cell(it, "wechat_posts").value == "2" == str(len(found.records))
        assert cell(it, "weibo_posts").value is None

    def test_another_website_of_the_organ_has_only_what_was_recorded_there(self, it: Begun) -> None:
        site = actions.keep_site(it.place.head, it.place.organ.pk, SiteTold("tax", "专项网站", "https://tax.songyin.gov.example/"), at=at("2024-01-08"))
        form = actions.begin(it.place.head, it.place.organ.pk, site.pk, 2023, at=at("2024-01-08"))
        made = item(it, "一件", "news", "2023-03-03")
        recorded(made, "site", "2023-03-04", "https://tax.songyin.gov.example/1.html")
        recorded(made, "site", "2023-03-05", "https://other.example/1.html")
        found = queries.sheet(it.place.head, queries.kept(it.place.head, form.pk), TODAY)

        assert {key: each.value for key, each in found.cells.items() if each.value and BY_KEY[key].is_figure} == {"published_total": "1", "published_news": "1"}
        assert queries.behind(it.place.head, queries.kept(it.place.head, form.pk), "published_total", 0, TODAY).records[0].address.endswith("1.html")

    def test_another_organ_counts_nothing_of_it(self, it: Begun) -> None:
        other = making.organ("qingyuan")
        made = making.item(other, "别人的", state="published", kind="functions")
        Item.objects.filter(pk=made.pk).update(first_published_at=at("2023-03-03"))

        assert cell(it, "published_overview").value is None


class TestEntering:
    def test_a_blank_box_is_entered_and_emptied_again(self, it: Begun) -> None:
        it.fill(visits="120,000", services_listed="是", messages_days="2.5", head="某某")
        before = sheet(it).values
        it.fill(visits="", head="")
        after = sheet(it).values

        assert (before["visits"], before["services_listed"], before["messages_days"], before["head"]) == ("120000", "yes", "2.5", "某某")
        assert (after["visits"], after["services_listed"], after["head"]) == (None, "yes", None)

    def test_a_figure_that_the_platform_knows_is_overridden_only_with_a_reason(self, it: Begun) -> None:
        with pytest.raises(Invalid) as refused:
            it.fill(messages_received="50", visits="7")
        untouched = it.now().entered
        it.fill(messages_received=Filled("50", "另有两条纸质来信"), visits="7")

        assert set(refused.value.fields) == {"messages_received"} and untouched == {}
        told = cell(it, "messages_received")
        assert (told.value, told.reason, told.differs, told.known[0].value) == ("50", "另有两条纸质来信", True, "48")

    def test_it_may_be_left_blank_on_purpose_with_a_reason(self, it: Begun) -> None:
        it.fill(messages_received=Filled("", "口径不同", blank=True))
        told = cell(it, "messages_received")
        it.fill(messages_received=Filled(""))

        assert (told.value, told.by_hand, told.differs) == (None, True, True)
        assert cell(it, "messages_received").value == "48"

    def test_what_says_the_same_as_the_platform_follows_the_platform(self, it: Begun) -> None:
        it.fill(messages_received="48", site_name="松荫县政府门户网站")

        assert it.now().entered == {} and it.now().steps_taken == 1

    def test_two_people_do_not_write_over_one_another(self, it: Begun) -> None:
        it.fill(visits=Filled("10", seen=""))
        it.fill(it.place.editor, services=Filled("3", seen=""))
        with pytest.raises(Invalid, match="别人刚刚把它改成"):
            it.fill(it.place.editor, visits=Filled("12", seen=""))
        it.fill(it.place.editor, visits=Filled("12", seen="10"))

        assert it.now().entered == {"visits": "12", "services": "3"}

    @pytest.mark.parametrize(
        "boxes", [{"visits": "很多"}, {"nothing": "1"}, {"visits": "1\x00"}, {"head": "某" * 61}, {"messages_received": Filled("1", "理" * 401)}, {"site_kind": "x"}]
    )
    def test_nothing_is_written_where_one_box_is_wrong(self, it: Begun, boxes: dict[str, str | Filled]) -> None:
        steps = it.now().steps_taken
        with pytest.raises(Invalid):
            it.fill(services="3", **boxes)

        assert (it.now().entered, it.now().steps_taken) == ({}, steps)

    def test_what_changed_is_in_the_steps_and_the_journal_names_the_boxes(self, it: Begun) -> None:
        it.fill(visits="10")
        it.fill(visits="12", services="3")
        step = queries.steps(it.now())[0]

        assert step.facts["changed"] == {"visits": ["10", "12"], "services": [None, "3"]}
        assert Entry.objects.filter(verb="annual.website_write").order_by("-id").first().changes["fields"] == ["services", "visits"]  # type: ignore[union-attr]


def test_last_years_published_form_stands_beside(it: Begun) -> None:
    actions.submit(it.place.head, it.form.pk, at=at("2024-01-10"))
    actions.approve(it.place.legal, it.form.pk, at=at("2024-01-11"))
    actions.publish(it.place.approver, it.form.pk, at=at("2024-01-12"))
    next_ = actions.begin(it.place.head, it.place.organ.pk, it.site.pk, 2024, at=at("2025-01-06"))
    found = queries.sheet(it.place.head, queries.kept(it.place.head, next_.pk), date(2025, 1, 6))

    assert (found.cells["messages_received"].before, found.cells["messages_received"].value) == ("48", None)
