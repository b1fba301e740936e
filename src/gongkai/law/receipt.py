"""收到申请之日: which day counts as receipt (条例第三十一条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .confidence import Confidence
from .events import Channel


@dataclass(frozen=True, slots=True)
class Receipt:
    """How one channel fixes the day of receipt."""

    channel: Channel
    label: str
    confirmed: bool  # both sides must confirm; else the day of handing in or signing counts
    counts: str
    basis: str
    refusable: bool  # an organ need not offer this channel; once announced it binds (国办公开办函〔2017〕19号)
    confidence: Confidence = Confidence.VERIFIED


RECEIPTS = (
    Receipt(Channel.IN_PERSON, "当面提交", False, "提交之日", "条例第三十一条第一项", False),
    Receipt(Channel.REGISTERED_POST, "邮寄（需签收）", False, "签收之日", "条例第三十一条第二项", False),
    Receipt(Channel.ORDINARY_POST, "平常信函（无需签收）", True, "与申请人确认之日", "条例第三十一条第二项", False),
    Receipt(Channel.ONLINE, "互联网渠道", True, "双方确认之日", "条例第三十一条第三项", True),
    Receipt(Channel.FAX, "传真", True, "双方确认之日", "条例第三十一条第三项", True),
    # 国办公开办函〔2015〕207号以邮件到达之日为准；条例第三十一条第三项在后且位阶高，从条例
    Receipt(Channel.EMAIL, "电子邮件", True, "双方确认之日", "条例第三十一条第三项", True, Confidence.INFERENCE),
)
BY_CHANNEL = {receipt.channel: receipt for receipt in RECEIPTS}


def receipt_date(channel: Channel, submitted: date, confirmed: date | None = None) -> date | None:
    """The day of receipt; None while both sides have not confirmed."""
    return confirmed if BY_CHANNEL[channel].confirmed else submitted
