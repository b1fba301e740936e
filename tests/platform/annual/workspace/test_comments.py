"""Comments on a draft: who, when, on which words; answered, resolved, reopened; journalled; seen by whoever sees the draft, and never published."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from gongkai.platform.annual.actions import commenting, reporting
from gongkai.platform.annual.errors import Invalid, NotAllowed, NotFound, NotNow
from gongkai.platform.annual.models import Comment, CommentTurn, Publication, ReportStep
from gongkai.platform.annual.queries import alongside, working
from gongkai.platform.journal.models import Entry
from tests.platform.cases.factories import at, office

from .conftest import Begun, Enter, ready

WHEN = at("2024-01-09")
SAID = "这个数与去年口径不同，请核对。"


def test_a_comment_says_who_when_and_on_which_words(it: Begun) -> None:
    ready(it)
    made = commenting.comment(it.place.legal, it.report.pk, 1, text=SAID, quote="发布政策文件12条", at=WHEN)
    (found,) = alongside.comments(it.now())

    assert (found.id, found.section, found.quote, found.version, found.text, found.by, found.at) == (made.pk, 1, "发布政策文件12条", 1, SAID, it.place.legal.name, WHEN)
    assert found.open


def test_it_is_answered_resolved_and_reopened_and_every_turn_is_journalled(it: Begun) -> None:
    steps = ReportStep.objects.filter(report=it.report).count()
    made = commenting.comment(it.place.legal, it.report.pk, 1, text=SAID, at=WHEN)
    commenting.reply(it.place.head, made.pk, text="已与统计口径核对。", at=WHEN)
    commenting.resolve(it.place.head, made.pk, at=WHEN)
    (resolved,) = alongside.comments(it.now())
    commenting.reopen(it.place.approver, made.pk, text="还差半年的数。", at=WHEN)
    (again,) = alongside.comments(it.now())
    written = [entry.verb for entry in Entry.objects.filter(chain=it.place.organ.pk, verb__contains="comment").order_by("pk")]

    assert (resolved.open, again.open) == (False, True)
    assert [(turn.kind, turn.text) for turn in again.turns] == [("reply", "已与统计口径核对。"), ("resolve", ""), ("reopen", "还差半年的数。")]
    assert written == ["annual.comment", "annual.reply_comment", "annual.resolve_comment", "annual.reopen_comment"]
    assert SAID not in str(list(Entry.objects.values_list("changes", flat=True)))
    assert ReportStep.objects.filter(report=it.report).count() == steps


@pytest.mark.parametrize(("section", "text", "quote", "field"), [(1, " \r\n", "", "text"), (7, SAID, "", "section"), (0, SAID, "", "section"), (1, "字" * 2001, "", "text"), (1, SAID, "字" * 301, "quote")])
def test_what_cannot_be_a_comment_is_refused(section: int, text: str, quote: str, field: str, it: Begun) -> None:
    with pytest.raises(Invalid) as refused:
        commenting.comment(it.place.head, it.report.pk, section, text=text, quote=quote, at=WHEN)

    assert set(refused.value.fields) == {field}
    assert not Comment.objects.exists()


def test_whoever_may_not_see_the_draft_may_not_comment(it: Begun) -> None:
    made = commenting.comment(it.place.head, it.report.pk, 1, text=SAID, at=WHEN)
    stranger = office("elsewhere").head

    for who in (stranger, it.place.editor):
        with pytest.raises(NotFound):
            commenting.comment(who, it.report.pk, 1, text=SAID, at=WHEN)
        with pytest.raises(NotFound):
            commenting.reply(who, made.pk, text=SAID, at=WHEN)


def test_only_the_writers_and_whoever_said_it_resolve_it(it: Begun) -> None:
    made = commenting.comment(it.place.legal, it.report.pk, 1, text=SAID, at=WHEN)

    with pytest.raises(NotAllowed):
        commenting.resolve(it.place.approver, made.pk, at=WHEN)
    with pytest.raises(NotNow):
        commenting.reopen(it.place.legal, made.pk, at=WHEN)
    commenting.resolve(it.place.legal, made.pk, at=WHEN)
    with pytest.raises(NotNow):
        commenting.resolve(it.place.head, made.pk, at=WHEN)


def test_a_comment_is_never_changed_or_removed(it: Begun) -> None:
    made = commenting.comment(it.place.legal, it.report.pk, 1, text=SAID, at=WHEN)
    commenting.resolve(it.place.legal, made.pk, at=WHEN)

    for change in (lambda: Comment.objects.update(text="别的"), lambda: Comment.objects.all().delete(), lambda: CommentTurn.objects.update(kind="reply")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_after_approval_there_are_no_comments_and_nothing_of_them_is_published(it: Begun) -> None:
    ready(it)
    commenting.comment(it.place.legal, it.report.pk, 1, text="内部意见，不公开。", quote="发布政策文件12条", at=WHEN)
    reporting.submit(it.place.head, it.report.pk, at=at("2024-01-10"))
    made = commenting.comment(it.place.legal, it.report.pk, 5, text="内部意见，不公开。", at=WHEN)
    reporting.pass_review(it.place.legal, it.report.pk, at=at("2024-01-11"))
    reporting.approve(it.place.approver, it.report.pk, at=at("2024-01-12"))
    reporting.publish(it.place.approver, it.report.pk, at=at("2024-01-13"))

    with pytest.raises(NotNow):
        commenting.comment(it.place.legal, it.report.pk, 1, text=SAID, at=at("2024-01-14"))
    with pytest.raises(NotNow):
        commenting.resolve(it.place.legal, made.pk, at=at("2024-01-14"))
    assert "内部意见" not in str(Publication.objects.get(report=it.report).data)


def test_nothing_of_a_comment_is_in_the_public_pages_or_the_files(it: Begun, enter: Enter, client: object) -> None:
    ready(it)
    commenting.comment(it.place.legal, it.report.pk, 1, text="内部意见，不公开。", at=WHEN)
    desk = enter(it.place.head)
    files = b"".join(desk.get(f"{it.address}report.{form}").content for form in ("json", "html", "md"))

    assert "内部意见".encode() not in files + desk.get(f"{it.address}preview/").content
    assert "内部意见" in desk.get(it.address).content.decode()


def test_it_is_made_answered_and_resolved_on_the_page_and_what_was_typed_stays(it: Begun, enter: Enter) -> None:
    legal, head = enter(it.place.legal), enter(it.place.head)
    ready(it)
    said = legal.post(f"{it.address}comments/", {"comment": "1", "comment-1": SAID, "quote-1": "发布政策文件12条"})
    made = Comment.objects.get()
    answer = {f"section{number}": "写了一半" for number in range(1, 7)} | {"based_on": "1", "reply": str(made.pk), f"answer-{made.pk}": "在核对。"}
    replied = head.post(f"{it.address}comments/", answer)
    shown = head.get(it.address).content.decode()
    resolved = head.post(f"{it.address}comments/", {"resolve": str(made.pk), f"answer-{made.pk}": ""})
    after = legal.get(it.address).content.decode()

    assert (said.status_code, replied.status_code, resolved.status_code) == (302, 302, 302)
    assert said.url.endswith("#comments-1")
    assert all(words in shown for words in (SAID, "在核对。", "写了一半", "发布政策文件12条"))
    assert "已解决的（1）" in after
    assert it.now().prose_number == 1


def test_words_that_are_gone_from_the_text_are_said_to_be_gone(it: Begun, enter: Enter) -> None:
    ready(it)
    commenting.comment(it.place.legal, it.report.pk, 1, text=SAID, quote="发布政策文件12条", at=WHEN)
    before = enter(it.place.legal).get(it.address).content.decode()
    reporting.write(it.place.head, it.report.pk, ("改写了。", *it.now().prose[1:]), based_on=1, at=at("2024-01-10"))
    after = enter(it.place.legal).get(it.address).content.decode()

    assert "正文里已经没有这些字" not in before
    assert "正文里已经没有这些字" in after


@pytest.mark.parametrize("data", [{"comment": "9"}, {"comment": "x"}, {"comment": "٣"}, {"reply": "99999999999999999999999"}, {"resolve": "-1"}, {"reopen": ""}])
def test_odd_posts_find_nothing(data: dict[str, str], it: Begun, enter: Enter) -> None:
    assert enter(it.place.head).post(f"{it.address}comments/", data).status_code == 404


def test_an_empty_comment_is_refused_beside_its_field_and_nothing_is_lost(it: Begun, enter: Enter) -> None:
    answer = enter(it.place.legal).post(f"{it.address}comments/", {"comment": "3", "comment-3": "  ", "quote-3": "这几个字\0"})
    shown = answer.content.decode()

    assert answer.status_code == 422
    assert "请写要说的话。" in shown and "这几个字" in shown


def test_open_comments_are_told_before_it_goes_on(it: Begun, enter: Enter) -> None:
    ready(it)
    commenting.comment(it.place.legal, it.report.pk, 1, text=SAID, at=WHEN)

    assert "还有 1 条批注没有解决" in enter(it.place.head).get(f"{it.address}do/submit/").content.decode()


def test_the_workspace_costs_no_more_with_many_comments(it: Begun, enter: Enter) -> None:
    ready(it)
    for number in range(12):
        made = commenting.comment(it.place.legal, it.report.pk, number % 6 + 1, text=SAID, at=WHEN)
        commenting.reply(it.place.head, made.pk, text="好。", at=WHEN)
    client = enter(it.place.head)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(it.address).content.decode().count(SAID) == 12

    assert len(asked) <= 8, "\n".join(each["sql"][:150] for each in asked)
    assert len(working.workspace(it.place.head, it.now(), WHEN.date()).comments) == 12
