"""Publication and after it: index numbers, times that were set, expiry, validity, links; what the public copy holds and what it never does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from gongkai.platform.catalogue import actions, queries
from gongkai.platform.catalogue.choices import Access, Kind, State
from gongkai.platform.catalogue.errors import Invalid, NotNow
from gongkai.platform.catalogue.models import IndexNumber, Item, Link, Publication, Revision, Step
from gongkai.platform.catalogue.tasks import publish_scheduled, sweep

from .factories import DRAFT, MINUTE, NOW, TODAY, County, brought_to, drafted, walk


class TestIndexNumbers:
    def test_the_number_is_given_once_and_outlives_every_revision(self, place: County) -> None:
        item = brought_to(place, State.PUBLISHED)
        number = item.index_number
        item = actions.revise(place.editor, item.pk, reason="更正", at=NOW + timedelta(days=60))
        item = walk(place, item, State.PUBLISHED, NOW + timedelta(days=60))

        assert item.index_number == number == "010000010/2026-00001"
        assert brought_to(place, State.PUBLISHED).index_number == "010000010/2026-00002"

    def test_a_withdrawn_items_number_is_never_given_again(self, place: County) -> None:
        gone = brought_to(place, State.WITHDRAWN)

        assert brought_to(place, State.PUBLISHED).index_number != gone.index_number
        assert Publication.objects.get(item=gone).index_number == gone.index_number

    def test_a_new_year_begins_anew_by_the_day_at_the_seat(self, place: County) -> None:
        new_year = NOW.replace(month=12, day=31, hour=16, minute=30)  # 北京时间已是一月一日
        brought_to(place, State.PUBLISHED)

        assert brought_to(place, State.PUBLISHED, at=new_year).index_number == "010000010/2027-00001"

    def test_the_organs_own_pattern_is_used(self, place: County) -> None:
        place.bureau.credit_code, place.bureau.index_pattern = "11341702486344515H", "{credit}/{year}{month:02d}-{serial:05d}"
        place.bureau.save()

        assert brought_to(place, State.PUBLISHED).index_number == "11341702486344515H/202611-00001"

    @pytest.mark.parametrize("pattern", ["{code}/{serial:05d}", "{code.__class__}/{year}-{serial:05d}", "{credit}/{year}-{serial:05d}", "{year"])
    def test_a_pattern_that_cannot_number_is_named_and_nothing_is_published(self, place: County, pattern: str) -> None:
        place.bureau.index_pattern = pattern
        place.bureau.save()
        item = brought_to(place, State.IN_APPROVAL)
        with pytest.raises(Invalid) as refused, transaction.atomic():
            actions.approve(place.approver, item.pk, at=NOW)

        assert "索引号" in refused.value.fields["index_number"]
        assert not Publication.objects.exists()

    def test_numbers_that_an_import_brought_are_passed_over(self, place: County) -> None:
        taken = drafted(place)
        IndexNumber.objects.create(number="010000010/2026-00001", item=taken)

        assert brought_to(place, State.PUBLISHED).index_number == "010000010/2026-00002"

    @pytest.mark.parametrize("table", [IndexNumber, Step, Revision])
    def test_the_database_itself_refuses_to_change_history(self, place: County, table: type) -> None:
        brought_to(place, State.PUBLISHED)
        row = table.objects.first()  # type: ignore[attr-defined]
        with pytest.raises(DatabaseError), transaction.atomic():
            row.delete()
        with pytest.raises(DatabaseError), transaction.atomic():
            row.save(force_update=True)


class TestTimesThatWereSet:
    def test_the_job_is_queued_in_the_actions_own_transaction(self, place: County) -> None:
        item = brought_to(place, State.IN_APPROVAL)
        when = NOW + timedelta(days=1)
        with pytest.raises(RuntimeError), transaction.atomic():
            actions.schedule(place.approver, item.pk, publish_at=when, at=NOW)
            raise RuntimeError
        assert not ProcrastinateJob.objects.exists()
        actions.schedule(place.approver, item.pk, publish_at=when, at=NOW)

        job = ProcrastinateJob.objects.get()
        assert (job.task_name, job.args, job.scheduled_at) == ("catalogue.publish_scheduled", {"item_id": item.pk}, when)

    def test_not_before_its_time_and_then_once(self, place: County) -> None:
        item = brought_to(place, State.SCHEDULED)
        assert item.publish_at is not None

        assert not actions.publish_scheduled(item.pk, item.publish_at - MINUTE)
        assert actions.publish_scheduled(item.pk, item.publish_at)
        assert not actions.publish_scheduled(item.pk, item.publish_at)
        assert Step.objects.get(item=item, action="publish").person is None

    def test_the_tasks_themselves_run(self, place: County) -> None:
        past = timezone.now() - timedelta(days=5)
        formed = (past - timedelta(days=2)).date()
        item = brought_to(place, State.SCHEDULED, at=past, formed_on=formed)
        assert publish_scheduled(item.pk)
        other = brought_to(place, State.SCHEDULED, at=past, formed_on=formed)

        assert sweep(0) == (1, 0)
        assert Item.objects.get(pk=other.pk).state == State.PUBLISHED

    def test_held_back_it_waits_for_the_approver_again(self, place: County) -> None:
        item = brought_to(place, State.SCHEDULED)
        item = actions.hold(place.approver, item.pk, reason="等上级同意", at=NOW)

        assert (item.state, item.publish_at) == ("in_approval", None)
        assert actions.publish_due(NOW + timedelta(days=9)) == []

    def test_a_time_in_the_past_or_far_away_is_refused(self, place: County) -> None:
        item = brought_to(place, State.IN_APPROVAL)
        for when in (NOW - MINUTE, NOW + timedelta(days=400)):
            with pytest.raises(Invalid):
                actions.schedule(place.approver, item.pk, publish_at=when, at=NOW)

        assert Item.objects.get(pk=item.pk).state == State.IN_APPROVAL

    def test_what_can_no_longer_be_published_goes_back_with_the_reason(self, place: County) -> None:
        item = brought_to(place, State.SCHEDULED)
        place.bureau.index_pattern = "{code}"
        place.bureau.save()
        actions.publish_due(NOW + timedelta(days=2))

        item = Item.objects.get(pk=item.pk)
        assert item.state == State.IN_APPROVAL
        assert "索引号格式" in Step.objects.get(item=item, action="hold").reason


class TestExpiry:
    def test_after_the_last_day_the_page_is_emptied(self, place: County) -> None:
        item = brought_to(place, State.PUBLISHED, expires_on=TODAY + timedelta(days=3))

        assert actions.expire_due(NOW + timedelta(days=3)) == []
        assert actions.expire_due(NOW + timedelta(days=4)) == [item.pk]
        assert actions.expire_due(NOW + timedelta(days=5)) == []
        page = Publication.objects.get(item=item)
        assert (page.title, page.withdrawal_reason) == ("", "公开期限届满")

    def test_a_revision_under_way_goes_on(self, place: County) -> None:
        item = brought_to(place, State.PUBLISHED, expires_on=TODAY + timedelta(days=3))
        actions.revise(place.editor, item.pk, reason="延长公开", at=NOW)
        actions.expire_due(NOW + timedelta(days=4))

        item = Item.objects.get(pk=item.pk)
        assert item.state == State.DRAFT
        assert item.published is None
        item = actions.drop_revision(place.editor, item.pk, reason="不延长了", at=NOW + timedelta(days=4))
        assert item.state == State.WITHDRAWN

    def test_what_has_ended_already_is_not_published(self, place: County) -> None:
        item = brought_to(place, State.IN_APPROVAL, expires_on=TODAY)
        with pytest.raises(Invalid):
            actions.approve(place.approver, item.pk, at=NOW + timedelta(days=1))


class TestWithdrawal:
    def test_the_address_keeps_the_reason_and_nothing_in_which_a_name_may_stand(self, place: County) -> None:
        named = replace(DRAFT, kind=Kind.PENALTY, category="penalties", title="对刘某某的处罚决定", body="<p>刘某某</p>", summary="刘某某", keywords="刘某某", source="刘某某")
        item = brought_to(place, State.PUBLISHED, named)
        actions.withdraw(place.office, item.pk, reason="原决定被撤销", at=NOW)

        row = Publication.objects.filter(item=item).values().get()
        assert "刘某某" not in repr(row)
        assert row["withdrawal_reason"] == "原决定被撤销"
        assert row["index_number"]

    def test_a_revision_under_review_is_stopped_with_it_and_can_be_taken_up_again(self, place: County) -> None:
        item = brought_to(place, State.PUBLISHED)
        item = actions.revise(place.editor, item.pk, reason="更新", at=NOW)
        walk(place, item, State.IN_REVIEW, NOW)
        item = actions.withdraw(place.approver, item.pk, reason="有误", at=NOW)
        assert item.state == State.WITHDRAWN
        item = actions.revise(place.editor, item.pk, reason="改好再发", at=NOW)
        item = walk(place, item, State.PUBLISHED, NOW)

        page = Publication.objects.get(item=item)
        assert page.withdrawn_at is None
        assert page.revision == item.current.number  # type: ignore[union-attr]


class TestRevision:
    def test_what_is_public_does_not_move_until_the_new_text_is_approved(self, place: County) -> None:
        item = brought_to(place, State.PUBLISHED)
        item = actions.revise(place.editor, item.pk, reason="更新", at=NOW)
        item = actions.save(place.editor, item.pk, replace(DRAFT, title="新标题"), based_on=2, at=NOW)
        for state in (State.IN_REVIEW, State.IN_SECRECY_REVIEW, State.IN_APPROVAL):
            assert Publication.objects.get(item=item).title == DRAFT.title
            who = {State.IN_REVIEW: actions.submit, State.IN_SECRECY_REVIEW: actions.review, State.IN_APPROVAL: actions.clear}[state]
            who({actions.submit: place.editor, actions.review: place.reviewer, actions.clear: place.secrecy}[who], item.pk, at=NOW)
        actions.approve(place.approver, item.pk, at=NOW + timedelta(days=1))

        page = Publication.objects.get(item=item)
        assert page.title == "新标题"
        assert page.revised_at == NOW + timedelta(days=1)
        assert page.published_at == NOW + 4 * MINUTE

    def test_a_dropped_revision_leaves_its_text_in_the_history_only(self, place: County) -> None:
        item = brought_to(place, State.PUBLISHED)
        actions.revise(place.editor, item.pk, reason="更新", at=NOW)
        actions.save(place.editor, item.pk, replace(DRAFT, title="新标题"), based_on=2, at=NOW)
        item = actions.drop_revision(place.editor, item.pk, reason="不改了", at=NOW)

        assert item.title == DRAFT.title
        assert queries.revision(place.editor, item.pk, 3).draft.title == "新标题"
        again = actions.revise(place.editor, item.pk, reason="再改", at=NOW)
        assert again.current is not None
        assert (again.current.number, again.title) == (4, DRAFT.title)


class TestValidity:
    """国办发〔2017〕47号: amended, repealed or lapsed documents are marked on the originally published page."""

    def test_a_published_normative_document_is_in_force_and_news_is_not_marked(self, place: County) -> None:
        document, news = brought_to(place, State.PUBLISHED), brought_to(place, State.PUBLISHED, kind=Kind.NEWS)

        assert Publication.objects.get(item=document).validity == "in_force"
        assert Publication.objects.get(item=news).validity == "none"
        with pytest.raises(Invalid):
            actions.mark_validity(place.office, news.pk, validity="repealed", on=TODAY, reason="依据", at=NOW)

    def test_a_repeal_shows_at_once_and_links_the_item_that_repeals(self, place: County) -> None:
        old, new = brought_to(place, State.PUBLISHED), brought_to(place, State.PUBLISHED, title="新的通知")
        actions.mark_validity(place.office, old.pk, validity="repealed", on=TODAY, reason="依据云政办发〔2026〕20号", by_item=new.pk, at=NOW)

        page = Publication.objects.get(item=old)
        assert (page.validity, page.validity_on, page.validity_note) == ("repealed", TODAY, "依据云政办发〔2026〕20号")
        link = Link.objects.get()
        assert (link.source_id, link.kind, link.target_id) == (new.pk, "repeals", old.pk)

    def test_the_mark_stays_through_a_revision(self, place: County) -> None:
        item = brought_to(place, State.PUBLISHED)
        actions.mark_validity(place.office, item.pk, validity="amended", on=TODAY, reason="第三条修改", at=NOW)
        item = actions.revise(place.editor, item.pk, reason="更新文本", at=NOW)
        walk(place, item, State.PUBLISHED, NOW)

        assert Publication.objects.get(item=item).validity == "amended"

    def test_a_day_to_come_is_refused(self, place: County) -> None:
        item = brought_to(place, State.PUBLISHED)
        with pytest.raises(Invalid) as refused:
            actions.mark_validity(place.office, item.pk, validity="repealed", on=TODAY + timedelta(days=1), reason="依据", at=NOW)
        assert "on" in refused.value.fields


class TestLinks:
    def test_an_interpretation_and_its_policy_know_each_other(self, place: County) -> None:
        policy = brought_to(place, State.PUBLISHED)
        note = brought_to(place, State.PUBLISHED, kind=Kind.INTERPRETATION, title="一图读懂", category="")
        actions.link(place.editor, note.pk, kind="interprets", target=policy.pk, at=NOW)

        there = queries.item(place.editor, policy.pk, NOW).links[0]
        here = queries.item(place.editor, note.pk, NOW).links[0]
        assert (here.zh, here.title, here.outgoing, here.public) == ("解读", policy.title, True, True)
        assert (there.zh, there.title, there.outgoing, there.public) == ("解读材料", "一图读懂", False, True)

    def test_a_link_is_public_only_when_both_ends_are(self, place: County) -> None:
        policy, note = brought_to(place, State.PUBLISHED), drafted(place, title="还在写的解读", kind=Kind.INTERPRETATION)
        actions.link(place.editor, note.pk, kind="interprets", target=policy.pk, at=NOW)

        assert not queries.item(place.editor, policy.pk, NOW).links[0].public

    def test_another_organs_unpublished_item_cannot_be_linked_and_is_not_confirmed_to_exist(self, place: County) -> None:
        mine = drafted(place)
        theirs = actions.create(place.stranger, place.foreign.pk, replace(DRAFT, title="外机关的草稿"), at=NOW)
        with pytest.raises(Invalid) as there:
            actions.link(place.editor, mine.pk, kind="related", target=theirs.pk, at=NOW)
        with pytest.raises(Invalid) as nowhere:
            actions.link(place.editor, mine.pk, kind="related", target=10**9, at=NOW)

        assert there.value.fields == nowhere.value.fields

    def test_nothing_is_linked_twice_both_ways_or_to_itself(self, place: County) -> None:
        one, other = drafted(place), drafted(place)
        actions.link(place.editor, one.pk, kind="interprets", target=other.pk, at=NOW)

        with pytest.raises(NotNow):
            actions.link(place.editor, one.pk, kind="interprets", target=other.pk, at=NOW)
        with pytest.raises(Invalid):
            actions.link(place.editor, other.pk, kind="interprets", target=one.pk, at=NOW)
        with pytest.raises(Invalid):
            actions.link(place.editor, one.pk, kind="related", target=one.pk, at=NOW)

    def test_a_link_taken_away_can_be_made_again(self, place: County) -> None:
        one, other = drafted(place), drafted(place)
        actions.link(place.editor, one.pk, kind="related", target=other.pk, at=NOW)
        actions.unlink(place.editor, one.pk, link_id=Link.objects.get().pk, reason="误连", at=NOW)
        actions.link(place.editor, one.pk, kind="related", target=other.pk, at=NOW)

        assert Link.objects.filter(removed_at__isnull=True).count() == 1


class TestWhatThePublicCopyHolds:
    def test_joint_makers_stand_after_the_lead_organ(self, place: County) -> None:
        item = brought_to(place, State.PUBLISHED, co_makers=("云溪县财政局", "云溪县发展和改革委员会"))

        assert Publication.objects.get(item=item).makers == [place.bureau.name, "云溪县财政局", "云溪县发展和改革委员会"]

    def test_the_search_terms_are_those_of_the_published_text(self, place: County) -> None:
        item = brought_to(place, State.PUBLISHED)
        item = actions.revise(place.editor, item.pk, reason="更新", at=NOW)
        actions.save(place.editor, item.pk, replace(DRAFT, body="<p>尚未公开的霹雳词</p>"), based_on=2, at=NOW)

        terms = str(Publication.objects.get(item=item).terms)
        assert "供暖" in terms
        assert "霹雳" not in terms

    def test_scripts_and_handlers_never_reach_it(self, place: County) -> None:
        item = brought_to(place, State.PUBLISHED, body='<p onclick="x()">文<script>alert(1)</script>字</p><iframe src="//x.example"></iframe>')

        body = Publication.objects.get(item=item).body
        assert "script" not in body and "onclick" not in body and "iframe" not in body
        assert "文" in body

    def test_a_draft_of_a_future_or_impossible_day_is_refused_by_field(self, place: County) -> None:
        with pytest.raises(Invalid) as refused:
            drafted(place, formed_on=TODAY + timedelta(days=1), title=" ", kind="nonsense", category="nonsense", access="secret")  # type: ignore[arg-type]

        assert {"title", "kind", "category", "access", "formed_on"} <= set(refused.value.fields)
        assert not Item.objects.exists()

    def test_only_what_is_complete_is_submitted(self, place: County) -> None:
        item = drafted(place, body=" <p> </p>", category="")
        with pytest.raises(Invalid) as refused:
            actions.submit(place.editor, item.pk, at=NOW)

        assert set(refused.value.fields) == {"body", "category"}
        assert drafted(place, access=Access.ON_REQUEST, category="").due_on is None
