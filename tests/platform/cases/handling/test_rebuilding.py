"""A cache is held against the events that it follows from; and what the application may not do in the database at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection

from gongkai.platform.cases import rebuilding, sweeping
from gongkai.platform.cases.actions import consulting, tasks
from gongkai.platform.cases.actions.ending import withdraw
from gongkai.platform.cases.models import Batch, Filed, Letter, Request, Task, Unfiled
from gongkai.platform.organs import actions as organs
from gongkai.platform.organs import calendars
from gongkai.platform.organs.acting import actor_of
from gongkai.platform.organs.models import Person
from gongkai.platform.running import rebuilding as running
from gongkai.platform.running.rights import LIMITED
from tests.platform.cases.factories import at, entered, office
from tests.platform.cases.letters.hands import served as served_letter

from .making import asked, day

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _as_installed() -> Iterator[None]:
    yield
    calendars.forget()


class TestRebuilding:
    """State, terms and row follow from the events; the copies are put right by them."""

    def test_what_follows_is_left_alone(self) -> None:
        place = office()
        case = entered(place)
        asked(place, case, "2026-03-04")
        consulting.answer(place.officer, case.pk, "征1", "objects", on=day("2026-03-06"), at=at("2026-03-06"))
        tasks.give_task(place.officer, case.pk, what="方案", office="档案室", at=at("2026-03-06"))
        served_letter(place, case, "not_existing", "2026-03-09", "not_existing")

        assert rebuilding.rebuild() == []

    @pytest.mark.parametrize(
        ("field", "wrong"), [("state", "closed"), ("due_on", day("2026-04-30")), ("outcome", "granted"), ("received_on", None), ("next_on", None), ("violations", 3), ("late_days", 9), ("events_taken", 7), ("channel", "fax")]
    )
    def test_a_field_that_does_not_follow_is_found_told_and_put_right(self, field: str, wrong: object) -> None:
        case = entered(office())
        Request.objects.filter(pk=case.pk).update(**{field: wrong})
        looked = rebuilding.rebuild(repair=False)
        mended = rebuilding.rebuild()

        assert [(each.what, each.field) for each in looked] == [(f"request:{case.pk}", field)]
        assert looked == mended
        assert rebuilding.rebuild() == []
        assert getattr(Request.objects.get(pk=case.pk), field) == getattr(case, field)

    def test_letters_and_tasks_too(self) -> None:
        place = office()
        case = entered(place)
        task = tasks.give_task(place.officer, case.pk, what="方案", office="档案室", at=at("2026-03-03"))
        letter = served_letter(place, case, "granted", "2026-03-09", "provided")
        Letter.objects.filter(pk=letter.pk).update(state="signed", delivered_on=None)
        Task.objects.filter(pk=task.pk).update(state="open")
        found = {(each.what, each.field) for each in rebuilding.rebuild()}

        assert found == {(f"letter:{letter.pk}", "state"), (f"letter:{letter.pk}", "delivered_on"), (f"task:{task.pk}", "state")}
        assert rebuilding.rebuild() == []

    def test_one_that_had_ended_keeps_the_calendar_of_its_day(self) -> None:
        place = office()
        case = entered(place, on="2026-03-02")
        withdraw(place.officer, case.pk, on=day("2026-03-04"), at=at("2026-03-04"))
        replied = entered(place, on="2026-03-02")
        served_letter(place, replied, "granted", "2026-03-31", "provided")
        admin = actor_of(Person.objects.get(login="songyin-admin"), day("2026-04-01"))
        batch = organs.prepare_notice(admin, "放假.csv", "date,kind,name\n2026-03-16,holiday,临时放假\n".encode(), source="补发", at=at("2026-04-01"))
        organs.confirm_notice(admin, batch.pk, at=at("2026-04-01"))
        calendars.refresh()

        assert rebuilding.rebuild() == []
        assert Request.objects.get(pk=replied.pk).late_days == 1

    def test_the_command_takes_it_up(self) -> None:
        assert "cases" in {label for label, _found in running.rebuild(repair=False)}


class TestRights:
    """The application may read and add; what happened it can neither change nor remove, whatever the triggers say."""

    @pytest.mark.parametrize("table", sorted(table for table in LIMITED if table.startswith(("cases_", "catalogue_"))))
    @pytest.mark.parametrize("right", ["UPDATE", "DELETE", "TRUNCATE"])
    def test_it_has_no_right_to(self, table: str, right: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT has_table_privilege(current_user, %s, %s), has_table_privilege(current_user, %s, 'INSERT')", [table, right, table])
            held = cursor.fetchone()

        assert held == (False, True)


class TestClearing:
    """Every night: what was not filed, and what is over."""

    def test_old_forms_drafts_and_registers_go_and_new_ones_stay(self) -> None:
        place, now = office(), at("2026-06-01")
        for age, key in ((31, "old"), (1, "new")):
            Filed.objects.create(key=key, action="file", at=now - timedelta(days=age))
            Unfiled.objects.create(organ=place.organ, token_hash=key, data=b"", at=now - timedelta(days=age))
            Batch.objects.create(organ=place.organ, name="登记簿.xlsx", digest="", rows=b"sealed", by_id=place.officer.person, at=now - timedelta(days=age))
        sweeping.clear(now)

        assert list(Filed.objects.values_list("key", flat=True)) == ["new"]
        assert list(Unfiled.objects.values_list("token_hash", flat=True)) == ["new"]
        assert sorted((row.state, row.rows is None) for row in Batch.objects.all()) == [("dropped", True), ("open", False)]

    def test_sessions_that_are_over_go(self) -> None:
        now = at("2020-01-01")
        Session.objects.create(session_key="over", session_data="", expire_date=now)
        sweeping.clear(at("2026-06-01"))

        assert not Session.objects.filter(session_key="over").exists()
