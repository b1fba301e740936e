"""Paying on line: an order placed with the payment service, and what the service tells when it was paid."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from gongkai.law.clock import State as LawState
from gongkai.platform import journal
from gongkai.platform.cases import clocks, payments, recording, sealing, standing
from gongkai.platform.cases.errors import Invalid, NotFound, NotNow, Refused
from gongkai.platform.cases.models import Payment, Request
from gongkai.platform.cases.recording import Who
from gongkai.platform.organs.acting import MACHINE

from . import charging, noticing

ADDRESS = "cases.payment.address"


@dataclass(frozen=True, slots=True)
class Told:
    """What the payment service says: an order of ours was paid."""

    reference: str
    amount_yuan: Decimal
    paid_at: datetime
    receipt: str = ""  # 缴款凭证号


def start(who: Who, request_id: int, *, back: str, at: datetime) -> str:
    """The address where the fee of a request is paid; the same one for the same fee notice, however often it is asked for."""
    order = _order(who, request_id, at)
    if order.address is None:
        request = Request.objects.get(pk=order.request_id)
        address = payments.adapter().place(payments.Order(order.reference, order.amount, request.pay_by, back))
        Payment.objects.filter(pk=order.pk, address__isnull=True).update(address=sealing.seal(address, ADDRESS))
        order.refresh_from_db()
    return str(sealing.unseal(order.address or b"", ADDRESS))


def _order(who: Who, request_id: int, at: datetime) -> Payment:
    with transaction.atomic():
        request = recording.lock(who, request_id)
        if request.state != LawState.AWAITING_FEE.value:
            raise NotNow("本件现在没有待缴的费用。", "No fee is due on this request now.")
        if not payments.adapter().online:
            raise NotNow("这里没有开通网上缴费，请按收费通知书写明的方式缴纳。", "There is no paying on line here; pay as the fee notice says.")
        notice = next(each for each in reversed(standing.effective(recording.events_of(request))) if each.kind == "fee_noticed")
        made, new = Payment.objects.get_or_create(
            request=request, notice=notice.number,
            defaults={"reference": reference(), "amount": Decimal(str(notice.law["amount"])), "at": at},
        )  # fmt: skip
        if made.state != "open":
            raise NotNow("这笔费用已经缴纳，正在登记。", "This fee has been paid and is being recorded.")
        if new:
            journal.record(journal.MACHINE, "cases.order_payment", f"cases.request:{request.pk}", chain=request.organ_id, at=at, changes={"order": made.reference})
    return made


def reference() -> str:
    """An order number that says nothing and is never met twice."""
    return "GK" + "".join(secrets.choice("0123456789") for _digit in range(22))


def received(told: Told, *, at: datetime) -> str:
    """Record that an order was paid; told again, the same answer: "paid", or "unmatched" where the request cannot take it any more."""
    with transaction.atomic():
        order = Payment.objects.select_for_update().filter(reference=told.reference).first()
        if order is None:
            raise NotFound
        if order.state != "open":
            return order.state
        if told.amount_yuan != order.amount:
            raise Invalid({"amount": _("金额与订单不符。")})
        order.paid_on, order.told_at = _day(told.paid_at, at), at
        try:
            with transaction.atomic():
                charging.pay(MACHINE, order.request_id, on=order.paid_on, receipt=told.receipt[: charging.LONGEST_RECEIPT], at=at)
            order.state = "paid"
        except Refused:
            order.state = "unmatched"
            _unmatched(order, at)
        order.save(update_fields=["state", "paid_on", "told_at"])
    return order.state


def _day(paid_at: datetime, at: datetime) -> date:
    return min(clocks.local_day(paid_at), clocks.local_day(at))


def _unmatched(order: Payment, at: datetime) -> None:
    """The money came, the request cannot take it: nobody may miss that."""
    request = Request.objects.select_related("organ").get(pk=order.request_id)
    noticing.tell(request, "payment_unmatched", to="officer", facts={"number": request.number}, at=at)
    journal.record(
        journal.MACHINE, "cases.payment_unmatched", f"cases.request:{request.pk}", chain=request.organ_id, at=at,
        changes={"order": order.reference, "amount": str(order.amount), "paid_on": order.paid_on},
    )  # fmt: skip
