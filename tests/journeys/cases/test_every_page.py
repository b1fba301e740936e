"""Every page of the case desk, at both widths: no axe violation, nothing runs over the edge, pictures to look at."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from gongkai.platform.organs.acting import Actor
from tests.journeys.browsing import Desk, faults, wrong_at_both_widths
from tests.platform.cases.factories import Office
from tests.platform.cases.pages.making import Filled

PAGES: dict[str, tuple[str, str]] = {
    "home-officer": ("officer", "/desk/"),
    "home-head": ("head", "/desk/"),
    "home-legal": ("legal", "/desk/"),
    "home-editor": ("editor", "/desk/"),
    "list": ("officer", "/desk/organs/{slug}/requests/"),
    "list-filtered": ("officer", "/desk/organs/{slug}/requests/?state=ended&marked=late&kind=natural"),
    "overdue": ("head", "/desk/organs/{slug}/requests/overdue/"),
    "register": ("officer", "/desk/organs/{slug}/requests/new/"),
    "case-rich": ("officer", "/desk/requests/{rich}/"),
    "case-late": ("approver", "/desk/requests/{late}/"),
    "case-confirm": ("officer", "/desk/requests/{confirm}/"),
    "case-lapsed": ("officer", "/desk/requests/{lapsed}/"),
    "case-paying": ("officer", "/desk/requests/{paying}/"),
    "case-replied": ("officer", "/desk/requests/{replied}/"),
    "case-fresh": ("officer", "/desk/requests/{fresh}/"),
    "clock": ("officer", "/desk/requests/{rich}/clock/"),
    "bundle": ("officer", "/desk/requests/{rich}/bundle/"),
    "receipt": ("officer", "/desk/requests/{fresh}/receipt/"),
    "act-confirm": ("officer", "/desk/requests/{confirm}/do/confirm/"),
    "act-task": ("officer", "/desk/requests/{fresh}/do/give_task/"),
    "act-consult": ("officer", "/desk/requests/{fresh}/do/consult/"),
    "act-fee": ("officer", "/desk/requests/{fresh}/do/compute_fee/"),
    "act-describe": ("officer", "/desk/requests/{fresh}/do/describe/"),
    "act-rectify": ("head", "/desk/requests/{confirm}/do/rectify/?event=1"),
    "act-split": ("officer", "/desk/requests/{fresh}/do/split/"),
    "act-refused": ("officer", "/desk/requests/{replied}/do/withdraw/"),
    "letter-choose": ("officer", "/desk/requests/{late}/letters/new/"),
    "letter-form": ("officer", "/desk/requests/{late}/letters/new/?key=partial&reply=partial"),
    "letter-review": ("legal", "/desk/requests/{rich}/letters/{draft}/"),
    "letter-serve": ("officer", "/desk/requests/{fresh}/letters/{signed}/"),
    "letter-templates": ("legal", "/desk/organs/{slug}/requests/letters/"),
    "letterhead": ("legal", "/desk/organs/{slug}/requests/letters/head/"),
    "tasks": ("editor", "/desk/tasks/"),
    "task": ("editor", "/desk/tasks/{task}/"),
    "supervision": ("head", "/desk/supervision/requests/"),
}
_REFUSED = {"act-refused": 409}


@pytest.mark.parametrize("name", PAGES)
def test_it_stands_at_both_widths_and_can_be_used_by_everybody(
    name: str, page: Desk, place: Office, cases: Filled, enter: Callable[[Page, Actor], Page], shoot: Callable[[Page, str], object]
) -> None:
    role, address = PAGES[name]
    opened = enter(page(1280), getattr(place, role))
    answer = opened.goto(address.format(slug=place.organ.slug, **{field: getattr(cases, field) for field in cases.__dataclass_fields__}))

    assert answer is not None
    assert answer.status == _REFUSED.get(name, 200)
    assert wrong_at_both_widths(opened, lambda: shoot(opened, f"cases-{name}")) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
def test_on_a_phone_it_can_be_used_by_everybody(name: str, page: Desk, place: Office, cases: Filled, enter: Callable[[Page, Actor], Page]) -> None:
    role, address = PAGES[name]
    opened = enter(page(390), getattr(place, role))
    opened.goto(address.format(slug=place.organ.slug, **{field: getattr(cases, field) for field in cases.__dataclass_fields__}))

    assert faults(opened) == []
