"""A year counted from the database: the same as the pure tally of the same requests, in a fixed number of statements."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection

from gongkai.law import replies
from gongkai.law.editions import EDITION_2019, EDITION_2021, EDITIONS, Applicant, Edition, Remedy, Result
from gongkai.law.events import Channel
from gongkai.law.receipt import BY_CHANNEL
from gongkai.platform.cases.actions import remedies
from gongkai.platform.cases.choices import UNCOUNTED
from gongkai.platform.cases.creating import create
from gongkai.platform.cases.errors import NotFound
from gongkai.platform.cases.models import Remedy as RemedyRow
from gongkai.platform.cases.models import Request
from gongkai.platform.cases.queries import statistics
from gongkai.platform.cases.recording import Pending
from gongkai.platform.organs.acting import Actor, Post
from gongkai.platform.organs.roles import RoleKind
from gongkai.report.identities import REMEDIES, REQUESTS, At, State, assess
from gongkai.report.tally import KINDS, Counted, CountedRemedy, tally
from tests.platform.cases.factories import ASKED, PEOPLE, Office, at, office

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
STATEMENTS = 4
REPLIED = [reply for reply in replies.REPLIES if reply.letter_key not in (None, "lapse")]


def put(place: Office, on: date, *more: Pending, channel: str = "in_person", kind: str = "natural", oral: bool = False) -> Request:
    """A request with everything that happened to it, at once."""
    first = Pending("submitted", on, {"channel": channel}, {}, "", None)
    made, _ = create(
        place.officer, place.organ, "register", PEOPLE[0], ASKED, [first, *more], channel=channel, applicant_kind=kind, at=at("2026-11-20"),
        role=RoleKind.CASE_OFFICER, oral=oral,
    )  # fmt: skip
    return made


def replied(on: date, reply: str = "provided") -> Pending:
    return Pending("replied", on, {"outcome": replies.BY_KEY[reply].outcome}, {"reply": reply}, "", None)


def confirmed(on: date) -> Pending:
    return Pending("confirmed", on, {}, {}, "", None)


def withdrawn(on: date) -> Pending:
    return Pending("withdrawn", on, {}, {}, "", None)


def many(place: Office, number: int) -> None:
    """Requests of several years, of every kind and channel, ended in every way."""
    drawn = random.Random(35)
    for _ in range(number):
        on = date(2019, 6, 1) + timedelta(days=drawn.randrange(2700))
        channel = drawn.choice(tuple(Channel))
        events = [confirmed(on + timedelta(days=2))] if BY_CHANNEL[channel].confirmed and drawn.random() < 0.9 else []
        ended = on + timedelta(days=drawn.choice((3, 10, 40, 300)))
        match drawn.randrange(5):
            case 0 | 1 | 2 if ended < TODAY and (events or not BY_CHANNEL[channel].confirmed):
                events.append(replied(ended, drawn.choice(REPLIED).key))
            case 3 if ended < TODAY:
                events.append(withdrawn(ended))
        put(place, on, *events, channel=channel.value, kind=drawn.choice(KINDS).value)


def by_hand(place: Office) -> tuple[list[Counted], list[CountedRemedy]]:
    """What the pure tally is given."""
    rows = Request.objects.filter(organ=place.organ, received_on__isnull=False).exclude(state__in=[state.value for state in UNCOUNTED])
    told = [Counted(it.pk, Applicant(it.applicant_kind), it.received_on, it.ended_on, it.reply, it.outcome) for it in rows.order_by("received_on", "pk")]  # type: ignore[arg-type]
    suits = RemedyRow.objects.filter(organ=place.organ).exclude(kind="complaint").order_by("filed_on", "pk")
    return told, [CountedRemedy(it.pk, Remedy(it.kind), it.filed_on, it.ended_on, Result(it.result)) for it in suits]


def sued(place: Office, request: Request | None, kind: str, filed: str, ended: str = "", judgment: str = "", after: int | None = None) -> RemedyRow:
    made = remedies.open(
        place.officer, place.organ.pk, kind=kind, body="某机关", claimant="某人", claimant_kind="natural", filed_on=date.fromisoformat(filed), at=at("2026-11-20"),
        request_id=request.pk if request else None, after_id=after,
    )  # fmt: skip
    return remedies.end(place.officer, made.pk, judgment, date.fromisoformat(ended), at=at("2026-11-20")) if ended else made


def counting(work: Callable[[], object]) -> int:
    asked = 0

    def counted(execute: Callable[..., object], *words: object) -> object:
        nonlocal asked
        asked += 1
        return execute(*words)

    with connection.execute_wrapper(counted):
        work()
    return asked


class TestTables:
    def test_every_year_is_counted_as_the_pure_tally_counts_it(self) -> None:
        place = office()
        many(place, 140)
        answered = put(place, date(2023, 3, 1), replied(date(2023, 3, 20), "partial"))
        first = sued(place, answered, "reconsideration", "2023-04-10", "2023-06-01", "upheld")
        sued(place, answered, "litigation_after_reconsideration", "2023-06-12", "2024-02-01", "claim_rejected", after=first.pk)
        sued(place, put(place, date(2022, 11, 1)), "litigation_direct", "2022-12-20")
        sued(place, answered, "complaint", "2023-04-11")
        told = by_hand(place)
        for year in range(2018, 2028):
            for edition in EDITIONS:
                found, expected = statistics.tally(place.officer, place.organ.pk, year, edition, today=TODAY).tables, tally(*told, year, edition)

                assert (found.applications, found.remedies) == (expected.applications, expected.remedies)
                assert all(check.state is State.HOLDS for check in assess(found.report()))

    def test_behind_every_figure_stand_the_requests_that_make_it(self) -> None:
        place = office()
        many(place, 60)
        sued(place, put(place, date(2024, 3, 1), replied(date(2024, 3, 20), "not_existing")), "litigation_direct", "2024-05-06", "2025-01-10", "revoked")
        told = by_hand(place)
        for year, edition in ((2019, EDITION_2019), (2024, EDITION_2021), (2025, EDITION_2021)):
            expected = tally(*told, year, edition)
            for cell in cells(edition):
                assert statistics.ids(place.officer, place.organ.pk, year, cell, edition) == expected.ids(cell)

    def test_a_register_that_names_only_the_outcome_is_counted_by_it(self) -> None:
        place = office()
        made = put(place, date(2024, 3, 1), Pending("replied", date(2024, 3, 11), {"outcome": "denied_third_party"}, {}, "", None))
        at_cell = At(REQUESTS, "denied_third_party", "natural")

        assert statistics.ids(place.officer, place.organ.pk, 2024, at_cell) == (made.pk,)
        assert statistics.tally(place.officer, place.organ.pk, 2024, today=TODAY).tables.applications["denied_third_party"] == (1, 0, 0, 0, 0, 0, 1)

    def test_what_was_never_received_and_what_went_elsewhere_is_in_no_row(self) -> None:
        place = office()
        put(place, date(2024, 3, 1), channel="online")
        put(place, date(2024, 3, 1), withdrawn(date(2024, 3, 4)), channel="online")
        put(place, date(2024, 3, 1), Pending("split", date(2024, 3, 5), {}, {}, "", None))
        put(place, date(2024, 3, 1), Pending("moved", date(2024, 3, 5), {}, {}, "", None))
        found = statistics.tally(place.officer, place.organ.pk, 2024, today=TODAY)

        assert all(row == (0,) * 7 for row in found.tables.applications.values())
        assert found.channels == () and found.timeliness.replied == 0

    def test_before_the_first_form_a_year_is_counted_by_the_first(self) -> None:
        place = office()

        assert statistics.tally(place.officer, place.organ.pk, 2018, today=TODAY).tables.edition is EDITION_2019


def cells(edition: Edition) -> list[At]:
    found = [At(REQUESTS, row.key, kind.value) for row in edition.requests for kind in Applicant]
    return found + [At(REMEDIES, block.value, result.value) for block in Remedy for result in Result]


class TestFurtherFigures:
    def test_lateness_is_told_in_working_days_and_what_is_overdue_now_apart(self) -> None:
        place = office()
        put(place, date(2026, 3, 2), replied(date(2026, 3, 20)))
        put(place, date(2026, 3, 2), replied(date(2026, 4, 1)))  # 期限 3 月 30 日
        put(place, date(2026, 10, 8))
        put(place, date(2026, 11, 16))
        found = statistics.tally(place.officer, place.organ.pk, 2026, today=TODAY).timeliness

        assert (found.replied, found.on_time, found.late, found.late_days, found.overdue) == (2, 1, 1, 2, 1)
        assert found.mean_days == (18 + 30) / 2

    def test_channels_are_those_of_what_came_in_that_year(self) -> None:
        place = office()
        put(place, date(2025, 12, 1))
        put(place, date(2026, 1, 5), oral=True)
        put(place, date(2026, 1, 6))
        put(place, date(2026, 1, 6), confirmed(date(2026, 1, 8)), channel="email")
        found = statistics.tally(place.officer, place.organ.pk, 2026, today=TODAY)

        assert [(each.key, each.count, each.oral) for each in found.channels] == [("in_person", 2, 1), ("email", 1, 0)]
        assert found.years == (2026, 2025)

    def test_replies_are_told_more_finely_than_the_table_does(self) -> None:
        place = office()
        for reply in ("already_public", "provided", "provided", "not_existing"):
            put(place, date(2026, 3, 2), replied(date(2026, 3, 9), reply))
        found = statistics.tally(place.officer, place.organ.pk, 2026, today=TODAY)

        assert found.replies == (("already_public", 1), ("provided", 2), ("not_existing", 1))
        assert found.tables.applications["granted"][-1] == 3

    def test_fees_are_those_noticed_and_paid_as_the_record_now_stands(self) -> None:
        place = office()
        notice, paid = Pending("fee_noticed", date(2025, 12, 29), {"amount": 700}, {}, "", None), Pending("fee_paid", date(2026, 1, 8), {}, {}, "", None)
        put(place, date(2025, 12, 15), notice, paid)
        wrong = Pending("rectified", date(2026, 2, 4), {}, {"target": 2, "cancelled": True}, "", None)
        put(place, date(2026, 1, 20), Pending("fee_noticed", date(2026, 2, 2), {"amount": 90}, {}, "", None), wrong)
        before, after = (statistics.tally(place.officer, place.organ.pk, year, today=TODAY).fees for year in (2025, 2026))

        assert (before.noticed, before.yuan_noticed, before.paid) == (1, 700, 0)
        assert (after.noticed, after.paid, after.yuan_paid) == (0, 1, 700)


class TestWhoMayCount:
    def test_the_number_of_statements_does_not_grow(self) -> None:
        place = office()
        many(place, 10)
        few = counting(lambda: statistics.tally(place.officer, place.organ.pk, 2024, today=TODAY))
        many(place, 60)
        more = counting(lambda: statistics.tally(place.officer, place.organ.pk, 2024, today=TODAY))
        listed = counting(lambda: statistics.behind(place.officer, place.organ.pk, 2024, At(REQUESTS, "new_received", "total")))

        assert few == more == STATEMENTS and listed == 2

    def test_a_supervisor_counts_and_sees_no_case_and_others_see_nothing(self) -> None:
        place, other = office(), office("other")
        supervisor = Actor(9_999, "主管", (Post(RoleKind.SUPERVISOR, place.organ.pk),))
        total = At(REQUESTS, "new_received", "total")

        assert statistics.tally(supervisor, place.organ.pk, 2026, today=TODAY)
        with pytest.raises(NotFound):
            statistics.behind(supervisor, place.organ.pk, 2026, total)
        for stranger in (other.officer, place.editor):
            with pytest.raises(NotFound):
                statistics.tally(stranger, place.organ.pk, 2026, today=TODAY)
            with pytest.raises(NotFound):
                statistics.ids(stranger, place.organ.pk, 2026, total)

    def test_a_list_names_nobody_in_full(self) -> None:
        place = office()
        put(place, date(2026, 3, 2))
        row = statistics.behind(place.officer, place.organ.pk, 2026, At(REQUESTS, "new_received", "total")).rows[0]

        assert PEOPLE[0].name not in repr(row) and row.who == PEOPLE[0].masked and row.title == ASKED.title

    @pytest.mark.parametrize("at_cell", [At(REQUESTS, "granted", "everybody"), At(REQUESTS, "nothing", "total"), At(REMEDIES, "complaint", "total"), At("active", "fee_amount")])
    def test_a_cell_that_the_form_has_not_is_not_found(self, at_cell: At) -> None:
        place = office()

        with pytest.raises(NotFound):
            statistics.behind(place.officer, place.organ.pk, 2026, at_cell)

    def test_pages_of_a_long_list_hold_every_one_once(self) -> None:
        place = office()
        made = [put(place, date(2026, 3, 2)).pk for _ in range(statistics.SHOWN + 3)]
        pages = [statistics.behind(place.officer, place.organ.pk, 2026, At(REQUESTS, "new_received", "total"), page=page) for page in (1, 2, 99)]

        assert [row.id for page in pages[:2] for row in page.rows] == made
        assert pages[2].number == 2 and pages[0].total == len(made)
