"""条例第十四条至第十八条: the attribute is fixed at the source, withheld information has a ground, and is looked at again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from gongkai.law.exemptions import EXEMPTIONS
from gongkai.platform.catalogue import actions
from gongkai.platform.catalogue.choices import Access, State
from gongkai.platform.catalogue.errors import Invalid, NotNow
from gongkai.platform.catalogue.models import Publication
from gongkai.platform.catalogue.validating import GROUNDS

from .factories import DRAFT, NOW, County, brought_to, drafted, walk


def test_the_grounds_are_those_of_the_law_and_the_work_secret() -> None:
    assert set(GROUNDS) == {each.key for each in EXEMPTIONS} | {"work_secret"}


def test_withheld_needs_a_ground_and_nothing_else_has_one(place: County) -> None:
    with pytest.raises(Invalid) as without:
        drafted(place, access=Access.WITHHELD)
    with pytest.raises(Invalid) as needless:
        drafted(place, ground="state_secret")

    assert set(without.value.fields) == set(needless.value.fields) == {"ground"}


def test_what_is_for_publishing_cannot_be_filed_nor_the_withheld_published(place: County) -> None:
    public = brought_to(place, State.IN_APPROVAL)
    kept = brought_to(place, State.IN_APPROVAL, access=Access.WITHHELD, ground="process_info")

    with pytest.raises(NotNow):
        actions.file(place.approver, public.pk, at=NOW)
    with pytest.raises(NotNow):
        actions.approve(place.approver, kept.pk, at=NOW)
    with pytest.raises(NotNow):
        actions.schedule(place.approver, kept.pk, publish_at=NOW + timedelta(days=1), at=NOW)


def test_the_secrecy_reviewer_may_find_it_withheld_and_the_approver_decides(place: County) -> None:
    item = brought_to(place, State.IN_SECRECY_REVIEW)
    item = actions.withhold(place.secrecy, item.pk, ground="third_party", note="含企业商业秘密", reason="第三方不同意", at=NOW)

    assert (item.state, item.access, item.ground, item.ground_note) == ("in_approval", "withheld", "third_party", "含企业商业秘密")
    assert item.due_on is None
    item = actions.file(place.approver, item.pk, at=NOW)
    assert item.state == State.FILED


def test_sent_back_after_that_and_saved_it_is_what_the_draft_says_again(place: County) -> None:
    item = brought_to(place, State.IN_SECRECY_REVIEW)
    actions.withhold(place.secrecy, item.pk, ground="third_party", reason="第三方不同意", at=NOW)
    actions.return_(place.approver, item.pk, reason="可以区分处理（第三十七条）", at=NOW)
    item = actions.save(place.editor, item.pk, replace(DRAFT, body="<p>删去商业秘密后的文本。</p>"), based_on=1, at=NOW)

    assert (item.access, item.ground) == ("proactive", "")


def test_filing_sets_the_next_review_by_the_organs_own_cycle(place: County) -> None:
    place.bureau.settings = [{"key": "review_cycle_months", "value": 6, "since": "2026-01-01"}]
    place.bureau.save()
    item = brought_to(place, State.FILED)

    assert item.next_review_on == date(2027, 5, 20)
    item = actions.review_withheld(place.office, item.pk, keep=True, reason="情形没有变化", at=NOW + timedelta(days=200))
    assert item.next_review_on == date(2027, 12, 8)
    assert item.state == State.FILED


def test_what_can_be_public_now_goes_through_all_reviews(place: County) -> None:
    """第十八条: 评估审查后可以公开的，应当公开."""
    item = brought_to(place, State.FILED)
    item = actions.review_withheld(place.office, item.pk, keep=False, reason="情形消失", at=NOW)

    assert (item.state, item.access, item.ground, item.next_review_on) == ("draft", "proactive", "", None)
    assert item.due_on is not None
    assert not Publication.objects.filter(item=item).exists()
    item = walk(place, item, State.PUBLISHED, NOW)
    assert Publication.objects.get(item=item).withdrawn_at is None


def test_giving_that_up_leaves_it_withheld_as_it_was(place: County) -> None:
    item = brought_to(place, State.FILED)
    before = (item.access, item.ground, item.next_review_on, item.current_id)
    actions.review_withheld(place.office, item.pk, keep=False, reason="情形消失", at=NOW)
    item = actions.drop_revision(place.editor, item.pk, reason="仍有争议", at=NOW)

    assert item.state == State.FILED
    assert (item.access, item.ground, item.next_review_on, item.current_id) == before


def test_published_information_becomes_withheld_only_through_revision_and_reviews(place: County) -> None:
    item = brought_to(place, State.PUBLISHED)
    item = actions.revise(place.editor, item.pk, reason="涉及第三方", at=NOW)
    item = actions.save(place.editor, item.pk, replace(DRAFT, access=Access.WITHHELD, ground="third_party"), based_on=item.current.number, at=NOW)
    assert Publication.objects.get(item=item).withdrawn_at is None

    item = walk(place, item, State.FILED, NOW)
    page = Publication.objects.get(item=item)
    assert (page.title, page.body) == ("", "")
    assert page.withdrawn_at is not None
    assert item.published is None
