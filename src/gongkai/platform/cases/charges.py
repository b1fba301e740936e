"""信息处理费 of a request: the applicant's calendar month as the database has it, the tariff from gongkai.law.fees, and what was computed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from gongkai.law.fees import Charge, Charged, MonthlyCount, Share, Tier, Way, shares
from gongkai.law.publication import add_months
from gongkai.platform.organs import dated

from .choices import UNCOUNTED
from .models import Event, Request
from .standing import Happened

WAYS: dict[Way, tuple[str, str]] = {Way.PER_ITEM: ("按件计收", "Per item"), Way.PER_PAGE: ("按量计收", "Per page")}


@dataclass(frozen=True, slots=True)
class Computed:
    """A fee as it was computed: which items of the month, or how many pages; tier by tier."""

    way: Way
    number: int  # 件数或者页数
    month: str  # 2026-03
    first: int  # 按件计收：当月第几件起；按量计收为 0
    last: int
    charge: Charge
    told_where: bool  # 已主动公开，仅告知获取方式、途径
    waived: bool

    @property
    def yuan(self) -> Decimal:
        return Decimal(0 if self.waived else self.charge.yuan)


def month_of(request: Request) -> list[Charged]:
    """Every request of the same applicant that this organ received in the same calendar month, by day of receipt. Two statements."""
    first = (request.received_on or request.submitted_on).replace(day=1)
    found = list(
        Request.objects.filter(same_applicant(request), organ_id=request.organ_id, received_on__gte=first, received_on__lt=add_months(first, 1))
        .exclude(state__in=[state.value for state in UNCOUNTED])
        .order_by("received_on", "pk")
        .values_list("pk", "received_on")
    )
    computed = Event.objects.filter(request__in=[pk for pk, _on in found], kind="fee_computed").order_by("number")
    latest = dict(computed.values_list("request_id", "facts"))
    return [charged(pk, on, latest.get(pk, {})) for pk, on in found if on is not None]


def same_applicant(request: Request) -> Q:
    """By identity number or organisation code; where none was given, by name and a contact that is the same."""
    if request.identity_hash:
        return Q(identity_hash=request.identity_hash)
    return Q(pk=request.pk) | Q(identity_hash="", name_hash=request.name_hash, contact_hashes__overlap=request.contact_hashes)


def charged(pk: int, received: date, facts: Mapping[str, Any]) -> Charged:
    """A request for the core's count, from what was computed for it last."""
    per_page = facts.get("way") == Way.PER_PAGE.value
    number = int(facts.get("number", 1))
    where = bool(facts.get("told_where", False))
    return Charged(str(pk), received, pages=number, only_told_where=where) if per_page else Charged(str(pk), received, units=number)


def share(request: Request, way: Way, number: int, told_where: bool, on: date) -> Share:
    """What a request takes of its applicant's month. NotUnderstood where the numbers cannot be."""
    facts = {"way": way.value, "number": number, "told_where": told_where}
    received = request.received_on or request.submitted_on
    mine = charged(request.pk, received, facts)
    month = [mine if each.ref == mine.ref else each for each in month_of(request)]
    settings = MonthlyCount(bool(dated.value_on(request.organ.settings, "pages_take_positions", on)))
    return next(each for each in shares(month, settings) if each.request.ref == mine.ref)


def facts_of(taken: Share, way: Way, number: int, told_where: bool, waived: bool) -> dict[str, object]:
    """A computation as its event keeps it."""
    return {
        "way": way.value,
        "number": number,
        "month": f"{taken.request.received:%Y-%m}",
        "first": taken.positions.start if taken.positions else 0,
        "last": taken.positions.stop - 1 if taken.positions else 0,
        "tiers": [{"first": tier.first, "last": tier.last, "rate": tier.rate} for tier in taken.charge.tiers],
        "yuan": 0 if waived else taken.charge.yuan,
        "told_where": told_where,
        "waived": waived,
    }


def computed(events: Iterable[Happened]) -> Computed | None:
    """The last computation, which is the one that holds."""
    last = next((each.facts for each in reversed(list(events)) if each.kind == "fee_computed"), None)
    if last is None:
        return None
    way = Way(last["way"])
    tiers = tuple(Tier(int(each["first"]), int(each["last"]), int(each["rate"])) for each in last["tiers"])
    return Computed(
        way, int(last["number"]), str(last["month"]), int(last["first"]), int(last["last"]), Charge(way, tiers), bool(last["told_where"]), bool(last["waived"])
    )
