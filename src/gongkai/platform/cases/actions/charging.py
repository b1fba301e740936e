"""信息处理费 (条例第四十二条；国办函〔2020〕109号): compute it, waive it, record its payment. The notice is a letter (actions.serving)."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from gongkai.law.errors import NotUnderstood
from gongkai.law.fees import Way
from gongkai.platform.cases import charges
from gongkai.platform.cases.errors import Invalid, NotNow
from gongkai.platform.cases.models import Request
from gongkai.platform.cases.recording import Doing, Who, act, checked_reason
from gongkai.platform.organs import dated
from gongkai.platform.organs.acting import Actor

from . import noticing
from .correcting import day, tell

LONGEST_RECEIPT = 60


def compute_fee(
    actor: Actor, request_id: int, *, way: Way | str, units: int | None = None, pages: int | None = None, told_where: bool = False,
    waived: str = "", at: datetime, once: str | None = None, seen: int | None = None,
) -> Request:  # fmt: skip
    """Compute the fee, per item or per page; the last computation before the notice holds. `waived` gives the reason for asking nothing."""
    chosen, number = _number(way, units, pages)
    reason = checked_reason(waived, needed=False)

    def work(doing: Doing) -> None:
        if not dated.value_on(doing.request.organ.settings, "charges", doing.day):
            raise NotNow("本机关不收取信息处理费（机关设置）。", "This organ charges no fee (its setting).")
        if doing.clock.charged:
            raise NotNow("本件已经送达过收费通知；一件申请只收取一次，只用一种方式。", "A fee notice was served on this request already: it is charged once, in one way.")
        try:
            taken = charges.share(doing.request, chosen, number, told_where, doing.day)
        except NotUnderstood as refused:
            raise Invalid({"pages" if chosen is Way.PER_PAGE else "units": refused.zh}) from None
        doing.happen("fee_computed", facts=charges.facts_of(taken, chosen, number, told_where, bool(reason)), text=reason)

    return act(actor, request_id, "compute_fee", work, at=at, once=once, seen=seen)


def pay(
    who: Who, request_id: int, *, on: date, receipt: str = "", at: datetime, once: str | None = None, seen: int | None = None
) -> Request:
    """Record the payment. A late one is taken as long as the request is not closed; the core says what follows."""
    number = "".join(receipt.split())
    if len(number) > LONGEST_RECEIPT:
        raise Invalid({"receipt": _("票据号码至多 %(most)s 个字，现有 %(n)s 个。") % {"most": LONGEST_RECEIPT, "n": len(number)}})

    def work(doing: Doing) -> None:
        doing.happen("fee_paid", day(doing, on), facts={"receipt": number} if number else {})
        tell(doing, "申请人缴纳了信息处理费")
        doing.then.append(lambda: noticing.tell(doing, "fee_paid"))

    return act(who, request_id, "pay", work, at=at, once=once, seen=seen)


def _number(way: Way | str, units: int | None, pages: int | None) -> tuple[Way, int]:
    """Which way, and how many; never both ways on one request (国办函〔2020〕109号第三条)."""
    if way not in tuple(Way):
        raise Invalid({"way": _("请选择按件计收或者按量计收。")})
    chosen = Way(way)
    other = units if chosen is Way.PER_PAGE else pages
    if other is not None:
        raise Invalid({"way": _("同一件申请只能选一种计收方式：按件计收只填件数，按量计收只填页数（国办函〔2020〕109号第三条）。")})
    if chosen is Way.PER_ITEM:
        return chosen, 1 if units is None else units
    if pages is None:
        raise Invalid({"pages": _("按量计收的，请填写页数。")})
    return chosen, pages
