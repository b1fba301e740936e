"""How a fee is paid: recorded by an officer (the default), or on line through the payment service of the place (GONGKAI_PAYMENT).

The service gets an order number, an amount and two addresses; never a name, a request's content, or anything else personal.
The setting is https://MERCHANT:SECRET@HOST/PATH: what goes out, and what comes back, is signed with the secret (cases.signing).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings

from gongkai.platform.settings import environment as env

from .errors import Refused
from .signing import Account, Unanswered, post

SETTING = "GONGKAI_PAYMENT"
CALLBACK = "/payments/callback/"


class PaymentFailed(Refused):
    """The payment service did not take the order; nothing was changed."""

    def __init__(self) -> None:
        super().__init__("网上缴费服务暂时没有响应，请稍后再试，或者按收费通知书写明的其他方式缴纳。", "The payment service does not answer; try again later, or pay in another way named in the fee notice.")


@dataclass(frozen=True, slots=True)
class Order:
    """What the payment service is told."""

    reference: str
    amount_yuan: Decimal
    pay_by: date | None
    back: str  # 缴费后回到的页面


class Adapter(Protocol):
    """A way of paying."""

    @property
    def online(self) -> bool:
        """Whether it is paid at an address."""

    def how(self, organ_name: str, number: str) -> tuple[str, str]:
        """How to pay, in Chinese and English."""

    def place(self, order: Order) -> str:
        """Place an order; the address where it is paid."""


class OffLine:
    """The default: paid at the bank or the counter on the organ's non-tax payment notice, and recorded by an officer."""

    online = False

    def how(self, organ_name: str, number: str) -> tuple[str, str]:
        return (
            f"凭{organ_name}的收费通知书（登记编号{number}），按通知书写明的非税收入缴款方式，到代理银行或者办公地点缴纳，并保存缴款凭证；"
            "经办人核对后登记缴费，缴费之日以凭证为准。",
            f"Pay at the bank or at the office as the fee notice says (number {number}), and keep the voucher; an officer records the payment, on the voucher's day.",
        )

    def place(self, order: Order) -> str:
        raise PaymentFailed


@dataclass(frozen=True, slots=True)
class OnLine:
    """The place's unified payment service, over HTTP."""

    account: Account
    online = True

    def how(self, organ_name: str, number: str) -> tuple[str, str]:
        return (
            f"可以在网上缴纳（登记编号{number}），也可以按{organ_name}的收费通知书写明的其他方式缴纳。",
            f"Pay on line (number {number}), or in another way named in the fee notice.",
        )

    def place(self, order: Order) -> str:
        told = {
            "order": order.reference, "amount": f"{order.amount_yuan:.2f}", "currency": "CNY", "subject": "政府信息公开信息处理费",
            "pay_by": order.pay_by.isoformat() if order.pay_by else None,
            "notify": settings.PUBLIC_URL + CALLBACK, "back": order.back,
        }  # fmt: skip
        try:
            answer = json.loads(post(self.account, told))
            address = str(answer["address"])
        except (Unanswered, ValueError, KeyError, TypeError, RecursionError) as failed:
            raise PaymentFailed from failed
        if urlsplit(address).scheme not in ("https", "http") or not urlsplit(address).hostname:
            raise PaymentFailed
        return address


def account() -> Account | None:
    """Our account with the payment service; None where fees are recorded off line."""
    told = env.value(SETTING)
    return Account.of(told, SETTING) if told else None


def adapter() -> Adapter:
    """The way of paying that is set."""
    held = account()
    return OnLine(held) if held else OffLine()


@dataclass(frozen=True, slots=True)
class Offer:
    """How a fee can be paid: for the fee notice, the case page and the applicant's page."""

    zh: str
    en: str
    online: bool


def offer(organ_name: str, number: str) -> Offer:
    """How this request's fee can be paid. Where `online`, `actions.paying.start` gives the address."""
    way = adapter()
    return Offer(*way.how(organ_name, number), way.online)
