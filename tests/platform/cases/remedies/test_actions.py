"""Remedies entered, followed and ended by the organ's people (条例第五十一条)."""

from __future__ import annotations

from datetime import date

import psycopg
import pytest
from django.db import connection, transaction

from gongkai.platform.cases.actions import remedies
from gongkai.platform.cases.claims import Claim
from gongkai.platform.cases.errors import Conflict, Invalid, NotAllowed, NotFound, NotNow
from gongkai.platform.cases.models import Event, Notice, Remedy, RemedyEvent
from gongkai.platform.cases.uploading import Upload
from gongkai.platform.journal.models import Entry
from gongkai.platform.journal.verify import verify
from tests.platform.cases.factories import at, office

from .replied import CLAIM, reconsidered, replied

pytestmark = pytest.mark.django_db


class TestOpening:
    def test_it_is_linked_to_its_request_and_the_request_tells_of_it(self) -> None:
        place = office()
        case = replied(place)
        remedy = reconsidered(place, case)
        event = Event.objects.filter(request=case).latest("number")

        assert (remedy.number, remedy.request_id, remedy.result) == ("2026-救001", case.pk, "pending")
        assert remedy.answer_by == remedy.next_on == date(2026, 4, 21)
        assert (event.kind, event.facts) == ("remedy_opened", {"remedy": "2026-救001", "kind": "reconsideration"})
        assert verify().holds

    def test_one_without_a_request_is_kept_too(self) -> None:
        remedy = reconsidered(office(), None, kind="complaint", answer_by=date(2026, 4, 20))

        assert (remedy.request, remedy.next_on) == (None, date(2026, 4, 20))

    def test_officer_and_head_are_told_by_when_to_answer(self) -> None:
        place = office()
        reconsidered(place, replied(place))
        told = Notice.objects.filter(key="remedy_opened", channel="desk")

        assert {each.person_id for each in told} == {place.head.person}
        assert {each.facts["by"] for each in told} == {"2026-04-21"}

    def test_who_went_and_why_is_sealed_and_nowhere_in_the_journal(self) -> None:
        place = office()
        remedy = reconsidered(place, replied(place), text="申请人当面递交")
        rows = [*Remedy.objects.filter(pk=remedy.pk).values(), *RemedyEvent.objects.filter(remedy=remedy).values()]
        told = " ".join(f"{entry.changes} {entry.reason} {entry.name}" for entry in Entry.objects.all())

        assert Claim.opened(remedy.sealed) == CLAIM
        for secret in ("柳如烟", "郑律师", "松府复字", "过程性信息", "当面递交"):
            assert secret not in told
            assert all(secret.encode() not in (bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()) for row in rows for value in row.values())

    def test_what_cannot_be_is_said_field_by_field(self) -> None:
        place = office()
        with pytest.raises(Invalid) as refused:
            reconsidered(place, replied(place), body=" ", claimant=Claim(" "), kind="petition", procedure="quick", accepted_on=date(2026, 4, 9))

        assert refused.value.fields.keys() == {"kind", "body", "claimant", "procedure", "accepted_on"}

    def test_a_notice_cannot_be_older_than_the_request(self) -> None:
        place = office()
        with pytest.raises(Invalid, match="不能早于提出申请之日"):
            reconsidered(place, replied(place, on="2026-03-02"), filed_on="2026-02-27")

    def test_a_suit_after_reconsideration_is_linked_to_it(self) -> None:
        place = office()
        case = replied(place)
        first = reconsidered(place, case)
        remedies.end(place.officer, first.pk, "upheld", date(2026, 5, 20), at=at("2026-05-20"))
        suit = reconsidered(place, case, kind="litigation_after_reconsideration", after_id=first.pk, filed_on="2026-06-10", body="某市中级人民法院")

        assert (suit.after_id, suit.answer_by) == (first.pk, date(2026, 6, 25))
        with pytest.raises(Invalid, match="复议后起诉"):
            reconsidered(place, case, kind="litigation_after_reconsideration", filed_on="2026-06-10")
        with pytest.raises(Invalid, match="不是同一件申请"):
            reconsidered(place, replied(place), kind="litigation_after_reconsideration", after_id=first.pk, filed_on="2026-06-10")

    def test_a_form_posted_twice_makes_one(self) -> None:
        place = office()
        case = replied(place)
        first, second = (reconsidered(place, case, once="abc") for _ in range(2))
        apart = [reconsidered(place, None, once="def") for _ in range(2)]

        assert first.pk == second.pk
        assert apart[0].pk == apart[1].pk
        assert Remedy.objects.count() == 2


class TestPermission:
    def test_readers_do_not_enter_and_others_find_nothing(self) -> None:
        place, other = office(), office("other")
        remedy = reconsidered(place, replied(place))

        for actor in (place.legal, place.approver):
            with pytest.raises(NotAllowed):
                remedies.record(actor, remedy.pk, "answered", date(2026, 4, 10), at=at("2026-04-10"))
        for actor in (place.editor, other.officer):
            with pytest.raises(NotFound):
                remedies.record(actor, remedy.pk, "answered", date(2026, 4, 10), at=at("2026-04-10"))
        with pytest.raises(NotFound):
            remedies.open(other.officer, other.organ.pk, kind="reconsideration", body="甲", claimant="乙", filed_on=date(2026, 4, 7), at=at("2026-04-07"), request_id=remedy.request_id)


