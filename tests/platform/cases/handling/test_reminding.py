"""催办: at the organ's set days before each term, daily after it; each reminder once."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.platform.cases.actions import consulting, tasks
from gongkai.platform.cases.actions.describing import assign
from gongkai.platform.cases.actions.reminding import press, remind
from gongkai.platform.cases.errors import NotAllowed
from gongkai.platform.cases.models import Notice, Reminder, Request
from gongkai.platform.organs import actions as organs
from gongkai.platform.organs.acting import MACHINE
from tests.platform.cases.factories import BEGIN, PEOPLE, Office, at, entered, office

from .making import PARTY, asked, day, kinds, served

pytestmark = pytest.mark.django_db


def handled(place: Office, on: str = "2026-03-02", **more: str) -> Request:
    """A request with its officer."""
    case = entered(place, on=on, **more)  # type: ignore[arg-type]
    assign(place.officer, case.pk, place.officer.person or 0, at=at(on))
    Notice.objects.all().delete()
    return case


def through(first: str, until: str, hour: int = 7) -> list[tuple[str, int]]:
    """Every morning from one day to another: on which days how many reminders were given."""
    given, on = [], date.fromisoformat(first)
    while on <= date.fromisoformat(until):
        if number := remind(at(on.isoformat(), hour)):
            given.append((on.isoformat(), number))
        on += timedelta(days=1)
    return given


def told(case: Request) -> Counter[tuple[str, int | None]]:
    rows = Notice.objects.filter(request=case, channel="desk")
    return Counter(rows.values_list("key", "person_id"))


class TestReplyPeriod:
    """第三十三条：二十个工作日内予以答复."""

    def test_five_and_two_working_days_before_on_the_day_and_every_working_day_after(self) -> None:
        place = office()
        case = handled(place)  # 届满 2026-03-30，星期一
        given = through("2026-03-02", "2026-04-03")

        assert [on for on, _n in given] == ["2026-03-23", "2026-03-26", "2026-03-30", "2026-03-31", "2026-04-01", "2026-04-02", "2026-04-03"]
        assert sorted(Reminder.objects.values_list("days", flat=True)) == [-4, -3, -2, -1, 0, 2, 5]
        officer, head = place.officer.person, place.head.person
        assert told(case) == {("reminder", officer): 3, ("reminder", head): 2, ("overdue", officer): 4, ("overdue", head): 4}

    def test_as_the_organ_has_set_it(self) -> None:
        place = office()
        organs.change_settings(MACHINE, place.organ.pk, {"first_reminder": 10, "second_reminder": 1}, since=BEGIN, at=at("2026-01-05"))
        handled(place)

        assert [on for on, _n in through("2026-03-02", "2026-03-30")] == ["2026-03-16", "2026-03-27", "2026-03-30"]

    def test_twice_on_one_morning_it_is_given_once(self) -> None:
        handled(office())
        first = [remind(at("2026-03-31", hour)) for hour in (7, 9, 12)]

        assert first == [1, 0, 0]
        assert Notice.objects.filter(key="overdue", channel="desk").count() == 2

    def test_a_morning_that_was_missed_is_made_up_for_by_the_nearest_step(self) -> None:
        handled(office())

        assert through("2026-03-27", "2026-03-29") == [("2026-03-27", 1)]
        assert Reminder.objects.get().days == 2

    def test_nobody_is_reminded_on_a_day_of_rest(self) -> None:
        handled(office(), on="2026-03-06")  # 届满 2026-04-03，其后是清明假期
        given = [on for on, _n in through("2026-04-03", "2026-04-08")]

        assert given == ["2026-04-03", "2026-04-07", "2026-04-08"]

    def test_where_nobody_handles_it_the_head_is_told_from_the_first(self) -> None:
        place = office()
        case = entered(place)
        remind(at("2026-03-23"))

        assert told(case) == {("reminder", place.head.person): 1}

    def test_what_has_ended_is_left_in_peace(self) -> None:
        place = office()
        case = handled(place)
        served(place, case, "replied", "2026-03-10", {"outcome": "granted"}, {"reply": "provided"})

        assert remind(at("2026-04-10")) == 0

    def test_by_mail_too_sealed_and_one_job_each(self) -> None:
        place = office()
        case = handled(place)
        remind(at("2026-03-31"))
        mails = Notice.objects.filter(request=case, channel="email")

        assert mails.count() == 2 and all(each.to is not None and b"example" not in bytes(each.to) for each in mails)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'cases.send_notice' AND (args->>'notice_id')::bigint = ANY(%s)", [[each.pk for each in mails]])
            assert cursor.fetchone() == (2,)


class TestOtherTerms:
    """补正、缴费、检索、征求意见."""

    def test_the_applicant_is_reminded_of_a_correction_and_the_officer_told_once_that_it_lapsed(self) -> None:
        place = office()
        case = handled(place)
        served(place, case, "correction_requested", "2026-03-05", {"answer_by": "2026-03-19"})
        given = through("2026-03-05", "2026-03-31")

        assert [on for on, _n in given] == ["2026-03-12", "2026-03-17", "2026-03-19", "2026-03-20"]
        assert Notice.objects.filter(request=case, key="correct_soon", channel="email").count() == 3
        assert Notice.objects.filter(request=case, key="overdue", person_id=place.officer.person, channel="desk").count() == 1

    def test_of_a_payment_too(self) -> None:
        place = office()
        case = handled(place)
        served(place, case, "fee_noticed", "2026-03-05", {"amount": 100})
        through("2026-03-30", "2026-04-10")

        assert Notice.objects.filter(request=case, key="pay_soon", channel="email").count() == 2 + 1
        assert Reminder.objects.filter(term="pay_by", days=-1).count() == 1

    def test_whoever_searches_is_reminded_daily_once_it_is_late(self) -> None:
        place = office()
        case = handled(place)
        task = tasks.give_task(place.officer, case.pk, what="方案", person_id=place.editor.person, at=at("2026-03-03"))
        Notice.objects.all().delete()
        given = [on for on, _n in through("2026-03-03", "2026-03-12")]

        assert given == ["2026-03-03", "2026-03-06", "2026-03-10", "2026-03-11", "2026-03-12"]
        assert told(case)[("overdue", place.editor.person)] == 2
        tasks.answer_task(place.editor, task.pk, "查过，没有", found=False, at=at("2026-03-12"))
        assert remind(at("2026-03-13")) == 0

    @pytest.mark.parametrize(("to", "means"), [("third_party", "由本机关依照条例决定"), ("co_maker", "视为同意公开")])
    def test_silence_is_noted_with_what_it_means(self, to: str, means: str) -> None:
        """第三十二条："由行政机关依照本条例的规定决定是否公开"；第三十四条："视为同意公开". """
        place = office()
        case = handled(place)
        asked(place, case, "2026-03-04", to)
        Notice.objects.all().delete()
        given = [on for on, _n in through("2026-03-04", "2026-03-31")]
        silent = Notice.objects.get(request=case, key="silent", person_id=place.officer.person, channel="desk")

        assert given == ["2026-03-18", "2026-03-23", "2026-03-25", "2026-03-26"]
        assert silent.facts["ref"] == "征1" and means in str(silent.facts["means"])

    def test_an_answered_consultation_is_not_reminded_of(self) -> None:
        place = office()
        case = handled(place)
        asked(place, case, "2026-03-04")
        consulting.consult(place.officer, case.pk, "co_maker", PARTY, "请提出意见", at=at("2026-03-04"))
        consulting.answer(place.officer, case.pk, "征1", "consents", on=day("2026-03-05"), at=at("2026-03-05"))

        assert through("2026-03-05", "2026-03-23") == []


class TestPressing:
    """The head presses in their own words; the record shows it."""

    def test_the_officer_is_told(self) -> None:
        place = office()
        case = handled(place)
        press(place.head, case.pk, "请今天报方案", at=at("2026-03-20"))

        assert kinds(case)[-1] == "reminded"
        assert told(case) == {("pressed", place.officer.person): 1}
        with pytest.raises(NotAllowed):
            press(place.officer, case.pk, "催自己", at=at("2026-03-20"))


def test_its_statements_do_not_grow_with_the_requests() -> None:
    place = office()
    for _n in range(3):
        asked(place, handled(place, applicant=PEOPLE[2]), "2026-03-04")  # type: ignore[arg-type]
    with CaptureQueriesContext(connection) as few:
        remind(at("2026-03-23"))
    for _n in range(9):
        case = handled(place, applicant=PEOPLE[2])  # type: ignore[arg-type]
        asked(place, case, "2026-03-04")
        tasks.give_task(place.officer, case.pk, what="方案", office="档案室", at=at("2026-03-18"))
    with CaptureQueriesContext(connection) as many:
        remind(at("2026-03-25"))

    assert len(many) <= len(few) + 1
    assert len(many) <= 16
