"""From draft to public page and back (条例第十七条、第十九条): what each step leaves behind."""

from __future__ import annotations

import pytest

from gongkai.platform.catalogue import actions
from gongkai.platform.catalogue.choices import State
from gongkai.platform.catalogue.models import Publication, Step
from gongkai.platform.journal.models import Entry
from gongkai.platform.journal.verify import verify

from .factories import NOW, County, brought_to, drafted, walk


@pytest.mark.parametrize("state", list(State))
def test_an_item_can_be_brought_to_every_state(place: County, state: State) -> None:
    item = brought_to(place, state)

    assert item.state == state.value
    assert Step.objects.filter(item=item).count() == item.steps_taken
    assert Entry.objects.filter(subject=f"catalogue.item:{item.pk}").count() == item.steps_taken
    assert verify().holds


def test_the_journal_proves_what_was_done_without_telling_the_content(place: County) -> None:
    item = drafted(place, title="日志里不该有的标题", body="<p>日志里不该有的正文</p>")
    actions.attach(place.editor, item.pk, "日志里不该有的名字.txt", b"1", at=NOW)
    actions.link(place.editor, item.pk, kind="related", words="日志里不该有的文件", at=NOW)
    walk(place, item, State.PUBLISHED, NOW)
    entries = list(Entry.objects.filter(subject=f"catalogue.item:{item.pk}").order_by("number"))

    assert "日志里不该有的" not in repr([(entry.changes, entry.reason) for entry in entries])
    assert entries[0].changes["digest"] == item.current.digest  # type: ignore[union-attr]
    assert [entry.role for entry in entries] == ["editor", "editor", "editor", "editor", "reviewer", "secrecy_reviewer", "approver"]
    assert entries[-1].changes["index_number"] == "010000010/2026-00001"


def test_nothing_is_public_before_it_is_approved(place: County) -> None:
    for state in (State.DRAFT, State.IN_REVIEW, State.IN_SECRECY_REVIEW, State.REFERRED, State.IN_APPROVAL, State.SCHEDULED, State.FILED):
        brought_to(place, state)

    assert not Publication.objects.exists()


def test_publishing_copies_the_text_gives_a_number_and_writes_the_search_terms(place: County) -> None:
    item = brought_to(place, State.PUBLISHED)

    page = Publication.objects.get(item=item)
    assert page.title == item.title
    assert page.index_number == item.index_number == "010000010/2026-00001"
    assert page.makers == [place.bureau.name]
    assert page.terms
    assert page.withdrawn_at is None


def test_withdrawing_leaves_an_empty_page_with_the_public_reason(place: County) -> None:
    item = brought_to(place, State.PUBLISHED)
    item = actions.withdraw(place.approver, item.pk, reason="处罚决定已撤销", at=NOW)

    page = Publication.objects.get(item=item)
    assert page.withdrawn_at == NOW
    assert page.withdrawal_reason == "处罚决定已撤销"
    assert (page.title, page.body, page.summary, page.plain, page.document_number, page.terms) == ("", "", "", "", "", None)