class TestRecording:
    def test_the_answer_closes_the_term(self) -> None:
        place = office()
        remedy = reconsidered(place, replied(place), accepted_on=date(2026, 4, 3))
        document = Upload("remedy", "答复书.txt", "被申请人答复书".encode())
        done = remedies.record(place.officer, remedy.pk, "answered", date(2026, 4, 15), text="附证据三份", upload=document, at=at("2026-04-15"))
        event = RemedyEvent.objects.get(remedy=remedy, kind="answered")

        assert done.next_on is None
        assert event.file is not None and (event.file.kind, event.file.request_id, event.file.shown) == ("remedy", remedy.request_id, False)

    def test_what_did_not_happen_yet_is_not_entered(self) -> None:
        place = office()
        remedy = reconsidered(place, replied(place))

        with pytest.raises(Invalid, match="在今天之后"):
            remedies.record(place.officer, remedy.pk, "answered", date(2026, 4, 16), at=at("2026-04-15"))
        with pytest.raises(Invalid, match="日期"):
            remedies.record(place.officer, remedy.pk, "hearing_set", date(2026, 4, 15), at=at("2026-04-15"))
        with pytest.raises(NotNow, match="一方上诉"):
            remedies.record(place.officer, remedy.pk, "appealed", date(2026, 4, 15), at=at("2026-04-15"))
        with pytest.raises(Invalid, match="从所列事项中选择"):
            remedies.record(place.officer, remedy.pk, "ended", date(2026, 4, 15), at=at("2026-04-15"))

    def test_somebody_who_looked_at_an_older_page_is_told(self) -> None:
        place = office()
        remedy = reconsidered(place, replied(place))
        remedies.record(place.officer, remedy.pk, "noted", date(2026, 4, 8), text="已与复议机构联系", at=at("2026-04-08"), seen=1)

        with pytest.raises(Conflict):
            remedies.record(place.officer2, remedy.pk, "answered", date(2026, 4, 8), at=at("2026-04-08"), seen=1)

    def test_a_mistake_is_corrected_with_a_reason_and_both_stay(self) -> None:
        place = office()
        remedy = reconsidered(place, replied(place))
        with pytest.raises(Invalid, match="理由"):
            remedies.rectify(place.officer, remedy.pk, 1, reason=" ", on=date(2026, 4, 8), at=at("2026-04-09"))
        done = remedies.rectify(place.officer, remedy.pk, 1, reason="收文章日期看错", on=date(2026, 4, 8), at=at("2026-04-09"))

        assert (done.filed_on, done.answer_by) == (date(2026, 4, 8), date(2026, 4, 22))
        assert [each.kind for each in RemedyEvent.objects.filter(remedy=remedy).order_by("number")] == ["filed", "rectified"]

    def test_the_database_refuses_to_change_an_event(self) -> None:
        place = office()
        remedy = reconsidered(place, None)

        with pytest.raises(Exception, match=r"never changed|permission denied") as refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM cases_remedyevent WHERE remedy_id = %s", [remedy.pk])
        assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)


class TestEnding:
    def test_a_corrected_result_tells_whoever_must_act_anew(self) -> None:
        place = office()
        case = replied(place)
        remedy = reconsidered(place, case)
        done = remedies.end(place.officer, remedy.pk, "revoked", date(2026, 5, 20), act_by=date(2026, 6, 10), at=at("2026-05-21"))
        event = Event.objects.filter(request=case).latest("number")

        assert (done.result, done.ended_on, done.next_on) == ("corrected", date(2026, 5, 20), date(2026, 6, 10))
        assert (event.kind, event.facts["result"]) == ("remedy_ended", "corrected")
        assert {each.person_id for each in Notice.objects.filter(key="act_anew", channel="desk")} == {place.head.person}
        again = remedies.record(place.officer, remedy.pk, "complied", date(2026, 6, 5), at=at("2026-06-05"))
        assert again.next_on is None

    def test_an_upheld_reply_needs_nobody(self) -> None:
        place = office()
        remedy = reconsidered(place, replied(place))
        done = remedies.end(place.officer, remedy.pk, "upheld", date(2026, 5, 20), at=at("2026-05-20"))

        assert (done.result, done.next_on) == ("upheld", None)
        assert not Notice.objects.filter(key__startswith="act_anew").exists()

    @pytest.mark.parametrize("judgment", ["pending", "lost", ""])
    def test_an_ended_case_has_a_result_of_the_form(self, judgment: str) -> None:
        place = office()
        remedy = reconsidered(place, None)

        with pytest.raises(Invalid, match="从所列结果中选择"):
            remedies.end(place.officer, remedy.pk, judgment, date(2026, 5, 20), at=at("2026-05-20"))

    def test_it_ends_once(self) -> None:
        place = office()
        remedy = reconsidered(place, None)
        remedies.end(place.officer, remedy.pk, "upheld", date(2026, 5, 20), at=at("2026-05-20"))

        with pytest.raises(NotNow):
            remedies.end(place.officer, remedy.pk, "revoked", date(2026, 5, 21), at=at("2026-05-21"))
        assert verify().holds
