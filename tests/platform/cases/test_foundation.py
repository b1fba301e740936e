"""The foundation: sealing, the fold, and the one way in which every action is recorded."""

from __future__ import annotations

from datetime import date

import psycopg
import pytest
from django.db import connection, transaction

from gongkai.law.clock import Settings
from gongkai.platform.cases import recording, sealing, standing
from gongkai.platform.cases.choices import State
from gongkai.platform.cases.creating import code_hash, new_code
from gongkai.platform.cases.errors import KeyMissing, NotAllowed, NotFound, NotNow
from gongkai.platform.cases.models import Event, Request
from gongkai.platform.cases.standing import Happened
from gongkai.platform.cases.values import Applicant, masked_name
from gongkai.platform.journal.models import Entry
from gongkai.platform.journal.verify import verify
from gongkai.platform.organs.calendars import named

from .factories import PEOPLE, at, entered, office


class TestSealing:
    def test_what_is_sealed_opens_again_and_only_for_its_purpose(self) -> None:
        sealed = sealing.seal({"name": "买买提"}, "one")

        assert sealing.unseal(sealed, "one") == {"name": "买买提"}
        assert "买买提".encode() not in sealed
        with pytest.raises(KeyMissing):
            sealing.unseal(sealed, "other")

    def test_after_a_change_of_keys_the_old_ones_still_open_and_look_up(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("GONGKAI_CASE_KEY", "first")
        sealed, found = sealing.seal("旧", "one"), sealing.lookup("name", "张三")
        monkeypatch.setenv("GONGKAI_CASE_KEY", "second,first")

        assert sealing.unseal(sealed, "one") == "旧"
        assert sealing.lookup("name", "张 三") == found
        assert sealing.unseal(sealing.seal("新", "one"), "one") == "新"

    def test_texts_that_share_words_are_alike_in_either_script(self) -> None:
        one, other = sealing.marks("疏勒县2023年征地补偿安置方案"), sealing.marks("疏勒縣征地補償安置方案")

        assert sealing.alike(one, other) > 0.5
        assert sealing.alike(one, sealing.marks("公务员招录职位表")) == 0

    def test_a_query_code_is_read_in_any_case_with_or_without_hyphens(self) -> None:
        code = new_code()

        assert code_hash(code) == code_hash(code.lower().replace("-", " "))
        assert code_hash(code) != code_hash(new_code())

    def test_names_are_masked(self) -> None:
        assert [masked_name(name) for name in ("张三", "欧阳娜娜", "疏勒县某某建筑有限公司")] == ["张*", "欧**娜", "疏勒****公司"]


def happened(number: int, kind: str, on: date, law: dict[str, object] | None = None, facts: dict[str, object] | None = None) -> Happened:
    return Happened(number, kind, on, law or {}, facts or {})


class TestFold:
    """A mistake is corrected by a further event; both stay."""

    def test_a_rectified_date_moves_the_term(self) -> None:
        told = [
            happened(1, "submitted", date(2024, 2, 8), {"channel": "in_person"}),
            happened(2, "rectified", date(2024, 2, 20), {"channel": "in_person"}, {"target": 1, "on": "2024-02-07"}),
        ]

        assert standing.fold(told[:1], named("cn"), Settings()).due_on == date(2024, 3, 13)
        assert standing.fold(told, named("cn"), Settings()).due_on == date(2024, 3, 12)

    def test_a_cancelled_reply_opens_the_request_again(self) -> None:
        told = [
            happened(1, "submitted", date(2024, 2, 8), {"channel": "in_person"}),
            happened(2, "replied", date(2024, 3, 1), {"outcome": "granted"}, {"reply": "provided"}),
            happened(3, "rectified", date(2024, 3, 2), facts={"target": 2, "cancelled": True}),
        ]
        replied, again = standing.fold(told[:2], named("cn"), Settings()), standing.fold(told, named("cn"), Settings())

        assert (replied.state, replied.reply, replied.outcome, replied.next_on) == (State.REPLIED, "provided", "granted", None)
        assert (again.state, again.outcome, again.next_on) == (State.OPEN, "", date(2024, 3, 13))

    def test_a_split_request_is_in_no_row(self) -> None:
        told = [happened(1, "submitted", date(2024, 2, 8), {"channel": "in_person"}), happened(2, "split", date(2024, 2, 9))]
        now = standing.fold(told, named("cn"), Settings())

        assert (now.state, now.outcome, now.next_on, now.ended_on) == (State.SPLIT, "", None, date(2024, 2, 9))


@pytest.mark.django_db
class TestRecording:
    def test_an_act_appends_its_events_and_the_cache_follows(self) -> None:
        place = office()
        case = entered(place, channel="online", on="2026-02-10")
        done = recording.act(place.officer, case.pk, "confirm", lambda doing: doing.happen("confirmed", date(2026, 2, 13)), at=at("2026-02-13"))

        assert (case.state, case.due_on) == (State.AWAITING_CONFIRMATION.value, None)
        assert (done.state, done.received_on, done.due_on) == (State.OPEN.value, date(2026, 2, 13), date(2026, 3, 19))
        assert [each.kind for each in Event.objects.filter(request=case).order_by("number")] == ["submitted", "confirmed"]
        assert verify().holds

    def test_what_the_law_does_not_allow_is_refused_and_nothing_is_written(self) -> None:
        place = office()
        case = entered(place, channel="in_person", on="2026-03-02")

        with pytest.raises(NotNow, match="办理中"):
            recording.act(place.officer, case.pk, "confirm", lambda doing: doing.happen("confirmed"), at=at("2026-03-03"))
        assert Event.objects.filter(request=case).count() == 1

    def test_only_the_organs_own_roles_find_it(self) -> None:
        place, other = office(), office("other")
        case = entered(place)

        with pytest.raises(NotFound):
            recording.act(other.officer, case.pk, "withdraw", lambda doing: doing.happen("withdrawn"), at=at("2026-03-03"))
        with pytest.raises(NotAllowed):
            recording.act(place.legal, case.pk, "withdraw", lambda doing: doing.happen("withdrawn"), at=at("2026-03-03"))
        with pytest.raises(NotFound):
            recording.act(place.editor, case.pk, "withdraw", lambda doing: doing.happen("withdrawn"), at=at("2026-03-03"))

    def test_nothing_personal_is_in_the_rows_or_in_the_journal(self) -> None:
        place = office()
        case = entered(place)
        row = Request.objects.filter(pk=case.pk).values().get()
        told = " ".join(str(entry.changes) + entry.name for entry in Entry.objects.filter(subject=f"cases.request:{case.pk}"))

        for secret in (PEOPLE[0].name, PEOPLE[0].identity_number, PEOPLE[0].phone, "征地"):
            assert secret not in told
            assert all(secret.encode() not in (bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()) for value in row.values())
        assert Applicant.opened(row["applicant"]) == PEOPLE[0]

    def test_the_database_refuses_to_change_an_event(self) -> None:
        case = entered(office())

        with pytest.raises(Exception, match=r"never changed|permission denied") as refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE cases_event SET kind = 'withdrawn' WHERE request_id = %s", [case.pk])
        assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)
