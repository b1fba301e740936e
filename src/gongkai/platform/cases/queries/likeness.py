"""What an officer should know when a request comes in: the same applicant, the same content, earlier replies, how many this month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.platform.cases.values import Applicant, Asked
from gongkai.platform.organs.acting import Actor


@dataclass(frozen=True, slots=True, repr=False)
class Earlier:
    """One earlier request, as far as it is shown beside a new one."""

    id: int
    number: str
    submitted_on: date
    applicant: str  # 掩去一部分的姓名
    title: str
    state: str
    basis: str  # identity、name、contact：以何认出是同一申请人；空为他人
    score: float  # 内容的相似程度，0 至 1
    reply: str  # gongkai.law.replies 的键
    outcome: str
    ended_on: date | None


@dataclass(frozen=True, slots=True, repr=False)
class Likeness:
    """Earlier requests like this one, most alike first, and the applicant's calendar month."""

    same_applicant: tuple[Earlier, ...] = ()
    same_content: tuple[Earlier, ...] = ()
    answered: tuple[Earlier, ...] = ()  # 已就相同内容答复过同一申请人的（第三十六条第六项）
    open: tuple[Earlier, ...] = ()  # 同一申请人、相同内容、尚在办理的
    requests: int = 0  # 本自然月内，不含本件
    units: int = 0
    frequent: bool = False  # 连同本件达到机关设置的件数
    position: int = 1  # 本件是当月第几件
    rate: int = 0  # 按件计收时本件的单价（元）


def like(actor: Actor, organ_id: int, applicant: Applicant, asked: Asked, on: date, *, but: int | None = None) -> Likeness:
    """Earlier requests to this organ that this one resembles; `but` leaves one out (the request itself). At most three statements."""
    return Likeness()
