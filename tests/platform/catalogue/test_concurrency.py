"""Several people at once, on real commits: one wins, the others are told; nothing is lost, nothing happens twice."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from gongkai.platform.catalogue import actions, queries
from gongkai.platform.catalogue.choices import State
from gongkai.platform.catalogue.errors import Conflict, NotNow, Refused
from gongkai.platform.catalogue.models import IndexNumber, Item, Link, Publication, Revision, Step
from gongkai.platform.catalogue.rebuilding import rebuild
from gongkai.platform.journal.verify import verify
from gongkai.platform.organs.roles import RoleKind

from .factories import DRAFT, NOW, County, actor, brought_to, county, drafted


@pytest.fixture
def committed(ledger: object) -> County:
    """The county in a database of its own."""
    return county()


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """All of them at the same moment, each on its own connection; what came of each, refusals too."""
    gate = threading.Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        gate.wait(30)
        try:
            return work()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_two_reviewers_press_at_once_and_one_is_told_who_was_first(committed: County) -> None:
    second = actor("冯审核", (RoleKind.REVIEWER, committed.bureau))
    item = brought_to(committed, State.IN_REVIEW)
    done = at_once(
        lambda: actions.review(committed.reviewer, item.pk, at=NOW),
        lambda: actions.return_(second, item.pk, reason="请补充", at=NOW),
    )

    refused = [each for each in done if isinstance(each, NotNow)]
    assert len(refused) == 1
    assert "王审核已于 2026-11-20 10:00" in refused[0].zh or "冯审核已于 2026-11-20 10:00" in refused[0].zh
    assert Step.objects.filter(item=item, number__gt=2).count() == 1
    assert verify().holds


def test_a_form_posted_twice_at_once_makes_one_item_and_one_step(committed: County) -> None:
    made = at_once(*[lambda: actions.create(committed.editor, committed.bureau.pk, DRAFT, at=NOW, once="form-1") for _ in range(4)])
    item = made[0]
    sent = at_once(*[lambda: actions.submit(committed.editor, item.pk, at=NOW, once="form-2") for _ in range(4)])

    assert {each.pk for each in made} == {item.pk}
    assert [each.state for each in sent] == ["in_review"] * 4
    assert Item.objects.count() == 1
    assert Step.objects.count() == 2


def test_a_form_whose_first_post_failed_can_be_posted_again(committed: County) -> None:
    item = drafted(committed, body="")
    with pytest.raises(Refused):
        actions.submit(committed.editor, item.pk, at=NOW, once="form")
    actions.save(committed.editor, item.pk, DRAFT, based_on=1, at=NOW)

    assert actions.submit(committed.editor, item.pk, at=NOW, once="form").state == State.IN_REVIEW


def test_two_editors_save_at_once_and_the_second_is_shown_what_the_first_saved(committed: County) -> None:
    item = drafted(committed)
    done = at_once(
        lambda: actions.save(committed.editor, item.pk, replace(DRAFT, title="甲的标题"), based_on=1, at=NOW),
        lambda: actions.save(committed.second_editor, item.pk, replace(DRAFT, title="乙的标题"), based_on=1, at=NOW),
    )

    lost = next(each for each in done if isinstance(each, Conflict))
    assert lost.saved is not None
    assert lost.saved.title == Item.objects.get(pk=item.pk).title
    assert lost.revision == 2
    assert Revision.objects.filter(item=item).count() == 2


def test_saving_the_same_again_does_nothing(committed: County) -> None:
    item = drafted(committed)
    actions.save(committed.editor, item.pk, replace(DRAFT, title="新标题"), based_on=1, at=NOW)
    again = actions.save(committed.editor, item.pk, replace(DRAFT, title="新标题"), based_on=1, at=NOW)

    assert again.current is not None
    assert again.current.number == 2
    assert Step.objects.filter(item=item).count() == 2


def test_an_approver_does_not_sign_what_they_have_not_seen(committed: County) -> None:
    item = brought_to(committed, State.IN_APPROVAL)
    actions.return_(committed.approver, item.pk, reason="再改", at=NOW)
    actions.save(committed.editor, item.pk, replace(DRAFT, title="换了标题"), based_on=1, at=NOW)
    for verb, who in ((actions.submit, committed.editor), (actions.review, committed.reviewer), (actions.clear, committed.secrecy)):
        verb(who, item.pk, at=NOW)

    with pytest.raises(Conflict) as refused:
        actions.approve(committed.approver, item.pk, at=NOW, seen=1)
    assert refused.value.revision == 2


def test_eight_at_once_never_get_the_same_index_number(committed: County) -> None:
    items = [brought_to(committed, State.IN_APPROVAL, title=f"第{number}件通知") for number in range(16)]
    for half in (items[:8], items[8:]):
        done = at_once(*[lambda item=item: actions.approve(committed.approver, item.pk, at=NOW) for item in half])  # type: ignore[misc]
        assert all(isinstance(each, Item) for each in done)
    numbers = sorted(IndexNumber.objects.values_list("number", flat=True))

    assert numbers == [f"010000010/2026-{serial:05d}" for serial in range(1, 17)]
    assert sorted(Publication.objects.values_list("index_number", flat=True)) == numbers
    assert verify().holds


def test_different_works_on_many_items_do_not_deadlock(committed: County) -> None:
    """Links across, publications, saves and withdrawals in two organs, twelve at once."""
    both = actor("两处编辑", (RoleKind.EDITOR, committed.bureau), (RoleKind.EDITOR, committed.government))
    first, second = brought_to(committed, State.PUBLISHED), brought_to(committed, State.PUBLISHED, title="另一件通知")
    theirs = actions.create(both, committed.government.pk, replace(DRAFT, title="县政府的通知"), at=NOW)
    waiting = [brought_to(committed, State.IN_APPROVAL, title=f"待签发{number}") for number in range(4)]
    works: list[Callable[[], Any]] = [
        lambda: actions.link(both, first.pk, kind="related", target=second.pk, at=NOW),
        lambda: actions.link(both, second.pk, kind="related", target=first.pk, at=NOW),
        lambda: actions.link(both, theirs.pk, kind="based_on", target=first.pk, at=NOW),
        lambda: actions.link(both, first.pk, kind="interprets", target=theirs.pk, at=NOW),
        lambda: actions.save(both, theirs.pk, replace(DRAFT, title="县政府的新通知"), based_on=1, at=NOW),
        lambda: actions.withdraw(committed.approver, second.pk, reason="有误", at=NOW),
        lambda: actions.mark_validity(committed.office, first.pk, validity="repealed", on=NOW.date(), by_item=second.pk, reason="依据新文", at=NOW),
        lambda: actions.create(both, committed.government.pk, DRAFT, at=NOW),
        *[lambda item=item: actions.approve(committed.approver, item.pk, at=NOW) for item in waiting],  # type: ignore[misc]
    ]
    at_once(*works)

    assert verify().holds
    assert rebuild(repair=False) == []
    assert Link.objects.count() >= 3
    assert queries.counts(committed.editor, committed.bureau.pk)[State.PUBLISHED] == 5


def test_the_sweep_and_the_job_together_publish_once(committed: County) -> None:
    item = brought_to(committed, State.SCHEDULED)
    due = NOW + timedelta(days=2)
    done = at_once(*[lambda: actions.publish_scheduled(item.pk, due) for _ in range(3)], lambda: actions.publish_due(due))

    assert Step.objects.filter(item=item, action="publish").count() == 1
    assert sum(each is True or each == [item.pk] for each in done) == 1
    assert actions.publish_due(due) == []


def test_an_approver_publishing_by_hand_and_the_sweep_agree(committed: County) -> None:
    item = brought_to(committed, State.SCHEDULED)
    due = NOW + timedelta(days=2)
    at_once(lambda: actions.publish(committed.approver, item.pk, at=due), lambda: actions.publish_due(due))

    assert Step.objects.filter(item=item, action="publish").count() == 1
    assert Item.objects.get(pk=item.pk).state == State.PUBLISHED
