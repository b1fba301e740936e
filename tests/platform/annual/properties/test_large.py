"""Pages stay within their statements however much an organ has entered, received, published."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from gongkai.platform.annual.actions import reporting
from gongkai.platform.annual.indicators import CHANNELS, INDICATORS
from gongkai.platform.annual.models import FigureEntry
from gongkai.platform.cases.models import Request
from gongkai.platform.catalogue.models import Item
from tests.platform.annual.workspace.conftest import Begun, Enter, ready
from tests.platform.cases.statistics.test_statistics import counting

from .drawing import NOW

pytestmark = pytest.mark.django_db
MOST = 8
YEAR = 2023
PAGES = ("", "cell/applications.new_received.total/", "cell/applications.new_received.total/?page=3", "cell/active.licensing_decisions/", "cell/active.normative_made/", "changed/", "versions/", "preview/", "do/compile/", "do/submit/")  # fmt: skip
LEDGER = ("", "records/", "publication/1/", "active/0/", "hotline/12/")


def grown(it: Begun) -> None:
    """Thousands of entries, many of them corrected; hundreds of requests and documents; versions of the text."""
    place, entries = it.place, list[FigureEntry]()
    for turn in range(2):
        for each in INDICATORS:
            for channel in CHANNELS if each.by_channel else ("",):
                for month in range(1, 13):
                    if turn == 0 or month % 2:
                        entries.append(FigureEntry(organ=place.organ, indicator=each.key, channel=channel, year=YEAR, month=month, value=Decimal(month + turn), reason="更正" if turn else "", by_id=place.head.person, at=NOW))
    FigureEntry.objects.bulk_create(entries)
    first = Request.objects.filter(organ=place.organ).latest("pk")
    for number in range(200):
        on = date(YEAR, 1, 2) + timedelta(days=number)
        first.pk, first.number, first.received_on, first.ended_on = None, f"2023-9{number:03}", on, on + timedelta(days=10)
        first.save(force_insert=True)
    Item.objects.bulk_create(
        Item(organ=place.organ, author_id=place.editor.person, created_at=NOW, moved_at=NOW, title="规定", kind="normative", formed_on=date(YEAR, 3, 1), state="published",
             first_published_at=NOW.replace(year=YEAR), validity="in_force", index_number=f"grown/{number}")
        for number in range(150)
    )  # fmt: skip


@pytest.fixture
def large(it: Begun, enter: Enter) -> tuple[Begun, Client]:
    ready(it)
    grown(it)
    reporting.compile_(it.place.head, it.report.pk, at=NOW)
    return it, enter(it.place.head)


def test_no_page_costs_more_than_eight_statements(large: tuple[Begun, Client]) -> None:
    it, client = large
    ledger = f"/desk/organs/{it.place.organ.slug}/figures/{YEAR}/"
    costs = dict[str, int]()
    for address in (*(it.address + page for page in PAGES), *(ledger + page for page in LEDGER)):
        assert client.get(address).status_code in (200, 409), address
        costs[address] = counting(lambda address=address: client.get(address))  # type: ignore[misc]

    assert FigureEntry.objects.filter(organ=it.place.organ, year=YEAR).count() > 1000
    assert {address: cost for address, cost in costs.items() if cost > MOST} == {}
