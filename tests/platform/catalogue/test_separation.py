"""Separation of duties: nobody reviews, secrecy-reviews, approves or rechecks what they drafted (条例第十七条；保密法实施条例第四十二条)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from gongkai.platform.catalogue import actions
from gongkai.platform.catalogue.choices import State
from gongkai.platform.catalogue.errors import NotAllowed
from gongkai.platform.organs.acting import Actor, Post
from gongkai.platform.organs.roles import RoleKind

from .factories import DRAFT, NOW, County, actor, brought_to, drafted, walk


def wearing(who: Actor, place: County, *kinds: RoleKind) -> Actor:
    """The same person in another session, with these roles."""
    return Actor(who.person, "改了名字", tuple(Post(kind, place.bureau.pk) for kind in kinds))


def test_a_drafter_with_the_reviewers_role_does_not_review(place: County) -> None:
    item = brought_to(place, State.IN_REVIEW)
    with pytest.raises(NotAllowed) as refused:
        actions.review(wearing(place.editor, place, RoleKind.REVIEWER), item.pk, at=NOW)

    assert "起草" in refused.value.zh


def test_a_co_author_does_not_review_either(place: County) -> None:
    item = drafted(place)
    actions.save(place.second_editor, item.pk, replace(DRAFT, summary="换一种说法"), based_on=1, at=NOW)
    actions.submit(place.editor, item.pk, at=NOW)

    with pytest.raises(NotAllowed):
        actions.review(wearing(place.second_editor, place, RoleKind.REVIEWER), item.pk, at=NOW)


def test_whoever_attached_a_file_counts_as_a_drafter(place: County) -> None:
    item = drafted(place)
    actions.attach(place.second_editor, item.pk, "附表.txt", b"1", at=NOW)
    actions.submit(place.editor, item.pk, at=NOW)

    with pytest.raises(NotAllowed):
        actions.review(wearing(place.second_editor, place, RoleKind.REVIEWER), item.pk, at=NOW)


def test_the_reviewer_does_not_also_do_the_secrecy_review_unless_the_organ_allows_it(place: County) -> None:
    both = actor("两职", (RoleKind.REVIEWER, place.bureau), (RoleKind.SECRECY_REVIEWER, place.bureau))
    item = brought_to(place, State.IN_REVIEW)
    actions.review(both, item.pk, at=NOW)

    with pytest.raises(NotAllowed):
        actions.clear(both, item.pk, at=NOW)
    place.bureau.settings = [{"key": "secrecy_separate", "value": False, "since": "2026-01-01"}]
    place.bureau.save()
    assert actions.clear(both, item.pk, at=NOW).state == State.IN_APPROVAL


def test_an_earlier_round_of_review_does_not_bar_from_the_secrecy_review_of_a_later_one(place: County) -> None:
    both = actor("两职", (RoleKind.REVIEWER, place.bureau), (RoleKind.SECRECY_REVIEWER, place.bureau))
    item = brought_to(place, State.IN_REVIEW)
    actions.review(both, item.pk, at=NOW)
    actions.return_(place.secrecy, item.pk, reason="请改", at=NOW)
    actions.submit(place.editor, item.pk, at=NOW)
    actions.review(place.reviewer, item.pk, at=NOW)

    assert actions.clear(both, item.pk, at=NOW).state == State.IN_APPROVAL


def test_the_first_author_may_review_a_later_revision_by_somebody_else(place: County) -> None:
    item = brought_to(place, State.PUBLISHED)
    item = actions.revise(place.second_editor, item.pk, reason="更正错字", at=NOW)
    actions.submit(place.second_editor, item.pk, at=NOW)

    assert actions.review(wearing(place.editor, place, RoleKind.REVIEWER), item.pk, at=NOW).state == State.IN_SECRECY_REVIEW


def test_what_was_withdrawn_is_reviewed_anew_without_its_first_author(place: County) -> None:
    item = brought_to(place, State.WITHDRAWN)
    actions.revise(place.second_editor, item.pk, reason="改正后重新公开", at=NOW)
    actions.submit(place.second_editor, item.pk, at=NOW)

    with pytest.raises(NotAllowed):
        actions.review(wearing(place.editor, place, RoleKind.REVIEWER), item.pk, at=NOW)


def test_the_drafter_does_not_recheck_nor_waive(place: County) -> None:
    item = brought_to(place, State.PUBLISHED)
    with pytest.raises(NotAllowed):
        actions.recheck(wearing(place.editor, place, RoleKind.DISCLOSURE_OFFICE), item.pk, at=NOW)

    other = brought_to(place, State.IN_REVIEW)
    with pytest.raises(NotAllowed):
        actions.waive(wearing(place.editor, place, RoleKind.REVIEWER), other.pk, fingerprint="x", reason="我自己看过", at=NOW)


def test_dropping_a_revision_gives_back_the_drafters_of_what_is_public(place: County) -> None:
    item = brought_to(place, State.PUBLISHED)
    before = item.drafters
    actions.revise(place.second_editor, item.pk, reason="想改", at=NOW)
    item = actions.drop_revision(place.second_editor, item.pk, reason="不改了", at=NOW)

    assert item.drafters == before == [place.editor.person]
    assert item.state == State.PUBLISHED


def test_the_full_line_needs_four_people(place: County) -> None:
    item = walk(place, drafted(place), State.RECHECKED, NOW + timedelta(hours=1))

    people = {step.person_id for step in item.steps.all()}
    assert people == {place.editor.person, place.reviewer.person, place.secrecy.person, place.approver.person, place.office.person}
