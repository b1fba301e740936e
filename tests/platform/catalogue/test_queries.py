"""What the desk reads: who sees what, in how many statements, whatever the size of the page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.platform.catalogue import actions, queries
from gongkai.platform.catalogue.choices import State
from gongkai.platform.catalogue.errors import NotFound
from gongkai.platform.catalogue.queries import ItemFilter
from gongkai.platform.organs.acting import PUBLIC

from .factories import DRAFT, NOW, County, brought_to, drafted


def statements(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection, ) as seen:
        ask()
    return len(seen)


class TestItemsOfAnOrgan:
    def test_a_list_costs_three_statements_whatever_its_size(self, place: County) -> None:
        for number in range(3):
            drafted(place, title=f"第{number}件")
        few = statements(lambda: queries.items(place.editor, place.bureau.pk, at=NOW))
        for number in range(30):
            drafted(place, title=f"又{number}件")
        many = statements(lambda: queries.items(place.editor, place.bureau.pk, at=NOW, size=50))

        assert few == many == 3

    def test_filters_narrow_and_the_order_holds(self, place: County) -> None:
        late = drafted(place, title="很早形成的通知", formed_on=date(2026, 9, 1))
        soon = drafted(place, title="快到期的通知", formed_on=date(2026, 10, 27))
        fine = drafted(place, title="刚形成的公告", formed_on=date(2026, 11, 19))
        published = brought_to(place, State.PUBLISHED, title="已经公开的")

        def found(**narrow: object) -> list[int]:
            return [row.id for row in queries.items(place.editor, place.bureau.pk, ItemFilter(**narrow), "due", at=NOW).rows]  # type: ignore[arg-type]

        assert found(light="overdue") == [late.pk]
        assert found(light="soon") == [soon.pk]
        assert found(light="fine") == [fine.pk]
        assert found(state="published") == [published.pk]
        assert found(q="公告") == [fine.pk]
        assert found(q=published.index_number) == [published.pk]
        assert found(mine=True)[:2] == [late.pk, soon.pk]
        assert found(year=2025) == []

    def test_discarded_items_are_listed_only_when_asked_for(self, place: County) -> None:
        gone = brought_to(place, State.DISCARDED)

        assert queries.items(place.editor, place.bureau.pk, at=NOW).total == 0
        assert [row.id for row in queries.items(place.editor, place.bureau.pk, ItemFilter(state="discarded"), at=NOW).rows] == [gone.pk]

    def test_a_foreign_organ_is_as_if_it_were_not_there(self, place: County) -> None:
        item = drafted(place)
        for nosy in (place.stranger, place.administrator, place.supervisor, PUBLIC):
            for ask in (
                lambda who: queries.items(who, place.bureau.pk, at=NOW),
                lambda who: queries.item(who, item.pk, NOW),
                lambda who: queries.counts(who, place.bureau.pk),
                lambda who: queries.revision(who, item.pk, 1),
                lambda who: queries.file(who, item.pk, 1),
            ):
                with pytest.raises(NotFound) as refused:
                    ask(nosy)

                assert DRAFT.title not in str(refused.value)
            assert queries.waiting(nosy, NOW).total == 0
            assert queries.item_by_number(nosy, str(item.pk)) is None


class TestTheItemsPage:
    def test_it_shows_everything_in_at_most_eight_statements(self, place: County) -> None:
        item = brought_to(place, State.RECHECKED)
        count = statements(lambda: queries.item(place.editor, item.pk, NOW))
        view = queries.item(place.editor, item.pk, NOW)

        assert count <= 8
        assert [step.action for step in view.steps] == ["create", "submit", "review", "clear", "approve", "recheck"]
        assert view.steps[3].person == "赵保密"
        assert view.revision.draft.title == DRAFT.title
        assert view.published == 1
        assert view.clock is not None
        assert not view.clock.met_late
        assert view.organ.name == place.bureau.name
        assert view.may("revise")
        assert not view.may("withdraw")

    def test_an_action_that_is_not_allowed_says_why(self, place: County) -> None:
        item = brought_to(place, State.IN_REVIEW)
        mine = {choice.action: choice for choice in queries.item(place.editor, item.pk, NOW).actions}
        theirs = {choice.action: choice for choice in queries.item(place.reviewer, item.pk, NOW).actions}

        assert theirs["review"].allowed
        assert "审核员" in mine["review"].why_zh
        assert not mine["review"].role
        assert "待审核" in mine["save"].why_zh
        assert mine["save"].role


class TestWaiting:
    def test_each_sees_what_waits_for_them_and_never_their_own_draft(self, place: County) -> None:
        for state in (State.IN_REVIEW, State.IN_SECRECY_REVIEW, State.REFERRED, State.IN_APPROVAL, State.RETURNED, State.SCHEDULED, State.PUBLISHED, State.DRAFT):
            brought_to(place, state)

        def keys(who: object) -> dict[str, int]:
            return {group.key: group.total for group in queries.waiting(who, NOW).groups}  # type: ignore[arg-type]

        assert keys(place.editor) == {"returned": 1, "scheduled": 1, "drafts": 1}
        assert keys(place.reviewer) == {"review": 1, "recheck": 1}
        assert keys(place.secrecy) == {"secrecy": 1, "referred": 1, "recheck": 1}
        assert keys(place.approver) == {"approve": 1, "scheduled": 1}
        assert keys(place.second_editor) == {}

    def test_it_costs_three_statements_whatever_waits(self, place: County) -> None:
        for _ in range(12):
            brought_to(place, State.IN_REVIEW, formed_on=date(2026, 9, 1))
        found = queries.waiting(place.reviewer, NOW)

        assert statements(lambda: queries.waiting(place.reviewer, NOW)) == 3
        assert found.groups[0].total == 12
        assert len(found.groups[0].rows) == 8
        assert (found.overdue, found.soon) == (12, 0)

    def test_withheld_items_come_back_when_their_review_is_due(self, place: County) -> None:
        item = brought_to(place, State.FILED)

        assert item.next_review_on == date(2027, 11, 20)
        assert queries.waiting(place.secrecy, NOW + timedelta(days=360)).group("withheld") is None
        assert queries.waiting(place.secrecy, NOW + timedelta(days=366)).group("withheld") is not None


def test_what_is_typed_and_not_saved_is_the_persons_own(place: County) -> None:
    actions.keep_unsaved(place.editor, "new:1", {"title": "半句话"}, at=NOW)

    kept = queries.unsaved(place.editor, "new:1")
    assert kept is not None
    assert kept.data == {"title": "半句话"}
    assert queries.unsaved(place.second_editor, "new:1") is None
