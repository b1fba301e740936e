"""What the desk reads of requests: lists, what waits, the page of one; masked where it must be, at a fixed cost."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.platform.cases.errors import NotFound
from gongkai.platform.cases.queries import listing, viewing, waiting
from gongkai.platform.cases.queries.clock import Light
from gongkai.platform.cases.queries.desk_values import RequestFilter
from tests.platform.cases.factories import PEOPLE, entered, office

TODAY = date(2026, 3, 10)


@pytest.mark.django_db
def test_the_page_of_a_request_tells_everything_in_two_statements() -> None:
    place = office()
    request = entered(place)
    with CaptureQueriesContext(connection) as asked:
        view = viewing.case(place.officer, request.pk, TODAY)

    assert len(asked) == 2
    assert view.applicant == PEOPLE[0]
    assert view.clock.light is Light.FINE
    assert [each.kind for each in view.events] == ["submitted"]


@pytest.mark.django_db
def test_a_list_masks_the_applicant_and_finds_by_what_is_sealed() -> None:
    place = office()
    entered(place)
    entered(place, applicant=PEOPLE[1], on="2026-03-03")

    for text in ("柳如烟", "653121199001011234", "13900000001", "2026-1", "2026-0001"):
        found = listing.requests(place.officer, place.organ.pk, RequestFilter(text=text), today=TODAY, warned=TODAY)
        assert [row.applicant for row in found.rows] == ["柳*烟"], text
    both = listing.requests(place.officer, place.organ.pk, RequestFilter(text="征地 安置"), today=TODAY, warned=TODAY)
    assert both.total == 2
    assert listing.requests(place.officer, place.organ.pk, RequestFilter(text="公务员"), today=TODAY, warned=TODAY).total == 0
    with pytest.raises(NotFound):
        listing.requests(place.editor, place.organ.pk, today=TODAY, warned=TODAY)


@pytest.mark.django_db
def test_what_waits_is_one_statement_beside_the_organs() -> None:
    place = office()
    entered(place, on="2026-01-05")
    entered(place, channel="fax")
    with CaptureQueriesContext(connection) as asked:
        found = waiting.waiting(place.officer, TODAY)

    assert len(asked) == 2
    assert {duty.key: duty.total for duty in found.duties} == {"overdue": 1, "confirm": 1, "unassigned": 2}
    assert found.duties[0].rows[0].left == -22
    assert waiting.waiting(place.editor, TODAY).duties == ()


@pytest.mark.django_db
def test_the_summary_counts_what_is_open() -> None:
    place = office()
    entered(place, on="2026-01-05")
    entered(place, on="2025-12-31", channel="fax")
    told = listing.summary(place.head, place.organ.pk, TODAY)

    assert (told.overdue, told.all_live, told.years) == (1, 2, (2026, 2025))
    assert len(told.officers) == 3
