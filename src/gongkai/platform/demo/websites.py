"""政府网站工作年度报表 of the demo: one published, one still filled in. Figures come from the ledgers; what no report tells stays blank."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from gongkai.platform.annual.website import actions
from gongkai.platform.annual.website.actions import Filled, SiteTold
from gongkai.platform.organs.acting import Actor

from .fates import ZONE

YEAR = 2023
SITES: Mapping[str, tuple[str, date]] = {"shule": ("疏勒县政府门户网站", date(2024, 1, 24)), "division-11": ("第十一师政务门户网站", date(2024, 1, 26))}
PUBLISHED = frozenset({"shule"})
TOLD = {"media_any": Filled("yes")}  # 报告说到政务新媒体


@dataclass(frozen=True, slots=True)
class Doing:
    """One thing to be done for a report or a form, at its time."""

    at: datetime
    do: Callable[[], object]


def steps(organs: Mapping[str, int], actor: Callable[[str, date], Actor]) -> Iterator[Doing]:
    """What is done for the forms, each at its time by somebody whose duty it is."""
    for slug, (name, on) in SITES.items():
        yield from _steps(organs[slug], slug, name, on, actor)


def _steps(organ: int, slug: str, name: str, on: date, actor: Callable[[str, date], Actor]) -> Iterator[Doing]:
    made: list[int] = []

    def at(days: int, hour: int) -> datetime:
        return datetime.combine(on + timedelta(days=days), time(hour), ZONE)

    def who(duty: str, when: datetime) -> Actor:
        return actor(f"{slug}-{duty}", when.date())

    def begin() -> None:
        site = actions.keep_site(who("office", at(0, 10)), organ, SiteTold("portal", name, f"https://{slug}.gov.example/", "portal", main=True), at=at(0, 10))
        made.append(actions.begin(who("office", at(0, 10)), organ, site.pk, YEAR, at=at(0, 10)).pk)
        actions.fill(who("office", at(0, 11)), made[0], TOLD, at=at(0, 11))

    yield Doing(at(0, 10), begin)
    if slug in PUBLISHED:
        yield Doing(at(1, 10), lambda: actions.submit(who("office", at(1, 10)), made[0], at=at(1, 10)))
        yield Doing(at(2, 10), lambda: actions.approve(who("legal", at(2, 10)), made[0], at=at(2, 10)))
        yield Doing(at(5, 10), lambda: actions.publish(who("approver", at(5, 10)), made[0], at=at(5, 10)))
