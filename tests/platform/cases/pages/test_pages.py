"""The pages of the case desk through the front door."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongkai.platform.cases.actions import describing
from gongkai.platform.cases.models import Event
from gongkai.platform.organs import calendars
from tests.platform.cases.factories import Office

from .conftest import Enter
from .making import Filled, back, filled, noon, registered

MOST = 8


def addresses(slug: str, told: Filled) -> dict[str, str]:
    """Every page of the case desk that can be looked at."""
    listed = f"/desk/organs/{slug}/requests/"
    pages = {
        "home": "/desk/", "list": listed, "list-live": f"{listed}?state=live&sort=due", "overdue": f"{listed}overdue/", "soon": f"{listed}overdue/?light=soon",
        "register": f"{listed}new/", "templates": f"{listed}letters/", "letterhead": f"{listed}letters/head/", "template-new": f"{listed}letters/correction/",
        "supervision": "/desk/supervision/requests/", "tasks": "/desk/tasks/", "task": f"/desk/tasks/{told.task}/",
    }  # fmt: skip
    for name in ("late", "rich", "confirm", "correcting", "lapsed", "paying", "replied", "fresh"):
        pages[f"case-{name}"] = f"/desk/requests/{getattr(told, name)}/"
    rich = f"/desk/requests/{told.rich}/"
    pages |= {"clock": f"{rich}clock/", "bundle": f"{rich}bundle/", "letter-new": f"{rich}letters/new/", "letter": f"{rich}letters/{told.draft}/", "receipt": f"{rich}receipt/", "messages": f"{rich}messages/"}
    pages |= {"letter-edit": f"{rich}letters/{told.draft}/edit/", "letter-denied": f"/desk/requests/{told.fresh}/letters/new/?key=denied&reply=denied_internal_affairs"}
    pages["letter-signed"] = f"/desk/requests/{told.fresh}/letters/{told.signed}/"
    return pages


def test_every_page_answers(place: Office, enter: Enter) -> None:
    told = filled(place, timezone.localdate())
    client = enter(place.officer)
    for name, address in addresses(place.organ.slug, told).items():
        answer = client.get(address)

        assert answer.status_code == 200, (name, answer.status_code)


@pytest.mark.parametrize("role", ["officer", "head"])
def test_a_page_costs_a_fixed_number_of_statements(place: Office, enter: Enter, role: str) -> None:
    told = filled(place, timezone.localdate())
    client = enter(getattr(place, role))
    pages = {name: address for name, address in addresses(place.organ.slug, told).items() if not name.startswith(("letter", "template"))}
    few = {name: _cost(client, address) for name, address in pages.items()}
    _much(place, told)
    many = {name: _cost(client, address) for name, address in pages.items()}

    assert {name: n for name, n in many.items() if n > MOST} == {}
    assert {name: (few[name], n) for name, n in many.items() if n > few[name]} == {}


@pytest.mark.parametrize("role", ["officer", "head"])
def test_asking_whether_a_holiday_was_entered_costs_no_page_its_ninth_statement(place: Office, enter: Enter, role: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told = filled(place, timezone.localdate())
    client, listed = enter(getattr(place, role)), f"/desk/organs/{place.organ.slug}/requests/"
    pages = addresses(place.organ.slug, told) | {f"list-{light}": f"{listed}?light={light}" for light in ("soon", "overdue", "lapsed")}
    costs = {name: _cost(client, address) for name, address in pages.items() if not name.startswith(("letter", "template"))}
    monkeypatch.setattr(calendars, "FRESH", 5.0)
    fresh = {}
    for name in costs:
        calendars.forget()  # 五秒已过：这一页要再问一次
        fresh[name] = _cost(client, pages[name])

    assert {name: n for name, n in fresh.items() if n > MOST} == {}
    assert {name: n for name, n in fresh.items() if n > costs[name] + 1} == {}


def _cost(client: object, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200, address  # type: ignore[attr-defined]
    return len(asked)


def _much(place: Office, told: Filled) -> None:
    """Three hundred events on one request, and many more requests."""
    today = timezone.localdate()
    for number in range(25):
        registered(place, back(today, number + 1))
    describing.note(place.officer, told.rich, "第一条", at=noon(today))
    last = Event.objects.filter(request=told.rich).order_by("-number")[0]
    more = [
        Event(
            request_id=told.rich, number=last.number + n, kind="noted", on=today, sealed=last.sealed, person_id=last.person_id, role=last.role, at=last.at, digest=f"{n:064d}"
        )
        for n in range(1, 300)
    ]
    Event.objects.bulk_create(more)
