"""放假安排变动 moves the terms of open requests: each change an event, an entry and a message; done again, nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.platform.cases import clocks, rebuilding
from gongkai.platform.cases.actions.describing import note
from gongkai.platform.cases.actions.ending import withdraw
from gongkai.platform.cases.actions.recomputing import recompute
from gongkai.platform.cases.models import Event, Notice, Remedy, Request
from gongkai.platform.journal.models import Entry
from gongkai.platform.journal.verify import verify
from gongkai.platform.organs import actions as organs
from gongkai.platform.organs import calendars
from gongkai.platform.organs.acting import actor_of
from gongkai.platform.organs.models import Organ, Person
from tests.platform.cases.factories import Office, at, entered, office
from tests.platform.cases.remedies.replied import reconsidered

from .making import day, kinds, last, served

pytestmark = pytest.mark.django_db
CLOSED = "date,kind,name\n2026-03-11,holiday,临时放假\n2026-03-12,holiday,临时放假\n"


@pytest.fixture(autouse=True)
def _as_installed() -> Iterator[None]:
    yield
    calendars.forget()


def notice(place: Office, text: str = CLOSED, calendar: str = "cn") -> int:
    """A notice entered by the administrator."""
    admin = actor_of(Person.objects.get(login=f"{place.organ.slug}-admin"), day("2026-03-05"))
    batch = organs.prepare_notice(admin, "放假.csv", text.encode(), calendar=calendar, source="国办发明电〔2026〕2号", at=at("2026-03-05"))
    organs.confirm_notice(admin, batch.pk, at=at("2026-03-05"))
    return batch.pk


def test_each_open_request_is_counted_again_and_told() -> None:
    place = office()
    open_one, paying, ended, waiting = entered(place, on="2026-03-02"), entered(place, on="2026-03-02"), entered(place, on="2026-03-02"), entered(place, channel="email")
    served(place, paying, "fee_noticed", "2026-03-04", {"amount": 100})
    withdraw(place.officer, ended.pk, on=day("2026-03-04"), at=at("2026-03-04"))
    notice(place)
    moved = recompute(at("2026-03-05"))
    now = {each.pk: each for each in Request.objects.all()}

    assert moved == 2
    assert (now[open_one.pk].due_on, last(open_one, "recomputed").facts) == (day("2026-04-01"), {"due_on": ["2026-03-30", "2026-04-01"]})
    assert last(paying, "recomputed").facts == {"pay_by": ["2026-04-01", "2026-04-03"]}
    assert (kinds(ended)[-1], kinds(waiting)[-1]) == ("withdrawn", "submitted")
    assert (last(open_one, "recomputed").role, last(open_one, "recomputed").person_id) == ("system", None)
    assert Entry.objects.filter(subject=f"cases.request:{open_one.pk}", verb="cases.recompute", changes__due_on=["2026-03-30", "2026-04-01"]).exists()
    assert Notice.objects.filter(request=open_one, key="recomputed_desk").exists() and Notice.objects.filter(request=open_one, key="recomputed").exists()
    assert verify().holds and rebuilding.rebuild(repair=False) == []


def test_done_again_it_does_nothing() -> None:
    place = office()
    entered(place, on="2026-03-02")
    notice(place)
    recompute(at("2026-03-05"))
    events, entries = Event.objects.count(), Entry.objects.count()

    assert recompute(at("2026-03-06")) == 0
    assert (Event.objects.count(), Entry.objects.count()) == (events, entries)


def test_the_terms_of_remedies_move_though_no_request_is_open() -> None:
    place = office()
    remedy = reconsidered(place, None, filed_on="2026-03-09")
    before = remedy.next_on
    notice(place)
    recompute(at("2026-03-10"))
    now = Remedy.objects.get(pk=remedy.pk)

    assert (before, now.next_on) == (day("2026-03-23"), day("2026-03-25"))
    assert rebuilding.rebuild(repair=False) == []


def test_a_term_that_stands_is_only_marked() -> None:
    place = office()
    case = entered(place, on="2026-03-02")
    notice(place, "date,kind,name\n2026-12-25,holiday,临时放假\n")
    mark = case.calendar_mark

    assert recompute(at("2026-03-05")) == 0
    now = Request.objects.get(pk=case.pk)
    assert now.calendar_mark == clocks.mark_of(clocks.days_of(now.organ)) != mark
    assert kinds(now) == ["submitted"]


def test_what_was_provisional_is_so_no_longer() -> None:
    place = office()
    case = entered(place, on="2026-12-10")
    whole = "".join(f"2027-{each},holiday,节日\n" for each in ("01-01", "02-08", "10-01"))
    first = case.provisional
    notice(place, f"date,kind,name\n{whole}")
    recompute(at("2026-12-11"))
    now = Request.objects.get(pk=case.pk)

    assert (first, now.provisional, now.due_on) == (True, False, day("2027-01-08"))


def test_a_regions_notice_moves_only_the_organs_that_count_by_it() -> None:
    place, other = office(), office("hetian", "cn-xinjiang")
    mine, theirs = entered(place, on="2026-03-02"), entered(other, on="2026-03-02")
    notice(place, "date,kind,name\n2026-03-20,holiday,肉孜节\n", "cn-xinjiang")
    moved = recompute(at("2026-03-05"))

    assert moved == 1
    assert (kinds(mine)[-1], kinds(theirs)[-1]) == ("submitted", "recomputed")


def test_an_organ_that_takes_another_calendar_counts_by_it() -> None:
    place = office()
    case = entered(place, on="2025-03-20")
    Organ.objects.filter(pk=place.organ.pk).update(calendar="cn-xinjiang")
    recompute(at("2025-03-21"))

    assert Request.objects.get(pk=case.pk).due_on != case.due_on
    assert kinds(case)[-1] == "recomputed"


def test_a_withdrawn_notice_moves_them_back() -> None:
    place = office()
    case = entered(place, on="2026-03-02")
    batch = notice(place)
    recompute(at("2026-03-05"))
    admin = actor_of(Person.objects.get(login=f"{place.organ.slug}-admin"), day("2026-03-05"))
    organs.withdraw_notice(admin, batch, reason="录错了", at=at("2026-03-06"))
    recompute(at("2026-03-06"))

    assert Request.objects.get(pk=case.pk).due_on == case.due_on
    assert kinds(case) == ["submitted", "recomputed", "recomputed"]


def test_whoever_acts_first_finds_it_counted_already() -> None:
    """An act between the notice and its round: the change of the term is an event before the act's own."""
    place = office()
    case = entered(place, on="2026-03-02")
    notice(place)
    note(place.officer, case.pk, "看过", at=at("2026-03-05"))

    assert kinds(case) == ["submitted", "recomputed", "noted"]
    assert last(case, "recomputed").role == "system"
    assert recompute(at("2026-03-05")) == 0


def test_its_cost_grows_with_the_open_requests_and_not_faster() -> None:
    place = office()
    for _n in range(3):
        entered(place, on="2026-03-02")
    notice(place, "date,kind,name\n2026-12-25,holiday,临时放假\n")
    with CaptureQueriesContext(connection, ) as few:
        recompute(at("2026-03-05"))
    for _n in range(9):
        entered(place, on="2026-03-02")
    notice(place, "date,kind,name\n2026-12-28,holiday,临时放假\n")
    with CaptureQueriesContext(connection) as many:
        recompute(at("2026-03-05"))
    with CaptureQueriesContext(connection) as idle:
        recompute(at("2026-03-05"))

    assert len(many) == len(few)
    assert len(idle) == 3


def test_in_small_batches_every_one_is_reached() -> None:
    place = office()
    cases = [entered(place, on="2026-03-02") for _n in range(7)]
    notice(place)

    assert recompute(at("2026-03-05"), size=3) == 7
    assert {kinds(case)[-1] for case in cases} == {"recomputed"}
