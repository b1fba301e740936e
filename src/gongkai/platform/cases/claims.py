"""Who went to a reconsideration body or a court, and what for, as a plain value: sealed whole, opened whole."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Self

from . import sealing

CLAIM, TEXT = "cases.remedy.claim", "cases.remedyevent.text"  # sealing 的用途：Remedy.sealed、RemedyEvent.sealed


@dataclass(frozen=True, slots=True, repr=False)
class Claim:
    """The claimant and the claim (申请人、原告、投诉人；请求、事实和理由)."""

    claimant: str
    agent: str = ""
    case_number: str = ""  # 复议机关、人民法院的案号
    asks: str = ""  # 请求
    grounds: str = ""  # 事实和理由

    def sealed(self) -> bytes:
        return sealing.seal(asdict(self), CLAIM)

    @classmethod
    def opened(cls, sealed: bytes | memoryview) -> Self:
        return cls(**sealing.unseal(sealed, CLAIM))
