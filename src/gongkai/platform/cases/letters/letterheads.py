"""机关设置: what an organ prints in its letters on a day, and what follows from its place among the organs where it has set nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from gongkai.law.remedies import BODY_OF, Body, Respondent, Wording
from gongkai.platform.cases.models import Letterhead
from gongkai.platform.organs.models import Level, Organ, OrganKind

ANY_COURT = "有管辖权的人民法院"


@dataclass(frozen=True, slots=True)
class Head:
    """What an organ prints: as set, or as it follows."""

    code: str
    body: str = ""
    court: str = ""
    channel: str = ""
    payment: str = ""
    wording: Mapping[str, str] = field(default_factory=dict)
    since: date | None = None

    @property
    def own_words(self) -> Wording:
        return Wording(dict(self.wording))


def head_on(organ: Organ, on: date) -> Head:
    """The letterhead that holds on a day: the latest that has begun."""
    kept = Letterhead.objects.filter(organ=organ, since__lte=on).order_by("-since", "-pk").first()
    code, body = organ.short_name or organ.name, body_for(organ)
    if kept is None:
        return Head(code, body, ANY_COURT)
    return Head(kept.code or code, kept.body or body, kept.court or ANY_COURT, kept.channel, kept.payment, kept.wording, kept.since)


def respondent(organ: Organ) -> Respondent:
    """Which kind of respondent the organ is (行政复议法第二十四条、第二十五条、第二十七条)."""
    if organ.vertical:
        return Respondent.VERTICAL
    if organ.kind == OrganKind.GOVERNMENT:
        return Respondent.LOCAL_GOVERNMENT
    return Respondent.STATE_COUNCIL_DEPARTMENT if organ.level == Level.NATIONAL else Respondent.DEPARTMENT


def body_rule(organ: Organ) -> Body:
    return BODY_OF[respondent(organ)]


def body_for(organ: Organ) -> str:
    """The body that hears a reconsideration, as far as the tree of organs tells it; empty where it does not."""
    match respondent(organ):
        case Respondent.VERTICAL:
            return organ.system_parent.name if organ.system_parent else ""
        case Respondent.STATE_COUNCIL_DEPARTMENT:
            return organ.name
        case Respondent.LOCAL_GOVERNMENT:
            above = organ.area_parent
            return above.name if above is not None and above.kind == OrganKind.GOVERNMENT else ""
        case _:
            return organ.area_parent.name if organ.area_parent else ""
